// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Theme.h"

#include <QObject>
#include <QPalette>

#include <functional>

class QApplication;

namespace lectern::ui {

/// Puts the chosen palette on the application and, while following the system, notices when the desktop
/// changes between light and dark. GUI thread. Owned by the program's main function, passed on by reference.
class ThemeController final : public QObject {
    Q_OBJECT

public:
    enum class Choice { System, Light, Dark };
    Q_ENUM(Choice)

    /// `systemPalette` answers what the desktop wants now; the default asks Qt. Tests put in their own.
    explicit ThemeController(QApplication &application, std::function<QPalette()> systemPalette = {});
    ~ThemeController() override;

    [[nodiscard]] Choice choice() const { return m_choice; }
    /// Applies at once; does nothing when nothing changes.
    void setChoice(Choice choice);
    /// The table in use.
    [[nodiscard]] const Theme &theme() const;

Q_SIGNALS:
    /// After the application has its new palette.
    void themeChanged(const lectern::ui::Theme &theme);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply();

    QApplication &m_application;
    std::function<QPalette()> m_systemPalette;
    Choice m_choice = Choice::System;
    const Theme *m_theme = nullptr;
    bool m_applying = false;
};

} // namespace lectern::ui
