// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Budgets.h"

#include "store/Failure.h"
#include "store/Scope.h"
#include "store/Statement.h"
#include "store/Transaction.h"

#include <QDateTime>

#include <algorithm>

namespace lectern::store {

using base::ErrorCode;
using domain::Money;
using domain::RunId;

namespace {

constexpr const char *kLimit = "SELECT amount FROM budget WHERE period = ?";
constexpr const char *kSetLimit = R"(
INSERT INTO budget (period, amount) VALUES (?, ?) ON CONFLICT (period) DO UPDATE SET amount = excluded.amount)";
constexpr const char *kRemoveLimit = "DELETE FROM budget WHERE period = ?";

constexpr const char *kPlan = R"(
SELECT estimate_low, estimate_high, cap, unpriced_allowed, estimate_likely, estimate_pages, page_price, model_listed
  FROM run WHERE id = ?)";
constexpr const char *kSetPlan = R"(
UPDATE run SET estimate_low = ?, estimate_high = ?, cap = ?, unpriced_allowed = ?, estimate_likely = ?,
       estimate_pages = ?, page_price = ?, model_listed = ? WHERE id = ?)";

constexpr const char *kAccount = "SELECT spent, reserved FROM account WHERE scope = ?";

// Lanes of endpoints are those between "endpoint:" and "endpoint;". Only the claim's own index is read.
#define LECTERN_PARK                                                                                         \
    "UPDATE job SET state = 1, run_at = ?, error_code = 'budget_reached', error_detail = ? "                 \
    "WHERE state = 0 AND lane > 'endpoint:' AND lane < 'endpoint;' "
constexpr const char *kHoldRun = LECTERN_PARK "AND run_id = ?";
// The kinds are those of domain::isLocalKind().
constexpr const char *kHoldAll =
    LECTERN_PARK "AND lane NOT IN (SELECT 'endpoint:' || id FROM endpoint WHERE kind BETWEEN 3 AND 5)";

#define LECTERN_LET_GO                                                                                       \
    "UPDATE job SET state = 0, run_at = ?, error_code = 'none', error_detail = '' "                          \
    "WHERE state = 1 AND error_code = 'budget_reached' AND error_detail "
constexpr const char *kLetGo = LECTERN_LET_GO "= ?";
constexpr const char *kLetAllGo = LECTERN_LET_GO ">= ? AND error_detail < ?";

constexpr const char *kHeld = R"(
SELECT error_detail, count(*), min(run_at), count(DISTINCT document_id), sum(kind <> 4) FROM job WHERE state = 1 AND error_code = 'budget_reached'
 GROUP BY error_detail ORDER BY error_detail)";

constexpr const char *kHeldDocuments = R"(
SELECT DISTINCT document_id FROM job
 WHERE state = 1 AND error_code = 'budget_reached' AND error_detail = ? AND kind = 2 ORDER BY document_id)";

const QString kRunPrefix = QStringLiteral("run:");
const QString kDayPrefix = QStringLiteral("day:");
const QString kMonthPrefix = QStringLiteral("month:");

std::optional<Money> moneyOf(const Statement &row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(Money{row.integer(column)});
}

std::optional<qint64> amountOf(std::optional<Money> money)
{
    return money ? std::optional(money->picodollars) : std::nullopt;
}

bool isNegative(const std::optional<Money> &money)
{
    return money && money->picodollars < 0;
}

bool isRoomier(std::optional<Money> before, std::optional<Money> after)
{
    return before && (!after || *after > *before);
}

std::optional<Money> limitOf(Connection &connection, Budgets::Period period)
{
    return readRow(
        connection, kLimit, [](const Statement &row) { return Money{row.integer(0)}; }, period);
}

RunPlan planOf(Connection &connection, RunId run)
{
    const auto plan = readRow(
        connection, kPlan,
        [](const Statement &row) {
            return RunPlan{moneyOf(row, 0), moneyOf(row, 1), moneyOf(row, 2), row.flag(3),
                           moneyOf(row, 4), row.integer(5),  moneyOf(row, 6), row.flag(7)};
        },
        run);
    if (!plan)
        throw Failure{{ErrorCode::NotFound, QStringLiteral("run %1").arg(run.value)}};
    return *plan;
}

Budgets::Account accountOf(Connection &connection, const QString &scope, std::optional<Money> limit)
{
    auto account = readRow(
                       connection, kAccount,
                       [](const Statement &row) {
                           return Budgets::Account{Money{row.integer(0)}, Money{row.integer(1)}, {}};
                       },
                       scope)
                       .value_or(Budgets::Account{});
    account.limit = limit;
    return account;
}

QString prefixOf(Budgets::Period period)
{
    switch (period) {
    case Budgets::Period::Day:
        return kDayPrefix;
    case Budgets::Period::Month:
        return kMonthPrefix;
    case Budgets::Period::Workspace:
        break;
    }
    return workspaceScope();
}

int letGo(Transaction &transaction, const QString &scope)
{
    const int jobs = execute(transaction, kLetGo, transaction.nowMs(), scope);
    if (jobs > 0)
        transaction.touchWorkspace();
    return jobs;
}

} // namespace

std::optional<Money> Budgets::Account::left() const
{
    if (!limit)
        return std::nullopt;
    return std::max(Money{}, *limit - spent - reserved);
}

base::Status Budgets::setLimit(Transaction &transaction, Period period, std::optional<Money> limit)
{
    return attempt([&] {
        if (isNegative(limit))
            throw Failure{{ErrorCode::InvalidArgument, limit->toDecimal()}};
        const std::optional<Money> before = limitOf(transaction, period);
        if (limit)
            execute(transaction, kSetLimit, period, limit->picodollars);
        else
            execute(transaction, kRemoveLimit, period);
        // Every day's or month's: a job may have been held before midnight and its program not run since.
        if (isRoomier(before, limit)) {
            const QString from = prefixOf(period);
            const QString end = from.chopped(1) + QChar(from.back().unicode() + 1);
            execute(transaction, kLetAllGo, transaction.nowMs(), from, end);
        }
        transaction.touchWorkspace();
    });
}

base::Result<std::optional<Money>> Budgets::limit(Connection &connection, Period period)
{
    return attempt([&] { return limitOf(connection, period); });
}

base::Status Budgets::setRunPlan(Transaction &transaction, RunId run, const RunPlan &plan)
{
    return attempt([&] {
        if (isNegative(plan.cap))
            throw Failure{{ErrorCode::InvalidArgument, plan.cap->toDecimal()}};
        const RunPlan before = planOf(transaction, run);
        execute(transaction, kSetPlan, amountOf(plan.estimateLow), amountOf(plan.estimateHigh),
                amountOf(plan.cap), plan.unpricedAllowed, amountOf(plan.estimateLikely), plan.estimatePages,
                amountOf(plan.pagePrice), plan.modelListed, run);
        if (isRoomier(before.cap, plan.cap))
            letGo(transaction, runScope(run));
        transaction.touchWorkspace();
    });
}

base::Status Budgets::setRunCap(Transaction &transaction, RunId run, std::optional<Money> cap)
{
    return runPlan(transaction, run).and_then([&](RunPlan plan) {
        plan.cap = cap;
        return setRunPlan(transaction, run, plan);
    });
}

base::Result<RunPlan> Budgets::runPlan(Connection &connection, RunId run)
{
    return attempt([&] { return planOf(connection, run); });
}

base::Result<Budgets::Account> Budgets::ofRun(Connection &connection, RunId run)
{
    return attempt([&] { return accountOf(connection, runScope(run), planOf(connection, run).cap); });
}

base::Result<Budgets::Account> Budgets::ofPeriod(Connection &connection, Period period, QDate today)
{
    return attempt([&] {
        const QString scope = period == Period::Day     ? dayScope(today)
                              : period == Period::Month ? monthScope(today)
                                                        : workspaceScope();
        return accountOf(connection, scope, limitOf(connection, period));
    });
}

base::Result<int> Budgets::holdForBudget(Transaction &transaction, const QString &scope, qint64 untilMs)
{
    return attempt([&] {
        const int jobs = scope.startsWith(kRunPrefix) ? execute(transaction, kHoldRun, untilMs, scope,
                                                                scope.mid(kRunPrefix.size()).toLongLong())
                                                      : execute(transaction, kHoldAll, untilMs, scope);
        if (jobs > 0)
            transaction.touchWorkspace();
        return jobs;
    });
}

base::Result<int> Budgets::releaseForBudget(Transaction &transaction, const QString &scope)
{
    return attempt([&] { return letGo(transaction, scope); });
}

base::Result<Budgets::Account> Budgets::ofScope(Connection &connection, const QString &scope)
{
    return attempt([&] {
        const std::optional<Money> limit =
            scope.startsWith(kRunPrefix)
                ? planOf(connection, RunId{scope.mid(kRunPrefix.size()).toLongLong()}).cap
            : scope.startsWith(kDayPrefix)   ? limitOf(connection, Period::Day)
            : scope.startsWith(kMonthPrefix) ? limitOf(connection, Period::Month)
                                             : limitOf(connection, Period::Workspace);
        return accountOf(connection, scope, limit);
    });
}

base::Result<bool> Budgets::mayFit(Connection &connection, const QString &scope, Money amount)
{
    return ofScope(connection, scope).map([&](const Account &account) {
        return !account.limit || account.spent + amount <= *account.limit;
    });
}

base::Result<QVector<Budgets::Held>> Budgets::held(Connection &connection)
{
    return attempt([&] {
        return readRows(connection, kHeld, [](const Statement &row) {
            return Held{row.text(0), row.integer(1), row.integer(4), row.number(3), row.integer(2)};
        });
    });
}

base::Result<QVector<domain::DocumentId>> Budgets::heldDocuments(Connection &connection, const QString &scope)
{
    return attempt([&] {
        return readRows(
            connection, kHeldDocuments, [](const Statement &row) { return row.id<domain::DocumentId>(0); },
            scope);
    });
}

qint64 Budgets::opensAgainAt(const QString &scope)
{
    if (scope.startsWith(kDayPrefix)) {
        const QDate day = QDate::fromString(scope.mid(kDayPrefix.size()), Qt::ISODate);
        return day.addDays(1).startOfDay().toMSecsSinceEpoch();
    }
    if (scope.startsWith(kMonthPrefix)) {
        const QDate first = QDate::fromString(scope.mid(kMonthPrefix.size()), QStringLiteral("yyyy-MM"));
        return first.addMonths(1).startOfDay().toMSecsSinceEpoch();
    }
    return kNever;
}

} // namespace lectern::store
