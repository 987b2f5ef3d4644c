// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCollator>
#include <QSortFilterProxyModel>

namespace lectern::presentation {

/// Sorts the groups of a CostTableModel by the values behind what is shown; their sum and what is below it
/// stay at the end either way. GUI thread.
class CostSortModel final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit CostSortModel(QObject *parent = nullptr);

protected:
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    QCollator m_collator;
};

} // namespace lectern::presentation
