// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/WordMatches.h"

#include "text/FoldedText.h"
#include "text/Language.h"
#include "text/Stemmer.h"

#include <vector>

namespace lectern::text {

namespace {

constexpr qsizetype kMostMatches = 2000;

/// The words of a text, and their stems where somebody asks for them.
class PageWords {
public:
    PageWords(QStringView text, const QString &language)
        : m_text(text), m_folded(foldText(text, false)), m_tokens(foldedTokens(m_folded.text)),
          m_stemmer(primaryLanguage(language)), m_stems(static_cast<size_t>(m_tokens.size()))
    {
    }

    [[nodiscard]] qsizetype count() const { return m_tokens.size(); }
    [[nodiscard]] QStringView word(qsizetype at) const
    {
        return QStringView(m_folded.text).mid(m_tokens.at(at).start, m_tokens.at(at).length);
    }
    [[nodiscard]] const QString &stem(qsizetype at)
    {
        QString &stem = m_stems[static_cast<size_t>(at)];
        if (stem.isEmpty())
            stem = foldedStem(m_stemmer, writtenForm(m_text, m_folded, m_tokens.at(at)), word(at).toString());
        return stem;
    }
    [[nodiscard]] QString stemOf(const SearchTerm &term, qsizetype token)
    {
        return foldedStem(m_stemmer, term.written.at(token), term.tokens.at(token));
    }
    [[nodiscard]] WordMatch match(qsizetype first, qsizetype last, int term) const
    {
        const FoldedToken &end = m_tokens.at(last);
        return {m_folded.source.at(m_tokens.at(first).start),
                m_folded.sourceEnd.at(end.start + end.length - 1), term};
    }

private:
    QStringView m_text;
    FoldedText m_folded;
    QVector<FoldedToken> m_tokens;
    Stemmer m_stemmer;
    std::vector<QString> m_stems;
};

/// A term with the stems of its words in the text's language.
struct Wanted {
    const SearchTerm *term = nullptr;
    QStringList stems; ///< empty: only the exact words will do
    int index = 0;
};

bool standsAt(PageWords &page, qsizetype at, const Wanted &wanted)
{
    const SearchTerm &term = *wanted.term;
    if (at + term.tokens.size() > page.count())
        return false;
    for (qsizetype i = 0; i < term.tokens.size(); ++i) {
        const QStringView word = page.word(at + i);
        const bool beginning = term.prefix && i + 1 == term.tokens.size();
        if (beginning ? word.startsWith(term.tokens.at(i)) : word == term.tokens.at(i))
            continue;
        if (wanted.stems.isEmpty() || page.stem(at + i) != wanted.stems.at(i))
            return false;
    }
    return true;
}

} // namespace

QVector<WordMatch> findWords(QStringView text, const QVector<SearchTerm> &terms, const QString &language)
{
    PageWords page(text, language);
    std::vector<Wanted> wanted;
    for (int i = 0; i < terms.size(); ++i) {
        const SearchTerm &term = terms.at(i);
        if (term.excluded || term.inTitle)
            continue;
        Wanted one{&term, {}, i};
        for (qsizetype token = 0; !term.quoted && !term.prefix && token < term.tokens.size(); ++token)
            one.stems.append(page.stemOf(term, token));
        wanted.push_back(one);
    }
    QVector<WordMatch> matches;
    for (qsizetype at = 0; at < page.count() && matches.size() < kMostMatches; ++at) {
        for (const Wanted &one : wanted) {
            if (!standsAt(page, at, one))
                continue;
            const WordMatch match = page.match(at, at + one.term->tokens.size() - 1, one.index);
            if (matches.isEmpty() || match.start >= matches.last().end)
                matches.append(match);
            break;
        }
    }
    return matches;
}

} // namespace lectern::text
