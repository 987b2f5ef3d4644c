// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/SearchWords.h"

#include "text/CharacterClass.h"
#include "text/FoldedText.h"
#include "text/Stemmer.h"

#include <algorithm>

namespace lectern::text {

namespace {

constexpr qsizetype kMostTerms = 32;
constexpr qsizetype kMostTokens = 16;
constexpr qsizetype kLongestInput = 4000;
constexpr QStringView kTitle = u"title:";

/// What the tokenizer of the index takes for part of a word.
bool isTokenCharacter(char32_t c)
{
    const auto category = QChar::category(c);
    return QChar::isLetter(c) || category == QChar::Number_DecimalDigit || category == QChar::Number_Letter ||
           category == QChar::Number_Other || category == QChar::Other_PrivateUse;
}

SearchTerm termOf(QStringView written)
{
    SearchTerm term;
    const FoldedText folded = foldText(written, true);
    for (const FoldedToken &token : foldedTokens(folded.text)) {
        if (term.tokens.size() >= kMostTokens)
            break;
        term.tokens.append(folded.text.mid(token.start, token.length));
        term.written.append(writtenForm(written, folded, token));
    }
    return term;
}

bool isQuote(QChar c)
{
    return c == u'"' || c == u'“' || c == u'”' || c == u'„' || c == u'«' || c == u'»' || c == u'「' ||
           c == u'」';
}

bool isAscii(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

} // namespace

QString writtenForm(QStringView original, const FoldedText &folded, const FoldedToken &token)
{
    const qsizetype start = folded.source.at(token.start);
    const qsizetype end = folded.sourceEnd.at(token.start + token.length - 1);
    const QStringView spelled = original.mid(start, end - start);
    // A word that was split at a line's end is not spelled as it is meant.
    const bool isWhole = std::all_of(spelled.begin(), spelled.end(), [](QChar c) {
        return c.isLetterOrNumber() || c.isMark() || c.isSurrogate();
    });
    if (!isWhole || isAscii(spelled))
        return folded.text.mid(token.start, token.length);
    return spelled.toString().normalized(QString::NormalizationForm_KC).toCaseFolded();
}

QString foldedStem(Stemmer &stemmer, const QString &written, const QString &token)
{
    const QString stem = stemmer.stem(written);
    if (stem == written)
        return token;
    if (isAscii(stem))
        return stem;
    const QString folded = foldText(stem, false).text;
    return folded.isEmpty() ? token : folded;
}

QVector<SearchTerm> partsOf(const SearchTerm &term)
{
    constexpr qsizetype kLongestWord = 2;
    constexpr qsizetype kLongestCompound = 3;
    const auto isSingle = [&term](qsizetype at) {
        return isUnspaced(codePointAt(term.tokens.at(at), 0).value);
    };
    QVector<SearchTerm> parts;
    const qsizetype count = term.tokens.size();
    if (term.quoted || term.excluded || term.inTitle || term.prefix || count < 2)
        return parts;
    bool hasSingle = false;
    for (qsizetype at = 0; at < count; ++at) {
        const bool pair = isSingle(at) && at + 1 < count && isSingle(at + 1);
        hasSingle = hasSingle || isSingle(at);
        if (!pair && (isSingle(at) || term.tokens.at(at).size() < 2))
            continue; // the last of its run, or one alone
        SearchTerm part;
        part.tokens = term.tokens.mid(at, pair ? kLongestWord : 1);
        part.written = term.written.mid(at, part.tokens.size());
        parts.append(part);
    }
    const bool isWord = hasSingle ? count <= kLongestWord : count > kLongestCompound;
    return isWord ? QVector<SearchTerm>() : parts;
}

QVector<FoldedToken> foldedTokens(const QString &folded)
{
    QVector<FoldedToken> tokens;
    qsizetype start = -1;
    for (qsizetype i = 0; i < folded.size();) {
        const CodePoint point = codePointAt(folded, i);
        const bool inside = isTokenCharacter(point.value);
        const bool single = inside && isUnspaced(point.value);
        const bool turns = inside && i > 0 && turnsAround(folded.at(i - 1), point.value);
        if ((!inside || single || turns) && start >= 0) {
            tokens.append({start, i - start});
            start = -1;
        }
        if (single)
            tokens.append({i, point.units});
        else if (inside && start < 0)
            start = i;
        i += point.units;
    }
    if (start >= 0)
        tokens.append({start, folded.size() - start});
    return tokens;
}

QVector<SearchTerm> readSearchWords(const QString &userWords)
{
    const QStringView input = QStringView(userWords).left(kLongestInput);
    QVector<SearchTerm> terms;
    for (qsizetype i = 0; i < input.size() && terms.size() < kMostTerms;) {
        if (input.at(i).isSpace()) {
            ++i;
            continue;
        }
        bool excluded = false;
        if (input.at(i) == u'-' || input.at(i) == u'−') {
            excluded = true;
            ++i;
        }
        const bool inTitle =
            input.mid(i).startsWith(kTitle, Qt::CaseInsensitive) && i + kTitle.size() < input.size();
        if (inTitle)
            i += kTitle.size();
        const bool quoted = i < input.size() && isQuote(input.at(i));
        if (quoted)
            ++i;
        const qsizetype start = i;
        while (i < input.size() &&
               (quoted ? !isQuote(input.at(i)) : !input.at(i).isSpace() && !isQuote(input.at(i))))
            ++i;
        const qsizetype end = i;
        bool star = !quoted && end > start && input.at(end - 1) == u'*';
        if (quoted && i < input.size()) {
            ++i;
            star = i < input.size() && input.at(i) == u'*';
            i += star ? 1 : 0;
        }
        SearchTerm term = termOf(input.mid(start, end - start));
        term.excluded = excluded;
        term.quoted = quoted;
        term.inTitle = inTitle;
        term.prefix = star && !term.tokens.isEmpty() && !isUnspaced(codePointAt(term.tokens.last(), 0).value);
        if (!term.tokens.isEmpty())
            terms.append(term);
    }
    return terms;
}

} // namespace lectern::text
