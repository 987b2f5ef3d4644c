// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/UsageReport.h"

#include "store/Failure.h"
#include "store/LedgerRows.h"
#include "store/Statement.h"

namespace lectern::store {

using domain::DocumentId;
using domain::JobId;
using domain::ModelRef;
using domain::Money;
using domain::RunId;

namespace {

// The sums of a report, from column 0 on. The kinds are those of cost_total in resources/schema.
const QString kSums = QStringLiteral(R"(
SELECT coalesce(sum(CASE WHEN kind < 3 THEN requests END), 0), coalesce(sum(CASE WHEN kind < 3 THEN spent END), 0),
       coalesce(sum(input), 0), coalesce(sum(cached_input), 0), coalesce(sum(cache_write), 0), coalesce(sum(output), 0),
       coalesce(sum(reasoning), 0), coalesce(sum(unpriced), 0),
       coalesce(sum(CASE WHEN kind = 1 THEN requests END), 0), coalesce(sum(CASE WHEN kind = 1 THEN spent END), 0),
       coalesce(sum(CASE WHEN again = 1 THEN requests END), 0), coalesce(sum(CASE WHEN again = 1 THEN spent END), 0),
       coalesce(sum(CASE WHEN kind = 2 THEN requests END), 0), coalesce(sum(CASE WHEN kind = 2 THEN spent END), 0),
       coalesce(sum(CASE WHEN kind = 3 THEN requests END), 0), coalesce(sum(CASE WHEN kind = 3 THEN spent END), 0))");
constexpr int kFirstKey = 16;

struct Table {
    QString keys;    ///< columns after the sums
    QString sources; ///< joined to cost_total
    QString group;
};

Table tableOf(UsageReport::By by)
{
    const QString model = QStringLiteral(" JOIN model ON model.id = cost_total.model_id");
    switch (by) {
    case UsageReport::By::Model:
        return {QStringLiteral(", model.endpoint, model.name"), model, QStringLiteral("cost_total.model_id")};
    case UsageReport::By::Endpoint:
        return {QStringLiteral(", model.endpoint"), model, QStringLiteral("model.endpoint")};
    case UsageReport::By::Purpose:
        return {QStringLiteral(", purpose"), {}, QStringLiteral("purpose")};
    case UsageReport::By::Document:
        return {QStringLiteral(", document_id, (SELECT document.name FROM document WHERE document.id = "
                               "cost_total.document_id)"),
                {},
                QStringLiteral("document_id")};
    case UsageReport::By::Run:
        return {
            QStringLiteral(", run_id, (SELECT analyzer FROM run WHERE run.id = cost_total.run_id), (SELECT "
                           "created_at FROM run WHERE run.id = cost_total.run_id)"),
            {},
            QStringLiteral("run_id")};
    case UsageReport::By::Day:
        return {QStringLiteral(", day"), {}, QStringLiteral("day")};
    case UsageReport::By::DayAndModel:
        return {QStringLiteral(", day, model.endpoint, model.name"), model,
                QStringLiteral("day, cost_total.model_id")};
    }
    return {};
}

// Numbers only, so they need no places of their own.
QString conditionOf(Connection &connection, const UsageReport::Filter &filter)
{
    QString condition;
    if (filter.model)
        condition +=
            QStringLiteral(" AND model_id = %1").arg(findModelRow(connection, *filter.model).value_or(-1));
    if (filter.run)
        condition += QStringLiteral(" AND run_id = %1").arg(filter.run->value);
    if (filter.document)
        condition += QStringLiteral(" AND document_id = %1 AND document_id <> 0").arg(filter.document->value);
    if (filter.from.isValid())
        condition += QStringLiteral(" AND day >= %1").arg(dayNumber(filter.from));
    if (filter.to.isValid())
        condition += QStringLiteral(" AND day <= %1").arg(dayNumber(filter.to));
    return condition;
}

UsageTotals totalsOf(const Statement &row)
{
    UsageTotals totals;
    totals.requests = row.integer(0);
    totals.spent = Money{row.integer(1)};
    totals.tokens = {row.integer(2), row.integer(3), row.integer(4), row.integer(5), row.integer(6), false};
    totals.unpriced = row.integer(7);
    totals.failed = {row.integer(8), Money{row.integer(9)}};
    totals.again = {row.integer(10), Money{row.integer(11)}};
    totals.unknown = {row.integer(12), Money{row.integer(13)}};
    totals.savedPages = row.integer(14);
    totals.saved = Money{row.integer(15)};
    return totals;
}

UsageReport::Line lineOf(const Statement &row, UsageReport::By by)
{
    UsageReport::Line line;
    line.totals = totalsOf(row);
    switch (by) {
    case UsageReport::By::Model:
        line.model = {row.text(kFirstKey), row.text(kFirstKey + 1)};
        break;
    case UsageReport::By::Endpoint:
        line.model.endpoint = row.text(kFirstKey);
        break;
    case UsageReport::By::Purpose:
        line.purpose = static_cast<Purpose>(row.number(kFirstKey));
        break;
    case UsageReport::By::Document:
        line.document = row.id<DocumentId>(kFirstKey);
        line.name = row.text(kFirstKey + 1);
        break;
    case UsageReport::By::Run:
        line.run = row.id<RunId>(kFirstKey);
        line.name = row.text(kFirstKey + 1);
        line.startedAt = row.integer(kFirstKey + 2);
        break;
    case UsageReport::By::Day:
        line.day = dayOfNumber(row.integer(kFirstKey));
        break;
    case UsageReport::By::DayAndModel:
        line.day = dayOfNumber(row.integer(kFirstKey));
        line.model = {row.text(kFirstKey + 1), row.text(kFirstKey + 2)};
        break;
    }
    return line;
}

const QString kRows = QStringLiteral(R"(
SELECT usage.id, state, purpose, again, model.endpoint, model.name, run_id, document_id, page_number, job_id, reserved,
       spent, cost_source, input, cached_input, cache_write, output, reasoning, reported, characters, picture_bytes,
       http_status, outcome, request_id, sent_at, settled_at,
       (SELECT document.name FROM document WHERE document.id = usage.document_id)
  FROM usage CROSS JOIN model ON model.id = usage.model_id WHERE usage.id > ?)");

UsageReport::Row rowOf(const Statement &row)
{
    UsageReport::Row usage;
    usage.id = row.id<UsageId>(0);
    usage.state = static_cast<UsageState>(row.number(1));
    usage.purpose = static_cast<Purpose>(row.number(2));
    usage.again = row.flag(3);
    usage.model = {row.text(4), row.text(5)};
    usage.run = row.id<RunId>(6);
    usage.document = row.id<DocumentId>(7);
    usage.page = row.number(8);
    usage.job = row.id<JobId>(9);
    usage.reserved = Money{row.integer(10)};
    usage.spent = Money{row.integer(11)};
    usage.source = static_cast<CostSource>(row.number(12));
    usage.tokens = {row.integer(13), row.integer(14), row.integer(15),
                    row.integer(16), row.integer(17), row.flag(18)};
    usage.characters = row.integer(19);
    usage.pictureBytes = row.integer(20);
    usage.httpStatus = row.number(21);
    usage.outcome = base::errorFromName(row.text(22));
    usage.requestId = row.text(23);
    usage.sentAt = row.integer(24);
    usage.settledAt = row.integer(25);
    usage.documentName = row.text(26);
    return usage;
}

constexpr const char *kDepartures = R"(
SELECT model.endpoint, model.name, count(*), count(DISTINCT page_number), min(sent_at), max(sent_at), sum(characters),
       sum(picture_bytes), sum(input), sum(cached_input), sum(cache_write), sum(output), sum(reasoning), sum(spent)
  FROM usage CROSS JOIN model ON model.id = usage.model_id
 WHERE document_id = ? AND state <> 3
 GROUP BY usage.model_id ORDER BY max(sent_at) DESC)";

UsageReport::Departure departureOf(const Statement &row)
{
    UsageReport::Departure departure;
    departure.model = {row.text(0), row.text(1)};
    departure.requests = row.integer(2);
    departure.pages = row.integer(3);
    departure.firstAt = row.integer(4);
    departure.lastAt = row.integer(5);
    departure.characters = row.integer(6);
    departure.pictureBytes = row.integer(7);
    departure.tokens = {row.integer(8),  row.integer(9),  row.integer(10),
                        row.integer(11), row.integer(12), false};
    departure.spent = Money{row.integer(13)};
    return departure;
}

} // namespace

base::Result<UsageTotals> UsageReport::totals(Connection &connection, const Filter &filter)
{
    return attempt([&] {
        Statement statement(connection, QString(kSums + QStringLiteral(" FROM cost_total WHERE 1") +
                                                conditionOf(connection, filter)));
        statement.run();
        return statement.next() ? totalsOf(statement) : UsageTotals{};
    });
}

base::Result<QVector<UsageReport::Line>> UsageReport::lines(Connection &connection, By by,
                                                            const Filter &filter)
{
    return attempt([&] {
        const Table table = tableOf(by);
        // What was booked and taken back leaves lines of nothing.
        Statement statement(
            connection,
            QStringLiteral("%1%2 FROM cost_total%3 WHERE 1%4 GROUP BY %5 HAVING sum(requests) > 0 "
                           "ORDER BY %6")
                .arg(kSums, table.keys, table.sources, conditionOf(connection, filter), table.group,
                     by == By::Day || by == By::DayAndModel
                         ? table.group
                         : QStringLiteral("2 DESC, 1 DESC, ") + table.group));
        statement.run();
        QVector<Line> lines;
        while (statement.next())
            lines.append(lineOf(statement, by));
        return lines;
    });
}

base::Result<QVector<UsageReport::Row>> UsageReport::rows(Connection &connection, const Filter &filter,
                                                          UsageId after, int limit)
{
    return attempt([&] {
        Statement statement(connection, QString(kRows + conditionOf(connection, filter) +
                                                QStringLiteral(" ORDER BY usage.id LIMIT ?")));
        statement.run(after, limit);
        QVector<Row> rows;
        while (statement.next())
            rows.append(rowOf(statement));
        return rows;
    });
}

base::Result<QVector<UsageReport::Departure>> UsageReport::departures(Connection &connection,
                                                                      DocumentId document)
{
    return attempt([&] { return readRows(connection, kDepartures, departureOf, document); });
}

} // namespace lectern::store
