// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/ModelPrice.h"

#include <QtNumeric>

#include <algorithm>

namespace lectern::domain {

namespace {

/// Adds count × price × percent / 100. False when the sum does not fit.
bool add(qint64 &total, qint64 count, Money price, int percent)
{
    qint64 amount = 0;
    if (qMulOverflow(count, price.picodollars, &amount) || qMulOverflow(amount, qint64{percent}, &amount) ||
        qAddOverflow(amount, qint64{99}, &amount))
        return false;
    return !qAddOverflow(total, amount / 100, &total);
}

} // namespace

std::optional<Money> ModelPrice::costOf(const TokenUsage &usage) const
{
    const bool isLong = longContextFrom > 0 && usage.input > longContextFrom;
    const int inputPercent = isLong ? longInputPercent : 100;
    const int outputPercent = isLong ? longOutputPercent : 100;
    // A server may count its cache apart from its input; nothing is ever billed below zero.
    const qint64 plain = std::max<qint64>(0, usage.input - usage.cachedInput - usage.cacheWrite);
    qint64 total = request.picodollars;
    if (!add(total, plain, input, inputPercent) ||
        !add(total, usage.cachedInput, cachedInput, inputPercent) ||
        !add(total, usage.cacheWrite, cacheWrite, inputPercent) ||
        !add(total, usage.output, output, outputPercent))
        return std::nullopt;
    return Money{total};
}

} // namespace lectern::domain
