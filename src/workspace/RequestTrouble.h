// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Error.h"
#include "base/Result.h"
#include "domain/Endpoint.h"
#include "domain/Money.h"
#include "engine/JobHandler.h"

#include <functional>
#include <optional>

namespace lectern::workspace {

/// What becomes of a job whose request to a model came to nothing: it waits for what everybody of its
/// endpoint waits for, tries again later, or has failed. Thread of the job.
class RequestTrouble {
public:
    /// Writes a failure for good.
    using Fail = std::function<base::Status(store::Transaction &, const base::Error &)>;

    /// `random` is in [0, 1). `refused`: after BudgetReached, the worst case for which there was no room. The
    /// references outlive this, not its results.
    RequestTrouble(const engine::JobContext &context, domain::ModelRef model, const base::Clock &clock,
                   double random, Fail fail, domain::Money refused);

    /// No attempt is used up.
    [[nodiscard]] engine::JobResult waitUntil(const base::Error &why, qint64 until) const;
    /// `retryAfterMs`: what the server, or our own limit, asks to wait. `maySent`: the request may have
    /// reached the server.
    [[nodiscard]] engine::JobResult end(const base::Error &error, std::optional<qint64> retryAfterMs,
                                        bool maySent) const;

private:
    using Write = std::function<base::Status(store::Transaction &)>;
    /// Until when other jobs of the endpoint would only be told the same: epoch milliseconds, or 0.
    [[nodiscard]] qint64 laneWait(const base::Error &error, std::optional<qint64> retryAfterMs,
                                  bool maySent) const;
    [[nodiscard]] Write ending(const base::Error &error, std::optional<qint64> retryAfterMs,
                               bool maySent) const;
    [[nodiscard]] Write waiting(const base::Error &why, qint64 until) const;
    [[nodiscard]] Write holding(const base::Error &why, qint64 until) const;
    [[nodiscard]] Write waitingForMoney(const base::Error &why) const;

    const engine::JobContext &m_context;
    domain::ModelRef m_model;
    const base::Clock &m_clock;
    double m_random;
    Fail m_fail;
    domain::Money m_refused;
};

} // namespace lectern::workspace
