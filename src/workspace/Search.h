// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "domain/Search.h"
#include "text/SearchText.h"
#include "workspace/BuiltInEmbedder.h"
#include "workspace/EndpointEmbedder.h"
#include "workspace/MeaningIndex.h"

#include <QPair>
#include <QSizeF>
#include <QString>
#include <QVector>

#include <span>
#include <vector>

namespace lectern::store {
class Connection;
}

namespace lectern::workspace {

struct SearchRequest {
    QString words; ///< as typed; see text::wordQuery()
    domain::SearchMode mode = domain::SearchMode::Words;
    domain::SearchFilter filter;
    int limit = 50; ///< pages
};

/// A page that was found, as a list shows it.
struct FoundPage {
    domain::PageHit hit;
    QString documentName;
    QString path;
    QString label;    ///< the page's own number, empty when it equals the physical one
    QString language; ///< BCP 47
    QString snippet;
    QVector<QPair<int, int>> marks; ///< offset and length of the words found in the snippet
    QSizeF size;                    ///< of the page as displayed, in points
};

struct SearchReport {
    domain::SearchMode mode = domain::SearchMode::Words;
    QVector<FoundPage> pages;  ///< best first; those with all words before those with some
    qint64 pagesWithAll = 0;   ///< by words: of the workspace, that have all of them, beyond `limit` too
    base::Error meaningFailed; ///< by both: why only the words were searched for; None: they were not alone
    double milliseconds = 0;
};

/// Finds pages by words, by meaning, or by both. Any thread but the GUI's.
class Search {
public:
    /// Both outlive this.
    Search(BuiltInEmbedder &builtIn, EndpointEmbedder &endpoints) : m_builtIn(builtIn), m_endpoints(endpoints)
    {
    }

    /// An empty report when there is nothing to search for. Errors: when meaning alone is asked for,
    /// EmbeddingMissing and whatever the model of an endpoint reports (with words they are enough: see
    /// SearchReport::meaningFailed); Cancelled, Database.
    [[nodiscard]] base::Result<SearchReport> find(store::Connection &reader, const SearchRequest &request,
                                                  const base::CancelToken &cancel);

private:
    /// What a question means, and how much that is worth beside its words, 0 to 1.
    struct Question {
        std::vector<float> direction;
        double weight = 0;
    };
    [[nodiscard]] base::Result<Question> ask(store::Connection &reader, const QString &words,
                                             const base::CancelToken &cancel);
    [[nodiscard]] base::Result<Question> askBuiltIn(const domain::EmbeddingSpace &space,
                                                    const QString &question, const base::CancelToken &cancel);
    [[nodiscard]] base::Result<QVector<domain::PageHit>> byMeaning(store::Connection &reader,
                                                                   const SearchRequest &request,
                                                                   const text::WordQuery &query,
                                                                   const base::CancelToken &cancel);
    [[nodiscard]] base::Result<QVector<domain::PageHit>>
    byBoth(store::Connection &reader, const SearchRequest &request, const text::WordQuery &query,
           const QStringList &languages, base::Error &meaningFailed, const base::CancelToken &cancel);
    [[nodiscard]] base::Result<QVector<NearPage>>
    near(store::Connection &reader, std::span<const float> question, const SearchRequest &request,
         const text::WordQuery &query, int limit, const base::CancelToken &cancel);

    BuiltInEmbedder &m_builtIn;
    EndpointEmbedder &m_endpoints;
    MeaningIndex m_index;
};

} // namespace lectern::workspace
