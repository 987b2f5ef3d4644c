// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Money.h"
#include "domain/TokenUsage.h"

#include <optional>

namespace lectern::domain {

/// What a model costs: for one token each, for one request, and for each picture sent with it.
struct ModelPrice {
    Money input;
    Money cachedInput;
    Money cacheWrite; ///< equal to `input` where writing to the cache is free
    Money output;
    Money request;

    /// Requests with more input tokens than this cost more as a whole; 0: never.
    qint64 longContextFrom = 0;
    int longInputPercent = 100;  ///< of every input price
    int longOutputPercent = 100; ///< of the output price

    Money picture{}; ///< for each, beside the tokens that it counts as

    [[nodiscard]] bool isFree() const
    {
        return input.isZero() && cachedInput.isZero() && cacheWrite.isZero() && output.isZero() &&
               request.isZero() && picture.isZero();
    }
    friend bool operator==(const ModelPrice &, const ModelPrice &) = default;

    /// The bill of one request, exact: rounded up to a picodollar where a surcharge leaves a fraction.
    /// Nothing when it is beyond what Money can hold.
    [[nodiscard]] std::optional<Money> costOf(const TokenUsage &usage, qint64 pictures = 0) const;

    /// The bill of several requests by their summed tokens and pictures. Exact, and equal to the sum of their
    /// bills, when none of them is long; with the surcharge, when all of them are.
    [[nodiscard]] std::optional<Money> costOfMany(const TokenUsage &sum, qint64 requests, bool allLong,
                                                  qint64 pictures = 0) const;

    /// The most that one request can cost: every input token at the highest of the input prices.
    [[nodiscard]] std::optional<Money> mostFor(qint64 inputTokens, qint64 outputTokens,
                                               qint64 pictures = 0) const;

    [[nodiscard]] bool isLong(qint64 inputTokens) const
    {
        return longContextFrom > 0 && inputTokens > longContextFrom;
    }
};

} // namespace lectern::domain
