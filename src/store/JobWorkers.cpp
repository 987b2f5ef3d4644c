// SPDX-License-Identifier: GPL-3.0-or-later
// JobQueue: who works, and what becomes of the jobs of those who died.
#include "store/JobQueue.h"

#include "store/DocumentRows.h"
#include "store/Failure.h"
#include "store/JobRows.h"
#include "store/LedgerRows.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

using base::Error;
using base::ErrorCode;
using domain::DocumentId;
using domain::Job;
using domain::JobId;
using domain::JobKind;
using domain::JobLease;
using domain::JobState;

namespace {

constexpr const char *kRegister = R"(
INSERT INTO worker (id, program, pid, started_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET program = excluded.program, pid = excluded.pid)";
constexpr const char *kRemove = "DELETE FROM worker WHERE id = ?";
constexpr const char *kWorkers = "SELECT id FROM worker ORDER BY started_at, id";

constexpr const char *kRunningOf = "SELECT id, lease FROM job WHERE worker_id = ? AND state = 5 ORDER BY id";
constexpr const char *kCountDeath = "UPDATE job SET crashes = crashes + ?, losses = losses + ? WHERE id = ?";

// Every job that only this worker could do; the running ones have been taken from it before.
constexpr const char *kPinnedTo = R"(
SELECT id, document_id, kind FROM job WHERE only_worker = ? AND only_worker IS NOT NULL AND state < 10 AND state <> 5)";
constexpr const char *kEndPinned = R"(
UPDATE job SET state = 11, finished_at = ?, error_code = 'password_needed', error_detail = '', only_worker = NULL
 WHERE id = ?)";

QVector<JobLease> leasesOf(Connection &connection, const QString &worker)
{
    return readRows(
        connection, kRunningOf,
        [](const Statement &row) {
            return JobLease{row.id<JobId>(0), row.integer(1)};
        },
        worker);
}

// The password died with the worker that knew it.
void endPinned(Transaction &transaction, const QString &worker)
{
    const auto pinned = readRows(
        transaction, kPinnedTo,
        [](const Statement &row) {
            Job job;
            job.id = row.id<JobId>(0);
            job.document = row.id<DocumentId>(1);
            job.kind = static_cast<JobKind>(row.number(2));
            return job;
        },
        worker);
    const Error needed{ErrorCode::PasswordNeeded, {}};
    for (const Job &job : pinned) {
        execute(transaction, kEndPinned, transaction.nowMs(), job.id);
        if (job.kind == JobKind::Extract)
            setDocumentError(transaction, job.document, needed);
        transaction.touch(job.document);
        addJobEvent(transaction, job, QStringLiteral("failed"), needed);
    }
}

void setAside(Transaction &transaction, const Job &job)
{
    const Error error{ErrorCode::SetAsideAfterCrash, {}};
    endJob(transaction, job, JobState::Failed, error);
    if (job.kind == JobKind::Extract)
        setDocumentError(transaction, job.document, error);
    else if (job.kind == JobKind::Analyze)
        failWaitingPage(transaction, job.document, job.page, error);
    addJobEvent(transaction, job, QStringLiteral("set_aside"), error);
}

} // namespace

base::Status JobQueue::registerWorker(Transaction &transaction, const QString &id, const QString &program,
                                      qint64 pid)
{
    return attempt([&] { execute(transaction, kRegister, id, program, pid, transaction.nowMs()); });
}

base::Status JobQueue::removeWorker(Transaction &transaction, const QString &id)
{
    return attempt([&] {
        for (const JobLease &lease : leasesOf(transaction, id))
            orThrow(release(transaction, lease));
        endPinned(transaction, id);
        bookOpenRequests(transaction, id);
        execute(transaction, kRemove, id);
    });
}

base::Result<QStringList> JobQueue::workers(Connection &connection)
{
    return attempt([&] {
        return QStringList(readRows(connection, kWorkers, [](const Statement &row) { return row.text(0); }));
    });
}

base::Result<JobQueue::Rescue> JobQueue::rescue(Transaction &transaction, const QString &deadWorker,
                                                bool crashed, std::optional<qint64> lastSeenAt)
{
    return attempt([&] {
        Rescue rescue;
        for (const JobLease &lease : leasesOf(transaction, deadWorker)) {
            const RunningJob running = requireLease(transaction, lease);
            const Job &job = running.job;
            if (running.stop == StopRequest::Cancel) {
                orThrow(release(transaction, lease)); // it ends as it was asked to
                continue;
            }
            const bool wasLong = !lastSeenAt || *lastSeenAt - job.startedAt >= domain::kLossCountsAfterMs;
            const bool lost = !crashed && wasLong;
            execute(transaction, kCountDeath, crashed ? 1 : 0, lost ? 1 : 0, job.id);
            const int crashes = job.crashes + (crashed ? 1 : 0);
            const int losses = job.losses + (lost ? 1 : 0);
            if (crashes >= domain::kMaxCrashes || losses >= domain::kMaxLosses) {
                setAside(transaction, job);
                ++rescue.setAside;
                if (job.kind == JobKind::Extract)
                    rescue.documentsSetAside.append(job.document);
            } else {
                orThrow(release(transaction, lease));
                addJobEvent(transaction, job, QStringLiteral("rescued"));
                ++rescue.jobs;
            }
        }
        endPinned(transaction, deadWorker);
        bookOpenRequests(transaction, deadWorker);
        execute(transaction, kRemove, deadWorker);
        return rescue;
    });
}

} // namespace lectern::store
