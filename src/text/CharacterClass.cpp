// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/CharacterClass.h"

namespace lectern::text {

CodePoint codePointAt(QStringView text, qsizetype index)
{
    const QChar first = text.at(index);
    if (first.isHighSurrogate() && index + 1 < text.size() && text.at(index + 1).isLowSurrogate())
        return {QChar::surrogateToUcs4(first, text.at(index + 1)), 2};
    return {first.unicode(), 1};
}

bool isIdeograph(char32_t c)
{
    return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0x20000 && c <= 0x323af) || c == 0x3005 || c == 0x3007;
}

bool isHiragana(char32_t c)
{
    return c >= 0x3041 && c <= 0x309f;
}

bool isKana(char32_t c)
{
    return (c >= 0x3041 && c <= 0x30ff && c != 0x30fb) || (c >= 0x31f0 && c <= 0x31ff) ||
           (c >= 0xff66 && c <= 0xff9f);
}

bool isHangul(char32_t c)
{
    return (c >= 0xac00 && c <= 0xd7a3) || (c >= 0x1100 && c <= 0x11ff) || (c >= 0x3131 && c <= 0x318e);
}

bool isThaiLike(char32_t c)
{
    return (c >= 0x0e01 && c <= 0x0edf) || (c >= 0x1000 && c <= 0x109f) || (c >= 0x1780 && c <= 0x17ff);
}

bool isCombining(char32_t c)
{
    return c >= 0x300 &&
           (QChar::category(c) == QChar::Mark_NonSpacing || QChar::category(c) == QChar::Mark_Enclosing);
}

bool isInvisible(char32_t c)
{
    return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
           c == 0xfeff || c == 0x061c || c == 0x00ad || (c >= 0xfe00 && c <= 0xfe0f);
}

bool isHyphen(char32_t c)
{
    return c == U'-' || c == 0x00ad || c == 0x2010 || c == 0x2011;
}

bool isSentenceEnd(char32_t c)
{
    switch (c) {
    case U'.':
    case U'!':
    case U'?':
    case 0x2026: // …
    case 0x3002: // 。
    case 0xff01: // ！
    case 0xff1f: // ？
    case 0xff0e: // ．
    case 0x061f: // Arabic question mark
    case 0x06d4: // Urdu full stop
    case 0x0964: // Devanagari danda
    case 0x0589: // Armenian full stop
        return true;
    default:
        return false;
    }
}

bool isClosing(char32_t c)
{
    if (c == U'"' || c == U'\'' || c == 0x201c) // “ closes in German
        return true;
    const auto category = QChar::category(c);
    return category == QChar::Punctuation_Close || category == QChar::Punctuation_FinalQuote;
}

bool isOpening(char32_t c)
{
    if (c == U'"' || c == U'\'' || c == 0x201e) // „
        return true;
    const auto category = QChar::category(c);
    return category == QChar::Punctuation_Open || category == QChar::Punctuation_InitialQuote;
}

bool isApostrophe(char32_t c)
{
    return c == U'\'' || c == 0x2019 || c == 0x02bc;
}

} // namespace lectern::text
