// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/OutlineItem.h"
#include "presentation/Roles.h"

#include <QAbstractItemModel>
#include <QVector>

#include <functional>

namespace lectern::presentation {

/// The outline of the open document as a tree: titles, and the pages they lead to. GUI thread.
class OutlineModel final : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { Title, Page };
    static constexpr int kColumnCount = Page + 1;
    /// Beside PageRole, which is 0 for an item that leads nowhere.
    enum Role {
        TopRole = Qt::UserRole + 100, ///< points below the page's top
        OpenRole,                     ///< its children are shown at first
    };

    explicit OutlineModel(QObject *parent = nullptr);
    void setItems(const QVector<domain::OutlineItem> &items);
    [[nodiscard]] bool isEmpty() const { return m_items.isEmpty(); }
    /// How a page is named: "17 (xv)".
    void setPageNames(std::function<QString(int page)> names) { m_names = std::move(names); }
    /// The last item that begins on the page or before it; invalid for none.
    [[nodiscard]] QModelIndex itemOfPage(int page) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Node {
        domain::OutlineItem item;
        int parent = -1;
        int row = 0;
        QVector<int> children;
    };
    [[nodiscard]] QModelIndex indexOf(int node) const;

    QVector<Node> m_items; ///< in reading order
    QVector<int> m_roots;
    std::function<QString(int)> m_names;
};

} // namespace lectern::presentation
