// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/PageThumbnails.h"
#include "presentation/Roles.h"
#include "workspace/Search.h"

#include <QAbstractItemModel>
#include <QVector>

#include <optional>

namespace lectern::presentation {

/// What a search found: documents in the order of their best page, and under each its pages, best first.
/// Newer results of the same search are merged without moving a row that is there, so that nothing jumps
/// under the pointer. GUI thread.
class SearchModel final : public QAbstractItemModel {
    Q_OBJECT

public:
    /// Beside those of Roles.h: DocumentIdRole, PageRole (0 for a document), IconNameRole, CopyRole. Of a
    /// page, Qt::DecorationRole is its small picture (QImage) where there is one.
    enum SearchRole {
        SnippetRole = Qt::UserRole + 200, ///< QString, one line
        MarksRole,      ///< QVariantList of QPoint: offset and length of each hit in the snippet
        PathRole,       ///< QString, of the document
        PagesFoundRole, ///< int, of a document
        SomeWordsRole,  ///< bool: words were searched for, and only some of them are on the page
        ScoreRole,      ///< QString: of a page, in hundredths of the best one's
        PageTextRole,   ///< QString: "p. 17 (xv)"
        PageSizeRole,   ///< QSizeF, in points
    };

    explicit SearchModel(PageThumbnails &thumbnails, QObject *parent = nullptr);

    /// Another search: everything is replaced.
    void replace(const workspace::SearchReport &report);
    /// The same search again, of a library that has grown.
    void merge(const workspace::SearchReport &report);
    void clear() { replace({}); }

    [[nodiscard]] domain::SearchMode mode() const { return m_mode; }
    [[nodiscard]] int documentCount() const { return static_cast<int>(m_documents.size()); }
    [[nodiscard]] int pageCount() const;
    /// By words: of these, the pages with all of them.
    [[nodiscard]] int pagesWithAll() const;
    /// Of a document's row or of one of its pages; invalid for none.
    [[nodiscard]] domain::DocumentId documentAt(const QModelIndex &index) const;
    /// Nothing when the row is no page's.
    [[nodiscard]] std::optional<workspace::FoundPage> pageAt(const QModelIndex &index) const;
    /// The page row after (or before) this one across documents; the first (or last) when `from` is none of
    /// ours. Invalid at the end.
    [[nodiscard]] QModelIndex nextPage(const QModelIndex &from, int direction) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    struct Group {
        domain::DocumentId document;
        QVector<workspace::FoundPage> pages;
    };
    void takeScale(const workspace::SearchReport &report);
    [[nodiscard]] static QVector<Group> grouped(const QVector<workspace::FoundPage> &pages);
    [[nodiscard]] int rowOf(quintptr document) const;
    void mergeGroup(int row, const Group &group);
    void takeThumbnail(domain::DocumentId document, int page);
    [[nodiscard]] QVariant documentData(const Group &group, int role) const;
    [[nodiscard]] QVariant pageData(const workspace::FoundPage &page, int role) const;

    PageThumbnails &m_thumbnails;
    QVector<Group> m_documents;
    domain::SearchMode m_mode = domain::SearchMode::Words;
    double m_bestScore = 0;
};

} // namespace lectern::presentation
