// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>
#include <QRect>
#include <QString>

class QFont;
class QPainter;

namespace lectern::ui {

/// Draws the one bar of the program: solid = pages stored, pale with a 45° hatch = pages rendered ahead,
/// words inside. For delegates and for TwoFillProgressBar. GUI thread; holds no state.
class TwoFillProgressPainter {
public:
    struct State {
        qint64 stored = 0;
        qint64 ahead = 0;    ///< rendered but not stored yet, drawn behind the solid part
        qint64 total = 0;    ///< 0: nothing is known yet, an empty track
        bool active = true;  ///< false draws in the disabled look: paused
        bool failed = false; ///< the solid part takes the failed colour
        QString text;        ///< inside the bar; empty draws none
    };

    /// Paints into `rect`, at most heightFor(font) high and centred. `rightToLeft` fills from the right.
    static void paint(QPainter &painter, const QRect &rect, const State &state, const QPalette &palette,
                      const QFont &font, bool rightToLeft = false);
    /// "41/86" in the locale's digits.
    [[nodiscard]] static QString countText(qint64 stored, qint64 total);
    [[nodiscard]] static int heightFor(const QFont &font);
    /// Where the solid and the pale part end, in pixels from the start of a bar of that width. Never more
    /// than width; a started bar shows at least 2 px, an unfinished one is never full.
    struct Extent {
        int solid = 0;
        int pale = 0; ///< end of the pale part, at least `solid`
    };
    [[nodiscard]] static Extent extent(int width, const State &state);
};

} // namespace lectern::ui
