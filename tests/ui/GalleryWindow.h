// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>

namespace lectern::ui::gallery {

/// A window with everything in its usual place, and invented content.
[[nodiscard]] std::unique_ptr<QWidget> makeWindow();

} // namespace lectern::ui::gallery
