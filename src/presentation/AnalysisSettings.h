// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lectern::presentation {

/// How pages are analyzed in this workspace.
struct AnalysisSettings {
    /// When a page's picture is sent along with its text.
    enum class Pictures {
        WhenNeeded, ///< no or garbled text, tables, figures
        Always,
        Never,
    };
    Pictures pictures = Pictures::WhenNeeded;
    QString modelId; ///< "built-in/1", or as domain::ModelRef writes it
    QString prompt;  ///< empty: the one that comes with Lectern

    friend bool operator==(const AnalysisSettings &, const AnalysisSettings &) = default;
};

} // namespace lectern::presentation
