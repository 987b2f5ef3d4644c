// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lectern::pdf {

/// Asks for the picture of one page. The scale is lowered, before anything is drawn, until the picture has at
/// most `maxPixels` pixels and no side above kMaxSide.
struct RenderRequest {
    static constexpr int kMaxSide = 16'384;
    static constexpr int kMaxPixels = 40'000'000; ///< never more, whatever is asked for

    int number = 0; ///< physical page, from 1
    double pixelsPerPoint = 1;
    int maxPixels = 16'000'000;
};

} // namespace lectern::pdf
