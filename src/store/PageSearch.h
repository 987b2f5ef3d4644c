// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Search.h"
#include "store/Library.h"

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QVector>

namespace lectern::store {

class Connection;
class Transaction;

/// Full-text search over pages (FTS5). The expressions are made by text::wordQuery(). Pages of documents in
/// the trash are never found.
class PageSearch {
public:
    /// Best first by bm25 over the columns' weights. InvalidArgument when the expression can't be parsed.
    [[nodiscard]] static base::Result<QVector<domain::PageHit>> find(Connection &, const QString &match,
                                                                     const domain::SearchFilter &, int limit);
    /// How many pages match.
    [[nodiscard]] static base::Result<qint64> count(Connection &, const QString &match,
                                                    const domain::SearchFilter &);
    /// Which of these pages the filter lets through, match `demanded` and do not match `excluded`, unless
    /// those are empty.
    [[nodiscard]] static base::Result<QSet<qint64>> open(Connection &, const QVector<domain::PageId> &,
                                                         const QString &demanded, const QString &excluded,
                                                         const domain::SearchFilter &);
    /// The documents that what the filter says of documents lets through; nothing when it says nothing of
    /// them.
    [[nodiscard]] static base::Result<std::optional<QVector<domain::DocumentId>>>
    documentsOf(Connection &, const domain::SearchFilter &);
    /// Pages on which an analysis found something of this name. Nothing when they are more than `limit`.
    [[nodiscard]] static base::Result<std::optional<QVector<domain::PageId>>>
    pagesNaming(Connection &, const QString &name, int limit);
    /// The stems of these pages as the index has them, by the page's id.
    [[nodiscard]] static base::Result<QHash<qint64, QString>> stems(Connection &,
                                                                    const QVector<domain::PageId> &);
    /// In how many pages each of these stems stands.
    struct Frequencies {
        QHash<QString, qint64> pages;
        qint64 allPages = 0;
    };
    [[nodiscard]] static base::Result<Frequencies> frequencies(Connection &, const QStringList &stems);
    /// The languages that pages were ever written in.
    [[nodiscard]] static base::Result<QStringList> languages(Connection &);
    /// What analyses found whose name has words that begin like these, the last of them unfinished: each
    /// once, what most pages name first. Looks at the newest analyses that have such words.
    [[nodiscard]] static base::Result<QVector<domain::Entity>> entities(Connection &, const QString &typed,
                                                                        int limit);

    /// What a list shows of a page that was found.
    struct PageText {
        QString label;
        QString language;
        QString text;
        double width = 0; ///< of the page as displayed, in points
        double height = 0;
    };
    /// NotFound when the page went away meanwhile.
    [[nodiscard]] static base::Result<PageText> text(Connection &, domain::PageId);

    // Pages whose text is stored and that the index lacks: after an upgrade that changed how text is
    // normalised.
    struct Unindexed {
        domain::PageId page;
        domain::DocumentId document;
        domain::PageContent content;
        QString documentName;
        QString documentTitle;
    };
    [[nodiscard]] static base::Result<QVector<Unindexed>> unindexed(Connection &, int limit);
    /// Nothing happens when the page is gone, or is indexed by now.
    [[nodiscard]] static base::Status index(Transaction &, domain::PageId, const SearchColumns &,
                                            const QString &language, const QVector<domain::Chunk> &);
};

} // namespace lectern::store
