// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/Pictures.h"

namespace lectern::models {

using domain::TextVerdict;

QString pictureModeName(PictureMode mode)
{
    switch (mode) {
    case PictureMode::Always:
        return QStringLiteral("always");
    case PictureMode::WhenNeeded:
        return QStringLiteral("when-needed");
    case PictureMode::Never:
        return QStringLiteral("never");
    }
    return {};
}

std::optional<PictureMode> pictureModeFromName(const QString &name)
{
    for (const PictureMode mode : {PictureMode::Always, PictureMode::WhenNeeded, PictureMode::Never}) {
        if (pictureModeName(mode) == name)
            return mode;
    }
    return std::nullopt;
}

PictureNeed pictureNeed(PictureMode mode, TextVerdict verdict, int imageCount)
{
    if (mode == PictureMode::Never)
        return PictureNeed::None;
    switch (verdict) {
    case TextVerdict::Missing:
        return PictureNeed::NoText;
    case TextVerdict::Garbled:
        return PictureNeed::GarbledText;
    case TextVerdict::Doubtful:
        return PictureNeed::DoubtfulText;
    case TextVerdict::Good:
        break;
    }
    if (imageCount > 0)
        return PictureNeed::Figures;
    return mode == PictureMode::Always ? PictureNeed::Asked : PictureNeed::None;
}

} // namespace lectern::models
