// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Quality.h"

#include "text/CharacterClass.h"
#include "text/LetterPairs.h"

#include <QSet>
#include <QString>

#include <algorithm>
#include <cmath>

namespace lectern::text {

using namespace Qt::StringLiterals;
using domain::FontQuality;
using domain::FontUse;
using domain::PageText;
using domain::TextQuality;
using domain::TextVerdict;

namespace {

constexpr qsizetype kLongestSample = 200000;
constexpr double kGarbledBelow = 0.42;
constexpr double kGoodFrom = 0.72;
constexpr double kPairsOfLanguage = 7.15; // average of a pair in real text, see LetterPairs.cpp
constexpr double kPairsOfNonsense = 6.1;
constexpr int kPairsToBeSure = 90;
constexpr int kFewestIdeographs = 80;

/// What is counted of the characters of one font, or of the whole page.
struct Tally {
    int characters = 0;
    int broken = 0; ///< private use, replacement, control characters, lone surrogates
    int letters = 0;
    int digits = 0;
    int symbols = 0;
    int accented = 0; ///< Latin letters beyond ASCII
    int latin = 0;
    int latinCapitals = 0;
    int oddCase = 0;    ///< capitals behind a small letter inside a word
    int mixedWords = 0; ///< words that mix scripts no language mixes, or letters with digits throughout
    int words = 0;
    int ideographs = 0;
    int commonIdeographs = 0;
    int kana = 0;
    qint64 pairSum = 0;
    int pairs = 0;

    void add(const Tally &other);
};

void Tally::add(const Tally &other)
{
    characters += other.characters;
    broken += other.broken;
    letters += other.letters;
    digits += other.digits;
    symbols += other.symbols;
    accented += other.accented;
    latin += other.latin;
    latinCapitals += other.latinCapitals;
    oddCase += other.oddCase;
    mixedWords += other.mixedWords;
    words += other.words;
    ideographs += other.ideographs;
    commonIdeographs += other.commonIdeographs;
    kana += other.kana;
    pairSum += other.pairSum;
    pairs += other.pairs;
}

bool isCommonIdeograph(char32_t c)
{
    static const QSet<char32_t> kCommon = [] {
        QSet<char32_t> set;
        for (const QChar ch : u"的一是不了在人有我他这这中大来上国个到说们为子和你地出道也时年得就那要下以生"
                              u"会自着去之过家学对可她里后小么心多天而能好都然没日"
                              u"于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长"
                              u"知民样现分将外但身些与高意进把法此实回二理美点月明其"
                              u"种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门"
                              u"相次东政海口使教西再平真听世气信北少关并内加化由却代"
                              u"這個來說們為時會過學對後經頭動長現將與進點種聲給業間電門東氣關內產國開體數據"
                              u"文件系统設使用程序安装命令本資料参考以下的可項目第章節"
                              u"設置选择数据管理网络服务支持包含信息版本"_s)
            set.insert(ch.unicode());
        return set;
    }();
    return kCommon.contains(c);
}

bool isBroken(char32_t c)
{
    if (c == 0xfffd || (c >= 0xe000 && c <= 0xf8ff) || c >= 0xf0000 || (c >= 0xd800 && c <= 0xdfff))
        return true;
    return (c < 0x20 && c != U'\n' && c != U'\t' && c != U'\f' && c != U'\r') || (c >= 0x7f && c < 0xa0) ||
           (c & 0xfffe) == 0xfffe;
}

enum class WordScript { None, Latin, Greek, Cyrillic, Other };

WordScript scriptOf(char32_t c)
{
    if (c < 0x250 || (c >= 0x1e00 && c <= 0x1eff))
        return WordScript::Latin;
    if ((c >= 0x370 && c <= 0x3ff) || (c >= 0x1f00 && c <= 0x1fff))
        return WordScript::Greek;
    if (c >= 0x400 && c <= 0x52f)
        return WordScript::Cyrillic;
    return WordScript::Other;
}

/// Counts one word (a run without spaces).
class WordTally {
public:
    explicit WordTally(Tally &tally) : m_tally(tally) {}

    void read(QStringView word)
    {
        for (qsizetype i = 0; i < word.size();) {
            const CodePoint point = codePointAt(word, i);
            readCharacter(point.value);
            i += point.units;
        }
        if (m_letters == 0 && m_digits == 0)
            return;
        ++m_tally.words;
        const int scripts = (m_hasLatin ? 1 : 0) + (m_hasGreek ? 1 : 0) + (m_hasCyrillic ? 1 : 0);
        // "µm" and "α-helix" mix Greek; codes like "B12" mix digits; three changes between them are noise.
        if ((scripts >= 2 && m_hasCyrillic && m_letters >= 3) || m_digitChanges >= 3)
            ++m_tally.mixedWords;
        if (m_latin >= 2 && m_latin == m_letters && m_digits == 0) {
            const PairScore score = letterPairScore(word);
            m_tally.pairSum += score.sum;
            m_tally.pairs += score.pairs;
        }
    }

private:
    void readCharacter(char32_t c)
    {
        if (isInvisible(c))
            return;
        // A line of dots or dashes is one mark, however long.
        if (c == m_last && !QChar::isLetterOrNumber(c) && !isBroken(c))
            return;
        ++m_tally.characters;
        if (isBroken(c)) {
            ++m_tally.broken;
        } else if (QChar::isLetter(c)) {
            readLetter(c);
        } else if (QChar::isDigit(c)) {
            ++m_tally.digits;
            ++m_digits;
            m_digitChanges += m_last != 0 && QChar::isLetter(m_last) ? 1 : 0;
        } else if (!isCombining(c) && !QChar::isMark(c)) {
            const bool ordinary = c == U'.' || c == U',' || c == U'-' || c == U'(' || c == U')';
            m_tally.symbols += ordinary ? 0 : 1;
        }
        m_last = c;
    }

    void readLetter(char32_t c)
    {
        ++m_tally.letters;
        ++m_letters;
        m_digitChanges += m_last != 0 && QChar::isDigit(m_last) ? 1 : 0;
        if (isIdeograph(c)) {
            ++m_tally.ideographs;
            m_tally.commonIdeographs += isCommonIdeograph(c) ? 1 : 0;
            return;
        }
        m_tally.kana += isKana(c) ? 1 : 0;
        switch (scriptOf(c)) {
        case WordScript::Latin:
            ++m_tally.latin;
            ++m_latin;
            m_hasLatin = true;
            m_tally.accented += c >= 0x80 ? 1 : 0;
            m_tally.latinCapitals += QChar::isUpper(c) ? 1 : 0;
            m_tally.oddCase += QChar::isUpper(c) && QChar::isLower(m_last) ? 1 : 0;
            break;
        case WordScript::Greek:
            m_hasGreek = true;
            break;
        case WordScript::Cyrillic:
            m_hasCyrillic = true;
            break;
        case WordScript::Other:
        case WordScript::None:
            break;
        }
    }

    Tally &m_tally;
    char32_t m_last = 0;
    int m_letters = 0;
    int m_latin = 0;
    int m_digits = 0;
    int m_digitChanges = 0;
    bool m_hasLatin = false;
    bool m_hasGreek = false;
    bool m_hasCyrillic = false;
};

void tallyWords(QStringView text, Tally &tally)
{
    qsizetype start = 0;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        if (i < text.size() && !text.at(i).isSpace())
            continue;
        if (i > start)
            WordTally(tally).read(text.mid(start, i - start));
        start = i + 1;
    }
}

double share(int part, int whole)
{
    return whole > 0 ? static_cast<double>(part) / whole : 0;
}

/// How much the Latin letters read as a language, 0 to 1; uncertain for few letters.
double latinScore(const Tally &t)
{
    if (t.pairs == 0)
        return 0.85;
    const double mean = static_cast<double>(t.pairSum) / t.pairs;
    double score = std::clamp((mean - kPairsOfNonsense) / (kPairsOfLanguage - kPairsOfNonsense), 0.0, 1.0);
    // Mojibake: letters with diacritics in a row, as no language has them. Vietnamese has up to two in five.
    const double accents = share(t.accented, t.latin);
    if (accents > 0.45)
        score = std::min(score, std::max(0.0, 1 - (accents - 0.45) * 4));
    const double sure = std::min(1.0, static_cast<double>(t.pairs) / kPairsToBeSure);
    return sure * score + (1 - sure) * std::max(score, 0.9);
}

double scoreOf(const Tally &t)
{
    if (t.characters == 0)
        return 0;
    const double broken = share(t.broken, t.characters);
    double score = 1 - std::min(1.0, broken * 2.2);
    const int judged = t.letters + t.digits;
    if (judged == 0)
        return t.characters < 12 ? std::min(score, 0.6) : std::min(score, 0.3);
    const double latin = share(t.latin, t.letters);
    if (t.letters > 0)
        score *= latin * latinScore(t) + (1 - latin);
    // Ideographs at random (a wrong character set) lack the few that make up half of every real text.
    if (t.ideographs >= kFewestIdeographs && t.kana == 0 && share(t.commonIdeographs, t.ideographs) < 0.05)
        score *= 0.35;
    const double mixed = share(t.mixedWords, t.words);
    if (t.words >= 8)
        score *= 1 - std::clamp((mixed - 0.12) * 1.6, 0.0, 0.45);
    const double symbols = share(t.symbols, t.characters);
    score *= 1 - std::clamp((symbols - 0.22) * 1.3, 0.0, 0.75);
    // Numbers alone are no proof of a good map, nor of a bad one.
    if (t.letters * 5 < t.digits && t.broken == 0)
        score = std::clamp(score, 0.5, 0.85);
    return score;
}

double rounded(double score)
{
    return std::round(score * 1000) / 1000;
}

/// Words by font; what belongs to no word of the page's layout is counted without a font.
Tally tallyPage(const PageText &page, QVector<Tally> &fonts)
{
    const QStringView text = QStringView(page.text).left(kLongestSample);
    Tally whole;
    if (page.words.isEmpty()) {
        tallyWords(text, whole);
        return whole;
    }
    Tally unknown;
    for (const domain::WordBox &word : page.words) {
        if (word.offset < 0 || word.length <= 0 || word.offset + word.length > text.size())
            continue;
        const bool known = word.font >= 0 && word.font < fonts.size();
        tallyWords(text.mid(word.offset, word.length), known ? fonts[word.font] : unknown);
    }
    whole.add(unknown);
    for (const Tally &font : fonts)
        whole.add(font);
    return whole;
}

TextVerdict verdictOf(const Tally &whole, double score)
{
    if (whole.characters == 0)
        return TextVerdict::Missing;
    if (score < kGarbledBelow)
        return TextVerdict::Garbled;
    return score < kGoodFrom ? TextVerdict::Doubtful : TextVerdict::Good;
}

} // namespace

TextQuality assessQuality(const PageText &page)
{
    QVector<Tally> fonts(page.fonts.size());
    const Tally whole = tallyPage(page, fonts);
    TextQuality quality;
    quality.score = rounded(scoreOf(whole));
    quality.verdict = verdictOf(whole, quality.score);
    for (qsizetype i = 0; i < page.fonts.size(); ++i) {
        if (fonts.at(i).characters > 0)
            quality.fonts.append(
                {page.fonts.at(i).name, fonts.at(i).characters, rounded(scoreOf(fonts.at(i)))});
    }
    return quality;
}

} // namespace lectern::text
