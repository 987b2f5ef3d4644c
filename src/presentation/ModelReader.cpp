// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/ModelReader.h"

#include "store/Budgets.h"
#include "store/Connection.h"
#include "store/Models.h"
#include "store/Questions.h"
#include "store/WorkspaceSettings.h"
#include "workspace/ModelDirectory.h"

#include <QDateTime>

#include <algorithm>

namespace lectern::presentation {

using domain::Endpoint;
using domain::ModelRef;
using domain::Money;
using workspace::ModelDirectory;

namespace {

constexpr int kRecent = 5;

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

ModelChoice builtInChoice(models::Role role)
{
    ModelChoice choice;
    choice.id = kBuiltInId;
    choice.name = role == models::Role::Embedding ? ModelDesk::tr("Built into Lectern")
                                                  : ModelDesk::tr("Built-in analyzer");
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
    if (info.role != models::Role::Embedding && info.isEmbedder())
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
    return choicesFor(reader, models::Role::Analysis);
}

base::Result<QVector<ModelChoice>> ModelReader::embedders(store::Connection &reader) const
{
    return choicesFor(reader, models::Role::Embedding);
}

base::Result<QVector<ModelChoice>> ModelReader::choicesFor(store::Connection &reader, models::Role role) const
{
    ModelDirectory &directory = m_workspace.directory();
    const auto endpoints = directory.endpoints();
    const auto favourites = store::Models::favourites(reader);
    const auto recent = store::Models::recent(reader, kRecent);
    if (!endpoints || !favourites || !recent)
        return base::fail(!endpoints ? endpoints.error() : !favourites ? favourites.error() : recent.error());
    QVector<ModelChoice> choices{builtInChoice(role)};
    const models::Catalogue catalogue = directory.catalogue();
    for (const Endpoint &endpoint : *endpoints) {
        for (const models::ModelInfo &info : catalogue.modelsOf(endpoint, role)) {
            // What nobody calls an embedder most likely answers, and there are hundreds of those.
            if (role == models::Role::Embedding && !info.embedding.valueOr(false))
                continue;
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
    const auto embedders = this->embedders(**reader);
    const auto budgets = this->budgets(**reader);
    const auto model = directory.defaultModel();
    const auto pictures = directory.pictureMode();
    const auto prompt = directory.setting(ModelDirectory::kPromptSetting);
    for (const std::optional<base::Error> &error :
         {choices ? std::nullopt : std::optional(choices.error()),
          embedders ? std::nullopt : std::optional(embedders.error()),
          budgets ? std::nullopt : std::optional(budgets.error()),
          model ? std::nullopt : std::optional(model.error()),
          pictures ? std::nullopt : std::optional(pictures.error()),
          prompt ? std::nullopt : std::optional(prompt.error())}) {
        if (error)
            return base::fail(*error);
    }
    snapshot.choices = *choices;
    snapshot.embedders = *embedders;
    snapshot.budgets = *budgets;
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
            hold.runName = row.pages == 0
                               ? ModelDesk::tr("Search by meaning")
                               : ModelDesk::tr("Run %1").arg(row.scope.section(QLatin1Char(':'), 1));
        hold.hasPages = row.pages > 0;
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

} // namespace lectern::presentation
