// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace lectern::ui {

/// How much a button asks for attention. LecternStyle reads it from a dynamic property.
enum class ButtonKind {
    Normal,      ///< quiet fill
    Primary,     ///< accent fill: at most one in sight
    Destructive, ///< words in the failed colour
    Flat,        ///< no fill until the pointer is on it
    Link,        ///< accent words, no padding
};

void setButtonKind(QWidget &button, ButtonKind kind);
[[nodiscard]] ButtonKind buttonKind(const QWidget *button);

} // namespace lectern::ui
