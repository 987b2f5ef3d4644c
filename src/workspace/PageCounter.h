// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "domain/Document.h"
#include "models/Tokenizer.h"
#include "workspace/RunPages.h"

#include <QHash>
#include <QSizeF>
#include <QVector>

#include <mutex>

namespace lectern::store {
class Connection;
}

namespace lectern::workspace {

/// A page as an estimate needs it.
struct CountedPage {
    domain::DocumentId document;
    int number = 0;
    QByteArray contentHash;
    qint64 textTokens = 0; ///< by o200k_base
    domain::TextVerdict verdict = domain::TextVerdict::Missing;
    int images = 0;
    QSizeF points;
};

/// Pages of a run, counted.
struct CountedPages {
    QVector<CountedPage> pages; ///< those that are read, in the order of the documents
    qint64 unread = 0;          ///< known, and not read yet or not readable
};

/// Counts the tokens of pages once for all models, and once for each content: what was counted stays in
/// memory, a few bytes a page. Thread-safe; not for the GUI's thread.
class PageCounter {
public:
    /// `tokenizer` outlives this.
    explicit PageCounter(const models::Tokenizer &tokenizer) : m_tokenizer(tokenizer) {}

    /// A third of a millisecond for a page that was not counted before. Errors: Cancelled, NotFound.
    [[nodiscard]] base::Result<CountedPages> count(store::Connection &reader, const RunPages &pages,
                                                   const base::CancelToken &cancel);

private:
    const models::Tokenizer &m_tokenizer;
    std::mutex m_mutex;
    QHash<QByteArray, qint64> m_tokens; ///< by the hash of the content; guarded by m_mutex
};

} // namespace lectern::workspace
