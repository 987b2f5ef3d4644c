// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/PageText.h"

#include <QPointF>
#include <QRectF>
#include <QVector>

namespace lectern::presentation {

/// The text of one page and where its characters stand: from a stretch of text to rectangles, and from a
/// point to the text there. Positions are between characters, in UTF-16 units of the text, which is in
/// reading order whatever the script's direction. Lengths are points from the page's top left corner. Boxes
/// are known of whole words; within one, characters are placed by their likely widths. Pure.
class PageTextMap {
public:
    struct Range {
        int start = 0;
        int end = 0;

        friend bool operator==(const Range &, const Range &) = default;
    };

    PageTextMap() = default;
    explicit PageTextMap(const domain::PageText &text);

    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] int length() const { return static_cast<int>(m_text.size()); }
    /// There is nothing that could be chosen.
    [[nodiscard]] bool isEmpty() const { return m_words.isEmpty(); }
    /// About how much memory it takes.
    [[nodiscard]] qint64 bytes() const;

    /// What a stretch of text covers: one rectangle for each line, or part of one, in reading order.
    [[nodiscard]] QVector<QRectF> areas(int start, int end) const;
    /// A line of no width where the position stands.
    [[nodiscard]] QRectF caret(int position) const;
    /// The nearest position.
    [[nodiscard]] int positionAt(const QPointF &point) const;
    /// There are letters at this very point.
    [[nodiscard]] bool isOnText(const QPointF &point) const;

    [[nodiscard]] Range wordAt(int position) const;
    [[nodiscard]] Range lineAt(int position) const;
    [[nodiscard]] int nextCharacter(int position) const;
    [[nodiscard]] int previousCharacter(int position) const;
    [[nodiscard]] int nextWord(int position) const;
    [[nodiscard]] int previousWord(int position) const;
    /// Straight up or down from the position; -1 at the first or last line.
    [[nodiscard]] int lineUp(int position) const;
    [[nodiscard]] int lineDown(int position) const;
    /// What stands there runs from right to left.
    [[nodiscard]] bool isRightToLeft(int position) const;

private:
    struct Word {
        Range range;
        QRectF box;
        bool rightToLeft = false;
        bool downwards = false; ///< written from top to bottom
    };
    struct Line {
        Range range;
        int firstWord = 0;
        int lastWord = 0;
        QRectF box;
    };
    void findLines();
    [[nodiscard]] int lineOf(int position) const;
    [[nodiscard]] int nearestLine(const QPointF &point) const;
    [[nodiscard]] int positionIn(const Line &line, const QPointF &point) const;
    [[nodiscard]] QRectF part(const Word &word, int start, int end) const;
    [[nodiscard]] double share(const Word &word, int position) const;
    [[nodiscard]] int wordBoundary(int position, bool forwards) const;

    QString m_text;
    QVector<Word> m_words; ///< in order of the text
    QVector<Line> m_lines;
};

} // namespace lectern::presentation
