// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/PageCounter.h"

#include "domain/PageText.h"
#include "store/Library.h"
#include "store/PageFacts.h"

#include <algorithm>
#include <optional>

namespace lectern::workspace {

using base::ErrorCode;
using domain::PageState;

namespace {

constexpr qsizetype kMostKept = 300'000; ///< some 30 MB

bool isWanted(const store::PageFacts &page, RunPages::Which which)
{
    return which == RunPages::Which::All || page.state == PageState::Extracted ||
           page.state == PageState::Queued;
}

} // namespace

base::Result<CountedPages> PageCounter::count(store::Connection &reader, const RunPages &pages,
                                              const base::CancelToken &cancel)
{
    CountedPages counted;
    for (const domain::DocumentId id : pages.documents) {
        const auto document = store::Library::document(reader, id);
        if (!document)
            return base::fail(document.error());
        const auto rows = store::pageFacts(reader, id);
        if (!rows)
            return base::fail(rows.error());
        counted.unread += std::max<qint64>(0, document->pagesTotal - rows->size());
        for (const store::PageFacts &row : *rows) {
            if (cancel.isCancelled())
                return base::fail(ErrorCode::Cancelled);
            if (!isWanted(row, pages.which))
                continue;
            if (row.contentHash.isEmpty()) {
                ++counted.unread;
                continue;
            }
            const QByteArray content = domain::contentOfHash(row.contentHash);
            std::optional<qint64> tokens;
            {
                const std::lock_guard lock(m_mutex);
                if (const auto known = m_tokens.constFind(content); known != m_tokens.constEnd())
                    tokens = *known;
            }
            if (!tokens) {
                const auto text = store::pageText(reader, row.id);
                if (!text)
                    return base::fail(text.error());
                tokens = m_tokenizer.count(*text);
                const std::lock_guard lock(m_mutex);
                if (m_tokens.size() >= kMostKept)
                    m_tokens.clear();
                m_tokens.insert(content, *tokens);
            }
            counted.pages.append({id, row.number, row.contentHash, *tokens, row.verdict, row.images,
                                  QSizeF(row.width, row.height)});
        }
    }
    return counted;
}

} // namespace lectern::workspace
