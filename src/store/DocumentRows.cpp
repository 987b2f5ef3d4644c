// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/DocumentRows.h"

#include "store/AnswerRows.h"
#include "store/ChunkRows.h"
#include "store/Failure.h"
#include "store/JobRows.h"
#include "store/LedgerRows.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

using base::Error;
using base::ErrorCode;
using domain::DocumentId;
using domain::DocumentState;
using domain::Goal;
using domain::PageState;
using domain::Priority;
using domain::RunId;

namespace {

constexpr int kDigits = 12; ///< to which numbers in a name are padded for sorting

constexpr const char *kFacts = R"(
SELECT state, goal, priority, run_id, pages_total, pages_extracted, sha256, removed_at FROM document WHERE id = ?)";

constexpr const char *kSetError = "UPDATE document SET error_code = ?, error_detail = ? WHERE id = ?";

constexpr const char *kFailWaitingPage = R"(
UPDATE page SET state = 3, error_code = ?, error_detail = ?
 WHERE document_id = ? AND number = ? AND state = 1)";
constexpr const char *kCountFailedPage = "UPDATE document SET pages_failed = pages_failed + 1 WHERE id = ?";

// A failed page goes back to where it was: queued without text, extracted with it.
constexpr const char *kRestartPages = R"(
UPDATE page SET state = CASE WHEN extracted_at = 0 THEN 0 ELSE 1 END, attempts = 0, error_code = 'none', error_detail = ''
 WHERE document_id = ? AND error_code <> 'none' AND state = 3)";
constexpr const char *kRestartPage = R"(
UPDATE page SET state = CASE WHEN extracted_at = 0 THEN 0 ELSE 1 END, attempts = 0, error_code = 'none', error_detail = ''
 WHERE document_id = ? AND number = ? AND state = 3)";

constexpr const char *kRestartDocument = R"(
UPDATE document SET state = CASE WHEN pages_total < 0 THEN 0 ELSE 1 END, pages_failed = pages_failed - ?,
       error_code = 'none', error_detail = '', finished_at = 0
 WHERE id = ?)";

constexpr const char *kSetRun = "UPDATE document SET run_id = ? WHERE id = ?";
constexpr const char *kSetRunOfJobs = R"(
UPDATE job SET run_id = ?, lane = CASE kind WHEN 2 THEN ? ELSE lane END
 WHERE document_id = ? AND kind IN (1, 2) AND state < 10)";

constexpr const char *kHasEndedEmbedding =
    "SELECT 1 FROM job WHERE document_id = ? AND kind = 4 AND state IN (11, 12) LIMIT 1";

constexpr const char *kGoalToAnalysis = "UPDATE document SET goal = 1 WHERE id = ? AND goal = 0";
constexpr const char *kReopenDonePages = R"(
UPDATE page SET state = 1, done_at = 0 WHERE document_id = ? AND state = 2 AND answer_id IS NULL)";
constexpr const char *kCountReopened = R"(
UPDATE document SET pages_done = pages_done - ?, state = CASE WHEN state IN (10, 11) THEN 1 ELSE state END,
       finished_at = CASE WHEN state IN (10, 11) THEN 0 ELSE finished_at END
 WHERE id = ?)";

constexpr const char *kPagesTotal = "SELECT pages_total FROM document WHERE id = ?";
constexpr const char *kDocumentOfHash = "SELECT id FROM document WHERE sha256 = ?";

constexpr const char *kToTrash = "UPDATE document SET removed_at = ? WHERE id = ? AND removed_at = 0";
constexpr const char *kOutOfTrash = "UPDATE document SET removed_at = 0 WHERE id = ? AND removed_at <> 0";

constexpr const char *kForgetSearch =
    "DELETE FROM page_search WHERE rowid IN (SELECT id FROM page WHERE document_id = ?)";
constexpr const char *kForgetPages = "DELETE FROM page WHERE document_id = ?";
constexpr const char *kForgetAnalyses = "DELETE FROM job WHERE document_id = ? AND kind <> 1";
constexpr const char *kForgetCounts = R"(
UPDATE document SET pages_total = -1, pages_extracted = 0, pages_with_text = 0, pages_done = 0, pages_failed = 0,
       language = '' WHERE id = ?)";
constexpr const char *kForgetDocument = "DELETE FROM document WHERE id = ?";

constexpr const char *kWordsOf = R"(
SELECT document.name, document.title, (SELECT group_concat(path, char(10)) FROM source WHERE document_id = document.id)
  FROM document WHERE id = ?)";
constexpr const char *kSetWords = R"(
INSERT INTO document_words (document_id, words) VALUES (?, ?)
    ON CONFLICT (document_id) DO UPDATE SET words = excluded.words)";

bool isOpen(DocumentState state)
{
    return !domain::isSettled(state);
}

} // namespace

std::optional<DocumentFacts> findFacts(Connection &connection, DocumentId document)
{
    return readRow(
        connection, kFacts,
        [](const Statement &row) {
            DocumentFacts facts;
            facts.state = static_cast<DocumentState>(row.number(0));
            facts.goal = static_cast<Goal>(row.number(1));
            facts.priority = static_cast<Priority>(row.number(2));
            facts.run = row.id<RunId>(3);
            facts.pagesTotal = row.number(4);
            facts.pagesExtracted = row.number(5);
            facts.sha256 = row.bytes(6);
            facts.isInTrash = row.flag(7);
            return facts;
        },
        document);
}

DocumentFacts factsOf(Connection &connection, DocumentId document)
{
    auto facts = findFacts(connection, document);
    if (!facts)
        throw Failure{{ErrorCode::NotFound, QStringLiteral("document %1").arg(document.value)}};
    return *facts;
}

void setDocumentError(Transaction &transaction, DocumentId document, const Error &error)
{
    execute(transaction, kSetError, base::errorName(error.code), error.detail, document);
    transaction.touch(document);
}

void failWaitingPage(Transaction &transaction, DocumentId document, int page, const Error &error)
{
    if (execute(transaction, kFailWaitingPage, base::errorName(error.code), error.detail, document, page) > 0)
        execute(transaction, kCountFailedPage, document);
    transaction.touch(document);
}

int restartDocument(Transaction &transaction, DocumentId document)
{
    const int pages = execute(transaction, kRestartPages, document);
    execute(transaction, kRestartDocument, pages, document);
    transaction.touch(document);
    const DocumentFacts facts = factsOf(transaction, document);
    int jobs = letStoppingWait(transaction, document);
    if (facts.pagesTotal < 0 || facts.pagesExtracted < facts.pagesTotal)
        jobs += restartExtract(transaction, document);
    if (facts.goal == Goal::Analysis)
        jobs += restartAnalyses(transaction, document);
    if (exists(transaction, kHasEndedEmbedding, document))
        addEmbedJobs(transaction, document);
    return jobs;
}

void restartPage(Transaction &transaction, DocumentId document, int page)
{
    const int pages = execute(transaction, kRestartPage, document, page);
    if (pages == 0)
        return;
    execute(transaction, kRestartDocument, pages, document);
    transaction.touch(document);
    const DocumentFacts facts = factsOf(transaction, document);
    letStoppingWait(transaction, document);
    if (facts.pagesExtracted < facts.pagesTotal)
        restartExtract(transaction, document);
    if (facts.goal == Goal::Analysis)
        restartAnalyses(transaction, document);
}

void moveToRun(Transaction &transaction, DocumentId document, RunId run)
{
    execute(transaction, kSetRun, run, document);
    execute(transaction, kSetRunOfJobs, run, analyzeLane(transaction, document), document);
    transaction.touch(document);
}

void raiseGoal(Transaction &transaction, DocumentId document)
{
    if (execute(transaction, kGoalToAnalysis, document) == 0)
        return;
    const int reopened = execute(transaction, kReopenDonePages, document);
    execute(transaction, kCountReopened, reopened, document);
    transaction.touch(document);
    if (isOpen(factsOf(transaction, document).state))
        restartAnalyses(transaction, document);
}

int pagesTotalOf(Connection &connection, DocumentId document)
{
    const auto total = readInteger(connection, kPagesTotal, document);
    if (!total)
        throw Failure{{ErrorCode::NotFound, QStringLiteral("document %1").arg(document.value)}};
    return static_cast<int>(*total);
}

std::optional<DocumentId> findDocument(Connection &connection, const QByteArray &sha256)
{
    return readRow(
        connection, kDocumentOfHash, [](const Statement &row) { return row.id<DocumentId>(0); }, sha256);
}

bool setInTrash(Transaction &transaction, DocumentId document, bool inTrash)
{
    const int changed = inTrash ? execute(transaction, kToTrash, transaction.nowMs(), document)
                                : execute(transaction, kOutOfTrash, document);
    if (changed > 0)
        transaction.touch(document);
    if (changed > 0 && inTrash)
        endTrials(transaction, document);
    return changed > 0;
}

void forgetPages(Transaction &transaction, DocumentId document)
{
    releaseAnswers(transaction, document);
    execute(transaction, kForgetSearch, document);
    execute(transaction, kForgetPages, document);
    execute(transaction, kForgetAnalyses, document);
    execute(transaction, kForgetCounts, document);
}

void forgetDocument(Transaction &transaction, DocumentId document)
{
    releaseAnswers(transaction, document);
    forgetDocumentInTotals(transaction, document);
    execute(transaction, kForgetSearch, document);
    execute(transaction, kForgetDocument, document);
    transaction.touchWorkspace();
}

QString sortKey(const QString &name)
{
    QString key;
    const QString folded = name.toCaseFolded();
    qsizetype i = 0;
    while (i < folded.size()) {
        qsizetype end = i;
        while (end < folded.size() && folded.at(end).isDigit())
            ++end;
        if (end == i) {
            key += folded.at(i++);
            continue;
        }
        const QString digits = folded.mid(i, end - i);
        key += digits.rightJustified(kDigits, u'0');
        i = end;
    }
    return key;
}

void updateWords(Transaction &transaction, DocumentId document)
{
    const auto words = readRow(
        transaction, kWordsOf,
        [](const Statement &row) { return QString(row.text(0) + u'\n' + row.text(1) + u'\n' + row.text(2)); },
        document);
    if (words)
        execute(transaction, kSetWords, document, words->toCaseFolded());
}

} // namespace lectern::store
