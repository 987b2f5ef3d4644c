// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

namespace lectern::ui {

/// What a colour says. The only way for a widget to name a state's colour; always shown with an icon and a
/// word too.
enum class Tone {
    Normal,   ///< ordinary text
    Quiet,    ///< secondary text, queued, hints
    Accent,   ///< links, current choice
    OnAccent, ///< text upon the accent fill
    Running,
    Done,
    Waiting, ///< paused, budget, rate limit
    Failed,
};

/// The table of every colour of the window, once for light and once for dark. GUI thread; constant data.
/// Widgets never write a colour down: they ask `Theme::of(palette())` while painting, so that a change of
/// theme needs nothing but a repaint.
struct Theme {
    bool dark = false;

    // Surfaces
    QColor window;      ///< chrome: rail, tool bar, status bar
    QColor surface;     ///< views, lists, fields
    QColor pane;        ///< side panes, cards
    QColor raised;      ///< menus, pop-ups
    QColor canvas;      ///< around a page
    QColor border;      ///< hairlines between surfaces
    QColor fieldBorder; ///< outline of fields
    QColor mark;        ///< outline of checkboxes, scroll handles: 3:1 against every surface

    // Controls
    QColor control;        ///< fill of a button
    QColor controlHover;   ///< fill of a button under the pointer
    QColor controlPressed; ///< fill of a button held down
    QColor hover;          ///< rows and flat buttons under the pointer (translucent)
    QColor pressed;        ///< flat buttons held down (translucent)
    QColor selection;      ///< soft selection behind normal text
    QColor selectionIdle;  ///< the same while the view has no focus
    QColor track;          ///< empty part of bars
    QColor tip;            ///< tool tip
    QColor onTip;

    // Text
    QColor text;
    QColor quiet;
    QColor disabled;

    // Accent
    QColor accent;        ///< lines, rings, links
    QColor accentFill;    ///< primary buttons, checked boxes
    QColor accentHover;   ///< accentFill under the pointer
    QColor accentPressed; ///< accentFill held down
    QColor onAccent;      ///< text and icons upon accentFill

    // States
    QColor running;
    QColor onRunning;  ///< text upon the solid part of a bar
    QColor pausedFill; ///< solid part of a bar that does not move
    QColor done;
    QColor waiting;
    QColor failed;
    QColor infoFill; ///< banner grounds
    QColor warningFill;
    QColor errorFill;

    [[nodiscard]] static const Theme &light();
    [[nodiscard]] static const Theme &darkTheme();
    /// The table a palette belongs to, judged by how light its Window role is.
    [[nodiscard]] static const Theme &of(const QPalette &palette);

    [[nodiscard]] QColor tone(Tone tone) const;
    /// A palette with every role set from the table.
    [[nodiscard]] QPalette palette() const;
};

/// WCAG contrast of two opaque colours, 1 to 21.
[[nodiscard]] double contrastRatio(const QColor &first, const QColor &second);

/// `over` laid on `ground` with the given share (0 to 1): an opaque colour.
[[nodiscard]] QColor blend(const QColor &ground, const QColor &over, double share);

} // namespace lectern::ui
