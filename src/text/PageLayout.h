// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/PageText.h"

#include <QString>
#include <QVector>

namespace lectern::text {

/// What a line or a passage of a page is for.
enum class LineRole {
    Prose,     ///< running text
    Heading,   ///< set apart by size, weight, capitals or a section number
    Label,     ///< short pieces: names under a title, slide points, cells with words
    Data,      ///< rows of numbers, formulas, program text
    Contents,  ///< entries of a table of contents or an index, with their page numbers
    Furniture, ///< page numbers, running headers and footers
};

/// One line of a page as it stands there. Lengths in points, from the top left corner.
struct Line {
    qint32 offset = 0;  ///< in PageText::text
    qint32 length = 0;  ///< without the line end
    int block = 0;      ///< blocks are separated by an empty line
    bool boxed = false; ///< the numbers below are known
    float x = 0;
    float y = 0;
    float width = 0;
    float bottom = 0;
    float size = 0; ///< height of most of its characters
    float firstWordWidth = 0;
    bool bold = false;
    QVector<qint32> cells; ///< where in PageText::text a word follows a gap that no justified line has
    int wideGaps = 0;      ///< gaps as wide as between columns of a table
    LineRole role = LineRole::Label;
};

/// Lines that belong together, joined to one string without line ends and with split words mended. Cells of
/// one line and the lines of a heading are separated by a tab.
struct Passage {
    QString text;
    QVector<qint32> source; ///< for each UTF-16 unit of `text` its place in PageText::text
    LineRole role = LineRole::Prose;
    int firstLine = 0; ///< index into PageLayout::lines
    int lastLine = 0;

    /// Where `length` units from `start` stand on the page.
    [[nodiscard]] qint32 sourceOffset(qsizetype start) const { return source.at(start); }
    [[nodiscard]] qint32 sourceLength(qsizetype start, qsizetype length) const
    {
        return source.at(start + length - 1) - source.at(start) + 1;
    }
};

/// A page taken apart into lines with roles, and put together again into passages in reading order.
struct PageLayout {
    QString text;     ///< the page's text, bounded to kLongestPage units
    QString language; ///< BCP 47
    float pageHeight = 0;
    float bodySize = 0; ///< size of most of the running text; 0 when unknown
    QVector<Line> lines;
    QVector<Passage> passages;

    [[nodiscard]] QStringView lineText(const Line &line) const
    {
        return QStringView(text).mid(line.offset, line.length);
    }
};

/// What lies beyond is not analysed, so that no page costs more than a bounded time.
inline constexpr qsizetype kLongestPage = 120000;

/// Takes a page apart. `language` as detectLanguage() gives it. Thread-safe, deterministic, linear.
[[nodiscard]] PageLayout readLayout(const domain::PageContent &page, const QString &language);

/// A section number in front of a heading ("2.4.3", "Chapter 2", "第三章"): its length in `line`, 0 when
/// there is none.
[[nodiscard]] qsizetype sectionNumberLength(QStringView line);

} // namespace lectern::text
