// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Words.h"

#include "text/CharacterClass.h"

namespace lectern::text {

namespace {

constexpr qsizetype kLongestWord = 100;

bool isWordCharacter(char32_t c)
{
    return QChar::isLetterOrNumber(c) || QChar::isMark(c);
}

bool joinsWord(QStringView text, qsizetype index)
{
    const char16_t c = text.at(index).unicode();
    if (c != u'-' && c != 0x2010 && c != 0x2011 && c != 0x00ad && c != 0x200c && c != 0x200d)
        return false;
    return index + 1 < text.size() && isWordCharacter(codePointAt(text, index + 1).value);
}

/// The end of the word that begins at `start`.
qsizetype wordEnd(QStringView text, qsizetype start, Word &word)
{
    word.unspaced = isUnspaced(codePointAt(text, start).value);
    qsizetype i = start;
    while (i < text.size()) {
        const CodePoint point = codePointAt(text, i);
        if (isWordCharacter(point.value)) {
            const bool unspaced = isUnspaced(point.value) ||
                                  (word.unspaced && (point.value == 0x30fc || QChar::isMark(point.value)));
            if (unspaced != word.unspaced && !QChar::isMark(point.value))
                break;
            word.hasDigit = word.hasDigit || QChar::isDigit(point.value);
            word.hasLetter = word.hasLetter || QChar::isLetter(point.value);
        } else if (word.unspaced || i == start || !joinsWord(text, i)) {
            break;
        }
        i += point.units;
    }
    return i;
}

} // namespace

QVector<Word> splitWords(QStringView text)
{
    QVector<Word> words;
    words.reserve(text.size() / 6);
    bool apart = true;
    for (qsizetype i = 0; i < text.size();) {
        const CodePoint point = codePointAt(text, i);
        if (!isWordCharacter(point.value)) {
            if (point.value == U'\t' || (!QChar::isSpace(point.value) && !isInvisible(point.value)))
                apart = true;
            i += point.units;
            continue;
        }
        Word word;
        word.start = i;
        word.apart = apart;
        const qsizetype end = wordEnd(text, i, word);
        word.length = end - i;
        i = end;
        apart = false;
        if (i + 1 < text.size() && isApostrophe(text.at(i).unicode()) && !word.unspaced) {
            const bool possessive = text.at(i + 1).toLower() == u's' &&
                                    (i + 2 >= text.size() || !text.at(i + 2).isLetterOrNumber());
            if (possessive) {
                i += 2;
            } else if (text.at(i + 1).isLetter() && word.length <= 5) {
                ++i; // "l'", "dell'", "qu'": the next word stands on its own
            }
        }
        if (word.length <= kLongestWord)
            words.append(word);
        else
            apart = true;
    }
    return words;
}

} // namespace lectern::text
