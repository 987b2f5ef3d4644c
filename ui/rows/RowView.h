// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPersistentModelIndex>
#include <QSet>
#include <QStringList>
#include <QTreeView>
#include <QVector>

#include <functional>

class QMenu;

namespace lectern::ui {

class RowDelegate;

/// A list of documents or jobs: 28 px rows, several selected at once, columns that can be moved and hidden
/// from the header's menu, and sentences with a link across the state and progress cells. GUI thread.
class RowView final : public QTreeView {
    Q_OBJECT

public:
    explicit RowView(QWidget *parent = nullptr);
    [[nodiscard]] RowDelegate &rows() { return *m_delegate; }
    /// The columns a sentence is written across; they join only while they stand side by side.
    void setSentenceColumns(int state, int progress);
    /// Which columns the header's menu may hide; the others always show.
    void setHideable(std::function<bool(int column)> hideable);
    /// What a drag out of the list carries: the files of these rows.
    void setFilesProvider(std::function<QStringList(const QModelIndexList &rows)> provider);
    /// Where the link of a row's sentence stands in the viewport; empty when it has none.
    [[nodiscard]] QRect linkRect(const QModelIndex &index) const;
    /// Adds an entry for each hideable column.
    void fillColumnMenu(QMenu &menu);
    /// `column` takes the room the others leave, at least `minimum`; where there is too little, the columns
    /// of `yielding` step aside one after the other and come back with the room.
    void setFlexibleColumn(int column, int minimum, const QVector<int> &yielding);
    /// Columns a person hid or showed; those that only stepped aside count as shown.
    void setColumnShown(int column, bool shown);
    /// Order, widths and choice of the columns, for the settings.
    [[nodiscard]] QByteArray saveColumns();
    /// False when the bytes are not of this list; nothing changes then.
    bool restoreColumns(const QByteArray &columns);

Q_SIGNALS:
    /// The link in a row's sentence was clicked.
    void linkActivated(const QModelIndex &index, const QString &command);
    /// A context menu is wanted for the selected rows.
    void menuRequested(const QPoint &globalPosition);
    /// Return or a double click.
    void opened(const QModelIndex &index);
    /// The copy key: these lines are meant for the clipboard.
    void copyRequested(const QString &text);

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                 const QModelIndex &index) const override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void startDrag(Qt::DropActions actions) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Sentence {
        QRect icon;
        QRect text;
        QRect link;
    };
    [[nodiscard]] QRect spanRect(const QModelIndex &index) const;
    [[nodiscard]] Sentence layoutSentence(const QRect &span, const QString &text,
                                          const QString &action) const;
    [[nodiscard]] QModelIndex linkAt(const QPoint &position) const;
    void fitColumns();

    RowDelegate *m_delegate;
    std::function<bool(int)> m_hideable;
    std::function<QStringList(const QModelIndexList &)> m_files;
    int m_firstColumn = -1;
    int m_secondColumn = -1;
    int m_flexible = -1;
    int m_flexibleMinimum = 0;
    QVector<int> m_yielding;
    QSet<int> m_aside; ///< columns hidden for want of room only
    bool m_fitting = false;
    QPersistentModelIndex m_hoveredLink;
    QPersistentModelIndex m_pressedLink;
};

} // namespace lectern::ui
