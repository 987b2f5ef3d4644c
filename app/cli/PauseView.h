// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Document.h"

#include <QString>

namespace lectern::store {
class Connection;
}

namespace lectern::cli {

/// What is paused at one moment, so that a document can be called "paused" whichever way it was.
struct PauseView {
    bool everything = false;

    [[nodiscard]] static base::Result<PauseView> read(store::Connection &reader);

    [[nodiscard]] bool isPaused(const domain::Document &document) const;
    /// The state's name for people and scripts.
    [[nodiscard]] QString stateName(const domain::Document &document) const;
};

} // namespace lectern::cli
