// SPDX-License-Identifier: GPL-3.0-or-later
// Library: what an analyze job stores.
#include "store/Library.h"

#include "store/DocumentRows.h"
#include "store/Failure.h"
#include "store/JobRows.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

using base::Error;
using domain::DocumentId;
using domain::JobLease;
using domain::JobState;

namespace {

constexpr const char *kFindAnswer = "SELECT result FROM answer WHERE key = ?";
constexpr const char *kAddAnswer = R"(
INSERT INTO answer (key, analyzer, language, result, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING)";

constexpr const char *kPageDone = R"(
UPDATE page SET state = 2, answer_id = ?, done_at = ?, error_code = 'none', error_detail = ''
 WHERE document_id = ? AND number = ? AND state = 1)";
constexpr const char *kCountDone = "UPDATE document SET pages_done = pages_done + 1 WHERE id = ?";

} // namespace

base::Result<std::optional<QByteArray>> Library::findAnswer(Connection &connection, const QByteArray &key)
{
    return attempt([&] {
        return readRow(
            connection, kFindAnswer, [](const Statement &row) { return row.text(0).toUtf8(); }, key);
    });
}

base::Status Library::storeAnalysis(Transaction &transaction, JobLease lease, DocumentId document, int page,
                                    const QByteArray &key, const QString &analyzer,
                                    const domain::PageAnalysis &analysis)
{
    return attempt([&] {
        const RunningJob running = requireLease(transaction, lease, document);
        const qint64 now = transaction.nowMs();
        execute(transaction, kAddAnswer, key, analyzer, analysis.language,
                QString::fromUtf8(domain::toJson(analysis)), now);
        const auto answer = findAnswerRow(transaction, key);
        if (execute(transaction, kPageDone, answer, now, document, page) > 0)
            execute(transaction, kCountDone, document);
        endJob(transaction, running.job, JobState::Done);
    });
}

base::Status Library::failAnalysis(Transaction &transaction, JobLease lease, DocumentId document, int page,
                                   const Error &error)
{
    return attempt([&] {
        const RunningJob running = requireLease(transaction, lease, document);
        if (running.stop == StopRequest::Cancel) {
            endJob(transaction, running.job, JobState::Cancelled, {base::ErrorCode::Cancelled, {}});
            return;
        }
        endJob(transaction, running.job, JobState::Failed, error);
        failWaitingPage(transaction, document, page, error);
        addJobEvent(transaction, running.job, QStringLiteral("failed"), error);
    });
}

} // namespace lectern::store
