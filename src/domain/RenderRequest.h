// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>

namespace lectern::domain {

/// Asks for the picture of one page, or of a part of it. The scale of a whole page is lowered, before
/// anything is drawn, until the picture has at most `maxPixels` pixels and no side above kMaxSide; that of a
/// part never is, since parts have to fit together.
struct RenderRequest {
    static constexpr int kMaxSide = 16'384;
    static constexpr int kMaxPixels = 40'000'000;   ///< never more, whatever is asked for
    static constexpr int kMaxPartSide = 8'192;      ///< of a part
    static constexpr int kMaxPageSide = 40'000'000; ///< of the page that a part is of, in pixels

    int number = 0; ///< physical page, from 1
    double pixelsPerPoint = 1;
    int maxPixels = 16'000'000;
    int rotation = 0; ///< clockwise, on top of the page's own: 0, 90, 180 or 270
    QRect part = {};  ///< in pixels of the whole page as it is turned; empty: all of it

    friend bool operator==(const RenderRequest &, const RenderRequest &) = default;
};

} // namespace lectern::domain
