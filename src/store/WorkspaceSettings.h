// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QString>

namespace lectern::store {

class Connection;
class Transaction;

/// Choices that belong to a workspace and not to a window: they travel with its folder.
class WorkspaceSettings {
public:
    /// Empty when it was never set.
    [[nodiscard]] static base::Result<QString> value(Connection &, const QString &key);
    /// An empty value forgets it.
    [[nodiscard]] static base::Status setValue(Transaction &, const QString &key, const QString &value);
};

} // namespace lectern::store
