// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/KeyPhrases.h"

#include "text/CharacterClass.h"
#include "text/Language.h"
#include "text/LineStatistics.h"
#include "text/PhraseTable.h"
#include "text/Stemmer.h"
#include "text/StopWords.h"
#include "text/UnspacedPhrases.h"
#include "text/Words.h"

#include <QSet>

#include <algorithm>
#include <array>

namespace lectern::text {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostPhrases = 8;
constexpr qsizetype kLongestPhrase = 4; // words
constexpr qsizetype kMostRunWords = 12; // longer runs are lists, not phrases

/// A word as the phrase finder sees it.
struct Term {
    QString form;
    QString lower;
    QString stem;
    bool link = false; ///< "of", "de": may stand inside a phrase
    bool capital = false;
    bool acronym = false;
    bool afterStart = true; ///< not the first word of its sentence
};

bool endsWithAny(const QString &word, std::initializer_list<QLatin1String> endings)
{
    return std::any_of(endings.begin(), endings.end(), [&](QLatin1String e) { return word.endsWith(e); });
}

/// Collects candidates from the words of a page.
class PhraseFinder {
public:
    PhraseFinder(const PageLayout &layout, PhraseTable &table)
        : m_language(primaryLanguage(layout.language)), m_stops(stopWords(m_language)),
          m_english(stopWords(u"en"_s)), m_stemmer(m_language), m_table(table),
          m_nounsAreCapitalised(m_language == "de"_L1), m_isEnglish(m_language == "en"_L1)
    {
        static const QStringList kDeterminers = {
            u"the"_s,   u"a"_s,     u"an"_s,     u"this"_s,    u"these"_s, u"those"_s, u"of"_s,
            u"its"_s,   u"their"_s, u"our"_s,    u"your"_s,    u"his"_s,   u"each"_s,  u"every"_s,
            u"any"_s,   u"some"_s,  u"no"_s,     u"in"_s,      u"for"_s,   u"with"_s,  u"by"_s,
            u"from"_s,  u"on"_s,    u"all"_s,    u"several"_s, u"many"_s,  u"such"_s,  u"both"_s,
            u"two"_s,   u"three"_s, u"and"_s,    u"or"_s,      u"as"_s,    u"at"_s,    u"between"_s,
            u"into"_s,  u"using"_s, u"other"_s,  u"more"_s,    u"most"_s,  u"per"_s,   u"than"_s,
            u"under"_s, u"via"_s,   u"within"_s, u"without"_s, u"where"_s, u"same"_s,  u"only"_s,
            u"is"_s,    u"are"_s,   u"was"_s,    u"were"_s,    u"be"_s};
        m_determiners = {kDeterminers.begin(), kDeterminers.end()};
    }

    /// Words in capitals among small letters are abbreviations; to be told before lines all in capitals are
    /// read.
    void learnAcronyms(const Passage &passage)
    {
        static const StopWords kNone;
        if (lineStatistics(passage.text, kNone).allCapitals())
            return;
        for (const Word &word : splitWords(passage.text)) {
            const QStringView form = QStringView(passage.text).mid(word.start, word.length);
            const auto upper = std::count_if(form.begin(), form.end(), [](QChar c) { return c.isUpper(); });
            if (upper >= 2 && form.size() <= 8)
                m_acronyms.insert(form.toString());
        }
    }

    void read(const Passage &passage)
    {
        static const StopWords kNone;
        m_allCapitals = lineStatistics(passage.text, kNone).allCapitals();
        m_heading = passage.role == LineRole::Heading;
        const QString &text = passage.text;
        // In a line of capitals or title case a capital letter says nothing.
        const QVector<Word> words = splitWords(text);
        const auto capitals = std::count_if(words.begin(), words.end(),
                                            [&](const Word &w) { return text.at(w.start).isUpper(); });
        m_capitalsSayNothing = capitals * 2 > words.size();
        bool sentenceStart = true;
        for (const Word &word : words) {
            if (word.apart) {
                finishRun();
                sentenceStart = sentenceStart || startsSentence(text, word.start);
                m_before.clear();
            }
            QString form = text.mid(word.start, word.length);
            if (m_allCapitals && !m_acronyms.contains(form))
                form = form.toLower();
            readWord(word, form, sentenceStart, text);
            sentenceStart = false;
        }
        finishRun();
    }

private:
    static bool startsSentence(const QString &text, qsizetype start)
    {
        qsizetype i = start;
        while (i > 0 && (text.at(i - 1).isSpace() || isOpening(text.at(i - 1).unicode())))
            --i;
        if (i >= 2 && text.at(i - 1) == u'.' && text.at(i - 2).isUpper())
            return false; // "U.S. Environmental"
        return i == 0 || isSentenceEnd(text.at(i - 1).unicode()) || text.at(i - 1) == u':' ||
               u"•–—·"_s.contains(text.at(i - 1));
    }

    static bool insideAddress(const QString &text, const Word &word)
    {
        const auto is = [&](qsizetype at, const QString &set) {
            return at >= 0 && at < text.size() && set.contains(text.at(at));
        };
        return is(word.start - 1, u"@/\\_=<{$&#~"_s) || is(word.end(), u"@/\\_=({>"_s) ||
               (is(word.end(), u".:"_s) && word.end() + 1 < text.size() &&
                !text.at(word.end() + 1).isSpace() && !isClosing(text.at(word.end() + 1).unicode())) ||
               (is(word.start - 1, u"."_s) && word.start >= 2 && text.at(word.start - 2).isLetterOrNumber());
    }

    void readWord(const Word &word, const QString &form, bool sentenceStart, const QString &text)
    {
        const QString lower = form.toLower();
        if (isLink(lower) && !m_run.isEmpty()) {
            m_run.append({form, lower, lower, true, false, false, true});
            return;
        }
        if (!word.hasLetter || word.unspaced || lower.size() < 2 || m_stops.contains(lower) ||
            m_english.contains(lower) || insideAddress(text, word) ||
            (word.hasDigit && !(form.front().isUpper() && form.at(1).isUpper())) || isRomanNumeral(form) ||
            breaksRun(lower)) {
            finishRun();
            m_before = lower;
            return;
        }
        if (m_run.isEmpty())
            m_runBefore = m_before;
        Term term;
        term.form = form;
        term.lower = lower;
        term.stem = m_stemmer.stem(lower);
        term.capital = form.front().isUpper();
        const auto upper = std::count_if(form.begin(), form.end(), [](QChar c) { return c.isUpper(); });
        term.acronym = upper >= 2 && m_acronyms.contains(form);
        term.afterStart = !sentenceStart;
        m_run.append(term);
        m_before = lower;
    }

    static bool isRomanNumeral(const QString &form)
    {
        return form.size() <= 4 &&
               std::all_of(form.begin(), form.end(), [](QChar c) { return u"IVXivx"_s.contains(c); });
    }

    bool isLink(const QString &lower) const
    {
        static const QSet<QString> kRomance = {u"de"_s, u"du"_s, u"des"_s, u"del"_s,   u"della"_s, u"di"_s,
                                               u"do"_s, u"da"_s, u"dei"_s, u"delle"_s, u"d"_s};
        if (m_isEnglish)
            return lower == "of"_L1;
        return (m_language == "fr"_L1 || m_language == "es"_L1 || m_language == "it"_L1 ||
                m_language == "pt"_L1) &&
               kRomance.contains(lower);
    }

    /// Words that stand in no noun phrase.
    bool breaksRun(const QString &lower) const
    {
        if (m_isEnglish && lower.size() > 4 && lower.endsWith("ly"_L1) &&
            !endsWithAny(lower,
                         {"family"_L1, "supply"_L1, "assembly"_L1, "reply"_L1, "anomaly"_L1, "monopoly"_L1}))
            return true;
        return m_stops.isWeak(lower) && !m_nounsAreCapitalised;
    }

    bool maybeEdge(const Term &term, bool last) const
    {
        if (term.link || m_stops.isWeak(term.lower))
            return false;
        if (term.lower.size() < 3 && !term.acronym)
            return false;
        if (m_nounsAreCapitalised && last && !term.capital)
            return false;
        if (last && m_language == "ru"_L1) {
            static const QStringList kAdjectives = {u"ый"_s, u"ий"_s,  u"ая"_s,  u"яя"_s,  u"ое"_s,
                                                    u"ые"_s, u"ого"_s, u"его"_s, u"ых"_s,  u"их"_s,
                                                    u"ую"_s, u"ыми"_s, u"ими"_s, u"ной"_s, u"ному"_s};
            return std::none_of(kAdjectives.begin(), kAdjectives.end(),
                                [&](const QString &e) { return term.lower.endsWith(e); });
        }
        if (m_isEnglish && last && !term.acronym)
            return !endsWithAny(term.lower,
                                {"ed"_L1, "ous"_L1, "ive"_L1, "able"_L1, "ible"_L1, "ful"_L1, "less"_L1,
                                 "ical"_L1, "onal"_L1, "ular"_L1, "ental"_L1, "ic"_L1}) ||
                   endsWithAny(term.lower,
                               {"need"_L1,       "seed"_L1,           "speed"_L1,     "feed"_L1,
                                "table"_L1,      "variable"_L1,       "archive"_L1,   "drive"_L1,
                                "executable"_L1, "derivative"_L1,     "objective"_L1, "directive"_L1,
                                "initiative"_L1, "shed"_L1,           "bed"_L1,       "perspective"_L1,
                                "topic"_L1,      "metric"_L1,         "logic"_L1,     "traffic"_L1,
                                "music"_L1,      "clinic"_L1,         "fabric"_L1,    "statistic"_L1,
                                "arithmetic"_L1, "characteristic"_L1, "heuristic"_L1, "republic"_L1,
                                "plastic"_L1,    "graphic"_L1,        "rental"_L1});
        return true;
    }

    void finishRun()
    {
        while (!m_run.isEmpty() && m_run.last().link)
            m_run.removeLast();
        if (!m_run.isEmpty() && m_run.size() <= kMostRunWords)
            addRun();
        m_run.clear();
    }

    void addRun()
    {
        for (qsizetype start = 0; start < m_run.size(); ++start) {
            if (!maybeEdge(m_run.at(start), false))
                continue;
            QString key;
            QString form;
            QStringList stems;
            for (qsizetype end = start; end < m_run.size() && end - start < kLongestPhrase; ++end) {
                const Term &term = m_run.at(end);
                key += term.stem + u' ';
                form += (form.isEmpty() ? QString() : u" "_s) + term.form;
                stems.append(term.stem);
                if (maybeEdge(term, true))
                    add(key, form, stems, start, end);
            }
        }
    }

    void add(const QString &key, const QString &form, const QStringList &stems, qsizetype start,
             qsizetype end)
    {
        const bool repeats =
            stems.size() > 1 && QSet<QString>(stems.begin(), stems.end()).size() < stems.size();
        if (repeats)
            return;
        PhraseCandidate *candidate = m_table.entry(key, stems);
        if (!candidate)
            return;
        const Term &first = m_run.at(start);
        ++candidate->count;
        candidate->headings += m_heading ? 1 : 0;
        const bool proper = first.capital && first.afterStart && !m_capitalsSayNothing;
        candidate->properCount += proper ? 1 : 0;
        // The last word of a run that a determiner opens is a noun ("the noise model"), a word after "to" is
        // none.
        const bool opened = start == 0 ? m_determiners.contains(m_runBefore) : true;
        candidate->nounCount += opened && end == m_run.size() - 1 ? 1 : 0;
        candidate->acronym = candidate->acronym || (stems.size() == 1 && first.acronym);
        const QString shown = shownForm(form, first);
        if (candidate->firstForm.isEmpty())
            candidate->firstForm = shown;
        ++candidate->forms[shown];
    }

    /// As written, but without the capital that only begins a sentence.
    QString shownForm(const QString &form, const Term &first) const
    {
        if (m_capitalsSayNothing || first.afterStart || first.acronym || m_nounsAreCapitalised ||
            form.size() < 2 || !form.at(1).isLower() || form.section(u' ', 1, 1).left(1).isUpper())
            return form;
        return form.front().toLower() + form.mid(1);
    }

    QString m_language;
    const StopWords &m_stops;
    const StopWords &m_english; ///< pages of every language quote English
    Stemmer m_stemmer;
    PhraseTable &m_table;
    bool m_nounsAreCapitalised = false;
    bool m_isEnglish = false;
    bool m_heading = false;
    bool m_allCapitals = false;
    QSet<QString> m_acronyms;
    bool m_capitalsSayNothing = false;
    QSet<QString> m_determiners;
    QVector<Term> m_run;
    QString m_before;
    QString m_runBefore;
};

QString keyOf(const QStringList &stems, qsizetype start, qsizetype end)
{
    QString key;
    for (qsizetype i = start; i < end; ++i)
        key += stems.at(i) + u' ';
    return key;
}

/// Tells each phrase how often a longer one stands around it.
void noteLonger(PhraseTable &table)
{
    for (const PhraseCandidate &longer : table.candidates()) {
        const qsizetype size = longer.stems.size();
        if (size < 2)
            continue;
        for (const auto &[start, end] : {std::pair<qsizetype, qsizetype>{0, size - 1}, {1, size}}) {
            if (const PhraseCandidate *inner = table.find(keyOf(longer.stems, start, end))) {
                auto &target = table.candidates()[inner->place];
                target.longerBest = std::max({target.longerBest, longer.count});
            }
        }
    }
}

/// Stems of words that name something only together with another word.
bool isVague(const QString &stem)
{
    static const QSet<QString> kStems = {
        u"data"_s,     u"titl"_s,    u"document"_s, u"articl"_s,  u"method"_s,   u"model"_s,    u"system"_s,
        u"function"_s, u"paramet"_s, u"command"_s,  u"author"_s,  u"name"_s,     u"period"_s,   u"posit"_s,
        u"element"_s,  u"object"_s,  u"process"_s,  u"inform"_s,  u"manag"_s,    u"purpos"_s,   u"measur"_s,
        u"structur"_s, u"definit"_s, u"argument"_s, u"program"_s, u"propos"_s,   u"author"_s,   u"group"_s,
        u"class"_s,    u"file"_s,    u"page"_s,     u"activ"_s,   u"servic"_s,   u"date"_s,     u"text"_s,
        u"step"_s,     u"rule"_s,    u"condit"_s,   u"project"_s, u"effect"_s,   u"sampl"_s,    u"analysi"_s,
        u"variabl"_s,  u"equat"_s,   u"model"_s,    u"studi"_s,   u"paper"_s,    u"approach"_s, u"featur"_s,
        u"person"_s,   u"countri"_s, u"compound"_s, u"materi"_s,  u"substanc"_s, u"entri"_s,    u"option"_s,
        u"error"_s,    u"string"_s,  u"vector"_s,   u"librari"_s, u"syntax"_s,   u"chang"_s,    u"system"_s,
        u"datei"_s,    u"daten"_s,   u"usa"_s,      u"na"_s,      u"busi"_s,     u"систем"_s,   u"файл"_s,
        u"метод"_s,    u"données"_s, u"dato"_s};
    return kStems.contains(stem);
}

qint64 scoreOf(const PhraseCandidate &candidate, const PhraseTable &table, const QString &language)
{
    const bool english = language == "en"_L1;
    const bool german = language == "de"_L1;
    static constexpr std::array<int, 5> kLengthFactor = {0, 8, 24, 26, 20};
    const bool unspaced =
        candidate.stems.size() == 1 && isUnspaced(codePointAt(candidate.stems.front(), 0).value);
    const auto size = std::min<qsizetype>(candidate.stems.size(), 4);
    const bool single = size == 1 && !unspaced;
    const bool weighty = candidate.headings > 0 || candidate.properCount * 2 > candidate.count;
    const bool compound = german && candidate.firstForm.size() >= 8; // German writes its phrases as one word
    if (single && candidate.count < (candidate.acronym || compound ? 2 : 3) && candidate.headings == 0)
        return 0;
    if (single && candidate.stems.front().size() < 4 && !candidate.acronym)
        return 0;
    if (single && isVague(candidate.stems.front()))
        return 0;
    if (single && english && !candidate.acronym && candidate.nounCount * 3 < candidate.count)
        return 0; // mostly in front of other words, or after words that call for a verb
    if (size > 1 && candidate.count < 2 && !english && !german && candidate.headings == 0)
        return 0;
    if (candidate.longerBest * 10 >= candidate.count * 8 && !unspaced)
        return 0; // a fragment of something longer
    qint64 words = 0;
    int content = 0;
    for (const QString &stem : candidate.stems) {
        if (const PhraseCandidate *word = table.find(stem + u' ')) {
            words += std::min(word->count, 12);
            ++content;
        }
    }
    const qint64 mean = content > 0 ? words * 10 / content : 10;
    if (size > 1 && candidate.count < 2 && mean < 20 && !weighty)
        return 0;
    qint64 score =
        kLengthFactor.at(static_cast<std::size_t>(size)) * std::min(candidate.count, 12) * (20 + mean);
    if (unspaced) {
        const auto length = std::min<qsizetype>(candidate.stems.front().size(), 6);
        score = candidate.count * (length + 1) * 200;
    }
    score = candidate.headings > 0 ? score * 18 / 10 : score;
    score = candidate.properCount * 2 > candidate.count ? score * 12 / 10 : score;
    score = candidate.acronym ? score * 13 / 10 : score;
    return score;
}

/// Whether `phrase` adds nothing to what has been chosen.
bool isCovered(const PhraseCandidate &phrase, const QVector<const PhraseCandidate *> &chosen)
{
    return std::any_of(chosen.begin(), chosen.end(), [&](const PhraseCandidate *other) {
        if (phrase.stems.size() == 1 && other->stems.size() == 1)
            return other->stems.front().contains(phrase.stems.front()) ||
                   phrase.stems.front().contains(other->stems.front());
        const auto both = std::count_if(phrase.stems.begin(), phrase.stems.end(),
                                        [&](const QString &stem) { return other->stems.contains(stem); });
        const auto smaller = std::min(phrase.stems.size(), other->stems.size());
        return both >= smaller ||
               (both * 2 > smaller && both * 2 >= std::max(phrase.stems.size(), other->stems.size()));
    });
}

} // namespace

QStringList keyPhrases(const PageLayout &layout, const QStringList &people)
{
    PhraseTable table;
    PhraseFinder finder(layout, table);
    for (const Passage &passage : layout.passages)
        finder.learnAcronyms(passage);
    for (const Passage &passage : layout.passages) {
        if (passage.role != LineRole::Data)
            finder.read(passage);
    }
    collectUnspacedPhrases(layout, table);
    noteLonger(table);

    const QString language = primaryLanguage(layout.language);
    const QString names = people.join(u'\n');
    QVector<PhraseCandidate> &candidates = table.candidates();
    QVector<const PhraseCandidate *> ranked;
    for (PhraseCandidate &candidate : candidates) {
        candidate.score = scoreOf(candidate, table, language);
        if (candidate.score > 0)
            ranked.append(&candidate);
    }
    std::sort(ranked.begin(), ranked.end(), [](const PhraseCandidate *a, const PhraseCandidate *b) {
        return a->score != b->score ? a->score > b->score : a->place < b->place;
    });
    QVector<const PhraseCandidate *> chosen;
    for (const PhraseCandidate *candidate : ranked) {
        if (chosen.size() >= kMostPhrases)
            break;
        if (!isCovered(*candidate, chosen) && !names.contains(candidate->firstForm))
            chosen.append(candidate);
    }
    QStringList phrases;
    for (const PhraseCandidate *candidate : chosen)
        phrases.append(candidate->bestForm());
    return phrases;
}

} // namespace lectern::text
