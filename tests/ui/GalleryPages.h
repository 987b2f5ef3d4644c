// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>

namespace lectern::ui::gallery {

[[nodiscard]] std::unique_ptr<QWidget> makeControls();
[[nodiscard]] std::unique_ptr<QWidget> makeWelcome();
[[nodiscard]] std::unique_ptr<QWidget> makeReader();
[[nodiscard]] std::unique_ptr<QWidget> makeIcons();
[[nodiscard]] std::unique_ptr<QWidget> makeMenus();
[[nodiscard]] std::unique_ptr<QWidget> makeEmpty();

} // namespace lectern::ui::gallery
