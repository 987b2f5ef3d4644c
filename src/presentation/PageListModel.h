// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Document.h"
#include "presentation/LibraryFeed.h"
#include "presentation/Roles.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QVector>

namespace lectern::presentation {

/// The pages of one document: the state of each page at once (for the page strip), the rest of a row when
/// somebody looks at it. Follows the document while it is indexed. GUI thread.
class PageListModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Number, State, Characters, Quality, Problem };
    static constexpr int kColumnCount = Problem + 1;
    static constexpr int kBlock = 100;

    explicit PageListModel(LibraryFeed &feed, QObject *parent = nullptr);

    /// An invalid id empties the model.
    void setDocument(domain::DocumentId id);
    [[nodiscard]] domain::DocumentId document() const { return m_document; }
    /// State of each page, index 0 = page 1.
    [[nodiscard]] const QVector<domain::PageState> &states() const { return m_states; }
    [[nodiscard]] int pageCount() const { return static_cast<int>(m_states.size()); }
    [[nodiscard]] int failedCount() const { return m_failed; }
    /// One more line for the tool tip of a page that failed: why; empty for other pages and until it is read.
    [[nodiscard]] QString note(int page) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    /// states() is new: pages came, or moved on.
    void statesChanged();

private:
    void refresh();
    void takeStates(const QByteArray &states);
    void takePages(const QVector<domain::Page> &pages);
    void requestBlock(int row) const;
    [[nodiscard]] QVariant cell(int page, Column column, int role) const;

    LibraryFeed &m_feed;
    domain::DocumentId m_document;
    QVector<domain::PageState> m_states;
    int m_failed = 0;
    mutable QHash<int, domain::Page> m_pages;
    mutable QVector<int> m_asked; ///< blocks asked for
    bool m_refreshing = false;
    bool m_refreshAgain = false;
    quint64 m_generation = 0;
};

} // namespace lectern::presentation
