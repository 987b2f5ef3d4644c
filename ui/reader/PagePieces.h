// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/PageDrawings.h"

namespace lectern::ui {

class PageFlow;

/// How a page is drawn: whole while that takes few pixels, else in parts of a fixed grid, so that any zoom
/// takes no more memory than the view needs. Pure.
class PagePieces {
public:
    static constexpr int kWholePixels = 6'000'000;
    static constexpr int kPartSide = 1'024; ///< device pixels

    /// The pieces of the page that touch `area` (of the flow's column), those in its middle first. `ratio` is
    /// device pixels per device-independent pixel. Pages drawn whole are one piece wherever the area is.
    [[nodiscard]] static QVector<presentation::PagePiece> of(int page, const PageFlow &flow, int rotation,
                                                             double ratio, const QRectF &area);
};

} // namespace lectern::ui
