// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/EndpointView.h"
#include "presentation/ModelChoice.h"
#include "presentation/Roles.h"

#include <QAbstractTableModel>
#include <QDate>
#include <QHash>
#include <QVector>

#include <limits>

namespace lectern::presentation {

/// The rows of the model picker: every model, and one row for each endpoint whose list is still loading or
/// could not be read. Unfit models stay, disabled. GUI thread.
class ModelListModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Provider, Input, Output, Context, Badges, Estimate };
    static constexpr int kColumnCount = Estimate + 1;
    static constexpr int kRecent = 5;
    /// What SortRole says of a price or an estimate that nobody knows: last, whichever way is sorted.
    static constexpr qint64 kUnknownPrice = std::numeric_limits<qint64>::max();
    /// What a row is, in the order of the list.
    enum class Group { BuiltIn, Favourite, Recent, Endpoint, Rest };
    /// Beside the roles of Roles.h: SortRole, ToneRole, IconNameRole and ActionTextRole are used too.
    enum ModelRole {
        ModelIdRole = Qt::UserRole + 200, ///< QString; empty for the row of an endpoint
        EndpointIdRole,                   ///< QString: the endpoint of a row that is one
        GroupRole,                        ///< int: Group
        RecentRole,                       ///< int: place among the last used, 0 the latest
        FavouriteRole,                    ///< bool
        NoteRole,    ///< QString: why it can't be chosen, or a warning; the second line of the row
        UnfitRole,   ///< bool: the note is an obstacle
        BadgesRole,  ///< QStringList
        VisionRole,  ///< bool
        LocalRole,   ///< bool
        PriceRole,   ///< qint64: picodollars for a token of input; -1 unknown
        SearchRole,  ///< QString: what words are looked for in
        CurrentRole, ///< bool: the model in use
    };

    explicit ModelListModel(QObject *parent = nullptr);

    /// Keeps the rows where they are when only their values changed.
    void setChoices(const QVector<ModelChoice> &choices);
    void setEndpoints(const QVector<EndpointView> &endpoints);
    /// What "retiring" is judged by.
    void setToday(const QDate &today);
    void setCurrent(const QString &id);
    [[nodiscard]] const QVector<ModelChoice> &choices() const { return m_choices; }
    [[nodiscard]] const ModelChoice *find(const QString &id) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    [[nodiscard]] QVariant choiceCell(const ModelChoice &choice, Column column, int role) const;
    [[nodiscard]] static QVariant endpointCell(const EndpointView &view, Column column, int role);
    [[nodiscard]] QVariant sortValue(const ModelChoice &choice, Column column) const;
    [[nodiscard]] Group groupOf(const ModelChoice &choice) const;
    void findRecent();

    QVector<ModelChoice> m_choices;
    QVector<EndpointView> m_endpoints; ///< only those that get a row
    QHash<QString, int> m_recent;      ///< place among the last used, 0 the latest
    QDate m_today;
    QString m_current;
};

} // namespace lectern::presentation
