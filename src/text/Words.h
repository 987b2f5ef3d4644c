// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>
#include <QVector>

namespace lectern::text {

/// A word of a text, or a run of characters of a script that has no spaces between words.
struct Word {
    qsizetype start = 0;
    qsizetype length = 0;
    bool apart = false;    ///< more than a space stands between it and the word before
    bool unspaced = false; ///< a run of ideographs, kana, Thai, …
    bool hasDigit = false;
    bool hasLetter = false;

    [[nodiscard]] qsizetype end() const { return start + length; }
};

/// The words of `text` in order: letters, digits and marks, with hyphens inside. An apostrophe ends a word
/// and belongs to it ("l'" "eau"), but a possessive 's is left out. Words longer than 100 units are skipped,
/// as they are data.
[[nodiscard]] QVector<Word> splitWords(QStringView text);

} // namespace lectern::text
