// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"

namespace lectern::store {
class Database;
}

namespace lectern::workspace {

/// Throws away for good what nobody needed for 30 days: documents in the trash, answers that no page has, and
/// vectors that stand for no passage. Any thread but the GUI's.
[[nodiscard]] base::Status throwOldThingsAway(store::Database &database, const base::Clock &clock);

} // namespace lectern::workspace
