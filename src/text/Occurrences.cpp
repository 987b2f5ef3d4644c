// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Occurrences.h"

#include "text/FoldedText.h"

#include <QStringMatcher>

namespace lectern::text {

namespace {

bool isSoft(QChar character)
{
    return character.unicode() == 0xad || character.unicode() == 0x200b;
}

/// The text as it is, but for hyphens at line ends: what is compared when case counts.
FoldedText unfolded(QStringView text)
{
    FoldedText plain;
    plain.text.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool hyphen = (text.at(i) == u'-' || text.at(i).unicode() == 0x2010) && i > 0 &&
                            text.at(i - 1).isLetter() && i + 2 < text.size() && text.at(i + 1) == u'\n' &&
                            text.at(i + 2).isLower();
        if (hyphen) {
            ++i;
            continue;
        }
        if (isSoft(text.at(i)))
            continue;
        plain.text.append(text.at(i));
        plain.source.append(static_cast<qint32>(i));
        plain.sourceEnd.append(static_cast<qint32>(i + 1));
    }
    return plain;
}

/// Runs of white space become one blank.
FoldedText withSingleBlanks(const FoldedText &folded)
{
    FoldedText out;
    out.text.reserve(folded.text.size());
    for (qsizetype i = 0; i < folded.text.size(); ++i) {
        const bool blank = folded.text.at(i).isSpace();
        if (blank && out.text.endsWith(u' ')) {
            out.sourceEnd.last() = folded.sourceEnd.at(i);
            continue;
        }
        out.text.append(blank ? QChar(u' ') : folded.text.at(i));
        out.source.append(folded.source.at(i));
        out.sourceEnd.append(folded.sourceEnd.at(i));
    }
    return out;
}

FoldedText prepared(QStringView text, bool caseSensitive)
{
    return withSingleBlanks(caseSensitive ? unfolded(text) : foldText(text, false));
}

} // namespace

Occurrences::Occurrences(QStringView typed, bool caseSensitive)
    : m_pattern(prepared(typed.trimmed(), caseSensitive).text), m_caseSensitive(caseSensitive)
{
}

QVector<Occurrence> Occurrences::in(QStringView text, int limit) const
{
    QVector<Occurrence> found;
    if (m_pattern.isEmpty())
        return found;
    const FoldedText folded = prepared(text, m_caseSensitive);
    const QStringMatcher matcher(m_pattern);
    for (qsizetype at = matcher.indexIn(folded.text); at >= 0 && found.size() < limit;
         at = matcher.indexIn(folded.text, at + m_pattern.size())) {
        const qsizetype start = folded.source.at(at);
        const qsizetype end = folded.sourceEnd.at(at + m_pattern.size() - 1);
        // One character may fold to several, and then it is found in each of them.
        if (found.isEmpty() || start >= found.constLast().offset + found.constLast().length)
            found.append({start, end - start});
    }
    return found;
}

} // namespace lectern::text
