// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/WorkspaceSettings.h"

#include "store/Failure.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

namespace {

constexpr const char *kValue = "SELECT value FROM workspace_setting WHERE key = ?";
constexpr const char *kSet = "INSERT INTO workspace_setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO "
                             "UPDATE SET value = excluded.value";
constexpr const char *kForget = "DELETE FROM workspace_setting WHERE key = ?";

} // namespace

base::Result<QString> WorkspaceSettings::value(Connection &connection, const QString &key)
{
    return attempt([&] {
        return readRow(
                   connection, kValue, [](const Statement &row) { return row.text(0); }, key)
            .value_or(QString());
    });
}

base::Status WorkspaceSettings::setValue(Transaction &transaction, const QString &key, const QString &value)
{
    return attempt([&] {
        if (value.isEmpty())
            execute(transaction, kForget, key);
        else
            execute(transaction, kSet, key, value);
    });
}

} // namespace lectern::store
