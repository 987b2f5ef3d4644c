// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/SearchMarks.h"

#include "text/WordMatches.h"

namespace lectern::presentation {

ReaderMarks searchMarks(const workspace::FoundPage &page, const QString &words, domain::SearchMode mode)
{
    ReaderMarks marks;
    const domain::Chunk &passage = page.hit.passage;
    if (mode != domain::SearchMode::Words && passage.length > 0 && !page.hit.hasAllWords)
        marks.ranges.append({passage.start, passage.start + passage.length});
    if (mode == domain::SearchMode::Meaning)
        return marks;
    marks.matcher = [terms = text::readSearchWords(words), language = page.language](const QString &text) {
        ReaderMarks::Ranges ranges;
        for (const text::WordMatch &match : text::findWords(text, terms, language))
            ranges.append({static_cast<int>(match.start), static_cast<int>(match.end)});
        return ranges;
    };
    return marks;
}

} // namespace lectern::presentation
