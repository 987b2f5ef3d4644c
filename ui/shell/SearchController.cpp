// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/SearchController.h"

#include "text/WordMatches.h"
#include "ui/search/SearchView.h"
#include "ui/shell/ReaderController.h"

namespace lectern::ui {

using presentation::ReaderMarks;

namespace {

/// The words that led to the page, wherever the document has them; on the page itself the passage too that
/// says the same in other words.
ReaderMarks marksOf(const workspace::FoundPage &page, const QString &words, domain::SearchMode mode)
{
    ReaderMarks marks;
    const domain::Chunk &passage = page.hit.passage;
    if (mode != domain::SearchMode::Words && passage.length > 0 && !page.hit.hasAllWords)
        marks.ranges.append({passage.start, passage.start + passage.length});
    if (mode == domain::SearchMode::Meaning)
        return marks;
    marks.matcher = [terms = text::readSearchWords(words), language = page.language](const QString &text) {
        ReaderMarks::Ranges ranges;
        for (const text::WordMatch &match : text::findWords(text, terms, language))
            ranges.append({static_cast<int>(match.start), static_cast<int>(match.end)});
        return ranges;
    };
    return marks;
}

} // namespace

SearchController::SearchController(presentation::WorkspaceClient &client, ReaderController &reader,
                                   QWidget &window)
    : QObject(&window), m_reader(reader), m_view(new SearchView(client, &window))
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
        m_reader.open(page->hit.document, page->hit.number, marksOf(*page, m_view->words(), m_view->mode()));
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
