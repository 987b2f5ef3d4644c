// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SavedSearches.h"

#include "store/Failure.h"
#include "store/NameKey.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

using base::ErrorCode;
using domain::SavedSearch;
using domain::SavedSearchId;

namespace {

constexpr const char *kAll = "SELECT id, name, search FROM saved_search ORDER BY name_key";
constexpr const char *kFind = "SELECT id, name, search FROM saved_search WHERE name_key = ?";
constexpr const char *kSave = R"(
INSERT INTO saved_search (name, name_key, search, created_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (name_key) DO UPDATE SET name = excluded.name, search = excluded.search)";
constexpr const char *kIsTaken = "SELECT 1 FROM saved_search WHERE name_key = ? AND id <> ?";
constexpr const char *kRename = "UPDATE saved_search SET name = ?, name_key = ? WHERE id = ?";
constexpr const char *kRemove = "DELETE FROM saved_search WHERE id = ?";

SavedSearch searchOf(const Statement &row)
{
    SavedSearch search = orThrow(domain::savedSearchFromJson(row.text(2).toUtf8()));
    search.id = row.id<SavedSearchId>(0);
    search.name = row.text(1);
    return search;
}

} // namespace

base::Result<QVector<SavedSearch>> SavedSearches::all(Connection &connection)
{
    return attempt([&] { return readRows(connection, kAll, searchOf); });
}

base::Result<std::optional<SavedSearch>> SavedSearches::find(Connection &connection, const QString &name)
{
    return attempt([&] { return readRow(connection, kFind, searchOf, nameKeyOf(name)); });
}

base::Result<SavedSearchId> SavedSearches::save(Transaction &transaction, const SavedSearch &search)
{
    return attempt([&] {
        const QString name = requireName(search.name);
        execute(transaction, kSave, name, nameKeyOf(name), QString::fromUtf8(domain::toJson(search)),
                transaction.nowMs());
        transaction.touchWorkspace();
        return readRow(transaction, kFind, searchOf, nameKeyOf(name))->id;
    });
}

base::Status SavedSearches::rename(Transaction &transaction, SavedSearchId id, const QString &name)
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

base::Status SavedSearches::remove(Transaction &transaction, SavedSearchId id)
{
    return attempt([&] {
        execute(transaction, kRemove, id);
        transaction.touchWorkspace();
    });
}

} // namespace lectern::store
