// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace lectern::ui {

/// What the program is, its version and licence, and where the library lies. objectName "aboutDialog".
class AboutDialog final : public QDialog {
    Q_OBJECT

public:
    AboutDialog(const QString &workspaceFolder, QWidget *parent = nullptr);
};

} // namespace lectern::ui
