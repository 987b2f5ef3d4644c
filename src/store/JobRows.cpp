// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/JobRows.h"

#include "store/Failure.h"
#include "store/JobQueue.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

using base::Error;
using base::ErrorCode;
using domain::DocumentId;
using domain::Job;
using domain::JobKind;
using domain::JobLease;
using domain::JobState;
using domain::Priority;
using domain::RunId;

namespace {

constexpr const char *kRunning = R"(
SELECT kind, lane, priority, run_id, document_id, page_number, attempt, max_attempts, crashes, losses, worker_id,
       run_at, created_at, started_at, stop_request
  FROM job WHERE id = ? AND lease = ? AND state = 5)";

constexpr const char *kEnd = R"(
UPDATE job SET state = ?, worker_id = NULL, stop_request = 0, finished_at = ?, error_code = ?, error_detail = ?
 WHERE id = ?)";

constexpr const char *kPark = R"(
UPDATE job SET state = ?, worker_id = NULL, stop_request = 0, run_at = ?, attempt = ?, error_code = ?, error_detail = ?
 WHERE id = ?)";

constexpr const char *kHeld = R"(
SELECT 1 FROM document JOIN run ON run.id = document.run_id
 WHERE document.id = ? AND (document.paused = 1 OR run.paused = 1 OR document.removed_at <> 0))";

constexpr const char *kHold =
    "UPDATE job SET state = 3 WHERE document_id = ? AND kind <> 3 AND state < 10 AND state IN (0, 1)";

// One that waited at a limit asks again: the limit may have been raised while it was held.
constexpr const char *kUnhold = R"(
UPDATE job SET state = CASE WHEN run_at > ? AND error_code <> 'budget_reached' THEN 1 ELSE 0 END,
       run_at = CASE WHEN error_code = 'budget_reached' THEN min(run_at, ?) ELSE run_at END
 WHERE document_id = ? AND state = 3)";

constexpr const char *kAnalyzer = R"(
SELECT run.analyzer FROM document JOIN run ON run.id = document.run_id WHERE document.id = ?)";

constexpr const char *kAskToWait = R"(
UPDATE job SET stop_request = 2 WHERE document_id = ? AND kind IN (1, 4) AND state < 10 AND state = 5 AND stop_request = 0)";

// Between "asked to stop" and "stopped" the user may have changed his mind.
constexpr const char *kStopToWait = R"(
UPDATE job SET stop_request = 2 WHERE document_id = ? AND state < 10 AND state = 5 AND stop_request = 1)";

// The pin of a worker that is gone would keep the job waiting for ever.
constexpr const char *kRestartExtract = R"(
UPDATE job SET state = ?, run_at = ?, attempt = 0, crashes = 0, losses = 0, stop_request = 0, finished_at = 0,
       error_code = 'none', error_detail = '', only_worker = (SELECT id FROM worker WHERE worker.id = job.only_worker),
       run_id = (SELECT run_id FROM document WHERE document.id = job.document_id),
       priority = (SELECT priority FROM document WHERE document.id = job.document_id)
 WHERE id = (SELECT max(id) FROM job WHERE document_id = ? AND kind = 1 AND page_number = 0 AND state IN (11, 12))
   AND NOT EXISTS (SELECT 1 FROM job AS live WHERE live.document_id = job.document_id AND live.kind = 1 AND live.state < 10))";

constexpr const char *kInsertExtract = R"(
INSERT INTO job (kind, lane, state, priority, run_at, run_id, document_id, created_at)
SELECT 1, ?, ?, priority, ?, run_id, id, ? FROM document WHERE id = ?
    ON CONFLICT (document_id, kind, page_number, space_id) WHERE state < 10 DO NOTHING)";

constexpr const char *kRestartAnalyses = R"(
UPDATE job SET lane = ?, state = ?, run_at = ?, attempt = 0, crashes = 0, losses = 0, stop_request = 0, finished_at = 0,
       error_code = 'none', error_detail = '',
       run_id = (SELECT run_id FROM document WHERE document.id = job.document_id),
       priority = (SELECT priority FROM document WHERE document.id = job.document_id)
 WHERE id IN (SELECT max(ended.id)
                FROM page JOIN job AS ended ON ended.document_id = page.document_id AND ended.kind = 2
                                           AND ended.page_number = page.number
               WHERE page.document_id = ? AND page.state = 1 AND ended.state IN (11, 12)
               GROUP BY page.number)
   AND NOT EXISTS (SELECT 1 FROM job AS live WHERE live.document_id = job.document_id AND live.kind = 2
                                               AND live.page_number = job.page_number AND live.state < 10))";

constexpr const char *kInsertAnalyses = R"(
INSERT INTO job (kind, lane, state, priority, run_at, run_id, document_id, page_number, created_at)
SELECT 2, ?, ?, document.priority, ?, document.run_id, document.id, page.number, ?
  FROM page JOIN document ON document.id = page.document_id
 WHERE page.document_id = ? AND page.state = 1
    ON CONFLICT (document_id, kind, page_number, space_id) WHERE state < 10 DO NOTHING)";

constexpr const char *kForgiveDeaths =
    "UPDATE job SET crashes = 0, losses = 0 WHERE id = ? AND (crashes > 0 OR losses > 0)";

constexpr const char *kAddEvent = R"(
INSERT INTO job_event (at, document_id, job_id, page_number, kind, attempt, error_code, error_detail)
VALUES (?, ?, ?, ?, ?, ?, ?, ?))";

JobState waitingState(Transaction &transaction, DocumentId document, qint64 runAt)
{
    if (isHeld(transaction, document))
        return JobState::Held;
    return runAt > transaction.nowMs() ? JobState::Scheduled : JobState::Ready;
}

} // namespace

QString builtInEndpoint()
{
    return QStringLiteral("built-in");
}

std::optional<domain::ModelRef> modelOfAnalyzer(const QString &analyzer)
{
    auto model = domain::ModelRef::fromText(analyzer);
    return model && model->endpoint == builtInEndpoint() ? std::nullopt : model;
}

QString analyzerOf(Connection &connection, DocumentId document)
{
    auto analyzer = readRow(
        connection, kAnalyzer, [](const Statement &row) { return row.text(0); }, document);
    if (!analyzer)
        throw Failure{{ErrorCode::NotFound, QStringLiteral("document %1").arg(document.value)}};
    return *analyzer;
}

QString analyzeLane(Connection &connection, DocumentId document)
{
    return JobQueue::laneOf(analyzerOf(connection, document));
}

RunningJob requireLease(Connection &connection, JobLease lease)
{
    const auto found = readRow(
        connection, kRunning,
        [&](const Statement &row) {
            RunningJob running;
            Job &job = running.job;
            job.id = lease.job;
            job.lease = lease.lease;
            job.state = JobState::Running;
            job.kind = static_cast<JobKind>(row.number(0));
            job.lane = row.text(1);
            job.priority = static_cast<Priority>(row.number(2));
            job.run = row.id<RunId>(3);
            job.document = row.id<DocumentId>(4);
            job.page = row.number(5);
            job.attempt = row.number(6);
            job.maxAttempts = row.number(7);
            job.crashes = row.number(8);
            job.losses = row.number(9);
            job.worker = row.text(10);
            job.runAt = row.integer(11);
            job.createdAt = row.integer(12);
            job.startedAt = row.integer(13);
            running.stop = static_cast<StopRequest>(row.number(14));
            return running;
        },
        lease.job, lease.lease);
    if (!found)
        throw Failure{{ErrorCode::StaleLease, QStringLiteral("job %1").arg(lease.job.value)}};
    return *found;
}

RunningJob requireLease(Connection &connection, JobLease lease, DocumentId document)
{
    RunningJob running = requireLease(connection, lease);
    if (running.job.document != document) {
        throw Failure{{ErrorCode::InvalidArgument, QStringLiteral("job %1 is about document %2, not %3")
                                                       .arg(lease.job.value)
                                                       .arg(running.job.document.value)
                                                       .arg(document.value)}};
    }
    return running;
}

void endJob(Transaction &transaction, const Job &job, JobState state, const Error &error)
{
    execute(transaction, kEnd, state, transaction.nowMs(), base::errorName(error.code), error.detail, job.id);
    transaction.touch(job.document);
}

void parkJob(Transaction &transaction, const Job &job, qint64 runAt, int attempt, const Error &error)
{
    // Nothing but its time holds a trial.
    const JobState state = job.kind != JobKind::Trial    ? waitingState(transaction, job.document, runAt)
                           : runAt > transaction.nowMs() ? JobState::Scheduled
                                                         : JobState::Ready;
    execute(transaction, kPark, state, runAt, attempt, base::errorName(error.code), error.detail, job.id);
    transaction.touch(job.document);
}

bool isHeld(Connection &connection, DocumentId document)
{
    return exists(connection, kHeld, document);
}

void applyHolds(Transaction &transaction, DocumentId document)
{
    if (isHeld(transaction, document))
        execute(transaction, kHold, document);
    else
        execute(transaction, kUnhold, transaction.nowMs(), transaction.nowMs(), document);
    transaction.touch(document);
}

void askToWait(Transaction &transaction, DocumentId document)
{
    execute(transaction, kAskToWait, document);
}

int letStoppingWait(Transaction &transaction, DocumentId document)
{
    return execute(transaction, kStopToWait, document);
}

int restartExtract(Transaction &transaction, DocumentId document)
{
    const qint64 now = transaction.nowMs();
    const JobState state = waitingState(transaction, document, now);
    transaction.touch(document);
    if (const int restarted = execute(transaction, kRestartExtract, state, now, document))
        return restarted;
    return execute(transaction, kInsertExtract, domain::localLane(JobKind::Extract), state, now, now,
                   document);
}

int restartAnalyses(Transaction &transaction, DocumentId document)
{
    const qint64 now = transaction.nowMs();
    const JobState state = waitingState(transaction, document, now);
    transaction.touch(document);
    const QString lane = analyzeLane(transaction, document);
    const int restarted = execute(transaction, kRestartAnalyses, lane, state, now, document);
    return restarted + execute(transaction, kInsertAnalyses, lane, state, now, now, document);
}

void forgiveDeaths(Transaction &transaction, domain::JobId job)
{
    execute(transaction, kForgiveDeaths, job);
}

void addJobEvent(Transaction &transaction, const Job &job, const QString &kind, const Error &error)
{
    execute(transaction, kAddEvent, transaction.nowMs(), job.document, job.id, job.page, kind, job.attempt,
            base::errorName(error.code), error.detail);
}

void addDocumentEvent(Transaction &transaction, DocumentId document, const QString &kind)
{
    Job none;
    none.document = document;
    addJobEvent(transaction, none, kind);
}

} // namespace lectern::store
