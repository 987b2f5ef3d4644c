// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/CommandTable.h"

#include <QDialog>

class QTreeWidget;

namespace lectern::ui {

/// Every command with its keys, made of the command table, with a filter. objectName "shortcutsDialog".
class ShortcutsDialog final : public QDialog {
    Q_OBJECT

public:
    explicit ShortcutsDialog(const presentation::CommandTable &table, QWidget *parent = nullptr);

private:
    void fill(const presentation::CommandTable &table);
    void applyFilter(const QString &words);

    QTreeWidget *m_list;
};

} // namespace lectern::ui
