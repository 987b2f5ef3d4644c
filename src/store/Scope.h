// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"

#include <QDate>
#include <QString>

namespace lectern::store {

// The names of all that money can be limited by: keys of accounts, and what a BudgetReached error is about.

[[nodiscard]] QString runScope(domain::RunId run); ///< "run:7"
[[nodiscard]] QString dayScope(QDate day);         ///< "day:2026-11-22"
[[nodiscard]] QString monthScope(QDate day);       ///< "month:2026-11"
[[nodiscard]] QString workspaceScope();            ///< "workspace"

} // namespace lectern::store
