// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/ModelPrice.h"

#include <QtNumeric>

#include <algorithm>

namespace lectern::domain {

namespace {

/// Adds count × price × percent / 100, rounded up. False when the sum does not fit.
bool add(qint64 &total, qint64 count, Money price, int percent)
{
    qint64 amount = 0;
    // A server's figure may be nonsense; nothing is ever billed below zero.
    if (qMulOverflow(std::max<qint64>(0, count), price.picodollars, &amount))
        return false;
    if (percent != 100) {
        // Hundreds and rest apart, so that an amount that fits is not lost on the way.
        const qint64 rest = (amount % 100 * percent + 99) / 100;
        if (qMulOverflow(amount / 100, qint64{percent}, &amount) || qAddOverflow(amount, rest, &amount))
            return false;
    }
    return !qAddOverflow(total, amount, &total);
}

/// What is left of a count, not below zero: a server may count its cache apart from its input.
qint64 less(qint64 count, qint64 part)
{
    part = std::max<qint64>(0, part);
    return count > part ? count - part : 0;
}

} // namespace

std::optional<Money> ModelPrice::costOf(const TokenUsage &usage, qint64 pictures) const
{
    return costOfMany(usage, 1, isLong(usage.input), pictures);
}

std::optional<Money> ModelPrice::costOfMany(const TokenUsage &sum, qint64 requests, bool allLong,
                                            qint64 pictures) const
{
    const int inputPercent = allLong ? longInputPercent : 100;
    const int outputPercent = allLong ? longOutputPercent : 100;
    const qint64 plain = less(less(sum.input, sum.cachedInput), sum.cacheWrite);
    qint64 total = 0;
    if (!add(total, requests, request, 100) || !add(total, pictures, picture, 100) ||
        !add(total, plain, input, inputPercent) || !add(total, sum.cachedInput, cachedInput, inputPercent) ||
        !add(total, sum.cacheWrite, cacheWrite, inputPercent) ||
        !add(total, sum.output, output, outputPercent))
        return std::nullopt;
    return Money{total};
}

std::optional<Money> ModelPrice::mostFor(qint64 inputTokens, qint64 outputTokens, qint64 pictures) const
{
    ModelPrice highest = *this;
    highest.input = std::max({input, cachedInput, cacheWrite});
    // A discount for long requests would be no upper bound for one that turns out shorter.
    highest.longInputPercent = std::max(100, longInputPercent);
    highest.longOutputPercent = std::max(100, longOutputPercent);
    TokenUsage usage;
    usage.input = inputTokens;
    usage.output = outputTokens;
    return highest.costOf(usage, pictures);
}

} // namespace lectern::domain
