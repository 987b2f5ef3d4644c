// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Money.h"

#include <QSortFilterProxyModel>
#include <QStringList>

#include <optional>

namespace lectern::presentation {

/// Which rows of a ModelListModel are shown, and in which order. Until a column is chosen: the built-in
/// analyser, favourites, the last used, endpoints with something to say, then all by name. Rows of endpoints
/// are never filtered away, so that a list that is still loading never looks empty. GUI thread.
class ModelFilter final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit ModelFilter(QObject *parent = nullptr);
    /// Each word has to be in the model's name, provider or id.
    void setWords(const QString &words);
    void setVisionOnly(bool only);
    void setLocalOnly(bool only);
    /// For a token of input. Models whose price nobody knows are left out while a limit is set.
    void setHighestPrice(std::optional<domain::Money> price);
    [[nodiscard]] bool isFiltering() const;
    /// Back to the order of the first view.
    void sortByGroups();
    [[nodiscard]] bool isSortedByGroups() const { return m_groups; }
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    /// Models shown, without the rows of endpoints.
    [[nodiscard]] int modelCount() const;

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    QStringList m_words;
    bool m_vision = false;
    bool m_local = false;
    std::optional<domain::Money> m_price;
    bool m_groups = true;
};

} // namespace lectern::presentation
