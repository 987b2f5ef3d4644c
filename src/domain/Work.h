// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "domain/Ids.h"

#include <QString>

namespace lectern::domain {

// The numbers of these enums are stored: never renumber.

enum class JobKind {
    Extract = 1, ///< one document: fetch, probe, text of every page; checkpoint per page
    Analyze = 2, ///< one page by one analyser
    Trial = 3,   ///< the same out of turn, for another run than its document's, which stays as it is
    Embed = 4,   ///< the vectors of one document's chunks; checkpoint per batch
};

/// Live states are below 10. Uniqueness covers every live state, so no retry, rescue or promotion can trip
/// over it.
enum class JobState {
    Ready = 0,
    Scheduled = 1, ///< waits for its time: a retry, or a limit
    Held = 3,      ///< paused, or in the trash
    Running = 5,
    Done = 10,
    Failed = 11, ///< dead letter, with its error; retried only by hand
    Cancelled = 12,
    Skipped = 13, ///< became unnecessary: its document turned out to be known already
};

[[nodiscard]] constexpr bool isLive(JobState state)
{
    return static_cast<int>(state) < 10;
}

/// How far a document is to be taken.
enum class Goal {
    Text = 0,     ///< text extracted and searchable
    Analysis = 1, ///< and every page analysed
};

enum class Priority { Low = 3, Normal = 5, High = 10 };

/// The right to write the result of one claim: matches only while nobody else has claimed the job since.
struct JobLease {
    JobId job;
    qint64 lease = 0;

    friend bool operator==(const JobLease &, const JobLease &) = default;
};

/// A row of the queue. Times are milliseconds since 1970-01-01 UTC, 0 for "not yet".
struct Job {
    JobId id;
    JobKind kind = JobKind::Extract;
    JobState state = JobState::Ready;
    QString lane; ///< what limits it: localLane(), or later an endpoint
    Priority priority = Priority::Normal;
    RunId run;
    DocumentId document;
    int page = 0; ///< 0 when the job is about the whole document
    int attempt = 0;
    int maxAttempts = 3;
    qint64 lease = 0;
    int crashes = 0; ///< program crashes while it was in flight and made no progress
    int losses =
        0; ///< ends of the program without a trace (kill, power) while it was in flight and made no progress
    QString worker;
    qint64 runAt = 0;
    qint64 createdAt = 0;
    qint64 startedAt = 0;
    qint64 finishedAt = 0;
    int vectors = 0;         ///< that an embed job made
    qint64 milliseconds = 0; ///< that the embedding model took for them
    base::Error error;

    [[nodiscard]] JobLease leaseToken() const { return {id, lease}; }
};

/// What one try at a job came to.
struct JobOutcome {
    enum class Kind {
        Done,
        Retry,  ///< a temporary error: again at `runAt`, one attempt used up
        Failed, ///< a permanent error, or the last attempt
        Snooze, ///< waiting is not failing: again at `runAt`, no attempt used up
        Cancelled,
        Skipped,
    };
    Kind kind = Kind::Done;
    base::Error error;
    qint64 runAt = 0;

    [[nodiscard]] static JobOutcome done() { return {}; }
    [[nodiscard]] static JobOutcome skipped() { return {Kind::Skipped, {}, 0}; }
    [[nodiscard]] static JobOutcome cancelled()
    {
        return {Kind::Cancelled, {base::ErrorCode::Cancelled, {}}, 0};
    }
    [[nodiscard]] static JobOutcome failed(base::Error error) { return {Kind::Failed, std::move(error), 0}; }
    [[nodiscard]] static JobOutcome retry(base::Error error, qint64 runAt)
    {
        return {Kind::Retry, std::move(error), runAt};
    }
    [[nodiscard]] static JobOutcome snooze(base::Error why, qint64 runAt)
    {
        return {Kind::Snooze, std::move(why), runAt};
    }
};

[[nodiscard]] QString jobKindName(JobKind kind);
/// The lane a kind of job waits in. Remote analysers will bring lanes of their own, one per endpoint.
[[nodiscard]] QString localLane(JobKind kind);
[[nodiscard]] QString jobStateName(JobState state);

/// Milliseconds to wait before attempt `attempt` + 1: exponential, at most ten minutes, halved at random so
/// that many failures do not come back at one moment. `random` is in [0, 1). "Equal jitter" of
/// https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
[[nodiscard]] qint64 backoffMs(int attempt, double random);

/// What to do after `error` in attempt number `attempt` (from 1) of `maxAttempts`.
[[nodiscard]] JobOutcome outcomeOf(const base::Error &error, int attempt, int maxAttempts, qint64 nowMs,
                                   double random);

/// A job whose worker died this often while it was in flight, without progress, is set aside: it may be what
/// kills it. A crash leaves a trace. A kill or a power cut leaves none and proves nothing of a job that had
/// just begun, so it counts only when the job had been in flight longer than an honest page takes.
constexpr int kMaxCrashes = 2;
constexpr int kMaxLosses = 2;
constexpr qint64 kLossCountsAfterMs = 20'000;

} // namespace lectern::domain
