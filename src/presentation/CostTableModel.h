// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/CostSummary.h"
#include "presentation/Roles.h"

#include <QAbstractTableModel>

namespace lectern::presentation {

/// The table of the Costs view: the groups, their sum, which is the ledger's to the last picodollar, and
/// below it how much of that sum were failed requests, second tries and unknown outcomes. Views show it
/// through a CostSortModel. GUI thread.
class CostTableModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Pages, Requests, Input, Cached, Output, Spent, PerPage };
    static constexpr int kColumnCount = PerPage + 1;
    /// In the order in which they stand, however the groups are sorted.
    enum class Kind { Group, Rest, Total, Failed, Again, Unknown };
    enum CostRole {
        KindRole = Qt::UserRole + 300, ///< int: Kind
        KeyRole,                       ///< QString: CostRow::key
    };

    explicit CostTableModel(QObject *parent = nullptr);
    void setSummary(const CostSummary &summary);
    /// The sum of all rows.
    [[nodiscard]] const CostRow &total() const { return m_total; }
    /// The names of the columns between tabs, to stand above what CopyRole gives.
    [[nodiscard]] QString copyHeader() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    struct Line {
        Kind kind = Kind::Group;
        CostRow row;
    };
    [[nodiscard]] static QString name(const Line &line);
    [[nodiscard]] static QString text(const Line &line, Column column);
    [[nodiscard]] QVariant sortValue(const Line &line, Column column) const;
    [[nodiscard]] static QString copyText(const Line &line, Column column);
    [[nodiscard]] static QString spoken(const Line &line);

    CostGrouping m_grouping = CostGrouping::Model;
    QVector<Line> m_lines;
    CostRow m_total;
};

} // namespace lectern::presentation
