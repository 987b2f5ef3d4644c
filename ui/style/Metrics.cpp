// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Metrics.h"

#include <QFontMetrics>

#include <algorithm>
#include <cmath>

namespace lectern::ui::metrics {

namespace {

constexpr double kSmallestPoints = 9.0;

QFont resized(const QFont &system, double factor, double smallest)
{
    QFont font = system;
    if (system.pointSizeF() > 0)
        font.setPointSizeF(std::max(smallest, system.pointSizeF() * factor));
    else
        font.setPixelSize(std::max(12, static_cast<int>(system.pixelSize() * factor)));
    return font;
}

} // namespace

int controlHeight(const QFontMetrics &font)
{
    return std::max(kControlHeight, font.height() + 12);
}

int rowHeight(const QFontMetrics &font, int designed)
{
    return std::max(designed, font.height() + designed - 18);
}

int scaled(int designed, const QFontMetrics &font)
{
    constexpr int kOrdinaryHeight = 20; // of a 10 pt font, rounded up
    if (font.height() <= kOrdinaryHeight)
        return designed;
    return 2 * static_cast<int>(std::lround(designed * font.height() / (2.0 * kOrdinaryHeight)));
}

QFont titleFont(const QFont &system)
{
    QFont font = resized(system, 1.15, 0.0);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont headingFont(const QFont &system)
{
    QFont font = system;
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont secondaryFont(const QFont &system)
{
    // Never larger than the text it is secondary to, even where the system's own is below 9 pt.
    return resized(system, 0.9, std::min(kSmallestPoints, system.pointSizeF()));
}

} // namespace lectern::ui::metrics
