// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/guide/Canvas.h"

#include <functional>

namespace lectern::guide {

/// A picture that a text refers to by name.
struct Drawing {
    qreal height = 0; ///< in points
    std::function<void(Canvas &canvas, qreal width)> paint;
};

/// The drawing called `name`; ends the program when there is none, since a text would go without its picture.
[[nodiscard]] Drawing drawing(const QString &name);

// The larger ones have a file of their own.
void drawWindow(Canvas &canvas, qreal width);
void drawSurvival(Canvas &canvas, qreal width);
void drawHelpers(Canvas &canvas, qreal width);

} // namespace lectern::guide
