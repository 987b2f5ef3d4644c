// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "presentation/Settings.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace lectern::app {

/// The command line of `lectern`.
struct WindowOptions {
    bool help = false;
    bool version = false;
    QString workspace;                                  ///< empty: the user's own
    QStringList paths;                                  ///< files and folders to add, absolute
    std::optional<presentation::Settings::Theme> theme; ///< for this start only
    QString saveWhenDone; ///< a picture of the window goes there as soon as nothing is left to do
    bool quitWhenDone = false;
    QString measureStalls; ///< how long the event loop was held up goes there at the end
    QString measureStart;  ///< how long it took until the window could be used goes there

    /// InvalidArgument with a sentence for what cannot be understood.
    [[nodiscard]] static base::Result<WindowOptions> parse(const QStringList &arguments);
    [[nodiscard]] static QString helpText();
};

} // namespace lectern::app
