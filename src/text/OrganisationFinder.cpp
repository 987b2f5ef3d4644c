// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/OrganisationFinder.h"

#include "text/CharacterClass.h"
#include "text/Months.h"
#include "text/NameLists.h"

#include <QVector>

#include <algorithm>

namespace lectern::text {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostRunTokens = 14;
constexpr qsizetype kMostWordsBefore = 5;

/// A piece of a run of capitalised words.
struct Piece {
    qsizetype token = 0;
    bool capital = false; ///< a capitalised word or an acronym
    bool link = false;    ///< "of", "für", "and", a full stop of an abbreviation
    OrganisationWord word = OrganisationWord::None;
};

class Matcher {
public:
    Matcher(const NamePassage &passage, const NameContext &context, qsizetype at)
        : m_passage(passage), m_reader(passage.reader), m_context(context), m_at(at)
    {
    }

    TokenMatch run() const
    {
        if (!m_reader.isWord(m_at))
            return {};
        const QStringView first = m_reader.view(m_at);
        if (isIdeograph(codePointAt(first, 0).value))
            return eastAsian();
        if (first.front().script() == QChar::Script_Cyrillic)
            return russian();
        if (m_passage.allCapitals || !first.front().isUpper())
            return {};
        if (const TokenMatch company = withLegalForm(); company.found())
            return company;
        if (const TokenMatch named = withKeyword(); named.found())
            return named;
        if (isKnownOrganisation(first.toString()) &&
            !(m_reader.tight(m_at + 1) && m_reader.view(m_at + 1) == u'/'))
            return {m_at, m_at + 1, {}};
        return {};
    }

private:
    bool follows(qsizetype i) const
    {
        return m_reader.has(i) && m_reader.token(i).gap >= 1 && m_reader.token(i).gap <= 2;
    }
    bool isCapital(qsizetype i) const { return m_passage.isCapitalWord(i) || m_passage.isAcronym(i); }

    static bool isFor(const QString &lower)
    {
        static const QStringList kWords = {u"of"_s,  u"for"_s,  u"für"_s, u"der"_s,   u"des"_s,
                                           u"de"_s,  u"du"_s,   u"del"_s, u"della"_s, u"di"_s,
                                           u"do"_s,  u"da"_s,   u"van"_s, u"voor"_s,  u"on"_s,
                                           u"dei"_s, u"para"_s, u"per"_s, u"pour"_s};
        return kWords.contains(lower);
    }

    static bool isAnd(const QString &lower)
    {
        return lower == "and"_L1 || lower == "&"_L1 || lower == "und"_L1 || lower == "et"_L1 ||
               lower == "y"_L1 || lower == "e"_L1 || lower == "en"_L1;
    }

    static bool isArticle(const QString &lower)
    {
        static const QStringList kWords = {u"the"_s, u"la"_s, u"las"_s, u"los"_s, u"le"_s, u"les"_s,
                                           u"l"_s,   u"d"_s,  u"den"_s, u"das"_s, u"die"_s};
        return kWords.contains(lower);
    }

    bool isElision(qsizetype i) const { return m_reader.isSymbol(i, u'’') || m_reader.isSymbol(i, u'\''); }

    /// Behind "the", "la", "l'".
    qsizetype skipArticles(qsizetype i) const
    {
        while (follows(i) && isArticle(m_reader.lower(i))) {
            ++i;
            if (isElision(i) && m_reader.tight(i))
                return i + 1;
        }
        return i;
    }

    /// Capitalised words from m_at, with the small words that may stand between them.
    QVector<Piece> readRun() const
    {
        QVector<Piece> run;
        qsizetype i = m_at;
        bool keyword = false;
        while (run.size() < kMostRunTokens && m_reader.has(i) &&
               (run.isEmpty() || follows(i) || m_reader.isSymbol(i, u'&'))) {
            const QString lower = m_reader.lower(i);
            if (isCapital(i)) {
                Piece piece{i, true, false, organisationWord(lower)};
                keyword = keyword || piece.word != OrganisationWord::None;
                run.append(piece);
                ++i;
                continue;
            }
            const bool inside = lower == "in"_L1 && m_passage.ownLine;
            const bool may = isFor(lower) || isAnd(lower) || inside || (isInnerAdjective(lower) && keyword);
            if (run.isEmpty() || !may)
                break;
            qsizetype next = skipArticles(i + 1);
            if (isInnerAdjective(m_reader.lower(next)) && keyword)
                ++next;
            if (isFor(m_reader.lower(next)))
                next = skipArticles(next + 1);
            const bool elided = m_reader.tight(next) && isElision(next - 1);
            if ((!follows(next) && !elided) || !isCapital(next)) {
                if (!isInnerAdjective(lower) || !keyword)
                    break;
                run.append({i, true, false, OrganisationWord::None}); // "… de l'Éducation nationale"
                ++i;
                continue;
            }
            run.append({i, false, true, OrganisationWord::None});
            i = next;
            if (elided) {
                run.append({i, true, false, organisationWord(m_reader.lower(i))});
                ++i;
            }
        }
        return run;
    }

    /// "Acme Widgets, Inc.", "Foo GmbH & Co. KG"
    TokenMatch withLegalForm() const
    {
        qsizetype i = m_at;
        int words = 0;
        while (words < 6 && m_reader.has(i) && (i == m_at || follows(i))) {
            const QString word = m_reader.view(i).toString();
            if (words > 0 && isLegalForm(word))
                return legalEnd(i);
            if (!isCapital(i) && !m_reader.isSymbol(i, u'&'))
                break;
            if (words == 0 && (m_context.stops->contains(word.toLower()) || isLegalForm(word)))
                return {};
            ++words;
            ++i;
        }
        const QString only = m_reader.lower(i - 1);
        const bool rest =
            words == 1 && (isPlaceWord(only) || organisationWord(only) != OrganisationWord::None);
        const bool comma =
            words > 0 && !rest && m_reader.isSymbol(i, u',') && isLegalForm(m_reader.view(i + 1).toString());
        if (comma)
            return legalEnd(i + 1);
        // "Co." only behind "&" or with its full stop
        return {};
    }

    TokenMatch legalEnd(qsizetype i) const
    {
        qsizetype end = i + 1;
        if (m_reader.isSymbol(end, u'.') && m_reader.tight(end))
            ++end;
        if (m_reader.isSymbol(end, u'&') && m_reader.lower(end + 1) == "co"_L1) {
            end += 2;
            if (m_reader.isSymbol(end, u'.') && m_reader.tight(end))
                ++end;
            if (isLegalForm(m_reader.view(end).toString()))
                ++end;
        }
        return {m_at, end, {}};
    }

    bool isGenericFirst(const QString &lower) const
    {
        static const QStringList kWords = {
            u"working"_s, u"other"_s,     u"local"_s,     u"each"_s,    u"main"_s,     u"home"_s,
            u"head"_s,    u"post"_s,      u"data"_s,      u"web"_s,     u"user"_s,     u"public"_s,
            u"private"_s, u"customer"_s,  u"technical"_s, u"medical"_s, u"high"_s,     u"middle"_s,
            u"primary"_s, u"secondary"_s, u"special"_s,   u"human"_s,   u"computer"_s, u"your"_s,
            u"my"_s,      u"our"_s,       u"said"_s,      u"any"_s,     u"control"_s,  u"target"_s,
            u"age"_s,     u"help"_s,      u"file"_s,      u"print"_s,   u"name"_s,     u"domain"_s,
            u"display"_s, u"operating"_s};
        return kWords.contains(lower) || monthNumber(lower) > 0;
    }

    /// The run cut to the part its keyword names; an empty match when nothing does.
    TokenMatch withKeyword() const
    {
        // A name is read from its first word or not at all.
        const bool glued = m_at > 0 && m_reader.tight(m_at) && m_reader.isWord(m_at - 1);
        const bool inside = m_at > 0 && follows(m_at) &&
                            (m_passage.isCapitalWord(m_at - 1) ||
                             (m_reader.isWord(m_at - 1) && m_reader.view(m_at - 1).endsWith(u'.'))) &&
                            !m_context.stops->contains(m_reader.lower(m_at - 1));
        if (inside || glued)
            return {};
        QVector<Piece> run = readRun();
        cutAtAnd(run);
        // The keyword that ends the name, or begins it with "of" behind
        qsizetype key = -1;
        for (qsizetype i = 0; i < run.size(); ++i) {
            if (run.at(i).word == OrganisationWord::None)
                continue;
            if (key >= 0 && m_reader.lower(run.at(key + 1).token) == "national"_L1)
                break; // "U.S. Geological Survey National Water Quality Laboratory"
            const bool namedBehind = i + 2 <= run.size() - 1 && run.at(i + 1).link;
            if (key >= 0 && run.at(key).word == OrganisationWord::Strong &&
                run.at(i).word == OrganisationWord::Weak && !namedBehind && i != key + 1)
                break;
            key = i;
            if (namedBehind)
                break;
        }
        if (key < 0)
            return {};
        qsizetype end = key + 1;
        const bool named =
            key + 2 < run.size() + 0 && run.at(key + 1).link && !isAnd(m_reader.lower(run.at(key + 1).token));
        if (named)
            end = behindEnd(run, key);
        else if (isContinental() && key + 1 < run.size() && run.at(key + 1).capital && key <= 1)
            end = key + 2; // "Universität Karlsruhe", "Société Générale"
        return judged(run, key, end, named);
    }

    bool isContinental() const
    {
        return m_context.language == "de"_L1 || m_context.language == "fr"_L1 ||
               m_context.language == "nl"_L1 || m_context.language == "it"_L1;
    }

    /// Where the words behind "Department of" end.
    qsizetype behindEnd(const QVector<Piece> &run, qsizetype key) const
    {
        qsizetype end = key + 1;
        for (qsizetype i = key + 1; i < run.size(); ++i) {
            if (run.at(i).capital)
                end = i + 1;
            // "University of Wisconsin-Madison ETH Zurich": names side by side
            const bool another = run.at(i).capital && i + 1 < run.size() && run.at(i + 1).capital &&
                                 m_passage.isCapitalWord(run.at(i).token) &&
                                 m_passage.isAcronym(run.at(i + 1).token);
            if (another)
                break;
            // In German every noun has a capital, so the name ends with the first noun behind each small
            // word.
            if (m_context.language == "de"_L1 && run.at(i).capital && i + 1 < run.size() &&
                run.at(i + 1).capital)
                break;
        }
        return end;
    }

    /// "Department of Agriculture and Forest Service": what follows "and" is another name when it has its own
    /// keyword, or when nothing before it can be enumerated.
    void cutAtAnd(QVector<Piece> &run) const
    {
        for (qsizetype i = 1; i < run.size(); ++i) {
            if (!run.at(i).link || !isAnd(m_reader.lower(run.at(i).token)))
                continue;
            const auto isKey = [](const Piece &p) { return p.word != OrganisationWord::None; };
            const auto isOf = [&](const Piece &p) { return p.link && isFor(m_reader.lower(p.token)); };
            const bool keyBefore = std::any_of(run.begin(), run.begin() + i, isKey);
            const bool ofBefore = std::any_of(run.begin(), run.begin() + i, isOf);
            const bool keyBehind = std::any_of(run.begin() + i, run.end(), isKey);
            const bool enumerates = keyBefore && ofBefore && !keyBehind;
            const bool oneName = !keyBefore && keyBehind && i <= 3; // "Drug and Alcohol Administration"
            if (!enumerates && !oneName) {
                run.resize(i);
                return;
            }
        }
    }

    TokenMatch judged(const QVector<Piece> &run, qsizetype key, qsizetype end, bool named) const
    {
        qsizetype begin = 0;
        while (begin < key && m_context.stops->contains(m_reader.lower(run.at(begin).token)))
            ++begin;
        if (begin > 0)
            return {}; // found again from the word behind the article
        for (qsizetype i = 0; i < key; ++i) {
            if (run.at(i).link && isFor(m_reader.lower(run.at(i).token)))
                return {}; // "Director of the Bureau": found again from "Bureau"
        }
        if (key > kMostWordsBefore || isLaw(run, end))
            return {};
        const Piece &keyword = run.at(key);
        const bool strong = keyword.word == OrganisationWord::Strong;
        const qsizetype before = key - begin;
        if (before == 0 && !named && end == key + 1)
            return {}; // "The Committee"
        if (before > 0 && !named && run.at(0).link)
            return {};
        const QString first = m_reader.lower(run.at(0).token);
        if (before == 1 && !named &&
            (isGenericFirst(first) ||
             (m_context.stops->isWeak(first) && !m_reader.view(run.at(0).token).contains(u'.'))))
            return {};
        const QString lastTwo =
            key > 0 ? m_reader.lower(run.at(key - 1).token) + u' ' + m_reader.lower(keyword.token)
                    : QString();
        if (m_context.lowerPairs.contains(lastTwo))
            return {}; // the page writes the same in lower case: a term
        if (!strong && !plausibleWeak(run, key, before, named))
            return {};
        if (m_passage.titleCase && !m_passage.ownLine && !strong)
            return {};
        const auto isCapitals = [&](const Piece &p) { return p.link || m_passage.isAcronym(p.token); };
        const bool shouted = end >= 2 && std::all_of(run.begin(), run.begin() + end, isCapitals) &&
                             m_reader.token(keyword.token).length > 4;
        if (shouted)
            return {}; // capitals of a heading inside a paragraph
        const qsizetype firstToken = run.at(0).token;
        const qsizetype lastToken = run.at(end - 1).token;
        if (m_passage.titleCase && !m_passage.ownLine && !named)
            return {};
        // In a line of its own the name is the whole line, or what stands before a comma.
        if (m_passage.titleCase && m_passage.ownLine && firstToken > 0 &&
            !m_reader.isSymbol(firstToken - 1, u',') && m_reader.token(firstToken).gap < 3 &&
            m_reader.lower(firstToken - 1) != "the"_L1 && !named)
            return {};
        if (m_passage.titleCase && m_passage.ownLine && lastToken + 1 < m_reader.count() &&
            m_reader.token(lastToken + 1).gap < 3 && !m_reader.isSymbol(lastToken + 1, u',') &&
            !m_reader.isSymbol(lastToken + 1, u'(') && !named)
            return {};
        return {firstToken, lastToken + 1, {}};
    }

    /// Services that are institutions: "National Park Service", "Internal Revenue Service"
    static bool isServed(const QString &lower)
    {
        static const QStringList kWords = {u"park"_s,         u"forest"_s,      u"revenue"_s,  u"research"_s,
                                           u"information"_s,  u"extension"_s,   u"health"_s,   u"secret"_s,
                                           u"postal"_s,       u"abstracts"_s,   u"civil"_s,    u"weather"_s,
                                           u"conservation"_s, u"human"_s,       u"marshals"_s, u"wildlife"_s,
                                           u"fisheries"_s,    u"intelligence"_s};
        return kWords.contains(lower);
    }

    /// "Department of the Interior Appropriations Act" names a law.
    bool isLaw(const QVector<Piece> &run, qsizetype end) const
    {
        static const QStringList kLaws = {u"act"_s,        u"bill"_s,   u"law"_s,     u"code"_s,
                                          u"plan"_s,       u"treaty"_s, u"award"_s,   u"report"_s,
                                          u"handbook"_s,   u"manual"_s, u"program"_s, u"programme"_s,
                                          u"conference"_s, u"gesetz"_s};
        return kLaws.contains(m_reader.lower(run.at(end - 1).token)) ||
               kLaws.contains(m_reader.lower(run.at(end - 1).token + 1));
    }

    /// "Project", "Office", "Group" need a real name beside them.
    bool plausibleWeak(const QVector<Piece> &run, qsizetype key, qsizetype before, bool named) const
    {
        if (named)
            return before > 0 || (m_reader.lower(run.at(key + 1).token) != "and"_L1 &&
                                  !m_context.lowerWords.contains(
                                      m_reader.lower(run.at(key + 2 < run.size() ? key + 2 : key).token)));
        for (qsizetype i = 0; i < key; ++i) {
            const QString lower = m_reader.lower(run.at(i).token);
            if (run.at(i).capital && m_context.isOrdinary(lower))
                return false;
        }
        const QString word = m_reader.lower(run.at(key).token);
        if ((word == "service"_L1 || word == "services"_L1) && key > 0 &&
            !isServed(m_reader.lower(run.at(key - 1).token)))
            return false;
        const bool ordinaryKey = m_context.lowerWords.contains(m_reader.lower(run.at(key).token));
        const bool firstOfSentence = m_passage.startsSentence(run.at(0).token);
        if (m_context.language == "de"_L1)
            return before >= 1 && !firstOfSentence && !ordinaryKey && before <= 2;
        return before >= 2 || (before == 1 && !firstOfSentence && !ordinaryKey);
    }

    TokenMatch russian() const
    {
        static const QStringList kForms = {u"ООО"_s, u"ОАО"_s,  u"ЗАО"_s, u"ПАО"_s,
                                           u"АО"_s,  u"ФГУП"_s, u"НПО"_s};
        if (kForms.contains(m_reader.view(m_at).toString()) && m_reader.isSymbol(m_at + 1, u'«')) {
            for (qsizetype i = m_at + 2; i < m_at + 9; ++i) {
                if (m_reader.isSymbol(i, u'»'))
                    return {m_at, i + 1, {}};
            }
        }
        static const QStringList kKeys = {u"университет"_s, u"институт"_s, u"академия"_s, u"банк"_s,
                                          u"агентство"_s};
        if (!m_passage.isCapitalWord(m_at) || m_passage.startsSentence(m_at))
            return {};
        for (qsizetype i = m_at + 1; i < m_at + 4 && follows(i); ++i) {
            const QString lower = m_reader.lower(i);
            if (kKeys.contains(lower))
                return {m_at, i + 1, {}};
            const bool adjective = lower.endsWith(u"ый") || lower.endsWith(u"ий") || lower.endsWith(u"ая");
            if (!adjective)
                break;
        }
        return {};
    }

    /// "北京大学", "株式会社日立": a run of ideographs that ends (or begins) with a word for an organisation
    TokenMatch eastAsian() const
    {
        static const QStringList kSuffixes = {u"大学"_s,     u"大學"_s,   u"研究所"_s, u"研究院"_s,
                                              u"有限公司"_s, u"委员会"_s, u"委員会"_s, u"株式会社"_s,
                                              u"银行"_s,     u"銀行"_s,   u"基金会"_s, u"出版社"_s};
        static const QString kGrammar =
            u"的了是在有和与與或及等为為被把让使就都也还還又很不没由对從从到向而但所之将已以于於从各该此这那本一"_s;
        if (m_at > 0 && m_reader.tight(m_at) && isIdeograph(codePointAt(m_reader.view(m_at - 1), 0).value) &&
            !kGrammar.contains(m_reader.view(m_at - 1).front()))
            return {};
        QString run;
        qsizetype i = m_at;
        while (m_reader.isWord(i) && (i == m_at || m_reader.tight(i)) && i - m_at < 14 &&
               (isIdeograph(codePointAt(m_reader.view(i), 0).value))) {
            if (kGrammar.contains(m_reader.view(i).front()))
                break;
            run += m_reader.view(i);
            ++i;
        }
        for (const QString &suffix : kSuffixes) {
            const qsizetype at = run.indexOf(suffix);
            if (at >= 2 && at <= 8 && run.size() == i - m_at)
                return {m_at, m_at + at + suffix.size(), {}};
        }
        return {};
    }

    const NamePassage &m_passage;
    const TokenReader &m_reader;
    const NameContext &m_context;
    qsizetype m_at;
};

} // namespace

TokenMatch matchOrganisation(const NamePassage &passage, const NameContext &context, qsizetype at)
{
    return Matcher(passage, context, at).run();
}

} // namespace lectern::text
