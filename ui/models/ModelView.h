// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPersistentModelIndex>
#include <QTreeView>

namespace lectern::ui {

/// The list of the model picker: a star before each name, badges, and a second line where a model can't be
/// chosen or has a warning, or an endpoint has something to say. GUI thread.
class ModelView final : public QTreeView {
    Q_OBJECT

public:
    explicit ModelView(QWidget *parent = nullptr);
    /// Where the star of a row stands in the viewport; empty for rows without one.
    [[nodiscard]] QRect starRect(const QModelIndex &index) const;
    /// Where the link of a failed endpoint stands; empty for other rows.
    [[nodiscard]] QRect linkRect(const QModelIndex &index) const;
    /// Makes a row the current one, unfit ones too, so that the keyboard reaches their reason.
    void setCurrentRow(int row);
    /// Widths of the columns, once there is a model.
    void setUpColumns();
    /// Whether the models answer: otherwise nothing is shown of what answers and runs cost.
    void setAnswers(bool answers);

Q_SIGNALS:
    void starClicked(const QModelIndex &index);
    void linkClicked(const QModelIndex &index);
    void rowClicked(const QModelIndex &index);

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                 const QModelIndex &index) const override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitColumns();

    QPersistentModelIndex m_pressed;
    bool m_answers = true;
};

} // namespace lectern::ui
