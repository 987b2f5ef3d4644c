// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

class QFontMetrics;

namespace lectern::ui::metrics {

// Device-independent pixels on the 4 px grid.
inline constexpr int kInner = 4;         ///< inside a group
inline constexpr int kGap = 8;           ///< between things
inline constexpr int kPaneMargin = 12;   ///< around panes
inline constexpr int kDialogMargin = 16; ///< around dialogs
inline constexpr int kRadius = 6;        ///< controls
inline constexpr int kCardRadius = 10;   ///< cards, menus
inline constexpr int kControlHeight = 30;
inline constexpr int kRowHeight = 28;
inline constexpr int kCompactRowHeight = 24;
inline constexpr int kComfortableRowHeight = 36;
inline constexpr int kIcon = 16; ///< in controls, rows and menus
inline constexpr int kFocusRing = 2;

/// Height of a control or a row: the designed one, or more when the font is larger.
[[nodiscard]] int controlHeight(const QFontMetrics &font);
[[nodiscard]] int rowHeight(const QFontMetrics &font, int designed = kRowHeight);

/// `designed` pixels for the ordinary text size, more when the font is larger: icons grow with their words.
[[nodiscard]] int scaled(int designed, const QFontMetrics &font);

/// The three sizes of text: the system font as it is, 1.15 of it (half bold), and 0.9 of it (never under 9
/// pt).
[[nodiscard]] QFont titleFont(const QFont &system);
[[nodiscard]] QFont headingFont(const QFont &system); ///< system size, half bold
[[nodiscard]] QFont secondaryFont(const QFont &system);

} // namespace lectern::ui::metrics
