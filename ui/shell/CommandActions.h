// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/CommandTable.h"

#include <QHash>
#include <QObject>

class QAction;
class QMenu;
class QMenuBar;
class QWidget;

namespace lectern::ui {

/// The command table as actions of the window: menus, shortcuts and tool tips are all made of it, and every
/// action is on or off by the one state. GUI thread.
class CommandActions final : public QObject {
    Q_OBJECT

public:
    explicit CommandActions(QWidget &window);
    [[nodiscard]] const presentation::CommandTable &table() const { return m_table; }
    [[nodiscard]] QAction &action(const QString &id) const;
    [[nodiscard]] const presentation::CommandState &state() const { return m_state; }
    void setState(const presentation::CommandState &state);
    /// The menus of the whole table, in its order.
    void fillMenuBar(QMenuBar &bar) const;
    /// A context menu: what can't be used now is left out, an empty id stands for a line.
    void fillMenu(QMenu &menu, const QVector<QString> &ids) const;
    /// As a press on the action: nothing happens while it is off.
    void trigger(const QString &id) const;

Q_SIGNALS:
    void triggered(const QString &id);

private:
    void makeAction(const presentation::Command &command, QWidget &window);
    static void addTo(QMenu &menu, QAction &action, const presentation::Command &command);

    presentation::CommandTable m_table;
    presentation::CommandState m_state;
    QHash<QString, QAction *> m_actions;
};

} // namespace lectern::ui
