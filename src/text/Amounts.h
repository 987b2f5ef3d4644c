// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/TokenReader.h"

namespace lectern::text {

/// An amount of money that begins at token `at`: "$3.1 million", "1.200,50 €", "USD 5", "3 Mio. Euro",
/// "500元". The value is "USD 3100000". `language` decides what a comma means.
[[nodiscard]] TokenMatch matchMoney(const TokenReader &reader, qsizetype at, const QString &language);

/// A percentage that begins at token `at`: "12.5 %", "12,5 Prozent". The value is "12.5".
[[nodiscard]] TokenMatch matchPercentage(const TokenReader &reader, qsizetype at, const QString &language);

} // namespace lectern::text
