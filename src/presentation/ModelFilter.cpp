// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/ModelFilter.h"

#include "presentation/ModelListModel.h"

namespace lectern::presentation {

namespace {

int compare(const QVariant &left, const QVariant &right)
{
    if (left.userType() == QMetaType::QString && right.userType() == QMetaType::QString)
        return QString::localeAwareCompare(left.toString().toLower(), right.toString().toLower());
    const qint64 one = left.toLongLong();
    const qint64 other = right.toLongLong();
    return one < other ? -1 : one > other ? 1 : 0;
}

} // namespace

ModelFilter::ModelFilter(QObject *parent) : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(true);
    sortByGroups();
}

void ModelFilter::setWords(const QString &words)
{
    m_words = words.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

void ModelFilter::setVisionOnly(bool only)
{
    m_vision = only;
    invalidateFilter();
}

void ModelFilter::setLocalOnly(bool only)
{
    m_local = only;
    invalidateFilter();
}

void ModelFilter::setHighestPrice(std::optional<domain::Money> price)
{
    m_price = price;
    invalidateFilter();
}

bool ModelFilter::isFiltering() const
{
    return !m_words.isEmpty() || m_vision || m_local || m_price;
}

void ModelFilter::sortByGroups()
{
    m_groups = true;
    QSortFilterProxyModel::sort(ModelListModel::Name, Qt::AscendingOrder);
    invalidate();
}

void ModelFilter::sort(int column, Qt::SortOrder order)
{
    if (column < 0) {
        sortByGroups();
        return;
    }
    m_groups = false;
    QSortFilterProxyModel::sort(column, order);
    invalidate();
}

int ModelFilter::modelCount() const
{
    int count = 0;
    for (int row = 0; row < rowCount(); ++row) {
        if (!index(row, 0).data(ModelListModel::ModelIdRole).toString().isEmpty())
            ++count;
    }
    return count;
}

bool ModelFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (!index.data(ModelListModel::EndpointIdRole).toString().isEmpty())
        return true;
    const QString text = index.data(ModelListModel::SearchRole).toString();
    for (const QString &word : m_words) {
        if (!text.contains(word, Qt::CaseInsensitive))
            return false;
    }
    if (m_vision && !index.data(ModelListModel::VisionRole).toBool())
        return false;
    if (m_local && !index.data(ModelListModel::LocalRole).toBool())
        return false;
    if (!m_price)
        return true;
    const qint64 price = index.data(ModelListModel::PriceRole).toLongLong();
    return price >= 0 && price <= m_price->picodollars;
}

bool ModelFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const auto group = [](const QModelIndex &index) { return index.data(ModelListModel::GroupRole).toInt(); };
    constexpr int kEndpoint = static_cast<int>(ModelListModel::Group::Endpoint);
    const bool ascending = sortOrder() == Qt::AscendingOrder;
    if (m_groups) {
        if (group(left) != group(right))
            return group(left) < group(right);
        const int one = left.data(ModelListModel::RecentRole).toInt();
        const int other = right.data(ModelListModel::RecentRole).toInt();
        if (one != other)
            return one < other;
    } else if ((group(left) == kEndpoint) != (group(right) == kEndpoint)) {
        // What is still to come stays at the end, whichever way the rest is sorted.
        return (group(right) == kEndpoint) == ascending;
    }
    const QVariant one = left.data(SortRole);
    const QVariant other = right.data(SortRole);
    const auto isUnknown = [](const QVariant &value) { return value == ModelListModel::kUnknownPrice; };
    if (isUnknown(one) != isUnknown(other))
        return isUnknown(other) == ascending;
    const int order = compare(one, other);
    if (order != 0)
        return order < 0;
    return QString::localeAwareCompare(left.siblingAtColumn(0).data().toString(),
                                       right.siblingAtColumn(0).data().toString()) < 0;
}

} // namespace lectern::presentation
