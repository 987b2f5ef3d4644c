// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/SearchText.h"

#include "text/FoldedText.h"
#include "text/Language.h"
#include "text/SearchWords.h"
#include "text/Stemmer.h"
#include "text/StopWords.h"

#include <algorithm>
#include <vector>

namespace lectern::text {

using namespace Qt::StringLiterals;

namespace {

const QString kWordColumns = QStringLiteral("{title headings stems} : ");
const QString kBodyColumn = QStringLiteral("body : ");
const QString kTitleColumn = QStringLiteral("title : ");
const QString kAllColumns = QStringLiteral("{title headings body stems} : ");

// Tokens hold letters and digits only, so nothing in them needs escaping.
QString quoted(const QStringList &tokens, bool prefix)
{
    return u'"' + tokens.join(u' ') + (prefix ? u"\" *"_s : u"\""_s);
}

QString stemsOf(QStringView original, const FoldedText &folded, Stemmer &stemmer)
{
    QString stems;
    stems.reserve(folded.text.size());
    for (const FoldedToken &token : foldedTokens(folded.text)) {
        stems += foldedStem(stemmer, writtenForm(original, folded, token),
                            folded.text.mid(token.start, token.length));
        stems += u' ';
    }
    for (const QString &part : folded.splitWords)
        stems += foldedStem(stemmer, part, part) + u' ';
    stems.chop(stems.isEmpty() ? 0 : 1);
    return stems;
}

QString withSplitWords(FoldedText &folded)
{
    if (!folded.splitWords.isEmpty())
        folded.text += u'\n' + folded.splitWords.join(u' ');
    return folded.text;
}

/// Each word of a short text as its stem.
QString onlyStems(const QString &text, Stemmer &stemmer)
{
    return stemsOf(text, foldText(text, true), stemmer);
}

/// The expression of one wish, for each language in which its words have other stems.
class TermWriter {
public:
    explicit TermWriter(const QStringList &languages)
    {
        for (const QString &language : languages) {
            const QString primary = primaryLanguage(language);
            if (!m_languages.contains(primary)) {
                m_languages.append(primary);
                m_stemmers.emplace_back(primary);
            }
        }
    }

    /// Words of one language's grammar are told from topics by the lists of all: a page in another language
    /// would have them as topics only by chance.
    [[nodiscard]] bool carriesNoTopic(const SearchTerm &term) const
    {
        if (term.tokens.size() != 1 || term.quoted || term.prefix || term.excluded || term.inTitle)
            return false;
        return std::any_of(m_languages.begin(), m_languages.end(), [&](const QString &language) {
            return stopWords(language).contains(term.written.first());
        });
    }

    [[nodiscard]] QString expression(const SearchTerm &term)
    {
        const QString exact = quoted(term.tokens, term.prefix);
        if (term.prefix)
            return (term.inTitle ? kTitleColumn : term.excluded ? kBodyColumn : kAllColumns) + exact;
        const QString forms = formsOf(term);
        if (term.inTitle)
            return kTitleColumn + forms;
        if (term.excluded)
            return kBodyColumn + exact;
        const QString said = kBodyColumn + exact;
        return u'(' + (term.quoted ? kTitleColumn : kWordColumns) + forms + u" OR "_s + said + u')';
    }

    /// Those of all that was written so far.
    [[nodiscard]] const QStringList &stems() const { return m_stems; }

private:
    /// What the columns of stems have of these words, in whichever language the page is.
    [[nodiscard]] QString formsOf(const SearchTerm &term)
    {
        QStringList forms;
        for (Stemmer &stemmer : m_stemmers) {
            QStringList stems;
            for (qsizetype i = 0; i < term.tokens.size(); ++i)
                stems.append(foldedStem(stemmer, term.written.at(i), term.tokens.at(i)));
            if (!term.excluded)
                m_stems += stems;
            const QString form = quoted(stems, false);
            if (!forms.contains(form))
                forms.append(form);
        }
        if (forms.isEmpty())
            forms.append(quoted(term.tokens, false));
        return forms.size() == 1 ? forms.first() : u'(' + forms.join(u" OR "_s) + u')';
    }

    QStringList m_languages;
    std::vector<Stemmer> m_stemmers;
    QStringList m_stems;
};

QString without(const QString &wanted, const QStringList &excluded)
{
    return excluded.isEmpty() ? wanted : u'(' + wanted + u") NOT ("_s + excluded.join(u" OR "_s) + u')';
}

void addOnce(QStringList &list, const QString &expression)
{
    if (!list.contains(expression))
        list.append(expression);
}

} // namespace

SearchFields searchFields(const QString &text, const QString &headings, const QString &language)
{
    Stemmer stemmer(primaryLanguage(language));
    SearchFields fields;
    FoldedText folded = foldText(text, true);
    fields.stems = stemsOf(text, folded, stemmer);
    fields.body = withSplitWords(folded);
    if (!headings.isEmpty())
        fields.headings = onlyStems(headings, stemmer);
    return fields;
}

QString searchTitle(const QString &title, const QString &language)
{
    Stemmer stemmer(primaryLanguage(language));
    return onlyStems(title, stemmer);
}

WordQuery wordQuery(const QString &userWords, const QStringList &languages)
{
    const QVector<SearchTerm> terms = readSearchWords(userWords);
    TermWriter writer(languages);
    const bool hasTopic = std::any_of(terms.begin(), terms.end(), [&](const SearchTerm &term) {
        return !term.excluded && !writer.carriesNoTopic(term);
    });
    QStringList demanded;
    QStringList wished;
    QStringList excluded;
    for (const SearchTerm &term : terms) {
        if (hasTopic && writer.carriesNoTopic(term))
            continue;
        const bool isDemand = term.quoted || term.inTitle;
        addOnce(term.excluded ? excluded : isDemand ? demanded : wished, writer.expression(term));
    }
    WordQuery query;
    if (demanded.isEmpty() && wished.isEmpty())
        return query; // the index cannot answer what only says what must not occur
    query.stems = writer.stems();
    query.demanded = demanded.join(u" AND "_s);
    query.excluded = excluded.join(u" OR "_s);
    query.all = without((demanded + wished).join(u" AND "_s), excluded);
    const qsizetype whole = wished.size();
    for (const SearchTerm &term : terms) {
        for (const SearchTerm &part : partsOf(term)) {
            if (!writer.carriesNoTopic(part))
                addOnce(wished, writer.expression(part));
        }
    }
    if (whole > 1 || wished.size() > whole) {
        const QString any = wished.join(u" OR "_s);
        query.some = without(demanded.isEmpty() ? any : demanded.join(u" AND "_s) + u" AND ("_s + any + u')',
                             excluded);
    }
    return query;
}

QString plainQuestion(const QString &userWords)
{
    static const QString title = QStringLiteral("title:");
    QStringList words;
    bool isExcluded = false; // until the quotation ends
    for (QString word : userWords.simplified().split(u' ', Qt::SkipEmptyParts)) {
        const qsizetype quotes = word.count(u'"');
        const bool begins = word.size() > 1 && word.startsWith(u'-');
        const bool leavesOut = isExcluded || begins;
        if (quotes % 2 != 0)
            isExcluded = begins && !isExcluded;
        if (leavesOut)
            continue;
        if (word.startsWith(title, Qt::CaseInsensitive))
            word.remove(0, title.size());
        word.remove(u'"');
        if (word.endsWith(u'*'))
            word.chop(1);
        if (!word.isEmpty())
            words.append(word);
    }
    return words.join(u' ');
}

} // namespace lectern::text
