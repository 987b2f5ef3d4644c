// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/PagedDocumentModel.h"
#include "presentation/Roles.h"

namespace lectern::presentation {

/// The Library view's list: one row per document, no children. Filter, state and order are answered by the
/// store (asynchronously; isLoading() meanwhile, and the old rows stay). sort() is the view's own call. GUI
/// thread.
class DocumentListModel final : public PagedDocumentModel {
    Q_OBJECT

public:
    enum Column {
        Name,
        Pages,
        Text,
        Phase,
        Progress,
        TimeLeft,
        Added,
        Kind,
        Size,
        Language,
        Path,
        FailedPages,
        Cost, ///< last, since settings keep columns by their numbers; views show it after Progress
    };
    static constexpr int kColumnCount = Cost + 1;
    /// Which documents are listed.
    enum class StateFilter { All, Unfinished, Paused, Problems, Locked, Done, Trash };

    explicit DocumentListModel(LibraryFeed &feed, const base::Clock &clock, QObject *parent = nullptr);

    /// Words that must all occur in name, path, title or error; case-insensitive.
    void setFilter(const QString &words);
    [[nodiscard]] QString filter() const { return m_query.filter; }
    void setStateFilter(StateFilter filter);
    [[nodiscard]] StateFilter stateFilter() const { return m_stateFilter; }
    /// Only the documents of this collection; nothing: all.
    void setCollection(std::optional<domain::CollectionId> collection);
    [[nodiscard]] std::optional<domain::CollectionId> collection() const { return m_query.collection; }
    /// A filter or a state other than All is set: an empty list then means "nothing matches".
    [[nodiscard]] bool isFiltered() const;
    /// Documents in the collection shown (all, or the trash) without any filter: "12 of 214".
    [[nodiscard]] int unfilteredCount() const;

    /// Stable name for settings: "name", "pages", …
    [[nodiscard]] static QString columnName(Column column);
    [[nodiscard]] static bool isShownByDefault(Column column);
    [[nodiscard]] static bool isSortable(Column column);
    /// The choices of the State menu, with their words.
    [[nodiscard]] static QString stateFilterText(StateFilter filter);
    [[nodiscard]] Column sortColumn() const { return m_sortColumn; }
    [[nodiscard]] Qt::SortOrder sortOrder() const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

protected:
    void requestIds() override;
    [[nodiscard]] bool affectsOrder(const LibraryDelta &delta) const override;
    [[nodiscard]] int lastColumn() const override { return Cost; }

private:
    [[nodiscard]] QVariant cell(const domain::Document &document, Column column, int role) const;
    [[nodiscard]] QString displayText(const domain::Document &document, Column column) const;
    [[nodiscard]] QVariant sortValue(const domain::Document &document, Column column) const;
    [[nodiscard]] QString toolTip(const domain::Document &document, Column column) const;
    [[nodiscard]] QString accessibleText(const domain::Document &document, Column column) const;

    store::Library::DocumentQuery m_query;
    StateFilter m_stateFilter = StateFilter::All;
    Column m_sortColumn = Added;
};

} // namespace lectern::presentation
