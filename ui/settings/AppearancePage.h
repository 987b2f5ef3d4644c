// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/Settings.h"
#include "ui/settings/SettingsPage.h"

class QButtonGroup;
class QCheckBox;

namespace lectern::ui {

/// "Appearance": light or dark, and motion.
class AppearancePage final : public SettingsPage {
    Q_OBJECT

public:
    explicit AppearancePage(QWidget *parent = nullptr);
    void setAppearance(presentation::Settings::Theme theme, bool reduceMotion);

Q_SIGNALS:
    void themeChosen(lectern::presentation::Settings::Theme theme);
    void reduceMotionChosen(bool reduce);

private:
    QButtonGroup *m_themes;
    QCheckBox *m_motion;
};

} // namespace lectern::ui
