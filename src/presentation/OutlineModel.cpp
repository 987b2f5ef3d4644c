// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/OutlineModel.h"

namespace lectern::presentation {

OutlineModel::OutlineModel(QObject *parent) : QAbstractItemModel(parent) {}

void OutlineModel::setItems(const QVector<domain::OutlineItem> &items)
{
    beginResetModel();
    m_items.clear();
    m_roots.clear();
    m_items.reserve(items.size());
    QVector<int> path; // the last item of each level above
    for (const domain::OutlineItem &item : items) {
        const int node = static_cast<int>(m_items.size());
        path.resize(qBound(0, item.level, static_cast<int>(path.size())));
        const int parent = path.isEmpty() ? -1 : path.constLast();
        QVector<int> &siblings = parent < 0 ? m_roots : m_items[parent].children;
        const int row = static_cast<int>(siblings.size());
        siblings.append(node);
        m_items.append({item, parent, row, {}});
        path.append(node);
    }
    endResetModel();
}

QModelIndex OutlineModel::indexOf(int node) const
{
    return node < 0 ? QModelIndex() : createIndex(m_items.at(node).row, 0, static_cast<quintptr>(node));
}

QModelIndex OutlineModel::itemOfPage(int page) const
{
    int best = -1;
    for (int node = 0; node < m_items.size(); ++node) {
        const int itsPage = m_items.at(node).item.page;
        if (itsPage > 0 && itsPage <= page && (best < 0 || itsPage >= m_items.at(best).item.page))
            best = node;
    }
    return indexOf(best);
}

QModelIndex OutlineModel::index(int row, int column, const QModelIndex &parent) const
{
    const QVector<int> &siblings =
        parent.isValid() ? m_items.at(static_cast<qsizetype>(parent.internalId())).children : m_roots;
    if (row < 0 || row >= siblings.size() || column < 0 || column >= kColumnCount || parent.column() > 0)
        return {};
    return createIndex(row, column, static_cast<quintptr>(siblings.at(row)));
}

QModelIndex OutlineModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexOf(m_items.at(static_cast<qsizetype>(index.internalId())).parent)
                           : QModelIndex();
}

int OutlineModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    return static_cast<int>(parent.isValid()
                                ? m_items.at(static_cast<qsizetype>(parent.internalId())).children.size()
                                : m_roots.size());
}

int OutlineModel::columnCount(const QModelIndex &) const
{
    return kColumnCount;
}

QVariant OutlineModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const domain::OutlineItem &item = m_items.at(static_cast<qsizetype>(index.internalId())).item;
    const QString page =
        item.page > 0 ? (m_names ? m_names(item.page) : QString::number(item.page)) : QString();
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Title ? item.title : page;
    case Qt::ToolTipRole:
        return item.title;
    case Qt::AccessibleTextRole:
        return page.isEmpty() || index.column() == Page ? (index.column() == Page ? page : item.title)
                                                        : tr("%1, page %2").arg(item.title, page);
    case Qt::TextAlignmentRole:
        return index.column() == Page ? QVariant::fromValue(Qt::Alignment(Qt::AlignRight) | Qt::AlignVCenter)
                                      : QVariant();
    case PageRole:
        return item.page;
    case TopRole:
        return item.top;
    case OpenRole:
        return item.open;
    default:
        return {};
    }
}

Qt::ItemFlags OutlineModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

} // namespace lectern::presentation
