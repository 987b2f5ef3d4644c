// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/WordMatches.h"

#include "text/FoldedText.h"
#include "text/Language.h"
#include "text/Stemmer.h"

#include <algorithm>
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
        return match(m_tokens.at(first), m_tokens.at(last), term);
    }
    [[nodiscard]] WordMatch match(const FoldedToken &first, const FoldedToken &last, int term) const
    {
        return {m_folded.source.at(first.start), m_folded.sourceEnd.at(last.start + last.length - 1), term};
    }
    /// What stands before and after the hyphen of each word that goes on in the next line.
    [[nodiscard]] QVector<FoldedToken> halves() const
    {
        QVector<FoldedToken> halves;
        for (const FoldedToken &token : m_tokens) {
            const WordMatch whole = match(token, token, 0);
            const qsizetype line = m_text.mid(whole.start, whole.end - whole.start).indexOf(u'\n');
            qsizetype second = token.start;
            while (line >= 0 && m_folded.source.at(second) < whole.start + line)
                ++second;
            if (second > token.start)
                halves +=
                    {{token.start, second - token.start}, {second, token.start + token.length - second}};
        }
        return halves;
    }
    [[nodiscard]] bool is(const FoldedToken &token, const QString &word, const QString &stem)
    {
        const QString found = m_folded.text.mid(token.start, token.length);
        return found == word || (!stem.isEmpty() &&
                                 foldedStem(m_stemmer, writtenForm(m_text, m_folded, token), found) == stem);
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

Wanted wantedOf(PageWords &page, const SearchTerm &term, int index)
{
    Wanted one{&term, {}, index};
    for (qsizetype token = 0; !term.quoted && !term.prefix && token < term.tokens.size(); ++token)
        one.stems.append(page.stemOf(term, token));
    return one;
}

QVector<WordMatch> matchesOf(PageWords &page, const std::vector<Wanted> &wanted)
{
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

/// Half of a word that is split at a line's end may be a word of its own ("low-concentration").
void addHalves(QVector<WordMatch> &matches, PageWords &page, const std::vector<Wanted> &wanted)
{
    const qsizetype whole = matches.size();
    for (const FoldedToken &half : page.halves()) {
        const WordMatch place = page.match(half, half, 0);
        const bool isTaken = std::any_of(matches.begin(), matches.end(), [&place](const WordMatch &match) {
            return match.start < place.end && place.start < match.end;
        });
        for (const Wanted &one : wanted) {
            if (isTaken || one.term->tokens.size() != 1 || one.term->prefix ||
                !page.is(half, one.term->tokens.first(), one.stems.value(0)))
                continue;
            matches.append({place.start, place.end, one.index});
            break;
        }
    }
    if (matches.size() > whole)
        std::sort(matches.begin(), matches.end(),
                  [](const WordMatch &a, const WordMatch &b) { return a.start < b.start; });
}

} // namespace

QVector<WordMatch> findWords(QStringView text, const QVector<SearchTerm> &terms, const QString &language)
{
    PageWords page(text, language);
    std::vector<Wanted> wanted;
    std::vector<QVector<SearchTerm>> parts; // what is wanted points into them
    bool hasParts = false;
    for (int i = 0; i < terms.size(); ++i) {
        if (terms.at(i).excluded || terms.at(i).inTitle)
            continue;
        wanted.push_back(wantedOf(page, terms.at(i), i));
        parts.push_back(partsOf(terms.at(i)));
        hasParts = hasParts || !parts.back().isEmpty();
    }
    QVector<WordMatch> matches = matchesOf(page, wanted);
    addHalves(matches, page, wanted);
    if (!hasParts)
        return matches;
    // A term that the page only has parts of.
    std::vector<Wanted> more = wanted;
    for (size_t at = 0; at < wanted.size(); ++at) {
        const int index = wanted[at].index;
        if (std::any_of(matches.begin(), matches.end(), [&](const WordMatch &m) { return m.term == index; }))
            continue;
        for (const SearchTerm &part : parts[at])
            more.push_back(wantedOf(page, part, index));
    }
    return more.size() == wanted.size() ? matches : matchesOf(page, more);
}

} // namespace lectern::text
