// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/PageLayout.h"

#include <QString>
#include <QVector>

namespace lectern::text {

/// A sentence of a passage.
struct Sentence {
    QString text;
    int passage = 0;       ///< index into PageLayout::passages
    qsizetype start = 0;   ///< in the passage's text
    bool complete = false; ///< begins like a sentence and ends with its mark
};

/// The sentences of a page's running text in reading order; headings, tables and contents give none.
/// At most 2,000. Thread-safe, deterministic.
[[nodiscard]] QVector<Sentence> splitSentences(const PageLayout &layout);

/// A stretch of a text, UTF-16 units.
struct TextSpan {
    qsizetype start = 0;
    qsizetype length = 0;

    [[nodiscard]] qsizetype end() const { return start + length; }
};

/// Where the sentences of plain text stand, without white space around them; all else is in one of them. A
/// line end ends a sentence. `language` as below. Linear.
[[nodiscard]] QVector<TextSpan> sentenceSpans(const QString &text, const QString &language);

/// Splits plain text; `language` is a primary BCP 47 name and chooses the abbreviations.
[[nodiscard]] QStringList splitSentences(const QString &text, const QString &language);

} // namespace lectern::text
