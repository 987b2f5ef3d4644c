// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/Desktop.h"

#include <memory>

class QSystemTrayIcon;

namespace lectern::ui {

/// The desktop the program runs on. GUI thread.
class SystemDesktop final : public Desktop {
public:
    SystemDesktop();
    ~SystemDesktop() override;

    [[nodiscard]] QStringList chooseFiles(QWidget &parent, const QString &folder) override;
    [[nodiscard]] QString chooseFolder(QWidget &parent, const QString &folder) override;
    [[nodiscard]] QString chooseNewFile(QWidget &parent, const QString &title, const QString &name) override;
    bool openFile(const QString &path) override;
    void showInFolder(const QString &path) override;
    void copy(const QString &text) override;
    [[nodiscard]] bool confirm(QWidget &parent, const QString &question, const QString &text,
                               const QString &action) override;
    [[nodiscard]] bool confirmAddress(QWidget &parent, const QString &address) override;
    bool openAddress(const QUrl &address) override;
    void notify(const QString &title, const QString &text) override;

private:
    std::unique_ptr<QSystemTrayIcon> m_tray; ///< only while a notification needs it: no function lives there
};

} // namespace lectern::ui
