// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/JobQueue.h"

#include "store/DocumentRows.h"
#include "store/Failure.h"
#include "store/JobRows.h"
#include "store/Statement.h"
#include "store/Transaction.h"

#include <algorithm>
#include <tuple>

namespace lectern::store {

using base::Error;
using base::ErrorCode;
using domain::DocumentId;
using domain::Job;
using domain::JobId;
using domain::JobKind;
using domain::JobLease;
using domain::JobOutcome;
using domain::JobState;
using domain::Priority;
using domain::RunId;

namespace {

constexpr const char *kJobOfKey = "SELECT job_id FROM job_key WHERE key = ?";
constexpr const char *kRememberKey = "INSERT INTO job_key (key, job_id) VALUES (?, ?)";
constexpr const char *kLiveJob = "SELECT id FROM job WHERE document_id = ? AND kind = ? AND page_number = ? "
                                 "AND space_id = ? AND state < 10";

constexpr const char *kEnqueue = R"(
INSERT INTO job (kind, lane, state, priority, run_at, run_id, document_id, page_number, space_id, max_attempts, only_worker, created_at)
SELECT ?, ?,
       CASE WHEN ? OR document.paused = 1 OR run.paused = 1 OR document.removed_at <> 0 THEN 3
            WHEN ? THEN 1 ELSE 0 END,
       ?, ?, coalesce(nullif(?, 0), run.id), document.id, ?, ?, ?, ?, ?
  FROM document JOIN run ON run.id = document.run_id
 WHERE document.id = ?
    ON CONFLICT (document_id, kind, page_number, space_id) WHERE state < 10 DO NOTHING)";

// RETURNING gives rows in no order; they are sorted afterwards.
#define LECTERN_CLAIM_HEAD                                                                                   \
    "UPDATE job SET state = 5, attempt = attempt + 1, lease = lease + 1, worker_id = ?, started_at = ?, "    \
    "stop_request = 0 "
#define LECTERN_CLAIM_TAIL                                                                                   \
    " RETURNING id, kind, priority, run_id, document_id, page_number, attempt, max_attempts, lease, "        \
    "crashes, losses, "                                                                                      \
    "run_at, created_at"
#define LECTERN_CLAIMABLE                                                                                    \
    "lane = ? AND state = 0 AND (only_worker IS NULL OR only_worker = ?) "                                   \
    "AND NOT EXISTS (SELECT 1 FROM workspace_setting WHERE key = 'all_paused' AND value = '1') "

constexpr const char *kClaim =
    LECTERN_CLAIM_HEAD "WHERE id IN (SELECT id FROM job WHERE " LECTERN_CLAIMABLE
                       "ORDER BY priority DESC, run_at, id LIMIT ?)" LECTERN_CLAIM_TAIL;

// The oldest of each priority, of these the oldest: three short looks into the index in place of a sort of
// the whole queue.
constexpr const char *kClaimOldest =
    LECTERN_CLAIM_HEAD "WHERE id IN (SELECT id FROM ("
                       "SELECT * FROM (SELECT id, run_at FROM job WHERE " LECTERN_CLAIMABLE
                       "AND priority = 10 ORDER BY run_at, id LIMIT ?) "
                       "UNION ALL "
                       "SELECT * FROM (SELECT id, run_at FROM job WHERE " LECTERN_CLAIMABLE
                       "AND priority = 5 ORDER BY run_at, id LIMIT ?) "
                       "UNION ALL "
                       "SELECT * FROM (SELECT id, run_at FROM job WHERE " LECTERN_CLAIMABLE
                       "AND priority = 3 ORDER BY run_at, id LIMIT ?)) "
                       "ORDER BY run_at, id LIMIT ?)" LECTERN_CLAIM_TAIL;

constexpr const char *kHasReady = "SELECT 1 FROM job WHERE " LECTERN_CLAIMABLE "LIMIT 1";

// From the runs of the endpoint's other models, which are few, to their documents' jobs.
constexpr const char *kHasReadyForOthers = R"(
SELECT 1 FROM run CROSS JOIN document ON document.run_id = run.id
              CROSS JOIN job ON job.document_id = document.id AND job.kind = 2 AND job.state < 10
 WHERE run.analyzer > ? AND run.analyzer < ? AND run.analyzer <> ? AND job.state = 0 LIMIT 1)";

constexpr const char *kStartDocument = R"(
UPDATE document SET state = 1, started_at = CASE WHEN started_at = 0 THEN ? ELSE started_at END WHERE id = ? AND state < 10)";

// The way of nearly every job: one statement. RETURNING would double its cost.
constexpr const char *kFinish = R"(
UPDATE job SET state = ?, worker_id = NULL, stop_request = 0, finished_at = ?
 WHERE id = ? AND lease = ? AND state = 5)";

constexpr const char *kHasLease = "SELECT 1 FROM job WHERE id = ? AND lease = ? AND state = 5";

constexpr const char *kPromote = "UPDATE job SET state = 0 WHERE state = 1 AND run_at <= ?";
constexpr const char *kNextScheduled = "SELECT run_at FROM job WHERE state = 1 ORDER BY run_at LIMIT 1";

Job claimedJob(const Statement &row, const ClaimRequest &request, qint64 startedAt)
{
    Job job;
    job.id = row.id<JobId>(0);
    job.kind = static_cast<JobKind>(row.number(1));
    job.state = JobState::Running;
    job.lane = request.lane;
    job.priority = static_cast<Priority>(row.number(2));
    job.run = row.id<RunId>(3);
    job.document = row.id<DocumentId>(4);
    job.page = row.number(5);
    job.attempt = row.number(6);
    job.maxAttempts = row.number(7);
    job.lease = row.integer(8);
    job.crashes = row.number(9);
    job.losses = row.number(10);
    job.worker = request.worker;
    job.runAt = row.integer(11);
    job.createdAt = row.integer(12);
    job.startedAt = startedAt;
    return job;
}

QVector<Job> claimRows(Transaction &transaction, const ClaimRequest &request, qint64 now)
{
    const auto read = [&](const Statement &row) { return claimedJob(row, request, now); };
    if (!request.oldestFirst) {
        return readRows(transaction, kClaim, read, request.worker, now, request.lane, request.worker,
                        request.limit);
    }
    return readRows(transaction, kClaimOldest, read, request.worker, now, request.lane, request.worker,
                    request.limit, request.lane, request.worker, request.limit, request.lane, request.worker,
                    request.limit, request.limit);
}

void endCancelled(Transaction &transaction, const Job &job)
{
    const Error cancelled{ErrorCode::Cancelled, {}};
    endJob(transaction, job, JobState::Cancelled, cancelled);
    if (job.kind == JobKind::Extract)
        setDocumentError(transaction, job.document, cancelled);
    addJobEvent(transaction, job, QStringLiteral("cancelled"));
}

void endFailed(Transaction &transaction, const Job &job, const Error &error, const QString &event)
{
    endJob(transaction, job, JobState::Failed, error);
    if (job.kind == JobKind::Extract)
        setDocumentError(transaction, job.document, error);
    else if (job.kind == JobKind::Analyze)
        failWaitingPage(transaction, job.document, job.page, error);
    addJobEvent(transaction, job, event, error);
}

void finishWell(Transaction &transaction, JobLease lease, JobState state)
{
    if (execute(transaction, kFinish, state, transaction.nowMs(), lease.job, lease.lease) == 0)
        throw Failure{{ErrorCode::StaleLease, QStringLiteral("job %1").arg(lease.job.value)}};
    transaction.touchDocumentOf(lease.job);
}

void finishOtherwise(Transaction &transaction, const RunningJob &running, const JobOutcome &outcome)
{
    const Job &job = running.job;
    if (running.stop == StopRequest::Cancel) {
        endCancelled(transaction, job);
        return;
    }
    switch (outcome.kind) {
    case JobOutcome::Kind::Retry:
        parkJob(transaction, job, outcome.runAt, job.attempt, outcome.error);
        addJobEvent(transaction, job, QStringLiteral("retry"), outcome.error);
        break;
    case JobOutcome::Kind::Snooze:
        parkJob(transaction, job, outcome.runAt, job.attempt - 1, outcome.error);
        break;
    case JobOutcome::Kind::Cancelled:
        if (running.stop == StopRequest::Wait)
            parkJob(transaction, job, job.runAt, job.attempt - 1, job.error);
        else
            endCancelled(transaction, job);
        break;
    case JobOutcome::Kind::Failed:
    case JobOutcome::Kind::Done:
    case JobOutcome::Kind::Skipped:
        if (running.stop == StopRequest::Wait && job.kind == JobKind::Analyze)
            parkJob(transaction, job, job.runAt, 0, {}); // asked for again meanwhile, or of another analyser
        else
            endFailed(transaction, job, outcome.error, QStringLiteral("failed"));
        break;
    }
}

} // namespace

base::Result<JobId> JobQueue::enqueue(Transaction &transaction, const NewJob &job)
{
    return attempt([&] {
        if (!job.idempotencyKey.isEmpty()) {
            if (const auto known = readInteger(transaction, kJobOfKey, job.idempotencyKey))
                return JobId{*known};
        }
        const qint64 now = transaction.nowMs();
        const qint64 runAt = job.runAt == 0 ? now : job.runAt;
        const std::optional<QString> worker =
            job.onlyWorker.isEmpty() ? std::nullopt : std::optional<QString>(job.onlyWorker);
        QString lane = job.lane;
        if (lane.isEmpty()) {
            lane = job.kind == JobKind::Analyze ? analyzeLane(transaction, job.document)
                                                : domain::localLane(job.kind);
        }
        JobId id;
        {
            Statement insert(transaction, kEnqueue);
            insert.run(job.kind, lane, job.held, runAt > now, job.priority, runAt, job.run, job.page,
                       job.space, job.maxAttempts, worker, now, job.document);
            if (insert.changes() > 0)
                id.value = insert.insertedId();
        }
        if (!id.isValid()) {
            const auto live = readInteger(transaction, kLiveJob, job.document, job.kind, job.page, job.space);
            if (!live)
                throw Failure{{ErrorCode::NotFound, QStringLiteral("document %1").arg(job.document.value)}};
            id.value = *live;
        }
        if (!job.idempotencyKey.isEmpty())
            execute(transaction, kRememberKey, job.idempotencyKey, id);
        return id;
    });
}

QString JobQueue::laneOf(const QString &analyzer)
{
    const auto model = modelOfAnalyzer(analyzer);
    return model ? domain::endpointLane(model->endpoint) : domain::localLane(JobKind::Analyze);
}

base::Result<QVector<Job>> JobQueue::claim(Transaction &transaction, const ClaimRequest &request)
{
    return attempt([&] {
        const qint64 now = request.nowMs > 0 ? request.nowMs : transaction.nowMs();
        QVector<Job> jobs = claimRows(transaction, request, now);
        std::sort(jobs.begin(), jobs.end(), [&](const Job &a, const Job &b) {
            const auto rank = [&](const Job &job) {
                const int priority = request.oldestFirst ? 0 : -static_cast<int>(job.priority);
                return std::tuple(priority, job.runAt, job.id);
            };
            return rank(a) < rank(b);
        });
        for (const Job &job : std::as_const(jobs)) {
            if (job.kind != JobKind::Extract)
                continue; // a document has one of these and thousands of the others: only it is worth a line
            execute(transaction, kStartDocument, now, job.document);
            transaction.touch(job.document);
            addJobEvent(transaction, job, QStringLiteral("started"));
        }
        return jobs;
    });
}

base::Result<bool> JobQueue::hasReady(Connection &connection, const QString &lane, const QString &worker,
                                      qint64 nowMs)
{
    Q_UNUSED(nowMs) // a ready job is ready whatever the clock says: it may have been set back
    return attempt([&] { return exists(connection, kHasReady, lane, worker); });
}

base::Result<bool> JobQueue::hasReadyForOthers(Connection &connection, const domain::ModelRef &model)
{
    const QString prefix = model.endpoint + u'/';
    const QString behind = model.endpoint + QChar(u'/' + 1);
    return attempt([&] { return exists(connection, kHasReadyForOthers, prefix, behind, model.text()); });
}

base::Status JobQueue::checkLease(Transaction &transaction, JobLease lease)
{
    return attempt([&] {
        if (!exists(transaction, kHasLease, lease.job, lease.lease))
            throw Failure{{ErrorCode::StaleLease, QStringLiteral("job %1").arg(lease.job.value)}};
    });
}

base::Status JobQueue::finish(Transaction &transaction, JobLease lease, const JobOutcome &outcome)
{
    return attempt([&] {
        if (outcome.kind == JobOutcome::Kind::Done)
            finishWell(transaction, lease, JobState::Done);
        else if (outcome.kind == JobOutcome::Kind::Skipped)
            finishWell(transaction, lease, JobState::Skipped);
        else
            finishOtherwise(transaction, requireLease(transaction, lease), outcome);
    });
}

base::Status JobQueue::noteProgress(Transaction &transaction, JobLease lease)
{
    return checkLease(transaction, lease).and_then([&]() -> base::Status {
        return attempt([&] { forgiveDeaths(transaction, lease.job); });
    });
}

base::Status JobQueue::release(Transaction &transaction, JobLease lease)
{
    return attempt([&] {
        const RunningJob running = requireLease(transaction, lease);
        if (running.stop == StopRequest::Cancel)
            endCancelled(transaction, running.job);
        else
            parkJob(transaction, running.job, running.job.runAt, running.job.attempt - 1, running.job.error);
    });
}

base::Result<int> JobQueue::promoteScheduled(Transaction &transaction, qint64 nowMs)
{
    return attempt([&] { return execute(transaction, kPromote, nowMs); });
}

base::Result<std::optional<qint64>> JobQueue::nextScheduledAt(Connection &connection)
{
    return attempt([&] { return readInteger(connection, kNextScheduled); });
}

base::Status JobQueue::addEvent(Transaction &transaction, const Job &job, const QString &kind,
                                const Error &error)
{
    return attempt([&] { addJobEvent(transaction, job, kind, error); });
}

} // namespace lectern::store
