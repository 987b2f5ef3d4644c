// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Title.h"

#include "text/CharacterClass.h"
#include "text/Language.h"
#include "text/LineStatistics.h"
#include "text/NameLists.h"

#include <algorithm>
#include <cmath>

namespace lectern::text {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kSentenceTitle = 90;
constexpr float kTooLow = 0.72F; // a heading below this share of the page is about the next page

const Line &firstLine(const PageLayout &layout, const Passage &passage)
{
    return layout.lines.at(passage.firstLine);
}

/// 0 at the top of the page, 1 at its end.
float positionOf(const PageLayout &layout, const Passage &passage)
{
    const Line &line = firstLine(layout, passage);
    if (line.boxed && layout.pageHeight > 0)
        return std::clamp(line.y / layout.pageHeight, 0.0F, 1.0F);
    return static_cast<float>(line.offset) / static_cast<float>(std::max<qsizetype>(layout.text.size(), 1));
}

bool isCaption(const QString &text)
{
    static const QStringList kWords = {u"figure "_s, u"fig. "_s,    u"table "_s, u"abbildung "_s,
                                       u"abb. "_s,   u"tabelle "_s, u"рис"_s,    u"таблица "_s,
                                       u"图"_s,      u"表"_s,       u"図"_s};
    return std::any_of(kWords.begin(), kWords.end(), [&](const QString &word) {
        if (!text.startsWith(word, Qt::CaseInsensitive))
            return false;
        const qsizetype next = word.size();
        return next < text.size() &&
               (text.at(next).isDigit() || text.at(next) == u' ' || text.at(next).isUpper());
    });
}

bool isAddress(const QString &text)
{
    return text.contains(u'@') || text.contains(u"://") || text.startsWith("www."_L1);
}

/// Formulas set apart look like headings; they have no words.
bool hasRealWord(QStringView text)
{
    int letters = 0;
    for (qsizetype i = 0; i < text.size();) {
        const CodePoint point = codePointAt(text, i);
        const bool letter = QChar::isLetter(point.value) || QChar::isMark(point.value);
        letters = letter ? letters + (isUnspaced(point.value) ? 2 : 1) : 0;
        if (letters >= 4 || (letters == 3 && text.size() <= 5))
            return true;
        i += point.units;
    }
    return false;
}

bool hasMathematics(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Symbol_Math && c != u'+' && c != u'<' && c != u'>' && c != u'~' &&
               c != u'±';
    });
}

/// "Note", "Warning": boxes inside the text, set in bold.
bool isAdmonition(const QString &text)
{
    static const QStringList kWords = {
        u"note"_s,    u"notes"_s,    u"warning"_s,   u"caution"_s,        u"important"_s,  u"tip"_s,
        u"hinweis"_s, u"achtung"_s,  u"warnung"_s,   u"attention"_s,      u"remarque"_s,   u"nota"_s,
        u"aviso"_s,   u"внимание"_s, u"замечание"_s, u"предупреждение"_s, u"примечание"_s, u"警告"_s,
        u"注意"_s,    u"提示"_s,     u"小技巧"_s};
    QString word = text.simplified().toLower();
    while (word.endsWith(u':') || word.endsWith(u'!') || word.endsWith(u'.'))
        word.chop(1);
    return kWords.contains(word);
}

/// "Bemerkung 21", "Theorem 3.": it stands above every statement of a mathematical text and names none.
bool isNumberedStatement(const QString &text)
{
    static const QStringList kWords = {
        u"bemerkung"_s, u"satz"_s,      u"definition"_s,  u"lemma"_s,     u"korollar"_s, u"beispiel"_s,
        u"beweis"_s,    u"theorem"_s,   u"proposition"_s, u"corollary"_s, u"example"_s,  u"remark"_s,
        u"proof"_s,     u"folgerung"_s, u"behauptung"_s,  u"aufgabe"_s,   u"übung"_s};
    QString first = text.section(u' ', 0, 0).toLower();
    while (first.endsWith(u':') || first.endsWith(u'.'))
        first.chop(1);
    return kWords.contains(first) && text.size() <= first.size() + 8;
}

/// Small capitals that lost their map: "RangeRs in the ClassRoom"
int oddCapitals(const QString &text)
{
    int count = 0;
    for (qsizetype i = 1; i < text.size(); ++i)
        count += text.at(i).isUpper() && text.at(i - 1).isLower() ? 1 : 0;
    return count >= 2 ? count : 0;
}

/// Two sentences in large print are an appeal, not a title.
bool isTwoSentences(const QString &text)
{
    const qsizetype end =
        text.indexOf(QChar(u'?')) >= 0 ? text.indexOf(QChar(u'?')) : text.indexOf(QChar(u'!'));
    return end > 0 && end + 2 < text.size() && text.at(end + 1).isSpace();
}

/// `tabular`: the page holds hardly any sentences, so a table's caption is what it is about.
int scoreOfHeading(const PageLayout &layout, const Passage &passage, bool tabular)
{
    static const StopWords kNone;
    const LineStatistics s = lineStatistics(passage.text, kNone);
    const qsizetype number = sectionNumberLength(passage.text);
    const bool nothingButNumber = number >= passage.text.size();
    const bool words = hasRealWord(passage.text) || (s.unspaced > 0 && s.words <= 2);
    if (nothingButNumber || !words || isAddress(passage.text) || isTwoSentences(passage.text) ||
        isNumberedStatement(passage.text) || isAdmonition(passage.text) || hasMathematics(passage.text) ||
        passage.text.startsWith(u'['))
        return 0;
    const Line &line = firstLine(layout, passage);
    const float position = positionOf(layout, passage);
    const float ratio =
        layout.bodySize > 0 && line.size > 0 ? std::min(line.size / layout.bodySize, 4.0F) : 1.0F;
    int score = static_cast<int>(std::lround(ratio * 100)) - static_cast<int>(std::lround(position * 70));
    score += line.bold ? 12 : 0;
    score += number > 0 ? 10 : 0;
    score += s.words >= 2 ? 8 : 0;
    score -= s.words > 32 ? 25 : 0;
    if (isCaption(passage.text))
        score += tabular ? 15 : -60;
    if (isGivenName(passage.text.section(u' ', 0, 0)))
        score -= 30;
    score -= s.symbols > 2 ? 30 : 0;
    if (tabular && s.words <= 1 && s.unspaced == 0)
        score -= 50; // a column's name
    score -= 12 * std::min(oddCapitals(passage.text), 3);
    score -= s.digits > s.letters ? 40 : 0;
    if (position > kTooLow)
        score -= 60;
    return std::max(score, 0);
}

QString cleaned(QString text)
{
    text = text.simplified(); // tabs between the lines of a heading
    for (const QStringView leader : {QStringView(u". . ."), QStringView(u"....")}) {
        if (const qsizetype at = text.indexOf(leader); at > 3)
            text.truncate(at);
    }
    static const QString kMarks = u"∗*†‡§•◦‣▪■●○–—·:;,"_s;
    qsizetype start = 0;
    qsizetype end = text.size();
    while (start < end && (kMarks.contains(text.at(start)) || text.at(start).isSpace()) &&
           text.at(start) != u'§')
        ++start;
    while (end > start && (kMarks.contains(text.at(end - 1)) || text.at(end - 1).isSpace()))
        --end;
    // A closing full stop belongs to a sentence, not to a title; "Inc." and "U.S." keep theirs.
    if (end - start > 12 && text.at(end - 1) == u'.') {
        const bool word = text.at(end - 2).isLetter() && !text.at(end - 2).isUpper() &&
                          text.at(end - 3).isLetter() && text.at(end - 4).isLetter();
        if (word || isClosing(text.at(end - 2).unicode()))
            --end;
    }
    QString title = text.mid(start, end - start);
    // "8.1.1 Sample preservation — Preserve the samples with …": the title ends at the dash
    const qsizetype dash = title.indexOf(u" — "_s);
    if (dash > 8 && title.size() - dash > 15 && sectionNumberLength(title) > 3 && title.front().isDigit())
        title.truncate(dash);
    return shortened(title, kLongestTitle);
}

/// The best of the passages that were set apart as headings.
QString fromHeadings(const PageLayout &layout, bool tabular)
{
    const auto caption =
        std::find_if(layout.passages.begin(), layout.passages.end(), [&](const Passage &passage) {
            return isCaption(passage.text) && positionOf(layout, passage) < 0.35F;
        });
    const bool captioned = tabular && caption != layout.passages.end();
    const Passage *best = nullptr;
    int bestScore = 45; // less is a caption, or the start of what the next page is about
    for (const Passage &passage : layout.passages) {
        if (passage.role != LineRole::Heading)
            continue;
        int score = scoreOfHeading(layout, passage, tabular);
        if (captioned && passage.firstLine > caption->firstLine)
            score -= 100; // the columns of the table
        if (score > bestScore) {
            best = &passage;
            bestScore = score;
        }
    }
    return best ? cleaned(best->text) : QString();
}

/// "3.2.42 listcreate({n}). This function …": a section number in front of running text
QString fromRunInHeadings(const PageLayout &layout)
{
    for (const Passage &passage : layout.passages) {
        const qsizetype number = sectionNumberLength(passage.text);
        const bool levels = number > 3 &&
                            QStringView(passage.text).left(number).trimmed().chopped(1).contains(u'.') &&
                            passage.text.front().isDigit();
        if (passage.role != LineRole::Prose || !levels || number >= passage.text.size() ||
            !passage.text.at(number).isLetter() || positionOf(layout, passage) > kTooLow)
            continue;
        const qsizetype end = passage.text.indexOf(u". "_s, number);
        return shortened(cleaned(passage.text.left(end < 0 ? kSentenceTitle : end)), kSentenceTitle);
    }
    return {};
}

QString fromCaptions(const PageLayout &layout)
{
    for (const Passage &passage : layout.passages) {
        if (isCaption(passage.text) && passage.text.size() > 12)
            return cleaned(passage.text);
    }
    return {};
}

/// The first short line near the top that could be read out as a title.
QString fromLabels(const PageLayout &layout)
{
    static const StopWords kNone;
    for (const Passage &passage : layout.passages) {
        if (positionOf(layout, passage) > 0.4F)
            break;
        if (passage.role == LineRole::Prose)
            break;
        if (passage.role != LineRole::Label && passage.role != LineRole::Heading)
            continue;
        const LineStatistics s = lineStatistics(passage.text, kNone);
        const bool wordy = s.unspaced >= 2 || (s.words >= 2 && s.letters >= 6);
        const bool begins = !passage.text.front().isLower() && !passage.text.startsWith(u'[') &&
                            !isNumberedStatement(passage.text) && !isAdmonition(passage.text) &&
                            !hasMathematics(passage.text);
        if (wordy && begins && s.letters * 10 >= s.printing * 6 && !isAddress(passage.text) && s.words <= 16)
            return cleaned(passage.text);
    }
    return {};
}

/// The first sentence that says something in words; `strict` passes over formulas and program text.
QString fromSentences(const QVector<Sentence> &sentences, bool strict)
{
    static const StopWords kNone;
    for (const Sentence &sentence : sentences) {
        if (!sentence.complete || sentence.text.size() < 12 || sentence.text.startsWith(u'['))
            continue;
        const LineStatistics s = lineStatistics(sentence.text, kNone);
        const QChar first = sentence.text.front();
        if (!strict || (first.isLetterOrNumber() && s.symbols == 0 && s.calls == 0 &&
                        s.letters * 4 >= s.printing * 3 && s.words + s.unspaced >= 4))
            return shortened(cleaned(sentence.text), kSentenceTitle);
    }
    return {};
}

QString fromAnything(const PageLayout &layout)
{
    static const StopWords kNone;
    for (const bool strict : {true, false}) {
        for (const Passage &passage : layout.passages) {
            const LineStatistics s = lineStatistics(passage.text, kNone);
            if (passage.text.isEmpty())
                continue;
            const bool plain = !passage.text.front().isLower() && s.calls == 0 && s.symbols <= 1 &&
                               !passage.text.startsWith(u'[');
            if (s.letters >= 3 && s.letters * 2 >= s.printing && !isAddress(passage.text) &&
                (plain || !strict))
                return shortened(cleaned(passage.text), kSentenceTitle);
        }
    }
    return {};
}

/// A running header, without its page number. `numbered`: only one that names a section.
QString fromFurniture(const PageLayout &layout, bool numbered)
{
    for (const Line &line : layout.lines) {
        if (line.role != LineRole::Furniture)
            continue;
        QString text = layout.lineText(line).toString().simplified();
        if (isPageNumber(text) || (line.boxed && layout.pageHeight > 0 && line.y > layout.pageHeight / 2))
            continue;
        for (const bool front : {true, false}) {
            const qsizetype space = front ? text.indexOf(u' ') : text.lastIndexOf(u' ');
            const QString word = space < 0 ? QString() : front ? text.left(space) : text.mid(space + 1);
            if (!word.isEmpty() && isPageNumber(word) && !word.contains(u'.'))
                text = front ? text.mid(space + 1) : text.left(space);
        }
        const qsizetype number = sectionNumberLength(text);
        const bool names = number > 0 && number + 3 < text.size();
        if (numbered ? names : text.size() >= 4)
            return cleaned(text);
    }
    return {};
}

} // namespace

QString shortened(const QString &text, qsizetype longest)
{
    if (text.size() <= longest)
        return text;
    qsizetype end = longest - 1;
    if (text.at(end).isLowSurrogate() && end > 0)
        --end;
    const qsizetype space = text.lastIndexOf(u' ', end);
    if (space > longest / 2)
        end = space;
    while (end > 0 && (text.at(end - 1).isSpace() || text.at(end - 1).isPunct()))
        --end;
    return text.left(end) + u'…';
}

QString pageTitle(const PageLayout &layout, const QVector<Sentence> &sentences)
{
    const bool tabular = std::count_if(sentences.begin(), sentences.end(), [](const Sentence &s) {
                             return s.complete && s.text.size() > 40;
                         }) < 4;
    for (const QString &title :
         {fromHeadings(layout, tabular), fromFurniture(layout, true),
          tabular ? fromCaptions(layout) : QString(), fromRunInHeadings(layout), fromLabels(layout),
          fromSentences(sentences, true), fromSentences(sentences, false), fromAnything(layout),
          fromFurniture(layout, false)}) {
        if (!title.isEmpty())
            return title;
    }
    return {};
}

} // namespace lectern::text
