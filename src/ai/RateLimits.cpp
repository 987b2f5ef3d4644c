// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/RateLimits.h"

#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

namespace lectern::ai {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kDayMs = 86'400'000;

std::optional<qint64> count(const QByteArray &text)
{
    bool read = false;
    const qint64 value = text.trimmed().toLongLong(&read);
    return read && value >= 0 ? std::optional(value) : std::nullopt; // some send -1 for "unknown"
}

double unitMs(QStringView unit)
{
    if (unit == u"ms")
        return 1;
    if (unit == u"s")
        return 1000;
    if (unit == u"m")
        return 60'000;
    return unit == u"h" ? 3'600'000 : kDayMs;
}

std::optional<qint64> dateMs(const QByteArray &text)
{
    // "Sun, 06 Nov 1994 08:49:37 GMT": the only form that servers may still send.
    QString date = QString::fromLatin1(text).trimmed();
    if (!date.endsWith(" GMT"_L1))
        return std::nullopt;
    date.chop(4);
    QDateTime time = QLocale::c().toDateTime(date, u"ddd, dd MMM yyyy HH:mm:ss"_s);
    if (!time.isValid())
        return std::nullopt;
    time.setTimeSpec(Qt::UTC);
    return time.toMSecsSinceEpoch();
}

} // namespace

std::optional<qint64> durationMs(const QByteArray &text)
{
    const QString duration = QString::fromLatin1(text).trimmed().toLower();
    bool plain = false;
    double total = duration.toDouble(&plain) * 1000;
    if (!plain) {
        static const QRegularExpression whole(uR"(\A(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+\z)"_s);
        static const QRegularExpression part(uR"((\d+(?:\.\d+)?)(ms|s|m|h|d))"_s);
        if (!whole.match(duration).hasMatch())
            return std::nullopt;
        total = 0;
        for (auto parts = part.globalMatch(duration); parts.hasNext();) {
            const auto match = parts.next();
            total += match.captured(1).toDouble() * unitMs(match.capturedView(2));
        }
    }
    if (!(total >= 0) || total > 366.0 * kDayMs)
        return std::nullopt;
    return static_cast<qint64>(std::ceil(total));
}

std::optional<qint64> retryAfterMs(const QByteArray &text, qint64 nowMs)
{
    std::optional<qint64> wait = durationMs(text);
    if (!wait) {
        if (const auto date = dateMs(text))
            wait = *date - nowMs;
    }
    return wait ? std::optional(std::clamp<qint64>(*wait, 0, kDayMs)) : std::nullopt;
}

RateLimits RateLimits::fromHeaders(const QVector<net::HttpHeader> &headers, qint64 nowMs)
{
    net::HttpAnswer answer;
    answer.headers = headers;
    RateLimits limits;
    limits.requestsLimit = count(answer.header("x-ratelimit-limit-requests"));
    limits.requestsLeft = count(answer.header("x-ratelimit-remaining-requests"));
    limits.requestsResetMs = durationMs(answer.header("x-ratelimit-reset-requests"));
    limits.tokensLimit = count(answer.header("x-ratelimit-limit-tokens"));
    limits.tokensLeft = count(answer.header("x-ratelimit-remaining-tokens"));
    limits.tokensResetMs = durationMs(answer.header("x-ratelimit-reset-tokens"));
    // OpenRouter's three: counts, and the moment of the reset in epoch milliseconds.
    if (!limits.requestsLimit)
        limits.requestsLimit = count(answer.header("x-ratelimit-limit"));
    if (!limits.requestsLeft)
        limits.requestsLeft = count(answer.header("x-ratelimit-remaining"));
    if (const auto reset = count(answer.header("x-ratelimit-reset"));
        reset && !limits.requestsResetMs && *reset > nowMs && *reset - nowMs < kDayMs)
        limits.requestsResetMs = *reset - nowMs;
    limits.retryAfterMs = ai::retryAfterMs(answer.header("retry-after"), nowMs);
    if (const auto precise = count(answer.header("retry-after-ms")))
        limits.retryAfterMs = std::min(*precise, kDayMs);
    return limits;
}

} // namespace lectern::ai
