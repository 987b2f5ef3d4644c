// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lectern::text {

/// 1 to 12 for the name of a month in lower case, without full stop, whole or abbreviated, in the languages
/// Lectern knows (en de fr es it pt nl ru uk pl sv da tr ar); 0 for any other word.
[[nodiscard]] int monthNumber(const QString &lower);

} // namespace lectern::text
