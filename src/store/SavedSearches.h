// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/SavedSearch.h"

#include <QString>
#include <QVector>

#include <optional>

namespace lectern::store {

class Connection;
class Transaction;

/// Searches that were given names. Names differ in more than case.
class SavedSearches {
public:
    /// By name.
    [[nodiscard]] static base::Result<QVector<domain::SavedSearch>> all(Connection &);
    [[nodiscard]] static base::Result<std::optional<domain::SavedSearch>> find(Connection &,
                                                                               const QString &name);
    /// In place of the one of this name, if there is one. InvalidArgument without a name.
    [[nodiscard]] static base::Result<domain::SavedSearchId> save(Transaction &, const domain::SavedSearch &);
    /// InvalidArgument without a name, or when another search has it; NotFound.
    [[nodiscard]] static base::Status rename(Transaction &, domain::SavedSearchId, const QString &name);
    [[nodiscard]] static base::Status remove(Transaction &, domain::SavedSearchId);
};

} // namespace lectern::store
