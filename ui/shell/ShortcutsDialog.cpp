// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/ShortcutsDialog.h"

#include "ui/style/Metrics.h"
#include "ui/widgets/FilterField.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace lectern::ui {

using presentation::Command;
using presentation::CommandTable;

ShortcutsDialog::ShortcutsDialog(const CommandTable &table, QWidget *parent)
    : QDialog(parent), m_list(new QTreeWidget(this))
{
    setObjectName(QStringLiteral("shortcutsDialog"));
    setWindowTitle(tr("Keyboard shortcuts"));
    resize(560, 620);
    auto *filter = new FilterField(tr("Find a command or a key"), this);
    filter->setAccessibleName(tr("Find a command or a key"));
    m_list->setAccessibleName(tr("Commands and their keys"));
    m_list->setColumnCount(2);
    m_list->setHeaderLabels({tr("Command"), tr("Keys")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setIndentation(metrics::kDialogMargin);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(false);
    fill(table);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kDialogMargin, metrics::kDialogMargin, metrics::kDialogMargin,
                               metrics::kDialogMargin);
    layout->setSpacing(metrics::kGap);
    layout->addWidget(filter);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    connect(filter, &QLineEdit::textChanged, this, &ShortcutsDialog::applyFilter);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    filter->setFocus();
}

void ShortcutsDialog::fill(const CommandTable &table)
{
    for (const presentation::Menu menu : CommandTable::menus()) {
        auto *group = new QTreeWidgetItem(m_list, {CommandTable::menuText(menu).remove(QLatin1Char('&'))});
        group->setFlags(Qt::ItemIsEnabled);
        group->setFont(0, metrics::headingFont(font()));
        for (const Command &command : table.commands()) {
            if (command.menu != menu)
                continue;
            QStringList keys;
            for (const QKeySequence &key : command.keys)
                keys.append(key.toString(QKeySequence::NativeText));
            auto *row =
                new QTreeWidgetItem(group, {command.plainText(), keys.join(tr(" or ", "between two keys"))});
            row->setToolTip(0, command.toolTip);
            row->setToolTip(1, command.toolTip);
        }
        group->setExpanded(true);
    }
}

void ShortcutsDialog::applyFilter(const QString &words)
{
    const QString wanted = words.trimmed();
    for (int g = 0; g < m_list->topLevelItemCount(); ++g) {
        QTreeWidgetItem *group = m_list->topLevelItem(g);
        bool any = false;
        for (int r = 0; r < group->childCount(); ++r) {
            QTreeWidgetItem *row = group->child(r);
            const bool fits = wanted.isEmpty() || row->text(0).contains(wanted, Qt::CaseInsensitive) ||
                              row->text(1).contains(wanted, Qt::CaseInsensitive);
            row->setHidden(!fits);
            any = any || fits;
        }
        group->setHidden(!any);
    }
}

} // namespace lectern::ui
