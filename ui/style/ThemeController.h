// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Theme.h"

#include <QObject>
#include <QPalette>
#include <QVector>

#include <functional>

class QApplication;

namespace lectern::ui {

/// Puts the chosen palette on the application and, while following the system, notices when the desktop
/// changes between light and dark. Keeps it still where less motion is wanted. GUI thread. Owned by the
/// program's main function, passed on by reference.
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
    /// Nothing moves by itself: menus, lists and tips appear at once, and the text cursor does not blink.
    /// Without it, things move as the platform wants them to, as far as Qt knows: not at all where it says
    /// so.
    void setReduceMotion(bool reduce);
    [[nodiscard]] bool reducesMotion() const { return m_reduceMotion; }
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
    bool m_reduceMotion = false;
    QVector<Qt::UIEffect> m_effects; ///< those the platform had switched on
    int m_flashMs;                   ///< the platform's, of the text cursor
};

} // namespace lectern::ui
