// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Models.h"

#include "store/Failure.h"
#include "store/LedgerRows.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

using domain::ModelRef;

namespace {

constexpr const char *kSetFavourite = "UPDATE model SET favourite = ? WHERE id = ?";
constexpr const char *kFavourites = R"(
SELECT endpoint, name FROM model WHERE favourite = 1 AND endpoint IN (SELECT id FROM endpoint) ORDER BY name, endpoint)";
constexpr const char *kNoteUse = "UPDATE model SET used_at = ? WHERE id = ?";
constexpr const char *kRecent = R"(
SELECT endpoint, name FROM model WHERE used_at > 0 AND endpoint IN (SELECT id FROM endpoint)
 ORDER BY used_at DESC, id DESC LIMIT ?)";
constexpr const char *kAsked = "SELECT endpoint, name FROM model WHERE used_at > 0";
constexpr const char *kSetQuirks = "UPDATE model SET quirks = ? WHERE id = ?";
constexpr const char *kQuirks = "SELECT quirks FROM model WHERE endpoint = ? AND name = ?";

ModelRef modelOf(const Statement &row)
{
    return {row.text(0), row.text(1)};
}

} // namespace

base::Status Models::setFavourite(Transaction &transaction, const ModelRef &model, bool favourite)
{
    return attempt([&] { execute(transaction, kSetFavourite, favourite, modelRow(transaction, model)); });
}

base::Result<QVector<ModelRef>> Models::favourites(Connection &connection)
{
    return attempt([&] { return readRows(connection, kFavourites, modelOf); });
}

base::Status Models::noteUse(Transaction &transaction, const ModelRef &model)
{
    return attempt(
        [&] { execute(transaction, kNoteUse, transaction.nowMs(), modelRow(transaction, model)); });
}

base::Result<QVector<ModelRef>> Models::recent(Connection &connection, int limit)
{
    return attempt([&] { return readRows(connection, kRecent, modelOf, limit); });
}

base::Result<QVector<ModelRef>> Models::asked(Connection &connection)
{
    return attempt([&] { return readRows(connection, kAsked, modelOf); });
}

base::Status Models::setQuirks(Transaction &transaction, const ModelRef &model, const QByteArray &json)
{
    return attempt(
        [&] { execute(transaction, kSetQuirks, QString::fromUtf8(json), modelRow(transaction, model)); });
}

base::Result<QByteArray> Models::quirks(Connection &connection, const ModelRef &model)
{
    return attempt([&] {
        return readRow(
                   connection, kQuirks, [](const Statement &row) { return row.text(0).toUtf8(); },
                   model.endpoint, model.model)
            .value_or(QByteArray());
    });
}

} // namespace lectern::store
