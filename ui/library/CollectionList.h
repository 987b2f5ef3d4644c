// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/DocumentListModel.h"

#include <QListWidget>

namespace lectern::ui {

/// The left side of the Library: All, Failed, Needs password, Trash, each with its count. objectName
/// "collectionList".
class CollectionList final : public QListWidget {
    Q_OBJECT

public:
    using StateFilter = presentation::DocumentListModel::StateFilter;

    explicit CollectionList(QWidget *parent = nullptr);
    void setTotals(const domain::Totals &totals);
    /// The entry that stands for a filter; filters without an entry of their own belong to All. No signal.
    void setCurrent(StateFilter filter);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void chosen(lectern::presentation::DocumentListModel::StateFilter filter);

private:
    class Delegate;
    void addCollection(StateFilter filter, const QString &text, const QString &icon);
    void setCount(int row, int count);
};

} // namespace lectern::ui
