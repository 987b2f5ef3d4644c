// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Furniture.h"

#include <algorithm>
#include <limits>

namespace lectern::text {

using namespace Qt::StringLiterals;

namespace {

constexpr float kHeaderZone = 0.14F; // of the page's height
constexpr float kFooterZone = 0.87F;
constexpr int kMostWords = 16;

/// The lines that stand beside each other at the top (or bottom) of what is left of the page.
struct Row {
    QVector<qsizetype> lines;
    float top = 0;
    float bottom = 0;
    float gap = 0; ///< to the nearest line below (or above), in points
};

Row outermostRow(const PageLayout &layout, bool top)
{
    Row row;
    qsizetype outermost = -1;
    for (qsizetype i = 0; i < layout.lines.size(); ++i) {
        const Line &line = layout.lines.at(i);
        if (!line.boxed || line.role == LineRole::Furniture)
            continue;
        if (outermost < 0 ||
            (top ? line.y < layout.lines.at(outermost).y : line.bottom > layout.lines.at(outermost).bottom))
            outermost = i;
    }
    if (outermost < 0)
        return row;
    row.top = layout.lines.at(outermost).y;
    row.bottom = layout.lines.at(outermost).bottom;
    const float middle = (row.top + row.bottom) / 2;
    row.gap = std::numeric_limits<float>::max();
    for (qsizetype i = 0; i < layout.lines.size(); ++i) {
        const Line &line = layout.lines.at(i);
        if (!line.boxed || line.role == LineRole::Furniture)
            continue;
        if (line.y <= middle && line.bottom >= middle)
            row.lines.append(i);
        else
            row.gap = std::min(row.gap, top ? line.y - row.bottom : row.top - line.bottom);
    }
    return row;
}

bool hasPageNumber(const PageLayout &layout, const Row &row)
{
    return std::any_of(row.lines.begin(), row.lines.end(), [&](qsizetype i) {
        const QStringView text = layout.lineText(layout.lines.at(i));
        const auto isNumber = [](QStringView word) { return word.size() <= 4 && isPageNumber(word); };
        const qsizetype firstSpace = text.indexOf(u' ');
        const qsizetype lastSpace = text.lastIndexOf(u' ');
        return isPageNumber(text) || (firstSpace > 0 && isNumber(text.left(firstSpace))) ||
               (lastSpace > 0 && isNumber(text.mid(lastSpace + 1)));
    });
}

bool isFurnitureRow(const PageLayout &layout, const QVector<LineStatistics> &statistics, const Row &row,
                    bool top)
{
    if (row.lines.isEmpty() || row.lines.size() > 4)
        return false;
    const bool inZone =
        top ? row.bottom <= layout.pageHeight * kHeaderZone : row.top >= layout.pageHeight * kFooterZone;
    int words = 0;
    float size = 0;
    bool bold = false;
    bool onlyNumber = true;
    bool sentence = false;
    for (const qsizetype i : row.lines) {
        words += statistics.at(i).words;
        size = std::max(size, layout.lines.at(i).size);
        const QStringView text = layout.lineText(layout.lines.at(i));
        sentence = sentence || (statistics.at(i).endsSentence && statistics.at(i).words > 3) ||
                   u"•◦‣▪■●"_s.contains(text.front());
        bold = bold || layout.lines.at(i).bold;
        onlyNumber = onlyNumber && isPageNumber(layout.lineText(layout.lines.at(i)));
    }
    if (onlyNumber)
        return inZone || row.gap > 2 * size;
    if (!inZone || sentence || words > kMostWords || size > layout.bodySize * 1.11F)
        return false;
    const bool numbered = hasPageNumber(layout, row);
    // Larger than the space between two lines of running text, whatever its leading; a year at the end of a
    // longer line is no page number.
    const float atLeast = !numbered ? 1.5F : words > 8 ? 1.0F : 0.5F;
    const bool apart = row.gap >= atLeast * size;
    return apart && (numbered || !(top && bold));
}

void markPageNumbersWithoutBoxes(PageLayout &layout)
{
    if (layout.lines.size() < 2)
        return;
    for (Line *line : {&layout.lines.front(), &layout.lines.back()}) {
        if (!line->boxed && isPageNumber(layout.lineText(*line)))
            line->role = LineRole::Furniture;
    }
}

} // namespace

void markFurniture(PageLayout &layout, const QVector<LineStatistics> &statistics)
{
    markPageNumbersWithoutBoxes(layout);
    if (layout.pageHeight <= 0 || layout.lines.size() < 2)
        return;
    // Twice: a header may have two rows, a footer a note and a number.
    for (int round = 0; round < 2; ++round) {
        for (const bool top : {true, false}) {
            const Row row = outermostRow(layout, top);
            if (!isFurnitureRow(layout, statistics, row, top))
                continue;
            for (const qsizetype i : row.lines)
                layout.lines[i].role = LineRole::Furniture;
        }
    }
}

} // namespace lectern::text
