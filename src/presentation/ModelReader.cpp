// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/ModelReader.h"

#include "store/Budgets.h"
#include "store/Connection.h"
#include "store/Models.h"
#include "store/Questions.h"
#include "store/UsageReport.h"
#include "store/WorkspaceSettings.h"
#include "workspace/ModelDirectory.h"

#include <QDateTime>
#include <QSaveFile>

#include <algorithm>

namespace lectern::presentation {

using domain::Endpoint;
using domain::ModelRef;
using domain::Money;
using store::UsageReport;
using workspace::ModelDirectory;

namespace {

constexpr int kRecent = 5;
constexpr int kRowsAtOnce = 1'000;
constexpr int kChartDays = 31;
constexpr int kFewestChartDays = 14;

KeyPlace placeOf(ModelDirectory &directory, const QString &endpoint)
{
    if (const auto kept = directory.keys().placeOf(endpoint)) {
        switch (*kept) {
        case secrets::Keeping::System:
            return KeyPlace::System;
        case secrets::Keeping::Memory:
            return KeyPlace::Memory;
        case secrets::Keeping::File:
            return KeyPlace::File;
        }
    }
    return directory.isKeyFromEnvironment(endpoint) ? KeyPlace::Environment : KeyPlace::None;
}

ModelChoice builtInChoice()
{
    ModelChoice choice;
    choice.id = kBuiltInId;
    choice.name = ModelDesk::tr("Built-in analyzer");
    choice.provider = ModelDesk::tr("This computer");
    choice.builtIn = true;
    choice.local = true;
    return choice;
}

ModelChoice choiceOf(const models::ModelInfo &info, const Endpoint &endpoint, QDate today)
{
    ModelChoice choice;
    choice.id = info.ref.text();
    choice.name = info.name;
    choice.provider = endpoint.name;
    choice.local = info.isLocal();
    choice.vision = info.vision.valueOr(false);
    choice.structuredOutput = info.structuredOutput.valueOr(false);
    choice.contextTokens = info.contextWindow.valueOr(0);
    choice.price = info.price();
    choice.ownPrice = info.input.origin == models::Origin::User;
    const models::Lifecycle life = info.lifecycle(today);
    choice.shutdownDate = life.shutdown;
    if (info.isEmbedder())
        choice.unfit = ModelChoice::Unfit::VectorsOnly;
    else if (life.state == models::LifeState::Retired)
        choice.unfit = ModelChoice::Unfit::ShutDown;
    else if (!endpoint.enabled)
        choice.unfit = ModelChoice::Unfit::EndpointOff;
    return choice;
}

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

CostRow rowOf(const UsageReport::Line &line, CostGrouping grouping)
{
    CostRow row;
    switch (grouping) {
    case CostGrouping::Model:
        row.key = row.name = line.model.text();
        break;
    case CostGrouping::Document:
        row.key = QString::number(line.document.value);
        row.name = line.name.isEmpty() ? ModelDesk::tr("Documents that are gone") : line.name;
        break;
    case CostGrouping::Run:
        row.key = QString::number(line.run.value);
        row.name = ModelDesk::tr("Run %1").arg(line.run.value);
        break;
    case CostGrouping::Day:
        row.key = line.day.toString(Qt::ISODate);
        row.name = QLocale().toString(line.day, QLocale::ShortFormat);
        break;
    }
    row.requests = line.totals.requests;
    row.pages = line.totals.requests - line.totals.failed.requests - line.totals.unknown.requests;
    row.usage = line.totals.tokens;
    row.spent = line.totals.spent;
    row.unpriced = line.totals.unpriced;
    return row;
}

QByteArray quoted(const QString &text)
{
    return '"' + QString(text).replace(u'"', QLatin1String("\"\"")).toUtf8() + '"';
}

QByteArray csvLine(const UsageReport::Row &row)
{
    const auto time = [](qint64 ms) {
        return ms == 0 ? QByteArray()
                       : QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs).toLatin1();
    };
    const QByteArrayList cells{QByteArray::number(row.id.value),
                               time(row.sentAt),
                               quoted(store::usageStateName(row.state)),
                               quoted(row.model.text()),
                               quoted(store::purposeName(row.purpose)),
                               QByteArray::number(row.run.value),
                               QByteArray::number(row.document.value),
                               QByteArray::number(row.page),
                               QByteArray::number(row.tokens.input),
                               QByteArray::number(row.tokens.cachedInput),
                               QByteArray::number(row.tokens.output),
                               row.spent.toDecimal().toLatin1(),
                               quoted(store::costSourceName(row.source)),
                               quoted(base::errorName(row.outcome)),
                               quoted(row.requestId)};
    return cells.join(',') + "\r\n";
}

} // namespace

bool isBuiltIn(const QString &modelId)
{
    return !ModelRef::fromText(modelId) || modelId.startsWith(kBuiltInId);
}

QDate ModelReader::today() const
{
    return QDateTime::fromMSecsSinceEpoch(m_clock.nowMs()).date();
}

base::Result<QVector<ModelChoice>> ModelReader::choices(store::Connection &reader) const
{
    ModelDirectory &directory = m_workspace.directory();
    const auto endpoints = directory.endpoints();
    const auto favourites = store::Models::favourites(reader);
    const auto recent = store::Models::recent(reader, kRecent);
    if (!endpoints || !favourites || !recent)
        return base::fail(!endpoints ? endpoints.error() : !favourites ? favourites.error() : recent.error());
    QVector<ModelChoice> choices{builtInChoice()};
    const models::Catalogue catalogue = directory.catalogue();
    for (const Endpoint &endpoint : *endpoints) {
        for (const models::ModelInfo &info : catalogue.modelsOf(endpoint, models::Role::Analysis)) {
            ModelChoice choice = choiceOf(info, endpoint, today());
            choice.favourite = favourites->contains(info.ref);
            const qsizetype place = recent->indexOf(info.ref);
            choice.lastUsedMs = place < 0 ? 0 : kRecent - place; // only their order counts
            choices.append(choice);
        }
    }
    return choices;
}

base::Result<Budgets> ModelReader::budgets(store::Connection &reader) const
{
    using Period = store::Budgets::Period;
    const auto day = store::Budgets::limit(reader, Period::Day);
    const auto month = store::Budgets::limit(reader, Period::Month);
    const auto all = store::Budgets::limit(reader, Period::Workspace);
    const auto run = store::WorkspaceSettings::value(reader, kRunCapSetting);
    const auto askFrom = store::WorkspaceSettings::value(reader, kAskFromSetting);
    if (!day || !month || !all)
        return base::fail(!day ? day.error() : !month ? month.error() : all.error());
    if (!run || !askFrom)
        return base::fail(!run ? run.error() : askFrom.error());
    Budgets budgets;
    budgets.day = *day;
    budgets.month = *month;
    budgets.workspace = *all;
    budgets.run = Money::fromDecimal(*run);
    budgets.askFrom = Money::fromDecimal(*askFrom).value_or(budgets.askFrom);
    return budgets;
}

base::Result<ModelSnapshot> ModelReader::snapshot() const
{
    ModelDirectory &directory = m_workspace.directory();
    const auto reader = m_workspace.database().openReader();
    if (!reader)
        return base::fail(reader.error());
    ModelSnapshot snapshot;
    const auto endpoints = directory.endpoints();
    if (!endpoints)
        return base::fail(endpoints.error());
    // Whoever uses no models is not to be asked for the password of their key store.
    snapshot.hasSystemKeyStore = endpoints->isEmpty() || directory.keys().hasSystemStore();
    const models::Catalogue catalogue = directory.catalogue();
    for (const Endpoint &endpoint : *endpoints) {
        EndpointView view;
        view.endpoint = endpoint;
        view.state = endpoint.enabled ? EndpointView::State::Unknown : EndpointView::State::Off;
        view.models = static_cast<int>(catalogue.modelsOf(endpoint, models::Role::Analysis).size());
        view.keyPlace = placeOf(directory, endpoint.id);
        if (view.keyPlace != KeyPlace::None) {
            if (const auto key = directory.key(endpoint.id))
                view.keyTail = key->hint();
        }
        snapshot.endpoints.append(view);
    }
    const auto choices = this->choices(**reader);
    const auto budgets = this->budgets(**reader);
    const auto model = directory.defaultModel();
    const auto pictures = directory.pictureMode();
    const auto prompt = directory.setting(ModelDirectory::kPromptSetting);
    const auto money = this->money();
    for (const std::optional<base::Error> &error : {choices ? std::nullopt : std::optional(choices.error()),
                                                    budgets ? std::nullopt : std::optional(budgets.error()),
                                                    model ? std::nullopt : std::optional(model.error()),
                                                    pictures ? std::nullopt : std::optional(pictures.error()),
                                                    prompt ? std::nullopt : std::optional(prompt.error()),
                                                    money ? std::nullopt : std::optional(money.error())}) {
        if (error)
            return base::fail(*error);
    }
    snapshot.choices = *choices;
    snapshot.budgets = *budgets;
    snapshot.money = *money;
    snapshot.analysis.modelId = *model ? (*model)->text() : kBuiltInId;
    snapshot.analysis.pictures = *pictures == models::PictureMode::Always ? AnalysisSettings::Pictures::Always
                                 : *pictures == models::PictureMode::Never
                                     ? AnalysisSettings::Pictures::Never
                                     : AnalysisSettings::Pictures::WhenNeeded;
    snapshot.analysis.prompt = *prompt;
    snapshot.defaultPrompt = ModelDirectory::builtInPromptText();
    return snapshot;
}

base::Result<MoneyNow> ModelReader::money() const
{
    const auto reader = m_workspace.database().openReader();
    if (!reader)
        return base::fail(reader.error());
    const auto day = store::Budgets::ofPeriod(**reader, store::Budgets::Period::Day, today());
    const auto held = store::Budgets::held(**reader);
    if (!day || !held)
        return base::fail(day ? held.error() : day.error());
    MoneyNow money;
    money.today = useOf(*day);
    for (const store::Budgets::Held &row : *held) {
        BudgetHold hold;
        hold.scope = scopeOf(row.scope);
        hold.account = row.scope;
        if (hold.scope == BudgetScope::Run)
            hold.runName = ModelDesk::tr("Run %1").arg(row.scope.section(QLatin1Char(':'), 1));
        hold.waiting = row.documents;
        hold.until = row.until >= store::Budgets::kNever ? 0 : row.until;
        if (const auto account = store::Budgets::ofScope(**reader, row.scope))
            hold.limit = account->limit.value_or(Money());
        money.holds.append(hold);
    }
    const auto asking = store::Questions::asking(**reader);
    if (!asking)
        return base::fail(asking.error());
    if (asking->isEmpty())
        return money;
    const auto runs = m_workspace.openRuns();
    if (!runs)
        return base::fail(runs.error());
    for (const workspace::OpenRun &run : *runs) {
        if (run.question != store::Question::None)
            money.questions.append(run);
    }
    return money;
}

base::Result<CostSummary> ModelReader::costs(CostGrouping grouping) const
{
    using Period = store::Budgets::Period;
    const auto opened = m_workspace.database().openReader();
    if (!opened)
        return base::fail(opened.error());
    store::Connection &reader = **opened;
    const auto day = store::Budgets::ofPeriod(reader, Period::Day, today());
    const auto month = store::Budgets::ofPeriod(reader, Period::Month, today());
    const auto all = store::Budgets::ofPeriod(reader, Period::Workspace, today());
    const auto totals = UsageReport::totals(reader, {});
    const auto lines = UsageReport::lines(reader, byOf(grouping), {});
    const auto perDay = UsageReport::lines(reader, UsageReport::By::Day, {});
    if (!day || !month || !all)
        return base::fail(!day ? day.error() : !month ? month.error() : all.error());
    if (!totals || !lines || !perDay)
        return base::fail(!totals ? totals.error() : !lines ? lines.error() : perDay.error());
    CostSummary summary;
    summary.today = useOf(*day);
    summary.month = useOf(*month);
    summary.workspace = useOf(*all);
    summary.grouping = grouping;
    for (const UsageReport::Line &line : *lines)
        summary.rows.append(rowOf(line, grouping));
    summary.failed = {totals->failed.requests, totals->failed.spent};
    summary.again = {totals->again.requests, totals->again.spent};
    summary.unknown = {totals->unknown.requests, totals->unknown.spent};
    summary.savedPages = totals->savedPages;
    summary.saved = totals->saved;
    const qsizetype first = std::max<qsizetype>(0, perDay->size() - kChartDays);
    for (qsizetype i = first; i < perDay->size(); ++i) {
        const QDate date = perDay->at(i).day;
        const auto models = UsageReport::lines(reader, UsageReport::By::Model, {{}, {}, date, date});
        if (!models)
            return base::fail(models.error());
        for (const UsageReport::Line &line : *models)
            summary.days.append({date, line.model.text(), line.totals.spent});
    }
    // A single day would be one huge bar.
    if (!summary.days.isEmpty())
        summary.days.prepend(
            {today().addDays(1 - kFewestChartDays), summary.days.constFirst().model, Money()});
    summary.pricesOf = QDate::fromString(m_workspace.directory().catalogue().builtInDate(), Qt::ISODate);
    return summary;
}

base::Status ModelReader::exportCosts(const QString &path) const
{
    const auto reader = m_workspace.database().openReader();
    if (!reader)
        return base::fail(reader.error());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return base::fail(base::ErrorCode::ReadOnly, path);
    file.write(
        "id,sent_at,state,model,purpose,run,document,page,tokens_in,tokens_cached,tokens_out,spent_usd,"
        "cost_source,outcome,request_id\r\n");
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
