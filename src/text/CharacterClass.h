// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QChar>
#include <QStringView>

namespace lectern::text {

/// Questions about single characters that the analysers share. Pure functions, safe in every thread.

/// One code point of a text. A lone surrogate is a code point of its own (its value is then in D800..DFFF).
struct CodePoint {
    char32_t value = 0;
    qsizetype units = 1; ///< UTF-16 units it takes, 1 or 2
};

[[nodiscard]] CodePoint codePointAt(QStringView text, qsizetype index);

/// Scripts written without spaces between words, in which a character is the smallest thing worth searching.
[[nodiscard]] bool isIdeograph(char32_t c);
[[nodiscard]] bool isKana(char32_t c);
[[nodiscard]] bool isHiragana(char32_t c);
[[nodiscard]] bool isHangul(char32_t c);
[[nodiscard]] bool isThaiLike(char32_t c); ///< Thai, Lao, Khmer, Myanmar
[[nodiscard]] inline bool isUnspaced(char32_t c)
{
    return c >= 0x0e00 && (isIdeograph(c) || isKana(c) || isThaiLike(c));
}

[[nodiscard]] bool isCombining(char32_t c);
/// Direction marks, joiners, byte order marks and other characters that print nothing.
[[nodiscard]] bool isInvisible(char32_t c);
[[nodiscard]] bool isHyphen(char32_t c);      ///< the characters that split a word at a line's end
[[nodiscard]] bool isSentenceEnd(char32_t c); ///< . ! ? … and their relatives in other scripts
[[nodiscard]] bool isClosing(char32_t c);     ///< closing quotes and brackets
[[nodiscard]] bool isOpening(char32_t c);
[[nodiscard]] bool isApostrophe(char32_t c);

} // namespace lectern::text
