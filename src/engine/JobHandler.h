// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "domain/Work.h"

#include <functional>

namespace lectern::store {
class Connection;
class Transaction;
class Writer;
} // namespace lectern::store

namespace lectern::engine {

/// What a handler is given: its job, how it is told to stop, and the way to the disk. Lives as long as the
/// run.
struct JobContext {
    const domain::Job &job;
    base::CancelToken cancel;  ///< stop now: the result is not wanted any more
    base::CancelToken pause;   ///< stop at the next page: what is done stays, the rest comes later
    store::Connection &reader; ///< for this thread only
    store::Writer &writer;
    QString worker;
};

/// What a handler leaves behind: `commit` writes the result and ends the job, in one transaction. Without it
/// the handler was interrupted by a token, and the engine gives the job back or ends it as cancelled.
struct JobResult {
    std::function<base::Status(store::Transaction &)> commit;
    /// Epoch milliseconds: what this job waits for, the others of its lane would wait for too. Until then,
    /// but for a minute at most, the engine claims none of them here, since each would only be put back. 0:
    /// nothing of the kind.
    qint64 laneWaitsUntil = 0;

    [[nodiscard]] static JobResult interrupted() { return {}; }
};

/// Does one kind of job, as straight-line code on a thread of the engine's pool: blocking where it waits,
/// looking at its tokens at least every 100 ms. One handler serves many threads at once.
class JobHandler {
public:
    virtual ~JobHandler() = default;
    [[nodiscard]] virtual JobResult run(const JobContext &context) = 0;
};

} // namespace lectern::engine
