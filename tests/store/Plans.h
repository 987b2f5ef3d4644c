// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Fixture.h"

#include <functional>

namespace lectern::store {

/// The statements that `call` asks SQLite, those that only begin and end transactions left out.
[[nodiscard]] QStringList statementsOf(const std::function<void()> &call);

/// How SQLite would go about a statement, in one line.
[[nodiscard]] QString planOf(Connection &connection, const QString &sql);

/// The time `call` takes in milliseconds: the median of nine.
[[nodiscard]] double medianMs(const std::function<void()> &call);

/// Runs SQL made at run time.
void runSql(Fixture &fixture, const QString &sql);

} // namespace lectern::store
