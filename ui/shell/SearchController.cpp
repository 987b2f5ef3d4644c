// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/SearchController.h"

#include "presentation/SearchDesk.h"
#include "presentation/SearchMarks.h"
#include "ui/search/SearchView.h"
#include "ui/shell/ReaderController.h"

namespace lectern::ui {

SearchController::SearchController(presentation::WorkspaceClient &client, const base::Clock &clock,
                                   ReaderController &reader, QWidget &window)
    : QObject(&window), m_reader(reader), m_desk(new presentation::SearchDesk(client, this)),
      m_view(new SearchView(client, *m_desk, clock, &window))
{
    connect(m_view, &SearchView::openRequested, this, &SearchController::openCurrent);
    connect(m_view, &SearchView::currentChanged, this, &SearchController::currentChanged);
    connect(m_view, &SearchView::previewRequested, this, &SearchController::previewRequested);
    connect(m_view, &SearchView::commandRequested, this, &SearchController::commandRequested);
    connect(m_view, &SearchView::copyRequested, this, &SearchController::copyRequested);
    connect(m_view, &SearchView::menuRequested, this, &SearchController::menuRequested);
    connect(m_view, &SearchView::documentRequested, this, &SearchController::documentRequested);
    connect(m_desk, &presentation::SearchDesk::failed, this, &SearchController::failed);
    connect(&reader, &ReaderController::searchRequested, this, &SearchController::search);
    reader.setHitSteps([this](bool forwards) {
        if (!m_view->goOn(forwards ? 1 : -1))
            return false;
        openCurrent();
        return true;
    });
}

bool SearchController::openCurrent()
{
    const auto page = m_view->current();
    if (page)
        m_reader.open(page->hit.document, page->hit.number,
                      presentation::searchMarks(*page, m_view->words(), m_view->mode()));
    return page.has_value();
}

void SearchController::searchIn(const QVector<domain::DocumentId> &documents)
{
    m_view->searchIn(documents);
    Q_EMIT opened();
    m_view->focusField();
}

void SearchController::search(const QString &words)
{
    Q_EMIT opened();
    m_view->search(words);
}

Selection SearchController::selection() const
{
    const domain::DocumentId document = m_view->currentDocument();
    if (!document.isValid())
        return {};
    const auto page = m_view->current();
    return {{document}, {}, document, page ? page->hit.number : 0};
}

} // namespace lectern::ui
