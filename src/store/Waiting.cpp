// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Waiting.h"

#include "store/Budgets.h"
#include "store/Failure.h"
#include "store/Statement.h"

namespace lectern::store {

namespace {

constexpr qint64 kMomentMs = 5'000;

// Questions of their own instead of one with OR: each has an index that holds nothing but such jobs, and
// ended ones may be a hundred thousand.
constexpr const char *kIsReady = "SELECT 1 FROM job WHERE state = 0 LIMIT 1";
constexpr const char *kIsRunning = "SELECT 1 FROM job WHERE state = 5 LIMIT 1";
constexpr const char *kComesBack = R"(
SELECT 1 FROM job
 WHERE state = 1 AND error_code NOT IN ('budget_reached', 'key_missing', 'key_refused', 'key_store_unavailable',
                                        'out_of_credit', 'tls_failed', 'plain_http_refused') LIMIT 1)";
// What others give back may do for these.
constexpr const char *kComesBackSoon = "SELECT 1 FROM job WHERE state = 1 AND run_at < ? LIMIT 1";
constexpr const char *kWaits =
    "SELECT error_code, error_detail FROM job WHERE state = 1 ORDER BY run_at, id LIMIT 1";

constexpr const char *kReasons = R"(
SELECT error_code, error_detail, count(*), min(run_at) FROM job WHERE state = 1
 GROUP BY error_code, error_detail ORDER BY 3 DESC, 1, 2 LIMIT 10)";

} // namespace

base::Result<QVector<WaitingJobs>> waitingJobs(Connection &connection)
{
    return attempt([&] {
        return readRows(connection, kReasons, [](const Statement &row) {
            const qint64 until = row.integer(3);
            return WaitingJobs{{base::errorFromName(row.text(0)), row.text(1)},
                               row.integer(2),
                               until >= Budgets::kNever ? 0 : until};
        });
    });
}

base::Result<std::optional<base::Error>> waitsForSomebody(Connection &connection, qint64 nowMs)
{
    return attempt([&]() -> std::optional<base::Error> {
        if (exists(connection, kIsReady) || exists(connection, kIsRunning) ||
            exists(connection, kComesBack) || exists(connection, kComesBackSoon, nowMs + kMomentMs))
            return std::nullopt;
        return readRow(connection, kWaits, [](const Statement &row) {
            return base::Error{base::errorFromName(row.text(0)), row.text(1)};
        });
    });
}

} // namespace lectern::store
