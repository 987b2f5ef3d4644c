// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/CostSortModel.h"

#include "presentation/CostTableModel.h"

namespace lectern::presentation {

CostSortModel::CostSortModel(QObject *parent) : QSortFilterProxyModel(parent)
{
    setSortRole(SortRole);
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
}

bool CostSortModel::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const int leftKind = left.data(CostTableModel::KindRole).toInt();
    const int rightKind = right.data(CostTableModel::KindRole).toInt();
    if (leftKind != rightKind)
        return (leftKind < rightKind) == (sortOrder() == Qt::AscendingOrder);
    const QVariant first = left.data(sortRole());
    const QVariant second = right.data(sortRole());
    if (first.typeId() == QMetaType::QString)
        return m_collator.compare(first.toString(), second.toString()) < 0;
    return QVariant::compare(first, second) == QPartialOrdering::Less;
}

} // namespace lectern::presentation
