// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Tokens.h"

#include "text/CharacterClass.h"

#include <algorithm>

namespace lectern::text {

namespace {

bool isWordStart(char32_t c)
{
    return QChar::isLetter(c);
}

qsizetype dottedEnd(QStringView text, qsizetype start)
{
    qsizetype i = start;
    int pairs = 0;
    while (i + 1 < text.size() && text.at(i).isUpper() && text.at(i + 1) == u'.') {
        i += 2;
        ++pairs;
    }
    return pairs >= 2 ? i : start;
}

qsizetype wordEnd(QStringView text, qsizetype start)
{
    const CodePoint first = codePointAt(text, start);
    if (isUnspaced(first.value))
        return start + first.units;
    if (const qsizetype dotted = dottedEnd(text, start); dotted > start)
        return dotted;
    qsizetype i = start;
    while (i < text.size()) {
        const CodePoint point = codePointAt(text, i);
        const bool letter =
            (QChar::isLetter(point.value) && !isUnspaced(point.value)) || isCombining(point.value);
        if (!letter) {
            const bool inner = point.value == U'-' || point.value == 0x2010 || point.value == 0x2011 ||
                               isApostrophe(point.value);
            if (!inner || i + 1 >= text.size() || !text.at(i + 1).isLetter())
                break;
            // "l'Université": the article is a word of its own; "O'Brien" is one name
            if (isApostrophe(point.value) && i - start <= 5 && text.at(start).isLower())
                break;
            // "Smith's": the possessive is not part of the name
            if (isApostrophe(point.value) && text.at(i + 1) == u's' &&
                (i + 2 >= text.size() || !text.at(i + 2).isLetter()))
                break;
        }
        i += point.units;
    }
    return i;
}

} // namespace

QVector<Token> tokenise(QStringView text)
{
    QVector<Token> tokens;
    tokens.reserve(std::min<qsizetype>(text.size() / 4, kMostTokens));
    int gap = 0;
    int lineEnds = 0;
    for (qsizetype i = 0; i < text.size() && tokens.size() < kMostTokens;) {
        const CodePoint point = codePointAt(text, i);
        if (QChar::isSpace(point.value) || isInvisible(point.value)) {
            lineEnds += point.value == U'\n' ? 1 : point.value == U'\t' ? 2 : 0;
            if (!isInvisible(point.value))
                gap = lineEnds == 0 ? 1 : std::min(1 + lineEnds, 3);
            i += point.units;
            continue;
        }
        Token token;
        token.start = static_cast<qint32>(i);
        token.gap = gap;
        qsizetype end = i + point.units;
        if (QChar::isDigit(point.value)) {
            token.kind = TokenKind::Number;
            while (end < text.size() && text.at(end).isDigit())
                ++end;
        } else if (isWordStart(point.value)) {
            token.kind = TokenKind::Word;
            end = wordEnd(text, i);
        }
        token.length = static_cast<qint32>(end - i);
        tokens.append(token);
        i = end;
        gap = 0;
        lineEnds = 0;
    }
    return tokens;
}

} // namespace lectern::text
