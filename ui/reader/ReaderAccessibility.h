// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lectern::ui {

/// Teaches QAccessible the view of pages: a document with one child for each page in view, with its name, its
/// text and its place. Called by its constructor; once is enough, more does no harm.
void installReaderAccessibility();

} // namespace lectern::ui
