// SPDX-License-Identifier: GPL-3.0-or-later
// Library: answers, and what an analyze job stores.
#include "store/Library.h"

#include "store/AnswerRows.h"
#include "store/DocumentRows.h"
#include "store/Failure.h"
#include "store/JobRows.h"
#include "store/LedgerRows.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

using base::Error;
using domain::DocumentId;
using domain::JobKind;
using domain::JobLease;
using domain::JobState;
using domain::Money;
using domain::PageState;
using domain::RunId;

namespace {

constexpr const char *kResultOfKey = "SELECT result FROM answer WHERE key = ?";
constexpr const char *kAnswerOfKey = "SELECT id, analyzer, cost FROM answer WHERE key = ?";
constexpr const char *kAddAnswer = R"(
INSERT INTO answer (key, analyzer, language, result, created_at, raw, cost) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (key) DO NOTHING)";

constexpr const char *kReleaseOfPage = R"(
UPDATE answer SET released_at = ?
 WHERE id = (SELECT answer_id FROM page WHERE document_id = ? AND number = ? AND state = ?) AND id <> ?)";
constexpr const char *kShow =
    "UPDATE page SET answer_id = ? WHERE document_id = ? AND number = ? AND state = 2";
constexpr const char *kPageDone = R"(
UPDATE page SET state = 2, answer_id = ?, done_at = ?, error_code = 'none', error_detail = ''
 WHERE document_id = ? AND number = ? AND state = 1)";
constexpr const char *kCountDone = "UPDATE document SET pages_done = pages_done + 1 WHERE id = ?";
constexpr const char *kInUse = "UPDATE answer SET released_at = 0 WHERE id = ? AND released_at <> 0";
constexpr const char *kReleaseAll = R"(
UPDATE answer SET released_at = ?
 WHERE id IN (SELECT answer_id FROM page WHERE document_id = ? AND answer_id IS NOT NULL))";

constexpr const char *kRelease = "UPDATE answer SET released_at = ? WHERE id = ?";

constexpr const char *kKeepWritten = R"(
INSERT OR REPLACE INTO unusable_answer (page_id, text)
SELECT id, ? FROM page WHERE document_id = ? AND number = ? AND state = 3)";

constexpr const char *kIsWaiting = "SELECT 1 FROM page WHERE document_id = ? AND number = ? AND state = 1";

constexpr const char *kStillUsed = R"(
UPDATE answer SET released_at = 0
 WHERE id IN (SELECT id FROM answer WHERE released_at <> 0 AND released_at < ?
                 AND EXISTS (SELECT 1 FROM page WHERE page.answer_id = answer.id) LIMIT ?))";
constexpr const char *kPurge = R"(
DELETE FROM answer
 WHERE id IN (SELECT id FROM answer WHERE released_at <> 0 AND released_at < ?
                 AND NOT EXISTS (SELECT 1 FROM page WHERE page.answer_id = answer.id) LIMIT ?))";

QString bounded(const QString &written)
{
    if (written.size() <= Library::kLongestWritten)
        return written;
    qsizetype end = Library::kLongestWritten - 1;
    if (written.at(end - 1).isHighSurrogate())
        --end;
    return written.left(end) + u'…';
}

AnswerRow keep(Transaction &transaction, const NewAnswer &answer)
{
    execute(transaction, kAddAnswer, answer.key, answer.analyzer, answer.analysis.language,
            QString::fromUtf8(domain::toJson(answer.analysis)), transaction.nowMs(), bounded(answer.raw),
            answer.cost.picodollars);
    return *findAnswer(transaction, answer.key);
}

// No page has it, as far as is known: it is kept for a while.
void release(Transaction &transaction, const AnswerRow &answer)
{
    execute(transaction, kRelease, transaction.nowMs(), answer.id);
}

void releaseOf(Transaction &transaction, DocumentId document, int page, PageState state, qint64 answer)
{
    execute(transaction, kReleaseOfPage, transaction.nowMs(), document, page, state, answer);
}

// Ends a trial of a page: a page that was done shows the new answer, any other waits on for its own.
void endTrial(Transaction &transaction, const domain::Job &job, const AnswerRow &answer)
{
    releaseOf(transaction, job.document, job.page, PageState::Done, answer.id);
    if (execute(transaction, kShow, answer.id, job.document, job.page) > 0)
        execute(transaction, kInUse, answer.id);
    endJob(transaction, job, JobState::Done);
}

// The document was given to another analyser while this one was at work: its answer is kept, and the page
// still waits for the other's.
bool isAskedOfAnother(Transaction &transaction, const RunningJob &running, const QString &analyzer)
{
    const domain::Job &job = running.job;
    return running.stop == StopRequest::Wait && analyzer != analyzerOf(transaction, job.document) &&
           exists(transaction, kIsWaiting, job.document, job.page);
}

} // namespace

std::optional<AnswerRow> findAnswer(Connection &connection, const QByteArray &key)
{
    return readRow(
        connection, kAnswerOfKey,
        [](const Statement &row) {
            return AnswerRow{row.integer(0), row.text(1), Money{row.integer(2)}};
        },
        key);
}

void useAnswer(Transaction &transaction, const AnswerRow &answer, RunId run, DocumentId document)
{
    execute(transaction, kInUse, answer.id);
    bookSaving(transaction, run, document, answer.analyzer, answer.cost);
}

bool setPageDone(Transaction &transaction, DocumentId document, int page, qint64 answer)
{
    releaseOf(transaction, document, page, PageState::Extracted, answer);
    if (execute(transaction, kPageDone, answer, transaction.nowMs(), document, page) == 0)
        return false;
    execute(transaction, kInUse, answer);
    execute(transaction, kCountDone, document);
    return true;
}

void releaseAnswers(Transaction &transaction, DocumentId document)
{
    execute(transaction, kReleaseAll, transaction.nowMs(), document);
}

base::Result<std::optional<QByteArray>> Library::findAnswer(Connection &connection, const QByteArray &key)
{
    return attempt([&] {
        return readRow(
            connection, kResultOfKey, [](const Statement &row) { return row.text(0).toUtf8(); }, key);
    });
}

base::Status Library::keepAnswer(Transaction &transaction, const NewAnswer &answer)
{
    return attempt([&] { release(transaction, keep(transaction, answer)); });
}

base::Status Library::storeAnalysis(Transaction &transaction, JobLease lease, DocumentId document, int page,
                                    const QByteArray &key, const QString &analyzer,
                                    const domain::PageAnalysis &analysis)
{
    return storeAnalysis(transaction, lease, document, page, NewAnswer{key, analyzer, analysis, {}, {}});
}

base::Status Library::storeAnalysis(Transaction &transaction, JobLease lease, DocumentId document, int page,
                                    const NewAnswer &answer)
{
    return attempt([&] {
        const RunningJob running = requireLease(transaction, lease, document);
        const AnswerRow stored = keep(transaction, answer);
        if (running.job.kind == JobKind::Trial) {
            release(transaction, stored);
            endTrial(transaction, running.job, stored);
            return;
        }
        if (isAskedOfAnother(transaction, running, answer.analyzer)) {
            release(transaction, stored);
            parkJob(transaction, running.job, running.job.runAt, 0, {});
            return;
        }
        if (!setPageDone(transaction, document, page, stored.id))
            release(transaction, stored);
        endJob(transaction, running.job, JobState::Done);
    });
}

base::Result<bool> Library::reuseAnswer(Transaction &transaction, JobLease lease, DocumentId document,
                                        int page, const QByteArray &key)
{
    return attempt([&] {
        const RunningJob running = requireLease(transaction, lease, document);
        const auto answer = store::findAnswer(transaction, key);
        if (!answer)
            return false;
        if (running.job.kind == JobKind::Trial) {
            endTrial(transaction, running.job, *answer);
            return true;
        }
        if (isAskedOfAnother(transaction, running, answer->analyzer)) {
            parkJob(transaction, running.job, running.job.runAt, 0, {});
            return true;
        }
        if (setPageDone(transaction, document, page, answer->id))
            useAnswer(transaction, *answer, running.job.run, document);
        endJob(transaction, running.job, JobState::Done);
        return true;
    });
}

base::Status Library::failAnalysis(Transaction &transaction, JobLease lease, DocumentId document, int page,
                                   const Error &error, const QString &written)
{
    return attempt([&] {
        const RunningJob running = requireLease(transaction, lease, document);
        if (running.stop == StopRequest::Cancel) {
            endJob(transaction, running.job, JobState::Cancelled, {base::ErrorCode::Cancelled, {}});
            return;
        }
        if (running.stop == StopRequest::Wait) {
            parkJob(transaction, running.job, running.job.runAt, 0, {}); // asked for again meanwhile
            return;
        }
        endJob(transaction, running.job, JobState::Failed, error);
        if (running.job.kind == JobKind::Analyze) {
            failWaitingPage(transaction, document, page, error);
            if (!written.isEmpty())
                execute(transaction, kKeepWritten, bounded(written), document, page);
        }
        addJobEvent(transaction, running.job, QStringLiteral("failed"), error);
    });
}

base::Result<int> Library::purgeAnswers(Transaction &transaction, qint64 releasedBefore, int limit)
{
    return attempt([&] {
        const int used = execute(transaction, kStillUsed, releasedBefore, limit);
        return used + execute(transaction, kPurge, releasedBefore, limit);
    });
}

} // namespace lectern::store
