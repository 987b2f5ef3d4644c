// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/ButtonKind.h"

#include <QVariant>
#include <QWidget>

namespace lectern::ui {

namespace {

constexpr char kProperty[] = "lecternButtonKind";

} // namespace

void setButtonKind(QWidget &button, ButtonKind kind)
{
    button.setProperty(kProperty, static_cast<int>(kind));
    button.updateGeometry();
    button.update();
}

ButtonKind buttonKind(const QWidget *button)
{
    return button ? static_cast<ButtonKind>(button->property(kProperty).toInt()) : ButtonKind::Normal;
}

} // namespace lectern::ui
