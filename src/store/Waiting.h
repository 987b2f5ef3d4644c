// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QVector>

#include <optional>

namespace lectern::store {

class Connection;

/// What all work that is left waits for, when that is something only a person can change: a cap (its scope is
/// the detail), a key, an account, a connection that can't be trusted. Nothing while something runs, is
/// ready, or comes back by itself within a moment.
[[nodiscard]] base::Result<std::optional<base::Error>> waitsForSomebody(Connection &, qint64 nowMs);

/// Jobs that wait for a time, and for the same reason.
struct WaitingJobs {
    base::Error why;
    qint64 jobs = 0;
    qint64 until = 0; ///< when the first of them may go on; 0: when somebody changes what they wait for
};

/// All that waits for a time, the most jobs first; the ten most frequent reasons.
[[nodiscard]] base::Result<QVector<WaitingJobs>> waitingJobs(Connection &);

} // namespace lectern::store
