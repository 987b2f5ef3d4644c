// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/PersonFinder.h"

#include "text/Months.h"
#include "text/NameLists.h"

#include <algorithm>

namespace lectern::text {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostNameWords = 5;

class Matcher {
public:
    Matcher(const NamePassage &passage, const NameContext &context, qsizetype at)
        : m_passage(passage), m_reader(passage.reader), m_context(context), m_at(at)
    {
    }

    TokenMatch run() const
    {
        if (!m_reader.isWord(m_at) || m_passage.allCapitals)
            return {};
        for (const TokenMatch &match : {withHonorific(), withGivenName(), withMiddleInitial(), withInitials(),
                                        russian(), beforeEtAl(), inReference(), byMail(), authorLine()}) {
            if (match.found())
                return withSuffix(match);
        }
        return {};
    }

private:
    /// Words of one name stand in a row with single spaces (or a line end) between.
    bool follows(qsizetype i) const
    {
        return m_reader.has(i) && m_reader.token(i).gap >= 1 && m_reader.token(i).gap <= 2;
    }

    bool isSurname(qsizetype i) const
    {
        if (!m_passage.isCapitalWord(i))
            return false;
        const QString lower = m_reader.lower(i);
        if (lower.size() < 2 || m_context.isOrdinary(lower) || isPlaceWord(lower) || monthNumber(lower) > 0 ||
            organisationWord(lower) != OrganisationWord::None || isLegalForm(m_reader.view(i).toString()))
            return false;
        // "Newton-type", "Student's": part of a term
        return !m_reader.view(i).contains(u"-t") || m_reader.view(i).back() != u'e';
    }

    /// The end of the name whose words begin at `i`: initials, particles, capitalised words. 0 when it is no
    /// surname.
    qsizetype surnameEnd(qsizetype i, int most) const
    {
        qsizetype end = 0;
        int words = 0;
        while (words < most && follows(i)) {
            if (m_passage.isInitial(i) && end == 0) {
                i += 2;
            } else if (isNameParticle(m_reader.view(i).toString()) &&
                       (m_passage.isCapitalWord(i + 1) || isNameParticle(m_reader.view(i + 1).toString()))) {
                ++i;
                continue;
            } else if (end > 0 && isGivenName(m_reader.view(i).toString()) &&
                       (m_passage.isInitial(i + 1) || (follows(i + 1) && m_passage.isCapitalWord(i + 1)))) {
                break; // the next person of a list without commas
            } else if (isSurname(i)) {
                end = i + 1;
                ++i;
            } else {
                break;
            }
            ++words;
        }
        // A word that goes on into an organisation or a place is part of that: "John Deere Company", "Jane
        // Street".
        if (end > 0 && follows(end) && m_passage.isCapitalWord(end)) {
            const QString next = m_reader.lower(end);
            if (organisationWord(next) != OrganisationWord::None || isPlaceWord(next) ||
                isLegalForm(m_reader.view(end).toString()))
                return 0;
        }
        return end;
    }

    TokenMatch withHonorific() const
    {
        QString lower = m_reader.lower(m_at);
        const bool office = isOffice(lower);
        if ((!isHonorific(lower) && !office) || !m_passage.isCapitalWord(m_at))
            return {};
        qsizetype i = m_at + 1;
        for (int more = 0; more < 3; ++more) {
            if (m_reader.isSymbol(i, u'.') && m_reader.tight(i))
                ++i;
            if (!isHonorific(m_reader.lower(i)) || !follows(i))
                break;
            ++i;
        }
        if (m_reader.isSymbol(i, u'.') && m_reader.tight(i))
            ++i;
        const qsizetype end = surnameEnd(i, kMostNameWords);
        if (end == 0 || (office && m_passage.titleCase))
            return {};
        return {office ? i : m_at, end, {}};
    }

    bool afterPlacePrefix() const
    {
        const QString before = m_reader.lower(m_at - 1);
        return m_at > 0 && m_reader.token(m_at).gap <= 1 &&
               (isPlaceWord(before) || before == "monte"_L1 || before == "los"_L1 ||
                (before == "."_L1 && m_reader.lower(m_at - 2) == "st"_L1));
    }

    TokenMatch withGivenName() const
    {
        if (!isGivenName(m_reader.view(m_at).toString()) || afterPlacePrefix())
            return {};
        qsizetype i = m_at + 1;
        // "Jean Pierre", "Anna-Lena Maria": further given names
        while (follows(i) && isGivenName(m_reader.view(i).toString()) && i < m_at + 3)
            ++i;
        const qsizetype end = surnameEnd(i, 3);
        if (end > 0)
            return {m_at, end, {}};
        // Two given names can be a whole name: "Paul Simon"
        const bool two = i > m_at + 1 && !m_passage.titleCase && !(follows(i) && m_passage.isCapitalWord(i));
        return two ? TokenMatch{m_at, i, {}} : TokenMatch{};
    }

    /// "Julius P. Kumquat"
    TokenMatch withMiddleInitial() const
    {
        if (!isSurname(m_at) || m_reader.view(m_at).size() < 3 || !follows(m_at + 1) || afterPlacePrefix())
            return {};
        qsizetype i = m_at + 1;
        if (!m_passage.isInitial(i) || (m_passage.startsSentence(m_at) && m_context.language == "de"_L1))
            return {};
        while (m_passage.isInitial(i) && i < m_at + 6)
            i += 2;
        if (!follows(i) || !isSurname(i) || m_reader.view(i).size() < 3)
            return {};
        return {m_at, i + 1, {}};
    }

    static bool isInstitutionalAbbreviation(const QString &dotted)
    {
        static const QStringList kNone = {u"U.S."_s,   u"U.K."_s,     u"E.U."_s,   u"U.N."_s,   u"D.C."_s,
                                          u"U.S.A."_s, u"U.S.S.R."_s, u"A.M."_s,   u"P.M."_s,   u"B.C."_s,
                                          u"A.D."_s,   u"N.Y."_s,     u"L.A."_s,   u"Q.E.D."_s, u"N.B."_s,
                                          u"P.O."_s,   u"U.S.C."_s,   u"C.F.R."_s, u"H.R."_s,   u"P.S."_s};
        return kNone.contains(dotted);
    }

    /// "G.K.M. Tobin", "D. E. Knuth", and "D. Knuth" where something confirms it
    TokenMatch withInitials() const
    {
        qsizetype i = m_at;
        int initials = 0;
        const QString first = m_reader.view(m_at).toString();
        if (first.size() >= 4 && first.endsWith(u'.')) {
            if (isInstitutionalAbbreviation(first))
                return {};
            initials = static_cast<int>(first.size() / 2);
            ++i;
        }
        while (m_passage.isInitial(i) && initials < 4 && (i == m_at || m_reader.token(i).gap <= 1)) {
            ++initials;
            i += 2;
            if (m_reader.isSymbol(i, u'-') && m_passage.isInitial(i + 1)) // "J.-P. Serre"
                ++i;
        }
        if (initials == 0 || (m_at > 0 && m_reader.tight(m_at) && m_reader.isWord(m_at - 1)))
            return {};
        while (isNameParticle(m_reader.view(i).toString()))
            ++i;
        const bool close = m_reader.has(i) && m_reader.token(i).gap <= 2;
        if (!close || !isSurname(i) || m_reader.view(i).size() < 3)
            return {};
        if (initials == 1 && !isConfirmed(i + 1))
            return {};
        // "H. R. Conf", "U. S. Geological Survey"
        const bool goesOn = follows(i + 1) && (m_passage.isCapitalWord(i + 1)) && initials <= 2;
        if (goesOn && organisationWord(m_reader.lower(i + 1)) != OrganisationWord::None)
            return {};
        if (initials == 2 && first == "U"_L1)
            return {};
        return {m_at, i + 1, {}};
    }

    /// A year or "and" and another initial soon after, or "by" before: a reference or an author.
    bool isConfirmed(qsizetype end) const
    {
        const QString before = m_reader.lower(m_at - 1);
        if (before == "by"_L1 || before == "von"_L1 || before == "par"_L1)
            return true;
        const QString next = m_reader.lower(end);
        const bool list =
            next == ","_L1 || next == "and"_L1 || next == "&"_L1 || next == "und"_L1 || next == "et"_L1;
        if (list && m_passage.isInitial(end + 1))
            return true;
        const bool previousIsName =
            (before == "and"_L1 || before == "&"_L1 || before == "und"_L1 || before == ","_L1) && m_at >= 3 &&
            m_passage.isCapitalWord(m_at - 2) && m_passage.isInitial(m_at - 4);
        return previousIsName || (next == "("_L1 && isYear(end + 1));
    }

    bool isYear(qsizetype i) const
    {
        const int n = m_reader.number(i);
        return m_reader.digits(i) == 4 && n >= 1700 && n <= 2099;
    }

    bool yearFollows(qsizetype i, int within) const
    {
        for (int n = 0; n < within; ++n) {
            if (isYear(i + n))
                return true;
        }
        return false;
    }

    TokenMatch russian() const
    {
        const QString word = m_reader.view(m_at).toString();
        if (word.isEmpty() || word.front().script() != QChar::Script_Cyrillic)
            return {};
        if (m_passage.isCapitalWord(m_at) && isRussianPatronymic(m_reader.view(m_at + 1).toString()) &&
            follows(m_at + 1)) {
            const bool surname = follows(m_at + 2) && m_passage.isCapitalWord(m_at + 2);
            return {m_at, m_at + (surname ? 3 : 2), {}};
        }
        // "Иванов И. И."
        if (m_passage.isCapitalWord(m_at) && hasRussianSurnameEnding(word) && m_passage.isInitial(m_at + 1) &&
            m_passage.isInitial(m_at + 3))
            return {m_at, m_at + 5, {}};
        return {};
    }

    TokenMatch beforeEtAl() const
    {
        const bool etAl = m_reader.lower(m_at + 1) == "et"_L1 && m_reader.lower(m_at + 2) == "al"_L1;
        const bool comma = m_reader.isSymbol(m_at + 1, u',') && m_reader.lower(m_at + 2) == "et"_L1 &&
                           m_reader.lower(m_at + 3) == "al"_L1;
        return (etAl || comma) && isSurname(m_at) ? TokenMatch{m_at, m_at + 1, {}} : TokenMatch{};
    }

    /// "Knuth, D. E." in a list of references
    TokenMatch inReference() const
    {
        if (!isSurname(m_at) || !m_reader.isSymbol(m_at + 1, u',') || !m_passage.isInitial(m_at + 2))
            return {};
        qsizetype end = m_at + 2;
        QString initials;
        while (m_passage.isInitial(end) && end < m_at + 8) {
            initials += m_reader.view(end).toString() + u". "_s;
            end += 2;
        }
        // What follows is another author, a year, or nothing; a sentence would go on with a word.
        const QString next = m_reader.lower(end);
        const bool listed =
            next == ","_L1 || next == "and"_L1 || next == "&"_L1 || next == "("_L1 || isYear(end);
        if (!listed || !yearFollows(end, 40))
            return {};
        return {m_at, end, initials + m_reader.view(m_at).toString()};
    }

    /// "Marvin Achtenberg", where an e-mail address on the page says the same
    TokenMatch byMail() const
    {
        if (m_context.mailNames.isEmpty() || !isSurname(m_at) || !follows(m_at + 1) || !isSurname(m_at + 1))
            return {};
        const QString family = m_reader.lower(m_at + 1);
        const QString given = m_reader.lower(m_at);
        const QString next = m_reader.lower(m_at + 2);
        if (follows(m_at + 2) && isSurname(m_at + 2) && next.size() >= 4 &&
            m_context.mailNames.contains(next))
            return {}; // "Contact Marvin Achtenberg": the name begins with the next word
        const bool confirmed = (family.size() >= 4 && m_context.mailNames.contains(family)) ||
                               (given.size() >= 4 && m_context.mailNames.contains(given));
        return confirmed ? TokenMatch{m_at, m_at + 2, {}} : TokenMatch{};
    }

    /// "By Brooke F. Connor, Donna L. Rose": every pair of capitalised words in such a line
    TokenMatch authorLine() const
    {
        const QString first = m_reader.lower(0);
        const bool author = first == "by"_L1 || first == "authors"_L1 || first == "author"_L1;
        if (!author || m_at == 0 || m_reader.count() > 80 || !isSurname(m_at) || !follows(m_at + 1) ||
            !isSurname(m_at + 1))
            return {};
        const QString before = m_reader.lower(m_at - 1);
        const bool listed = before == ","_L1 || before == "and"_L1 || before == ":"_L1 || m_at == 1;
        return listed ? TokenMatch{m_at, m_at + 2, {}} : TokenMatch{};
    }

    TokenMatch withSuffix(TokenMatch match) const
    {
        qsizetype i = match.end;
        if (m_reader.lower(i + 1) == "sons"_L1)
            return {}; // a publisher
        if (m_reader.isSymbol(i, u','))
            ++i;
        const QString suffix = m_reader.lower(i);
        if (suffix == "jr"_L1 || suffix == "sr"_L1)
            match.end = i + (m_reader.isSymbol(i + 1, u'.') && m_reader.tight(i + 1) ? 2 : 1);
        return match;
    }

    const NamePassage &m_passage;
    const TokenReader &m_reader;
    const NameContext &m_context;
    qsizetype m_at;
};

} // namespace

TokenMatch matchPerson(const NamePassage &passage, const NameContext &context, qsizetype at)
{
    return Matcher(passage, context, at).run();
}

} // namespace lectern::text
