// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Document.h"
#include "domain/Search.h"

#include <QString>
#include <QVector>

namespace lectern::store {

class Connection;

/// Which documents a search can find, and why it can't find the others. Documents in the trash don't count.
class SearchCoverage {
public:
    /// Why a document, or a part of it, can't be found. The numbers stand in the SQL.
    enum class Gap {
        None = 0,
        Reading = 1, ///< waits, or is being read
        Paused = 2,
        Password = 3,
        Failed = 4, ///< can't be read at all: damaged, of no kind that is known, set aside
        Cancelled = 5,
        PagesMissing = 6, ///< the text of some pages could not be taken
        NoText = 7,       ///< pages without a text layer
        // By meaning only:
        NoEmbedding = 8,   ///< there is no model that makes vectors
        OtherLanguage = 9, ///< no page is in a language that the model knows
        Embedding = 10,    ///< vectors are being made, or wait for it
        EmbeddingFailed = 11,
        EmbeddingCancelled = 12,
    };
    struct Missing {
        domain::DocumentId id;
        QString name;
        Gap gap = Gap::None;
        base::ErrorCode error = base::ErrorCode::None; ///< of a document that can't be read
        int pages = 0;                                 ///< of PagesMissing: how many
        QString language;                              ///< of most of its pages, BCP 47; may be empty
    };
    struct Count {
        int documents = 0;
        int covered = 0; ///< everything of these can be found

        friend bool operator==(const Count &, const Count &) = default;
    };

    /// By both, documents without a language or a model that vectors could be had of count as by words.
    [[nodiscard]] static base::Result<Count> count(Connection &, domain::SearchMode);
    /// By reason, then by name.
    [[nodiscard]] static base::Result<QVector<Missing>> missing(Connection &, domain::SearchMode, int limit);
};

} // namespace lectern::store
