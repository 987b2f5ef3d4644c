// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/PageText.h"

#include <QPointF>

#include <optional>

class Page;

namespace lectern::poppler {

/// How far to move a point of the page drawn from its media box so that it is measured from the displayed
/// page's top left corner (its crop box), in points.
struct DisplayOffset {
    double x = 0;
    double y = 0;
};

[[nodiscard]] DisplayOffset displayOffset(::Page &page);

/// Where a point of the file's own coordinates stands on the displayed page, from its top left corner.
[[nodiscard]] QPointF displayPoint(::Page &page, const QPointF &point);

/// Size of the displayed page; nothing when the file's numbers make no size.
[[nodiscard]] std::optional<domain::PageGeometry> displayGeometry(::Page &page);

} // namespace lectern::poppler
