// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"

#include <QString>

namespace lectern::domain {

/// What one embedding model makes of texts: vectors of one space can be compared with each other, and with no
/// others.
struct EmbeddingSpace {
    // The numbers are stored: never renumber.
    enum class State {
        Filling = 0, ///< beside the one that serves, until it is complete
        Serving = 1,
        Kept = 2, ///< neither; its vectors stay for the way back
    };
    SpaceId id;
    QString model; ///< "built-in/NAME" or "ENDPOINT/MODEL"
    int dimensions = 0;
    QString language; ///< the only one the model knows, BCP 47; empty: any
    State state = State::Serving;
    RunId run; ///< whose cap pays for its vectors; none: they cost nothing

    /// The model comes with the program.
    [[nodiscard]] bool isBuiltIn() const { return model.startsWith(QStringLiteral("built-in/")); }
};

} // namespace lectern::domain
