// SPDX-License-Identifier: GPL-3.0-or-later
// Library: runs, and documents that are given to another one.
#include "store/Library.h"

#include "store/AnswerRows.h"
#include "store/DocumentRows.h"
#include "store/Failure.h"
#include "store/JobRows.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

using base::ErrorCode;
using domain::DocumentId;
using domain::DocumentState;
using domain::Goal;
using domain::PageId;
using domain::PageState;
using domain::Run;
using domain::RunId;

namespace {

constexpr const char *kCreateRun = "INSERT INTO run (goal, analyzer, created_at) VALUES (?, ?, ?)";
constexpr const char *kRun = "SELECT id, goal, analyzer, paused, created_at FROM run WHERE id = ?";

constexpr const char *kRaiseGoal = "UPDATE document SET goal = 1 WHERE id = ?";

constexpr const char *kPages = R"(
SELECT id, state, answer_id, content_hash FROM page WHERE document_id = ? AND extracted_at <> 0)";
constexpr const char *kReleaseAnswer = "UPDATE answer SET released_at = ? WHERE id = ?";
constexpr const char *kAnswerPage = R"(
UPDATE page SET state = 2, answer_id = ?, done_at = ?, error_code = 'none', error_detail = '' WHERE id = ?)";
// The old answer stays until a new one takes its place.
constexpr const char *kReopenPage = R"(
UPDATE page SET state = 1, done_at = 0, error_code = 'none', error_detail = '' WHERE id = ?)";

constexpr const char *kSkipJobs = R"(
UPDATE job SET state = 13, finished_at = ?, error_code = 'none', error_detail = ''
 WHERE document_id = ? AND kind = 2 AND state < 10 AND state <> 5
   AND EXISTS (SELECT 1 FROM page WHERE page.document_id = job.document_id AND page.number = job.page_number
                  AND page.state = 2))";
// Waiting ones start afresh with the new analyser; running ones come back.
constexpr const char *kRestartWaiting = R"(
UPDATE job SET state = CASE state WHEN 1 THEN 0 ELSE state END, run_at = ?, attempt = 0, error_code = 'none', error_detail = ''
 WHERE document_id = ? AND kind = 2 AND state < 10 AND state <> 5)";
constexpr const char *kStopRunning = R"(
UPDATE job SET stop_request = 2 WHERE document_id = ? AND kind = 2 AND state < 10 AND state = 5 AND stop_request = 0)";

constexpr const char *kReopenDocument = R"(
UPDATE document
   SET pages_done = (SELECT count(*) FROM page WHERE page.document_id = document.id AND page.state = 2),
       pages_failed = (SELECT count(*) FROM page WHERE page.document_id = document.id AND page.state = 3),
       state = CASE WHEN state IN (10, 11) THEN 1 ELSE state END,
       finished_at = CASE WHEN state IN (10, 11) THEN 0 ELSE finished_at END
 WHERE id = ?)";

std::optional<Run> findRun(Connection &connection, RunId run)
{
    return readRow(
        connection, kRun,
        [](const Statement &row) {
            return Run{row.id<RunId>(0), static_cast<Goal>(row.number(1)), row.text(2), row.flag(3),
                       row.integer(4)};
        },
        run);
}

Run requireRun(Connection &connection, RunId run)
{
    const auto found = findRun(connection, run);
    if (!found)
        throw Failure{{ErrorCode::NotFound, QStringLiteral("run %1").arg(run.value)}};
    return *found;
}

/// A page with its text stored.
struct PageRow {
    PageId id;
    PageState state = PageState::Extracted;
    qint64 answer = 0;
    QByteArray contentHash;
};

QVector<PageRow> pagesOf(Connection &connection, DocumentId document)
{
    return readRows(
        connection, kPages,
        [](const Statement &row) {
            return PageRow{row.id<PageId>(0), static_cast<PageState>(row.number(1)), row.integer(2),
                           row.bytes(3)};
        },
        document);
}

/// Gives documents to a run.
class Assignment {
public:
    Assignment(Transaction &transaction, Run run, const Library::AnswerKeyOf &keyOf, Library::Reassign which)
        : m_transaction(transaction), m_run(std::move(run)), m_keyOf(keyOf),
          m_onlyWaiting(which == Library::Reassign::Waiting)
    {
    }

    void assign(DocumentId document)
    {
        const DocumentFacts facts = factsOf(m_transaction, document);
        if (m_onlyWaiting && domain::isSettled(facts.state))
            return; // nothing of it waits
        moveToRun(m_transaction, document, m_run.id);
        if (m_run.goal == Goal::Analysis)
            analyseAnew(document, facts.state);
        applyHolds(m_transaction, document);
        addDocumentEvent(m_transaction, document, QStringLiteral("run_changed"));
    }

    [[nodiscard]] Library::Assigned result() const { return m_result; }

private:
    void analyseAnew(DocumentId document, DocumentState state)
    {
        execute(m_transaction, kRaiseGoal, document);
        if (state == DocumentState::NeedsPassword || state == DocumentState::Corrupt ||
            state == DocumentState::Unsupported)
            return; // nothing can be done before something else is
        const qint64 waitingBefore = m_result.pagesWaiting;
        for (const PageRow &page : pagesOf(m_transaction, document)) {
            if (!m_onlyWaiting || page.state == PageState::Extracted)
                answerOrReopen(document, page);
        }
        execute(m_transaction, kReopenDocument, document);
        execute(m_transaction, kSkipJobs, m_transaction.nowMs(), document);
        execute(m_transaction, kRestartWaiting, m_transaction.nowMs(), document);
        if (!m_onlyWaiting)
            execute(m_transaction, kStopRunning, document);
        endTrials(m_transaction, document);
        if (state == DocumentState::Failed || state == DocumentState::Cancelled)
            restartDocument(m_transaction, document);
        else
            restartAnalyses(m_transaction, document);
        m_result.documents += m_result.pagesWaiting > waitingBefore ? 1 : 0;
    }

    void answerOrReopen(DocumentId document, const PageRow &page)
    {
        const auto answer = findAnswer(m_transaction, m_keyOf(page.contentHash));
        if (!answer || answer->analyzer != m_run.analyzer) {
            ++m_result.pagesWaiting;
            if (page.state != PageState::Extracted)
                execute(m_transaction, kReopenPage, page.id);
            return;
        }
        if (page.state == PageState::Done && page.answer == answer->id)
            return; // it has that very answer
        if (page.answer != 0 && page.answer != answer->id)
            execute(m_transaction, kReleaseAnswer, m_transaction.nowMs(), page.answer);
        execute(m_transaction, kAnswerPage, answer->id, m_transaction.nowMs(), page.id);
        useAnswer(m_transaction, *answer, m_run.id, document);
        ++m_result.pagesAnswered;
    }

    Transaction &m_transaction;
    const Run m_run;
    const Library::AnswerKeyOf &m_keyOf;
    const bool m_onlyWaiting;
    Library::Assigned m_result;
};

} // namespace

base::Result<RunId> Library::createRun(Transaction &transaction, Goal goal, const QString &analyzer)
{
    return attempt([&] {
        Statement insert(transaction, kCreateRun);
        insert.run(goal, analyzer, transaction.nowMs());
        return RunId{insert.insertedId()};
    });
}

base::Result<Run> Library::run(Connection &connection, RunId run)
{
    return attempt([&] { return requireRun(connection, run); });
}

base::Result<Library::Assigned> Library::assignRun(Transaction &transaction, RunId run,
                                                   const QVector<DocumentId> &documents,
                                                   const AnswerKeyOf &keyOf, Reassign which)
{
    return attempt([&] {
        Assignment assignment(transaction, requireRun(transaction, run), keyOf, which);
        for (const DocumentId document : documents)
            assignment.assign(document);
        return assignment.result();
    });
}

} // namespace lectern::store
