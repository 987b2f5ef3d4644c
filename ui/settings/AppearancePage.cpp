// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/AppearancePage.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace lectern::ui {

using ThemeChoice = presentation::Settings::Theme;

AppearancePage::AppearancePage(QWidget *parent)
    : SettingsPage(tr("Appearance"), {}, parent), m_themes(new QButtonGroup(this)),
      m_motion(new QCheckBox(tr("Reduce motion"), content()))
{
    setObjectName(QStringLiteral("appearancePage"));
    setResettable(true);
    addHeading(tr("Theme"));
    const std::pair<ThemeChoice, std::pair<QString, QString>> themes[] = {
        {ThemeChoice::System, {tr("Follow the system"), QStringLiteral("themeSystem")}},
        {ThemeChoice::Light, {tr("Light"), QStringLiteral("themeLight")}},
        {ThemeChoice::Dark, {tr("Dark"), QStringLiteral("themeDark")}}};
    for (const auto &[theme, words] : themes) {
        auto *button = new QRadioButton(words.first, content());
        button->setObjectName(words.second);
        m_themes->addButton(button, static_cast<int>(theme));
        body().addWidget(button);
    }
    addHeading(tr("Motion"),
               tr("Menus, lists and tips appear at once, and the text cursor does not blink. Without "
                  "this, Lectern does as the system wants it."));
    m_motion->setObjectName(QStringLiteral("reduceMotionBox"));
    body().addWidget(m_motion);
    body().addStretch(1);
    setAppearance(ThemeChoice::System, false);
    connect(m_themes, &QButtonGroup::idToggled, this, [this](int theme, bool checked) {
        if (checked)
            Q_EMIT themeChosen(static_cast<ThemeChoice>(theme));
    });
    connect(m_motion, &QCheckBox::toggled, this, &AppearancePage::reduceMotionChosen);
    connect(this, &SettingsPage::resetRequested, this, [this] {
        m_themes->button(static_cast<int>(ThemeChoice::System))->setChecked(true);
        m_motion->setChecked(false);
    });
}

void AppearancePage::setAppearance(ThemeChoice theme, bool reduceMotion)
{
    const QSignalBlocker quietGroup(m_themes);
    const QSignalBlocker quietBox(m_motion);
    m_themes->button(static_cast<int>(theme))->setChecked(true);
    m_motion->setChecked(reduceMotion);
}

} // namespace lectern::ui
