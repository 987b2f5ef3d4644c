// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/PageAnalysis.h"

#include <QString>

#include <optional>

namespace lectern::models {

/// When a page's picture goes along with its text.
enum class PictureMode { Always, WhenNeeded, Never };

/// Stable names ("when-needed").
[[nodiscard]] QString pictureModeName(PictureMode mode);
[[nodiscard]] std::optional<PictureMode> pictureModeFromName(const QString &name);

/// Why a page's picture is wanted.
enum class PictureNeed {
    None,
    NoText,       ///< a scan or a drawing
    GarbledText,  ///< characters that mean nothing
    DoubtfulText, ///< tables of codes, formulas, a partly broken font: the text has lost their layout
    Figures,      ///< pictures among good text
    Asked,        ///< the user wants all of them
};

[[nodiscard]] PictureNeed pictureNeed(PictureMode mode, domain::TextVerdict verdict, int imageCount);

/// Without the picture a model would have nothing, or nonsense, to go by.
[[nodiscard]] constexpr bool isUselessWithoutPicture(PictureNeed need)
{
    return need == PictureNeed::NoText || need == PictureNeed::GarbledText;
}

} // namespace lectern::models
