// SPDX-License-Identifier: GPL-3.0-or-later
// Library: what the user asks for.
#include "store/Library.h"

#include "store/DocumentRows.h"
#include "store/Failure.h"
#include "store/JobRows.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

using domain::DocumentId;
using domain::DocumentState;
using domain::SourceId;

namespace {

constexpr const char *kTrashedBefore =
    "SELECT id FROM document WHERE removed_at <> 0 AND removed_at < ? ORDER BY removed_at, id";

constexpr const char *kPinExtract =
    "UPDATE job SET only_worker = ? WHERE document_id = ? AND kind = 1 AND state < 10";

constexpr const char *kSetMissing =
    "UPDATE source SET missing = ? WHERE id = ? AND missing <> ? RETURNING document_id";

} // namespace

base::Status Library::remove(Transaction &transaction, const QVector<DocumentId> &documents)
{
    return attempt([&] {
        for (const DocumentId document : documents) {
            if (!setInTrash(transaction, document, true))
                continue;
            applyHolds(transaction, document);
            askToWait(transaction, document);
            addDocumentEvent(transaction, document, QStringLiteral("removed"));
        }
    });
}

base::Status Library::restore(Transaction &transaction, const QVector<DocumentId> &documents)
{
    return attempt([&] {
        for (const DocumentId document : documents) {
            if (!setInTrash(transaction, document, false))
                continue;
            applyHolds(transaction, document);
            addDocumentEvent(transaction, document, QStringLiteral("restored"));
        }
    });
}

base::Status Library::purge(Transaction &transaction, const QVector<DocumentId> &documents)
{
    return attempt([&] {
        for (const DocumentId document : documents)
            forgetDocument(transaction, document);
    });
}

base::Result<QVector<DocumentId>> Library::trashedBefore(Connection &connection, qint64 removedBefore)
{
    return attempt([&] {
        return readRows(
            connection, kTrashedBefore, [](const Statement &row) { return row.id<DocumentId>(0); },
            removedBefore);
    });
}

base::Status Library::unlock(Transaction &transaction, DocumentId document, const QString &worker)
{
    return attempt([&] {
        if (factsOf(transaction, document).state != DocumentState::NeedsPassword)
            return;
        restartDocument(transaction, document);
        execute(transaction, kPinExtract, worker, document);
        addDocumentEvent(transaction, document, QStringLiteral("unlocked"));
    });
}

base::Status Library::setPlaceMissing(Transaction &transaction, SourceId source, bool missing)
{
    return attempt([&] {
        const auto document = readInteger(transaction, kSetMissing, missing, source, missing);
        if (document)
            transaction.touch(DocumentId{*document});
    });
}

} // namespace lectern::store
