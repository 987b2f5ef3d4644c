// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/SearchController.h"

#include "presentation/SearchMarks.h"
#include "ui/search/SearchView.h"
#include "ui/shell/ReaderController.h"

namespace lectern::ui {

SearchController::SearchController(presentation::WorkspaceClient &client, const base::Clock &clock,
                                   ReaderController &reader, QWidget &window)
    : QObject(&window), m_reader(reader), m_view(new SearchView(client, clock, &window))
{
    connect(m_view, &SearchView::openRequested, this, &SearchController::openCurrent);
    connect(m_view, &SearchView::currentChanged, this, &SearchController::currentChanged);
    connect(m_view, &SearchView::previewRequested, this, &SearchController::previewRequested);
    connect(m_view, &SearchView::commandRequested, this, &SearchController::commandRequested);
    connect(m_view, &SearchView::copyRequested, this, &SearchController::copyRequested);
    connect(&reader, &ReaderController::searchRequested, this, &SearchController::search);
    reader.setHitSteps([this](bool forwards) {
        if (!m_view->goOn(forwards ? 1 : -1))
            return false;
        openCurrent();
        return true;
    });
}

void SearchController::openCurrent()
{
    if (const auto page = m_view->current())
        m_reader.open(page->hit.document, page->hit.number,
                      presentation::searchMarks(*page, m_view->words(), m_view->mode()));
}

void SearchController::search(const QString &words)
{
    Q_EMIT opened();
    m_view->search(words);
}

Selection SearchController::selection() const
{
    const auto page = m_view->current();
    if (!page)
        return {};
    return {{page->hit.document}, {}, page->hit.document, page->hit.number};
}

} // namespace lectern::ui
