// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/LineStatistics.h"

#include "text/CharacterClass.h"

#include <QString>

#include <algorithm>

namespace lectern::text {

using namespace Qt::StringLiterals;

namespace {

bool isOrdinaryPunctuation(char32_t c)
{
    switch (c) {
    case U'.':
    case U',':
    case U';':
    case U':':
    case U'!':
    case U'?':
    case U'-':
    case U'/':
    case U'%':
    case U'$':
    case U'&':
        return true;
    default:
        return isOpening(c) || isClosing(c) || isApostrophe(c) || isSentenceEnd(c) ||
               (c >= 0x2010 && c <= 0x2027) || (c >= 0x3000 && c <= 0x303f) || (c >= 0xff00 && c <= 0xff0f) ||
               (c >= 0xff1a && c <= 0xff1f) || c == 0x060c || c == 0x061b;
    }
}

struct Piece {
    int letters = 0;
    int digits = 0;
    int unspaced = 0;
    int others = 0;
};

void finishPiece(QStringView piece, const Piece &counts, const StopWords &stops, LineStatistics &line)
{
    if (counts.unspaced > 0)
        line.words += (counts.unspaced + 1) / 2;
    if (counts.letters > counts.unspaced) {
        ++line.words;
        qsizetype start = 0;
        qsizetype end = piece.size();
        while (start < end && !piece.at(start).isLetterOrNumber())
            ++start;
        while (end > start && !piece.at(end - 1).isLetterOrNumber())
            --end;
        if (start < end && piece.at(start).isUpper())
            ++line.capitalised;
        if (end - start <= 14 && stops.contains(piece.mid(start, end - start).toString().toLower()))
            ++line.stopWords;
    } else if (counts.digits > 0 && counts.unspaced == 0) {
        ++line.numbers;
    }
    line.endsWithNumber = counts.digits > 0 && counts.letters == 0;
}

bool isRomanNumeral(QStringView word)
{
    return !word.isEmpty() && word.size() <= 7 &&
           std::all_of(word.begin(), word.end(), [](QChar c) { return u"ivxlcIVXLC"_s.contains(c); });
}

} // namespace

void LineStatistics::add(const LineStatistics &other)
{
    letters += other.letters;
    digits += other.digits;
    symbols += other.symbols;
    printing += other.printing;
    words += other.words;
    numbers += other.numbers;
    stopWords += other.stopWords;
    capitalised += other.capitalised;
    lowerLetters += other.lowerLetters;
    upperLetters += other.upperLetters;
    unspaced += other.unspaced;
}

LineStatistics lineStatistics(QStringView line, const StopWords &stopWords)
{
    LineStatistics result;
    Piece piece;
    qsizetype pieceStart = -1;
    int dots = 0;
    char32_t last = 0;
    char32_t previous = 0;
    const auto endPiece = [&](qsizetype end) {
        if (pieceStart >= 0)
            finishPiece(line.mid(pieceStart, end - pieceStart), piece, stopWords, result);
        pieceStart = -1;
        piece = {};
    };
    for (qsizetype i = 0; i < line.size();) {
        const CodePoint point = codePointAt(line, i);
        const char32_t c = point.value;
        if (QChar::isSpace(c)) {
            previous = 0;
            endPiece(i);
            i += point.units;
            continue;
        }
        if (pieceStart < 0)
            pieceStart = i;
        ++result.printing;
        result.calls += c == U'(' && QChar::isLetter(previous) && !isUnspaced(previous) ? 1 : 0;
        previous = c;
        dots = c == U'.' || c == 0xb7 || c == 0x2026 ? dots + (c == 0x2026 ? 3 : 1) : 0;
        result.dotLeader = result.dotLeader || dots >= 4;
        if (QChar::isLetter(c)) {
            ++result.letters;
            ++piece.letters;
            result.lowerLetters += QChar::isLower(c) ? 1 : 0;
            result.upperLetters += QChar::isUpper(c) ? 1 : 0;
            if (isUnspaced(c)) {
                ++piece.unspaced;
                ++result.unspaced;
            }
        } else if (QChar::isDigit(c)) {
            ++result.digits;
            ++piece.digits;
        } else if (!isOrdinaryPunctuation(c) && !isCombining(c) && !isInvisible(c)) {
            ++result.symbols;
        }
        if (!isClosing(c) && !isInvisible(c))
            last = c;
        i += point.units;
    }
    endPiece(line.size());
    result.endsSentence = isSentenceEnd(last) || last == U':';
    return result;
}

bool isPageNumber(QStringView line)
{
    line = line.trimmed();
    if (line.isEmpty() || line.size() > 24)
        return false;
    int digits = 0;
    bool otherLetters = false;
    qsizetype start = 0;
    for (qsizetype i = 0; i <= line.size(); ++i) {
        if (i < line.size() && line.at(i).isLetterOrNumber())
            continue;
        const QStringView word = line.mid(start, i - start);
        start = i + 1;
        if (word.isEmpty())
            continue;
        if (std::all_of(word.begin(), word.end(), [](QChar c) { return c.isDigit(); })) {
            if (word.size() > 5)
                return false;
            ++digits;
            continue;
        }
        const QString lower = word.toString().toLower();
        const bool pageWord = lower == "page"_L1 || lower == "seite"_L1 || lower == "of"_L1 ||
                              lower == "von"_L1 || lower == "p"_L1 || lower == "pg"_L1 || lower == u"стр"_s ||
                              lower == u"página"_s || lower == "pagina"_L1 || lower == "sur"_L1 ||
                              lower == "de"_L1;
        if (isRomanNumeral(word) && digits == 0)
            ++digits;
        else if (!pageWord)
            otherLetters = true;
    }
    return digits >= 1 && digits <= 2 && !otherLetters;
}

} // namespace lectern::text
