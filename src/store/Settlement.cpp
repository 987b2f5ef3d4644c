// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Settlement.h"

#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

using base::Error;
using base::ErrorCode;
using domain::DocumentState;

namespace {

constexpr const char *kMarkChanged = "UPDATE document SET change_seq = ? WHERE id = ?";

// A cancelled document is here as well: when its last running job still got its pages done, it is done.
constexpr const char *kUnsettled = R"(
SELECT pages_total, pages_done, pages_failed, error_code, error_detail, state, goal
  FROM document
 WHERE id = ? AND (state < 10 OR state = 16)
   AND NOT EXISTS (SELECT 1 FROM job WHERE job.document_id = document.id AND job.kind <> 3 AND job.state < 10))";

constexpr const char *kSettle = R"(
UPDATE document SET state = ?, error_code = ?, error_detail = ?, paused = 0, finished_at = ? WHERE id = ?)";

constexpr const char *kSetLanguage = R"(
UPDATE document
   SET language = coalesce((SELECT answer.language
                              FROM page JOIN answer ON answer.id = page.answer_id
                             WHERE page.document_id = document.id AND answer.language NOT IN ('', 'und')
                             GROUP BY answer.language
                             ORDER BY count(*) DESC, answer.language
                             LIMIT 1), '')
 WHERE id = ?)";

} // namespace

DocumentState stateAfter(ErrorCode code)
{
    switch (code) {
    case ErrorCode::PasswordNeeded:
    case ErrorCode::PasswordWrong:
        return DocumentState::NeedsPassword;
    case ErrorCode::Corrupt:
        return DocumentState::Corrupt;
    case ErrorCode::UnsupportedKind:
    case ErrorCode::CertificateNeeded:
        return DocumentState::Unsupported;
    case ErrorCode::Cancelled:
        return DocumentState::Cancelled;
    default:
        return DocumentState::Failed;
    }
}

Verdict verdictOn(int pagesTotal, int pagesDone, int pagesFailed, const Error &error)
{
    if (pagesTotal > 0 && pagesDone + pagesFailed >= pagesTotal)
        return {pagesFailed > 0 ? DocumentState::DoneWithFailures : DocumentState::Done, {}};
    if (error.code != ErrorCode::None)
        return {stateAfter(error.code), error};
    return {DocumentState::Failed,
            {ErrorCode::Internal, QStringLiteral("the work ended before all pages were done")}};
}

void settle(Transaction &transaction, domain::DocumentId document, qint64 change)
{
    execute(transaction, kMarkChanged, change, document);

    struct Found {
        Verdict verdict;
        DocumentState state;
        domain::Goal goal;
    };
    const auto found = readRow(
        transaction, kUnsettled,
        [](const Statement &row) {
            const Error error{base::errorFromName(row.text(3)), row.text(4)};
            return Found{verdictOn(row.number(0), row.number(1), row.number(2), error),
                         static_cast<DocumentState>(row.number(5)), static_cast<domain::Goal>(row.number(6))};
        },
        document);
    if (!found || found->verdict.state == found->state)
        return;
    const Verdict &verdict = found->verdict;
    execute(transaction, kSettle, verdict.state, base::errorName(verdict.error.code), verdict.error.detail,
            transaction.nowMs(), document);
    if (found->goal == domain::Goal::Analysis)
        execute(transaction, kSetLanguage, document);
}

} // namespace lectern::store
