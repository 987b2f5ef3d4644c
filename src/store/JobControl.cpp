// SPDX-License-Identifier: GPL-3.0-or-later
// JobQueue: what the user asks for.
#include "store/JobQueue.h"

#include "store/DocumentRows.h"
#include "store/Failure.h"
#include "store/JobRows.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

using base::ErrorCode;
using domain::DocumentId;
using domain::JobId;
using domain::Priority;
using domain::RunId;

namespace {

constexpr const char *kSetAllPaused = R"(
INSERT INTO workspace_setting (key, value) VALUES ('all_paused', ?)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value)";
constexpr const char *kAllPaused = "SELECT 1 FROM workspace_setting WHERE key = 'all_paused' AND value = '1'";
constexpr const char *kAskAllToWait = R"(
UPDATE job SET stop_request = 2 WHERE state = 5 AND worker_id IS NOT NULL AND kind IN (1, 4) AND stop_request = 0)";

constexpr const char *kSetRunPaused = "UPDATE run SET paused = ? WHERE id = ? AND paused <> ?";
constexpr const char *kDocumentsOfRun = "SELECT id FROM document WHERE run_id = ? AND state < 10";

// A settled document has nothing to pause; settling takes the mark off.
constexpr const char *kSetDocumentPaused =
    "UPDATE document SET paused = ? WHERE id = ? AND paused <> ? AND state < 10";

constexpr const char *kCancelWaiting = R"(
UPDATE job SET state = 12, finished_at = ?, error_code = 'cancelled', error_detail = ''
 WHERE document_id = ? AND state < 10 AND state <> 5)";
constexpr const char *kCancelRunning =
    "UPDATE job SET stop_request = 1 WHERE document_id = ? AND state < 10 AND state = 5";
constexpr const char *kCancelDocument = R"(
UPDATE document SET state = 16, paused = 0, error_code = 'cancelled', error_detail = '', finished_at = ?
 WHERE id = ? AND state < 10)";

constexpr const char *kSetDocumentPriority = "UPDATE document SET priority = ? WHERE id = ?";
constexpr const char *kSetJobPriority = "UPDATE job SET priority = ? WHERE document_id = ? AND state < 10";
// In front of everything that waits; of two such documents the later wish comes first.
constexpr const char *kRunNext = R"(
UPDATE job SET priority = 10, run_at = ?, state = CASE WHEN state = 1 THEN 0 ELSE state END
 WHERE document_id = ? AND state < 10 AND state <> 5)";

constexpr const char *kStopRequested =
    "SELECT id FROM job WHERE worker_id = ? AND state = 5 AND stop_request = ? ORDER BY id";

QVector<JobId> askedTo(StopRequest request, Connection &connection, const QString &worker)
{
    return readRows(
        connection, kStopRequested, [](const Statement &row) { return row.id<JobId>(0); }, worker, request);
}

} // namespace

base::Status JobQueue::setAllPaused(Transaction &transaction, bool paused)
{
    return attempt([&] {
        const QString value = paused ? QStringLiteral("1") : QStringLiteral("0");
        if (execute(transaction, kSetAllPaused, value) == 0)
            return;
        if (paused)
            execute(transaction, kAskAllToWait);
        transaction.touchWorkspace();
    });
}

base::Result<bool> JobQueue::allPaused(Connection &connection)
{
    return attempt([&] { return exists(connection, kAllPaused); });
}

base::Status JobQueue::setRunPaused(Transaction &transaction, RunId run, bool paused)
{
    return attempt([&] {
        if (execute(transaction, kSetRunPaused, paused, run, paused) == 0)
            return;
        const auto documents = readRows(
            transaction, kDocumentsOfRun, [](const Statement &row) { return row.id<DocumentId>(0); }, run);
        for (const DocumentId document : documents) {
            applyHolds(transaction, document);
            if (paused)
                askToWait(transaction, document);
        }
        transaction.touchWorkspace();
    });
}

base::Status JobQueue::setDocumentPaused(Transaction &transaction, DocumentId document, bool paused)
{
    return attempt([&] {
        if (execute(transaction, kSetDocumentPaused, paused, document, paused) > 0)
            addDocumentEvent(transaction, document,
                             paused ? QStringLiteral("paused") : QStringLiteral("resumed"));
        applyHolds(transaction, document);
        if (paused)
            askToWait(transaction, document);
    });
}

base::Status JobQueue::cancelDocument(Transaction &transaction, DocumentId document)
{
    return attempt([&] {
        if (execute(transaction, kCancelDocument, transaction.nowMs(), document) == 0)
            return;
        execute(transaction, kCancelWaiting, transaction.nowMs(), document);
        execute(transaction, kCancelRunning, document);
        addDocumentEvent(transaction, document, QStringLiteral("cancelled"));
        transaction.touch(document);
    });
}

base::Result<int> JobQueue::retryDocument(Transaction &transaction, DocumentId document)
{
    return attempt([&] { return restartDocument(transaction, document); });
}

base::Status JobQueue::retryPage(Transaction &transaction, DocumentId document, int page)
{
    return attempt([&] { restartPage(transaction, document, page); });
}

base::Status JobQueue::runNext(Transaction &transaction, DocumentId document)
{
    return attempt([&] {
        execute(transaction, kSetDocumentPriority, Priority::High, document);
        execute(transaction, kRunNext, -transaction.nowMs(), document);
        transaction.touch(document);
    });
}

base::Status JobQueue::setPriority(Transaction &transaction, DocumentId document, Priority priority)
{
    return attempt([&] {
        execute(transaction, kSetDocumentPriority, priority, document);
        execute(transaction, kSetJobPriority, priority, document);
        transaction.touch(document);
    });
}

base::Result<QVector<JobId>> JobQueue::cancelRequested(Connection &connection, const QString &worker)
{
    return attempt([&] { return askedTo(StopRequest::Cancel, connection, worker); });
}

base::Result<QVector<JobId>> JobQueue::pauseRequested(Connection &connection, const QString &worker)
{
    return attempt([&] { return askedTo(StopRequest::Wait, connection, worker); });
}

} // namespace lectern::store
