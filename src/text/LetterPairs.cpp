// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/LetterPairs.h"

#include <QChar>
#include <QString>

#include <array>

namespace lectern::text {

namespace {

// Counted over the manual pages and message catalogues of 18 European languages: for each pair of letters the
// highest share it has in any of them, on a logarithmic scale from 0 (below 1 in 100,000) to 9 (above 14 in
// 1,000). Real text of 40 words scores 7.2 to 8.2 on average, the same with shifted letters 5.3 to 6.8.
constexpr std::array<const char *, 27> kPairs = {
    "099999988978989896799788488", // beginning or end of a word
    "986887777878979874989776377", // a
    "575228133841634710644731061", // b
    "783527119866535832577722158", // c
    "994449443835646851565643156", // d
    "986788686967979464998774667", // e
    "762246533833513740545612032", // f
    "883149364745535620655631072", // g
    "772259223744635710647452051", // h
    "976789676787979865998775467", // i
    "671149331615645620354641004", // j
    "993438244727735820666642062", // k
    "893469455875866743367752365", // l
    "886348332754665770344622043", // m
    "994689596975657833478763175", // n
    "976777776867779773887888247", // o
    "684538343644634861846621034", // p
    "230012000200200200031701000", // q
    "985589456856665834667755057", // r
    "983738445847645763479654068", // s
    "994439449945546840768855166", // t
    "876667664767878661877655456", // u
    "683338124744526730654430175", // v
    "681337026703415630352410173", // w
    "541314210401210340114300124", // x
    "885746445655564750467545054", // y
    "885458144724457752436656075", // z
};

/// 1 to 26 for a letter with or without diacritics, 0 for anything else
int indexOf(char16_t c)
{
    if (c >= u'a' && c <= u'z')
        return c - u'a' + 1;
    if (c >= u'A' && c <= u'Z')
        return c - u'A' + 1;
    if (c < 0xc0 || c > 0x1eff)
        return 0;
    switch (c) {
    case u'ß':
        return 's' - 'a' + 1;
    case u'ø':
    case u'Ø':
    case u'œ':
        return 'o' - 'a' + 1;
    case u'ł':
    case u'Ł':
        return 'l' - 'a' + 1;
    case u'đ':
    case u'Đ':
        return 'd' - 'a' + 1;
    case u'ı':
        return 'i' - 'a' + 1;
    case u'æ':
        return 'a' - 'a' + 1;
    default:
        break;
    }
    const QString parts = QChar(c).decomposition();
    return parts.isEmpty() || parts.front().unicode() >= 0x80 ? 0 : indexOf(parts.front().unicode());
}

} // namespace

PairScore letterPairScore(QStringView word)
{
    PairScore score;
    int previous = 0;
    for (const QChar c : word) {
        const int letter = indexOf(c.unicode());
        if (letter == 0)
            continue;
        score.sum += kPairs.at(static_cast<std::size_t>(previous))[letter] - '0';
        ++score.pairs;
        previous = letter;
    }
    if (score.pairs > 0) {
        score.sum += kPairs.at(static_cast<std::size_t>(previous))[0] - '0';
        ++score.pairs;
    }
    return score;
}

} // namespace lectern::text
