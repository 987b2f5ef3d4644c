// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/StopWords.h"

#include <QStringView>

namespace lectern::text {

/// Counts that tell running text from tables, labels and program text.
struct LineStatistics {
    int letters = 0;
    int digits = 0;
    int symbols = 0;  ///< neither letter, digit, space nor ordinary punctuation
    int printing = 0; ///< everything but spaces
    int words = 0;    ///< pieces with a letter; two ideographs count as one word
    int numbers = 0;  ///< pieces made of digits and their separators
    int stopWords = 0;
    int capitalised = 0; ///< words that begin with a capital letter
    int lowerLetters = 0;
    int upperLetters = 0;
    int calls = 0;    ///< brackets that open right behind a letter, as in program text
    int unspaced = 0; ///< ideographs, kana, Thai
    bool dotLeader = false;
    bool endsWithNumber = false;
    bool endsSentence = false;

    void add(const LineStatistics &other);
    [[nodiscard]] bool allCapitals() const { return upperLetters >= 3 && lowerLetters * 10 <= upperLetters; }
};

[[nodiscard]] LineStatistics lineStatistics(QStringView line, const StopWords &stopWords);

/// A page number standing alone: digits, roman numerals, "- 12 -", "2 / 223", "Page 3 of 9".
[[nodiscard]] bool isPageNumber(QStringView line);

} // namespace lectern::text
