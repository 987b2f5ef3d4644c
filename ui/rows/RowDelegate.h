// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QStyledItemDelegate>

namespace lectern::ui {

/// Paints the rows of the lists: names with their icon, states as icon and word, progress as the bar with two
/// fills. A row that says a sentence leaves its state and progress cells empty: RowView writes the sentence
/// over both.
class RowDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    enum class Kind {
        Text,     ///< as the model gives it
        Quiet,    ///< secondary: times, sizes
        Name,     ///< with the icon of a document or a page
        State,    ///< icon and word in the state's colour and the normal one
        Progress, ///< the bar
    };

    explicit RowDelegate(QObject *parent = nullptr);
    /// Columns not named are Text.
    void setKind(int column, Kind kind);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintText(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                   Kind kind) const;
    static void paintProgress(QPainter &painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index);

    [[nodiscard]] bool isSpanned(const QModelIndex &index, Kind kind) const;

    QHash<int, Kind> m_kinds;
    int m_state = -1; ///< the column of the state
};

} // namespace lectern::ui
