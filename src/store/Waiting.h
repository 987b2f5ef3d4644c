// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <optional>

namespace lectern::store {

class Connection;

/// What all work that is left waits for, when that is something only a person can change: a cap (its scope is
/// the detail), a key, an account, a connection that can't be trusted. Nothing while something runs, is
/// ready, or comes back by itself.
[[nodiscard]] base::Result<std::optional<base::Error>> waitsForSomebody(Connection &);

} // namespace lectern::store
