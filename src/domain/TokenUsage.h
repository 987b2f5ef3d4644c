// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace lectern::domain {

/// What one request used, in the tokens of its model.
struct TokenUsage {
    qint64 input = 0;       ///< all that was sent, the cached part included
    qint64 cachedInput = 0; ///< of `input`: read from the provider's cache, at a lower price
    qint64 cacheWrite =
        0;             ///< of `input`: written to the provider's cache, at a higher price where one is asked
    qint64 output = 0; ///< all that was generated, reasoning included
    qint64 reasoning = 0;  ///< of `output`: never shown
    bool reported = false; ///< by the provider; otherwise counted here

    /// Of several requests together; reported when every one of them was.
    TokenUsage &operator+=(const TokenUsage &other)
    {
        input += other.input;
        cachedInput += other.cachedInput;
        cacheWrite += other.cacheWrite;
        output += other.output;
        reasoning += other.reasoning;
        reported = reported && other.reported;
        return *this;
    }
    friend bool operator==(const TokenUsage &, const TokenUsage &) = default;
};

} // namespace lectern::domain
