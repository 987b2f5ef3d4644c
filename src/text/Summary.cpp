// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Summary.h"

#include "text/CharacterClass.h"
#include "text/Language.h"
#include "text/LineStatistics.h"
#include "text/Stemmer.h"
#include "text/StopWords.h"
#include "text/Title.h"
#include "text/Words.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <array>

namespace lectern::text {

using namespace Qt::StringLiterals;

namespace {

constexpr int kShortestSentence = 6; // words
constexpr int kLongestSentence = 55;
constexpr int kBestFrom = 10;
constexpr int kBestTo = 32;
constexpr qsizetype kMostCandidates = 400;
constexpr qsizetype kLongestSlide = 1400; // units; more is no slide
constexpr qsizetype kLongestPoints = 320;

struct Candidate {
    int sentence = 0;
    QVector<QString> terms; ///< stems of its content words, each once
    int words = 0;
    int stopWords = 0;
    qint64 score = 0;
};

/// Content terms of one sentence: stems; pairs of characters where words are not separated.
class TermReader {
public:
    explicit TermReader(const QString &language) : m_stops(stopWords(language)), m_stemmer(language) {}

    void read(const QString &text, Candidate &candidate)
    {
        for (const Word &word : splitWords(text)) {
            const QStringView piece = QStringView(text).mid(word.start, word.length);
            if (word.unspaced) {
                candidate.words += static_cast<int>((word.length + 1) / 2);
                candidate.stopWords += word.length > 1 ? 1 : 0; // grammar stands inside the run
                for (qsizetype i = 0; i + 1 < piece.size(); ++i) {
                    if (!isHiragana(piece.at(i).unicode()))
                        add(candidate, piece.mid(i, 2).toString());
                }
                continue;
            }
            if (!word.hasLetter)
                continue;
            ++candidate.words;
            const QString lower = piece.toString().toLower();
            if (m_stops.contains(lower))
                ++candidate.stopWords;
            else if (lower.size() > 1 && !m_stops.isWeak(lower))
                add(candidate, m_stemmer.stem(lower));
        }
    }

private:
    static void add(Candidate &candidate, const QString &term)
    {
        if (!candidate.terms.contains(term) && candidate.terms.size() < 60)
            candidate.terms.append(term);
    }

    const StopWords &m_stops;
    Stemmer m_stemmer;
};

bool isBalanced(const QString &text)
{
    int round = 0;
    for (const QChar c : text) {
        round += c == u'(' || c == u'[' ? 1 : 0;
        round -= c == u')' || c == u']' ? 1 : 0;
        if (round < 0)
            return false;
    }
    return round == 0;
}

bool startsWithAny(const QString &text, const QStringList &words)
{
    return std::any_of(words.begin(), words.end(), [&](const QString &word) {
        return text.startsWith(word, Qt::CaseInsensitive) &&
               (text.size() == word.size() || !text.at(word.size()).isLetter());
    });
}

/// Sentences that lean on the one before them read badly alone.
bool leansOnContext(const QString &text)
{
    static const QStringList kOpeners = {
        u"however"_s,      u"therefore"_s,    u"thus"_s,      u"hence"_s,  u"moreover"_s, u"furthermore"_s,
        u"also"_s,         u"but"_s,          u"and"_s,       u"so"_s,     u"then"_s,     u"otherwise"_s,
        u"nevertheless"_s, u"consequently"_s, u"similarly"_s, u"it"_s,     u"they"_s,     u"these"_s,
        u"this"_s,         u"those"_s,        u"he"_s,        u"she"_s,    u"such"_s,     u"in this case"_s,
        u"for example"_s,  u"for instance"_s, u"that"_s,      u"here"_s,   u"note"_s,     u"of these"_s,
        u"dies"_s,         u"diese"_s,        u"dieser"_s,    u"es"_s,     u"er"_s,       u"sie"_s,
        u"damit"_s,        u"daher"_s,        u"dann"_s,      u"also"_s,   u"somit"_s,    u"dabei"_s,
        u"außerdem"_s,     u"aber"_s,         u"il"_s,        u"elle"_s,   u"ils"_s,      u"cela"_s,
        u"ceci"_s,         u"donc"_s,         u"ainsi"_s,     u"mais"_s,   u"esto"_s,     u"pero"_s,
        u"este"_s,         u"así"_s,          u"questo"_s,    u"quindi"_s, u"ma"_s,       u"isso"_s,
        u"это"_s,          u"он"_s,           u"она"_s,       u"они"_s,    u"поэтому"_s,  u"однако"_s,
        u"также"_s,        u"если"_s,         u"因此"_s,      u"但是"_s,   u"所以"_s,     u"然而"_s,
        u"しかし"_s,       u"また"_s,         u"そして"_s};
    return startsWithAny(text, kOpeners);
}

bool pointsElsewhere(const QString &text)
{
    static const QStringList kOpeners = {
        u"figure"_s,  u"fig."_s,      u"table"_s,     u"see"_s,  u"abbildung"_s, u"siehe"_s,
        u"tabelle"_s, u"voir"_s,      u"véase"_s,     u"vedi"_s, u"см"_s,        u"рисунок"_s,
        u"таблица"_s, u"source"_s,    u"quelle"_s,    u"note"_s, u"isbn"_s,      u"proof"_s,
        u"beweis"_s,  u"note that"_s, u"copyright"_s, u"©"_s};
    return startsWithAny(text, kOpeners);
}

/// A bullet or "(3)" in front of a sentence that is shown alone says nothing.
QString withoutListMark(const QString &text)
{
    qsizetype i = 0;
    while (i < text.size() && (u"•◦‣▪■●○–—*·►✓"_s.contains(text.at(i)) || text.at(i).isSpace()))
        ++i;
    if (i < text.size() && text.at(i) == u'(') {
        const qsizetype close = text.indexOf(u')', i);
        if (close > 0 && close - i <= 5 && close + 2 < text.size())
            i = close + 1;
    }
    while (i < text.size() && text.at(i).isSpace())
        ++i;
    for (const QStringView label :
         {QStringView(u"Abstract"), QStringView(u"Summary"), QStringView(u"Zusammenfassung")}) {
        const QStringView rest = QStringView(text).mid(i);
        if (rest.startsWith(label, Qt::CaseInsensitive) && rest.size() > label.size() + 3 &&
            u":.—–-"_s.contains(rest.at(label.size())))
            return rest.mid(label.size() + 1).trimmed().toString();
    }
    return text.mid(i);
}

bool isReadable(const QString &text, const Candidate &candidate, bool hasStopWords)
{
    static const StopWords kNone;
    const LineStatistics s = lineStatistics(text, kNone);
    if (text.isEmpty() || candidate.words < kShortestSentence || candidate.words > kLongestSentence)
        return false;
    if (hasStopWords && candidate.stopWords * 8 < candidate.words)
        return false;
    const bool mostlyLetters = s.letters * 100 >= s.printing * 78;
    const char32_t first = codePointAt(text, 0).value;
    static const QStringList kNoStatements = {u"source"_s, u"quelle"_s, u"copyright"_s, u"©"_s, u"isbn"_s};
    return !QChar::isLower(first) && !startsWithAny(text, kNoStatements) && mostlyLetters && s.symbols <= 3 &&
           s.digits * 9 <= s.printing && !s.allCapitals() && isBalanced(text) && text.size() <= 420;
}

qint64 scoreOf(const Candidate &candidate, const QHash<QString, int> &weights,
               const QSet<QString> &titleTerms)
{
    if (candidate.terms.isEmpty())
        return 0;
    qint64 sum = 0;
    for (const QString &term : candidate.terms) {
        // A term said once on the page says little of the page; beyond a handful more does not add.
        const int weight = std::min(weights.value(term), 8);
        sum += weight > 1 ? 10 * weight : 2;
        sum += titleTerms.contains(term) ? 30 : 0;
    }
    // Between the sum, which favours long sentences, and the mean, which favours short ones
    const auto count = static_cast<qint64>(candidate.terms.size());
    return sum * 1000 / (count + 8);
}

bool isProgramText(const QString &text)
{
    static const StopWords kNone;
    return lineStatistics(text, kNone).calls > 0 || text.contains(u'_') || text.contains(u":="_s);
}

struct Chooser {
    const PageLayout &layout;
    const QVector<Sentence> &sentences;
    QVector<Candidate> candidates;

    qint64 placed(const Candidate &candidate, bool first) const
    {
        const Sentence &sentence = sentences.at(candidate.sentence);
        qint64 score = candidate.score;
        if (first)
            score = score * 13 / 10;
        if (sentence.start == 0)
            score = score * 115 / 100;
        if (candidate.words < kBestFrom || candidate.words > kBestTo)
            score = score * 8 / 10;
        const QString text = withoutListMark(sentence.text);
        if (leansOnContext(text))
            score = score * 6 / 10;
        if (text.contains(u"://"_s) || isProgramText(text))
            score = score * 4 / 10;
        if (pointsElsewhere(text) || text.endsWith(u'?') || text.endsWith(u':'))
            score = score * 4 / 10;
        const Line &line = layout.lines.at(layout.passages.at(sentence.passage).firstLine);
        if (layout.bodySize > 0 && line.size > 0 && line.size < layout.bodySize * 0.92F)
            score = score * 4 / 10; // footnotes and captions
        return score;
    }
};

int shared(const Candidate &a, const Candidate &b)
{
    return static_cast<int>(std::count_if(a.terms.begin(), a.terms.end(),
                                          [&](const QString &term) { return b.terms.contains(term); }));
}

QVector<int> chooseTwo(const QVector<Candidate> &candidates)
{
    const auto better = [](const Candidate &a, const Candidate &b) { return a.score < b.score; };
    const auto first = std::max_element(candidates.begin(), candidates.end(), better);
    if (first == candidates.end() || first->score == 0)
        return {};
    const Candidate *second = nullptr;
    qint64 secondScore = 0;
    for (const Candidate &candidate : candidates) {
        if (&candidate == &*first || candidate.terms.isEmpty())
            continue;
        // What the first has said already counts half.
        const auto terms = static_cast<qint64>(candidate.terms.size());
        const int both = shared(candidate, *first);
        qint64 score = candidate.score * (2 * terms - both) / (2 * terms);
        if (both * 10 > terms * 7)
            continue;
        if (candidate.sentence == first->sentence + 1)
            score = score * 11 / 10; // two sentences in a row read best
        if (score > secondScore) {
            second = &candidate;
            secondScore = score;
        }
    }
    QVector<int> chosen{first->sentence};
    if (second)
        chosen.append(second->sentence);
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

QString joined(const QVector<Sentence> &sentences, const QVector<int> &chosen)
{
    QString text;
    for (const int index : chosen) {
        const QString sentence = withoutListMark(sentences.at(index).text);
        if (text.size() + sentence.size() > kLongestSummary)
            continue;
        const bool space = !text.isEmpty() && !isUnspaced(codePointAt(sentence, 0).value);
        text += (space ? u" "_s : QString()) + sentence;
    }
    return text;
}

bool isContentsTitle(const QString &title)
{
    static const QStringList kTitles = {u"contents"_s,   u"table of contents"_s,
                                        u"inhalt"_s,     u"inhaltsverzeichnis"_s,
                                        u"sommaire"_s,   u"table des matières"_s,
                                        u"índice"_s,     u"indice"_s,
                                        u"sumário"_s,    u"inhoud"_s,
                                        u"содержание"_s, u"оглавление"_s,
                                        u"目录"_s,       u"目錄"_s,
                                        u"目次"_s};
    return kTitles.contains(title.toLower());
}

/// A contents entry without its leader and page number; empty when it is none.
QString entryOf(const QString &text)
{
    qsizetype end = text.indexOf(u" . ."_s);
    end = end < 0 ? text.indexOf(u".."_s) : end;
    end = end < 0 ? text.indexOf(u'\t') : end;
    QString entry = end < 0 ? text : text.left(end);
    while (!entry.isEmpty() && (entry.back().isDigit() || entry.back().isSpace() || entry.back() == u'.'))
        entry.chop(1);
    return entry.simplified();
}

/// A point is worth showing when it reads whole.
bool isWholePoint(const QString &text)
{
    static const StopWords kNone;
    const LineStatistics s = lineStatistics(text, kNone);
    const bool ends = !text.endsWith(u',') && !text.endsWith(u':') && !text.endsWith(u'-');
    return ends && s.words >= 5 && s.letters * 10 >= s.printing * 7 && !text.front().isLower() &&
           isBalanced(text) && text.size() <= 200;
}

/// Slides, contents and forms: their first points or entries, as one line.
QString fromPoints(const PageLayout &layout, const QString &title)
{
    const bool contents = isContentsTitle(title);
    if (!contents && layout.text.size() > kLongestSlide)
        return {}; // a table or a list: its beginning says nothing of the whole
    QStringList points;
    qsizetype length = 0;
    for (const Passage &passage : layout.passages) {
        const bool entry = passage.role == LineRole::Contents || passage.role == LineRole::Heading ||
                           passage.role == LineRole::Label;
        if (points.size() >= (contents ? 8 : 3) || !(contents ? entry : passage.role == LineRole::Prose))
            continue;
        QString text = contents ? entryOf(passage.text) : withoutListMark(passage.text);
        if (text.size() < 3 || text.compare(title, Qt::CaseInsensitive) == 0 || title.startsWith(text) ||
            points.contains(text) || (!contents && !isWholePoint(text)))
            continue;
        while (text.endsWith(u'.') || text.endsWith(u';'))
            text.chop(1);
        if (length + text.size() > kLongestPoints)
            break;
        points.append(text);
        length += text.size() + 2;
    }
    return points.join(u"; "_s);
}

} // namespace

QString summarise(const PageLayout &layout, const QVector<Sentence> &sentences, const QString &title)
{
    const QString language = primaryLanguage(layout.language);
    TermReader reader(language);
    QHash<QString, int> weights;
    Candidate titleTerms;
    reader.read(title, titleTerms);
    const QSet<QString> titleSet(titleTerms.terms.begin(), titleTerms.terms.end());
    const bool hasStopWords = !stopWords(language).function.isEmpty();

    Chooser chooser{layout, sentences, {}};
    bool first = true;
    for (int i = 0; i < sentences.size() && i < kMostCandidates; ++i) {
        Candidate candidate;
        candidate.sentence = i;
        reader.read(sentences.at(i).text, candidate);
        for (const QString &term : candidate.terms)
            ++weights[term];
        if (sentences.at(i).complete &&
            isReadable(withoutListMark(sentences.at(i).text), candidate, hasStopWords))
            chooser.candidates.append(candidate);
    }
    for (Candidate &candidate : chooser.candidates) {
        candidate.score = scoreOf(candidate, weights, titleSet);
        candidate.score = chooser.placed(candidate, first);
        first = false;
    }
    // One or two short sentences on a page of entries are entries, too.
    const auto proper =
        std::count_if(chooser.candidates.begin(), chooser.candidates.end(),
                      [](const Candidate &c) { return c.words >= kBestFrom - 2 && c.score > 0; });
    const bool entriesOnly = proper == 0 && layout.text.size() > 600;
    const QVector<int> chosen = entriesOnly ? QVector<int>() : chooseTwo(chooser.candidates);
    return chosen.isEmpty() ? fromPoints(layout, title) : joined(sentences, chosen);
}

} // namespace lectern::text
