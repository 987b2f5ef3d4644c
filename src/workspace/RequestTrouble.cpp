// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/RequestTrouble.h"

#include "store/Budgets.h"
#include "store/Connection.h"
#include "store/JobQueue.h"
#include "store/RateLimits.h"
#include "store/Transaction.h"

#include <algorithm>
#include <utility>

namespace lectern::workspace {

using base::Error;
using base::ErrorCode;
using domain::JobOutcome;
using engine::JobResult;

namespace {

constexpr qint64 kRoomPauseMs = 300;           ///< until requests in flight may have left room under a cap
constexpr qint64 kOverloadPauseMs = 20'000;    ///< after a 429 that names no time
constexpr qint64 kUnreachablePauseMs = 15'000; ///< nothing was sent, so nothing was lost
constexpr qint64 kUntilPutRightMs =
    10 * 60'000LL; ///< a key, an account or an address that only the user can change

/// What makes every request to an endpoint fail alike: waiting costs nothing, failing them all would.
bool concernsTheEndpoint(ErrorCode code)
{
    switch (code) {
    case ErrorCode::KeyMissing:
    case ErrorCode::KeyRefused:
    case ErrorCode::KeyStoreUnavailable:
    case ErrorCode::OutOfCredit:
    case ErrorCode::TlsFailed:
    case ErrorCode::PlainHttpRefused:
        return true;
    default:
        return false;
    }
}

/// Of what stops all work of an endpoint: what only the user can change has to be written on each of its
/// jobs.
bool healsByItself(ErrorCode code)
{
    return code == ErrorCode::RateLimited || code == ErrorCode::EndpointUnreachable;
}

} // namespace

RequestTrouble::RequestTrouble(const engine::JobContext &context, domain::ModelRef model,
                               const base::Clock &clock, double random, Fail fail, domain::Money refused)
    : m_context(context), m_model(std::move(model)), m_clock(clock), m_random(random),
      m_fail(std::move(fail)), m_refused(refused)
{
}

JobResult RequestTrouble::waitUntil(const Error &why, qint64 until) const
{
    return {waiting(why, until), healsByItself(why.code) ? until : 0};
}

JobResult RequestTrouble::end(const Error &error, std::optional<qint64> retryAfterMs, bool maySent) const
{
    return {ending(error, retryAfterMs, maySent), laneWait(error, retryAfterMs, maySent)};
}

qint64 RequestTrouble::laneWait(const Error &error, std::optional<qint64> retryAfterMs, bool maySent) const
{
    if (!healsByItself(error.code))
        return 0;
    if (error.code == ErrorCode::EndpointUnreachable)
        return maySent ? 0 : m_clock.nowMs() + kUnreachablePauseMs;
    // Our own limits are of one model, a server's refusal stops all of its endpoint.
    if (!maySent && store::JobQueue::hasReadyForOthers(m_context.reader, m_model).value_or(true))
        return 0;
    return m_clock.nowMs() + retryAfterMs.value_or(kOverloadPauseMs);
}

RequestTrouble::Write RequestTrouble::ending(const Error &error, std::optional<qint64> retryAfterMs,
                                             bool maySent) const
{
    const domain::Job &job = m_context.job;
    const qint64 now = m_clock.nowMs();
    if (error.code == ErrorCode::BudgetReached)
        return waitingForMoney(error);
    if (error.code == ErrorCode::RateLimited) {
        // Our own limits say for how long; a server's refusal stops all who ask it.
        const qint64 until = now + retryAfterMs.value_or(kOverloadPauseMs);
        return maySent ? holding(error, until) : waiting(error, until);
    }
    if (concernsTheEndpoint(error.code))
        return holding(error, now + kUntilPutRightMs);
    if (error.code == ErrorCode::EndpointUnreachable && !maySent)
        return holding(error, now + kUnreachablePauseMs);

    JobOutcome outcome = domain::outcomeOf(error, job.attempt, job.maxAttempts, now, m_random);
    if (outcome.kind == JobOutcome::Kind::Failed)
        return [error, fail = m_fail](store::Transaction &transaction) { return fail(transaction, error); };
    outcome.runAt = std::max(outcome.runAt, now + retryAfterMs.value_or(0));
    return [outcome, lease = job.leaseToken()](store::Transaction &transaction) {
        return store::JobQueue::finish(transaction, lease, outcome);
    };
}

RequestTrouble::Write RequestTrouble::waiting(const Error &why, qint64 until) const
{
    return [=, lease = m_context.job.leaseToken()](store::Transaction &transaction) {
        return store::JobQueue::finish(transaction, lease, JobOutcome::snooze(why, until));
    };
}

RequestTrouble::Write RequestTrouble::holding(const Error &why, qint64 until) const
{
    return [=, wait = waiting(why, until), endpoint = m_model.endpoint](store::Transaction &transaction) {
        return store::RateLimits::hold(transaction, endpoint, until, why.code).and_then([&] {
            return wait(transaction);
        });
    };
}

// Requests in flight have their worst case reserved; most of it comes back when they are settled.
RequestTrouble::Write RequestTrouble::waitingForMoney(const Error &why) const
{
    const qint64 until = store::Budgets::opensAgainAt(why.detail);
    return [why, until, refused = m_refused, soon = waiting(why, m_clock.nowMs() + kRoomPauseMs),
            late = waiting(why, until)](store::Transaction &transaction) -> base::Status {
        const auto mayFit = store::Budgets::mayFit(transaction, why.detail, refused);
        if (!mayFit)
            return base::fail(mayFit.error());
        if (*mayFit)
            return soon(transaction);
        const auto held = store::Budgets::holdForBudget(transaction, why.detail, until);
        return held ? late(transaction) : base::fail(held.error());
    };
}

} // namespace lectern::workspace
