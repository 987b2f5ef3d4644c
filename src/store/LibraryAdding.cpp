// SPDX-License-Identifier: GPL-3.0-or-later
// Library: sources, and what becomes of them when their content is known.
#include "store/Library.h"

#include "store/DocumentRows.h"
#include "store/Failure.h"
#include "store/JobRows.h"
#include "store/Statement.h"
#include "store/Transaction.h"

#include <QFileInfo>

namespace lectern::store {

using base::Error;
using base::ErrorCode;
using domain::DocumentId;
using domain::DocumentState;
using domain::Goal;
using domain::JobLease;
using domain::JobState;
using domain::RunId;
using domain::SourceId;

namespace {

constexpr const char *kSourceOfPath =
    "SELECT id, document_id, bytes, modified_at, missing FROM source WHERE path = ?";
constexpr const char *kAddDocument = R"(
INSERT INTO document (run_id, name, name_key, goal, bytes, added_at, change_seq) VALUES (?, ?, ?, ?, ?, ?, 0))";
constexpr const char *kAddSource = R"(
INSERT INTO source (document_id, path, bytes, modified_at, added_at) VALUES (?, ?, ?, ?, ?))";
constexpr const char *kMoveSource = R"(
UPDATE source SET document_id = ?, bytes = ?, modified_at = ?, missing = 0 WHERE id = ?)";
constexpr const char *kFoundAgain = "UPDATE source SET missing = 0 WHERE id = ? AND missing = 1";
constexpr const char *kHasPlace = "SELECT 1 FROM source WHERE document_id = ?";

constexpr const char *kSettleUnsupported = R"(
UPDATE document SET state = 14, error_code = 'unsupported_kind', error_detail = ?, finished_at = ? WHERE id = ?)";

constexpr const char *kSetContent = R"(
UPDATE document SET sha256 = ?, bytes = ?, kind = ?, state = CASE WHEN state < 10 THEN 1 ELSE state END WHERE id = ?)";
constexpr const char *kSetPlaceContent = "UPDATE source SET bytes = ?, modified_at = ? WHERE document_id = ?";
constexpr const char *kPlaceCount = "SELECT count(*) FROM source WHERE document_id = ?";
constexpr const char *kMovePlaces = "UPDATE source SET document_id = ? WHERE document_id = ?";
constexpr const char *kMoveJob = "UPDATE job SET document_id = ?, run_id = ? WHERE id = ?";
constexpr const char *kJoinCollections = R"(
INSERT OR IGNORE INTO collection_document (collection_id, document_id)
SELECT collection_id, ? FROM collection_document WHERE document_id = ?)";
constexpr const char *kMoveEvents = "UPDATE job_event SET document_id = ? WHERE document_id = ?";

struct KnownSource {
    SourceId id;
    DocumentId document;
    qint64 bytes = 0;
    qint64 modifiedAt = 0;
};

std::optional<KnownSource> findSource(Connection &connection, const QString &path)
{
    return readRow(
        connection, kSourceOfPath,
        [](const Statement &row) {
            return KnownSource{row.id<SourceId>(0), row.id<DocumentId>(1), row.integer(2), row.integer(3)};
        },
        path);
}

DocumentId createDocument(Transaction &transaction, const NewSource &source)
{
    const QString name = QFileInfo(source.path).fileName();
    Statement insert(transaction, kAddDocument);
    insert.run(source.run, name, sortKey(name), source.goal, source.bytes, transaction.nowMs());
    const DocumentId document{insert.insertedId()};
    transaction.touch(document);
    return document;
}

// A new document for a path that is new or leads to something new.
DocumentId startVersion(Transaction &transaction, const NewSource &source,
                        const std::optional<KnownSource> &known)
{
    const DocumentId document = createDocument(transaction, source);
    if (known) {
        execute(transaction, kMoveSource, document, source.bytes, source.modifiedAt, known->id);
        execute(transaction, kJoinCollections, document, known->document);
        if (!exists(transaction, kHasPlace, known->document)) {
            setInTrash(transaction, known->document, true);
            askToWait(transaction, known->document);
        }
        updateWords(transaction, known->document);
        applyHolds(transaction, known->document);
    } else {
        execute(transaction, kAddSource, document, source.path, source.bytes, source.modifiedAt,
                transaction.nowMs());
    }
    updateWords(transaction, document);
    return document;
}

// A document that is known is asked for again: out of the trash, further if the goal is further, and once
// more if it failed or was cancelled. With new work it belongs to the new run. Returns whether it came out of
// the trash.
bool askAgain(Transaction &transaction, DocumentId document, Goal goal, RunId run)
{
    const bool restored = setInTrash(transaction, document, false);
    const DocumentFacts facts = factsOf(transaction, document);
    const bool again = facts.state == DocumentState::Failed || facts.state == DocumentState::Cancelled;
    const bool further = goal > facts.goal;
    if (again || further)
        moveToRun(transaction, document, run);
    if (further)
        raiseGoal(transaction, document);
    if (again)
        restartDocument(transaction, document);
    if (restored || again || further)
        applyHolds(transaction, document);
    return restored;
}

bool isUnchanged(const KnownSource &known, const NewSource &source)
{
    return known.bytes == source.bytes && known.modifiedAt == source.modifiedAt;
}

AddedSource addAgain(Transaction &transaction, const KnownSource &known, const NewSource &source)
{
    if (execute(transaction, kFoundAgain, known.id) > 0)
        transaction.touch(known.document);
    return {known.document, false, askAgain(transaction, known.document, source.goal, source.run)};
}

// The document turned out to be known: all that it has goes there, and it disappears.
void mergeInto(Transaction &transaction, DocumentId known, DocumentId provisional, const domain::Job &job)
{
    const DocumentFacts facts = factsOf(transaction, provisional);
    endJob(transaction, job, JobState::Skipped);
    execute(transaction, kMovePlaces, known, provisional);
    execute(transaction, kMoveJob, known, facts.run, job.id);
    execute(transaction, kMoveEvents, known, provisional);
    execute(transaction, kJoinCollections, known, provisional);
    forgetDocument(transaction, provisional);
    updateWords(transaction, known);
    askAgain(transaction, known, facts.goal, facts.run);
    transaction.touch(known);
}

} // namespace

base::Result<AddedSource> Library::addSource(Transaction &transaction, const NewSource &source)
{
    return attempt([&] {
        const auto known = findSource(transaction, source.path);
        if (known && isUnchanged(*known, source))
            return addAgain(transaction, *known, source);
        const DocumentId document = startVersion(transaction, source, known);
        restartExtract(transaction, document);
        addDocumentEvent(transaction, document, QStringLiteral("enqueued"));
        return AddedSource{document, true, false};
    });
}

base::Result<AddedSource> Library::addUnsupported(Transaction &transaction, const NewSource &source,
                                                  const QString &detail)
{
    return attempt([&] {
        const auto known = findSource(transaction, source.path);
        if (known && isUnchanged(*known, source)) {
            if (execute(transaction, kFoundAgain, known->id) > 0)
                transaction.touch(known->document);
            return AddedSource{known->document, false, setInTrash(transaction, known->document, false)};
        }
        const DocumentId document = startVersion(transaction, source, known);
        execute(transaction, kSettleUnsupported, detail, transaction.nowMs(), document);
        return AddedSource{document, true, false};
    });
}

base::Result<std::optional<DocumentId>> Library::setFetched(Transaction &transaction, JobLease lease,
                                                            DocumentId document, const Fetched &fetched)
{
    return attempt([&]() -> std::optional<DocumentId> {
        const RunningJob running = requireLease(transaction, lease, document);
        const DocumentFacts facts = factsOf(transaction, document);
        const bool isFirstTime = facts.sha256.isEmpty();
        const bool isOther = !isFirstTime && facts.sha256 != fetched.sha256;
        if (isOther && readInteger(transaction, kPlaceCount, document).value_or(0) > 1) {
            // Another place may still hold what this document is.
            throw Failure{{ErrorCode::FileChanged, QStringLiteral("document %1").arg(document.value)}};
        }
        const auto known = findDocument(transaction, fetched.sha256);
        if (known && *known != document) {
            mergeInto(transaction, *known, document, running.job);
            return known;
        }
        if (isOther)
            forgetPages(transaction, document); // the file was changed after some of its pages had been read
        execute(transaction, kSetContent, fetched.sha256, fetched.bytes, fetched.kind, document);
        if (isFirstTime || isOther)
            execute(transaction, kSetPlaceContent, fetched.bytes, fetched.modifiedAt, document);
        transaction.touch(document);
        return std::nullopt;
    });
}

} // namespace lectern::store
