// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/HttpMessage.h"

#include <QByteArray>
#include <QVector>

#include <optional>

namespace lectern::ai {

/// What a server says of its limits in the headers of an answer. Whatever it leaves out, or says in a way
/// nobody understands, is empty. Times are milliseconds from the answer on.
struct RateLimits {
    std::optional<qint64> requestsLimit;
    std::optional<qint64> requestsLeft;
    std::optional<qint64> requestsResetMs;
    std::optional<qint64> tokensLimit;
    std::optional<qint64> tokensLeft;
    std::optional<qint64> tokensResetMs;
    std::optional<qint64> retryAfterMs;

    /// `nowMs`: the time of the answer, for servers that name a date.
    [[nodiscard]] static RateLimits fromHeaders(const QVector<net::HttpHeader> &headers, qint64 nowMs);
    friend bool operator==(const RateLimits &, const RateLimits &) = default;
};

/// "6m0s", "1.5s", "12ms", "1h2m", or a plain number of seconds.
[[nodiscard]] std::optional<qint64> durationMs(const QByteArray &text);

/// The value of Retry-After: seconds, a duration, or a date of HTTP. Never negative, a day at most.
[[nodiscard]] std::optional<qint64> retryAfterMs(const QByteArray &text, qint64 nowMs);

} // namespace lectern::ai
