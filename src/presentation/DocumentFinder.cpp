// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/DocumentFinder.h"

#include "presentation/LibraryFeed.h"

#include <algorithm>

namespace lectern::presentation {

DocumentFinder::DocumentFinder(LibraryFeed &feed, QObject *parent) : QObject(parent), m_feed(feed)
{
    // A feed that was started anew answers nothing that was asked before.
    connect(&m_feed, &LibraryFeed::changed, this, [this](const LibraryDelta &delta) {
        if (delta.everything && m_searching) {
            ++m_generation;
            ask();
        }
    });
}

void DocumentFinder::setDocument(domain::DocumentId id, int pageCount)
{
    m_id = id;
    m_pages = pageCount;
    find({}, false, 1);
}

void DocumentFinder::find(const QString &words, bool caseSensitive, int fromPage)
{
    ++m_generation;
    const text::Occurrences what(words, caseSensitive);
    m_what = what.isEmpty() ? std::nullopt : std::optional(what);
    m_hits.clear();
    m_count = 0;
    m_current.reset();
    m_from = std::clamp(fromPage, 1, std::max(1, m_pages));
    m_after = m_from - 1;
    m_around = false;
    m_searching = m_what && m_id.isValid() && m_pages > 0;
    if (m_searching)
        ask();
    Q_EMIT changed();
    Q_EMIT currentChanged();
}

void DocumentFinder::refresh(int pageCount)
{
    m_pages = pageCount;
    m_from = std::clamp(m_from, 1, std::max(1, m_pages));
    if (!m_what || m_searching || !m_id.isValid() || m_pages == 0)
        return;
    // What is found stays until the pages are through once more.
    ++m_generation;
    m_after = m_from - 1;
    m_around = false;
    m_searching = true;
    ask();
}

void DocumentFinder::ask()
{
    const int end = m_around ? m_from - 1 : m_pages;
    const int step = std::clamp(end - m_after, 0, kStep);
    m_feed.occurrences(m_id, *m_what, m_after, step, this,
                       [this, step, asked = m_generation](const base::Result<QVector<PageHits>> &found) {
                           if (asked != m_generation)
                               return;
                           for (int page = m_after + 1; page <= m_after + step; ++page)
                               m_count -= static_cast<int>(m_hits.take(page).size());
                           m_after += step;
                           take(found ? *found : QVector<PageHits>());
                       });
}

void DocumentFinder::take(const QVector<PageHits> &found)
{
    for (const PageHits &page : found) {
        m_hits.insert(page.page, page.hits);
        m_count += static_cast<int>(page.hits.size());
    }
    if (!m_around && m_after >= m_pages) {
        m_around = true;
        m_after = 0;
    }
    m_searching = !(m_around && m_after >= m_from - 1) && m_count < kMostHits;
    if (!m_current && !found.isEmpty()) {
        auto first = m_hits.constFind(found.constFirst().page);
        setCurrent(hitAt(first, 0));
    }
    if (m_searching)
        ask();
    Q_EMIT changed();
}

DocumentFinder::Hit DocumentFinder::hitAt(QMap<int, QVector<text::Occurrence>>::const_iterator page,
                                          int index) const
{
    return {page.key(), index, page->at(index)};
}

void DocumentFinder::setCurrent(const std::optional<Hit> &hit)
{
    if (hit == m_current)
        return;
    m_current = hit;
    Q_EMIT currentChanged();
}

int DocumentFinder::ordinal() const
{
    if (!m_current)
        return 0;
    int before = 0;
    for (auto page = m_hits.cbegin(); page != m_hits.cend() && page.key() < m_current->page; ++page)
        before += static_cast<int>(page->size());
    return before + m_current->index + 1;
}

void DocumentFinder::step(bool forwards)
{
    if (!m_current || m_hits.isEmpty())
        return;
    auto page = m_hits.constFind(m_current->page);
    if (page == m_hits.cend())
        page = m_hits.cbegin();
    const int index = m_current->index + (forwards ? 1 : -1);
    if (index >= 0 && index < page->size()) {
        setCurrent(hitAt(page, index));
    } else if (forwards) {
        ++page;
        setCurrent(hitAt(page == m_hits.cend() ? m_hits.cbegin() : page, 0));
    } else {
        page = page == m_hits.cbegin() ? std::prev(m_hits.cend()) : std::prev(page);
        setCurrent(hitAt(page, static_cast<int>(page->size()) - 1));
    }
}

bool DocumentFinder::goToPage(int page)
{
    const auto hits = m_hits.constFind(page);
    if (hits == m_hits.cend())
        return false;
    setCurrent(hitAt(hits, 0));
    return true;
}

} // namespace lectern::presentation
