// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Collection.h"
#include "presentation/DocumentListModel.h"

#include <QListWidget>
#include <QVector>

#include <optional>

namespace lectern::ui {

/// The left side of the Library: All, Failed, Needs password, what the user collected, Trash, each with its
/// count. objectName "collectionList".
class CollectionList final : public QListWidget {
    Q_OBJECT

public:
    using StateFilter = presentation::DocumentListModel::StateFilter;

    explicit CollectionList(QWidget *parent = nullptr);
    void setTotals(const domain::Totals &totals);
    void setCollections(const QVector<domain::Collection> &collections);
    /// The entry that stands for a filter or a collection; filters without an entry of their own belong to
    /// All. No signal.
    void setCurrent(StateFilter filter, std::optional<domain::CollectionId> collection);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// `collection` is invalid for the entries that are always there.
    void chosen(lectern::presentation::DocumentListModel::StateFilter filter,
                lectern::domain::CollectionId collection);
    void renameRequested(const lectern::domain::Collection &collection);
    void deleteRequested(const lectern::domain::Collection &collection);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    class Delegate;
    [[nodiscard]] QListWidgetItem *makeEntry(StateFilter filter, const QString &text,
                                             const QString &icon) const;
    void setCount(QListWidgetItem *entry, int count);
    [[nodiscard]] domain::Collection collectionAt(int row) const;

    static constexpr int kBefore = 3; ///< entries above the collections
    QVector<domain::Collection> m_collections;
};

} // namespace lectern::ui
