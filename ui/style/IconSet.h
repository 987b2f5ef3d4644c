// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Theme.h"

#include <QIcon>
#include <QPixmap>
#include <QStringList>

namespace lectern::ui {

/// One picture of the icon family; the file is resources/icons/<name>.svg.
enum class Glyph {
    Add,
    AddFolder,
    Analyzing,
    Archive,
    ArrowLeft,
    ArrowRight,
    Chat,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    ChevronUp,
    Close,
    Command,
    Contents,
    Copy,
    Costs,
    Cut,
    Document,
    Done,
    Dots,
    Edit,
    Embedding,
    Error,
    Eye,
    EyeOff,
    Fetching,
    Filter,
    Fit,
    Folder,
    Grid,
    Help,
    Info,
    Jobs,
    Key,
    Library,
    Lock,
    Model,
    Monitor,
    Moon,
    Open,
    Page,
    Paste,
    Pause,
    PriorityDown,
    PriorityUp,
    Queued,
    Reader,
    Redo,
    Remove,
    Rendering,
    Restore,
    Resume,
    Retry,
    Rotate,
    RunNext,
    Search,
    Settings,
    ShowInFolder,
    SidePane,
    Skip,
    Stop,
    Storing,
    Sun,
    Tag,
    Trash,
    Undo,
    Unsupported,
    Waiting,
    Warning,
    ZoomIn,
    ZoomOut,
};

/// Icons drawn from our SVG files in the colours of the application's current theme. They follow a change of
/// theme by themselves and are crisp at every scale. GUI thread; holds no state.
class IconSet {
public:
    /// Normal icons take the text colour, the accent when checked, and the disabled colour when disabled.
    [[nodiscard]] static QIcon icon(Glyph glyph, Tone tone = Tone::Normal);
    /// One picture of `size` device-independent pixels, in the theme's tone: for delegates and painters.
    [[nodiscard]] static QPixmap pixmap(Glyph glyph, int size, const QColor &color, qreal devicePixelRatio);
    /// Name of the file without its ending, as "add-folder".
    [[nodiscard]] static QString name(Glyph glyph);
    [[nodiscard]] static QList<Glyph> all();
    /// The program's own icon, in its own colours.
    [[nodiscard]] static QIcon application();
};

} // namespace lectern::ui
