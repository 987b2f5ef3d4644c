// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QSizeF>
#include <QtGlobal>

namespace lectern::models {

enum class ImageRuleKind {
    Patches, ///< one token for every square of 32 pixels, times a factor
    Tiles,   ///< a number for the picture, and one for every tile of 512 pixels
};

/// How a model counts the tokens of a picture. Always sent with detail "high": on some models the default
/// means a far larger budget.
struct ImageRule {
    ImageRuleKind kind = ImageRuleKind::Patches;

    // Patches
    int patchSide = 32;
    int patchBudget = 0; ///< a larger picture is made smaller until it fits; 0: none known
    /// Tokens for a thousand patches: what is expected, and the most that any source gives (for
    /// reservations).
    int perThousand = 1000;
    int mostPerThousand = 1000;

    // Tiles
    int baseTokens = 0;
    int tileTokens = 0;
    int tileSide = 512;
    int shortSide = 768; ///< the picture is made smaller until its short side has this length

    int maxSide = 0; ///< the long side is made smaller to this first; 0: no limit known

    /// The tokens come out as documented; otherwise users measured something else, or nothing is known.
    bool exact = false;

    /// For a model whose rule is not known: patches without a budget, the factor of the newest models
    /// measured, and for reservations the highest factor documented for any model.
    [[nodiscard]] static ImageRule unknown();
    /// The same with the factor that a workspace's own bills show. No effect on tiles.
    [[nodiscard]] ImageRule measured(int tokensPerThousand) const;
    friend bool operator==(const ImageRule &, const ImageRule &) = default;
};

struct ImageTokens {
    qint64 expected = 0;
    qint64 most = 0; ///< for reservations, never less than `expected`

    friend bool operator==(const ImageTokens &, const ImageTokens &) = default;
};

/// The size, in pixels, to which the provider brings a picture before counting.
[[nodiscard]] QSize fittedSize(const ImageRule &rule, QSize pixels);

/// What a picture of this size costs in tokens. Nothing for an empty one.
[[nodiscard]] ImageTokens imageTokens(const ImageRule &rule, QSize pixels);

/// The scale, in pixels per point, at which a page of this size (in points) is best drawn for a model: as
/// large as the provider keeps it, since pixels beyond are sent and thrown away; at most 2,048 pixels long
/// and 300 dots per inch, beyond which nothing more is read. 0 for a page without a size.
[[nodiscard]] double bestScale(const ImageRule &rule, QSizeF points);

/// The pixels of a page drawn at that scale.
[[nodiscard]] QSize drawnSize(QSizeF points, double scale);

} // namespace lectern::models
