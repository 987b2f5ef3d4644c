// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"

#include <QHash>
#include <QImage>
#include <QPoint>

#include <list>

namespace lectern::presentation {

/// Which picture of which page.
struct PageImageKey {
    static constexpr QPoint kWhole{-1, -1};

    domain::DocumentId document;
    int page = 0;
    int rotation = 0;
    qint64 scale = 0;       ///< millionths of a pixel per point, so that equal scales are equal
    QPoint corner = kWhole; ///< of a part, in pixels of the whole page

    friend bool operator==(const PageImageKey &, const PageImageKey &) = default;
    friend size_t qHash(const PageImageKey &key, size_t seed = 0)
    {
        return qHashMulti(seed, key.document.value, key.page, key.rotation, key.scale, key.corner.x(),
                          key.corner.y());
    }
};

/// Pictures of pages, those used last; never more than a number of bytes together. A plain value holder for
/// one thread.
class PageImageCache {
public:
    explicit PageImageCache(qint64 maxBytes) : m_maxBytes(maxBytes) {}

    [[nodiscard]] bool contains(const PageImageKey &key) const { return m_places.contains(key); }
    /// Null when it is not there. Counts as a use.
    [[nodiscard]] QImage find(const PageImageKey &key);
    /// The whole page at the scale drawn last, whichever that is; null when there is none. Counts as a use.
    [[nodiscard]] QImage findWhole(domain::DocumentId document, int page, int rotation);
    /// Drops those unused for longest until it fits. One that is larger than the limit itself is not kept.
    void insert(const PageImageKey &key, const QImage &image);
    void clear();

    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    [[nodiscard]] qint64 maxBytes() const { return m_maxBytes; }
    [[nodiscard]] int count() const { return static_cast<int>(m_places.size()); }

private:
    struct Entry {
        PageImageKey key;
        QImage image;
    };
    using Entries = std::list<Entry>;
    void remove(const PageImageKey &key);

    qint64 m_maxBytes;
    qint64 m_bytes = 0;
    Entries m_entries; ///< the one used last first
    QHash<PageImageKey, Entries::iterator> m_places;
    QMultiHash<PageImageKey, qint64> m_scales; ///< of whole pages; keyed without the scale
};

} // namespace lectern::presentation
