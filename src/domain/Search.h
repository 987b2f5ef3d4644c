// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Chunk.h"
#include "domain/Collection.h"
#include "domain/Document.h"
#include "domain/Ids.h"
#include "domain/PageAnalysis.h"

#include <QString>
#include <QStringList>
#include <QVector>

#include <optional>

namespace lectern::domain {

/// What a search goes by.
enum class SearchMode {
    Words,   ///< what pages say
    Meaning, ///< what they mean, in whatever words
    Both,
};

/// Which pages a search may find. What is not set lets everything through. Times are milliseconds since 1970.
struct SearchFilter {
    std::optional<QVector<DocumentId>> documents;
    std::optional<CollectionId> collection;
    QStringList languages;                ///< BCP 47, of the page
    QString named;                        ///< an analysis found something of this name: words side by side
    std::optional<TextVerdict> worstText; ///< pages whose text is at least so good
    std::optional<qint64> addedFrom;
    std::optional<qint64> addedBefore;

    friend bool operator==(const SearchFilter &, const SearchFilter &) = default;
};

/// A page that a search found.
struct PageHit {
    PageId page;
    DocumentId document;
    int number = 0;
    double score = 0;        ///< higher is better; of one search only
    bool hasAllWords = true; ///< false: only some of the words, or none
    Chunk passage;           ///< the chunk nearest in meaning; of length 0 when words alone were searched for
};

} // namespace lectern::domain
