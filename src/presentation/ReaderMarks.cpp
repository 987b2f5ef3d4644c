// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/ReaderMarks.h"

#include "text/Occurrences.h"

#include <algorithm>

namespace lectern::presentation {

namespace {

constexpr int kMostMarks = 2'000; ///< of one word on one page

/// Scripts that set no spaces have no word ends to look for.
bool isSpaced(QChar character)
{
    switch (character.script()) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return false;
    default:
        return character.isLetterOrNumber() || character.isMark();
    }
}

bool joins(const QString &text, qsizetype before)
{
    return before > 0 && before < text.size() && isSpaced(text.at(before - 1)) && isSpaced(text.at(before));
}

} // namespace

ReaderMarks::Ranges ReaderMarks::rangesElsewhere(const QString &text) const
{
    return matcher ? matcher(text) : Ranges();
}

ReaderMarks::Ranges ReaderMarks::rangesIn(const QString &text) const
{
    Ranges found = ranges + rangesElsewhere(text);
    const auto add = [&](QStringView what, bool wholeWords, bool anyEnding) {
        for (const text::Occurrence &hit : text::Occurrences(what, false).in(text, kMostMarks)) {
            const qsizetype end = hit.offset + hit.length;
            if (wholeWords && (joins(text, hit.offset) || (!anyEnding && joins(text, end))))
                continue;
            found.append({static_cast<int>(hit.offset), static_cast<int>(end)});
        }
    };
    for (const QString &word : words) {
        const bool anyEnding = word.endsWith(u'*');
        add(QStringView(word).chopped(anyEnding ? 1 : 0), true, anyEnding);
    }
    if (!quote.isEmpty())
        add(quote, false, false);
    std::sort(found.begin(), found.end(), [](const auto &a, const auto &b) {
        return std::pair(a.start, a.end) < std::pair(b.start, b.end);
    });
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

} // namespace lectern::presentation
