// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/ThemeController.h"

#include <QApplication>
#include <QEvent>

namespace lectern::ui {

namespace {

/// Takes our palette off, so that Qt fills in the platform's own, and reads that.
QPalette paletteOfPlatform()
{
    QApplication::setPalette(QPalette());
    return QApplication::palette();
}

constexpr Qt::UIEffect kEffects[] = {Qt::UI_AnimateMenu, Qt::UI_FadeMenu,       Qt::UI_AnimateCombo,
                                     Qt::UI_FadeTooltip, Qt::UI_AnimateTooltip, Qt::UI_AnimateToolBox,
                                     Qt::UI_General}; // the last one switches all the others off

} // namespace

ThemeController::ThemeController(QApplication &application, std::function<QPalette()> systemPalette)
    : m_application(application),
      m_systemPalette(systemPalette ? std::move(systemPalette) : paletteOfPlatform),
      m_flashMs(QApplication::cursorFlashTime())
{
    for (const Qt::UIEffect effect : kEffects) {
        if (QApplication::isEffectEnabled(effect))
            m_effects.append(effect);
    }
    // The theme change of a platform is told to windows only, so every object's events are looked at: one
    // comparison.
    m_application.installEventFilter(this);
    apply();
}

ThemeController::~ThemeController()
{
    setReduceMotion(false);
}

void ThemeController::setReduceMotion(bool reduce)
{
    if (reduce == m_reduceMotion)
        return;
    m_reduceMotion = reduce;
    for (const Qt::UIEffect effect : kEffects)
        QApplication::setEffectEnabled(effect, !reduce && m_effects.contains(effect));
    QApplication::setCursorFlashTime(reduce ? 0 : m_flashMs);
}

void ThemeController::setChoice(Choice choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
}

const Theme &ThemeController::theme() const
{
    return *m_theme;
}

bool ThemeController::eventFilter(QObject *watched, QEvent *event)
{
    const bool platformChanged =
        event->type() == QEvent::ThemeChange ||
        (event->type() == QEvent::ApplicationPaletteChange && watched == &m_application);
    if (platformChanged && !m_applying && m_choice == Choice::System)
        apply();
    return QObject::eventFilter(watched, event);
}

void ThemeController::apply()
{
    m_applying = true;
    const Theme *theme = nullptr;
    switch (m_choice) {
    case Choice::System:
        theme = &Theme::of(m_systemPalette());
        break;
    case Choice::Light:
        theme = &Theme::light();
        break;
    case Choice::Dark:
        theme = &Theme::darkTheme();
        break;
    }
    const bool changed = theme != m_theme;
    m_theme = theme;
    QApplication::setPalette(theme->palette());
    m_applying = false;
    if (changed)
        Q_EMIT themeChanged(*theme);
}

} // namespace lectern::ui
