// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Snippet.h"

#include "text/CharacterClass.h"
#include "text/SearchWords.h"
#include "text/WordMatches.h"

#include <QHash>

#include <algorithm>

namespace lectern::text {

namespace {

constexpr int kShortest = 20;
constexpr qsizetype kLongestText = 400000;

/// The first of the matches that make the best window: most different terms, then most matches, then
/// earliest.
qsizetype bestWindow(const QVector<WordMatch> &matches, qsizetype room)
{
    qsizetype best = 0;
    int bestTerms = 0;
    qsizetype bestCount = 0;
    QHash<int, int> inside;
    qsizetype end = 0;
    for (qsizetype start = 0; start < matches.size(); ++start) {
        while (end < matches.size() &&
               (matches.at(end).end - matches.at(start).start <= room || end == start))
            ++inside[matches.at(end++).term];
        const auto different = static_cast<int>(inside.size());
        if (different > bestTerms || (different == bestTerms && end - start > bestCount)) {
            best = start;
            bestTerms = different;
            bestCount = end - start;
        }
        if (--inside[matches.at(start).term] == 0)
            inside.remove(matches.at(start).term);
    }
    return best;
}

/// Moves a cut to the nearest space inside, so that no word is cut; scripts without spaces may be cut
/// anywhere.
qsizetype wordStart(QStringView text, qsizetype at, qsizetype limit)
{
    if (at <= 0)
        return 0;
    qsizetype i = at;
    while (i < limit && i - at < 30 && !text.at(i - 1).isSpace() && !isUnspaced(codePointAt(text, i).value))
        ++i;
    if (i >= limit || i - at >= 30)
        i = at;
    return i < text.size() && text.at(i).isLowSurrogate() ? i + 1 : i;
}

qsizetype wordEndBefore(QStringView text, qsizetype at, qsizetype limit)
{
    if (at >= text.size())
        return text.size();
    qsizetype i = at;
    while (i > limit && at - i < 30 && !text.at(i).isSpace() && !isUnspaced(codePointAt(text, i).value))
        --i;
    if (i <= limit || at - i >= 30)
        i = at;
    return i > 0 && text.at(i).isLowSurrogate() ? i - 1 : i;
}

/// Copies a stretch as one line and moves the matches into it.
Snippet copyOut(QStringView text, qsizetype from, qsizetype to, const QVector<WordMatch> &matches)
{
    Snippet snippet;
    if (from > 0)
        snippet.text += u'…';
    auto match =
        std::find_if(matches.begin(), matches.end(), [&](const WordMatch &m) { return m.start >= from; });
    qsizetype hitStart = -1;
    for (qsizetype i = from; i < to; ++i) {
        if (match != matches.end() && i == match->start && match->end <= to)
            hitStart = snippet.text.size();
        const QChar c = text.at(i);
        const bool blank = c.isSpace() || c.unicode() < 0x20 || c.unicode() == 0x7f;
        if (!blank)
            snippet.text += c;
        else if (!snippet.text.isEmpty() && !snippet.text.back().isSpace() && snippet.text != u"…")
            snippet.text += u' ';
        if (hitStart >= 0 && i + 1 == match->end) {
            snippet.hits.append({hitStart, snippet.text.size() - hitStart});
            hitStart = -1;
            ++match;
        }
    }
    while (snippet.text.endsWith(u' ') &&
           (snippet.hits.isEmpty() ||
            snippet.hits.last().offset + snippet.hits.last().length < snippet.text.size()))
        snippet.text.chop(1);
    if (to < text.size())
        snippet.text += u'…';
    return snippet;
}

} // namespace

Snippet makeSnippet(const QString &pageText, const QString &userWords, const QString &language, int maxLength)
{
    const QStringView text = QStringView(pageText).left(kLongestText).trimmed();
    const qsizetype room = std::max(maxLength, kShortest) - 2; // for the two marks of omission
    const QVector<WordMatch> matches = findWords(text, readSearchWords(userWords), language);
    qsizetype from = 0;
    qsizetype to = std::min(text.size(), room);
    if (!matches.isEmpty()) {
        const WordMatch &first = matches.at(bestWindow(matches, room));
        // A third of the room goes in front of the first match, so that it reads in its context.
        const qsizetype length = std::min(first.end - first.start, room);
        from = std::max<qsizetype>(0, first.start - std::max<qsizetype>(0, (room - length) / 3));
        to = std::min(text.size(), from + room);
        from = std::max<qsizetype>(0, std::min(from, to - room));
        from = wordStart(text, from, first.start);
        to = wordEndBefore(text, to, std::min(first.end, to));
    } else {
        to = wordEndBefore(text, to, 0);
    }
    return copyOut(text, from, to, matches);
}

} // namespace lectern::text
