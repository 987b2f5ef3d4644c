// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Search.h"

#include <QByteArray>
#include <QString>

namespace lectern::domain {

using SavedSearchId = Id<struct SavedSearchTag>;

/// A search that was given a name. Days are counted from the one on which it is run.
struct SavedSearch {
    SavedSearchId id;
    QString name;
    QString words; ///< as typed
    SearchMode mode = SearchMode::Both;
    SearchFilter filter;
    int addedInDays = 0; ///< documents added today (1), in the last 7 days (7), …; 0: at any time

    friend bool operator==(const SavedSearch &, const SavedSearch &) = default;
};

/// Stable names for storage, `--json` and options.
[[nodiscard]] QString searchModeName(SearchMode mode);
[[nodiscard]] std::optional<SearchMode> searchModeFromName(const QString &name);

/// What a saved search looks for, without its id and its name.
[[nodiscard]] QByteArray toJson(const SavedSearch &search);
/// Fields of later versions are left out. Database when it is no such JSON.
[[nodiscard]] base::Result<SavedSearch> savedSearchFromJson(const QByteArray &json);

} // namespace lectern::domain
