// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Ledger.h"

#include "store/Failure.h"
#include "store/LedgerRows.h"
#include "store/Scope.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

using base::ErrorCode;
using domain::Money;
using domain::RunId;

namespace {

constexpr qint64 kOrphanAfterMs = 600'000;

constexpr const char *kHasLease = "SELECT 1 FROM job WHERE id = ? AND lease = ? AND state = 5";
constexpr const char *kUnpricedAllowed = "SELECT 1 FROM run WHERE id = ? AND unpriced_allowed = 1";

// The first limit that has no room for the request. The periods are those of Budgets::Period.
constexpr const char *kNoRoom = R"(
WITH limits (rank, scope, amount) AS (
    SELECT 0, ?, cap FROM run WHERE id = ? AND cap IS NOT NULL
    UNION ALL
    SELECT period, CASE period WHEN 1 THEN ? WHEN 2 THEN ? ELSE 'workspace' END, amount FROM budget)
SELECT limits.scope FROM limits LEFT JOIN account ON account.scope = limits.scope
 WHERE coalesce(account.spent, 0) + coalesce(account.reserved, 0) + ? > limits.amount
 ORDER BY limits.rank LIMIT 1)";

constexpr const char *kAdd = R"(
INSERT INTO usage (purpose, again, model_id, run_id, document_id, page_number, job_id, lease, day, reserved, cost_source,
                   characters, picture_bytes, sent_at, worker, question)
VALUES (?, ?, ?, nullif(?, 0), nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, x'')))";
constexpr const char *kIsAsked = "SELECT 1 FROM usage WHERE question = ? AND state = 0";
constexpr const char *kReserve = R"(
INSERT INTO account (scope, reserved) SELECT value, ? FROM json_each(?) WHERE true
    ON CONFLICT (scope) DO UPDATE SET reserved = reserved + excluded.reserved)";
constexpr const char *kBook = R"(
UPDATE account SET spent = spent + ?, reserved = reserved - ? WHERE scope IN (SELECT value FROM json_each(?)))";

constexpr const char *kRow = "SELECT state, reserved, spent, run_id, day FROM usage WHERE id = ?";
constexpr const char *kSettle = R"(
UPDATE usage SET state = ?, worker = NULL, spent = ?, cost_source = ?, settled_at = ?, input = ?, cached_input = ?,
       cache_write = ?, output = ?, reasoning = ?, reported = ?, http_status = ?, outcome = ?, request_id = ?
 WHERE id = ?)";
constexpr const char *kClose = R"(
UPDATE usage SET state = ?, worker = NULL, spent = ?, settled_at = ?, outcome = ? WHERE id = ?)";

constexpr const char *kOpenOf = "SELECT id FROM usage WHERE worker = ? AND state = 0 ORDER BY id";
constexpr const char *kOrphans = R"(
SELECT id FROM usage
 WHERE state = 0 AND worker >= '' AND sent_at < ? AND NOT EXISTS (SELECT 1 FROM worker WHERE worker.id = usage.worker))";

// The limits that a request counts under, as JSON.
QString scopesOf(RunId run, QDate day)
{
    const QString rest =
        QStringLiteral("\"%1\",\"%2\",\"%3\"]").arg(dayScope(day), monthScope(day), workspaceScope());
    return run.isValid() ? QStringLiteral("[\"%1\",").arg(runScope(run)) + rest : u'[' + rest;
}

/// What the books say of a request.
struct Row {
    UsageId id;
    UsageState state = UsageState::AboutToSend;
    qint64 reserved = 0; ///< still reserved in the accounts
    qint64 spent = 0;
    QString scopes;
};

Row rowOf(Connection &connection, UsageId id)
{
    const auto found = readRow(
        connection, kRow,
        [&](const Statement &row) {
            const auto state = static_cast<UsageState>(row.number(0));
            return Row{id, state, state == UsageState::AboutToSend ? row.integer(1) : 0, row.integer(2),
                       scopesOf(row.id<RunId>(3), dayOfNumber(row.integer(4)))};
        },
        id);
    if (!found)
        throw Failure{{ErrorCode::NotFound, QStringLiteral("request %1").arg(id.value)}};
    return *found;
}

// What was reserved or guessed gives way to what it did cost.
void book(Transaction &transaction, const Row &row, Money cost)
{
    execute(transaction, kBook, cost.picodollars - row.spent, row.reserved, row.scopes);
}

void close(Transaction &transaction, const Row &row, UsageState state, Money cost, ErrorCode why)
{
    book(transaction, row, cost);
    execute(transaction, kClose, state, cost.picodollars, transaction.nowMs(), base::errorName(why), row.id);
}

QVector<UsageId> idsOf(Statement &statement)
{
    QVector<UsageId> ids;
    while (statement.next())
        ids.append(statement.id<UsageId>(0));
    return ids;
}

QVector<UsageId> openRequests(Transaction &transaction, const QString &worker)
{
    QVector<UsageId> open;
    {
        Statement ofWorker(transaction, kOpenOf);
        ofWorker.run(worker);
        open = idsOf(ofWorker);
    }
    Statement orphans(transaction, kOrphans);
    orphans.run(transaction.nowMs() - kOrphanAfterMs);
    for (const UsageId id : idsOf(orphans)) {
        if (!open.contains(id))
            open.append(id);
    }
    return open;
}

void check(Transaction &transaction, const Reservation &request)
{
    if (!request.model.isValid() || !request.day.isValid())
        throw Failure{{ErrorCode::InvalidArgument, request.model.text()}};
    if (request.lease.job.isValid() &&
        !exists(transaction, kHasLease, request.lease.job, request.lease.lease))
        throw Failure{{ErrorCode::StaleLease, QStringLiteral("job %1").arg(request.lease.job.value)}};
    if (!request.worst) {
        const bool allowed = request.run.isValid() ? exists(transaction, kUnpricedAllowed, request.run)
                                                   : request.unpricedAllowed;
        if (!allowed)
            throw Failure{{ErrorCode::PriceUnknown, request.model.text()}};
        return;
    }
    if (request.worst->picodollars < 0)
        throw Failure{{ErrorCode::InvalidArgument, request.worst->toDecimal()}};
    if (request.worst->isZero())
        return;
    const auto full = readRow(
        transaction, kNoRoom, [](const Statement &row) { return row.text(0); }, runScope(request.run),
        request.run, dayScope(request.day), monthScope(request.day), request.worst->picodollars);
    if (full)
        throw Failure{{ErrorCode::BudgetReached, *full}};
}

} // namespace

int bookOpenRequests(Transaction &transaction, const QString &worker)
{
    const QVector<UsageId> open = openRequests(transaction, worker);
    for (const UsageId id : open) {
        const Row row = rowOf(transaction, id);
        close(transaction, row, UsageState::Unknown, Money{row.reserved}, ErrorCode::None);
        addToTotals(transaction, id, 1);
    }
    return static_cast<int>(open.size());
}

base::Result<UsageId> Ledger::reserve(Transaction &transaction, const Reservation &request)
{
    return attempt([&] {
        check(transaction, request);
        const qint64 worst = request.worst ? request.worst->picodollars : 0;
        const CostSource source = request.worst ? CostSource::Reservation : CostSource::UnknownPrice;
        const qint64 model = modelRow(transaction, request.model);
        execute(transaction, kReserve, worst, scopesOf(request.run, request.day));
        Statement insert(transaction, kAdd);
        insert.run(request.purpose, request.again, model, request.run, request.document, request.page,
                   request.lease.job, request.lease.lease, dayNumber(request.day), worst, source,
                   request.characters, request.pictureBytes, transaction.nowMs(), request.worker,
                   request.question);
        return UsageId{insert.insertedId()};
    });
}

base::Result<bool> Ledger::isAsked(Transaction &transaction, const QByteArray &question)
{
    return attempt([&] { return exists(transaction, kIsAsked, question); });
}

base::Result<bool> Ledger::settle(Transaction &transaction, UsageId id, const Settlement &settlement)
{
    return attempt([&] {
        const Row row = rowOf(transaction, id);
        if (row.state == UsageState::Settled)
            return false;
        const Money cost = settlement.cost.value_or(Money{});
        if (cost.picodollars < 0)
            throw Failure{{ErrorCode::InvalidArgument, cost.toDecimal()}};
        if (row.state == UsageState::Unknown)
            addToTotals(transaction, id, -1);
        book(transaction, row, cost);
        const domain::TokenUsage &tokens = settlement.tokens;
        execute(transaction, kSettle, UsageState::Settled, cost.picodollars,
                settlement.cost ? settlement.source : CostSource::UnknownPrice, transaction.nowMs(),
                tokens.input, tokens.cachedInput, tokens.cacheWrite, tokens.output, tokens.reasoning,
                tokens.reported, settlement.httpStatus, base::errorName(settlement.outcome),
                settlement.requestId, id);
        addToTotals(transaction, id, 1);
        return true;
    });
}

base::Result<bool> Ledger::release(Transaction &transaction, UsageId id, ErrorCode why)
{
    return attempt([&] {
        const Row row = rowOf(transaction, id);
        if (row.state == UsageState::Settled || row.state == UsageState::NotBilled)
            return false;
        if (row.state == UsageState::Unknown)
            addToTotals(transaction, id, -1);
        close(transaction, row, UsageState::NotBilled, Money{}, why);
        return true;
    });
}

base::Result<bool> Ledger::giveUp(Transaction &transaction, UsageId id, ErrorCode why)
{
    return attempt([&] {
        const Row row = rowOf(transaction, id);
        if (row.state != UsageState::AboutToSend)
            return false;
        close(transaction, row, UsageState::Unknown, Money{row.reserved}, why);
        addToTotals(transaction, id, 1);
        return true;
    });
}

base::Result<int> Ledger::bookUnknown(Transaction &transaction, const QString &worker)
{
    return attempt([&] { return bookOpenRequests(transaction, worker); });
}

} // namespace lectern::store
