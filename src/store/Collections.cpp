// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Collections.h"

#include "store/Failure.h"
#include "store/NameKey.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

using base::ErrorCode;
using domain::Collection;
using domain::CollectionId;
using domain::DocumentId;

namespace {

#define LECTERN_COLLECTION                                                                                   \
    "SELECT id, name, (SELECT count(*) FROM collection_document AS held JOIN document"                       \
    "                      ON document.id = held.document_id AND document.removed_at = 0"                    \
    "                   WHERE held.collection_id = collection.id) FROM collection "
constexpr const char *kAll = LECTERN_COLLECTION "ORDER BY name_key";
constexpr const char *kFind = LECTERN_COLLECTION "WHERE name_key = ?";
constexpr const char *kHolding = R"(
SELECT collection_id FROM collection_document
 WHERE document_id IN (SELECT value FROM json_each(?)) GROUP BY collection_id HAVING count(*) = ?)";
constexpr const char *kMake = "INSERT INTO collection (name, name_key, created_at) VALUES (?, ?, ?)";
constexpr const char *kIsTaken = "SELECT 1 FROM collection WHERE name_key = ? AND id <> ?";
constexpr const char *kIsThere = "SELECT 1 FROM collection WHERE id = ?";
constexpr const char *kRename = "UPDATE collection SET name = ?, name_key = ? WHERE id = ?";
constexpr const char *kRemove = "DELETE FROM collection WHERE id = ?";
constexpr const char *kPut = R"(
INSERT OR IGNORE INTO collection_document (collection_id, document_id)
SELECT ?, document.id FROM json_each(?) AS given JOIN document ON document.id = given.value)";
constexpr const char *kTake = R"(
DELETE FROM collection_document
 WHERE collection_id = ? AND document_id IN (SELECT value FROM json_each(?)))";

/// Lists of a collection change with its documents.
void touch(Transaction &transaction, const QVector<DocumentId> &documents)
{
    for (const DocumentId document : documents)
        transaction.touch(document);
    transaction.touchWorkspace();
}

Collection collectionOf(const Statement &row)
{
    return {row.id<CollectionId>(0), row.text(1), row.number(2)};
}

} // namespace

base::Result<QVector<Collection>> Collections::all(Connection &connection)
{
    return attempt([&] { return readRows(connection, kAll, collectionOf); });
}

base::Result<std::optional<Collection>> Collections::find(Connection &connection, const QString &name)
{
    return attempt([&] { return readRow(connection, kFind, collectionOf, nameKeyOf(name)); });
}

base::Result<QVector<CollectionId>> Collections::holding(Connection &connection,
                                                         const QVector<DocumentId> &documents)
{
    return attempt([&] {
        return readRows(
            connection, kHolding, [](const Statement &row) { return row.id<CollectionId>(0); },
            jsonArray(documents), static_cast<qint64>(documents.size()));
    });
}

base::Result<CollectionId> Collections::make(Transaction &transaction, const QString &name)
{
    return attempt([&] {
        const QString clean = requireName(name);
        if (const auto known = readRow(transaction, kFind, collectionOf, nameKeyOf(clean)))
            return known->id;
        Statement insert(transaction, kMake);
        insert.run(clean, nameKeyOf(clean), transaction.nowMs());
        transaction.touchWorkspace();
        return CollectionId{insert.insertedId()};
    });
}

base::Status Collections::rename(Transaction &transaction, CollectionId id, const QString &name)
{
    return attempt([&] {
        const QString clean = requireName(name);
        if (exists(transaction, kIsTaken, nameKeyOf(clean), id))
            throw Failure{{ErrorCode::InvalidArgument, clean}};
        if (execute(transaction, kRename, clean, nameKeyOf(clean), id) == 0)
            throw Failure{{ErrorCode::NotFound, clean}};
        transaction.touchWorkspace();
    });
}

base::Status Collections::remove(Transaction &transaction, CollectionId id)
{
    return attempt([&] {
        execute(transaction, kRemove, id);
        transaction.touchWorkspace();
    });
}

base::Status Collections::put(Transaction &transaction, CollectionId id, const QVector<DocumentId> &documents)
{
    return attempt([&] {
        if (!exists(transaction, kIsThere, id))
            throw Failure{{ErrorCode::NotFound, QStringLiteral("collection %1").arg(id.value)}};
        execute(transaction, kPut, id, jsonArray(documents));
        touch(transaction, documents);
    });
}

base::Status Collections::take(Transaction &transaction, CollectionId id,
                               const QVector<DocumentId> &documents)
{
    return attempt([&] {
        execute(transaction, kTake, id, jsonArray(documents));
        touch(transaction, documents);
    });
}

} // namespace lectern::store
