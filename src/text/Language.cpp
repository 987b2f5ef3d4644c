// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Language.h"

#include "text/CharacterClass.h"
#include "text/StopWords.h"

#include <QByteArray>

#include <algorithm>
#include <array>
#include <cstdio> // the header of cld2 uses FILE without including it
#include <string>
#include <utility>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

namespace lectern::text {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestSample = 20000;
constexpr int kFewestLetters = 8;

bool isAddressLike(QStringView word)
{
    return word.contains(u"://") || word.contains(u'@') || word.startsWith(u"www.");
}

/// The words of the text without numbers, addresses and control characters: what says something about its
/// language.
struct Sample {
    QString text;
    int letters = 0;
    int hiragana = 0;
    int kana = 0;
    int hangul = 0;
    int thai = 0;
    int ideographs = 0;
};

void countScripts(QStringView word, Sample &sample)
{
    for (qsizetype i = 0; i < word.size();) {
        const CodePoint point = codePointAt(word, i);
        i += point.units;
        if (!QChar::isLetter(point.value))
            continue;
        ++sample.letters;
        sample.hiragana += isHiragana(point.value) ? 1 : 0;
        sample.kana += isKana(point.value) ? 1 : 0;
        sample.hangul += isHangul(point.value) ? 1 : 0;
        sample.thai += point.value >= 0x0e01 && point.value <= 0x0e5b ? 1 : 0;
        sample.ideographs += isIdeograph(point.value) ? 1 : 0;
    }
}

Sample sampleOf(QStringView text)
{
    Sample sample;
    text = text.left(kLongestSample);
    sample.text.reserve(text.size());
    qsizetype start = 0;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        if (i < text.size() && !text.at(i).isSpace() && text.at(i).unicode() >= 0x20)
            continue;
        const QStringView word = text.mid(start, i - start);
        start = i + 1;
        const bool hasLetter =
            std::any_of(word.begin(), word.end(), [](QChar c) { return c.isLetter() || c.isSurrogate(); });
        if (!hasLetter || isAddressLike(word))
            continue;
        countScripts(word, sample);
        sample.text += word;
        sample.text += u' ';
    }
    return sample;
}

/// cld2's names follow an older standard in a few places.
QString bcp47(const std::string &code)
{
    static constexpr std::array<std::pair<const char *, const char16_t *>, 8> kRenamed = {{
        {"iw", u"he"},
        {"in", u"id"},
        {"ji", u"yi"},
        {"jw", u"jv"},
        {"mo", u"ro"},
        {"tl", u"fil"},
        {"zh", u"zh-Hans"},
        {"zh-Hant", u"zh-Hant"},
    }};
    for (const auto &[from, to] : kRenamed) {
        if (code == from)
            return QString::fromUtf16(to);
    }
    // "un" is unknown; three letters with x in front ("xxx", "xx-Latn") are its scripts without a language.
    if (code == "un" || code.rfind("xx", 0) == 0)
        return u"und"_s;
    return QString::fromStdString(code);
}

QString languageByScript(const Sample &sample)
{
    const auto most = [&](int count) { return count * 2 > sample.letters; };
    if (most(sample.hangul))
        return u"ko"_s;
    if (most(sample.thai))
        return u"th"_s;
    if (most(sample.kana + sample.ideographs) && sample.hiragana * 10 >= sample.letters)
        return u"ja"_s;
    return {};
}

/// Short texts: a language whose small words occur and no other's as often.
QString languageByStopWords(const QString &text)
{
    QString best;
    int bestCount = 0;
    int secondCount = 0;
    for (const QString &language : stopWordLanguages()) {
        const StopWords &words = stopWords(language);
        QStringList seen;
        for (const QStringView word : QStringView(text).split(u' ', Qt::SkipEmptyParts)) {
            const QString lower = word.toString().toLower();
            if (words.contains(lower) && !seen.contains(lower) && seen.size() < 20)
                seen.append(lower);
        }
        const auto count = static_cast<int>(seen.size());
        if (count > bestCount) {
            secondCount = bestCount;
            bestCount = count;
            best = language;
        } else if (count > secondCount) {
            secondCount = count;
        }
    }
    return bestCount >= 3 && bestCount >= 2 * secondCount ? best : QString();
}

} // namespace

QString detectLanguage(QStringView text)
{
    const Sample sample = sampleOf(text);
    if (sample.letters < kFewestLetters && sample.kana + sample.hangul + sample.thai < 4)
        return u"und"_s;
    if (const QString byScript = languageByScript(sample); !byScript.isEmpty())
        return byScript;

    const QByteArray utf8 = sample.text.toUtf8();
    std::array<CLD2::Language, 3> languages{};
    std::array<int, 3> percents{};
    std::array<double, 3> scores{};
    int textBytes = 0;
    bool reliable = false;
    const CLD2::CLDHints *const noHints = nullptr;
    const CLD2::Language best = CLD2::ExtDetectLanguageSummary(
        utf8.constData(), static_cast<int>(utf8.size()), true, noHints, 0, languages.data(), percents.data(),
        scores.data(), nullptr, &textBytes, &reliable);
    if (reliable) {
        const QString name = bcp47(CLD2::LanguageCode(best));
        if (name != "und"_L1)
            return name;
    }
    if (sample.text.size() < 2000) {
        if (const QString byWords = languageByStopWords(sample.text); !byWords.isEmpty())
            return byWords;
    }
    return u"und"_s;
}

QString primaryLanguage(const QString &language)
{
    return language.section(u'-', 0, 0);
}

} // namespace lectern::text
