// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/PageThumbnails.h"

namespace lectern::presentation {

namespace {

constexpr int kDensity = 2;
/// A large picture is thinned out before it is made small with care: that takes a tenth of the time.
constexpr int kThinned = 4;

} // namespace

PageThumbnails::PageThumbnails(QObject *parent) : QObject(parent), m_images(kMaxBytes) {}

QImage PageThumbnails::smallOf(const QImage &page)
{
    const QSize room = kRoom * kDensity;
    if (page.isNull() || (page.width() <= room.width() && page.height() <= room.height()))
        return page;
    const QSize thinned = room * kThinned;
    const bool isLarge = page.width() > thinned.width() && page.height() > thinned.height();
    const QImage source =
        isLarge ? page.scaled(thinned, Qt::KeepAspectRatioByExpanding, Qt::FastTransformation) : page;
    return source.scaled(room, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

void PageThumbnails::keep(domain::DocumentId document, int page, const QImage &thumbnail)
{
    if (thumbnail.isNull())
        return;
    m_images.insert({document, page}, thumbnail);
    Q_EMIT kept(document, page);
}

QImage PageThumbnails::find(domain::DocumentId document, int page)
{
    return m_images.find({document, page});
}

void PageThumbnails::clear()
{
    m_images.clear();
}

} // namespace lectern::presentation
