// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/PageLayout.h"

#include "text/Furniture.h"
#include "text/LineStatistics.h"
#include "text/Passages.h"

#include "text/CharacterClass.h"
#include "text/Language.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>

namespace lectern::text {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostLines = 20000;
constexpr float kCellGap = 1.15F; // of a character's height
constexpr float kWideGap = 2.2F;
constexpr float kLargerThanBody = 1.12F;
constexpr float kSlightlyLarger = 1.06F; // enough for a short line standing alone

int sizeKey(float size)
{
    return static_cast<int>(
        std::lround(size * 2)); // half points: finer differences are rounding of the font's box
}

QVector<Line> splitLines(const QString &text)
{
    QVector<Line> lines;
    int block = 0;
    bool blank = false;
    qsizetype start = 0;
    while (start < text.size() && lines.size() < kMostLines) {
        qsizetype end = text.indexOf(u'\n', start);
        if (end < 0)
            end = text.size();
        qsizetype first = start;
        qsizetype last = end;
        while (first < last && text.at(first).isSpace())
            ++first;
        while (last > first && text.at(last - 1).isSpace())
            --last;
        if (first == last) {
            blank = true;
        } else {
            if (blank && !lines.isEmpty())
                ++block;
            blank = false;
            Line line;
            line.offset = static_cast<qint32>(first);
            line.length = static_cast<qint32>(last - first);
            line.block = block;
            lines.append(line);
        }
        start = end + 1;
    }
    return lines;
}

bool isBoldName(const QString &font)
{
    static const std::array<QString, 7> kMarks = {u"bold"_s, u"black"_s, u"heavy"_s, u"cmbx"_s,
                                                  u"-bd"_s,  u"demi"_s,  u"sfbx"_s};
    return std::any_of(kMarks.begin(), kMarks.end(),
                       [&](const QString &mark) { return font.contains(mark, Qt::CaseInsensitive); });
}

/// The height of a character; across the line where text runs from top to bottom.
float characterSize(const domain::WordBox &box)
{
    return box.length > 1 && box.height > 2 * box.width ? box.width : box.height;
}

void measureLines(const domain::PageText &page, QVector<Line> &lines)
{
    QVector<bool> boldFonts;
    for (const domain::FontUse &font : page.fonts)
        boldFonts.append(isBoldName(font.name));
    qsizetype word = 0;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        Line &line = lines[i];
        float right = 0;
        int boldUnits = 0;
        int units = 0;
        std::map<int, int> sizes;
        const domain::WordBox *previous = nullptr;
        while (word < page.words.size() && page.words.at(word).offset < line.offset)
            ++word;
        for (; word < page.words.size() && page.words.at(word).offset < line.offset + line.length; ++word) {
            const domain::WordBox &box = page.words.at(word);
            if (!line.boxed) {
                line.x = box.x;
                line.y = box.y;
                right = box.x + box.width;
                line.bottom = box.y + box.height;
                line.firstWordWidth = box.width;
                line.boxed = true;
            }
            line.x = std::min(line.x, box.x);
            line.y = std::min(line.y, box.y);
            right = std::max(right, box.x + box.width);
            line.bottom = std::max(line.bottom, box.y + box.height);
            sizes[sizeKey(characterSize(box))] += box.length;
            units += box.length;
            if (box.font >= 0 && box.font < boldFonts.size() && boldFonts.at(box.font))
                boldUnits += box.length;
            if (previous) {
                const float gap =
                    std::max(box.x - previous->x - previous->width, previous->x - box.x - box.width);
                if (gap > kCellGap * box.height)
                    line.cells.append(box.offset);
                line.wideGaps += gap > kWideGap * box.height ? 1 : 0;
            }
            previous = &box;
        }
        if (!line.boxed)
            continue;
        line.width = right - line.x;
        line.bold = boldUnits * 10 > units * 7;
        const auto most = std::max_element(sizes.begin(), sizes.end(),
                                           [](const auto &a, const auto &b) { return a.second < b.second; });
        line.size = static_cast<float>(most->first) / 2;
    }
}

float bodySize(const QVector<Line> &lines, const QVector<LineStatistics> &statistics)
{
    std::map<int, int> sizes;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines.at(i).boxed)
            sizes[sizeKey(lines.at(i).size)] += statistics.at(i).letters + statistics.at(i).unspaced;
    }
    const auto most = std::max_element(sizes.begin(), sizes.end(),
                                       [](const auto &a, const auto &b) { return a.second < b.second; });
    return most == sizes.end() ? 0 : static_cast<float>(most->first) / 2;
}

/// What the lines of one page are judged by.
struct Judgement {
    const PageLayout &layout;
    const QVector<LineStatistics> &statistics;
    bool hasStopWords = false;
    bool bodyIsBold = false;
    bool mostlyCapitals = false;
};

bool isProsyBlock(const LineStatistics &sum, int lines, bool hasStopWords)
{
    if (sum.words < 5 || sum.numbers > sum.words || sum.symbols * 8 > sum.printing)
        return false;
    if (sum.unspaced * 2 > sum.letters)
        return sum.unspaced >= 14 * lines || (sum.endsSentence && sum.unspaced >= 12);
    if (lines == 1 && sum.words < 8 && !sum.endsSentence)
        return false;
    const bool wordy = sum.words >= 3 * lines;
    if (hasStopWords)
        return wordy && sum.stopWords * 100 >= sum.words * 17;
    return wordy && (sum.words >= 5 * lines || sum.endsSentence);
}

bool looksLikeData(const LineStatistics &s, int wideGaps, bool prosy)
{
    if (s.symbols * 7 > s.printing || s.letters * 5 < s.printing * 2)
        return true;
    if (s.calls > 0 && s.stopWords == 0 && s.words <= 7)
        return true; // program text
    if (prosy)
        return wideGaps >= 3 && s.numbers >= 2;
    return (wideGaps >= 2 && s.digits > 0) || (s.numbers >= 2 && s.numbers >= s.words) ||
           (wideGaps >= 1 && s.numbers >= 1);
}

bool startsLower(QStringView line)
{
    const auto first = std::find_if(line.begin(), line.end(), [](QChar c) { return c.isLetter(); });
    return first != line.end() && first->isLower();
}

/// A line set apart. `prosy`: it stands inside a block of running text, where chance differences are common.
bool looksLikeHeading(const Judgement &page, qsizetype index, bool prosy, bool aloneInBlock)
{
    const Line &line = page.layout.lines.at(index);
    const LineStatistics &s = page.statistics.at(index);
    const QStringView text = page.layout.lineText(line);
    const qsizetype number = sectionNumberLength(text);
    if (number == text.size())
        return aloneInBlock && text.contains(u'.') && text.size() >= 3 && !text.endsWith(u'.');
    if (s.letters < 2 || s.words > 18 || s.unspaced > 44 || s.dotLeader || text.size() > 160)
        return false;
    if (number == 0 && s.letters * 10 < s.printing * 6)
        return false;
    const QChar end = text.back();
    const bool open = end == u',' || end == u';';
    const bool sentence = s.endsSentence && end != u':' && end != u'?' && s.words > 6 && !s.allCapitals();
    if (open || sentence)
        return false;
    const bool alone = aloneInBlock && !s.endsSentence && s.words <= 12;
    const bool larger = page.layout.bodySize > 0 &&
                        line.size >= page.layout.bodySize * (alone ? kSlightlyLarger : kLargerThanBody);
    const bool bold = line.bold && !page.bodyIsBold;
    if (larger || bold)
        return !(startsLower(text) && number == 0) || larger;
    // Capitals of the size of small letters are set smaller than the text around them.
    const bool smallCapitals = s.allCapitals() && number > 0;
    if (page.layout.bodySize > 0 && line.size < page.layout.bodySize * (smallCapitals ? 0.7F : 0.88F))
        return false;
    if (number > 0 && s.words <= 12 && !startsLower(text.mid(number))) {
        const bool severalLevels = text.left(number).trimmed().chopped(1).contains(u'.');
        if (severalLevels || s.allCapitals() || (aloneInBlock && !prosy && !s.endsSentence))
            return true;
    }
    return s.allCapitals() && !page.mostlyCapitals && s.words <= 12 && s.upperLetters >= 5 &&
           s.numbers <= s.words / 2;
}

LineRole roleOf(const Judgement &page, qsizetype index, bool prosy, bool aloneInBlock)
{
    const LineStatistics &s = page.statistics.at(index);
    const int wideGaps = page.layout.lines.at(index).wideGaps;
    if (s.dotLeader && s.words > 0)
        return s.endsWithNumber || !prosy ? LineRole::Contents : LineRole::Prose;
    if (looksLikeHeading(page, index, prosy, aloneInBlock))
        return LineRole::Heading;
    if (looksLikeData(s, wideGaps, prosy))
        return LineRole::Data;
    if (prosy)
        return LineRole::Prose;
    const bool longLine = page.hasStopWords ? s.words >= 7 && s.stopWords * 5 >= s.words : s.words >= 8;
    if (longLine)
        return LineRole::Prose;
    return s.endsWithNumber && s.words >= 1 && wideGaps >= 1 ? LineRole::Contents : LineRole::Label;
}

void judgeBlock(const Judgement &page, qsizetype first, qsizetype end, QVector<Line> &lines)
{
    // Headings are told first: a block that begins with one is still running text below it.
    LineStatistics sum;
    int counted = 0;
    for (qsizetype i = first; i < end; ++i) {
        if (lines.at(i).role == LineRole::Furniture)
            continue;
        sum.add(page.statistics.at(i));
        ++counted;
        sum.endsSentence = page.statistics.at(i).endsSentence;
    }
    const bool prosy = counted > 0 && isProsyBlock(sum, counted, page.hasStopWords);
    for (qsizetype i = first; i < end; ++i) {
        if (lines.at(i).role != LineRole::Furniture)
            lines[i].role = roleOf(page, i, prosy, counted == 1);
    }
    // A heading that begins with a small letter goes on from the line above.
    for (qsizetype i = end - 2; i >= first; --i) {
        const bool goesOn =
            lines.at(i + 1).role == LineRole::Heading && startsLower(page.layout.lineText(lines.at(i + 1))) &&
            lines.at(i).size == lines.at(i + 1).size && lines.at(i).bold == lines.at(i + 1).bold;
        if (goesOn && lines.at(i).role != LineRole::Furniture)
            lines[i].role = LineRole::Heading;
    }
    // A title over several lines may have one that ends in a comma or begins with a small word.
    for (qsizetype i = first + 1; i + 1 < end; ++i) {
        const bool between =
            lines.at(i - 1).role == LineRole::Heading && lines.at(i + 1).role == LineRole::Heading;
        const bool alike = lines.at(i).size == lines.at(i - 1).size &&
                           lines.at(i).bold == lines.at(i - 1).bold &&
                           page.statistics.at(i).allCapitals() == page.statistics.at(i - 1).allCapitals();
        if (between && alike && lines.at(i).role != LineRole::Furniture)
            lines[i].role = LineRole::Heading;
    }
}

void judgeLines(const Judgement &page, QVector<Line> &lines)
{
    for (qsizetype first = 0; first < lines.size();) {
        qsizetype end = first;
        while (end < lines.size() && lines.at(end).block == lines.at(first).block)
            ++end;
        judgeBlock(page, first, end, lines);
        first = end;
    }
}

} // namespace

PageLayout readLayout(const domain::PageContent &page, const QString &language)
{
    PageLayout layout;
    layout.text = page.text.text.left(kLongestPage);
    layout.language = language;
    layout.pageHeight = static_cast<float>(page.geometry.height);
    layout.lines = splitLines(layout.text);
    measureLines(page.text, layout.lines);

    const StopWords &stops = stopWords(primaryLanguage(language));
    QVector<LineStatistics> statistics;
    statistics.reserve(layout.lines.size());
    int capitalLines = 0;
    int boldLetters = 0;
    int letters = 0;
    for (const Line &line : layout.lines) {
        statistics.append(lineStatistics(layout.lineText(line), stops));
        capitalLines += statistics.last().allCapitals() ? 1 : 0;
        letters += statistics.last().letters;
        boldLetters += line.bold ? statistics.last().letters : 0;
    }
    layout.bodySize = bodySize(layout.lines, statistics);
    markFurniture(layout, statistics);

    Judgement judgement{layout, statistics};
    judgement.hasStopWords = !stops.function.isEmpty();
    judgement.bodyIsBold = boldLetters * 2 > letters;
    judgement.mostlyCapitals = capitalLines * 2 > layout.lines.size() && layout.lines.size() > 4;
    QVector<Line> judged = layout.lines;
    judgeLines(judgement, judged);
    layout.lines = judged;
    layout.passages = joinPassages(layout);
    return layout;
}

qsizetype sectionNumberLength(QStringView line)
{
    static const std::array<QString, 17> kWords = {
        u"chapter"_s,  u"section"_s,  u"sec."_s,     u"part"_s,      u"kapitel"_s, u"abschnitt"_s,
        u"chapitre"_s, u"capítulo"_s, u"capitolo"_s, u"hoofdstuk"_s, u"глава"_s,   u"раздел"_s,
        u"appendix"_s, u"anhang"_s,   u"annexe"_s,   u"title"_s,     u"§"_s};
    qsizetype i = 0;
    bool word = false;
    for (const QString &w : kWords) {
        if (line.startsWith(w, Qt::CaseInsensitive)) {
            i = w.size();
            while (i < line.size() && line.at(i) == u' ')
                ++i;
            word = true;
            break;
        }
    }
    if (line.startsWith(u'第')) {
        const qsizetype end = std::min<qsizetype>(line.size(), 8);
        for (qsizetype at = 1; at < end; ++at) {
            if (u"章节節部篇編回"_s.contains(line.at(at)))
                return at + 1;
        }
    }
    const qsizetype numberStart = i;
    int digits = 0;
    int levels = 0;
    const bool separated = !word || numberStart == 0 || !line.at(numberStart - 1).isLetter();
    if (!separated)
        return 0; // "Sections", "Titles"
    while (i < line.size() && (line.at(i).isDigit() || (line.at(i) == u'.' && digits > 0))) {
        if (line.at(i) == u'.')
            ++levels;
        ++digits;
        ++i;
    }
    if (digits == 0 && word) { // "Appendix A", "Part II", "TITLE VI"
        while (i < line.size() && i - numberStart < 6 && u"ABCDEFGIVXLC"_s.contains(line.at(i)))
            ++i;
        if (i == numberStart || (i < line.size() && line.at(i).isLetterOrNumber()))
            return 0;
        digits = 1;
    }
    if (digits == 0 || digits > 12 || (levels == 0 && digits > 2 && !word))
        return 0;
    if (i < line.size() && line.at(i) == u')')
        return 0;
    while (i < line.size() && (line.at(i) == u'.' || line.at(i) == u':'))
        ++i;
    if (i < line.size() && !line.at(i).isSpace() && !isUnspaced(codePointAt(line, i).value) &&
        line.at(i) != u'—' && line.at(i) != u'–')
        return 0;
    while (i < line.size() && (line.at(i).isSpace() || line.at(i) == u'—' || line.at(i) == u'–'))
        ++i;
    return i;
}

} // namespace lectern::text
