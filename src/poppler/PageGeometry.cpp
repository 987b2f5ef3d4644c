// SPDX-License-Identifier: GPL-3.0-or-later
#include "poppler/PageGeometry.h"

#include <Page.h>

#include <cmath>

namespace lectern::poppler {

namespace {

// As Poppler: other angles than these count as none.
int rotationOf(::Page &page)
{
    const int rotation = ((page.getRotate() % 360) + 360) % 360;
    return rotation % 90 == 0 ? rotation : 0;
}

} // namespace

DisplayOffset displayOffset(::Page &page)
{
    const PDFRectangle &media = *page.getMediaBox();
    const PDFRectangle &crop = *page.getCropBox();
    switch (rotationOf(page)) {
    case 90:
        return {media.y1 - crop.y1, media.x1 - crop.x1};
    case 180:
        return {crop.x2 - media.x2, media.y1 - crop.y1};
    case 270:
        return {crop.y2 - media.y2, crop.x2 - media.x2};
    default:
        return {media.x1 - crop.x1, crop.y2 - media.y2};
    }
}

QPointF displayPoint(::Page &page, const QPointF &point)
{
    const PDFRectangle &crop = *page.getCropBox();
    const double left = point.x() - crop.x1;
    const double bottom = point.y() - crop.y1;
    const double right = crop.x2 - point.x();
    const double top = crop.y2 - point.y();
    switch (rotationOf(page)) {
    case 90:
        return {bottom, left};
    case 180:
        return {right, bottom};
    case 270:
        return {top, right};
    default:
        return {left, top};
    }
}

std::optional<domain::PageGeometry> displayGeometry(::Page &page)
{
    const PDFRectangle &crop = *page.getCropBox();
    domain::PageGeometry geometry;
    geometry.width = std::abs(crop.x2 - crop.x1);
    geometry.height = std::abs(crop.y2 - crop.y1);
    geometry.rotation = rotationOf(page);
    if (geometry.rotation == 90 || geometry.rotation == 270)
        std::swap(geometry.width, geometry.height);
    if (!std::isfinite(geometry.width) || !std::isfinite(geometry.height) || geometry.width <= 0 ||
        geometry.height <= 0)
        return std::nullopt;
    return geometry;
}

} // namespace lectern::poppler
