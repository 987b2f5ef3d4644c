// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/LedgerRows.h"

#include "store/JobQueue.h"
#include "store/JobRows.h"
#include "store/Scope.h"
#include "store/Statement.h"
#include "store/Transaction.h"

#include <QDateTime>

namespace lectern::store {

using domain::DocumentId;
using domain::ModelRef;
using domain::Money;
using domain::RunId;

namespace {

constexpr const char *kFindModel = "SELECT id FROM model WHERE endpoint = ? AND name = ?";
constexpr const char *kAddModel = "INSERT INTO model (endpoint, name) VALUES (?, ?)";

#define LECTERN_ADD_UP                                                                                       \
    " ON CONFLICT (run_id, document_id, day, model_id, purpose, kind, again) DO UPDATE SET "                 \
    "requests = requests + excluded.requests, unpriced = unpriced + excluded.unpriced, "                     \
    "spent = spent + excluded.spent, input = input + excluded.input, "                                       \
    "cached_input = cached_input + excluded.cached_input, cache_write = cache_write + "                      \
    "excluded.cache_write, "                                                                                 \
    "output = output + excluded.output, reasoning = reasoning + excluded.reasoning"
#define LECTERN_TOTAL_COLUMNS                                                                                \
    "INSERT INTO cost_total (run_id, document_id, day, model_id, purpose, kind, again, requests, unpriced, " \
    "spent, input, cached_input, cache_write, output, reasoning) "

constexpr const char *kAddToTotals = LECTERN_TOTAL_COLUMNS R"(
SELECT coalesce(run_id, 0), coalesce(document_id, 0), day, model_id, purpose,
       CASE WHEN state = 2 THEN 2 WHEN outcome <> 'none' THEN 1 ELSE 0 END, again, sign, sign * (cost_source = 3),
       sign * spent, sign * input, sign * cached_input, sign * cache_write, sign * output, sign * reasoning
  FROM usage JOIN (SELECT ? AS sign)
 WHERE id = ? AND state IN (1, 2))" LECTERN_ADD_UP;

constexpr const char *kAddSaving =
    LECTERN_TOTAL_COLUMNS "VALUES (?, ?, ?, ?, 1, 3, 0, 1, 0, ?, 0, 0, 0, 0, 0)" LECTERN_ADD_UP;

constexpr const char *kMoveTotals = LECTERN_TOTAL_COLUMNS R"(
SELECT run_id, 0, day, model_id, purpose, kind, again, requests, unpriced, spent, input, cached_input, cache_write,
       output, reasoning
  FROM cost_total WHERE document_id = ? AND document_id <> 0)" LECTERN_ADD_UP;
constexpr const char *kDropTotals = "DELETE FROM cost_total WHERE document_id = ? AND document_id <> 0";

} // namespace

std::optional<qint64> findModelRow(Connection &connection, const ModelRef &model)
{
    return readInteger(connection, kFindModel, model.endpoint, model.model);
}

qint64 modelRow(Transaction &transaction, const ModelRef &model)
{
    if (const auto known = findModelRow(transaction, model))
        return *known;
    Statement insert(transaction, kAddModel);
    insert.run(model.endpoint, model.model);
    return insert.insertedId();
}

qint64 dayNumber(QDate day)
{
    return day.year() * 10'000LL + day.month() * 100LL + day.day();
}

QDate dayOfNumber(qint64 number)
{
    return {static_cast<int>(number / 10'000), static_cast<int>(number / 100 % 100),
            static_cast<int>(number % 100)};
}

void addToTotals(Transaction &transaction, UsageId usage, int sign)
{
    execute(transaction, kAddToTotals, sign, usage);
}

void bookSaving(Transaction &transaction, RunId run, DocumentId document, const QString &analyzer, Money cost)
{
    const auto model = modelOfAnalyzer(analyzer);
    if (!model)
        return;
    const QDate today = QDateTime::fromMSecsSinceEpoch(transaction.nowMs()).date();
    execute(transaction, kAddSaving, run, document, dayNumber(today), modelRow(transaction, *model),
            cost.picodollars);
}

void forgetDocumentInTotals(Transaction &transaction, DocumentId document)
{
    execute(transaction, kMoveTotals, document);
    execute(transaction, kDropTotals, document);
}

} // namespace lectern::store
