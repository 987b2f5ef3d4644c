// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/CostReader.h"

#include "presentation/CostText.h"
#include "presentation/CsvCell.h"
#include "presentation/ModelReader.h"
#include "store/Budgets.h"
#include "store/Connection.h"
#include "store/Questions.h"
#include "store/RateLimits.h"
#include "store/RunReport.h"
#include "workspace/ModelDirectory.h"
#include "workspace/Workspace.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QLocale>
#include <QMap>
#include <QSaveFile>

#include <algorithm>

namespace lectern::presentation {

using domain::Endpoint;
using domain::ModelRef;
using domain::Money;
using domain::RunId;
using store::UsageReport;

namespace {

constexpr int kRowsAtOnce = 1'000;
constexpr int kChartDays = 731;

class Words {
    Q_DECLARE_TR_FUNCTIONS(CostReader)

public:
    static QString gone() { return tr("Documents that are gone"); }
    static QString more(qint64 rows) { return tr("%Ln more", nullptr, static_cast<int>(rows)); }
    static Fact builtIn(qsizetype models, const QString &asOf)
    {
        return {tr("Comes with Lectern"), tr("%1, checked on %2").arg(count(models), dayText(asOf))};
    }
    static Fact live(const QString &endpoint, qsizetype models, const QString &asOf)
    {
        return {endpoint, tr("%1, from its own list of %2").arg(count(models), dayText(asOf))};
    }
    static Fact own(qsizetype models, const QString &path)
    {
        return {tr("Your own"), tr("%1, in %2").arg(count(models), QDir::toNativeSeparators(path))};
    }
    static Fact unknown(qsizetype models) { return {tr("Price unknown"), count(models)}; }

private:
    static QString count(qsizetype models)
    {
        return models == 1 ? tr("1 model") : tr("%Ln models", nullptr, static_cast<int>(models));
    }
    static QString dayText(const QString &iso)
    {
        const QDate day = QDate::fromString(iso, Qt::ISODate);
        return day.isValid() ? QLocale().toString(day, QStringLiteral("d MMM yyyy")) : iso;
    }
};

BudgetUse useOf(const store::Budgets::Account &account)
{
    return {account.limit, account.spent, account.reserved};
}

BudgetScope scopeOf(const QString &scope)
{
    if (scope.startsWith(QLatin1String("run:")))
        return BudgetScope::Run;
    if (scope.startsWith(QLatin1String("day:")))
        return BudgetScope::Day;
    return scope.startsWith(QLatin1String("month:")) ? BudgetScope::Month : BudgetScope::Workspace;
}

UsageReport::By byOf(CostGrouping grouping)
{
    switch (grouping) {
    case CostGrouping::Model:
        return UsageReport::By::Model;
    case CostGrouping::Document:
        return UsageReport::By::Document;
    case CostGrouping::Run:
        return UsageReport::By::Run;
    case CostGrouping::Day:
        break;
    }
    return UsageReport::By::Day;
}

UsageReport::Filter filterOf(const CostQuery &query)
{
    UsageReport::Filter filter;
    if (query.run != 0)
        filter.run = RunId{query.run};
    filter.model = ModelRef::fromText(query.model);
    filter.from = filter.to = query.day;
    return filter;
}

CostRow rowOf(const UsageReport::Line &line, CostGrouping grouping, const QSet<QString> &local)
{
    CostRow row;
    switch (grouping) {
    case CostGrouping::Model:
        row.key = row.name = line.model.text();
        row.local = local.contains(line.model.endpoint);
        break;
    case CostGrouping::Document:
        row.key = QString::number(line.document.value);
        row.name = line.name.isEmpty() ? Words::gone() : line.name;
        break;
    case CostGrouping::Run:
        row.key = QString::number(line.run.value);
        row.name = CostText::runName(line.run.value, line.name, line.startedAt);
        break;
    case CostGrouping::Day:
        row.key = line.day.toString(Qt::ISODate);
        row.name = QLocale().toString(line.day, QLocale::ShortFormat);
        break;
    }
    const store::UsageTotals &totals = line.totals;
    row.requests = totals.requests;
    row.pages = totals.requests - totals.failed.requests - totals.unknown.requests;
    row.usage = totals.tokens;
    row.spent = totals.spent;
    row.unpriced = totals.unpriced;
    row.counted = !totals.unknown.spent.isZero();
    return row;
}

/// Those beyond the limit in one, so that the sum stays the ledger's.
void shorten(CostSummary &summary)
{
    if (summary.rows.size() <= CostReader::kMostRows)
        return;
    CostRow rest;
    for (qsizetype i = CostReader::kMostRows - 1; i < summary.rows.size(); ++i) {
        const CostRow &row = summary.rows.at(i);
        rest.pages += row.pages;
        rest.requests += row.requests;
        rest.usage += row.usage;
        rest.spent += row.spent;
        rest.unpriced += row.unpriced;
        rest.counted = rest.counted || row.counted;
    }
    summary.more = summary.rows.size() - CostReader::kMostRows + 1;
    rest.name = Words::more(summary.more);
    summary.rows.resize(CostReader::kMostRows - 1);
    summary.rows.append(rest);
}

QByteArray csvLine(const UsageReport::Row &row)
{
    const auto time = [](qint64 ms) {
        return ms == 0 ? QByteArray()
                       : QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs).toLatin1();
    };
    const QByteArrayList cells{QByteArray::number(row.id.value),
                               time(row.sentAt),
                               CsvCell::quoted(store::usageStateName(row.state)),
                               CsvCell::quoted(row.model.text()),
                               CsvCell::quoted(store::purposeName(row.purpose)),
                               row.again ? "yes" : "no",
                               QByteArray::number(row.run.value),
                               QByteArray::number(row.document.value),
                               CsvCell::quoted(row.documentName),
                               QByteArray::number(row.page),
                               QByteArray::number(row.tokens.input),
                               QByteArray::number(row.tokens.cachedInput),
                               QByteArray::number(row.tokens.output),
                               row.spent.toDecimal().toLatin1(),
                               CsvCell::quoted(store::costSourceName(row.source)),
                               CsvCell::quoted(base::errorName(row.outcome)),
                               CsvCell::quoted(row.requestId)};
    return cells.join(',') + "\r\n";
}

} // namespace

QDate CostReader::today() const
{
    return QDateTime::fromMSecsSinceEpoch(m_clock.nowMs()).date();
}

base::Result<QSet<QString>> CostReader::localEndpoints() const
{
    return m_workspace.directory().endpoints().map([](const QVector<Endpoint> &endpoints) {
        QSet<QString> local;
        for (const Endpoint &endpoint : endpoints) {
            if (domain::isLocalKind(endpoint.kind))
                local.insert(endpoint.id);
        }
        return local;
    });
}

base::Result<CostSummary> CostReader::costs(const CostQuery &query) const
{
    using Period = store::Budgets::Period;
    const auto opened = m_workspace.database().openReader();
    if (!opened)
        return base::fail(opened.error());
    store::Connection &reader = **opened;
    const auto local = localEndpoints();
    const auto day = store::Budgets::ofPeriod(reader, Period::Day, today());
    const auto month = store::Budgets::ofPeriod(reader, Period::Month, today());
    const auto all = store::Budgets::ofPeriod(reader, Period::Workspace, today());
    const auto totals = UsageReport::totals(reader, filterOf(query));
    const auto lines = UsageReport::lines(reader, byOf(query.grouping), filterOf(query));
    UsageReport::Filter recent;
    recent.from = today().addDays(1 - kChartDays);
    const auto perDay = UsageReport::lines(reader, UsageReport::By::DayAndModel, recent);
    if (!local || !day || !month || !all)
        return base::fail(!local ? local.error() : !day ? day.error() : !month ? month.error() : all.error());
    if (!totals || !lines || !perDay)
        return base::fail(!totals ? totals.error() : !lines ? lines.error() : perDay.error());
    CostSummary summary;
    summary.query = query;
    summary.day = today();
    summary.today = useOf(*day);
    summary.month = useOf(*month);
    summary.workspace = useOf(*all);
    for (const UsageReport::Line &line : *lines)
        summary.rows.append(rowOf(line, query.grouping, *local));
    if (query.grouping == CostGrouping::Day)
        std::reverse(summary.rows.begin(), summary.rows.end()); // the latest first
    shorten(summary);
    summary.failed = {totals->failed.requests, totals->failed.spent};
    summary.again = {totals->again.requests, totals->again.spent};
    summary.unknown = {totals->unknown.requests, totals->unknown.spent};
    summary.savedPages = totals->savedPages;
    summary.saved = totals->saved;
    for (const UsageReport::Line &line : *perDay) {
        if (!line.totals.spent.isZero())
            summary.days.append({line.day, line.model.text(), line.totals.spent});
    }
    summary.pricesOf = QDate::fromString(m_workspace.directory().catalogue().builtInDate(), Qt::ISODate);
    return summary;
}

base::Status CostReader::addWait(store::Connection &reader, const QString &endpoint, RunCost &cost) const
{
    const auto pace = store::RateLimits::pace(reader, endpoint, m_clock.nowMs());
    if (!pace && pace.error().code == base::ErrorCode::NotFound)
        return {}; // the endpoint was removed
    if (!pace)
        return base::fail(pace.error());
    cost.waitsFor = pace->heldUntil > 0 ? pace->heldFor : base::ErrorCode::None;
    cost.waitsUntil = pace->heldUntil;
    return {};
}

base::Result<RunCost> CostReader::run(store::Connection &reader, RunId id) const
{
    const auto found = store::RunReport::of(reader, id);
    if (!found)
        return base::fail(found.error());
    RunCost cost;
    cost.id = id.value;
    cost.name = CostText::runTitle(id.value, found->totals.documents, found->documentName);
    cost.money = useOf(found->money);
    cost.estimateLow = found->plan.estimateLow.value_or(Money{});
    cost.estimateHigh = found->plan.estimateHigh.value_or(Money{});
    cost.live = found->isLive;
    const bool allPaused = found->totals.documentsPaused == found->totals.documentsUnfinished();
    cost.paused = found->isLive && (found->run.paused || allPaused);
    cost.pages = found->totals.pages;
    cost.pagesDone = found->totals.pagesDone;
    cost.pagesFailed = found->totals.pagesFailed;
    const store::UsageTotals &usage = found->usage;
    cost.requests = usage.requests;
    cost.answeredRequests = usage.requests - usage.failed.requests - usage.unknown.requests;
    cost.failedRequests = usage.failed.requests;
    cost.againRequests = usage.again.requests;
    cost.usage = usage.tokens;
    cost.savedPages = usage.savedPages;
    cost.saved = usage.saved;
    cost.held = found->hold.has_value();
    if (found->hold) {
        cost.heldAt = scopeOf(found->hold->scope);
        cost.heldAccount = found->hold->scope;
        cost.heldUntil = found->hold->until >= store::Budgets::kNever ? 0 : found->hold->until;
    }
    const auto model = ModelRef::fromText(found->run.analyzer);
    if (!model)
        return cost;
    cost.model = model->text();
    if (const auto info = m_workspace.directory().info(*model)) {
        cost.model = info->name;
        cost.free = info->price() && info->price()->isFree() && cost.money.spent.isZero();
    }
    if (found->isLive) {
        if (const base::Status waits = addWait(reader, model->endpoint, cost); !waits)
            return base::fail(waits.error());
    }
    return cost;
}

base::Result<RunCosts> CostReader::runs(qint64 watched) const
{
    const auto opened = m_workspace.database().openReader();
    if (!opened)
        return base::fail(opened.error());
    const auto live = store::RunReport::live(**opened);
    const auto asking = store::Questions::asking(**opened);
    if (!live || !asking)
        return base::fail(live ? asking.error() : live.error());
    RunCosts costs;
    for (const RunId id : *live) {
        const auto cost = run(**opened, id);
        if (!cost)
            return base::fail(cost.error());
        costs.live.append(*cost);
        costs.live.last().asks = asking->contains(id);
    }
    if (watched == 0 || live->contains(RunId{watched}))
        return costs;
    const auto known = store::RunReport::of(**opened, RunId{watched});
    // A run of the built-in analyser has nothing to show.
    if (known && !isBuiltIn(known->run.analyzer)) {
        const auto cost = run(**opened, RunId{watched});
        if (!cost)
            return base::fail(cost.error());
        costs.watched = *cost;
    }
    return costs;
}

base::Result<QVector<Fact>> CostReader::prices() const
{
    workspace::ModelDirectory &directory = m_workspace.directory();
    const auto endpoints = directory.endpoints();
    if (!endpoints)
        return base::fail(endpoints.error());
    const models::Catalogue catalogue = directory.catalogue();
    qsizetype builtIn = 0;
    qsizetype own = 0;
    qsizetype unknown = 0;
    QVector<Fact> live;
    for (const Endpoint &endpoint : *endpoints) {
        qsizetype listed = 0;
        QString asOf;
        for (const models::ModelInfo &info : catalogue.modelsOf(endpoint, models::Role::Analysis)) {
            const models::Origin origin = info.input.origin;
            unknown += info.priceState() == models::PriceState::Unknown ? 1 : 0;
            builtIn += origin == models::Origin::BuiltIn ? 1 : 0;
            own += origin == models::Origin::User ? 1 : 0;
            if (origin == models::Origin::Live) {
                ++listed;
                asOf = info.input.asOf;
            }
        }
        if (listed > 0)
            live.append(Words::live(endpoint.name, listed, asOf));
    }
    QVector<Fact> facts{Words::builtIn(builtIn, catalogue.builtInDate())};
    facts += live;
    if (own > 0)
        facts.append(Words::own(own, directory.userPricesFile()));
    if (unknown > 0)
        facts.append(Words::unknown(unknown));
    return facts;
}

base::Status CostReader::exportTo(const QString &path) const
{
    const auto reader = m_workspace.database().openReader();
    if (!reader)
        return base::fail(reader.error());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return base::fail(base::ErrorCode::ReadOnly, path);
    file.write(
        "\xEF\xBB\xBF" // without it a spreadsheet guesses the encoding, and names in other scripts break
        "id,sent_at,state,model,purpose,repeated,run,document,document_name,page,tokens_in,"
        "tokens_cached,tokens_out,spent_usd,cost_source,outcome,request_id\r\n");
    store::UsageId after;
    while (true) {
        const auto rows = UsageReport::rows(**reader, {}, after, kRowsAtOnce);
        if (!rows)
            return base::fail(rows.error());
        for (const UsageReport::Row &row : *rows) {
            file.write(csvLine(row));
            after = row.id;
        }
        if (rows->size() < kRowsAtOnce)
            break;
    }
    return file.commit() ? base::Status() : base::Status(base::fail(base::ErrorCode::ReadOnly, path));
}

} // namespace lectern::presentation
