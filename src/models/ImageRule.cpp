// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ImageRule.h"

#include <algorithm>
#include <cmath>

namespace lectern::models {

namespace {

constexpr double kLongestDrawn = 2048;
constexpr double kFinestScale = 300.0 / 72.0;
constexpr int kSteps = 40; ///< of halving an interval: far below a thousandth of a pixel

qint64 parts(int length, int side)
{
    return (qint64{length} + side - 1) / side;
}

qint64 patches(const ImageRule &rule, QSize pixels)
{
    return parts(pixels.width(), rule.patchSide) * parts(pixels.height(), rule.patchSide);
}

QSize scaled(QSize pixels, double factor)
{
    const auto side = [&](int length) { return std::max(1, static_cast<int>(std::lround(length * factor))); };
    return {side(pixels.width()), side(pixels.height())};
}

/// Down to whole patches in one direction, so that rounding up cannot go over the budget again.
QSize withinBudget(const ImageRule &rule, QSize pixels)
{
    const double side = rule.patchSide;
    const double area = double(pixels.width()) * pixels.height();
    const double factor = std::sqrt(side * side * rule.patchBudget / area);
    const double across = pixels.width() * factor / side;
    const double down = pixels.height() * factor / side;
    // A strip may be thinner than one patch: it then keeps its one row.
    const auto whole = [](double count) { return std::max(1.0, std::floor(count)) / count; };
    return scaled(pixels, factor * std::min(whole(across), whole(down)));
}

ImageTokens timesFactor(const ImageRule &rule, qint64 count)
{
    const auto times = [&](int perThousand) { return (count * perThousand + 999) / 1000; };
    return {times(rule.perThousand), times(std::max(rule.perThousand, rule.mostPerThousand))};
}

/// Whether the provider keeps every pixel of a page drawn at that scale, however drawing rounds.
bool isKept(const ImageRule &rule, QSizeF points, double scale)
{
    const auto side = [&](double length) { return static_cast<int>(std::ceil(length * scale)); };
    const QSize pixels(side(points.width()), side(points.height()));
    if (rule.maxSide > 0 && std::max(pixels.width(), pixels.height()) > rule.maxSide)
        return false;
    if (rule.kind == ImageRuleKind::Tiles)
        return std::min(pixels.width(), pixels.height()) <= rule.shortSide;
    return rule.patchBudget == 0 || patches(rule, pixels) <= rule.patchBudget;
}

} // namespace

ImageRule ImageRule::unknown()
{
    ImageRule rule;
    rule.perThousand = 1200;
    rule.mostPerThousand = 2460;
    return rule;
}

ImageRule ImageRule::measured(int tokensPerThousand) const
{
    ImageRule rule = *this;
    rule.perThousand = tokensPerThousand;
    rule.mostPerThousand = tokensPerThousand;
    return rule;
}

QSize fittedSize(const ImageRule &rule, QSize pixels)
{
    if (pixels.isEmpty())
        return {};
    QSize size = pixels;
    if (const int longest = std::max(size.width(), size.height()); rule.maxSide > 0 && longest > rule.maxSide)
        size = scaled(size, double(rule.maxSide) / longest);
    if (rule.kind == ImageRuleKind::Tiles) {
        const int shortest = std::min(size.width(), size.height());
        return shortest > rule.shortSide ? scaled(size, double(rule.shortSide) / shortest) : size;
    }
    if (rule.patchBudget > 0 && patches(rule, size) > rule.patchBudget)
        size = withinBudget(rule, size);
    return size;
}

ImageTokens imageTokens(const ImageRule &rule, QSize pixels)
{
    if (pixels.isEmpty())
        return {};
    const QSize size = fittedSize(rule, pixels);
    if (rule.kind == ImageRuleKind::Patches)
        return timesFactor(rule, patches(rule, size));
    const qint64 tiles = parts(size.width(), rule.tileSide) * parts(size.height(), rule.tileSide);
    const qint64 tokens = rule.baseTokens + rule.tileTokens * tiles;
    return {tokens, tokens};
}

double bestScale(const ImageRule &rule, QSizeF points)
{
    if (!(points.width() > 0 && points.height() > 0))
        return 0;
    const double longest = std::max(points.width(), points.height());
    double high = std::min(kFinestScale, kLongestDrawn / longest);
    if (isKept(rule, points, high))
        return high;
    // Patches grow with the scale and never shrink, so halving finds the largest that is kept.
    double low = 0;
    for (int step = 0; step < kSteps; ++step) {
        const double middle = (low + high) / 2;
        (isKept(rule, points, middle) ? low : high) = middle;
    }
    return low;
}

QSize drawnSize(QSizeF points, double scale)
{
    const auto side = [&](double length) {
        return std::max(1, static_cast<int>(std::lround(length * scale)));
    };
    return {side(points.width()), side(points.height())};
}

} // namespace lectern::models
