// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/RunReport.h"

#include "store/Failure.h"
#include "store/Library.h"
#include "store/Scope.h"
#include "store/Statement.h"

namespace lectern::store {

using domain::RunId;

namespace {

// A model's name has a slash; the built-in analyser's may have one too, after its own name.
constexpr const char *kLive = R"(
SELECT id FROM run
 WHERE instr(analyzer, '/') > 0 AND analyzer NOT LIKE 'built-in/%'
   AND EXISTS (SELECT 1 FROM document WHERE document.run_id = run.id AND document.state < 10 AND document.removed_at = 0)
 ORDER BY id DESC)";

constexpr const char *kFirstName =
    "SELECT name FROM document WHERE run_id = ? AND removed_at = 0 ORDER BY id LIMIT 1";

// Only the index of what waits at a limit is read.
constexpr const char *kWaitsAt = R"(
SELECT run_at FROM job
 WHERE state = 1 AND error_code = 'budget_reached' AND error_detail = ? AND run_id = ? ORDER BY run_at LIMIT 1)";

std::optional<RunStanding::Hold> holdOf(Connection &connection, RunId run, const QVector<Budgets::Held> &held)
{
    for (const Budgets::Held &limit : held) {
        if (limit.scope.startsWith(QLatin1String("run:")) && limit.scope != runScope(run))
            continue;
        if (const auto until = readInteger(connection, kWaitsAt, limit.scope, run))
            return RunStanding::Hold{limit.scope, *until};
    }
    return std::nullopt;
}

} // namespace

base::Result<QVector<RunId>> RunReport::live(Connection &connection)
{
    return attempt(
        [&] { return readRows(connection, kLive, [](const Statement &row) { return row.id<RunId>(0); }); });
}

base::Result<RunStanding> RunReport::of(Connection &connection, RunId id)
{
    const auto run = Library::run(connection, id);
    const auto plan = Budgets::runPlan(connection, id);
    const auto totals = Library::totals(connection, id);
    const auto money = Budgets::ofRun(connection, id);
    const auto held = Budgets::held(connection);
    UsageReport::Filter filter;
    filter.run = id;
    const auto usage = UsageReport::totals(connection, filter);
    if (!run || !plan)
        return base::fail(run ? plan.error() : run.error());
    if (!totals || !money)
        return base::fail(totals ? money.error() : totals.error());
    if (!held || !usage)
        return base::fail(held ? usage.error() : held.error());
    return attempt([&] {
        RunStanding standing;
        standing.run = *run;
        standing.plan = *plan;
        standing.totals = *totals;
        standing.money = *money;
        standing.usage = *usage;
        standing.isLive = totals->documentsUnfinished() > 0;
        standing.documentName =
            readRow(
                connection, kFirstName, [](const Statement &row) { return row.text(0); }, id)
                .value_or(QString());
        standing.hold = holdOf(connection, id, *held);
        return standing;
    });
}

} // namespace lectern::store
