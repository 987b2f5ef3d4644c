// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lectern::ui {

/// Teaches QAccessible the painted widgets of this module: one child per cell of a page strip, a value for a
/// bar. Called by their constructors; once is enough, more does no harm.
void installAccessibility();

} // namespace lectern::ui
