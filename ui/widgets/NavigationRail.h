// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <QWidget>

class QAction;
class QActionGroup;
class QVBoxLayout;

namespace lectern::ui {

/// The window's left edge: one button a view, icon above words, exactly one checked. Up and Down move, Tab
/// leaves. The tool tip names the action's shortcut. A badge counts what failed. The actions stay their
/// owner's.
class NavigationRail final : public QWidget {
    Q_OBJECT

public:
    explicit NavigationRail(QWidget *parent = nullptr);
    /// Shows the action (text, icon, shortcut, checked state). It is made checkable and exclusive with the
    /// others.
    void addView(QAction &action);
    /// Shows the action at the bottom, not checkable: Settings, Help.
    void addTool(QAction &action);
    /// The number upon an action's icon; 0 hides it.
    void setBadge(const QAction &action, int count);
    [[nodiscard]] int badge(const QAction &action) const;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class Button;
    Button *addButton(QAction &action);
    [[nodiscard]] Button *buttonOf(const QAction &action) const;
    void moveFocus(const QObject *from, int step);

    QActionGroup *m_group;
    QVBoxLayout *m_layout;
    QVector<Button *> m_views;
    QVector<Button *> m_tools;
};

} // namespace lectern::ui
