// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace lectern::text {

/// How usual the letters of a word in Latin script follow each other in the European languages.
struct PairScore {
    int sum = 0; ///< 0 to 9 for each pair, the word's ends included
    int pairs = 0;
};

/// Diacritics are ignored; other characters than Latin letters end nothing and count nothing.
[[nodiscard]] PairScore letterPairScore(QStringView word);

} // namespace lectern::text
