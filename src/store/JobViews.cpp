// SPDX-License-Identifier: GPL-3.0-or-later
// JobQueue: looking.
#include "store/JobQueue.h"

#include "store/Failure.h"
#include "store/Statement.h"

#include <algorithm>

namespace lectern::store {

using domain::DocumentId;
using domain::Job;
using domain::JobId;
using domain::JobKind;
using domain::JobState;
using domain::Priority;
using domain::RunId;

namespace {

// Each line counts the entries of one partial index and reads no row.
constexpr const char *kCounts = R"(
SELECT 0, count(*) FROM job WHERE state = 0 UNION ALL
SELECT 1, count(*) FROM job WHERE state = 1 UNION ALL
SELECT 3, count(*) FROM job WHERE state = 3 UNION ALL
SELECT 5, count(*) FROM job WHERE state = 5 UNION ALL
SELECT state, count(*) FROM job WHERE state >= 10 GROUP BY state)";

constexpr const char *kLiveCount = "SELECT count(*) FROM job WHERE state < 10";

constexpr auto kColumns =
    R"(SELECT id, kind, state, lane, priority, run_id, document_id, page_number, attempt,
max_attempts, lease, crashes, losses, worker_id, run_at, created_at, started_at, finished_at, vectors, milliseconds,
error_code, error_detail FROM job WHERE id > ?)";

constexpr const char *kLog = R"(
SELECT event.id, event.at, event.job_id, event.page_number, event.kind, event.attempt, event.error_code,
       event.error_detail, coalesce(job.vectors, 0), coalesce(job.milliseconds, 0)
  FROM job_event AS event LEFT JOIN job ON job.id = event.job_id
 WHERE event.document_id = ? ORDER BY event.id DESC LIMIT ?)";

Job jobOf(const Statement &row)
{
    Job job;
    job.id = row.id<JobId>(0);
    job.kind = static_cast<JobKind>(row.number(1));
    job.state = static_cast<JobState>(row.number(2));
    job.lane = row.text(3);
    job.priority = static_cast<Priority>(row.number(4));
    job.run = row.id<RunId>(5);
    job.document = row.id<DocumentId>(6);
    job.page = row.number(7);
    job.attempt = row.number(8);
    job.maxAttempts = row.number(9);
    job.lease = row.integer(10);
    job.crashes = row.number(11);
    job.losses = row.number(12);
    job.worker = row.text(13);
    job.runAt = row.integer(14);
    job.createdAt = row.integer(15);
    job.startedAt = row.integer(16);
    job.finishedAt = row.integer(17);
    job.vectors = row.number(18);
    job.milliseconds = row.integer(19);
    job.error = {base::errorFromName(row.text(20)), row.text(21)};
    return job;
}

} // namespace

base::Result<JobCounts> JobQueue::counts(Connection &connection)
{
    return attempt([&] {
        JobCounts counts;
        Statement statement(connection, kCounts);
        statement.run();
        while (statement.next())
            counts.byState[statement.number(0)] = statement.integer(1);
        return counts;
    });
}

base::Result<QVector<Job>> JobQueue::list(Connection &connection, const JobFilter &filter)
{
    return attempt([&] {
        QString sql = QString::fromLatin1(kColumns);
        if (filter.state)
            sql += QStringLiteral(" AND state = %1").arg(static_cast<int>(*filter.state));
        if (filter.document)
            sql += QStringLiteral(" AND document_id = %1").arg(filter.document->value);
        if (filter.problemsOnly)
            sql += QStringLiteral(" AND (state = 11 OR attempt > 1 OR error_code <> 'none')");
        sql += QStringLiteral(" ORDER BY id LIMIT ?");
        QVector<Job> jobs;
        Statement statement(connection, sql);
        statement.run(filter.afterId, filter.limit);
        while (statement.next())
            jobs.append(jobOf(statement));
        return jobs;
    });
}

base::Result<QVector<JobEvent>> JobQueue::log(Connection &connection, DocumentId document, int limit)
{
    return attempt([&] {
        auto events = readRows(
            connection, kLog,
            [](const Statement &row) {
                return JobEvent{row.integer(0),
                                row.integer(1),
                                row.id<JobId>(2),
                                row.number(3),
                                row.text(4),
                                row.number(5),
                                {base::errorFromName(row.text(6)), row.text(7)},
                                row.number(8),
                                row.integer(9)};
            },
            document, limit);
        std::reverse(events.begin(), events.end());
        return events;
    });
}

base::Result<qint64> JobQueue::liveCount(Connection &connection)
{
    return attempt([&] { return readInteger(connection, kLiveCount).value_or(0); });
}

} // namespace lectern::store
