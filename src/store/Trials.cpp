// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Trials.h"

#include "store/Failure.h"
#include "store/JobQueue.h"
#include "store/JobRows.h"
#include "store/Library.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

using base::Error;
using domain::DocumentId;
using domain::JobState;
using domain::Priority;
using domain::RunId;

namespace {

constexpr const char *kStart = R"(
INSERT INTO job (kind, lane, priority, run_at, run_id, document_id, page_number, created_at)
SELECT 3, ?, ?, ?, ?, document_id, number, ? FROM page WHERE document_id = ? AND number = ? AND extracted_at <> 0
    ON CONFLICT (document_id, kind, page_number, space_id) WHERE state < 10 DO NOTHING)";

constexpr const char *kState = R"(
SELECT state, error_code, error_detail FROM job
 WHERE document_id IN (SELECT value FROM json_each(?)) AND kind = 3 AND run_id = ? ORDER BY id)";

#define LECTERN_END_TRIAL                                                                                    \
    "UPDATE job SET state = 12, finished_at = ?, error_code = 'cancelled', error_detail = '' "               \
    "WHERE kind = 3 AND state < 10 AND state <> 5 "
constexpr const char *kCancelRun =
    LECTERN_END_TRIAL "AND document_id IN (SELECT value FROM json_each(?)) AND run_id = ?";
constexpr const char *kCancelDocument = LECTERN_END_TRIAL "AND document_id = ?";
constexpr const char *kCancelAll = LECTERN_END_TRIAL;

} // namespace

int endTrials(Transaction &transaction, DocumentId document)
{
    return execute(transaction, kCancelDocument, transaction.nowMs(), document);
}

base::Result<int> Trials::start(Transaction &transaction, RunId run, const QVector<TrialPage> &pages)
{
    return attempt([&] {
        const QString lane = JobQueue::laneOf(orThrow(Library::run(transaction, run)).analyzer);
        const qint64 now = transaction.nowMs();
        int started = 0;
        for (const TrialPage &page : pages) {
            started +=
                execute(transaction, kStart, lane, Priority::High, now, run, now, page.document, page.number);
            transaction.touch(page.document);
        }
        return started;
    });
}

base::Result<Trials::State> Trials::state(Connection &connection, RunId run,
                                          const QVector<DocumentId> &documents)
{
    return attempt([&] {
        State trial;
        Statement statement(connection, kState);
        statement.run(jsonArray(documents), run);
        while (statement.next()) {
            const auto state = static_cast<JobState>(statement.number(0));
            ++trial.pages;
            trial.answered += state == JobState::Done ? 1 : 0;
            trial.failed += state == JobState::Failed ? 1 : 0;
            trial.cancelled += state == JobState::Cancelled ? 1 : 0;
            const Error error{base::errorFromName(statement.text(1)), statement.text(2)};
            if (error.code != base::ErrorCode::None && error.code != base::ErrorCode::Cancelled)
                trial.problem = error;
        }
        return trial;
    });
}

base::Result<int> Trials::cancel(Transaction &transaction, RunId run, const QVector<DocumentId> &documents)
{
    return attempt([&] {
        for (const DocumentId document : documents)
            transaction.touch(document);
        return execute(transaction, kCancelRun, transaction.nowMs(), jsonArray(documents), run);
    });
}

base::Result<int> Trials::cancelAll(Transaction &transaction)
{
    return attempt([&] { return execute(transaction, kCancelAll, transaction.nowMs()); });
}

} // namespace lectern::store
