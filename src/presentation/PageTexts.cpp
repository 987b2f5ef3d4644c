// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/PageTexts.h"

#include "presentation/LibraryFeed.h"

#include <utility>

namespace lectern::presentation {

PageTexts::PageTexts(LibraryFeed &feed, QObject *parent) : QObject(parent), m_feed(feed)
{
    // A feed that was started anew answers nothing that was asked before: it is asked again.
    connect(&m_feed, &LibraryFeed::changed, this, [this](const LibraryDelta &delta) {
        if (!delta.everything)
            return;
        ++m_generation;
        for (const int page : std::exchange(m_asked, {}))
            (void)find(page);
    });
}

void PageTexts::setDocument(domain::DocumentId id)
{
    if (id == m_id)
        return;
    ++m_generation;
    m_id = id;
    m_entries.clear();
    m_places.clear();
    m_asked.clear();
    m_bytes = 0;
}

void PageTexts::forget(const QSet<int> &changed)
{
    for (const int page : changed) {
        const auto place = m_places.constFind(page);
        if (place == m_places.constEnd())
            continue;
        m_bytes -= (*place)->map.bytes();
        m_entries.erase(*place);
        m_places.erase(place);
    }
}

const PageTextMap *PageTexts::find(int page)
{
    const auto place = m_places.constFind(page);
    if (place != m_places.constEnd()) {
        m_entries.splice(m_entries.begin(), m_entries, *place);
        return &(*place)->map;
    }
    if (!m_id.isValid() || m_asked.contains(page))
        return nullptr;
    m_asked.insert(page);
    m_feed.page(m_id, page, this,
                [this, page, asked = m_generation](const base::Result<domain::PageRecord> &record) {
                    if (asked != m_generation)
                        return;
                    m_asked.remove(page);
                    // A page that can't be read has no text to choose; its state says why.
                    take(page, record ? PageTextMap(record->text) : PageTextMap());
                });
    return nullptr;
}

void PageTexts::take(int page, const PageTextMap &map)
{
    forget({page});
    m_entries.push_front({page, map});
    m_places.insert(page, m_entries.begin());
    m_bytes += map.bytes();
    while (m_bytes > kMaxBytes && m_entries.size() > 1)
        forget({m_entries.back().page});
    Q_EMIT arrived(page);
}

} // namespace lectern::presentation
