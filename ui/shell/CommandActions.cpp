// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/CommandActions.h"

#include "ui/rows/RowLook.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>
#include <QSignalBlocker>
#include <QWidget>

namespace lectern::ui {

using presentation::Command;
using presentation::CommandTable;

CommandActions::CommandActions(QWidget &window) : QObject(&window)
{
    for (const Command &command : m_table.commands())
        makeAction(command, window);
    setState({});
}

void CommandActions::makeAction(const Command &command, QWidget &window)
{
    auto *action = new QAction(command.text, this);
    action->setObjectName(command.id);
    action->setShortcuts(QList<QKeySequence>(command.keys.cbegin(), command.keys.cend()));
    action->setCheckable(static_cast<bool>(command.isChecked));
    if (const auto glyph = glyphNamed(command.iconName))
        action->setIcon(IconSet::icon(*glyph));
    // "Quit" must not be moved or renamed by a platform's own rules twice; the table says where it stands.
    action->setMenuRole(QAction::NoRole);
    connect(action, &QAction::triggered, this, [this, id = command.id] { Q_EMIT triggered(id); });
    window.addAction(action);
    m_actions.insert(command.id, action);
}

QAction &CommandActions::action(const QString &id) const
{
    QAction *action = m_actions.value(id);
    Q_ASSERT(action);
    return *action;
}

void CommandActions::setState(const presentation::CommandState &state)
{
    m_state = state;
    for (const Command &command : m_table.commands()) {
        QAction &row = action(command.id);
        const QString obstacle = command.obstacle ? command.obstacle(state) : QString();
        row.setEnabled(obstacle.isEmpty());
        row.setToolTip(obstacle.isEmpty() ? command.toolTip : obstacle);
        if (command.isChecked) {
            const QSignalBlocker quiet(row);
            row.setChecked(command.isChecked(state));
        }
    }
}

void CommandActions::trigger(const QString &id) const
{
    if (QAction *known = m_actions.value(id))
        known->trigger();
}

void CommandActions::addTo(QMenu &menu, QAction &action, const Command &command)
{
    if (command.submenu.isEmpty()) {
        menu.addAction(&action);
        return;
    }
    QMenu *submenu = menu.findChild<QMenu *>(command.submenu, Qt::FindDirectChildrenOnly);
    if (!submenu) {
        submenu = menu.addMenu(command.submenu);
        submenu->setObjectName(command.submenu);
    }
    submenu->addAction(&action);
}

void CommandActions::fillMenuBar(QMenuBar &bar) const
{
    for (const presentation::Menu part : CommandTable::menus()) {
        QMenu *menu = bar.addMenu(CommandTable::menuText(part));
        menu->setToolTipsVisible(true);
        QString group;
        for (const Command &command : m_table.commands()) {
            if (command.menu != part)
                continue;
            if (!group.isEmpty() && group != command.group)
                menu->addSeparator();
            group = command.group;
            addTo(*menu, action(command.id), command);
        }
    }
}

void CommandActions::fillMenu(QMenu &menu, const QVector<QString> &ids) const
{
    for (const QString &id : ids) {
        if (id.isEmpty()) {
            menu.addSeparator();
            continue;
        }
        const Command *command = m_table.find(id);
        if (command && action(id).isEnabled())
            addTo(menu, action(id), *command);
    }
}

} // namespace lectern::ui
