// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/PageImageCache.h"

namespace lectern::presentation {

namespace {

/// What all whole pictures of a page have in common.
PageImageKey withoutScale(PageImageKey key)
{
    key.scale = 0;
    return key;
}

} // namespace

QImage PageImageCache::find(const PageImageKey &key)
{
    const auto place = m_places.constFind(key);
    if (place == m_places.constEnd())
        return {};
    m_entries.splice(m_entries.begin(), m_entries, *place);
    return (*place)->image;
}

QImage PageImageCache::findWhole(domain::DocumentId document, int page, int rotation)
{
    PageImageKey key{document, page, rotation, 0, PageImageKey::kWhole};
    // The values of a key come back newest first.
    const auto scale = m_scales.constFind(key);
    if (scale == m_scales.constEnd())
        return {};
    key.scale = *scale;
    return find(key);
}

void PageImageCache::insert(const PageImageKey &key, const QImage &image)
{
    remove(key);
    const qint64 size = image.sizeInBytes();
    if (size > m_maxBytes)
        return;
    while (m_bytes + size > m_maxBytes)
        remove(m_entries.back().key);
    m_entries.push_front({key, image});
    m_places.insert(key, m_entries.begin());
    if (key.corner == PageImageKey::kWhole)
        m_scales.insert(withoutScale(key), key.scale);
    m_bytes += size;
}

void PageImageCache::remove(const PageImageKey &key)
{
    const auto place = m_places.constFind(key);
    if (place == m_places.constEnd())
        return;
    // A copy: the key may be a part of the entry that goes.
    const PageImageKey gone = key;
    m_bytes -= (*place)->image.sizeInBytes();
    m_entries.erase(*place);
    m_places.erase(place);
    if (gone.corner == PageImageKey::kWhole)
        m_scales.remove(withoutScale(gone), gone.scale);
}

void PageImageCache::clear()
{
    m_entries.clear();
    m_places.clear();
    m_scales.clear();
    m_bytes = 0;
}

} // namespace lectern::presentation
