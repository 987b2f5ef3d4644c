// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/TokenReader.h"

namespace lectern::text {

/// A calendar date that begins at token `at`. The value is ISO 8601: "2005-06-30", "2005-06", or "--06-30"
/// for a day without a year; empty when day and month cannot be told apart. A year alone is no date.
/// `language`: primary BCP 47 name, decides between day/month and month/day.
[[nodiscard]] TokenMatch matchDate(const TokenReader &reader, qsizetype at, const QString &language);

} // namespace lectern::text
