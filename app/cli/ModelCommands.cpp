// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ModelCommands.h"

#include "app/cli/DocumentPicker.h"
#include "app/cli/ErrorLine.h"
#include "app/cli/EstimateCommand.h"
#include "app/cli/ModelForms.h"
#include "app/cli/OptionValues.h"
#include "app/cli/PasswordInput.h"
#include "app/cli/Session.h"
#include "app/cli/Table.h"
#include "presentation/Format.h"
#include "presentation/MessageText.h"
#include "store/Connection.h"
#include "store/UsageReport.h"
#include "workspace/ModelDirectory.h"

#include <QDateTime>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace lectern::cli {

using domain::Endpoint;
using domain::EndpointKind;
using domain::ModelRef;
using domain::Money;
using presentation::Format;
using store::Budgets;
using store::UsageReport;

namespace {

constexpr int kRowsAtOnce = 1'000;

QDate today(const Session &session)
{
    return QDateTime::fromMSecsSinceEpoch(session.clock().nowMs()).date();
}

// Endpoints.

Outcome<Endpoint> endpointOf(const CommandLine &line, const QString &id)
{
    Endpoint endpoint;
    endpoint.id = id;
    endpoint.name = line.value(u"name"_s).isEmpty() ? id : line.value(u"name"_s);
    const QString kindName = line.value(u"kind"_s);
    const auto kind =
        kindName.isEmpty() ? domain::endpointKindFromName(id) : domain::endpointKindFromName(kindName);
    if (!kind && !kindName.isEmpty())
        return failed(Failure::usage(
            u"--kind takes openai, openrouter, ollama, lmstudio, llamacpp or other, not “%1”."_s.arg(
                kindName)));
    endpoint.kind = kind.value_or(EndpointKind::Other);
    endpoint.concurrency = domain::usualConcurrency(endpoint.kind);
    endpoint.address = line.value(u"address"_s).isEmpty()
                           ? presentation::MessageText::usualAddress(endpoint.kind)
                           : line.value(u"address"_s);
    while (endpoint.address.endsWith(u'/'))
        endpoint.address.chop(1);
    if (endpoint.address.isEmpty())
        return failed(Failure::usage(u"an endpoint of this kind needs its --address"_s));
    const auto concurrency = numberOf(line, u"concurrency"_s, endpoint.concurrency);
    const auto requests = numberOf(line, u"requests-per-minute"_s, 0);
    const auto tokens = numberOf(line, u"tokens-per-minute"_s, 0);
    for (const auto *number : {&concurrency, &requests, &tokens}) {
        if (!*number)
            return failed(number->error());
    }
    endpoint.concurrency = static_cast<int>(std::clamp<qint64>(*concurrency, 1, 256));
    endpoint.requestsPerMinute = static_cast<int>(std::min<qint64>(*requests, 1'000'000));
    endpoint.tokensPerMinute = *tokens;
    endpoint.plainHttpAllowed = line.has(u"allow-plain-http"_s);
    return endpoint;
}

Outcome<void> keepKey(Session &session, const Endpoint &endpoint)
{
    const CommandLine &line = session.line();
    if (!line.has(u"key"_s) && line.value(u"key-file"_s).isEmpty())
        return {};
    const auto key = PasswordInput::read(line.value(u"key-file"_s), u"the key of "_s + endpoint.id,
                                         session.interruption());
    if (!key)
        return failed(key.error());
    const auto keeping = line.has(u"keep-in-file"_s) ? secrets::Keeping::File : secrets::Keeping::System;
    const base::Status kept =
        session.workspace().directory().keys().write(endpoint.id, secrets::Secret(key->toUtf8()), keeping);
    if (!kept && kept.error().code == base::ErrorCode::KeyStoreUnavailable &&
        keeping == secrets::Keeping::System) {
        return failed(
            base::Error{base::ErrorCode::KeyStoreUnavailable,
                        kept.error().detail +
                            u"; --keep-in-file keeps it in a file that only you can read, and any program "
                            "that runs as you"_s});
    }
    if (!kept)
        return failed(kept.error());
    return {};
}

Outcome<ExitCode> addEndpoint(Session &session, const QString &id)
{
    const auto endpoint = endpointOf(session.line(), id);
    if (!endpoint)
        return failed(endpoint.error());
    if (const base::Status saved = session.workspace().saveEndpoint(*endpoint); !saved)
        return failed(saved.error());
    if (const auto kept = keepKey(session, *endpoint); !kept)
        return failed(kept.error());
    if (session.console().isJson())
        session.console().document(ModelForms::endpoint(*endpoint));
    else
        session.console().line(
            u"%1 is at %2. “lectern-cli endpoints test %1” tries it."_s.arg(id, endpoint->address));
    return ExitCode::Done;
}

Outcome<ExitCode> testEndpoint(Session &session, const QString &id)
{
    workspace::ModelDirectory &directory = session.workspace().directory();
    const auto endpoint = directory.endpoint(id);
    if (!endpoint)
        return failed(endpoint.error());
    const auto key = directory.key(id);
    if (!key)
        return failed(key.error());
    const ai::EndpointReport report =
        directory.test(*endpoint, *key, session.line().value(u"model"_s), session.interruption().token());
    const bool works = report.error.code == base::ErrorCode::None;
    if (works) {
        if (const base::Status listed = directory.refresh(id, session.interruption().token()); !listed)
            return failed(listed.error());
    }
    if (session.console().isJson()) {
        session.console().document(QJsonObject{{u"id"_s, id},
                                               {u"works"_s, works},
                                               {u"models"_s, report.models},
                                               {u"milliseconds"_s, report.answerMs},
                                               {u"error"_s, JsonForms::error(report.error)}});
        return works ? ExitCode::Done : ExitCode::Error;
    }
    if (!works)
        return failed(report.error);
    session.console().line(
        u"%1 works: %2 models, answered in %3 ms."_s.arg(id).arg(report.models).arg(report.answerMs));
    return ExitCode::Done;
}

Outcome<ExitCode> listEndpoints(Session &session)
{
    const auto endpoints = session.workspace().directory().endpoints();
    if (!endpoints)
        return failed(endpoints.error());
    if (session.console().isJson()) {
        QJsonArray list;
        for (const Endpoint &endpoint : *endpoints)
            list.append(ModelForms::endpoint(endpoint));
        session.console().document(list);
        return ExitCode::Done;
    }
    Table table({{u"ID"_s},
                 {u"KIND"_s},
                 {u"AT ONCE"_s, Table::Align::Right},
                 {u"ADDRESS"_s, Table::Align::Left, true}});
    for (const Endpoint &endpoint : *endpoints)
        table.add({endpoint.id, domain::endpointKindName(endpoint.kind),
                   QString::number(endpoint.concurrency), endpoint.address});
    for (const QString &row : table.lines(session.console().width()))
        session.console().line(row);
    if (table.isEmpty())
        session.console().line(u"No endpoint yet. “lectern-cli endpoints add openai --key” adds one."_s);
    return ExitCode::Done;
}

// Costs.

std::optional<UsageReport::By> byName(const QString &name)
{
    using By = UsageReport::By;
    static const QHash<QString, By> names{{u"model"_s, By::Model},       {u"endpoint"_s, By::Endpoint},
                                          {u"document"_s, By::Document}, {u"run"_s, By::Run},
                                          {u"day"_s, By::Day},           {u"purpose"_s, By::Purpose}};
    const auto found = names.constFind(name);
    return found == names.constEnd() ? std::nullopt : std::optional(*found);
}

Outcome<ExitCode> printRows(Session &session)
{
    store::UsageId after;
    while (!session.interruption().isRequested()) {
        const auto rows = UsageReport::rows(session.reader(), {}, after, kRowsAtOnce);
        if (!rows)
            return failed(rows.error());
        for (const UsageReport::Row &row : *rows) {
            if (session.console().isJson())
                session.console().event(ModelForms::usage(row));
            else
                session.console().line(ModelForms::usageLine(row));
            after = row.id;
        }
        if (rows->size() < kRowsAtOnce)
            break;
    }
    return ExitCode::Done;
}

Outcome<ExitCode> printCosts(Session &session, UsageReport::By by)
{
    const auto totals = UsageReport::totals(session.reader(), {});
    const auto lines = UsageReport::lines(session.reader(), by, {});
    if (!totals || !lines)
        return failed(totals ? lines.error() : totals.error());
    Console &console = session.console();
    if (console.isJson()) {
        QJsonArray list;
        for (const UsageReport::Line &line : *lines)
            list.append(ModelForms::line(line, by));
        console.document(QJsonObject{{u"total"_s, ModelForms::totals(*totals)}, {u"lines"_s, list}});
        return ExitCode::Done;
    }
    Table table({{u"WHAT"_s, Table::Align::Left, true},
                 {u"REQUESTS"_s, Table::Align::Right},
                 {u"TOKENS IN"_s, Table::Align::Right},
                 {u"CACHED"_s, Table::Align::Right},
                 {u"TOKENS OUT"_s, Table::Align::Right},
                 {u"SPENT (USD)"_s, Table::Align::Right}});
    const auto add = [&](const QString &name, const store::UsageTotals &sum) {
        table.add({name, Format::count(sum.requests), Format::count(sum.tokens.input),
                   Format::count(sum.tokens.cachedInput), Format::count(sum.tokens.output),
                   ModelForms::amount(sum.spent)});
    };
    for (const UsageReport::Line &line : *lines)
        add(ModelForms::nameOf(line, by), line.totals);
    add(u"all"_s, *totals);
    for (const QString &row : table.lines(console.width()))
        console.line(row);
    const auto tell = [&](const QString &what, qint64 count, Money money) {
        if (count > 0)
            console.line(u"%1: %2, %3 USD"_s.arg(what, Format::count(count), ModelForms::amount(money)));
    };
    tell(u"Failed requests"_s, totals->failed.requests, totals->failed.spent);
    tell(u"Repeated requests"_s, totals->again.requests, totals->again.spent);
    tell(u"Requests with unknown outcome, booked at the most they can have cost"_s, totals->unknown.requests,
         totals->unknown.spent);
    tell(u"Saved by stored answers"_s, totals->savedPages, totals->saved);
    if (totals->unpriced > 0)
        console.line(
            u"Requests without a known price, not in these sums: %1"_s.arg(Format::count(totals->unpriced)));
    return ExitCode::Done;
}

// Budgets.

Outcome<void> setBudgets(Session &session)
{
    using Period = Budgets::Period;
    const CommandLine &line = session.line();
    for (const auto &[option, period] :
         {std::pair(u"day"_s, Period::Day), std::pair(u"month"_s, Period::Month),
          std::pair(u"total"_s, Period::Workspace)}) {
        if (line.value(option).isEmpty())
            continue;
        const auto limit = moneyOf(line, option);
        if (!limit)
            return failed(limit.error());
        if (const base::Status set = session.workspace().setBudget(period, *limit); !set)
            return failed(set.error());
    }
    if (line.value(u"run"_s).isEmpty())
        return {};
    const auto run = numberOf(line, u"run"_s, 0);
    const auto cap = moneyOf(line, u"cap"_s);
    if (!run || !cap)
        return failed(run ? cap.error() : run.error());
    if (line.value(u"cap"_s).isEmpty())
        return failed(Failure::usage(u"--run goes with --cap"_s));
    if (const base::Status set = session.workspace().setRunCap({*run}, *cap); !set)
        return failed(set.error());
    return {};
}

} // namespace

QVector<CommandSpec> ModelCommands::specs()
{
    return {
        {u"endpoints"_s,
         u"[list | add ID | test ID | remove ID]"_s,
         0,
         2,
         u"The servers whose models can be asked."_s,
         u"An ID such as openai, openrouter, ollama, lmstudio or llamacpp says what kind of server it is; "
         u"any other takes "
         u"--address. Without a stored key OPENAI_API_KEY and OPENROUTER_API_KEY are used."_s,
         {{u"kind"_s, u"KIND"_s, u"openai, openrouter, ollama, lmstudio, llamacpp or other."_s},
          {u"name"_s, u"NAME"_s, u"What people read."_s},
          {u"address"_s, u"URL"_s, u"Where it is, up to and including /v1."_s},
          {u"key"_s, {}, u"Ask for its key, or read it from the input; it goes to the system's key store."_s},
          {u"key-file"_s, u"FILE"_s, u"Read the key from the first line of FILE."_s},
          {u"keep-in-file"_s, {}, u"Keep the key in a file (mode 0600) instead of the system's key store."_s},
          {u"concurrency"_s, u"N"_s,
           u"Requests at once; unless told 4, and 1 to a server on this machine."_s},
          {u"requests-per-minute"_s, u"N"_s, u"Never send more."_s},
          {u"tokens-per-minute"_s, u"N"_s, u"Never send more."_s},
          {u"allow-plain-http"_s, {}, u"Send pages unencrypted to another machine."_s},
          {u"model"_s, u"MODEL"_s, u"With test: whether this model is there."_s}},
         {u"lectern-cli endpoints add openai --key"_s, u"lectern-cli endpoints add ollama"_s,
          u"lectern-cli endpoints test ollama"_s}},
        {u"models"_s,
         {},
         0,
         0,
         u"List the models of all endpoints, with their prices."_s,
         u"ANALYSIS_MODEL, EMBEDDING_MODEL and CHAT_MODEL name the defaults where this workspace has none: "
         u"ENDPOINT/MODEL, or a model alone."_s,
         {{u"offline"_s, {}, u"Do not ask the endpoints; use what they said last."_s}},
         {u"lectern-cli models"_s, u"lectern-cli models --json | jq '.[] | select(.vision)'"_s}},
        EstimateCommand::spec(),
        {u"costs"_s,
         {},
         0,
         0,
         u"What was spent."_s,
         {},
         {{u"by"_s, u"WHAT"_s, u"model, endpoint, document, run, day or purpose."_s},
          {u"rows"_s, {}, u"Every request, one a line."_s}},
         {u"lectern-cli costs --by day"_s, u"lectern-cli costs --rows --json"_s}},
        {u"budget"_s,
         {},
         0,
         0,
         u"Show or set what may be spent; “none” removes a limit."_s,
         {},
         {{u"day"_s, u"USD"_s, u"On each day."_s},
          {u"month"_s, u"USD"_s, u"In each month."_s},
          {u"total"_s, u"USD"_s, u"In this workspace, ever."_s},
          {u"run"_s, u"N"_s, u"The run whose --cap is set."_s},
          {u"cap"_s, u"USD"_s, u"With --run: what that run may spend."_s}},
         {u"lectern-cli budget --day 5 --month 60"_s, u"lectern-cli budget --run 3 --cap 1.50"_s}},
    };
}

Outcome<ExitCode> ModelCommands::endpoints(Session &session)
{
    const QStringList &words = session.line().operands;
    const QString verb = words.isEmpty() ? u"list"_s : words.first();
    if (words.size() < 2 && verb != u"list"_s && verb != u"find"_s)
        return failed(
            Failure::usage(u"“endpoints %1” needs the ID of an endpoint"_s.arg(Console::harmless(verb))));
    if (const auto opened = session.open(Session::Access::Look, Session::IfMissing::Create); !opened)
        return failed(opened.error());
    if (verb == u"list"_s)
        return listEndpoints(session);
    if (verb == u"add"_s)
        return addEndpoint(session, words.at(1));
    if (verb == u"test"_s)
        return testEndpoint(session, words.at(1));
    if (verb == u"remove"_s) {
        if (const base::Status removed = session.workspace().directory().remove(words.at(1)); !removed)
            return failed(removed.error());
        session.console().line(u"%1 is removed, its key too."_s.arg(words.at(1)));
        return ExitCode::Done;
    }
    return failed(Failure::usage(
        u"“endpoints” takes list, add, test or remove, not “%1”"_s.arg(Console::harmless(verb))));
}

Outcome<ExitCode> ModelCommands::models(Session &session)
{
    if (const auto opened = session.open(Session::Access::Look, Session::IfMissing::Create); !opened)
        return failed(opened.error());
    workspace::ModelDirectory &directory = session.workspace().directory();
    const auto endpoints = directory.endpoints();
    if (!endpoints)
        return failed(endpoints.error());
    QVector<models::ModelInfo> all;
    for (const Endpoint &endpoint : *endpoints) {
        if (!session.line().has(u"offline"_s)) {
            if (const base::Status listed = directory.refresh(endpoint.id, session.interruption().token());
                !listed)
                session.console().error(u"%1: %2"_s.arg(endpoint.id, ErrorLine::text(listed.error())));
        }
        all += directory.catalogue().modelsOf(endpoint, models::Role::Analysis);
    }
    QVector<workspace::ModelDefault> defaults;
    for (const models::Role role : {models::Role::Analysis, models::Role::Embedding, models::Role::Chat}) {
        const auto found = directory.modelDefault(role);
        if (!found)
            return failed(found.error());
        defaults.append(*found);
    }
    const auto defaultsOf = [&](const models::ModelInfo &model) {
        QVector<workspace::ModelDefault> its;
        std::copy_if(defaults.begin(), defaults.end(), std::back_inserter(its),
                     [&](const auto &found) { return found.model == model.ref; });
        return its;
    };
    Console &console = session.console();
    if (console.isJson()) {
        QJsonArray list;
        for (const models::ModelInfo &model : all)
            list.append(ModelForms::model(model, today(session), defaultsOf(model)));
        console.document(list);
        return ExitCode::Done;
    }
    Table table({{u"MODEL"_s, Table::Align::Left, true},
                 {u"IN (USD/M)"_s, Table::Align::Right},
                 {u"OUT (USD/M)"_s, Table::Align::Right},
                 {u"CONTEXT"_s, Table::Align::Right},
                 {u"NOTES"_s}});
    for (const models::ModelInfo &model : all)
        table.add(ModelForms::modelCells(model, today(session), defaultsOf(model)));
    for (const QString &row : table.lines(console.width()))
        console.line(row);
    if (all.isEmpty())
        console.line(
            u"No models: there is no endpoint yet. “lectern-cli help endpoints” says how to add one."_s);
    return ExitCode::Done;
}

Outcome<ExitCode> ModelCommands::costs(Session &session)
{
    const QString name = session.line().value(u"by"_s);
    const auto by = byName(name.isEmpty() ? u"model"_s : name);
    if (!by)
        return failed(Failure::usage(
            u"--by takes model, endpoint, document, run, day or purpose, not “%1”."_s.arg(name)));
    if (const auto opened = session.open(Session::Access::Look, Session::IfMissing::Fail); !opened)
        return failed(opened.error());
    return session.line().has(u"rows"_s) ? printRows(session) : printCosts(session, *by);
}

Outcome<ExitCode> ModelCommands::budget(Session &session)
{
    if (const auto opened = session.open(Session::Access::Look, Session::IfMissing::Create); !opened)
        return failed(opened.error());
    if (const auto set = setBudgets(session); !set)
        return failed(set.error());
    using Period = Budgets::Period;
    QJsonObject json;
    Table table({{u"BUDGET"_s},
                 {u"LIMIT (USD)"_s, Table::Align::Right},
                 {u"SPENT (USD)"_s, Table::Align::Right},
                 {u"IN FLIGHT (USD)"_s, Table::Align::Right}});
    for (const auto &[title, period] :
         {std::pair(u"day"_s, Period::Day), std::pair(u"month"_s, Period::Month),
          std::pair(u"total"_s, Period::Workspace)}) {
        const auto account = Budgets::ofPeriod(session.reader(), period, today(session));
        if (!account)
            return failed(account.error());
        json.insert(title, ModelForms::account(*account));
        table.add({title, account->limit ? ModelForms::amount(*account->limit) : u"none"_s,
                   ModelForms::amount(account->spent), ModelForms::amount(account->reserved)});
    }
    const auto held = Budgets::held(session.reader());
    if (!held)
        return failed(held.error());
    QJsonArray waiting;
    for (const Budgets::Held &row : *held)
        waiting.append(QJsonObject{{u"scope"_s, row.scope}, {u"jobs"_s, row.jobs}});
    json.insert(u"held"_s, waiting);
    if (session.console().isJson()) {
        session.console().document(json);
        return ExitCode::Done;
    }
    for (const QString &row : table.lines(session.console().width()))
        session.console().line(row);
    for (const Budgets::Held &row : *held)
        session.console().line(
            u"%1 waiting at the limit: %2."_s.arg(Format::pages(row.jobs), ModelForms::scopeName(row.scope)));
    return ExitCode::Done;
}

} // namespace lectern::cli
