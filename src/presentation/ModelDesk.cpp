// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/ModelDesk.h"

#include "presentation/ModelReader.h"
#include "store/Budgets.h"
#include "store/Connection.h"
#include "store/Database.h"
#include "store/Models.h"
#include "store/Transaction.h"
#include "store/WorkspaceSettings.h"
#include "store/Writer.h"
#include "workspace/ModelDirectory.h"

#include <algorithm>
#include <utility>

namespace lectern::presentation {

using base::CancelToken;
using domain::Endpoint;
using domain::ModelRef;
using domain::Money;
using workspace::ModelDirectory;
using workspace::Workspace;

namespace {

constexpr int kMoneyIntervalMs = 1'000;
constexpr qint64 kMillion = 1'000'000;

QString textOf(const std::optional<Money> &money)
{
    return money ? money->toDecimal() : QString();
}

models::PictureMode modeOf(AnalysisSettings::Pictures pictures)
{
    switch (pictures) {
    case AnalysisSettings::Pictures::Always:
        return models::PictureMode::Always;
    case AnalysisSettings::Pictures::Never:
        return models::PictureMode::Never;
    case AnalysisSettings::Pictures::WhenNeeded:
        break;
    }
    return models::PictureMode::WhenNeeded;
}

secrets::Keeping keepingOf(KeyPlace place)
{
    switch (place) {
    case KeyPlace::System:
        return secrets::Keeping::System;
    case KeyPlace::File:
        return secrets::Keeping::File;
    default:
        return secrets::Keeping::Memory;
    }
}

base::Status storeAnalysis(ModelDirectory &directory, const AnalysisSettings &settings)
{
    if (!settings.prompt.isEmpty()) {
        // A prompt that can't be used is refused here, not at the first page.
        if (const auto prompt = ai::PromptTemplate::fromText(settings.prompt); !prompt)
            return base::fail(prompt.error());
    }
    const QString model = isBuiltIn(settings.modelId) ? kBuiltInId : settings.modelId;
    return directory.setSetting(ModelDirectory::kModelSetting, model)
        .and_then([&] {
            return directory.setSetting(ModelDirectory::kPicturesSetting,
                                        models::pictureModeName(modeOf(settings.pictures)));
        })
        .and_then([&] { return directory.setSetting(ModelDirectory::kPromptSetting, settings.prompt); });
}

base::Status storeBudgets(Workspace &workspace, const Budgets &budgets)
{
    using Period = store::Budgets::Period;
    return workspace.setBudget(Period::Day, budgets.day)
        .and_then([&] { return workspace.setBudget(Period::Month, budgets.month); })
        .and_then([&] { return workspace.setBudget(Period::Workspace, budgets.workspace); })
        .and_then([&] {
            return workspace.database().writer().run([&](store::Transaction &transaction) {
                return store::WorkspaceSettings::setValue(transaction, kRunCapSetting, textOf(budgets.run))
                    .and_then([&] {
                        return store::WorkspaceSettings::setValue(transaction, kAskFromSetting,
                                                                  budgets.askFrom.toDecimal());
                    });
            });
        });
}

} // namespace

ModelDesk::ModelDesk(WorkspaceClient &client, const base::Clock &clock, QObject *parent)
    : QObject(parent), m_client(client), m_clock(clock)
{
    connect(&client, &WorkspaceClient::opened, this, [this] {
        refresh();
        refreshLists();
    });
    m_moneyTimer.setSingleShot(true);
    m_moneyTimer.setInterval(kMoneyIntervalMs);
    connect(&m_moneyTimer, &QTimer::timeout, this, &ModelDesk::refreshMoney);
    connect(&client.feed(), &LibraryFeed::snapshotChanged, this, [this] {
        if (!m_snapshot.endpoints.isEmpty() && !m_moneyTimer.isActive())
            m_moneyTimer.start();
    });
}

void ModelDesk::refreshMoney()
{
    ask<MoneyNow>(
        tr("Reading the costs"),
        [&clock = m_clock](Workspace &workspace, const CancelToken &) {
            return ModelReader(workspace, clock).money();
        },
        [this](const MoneyNow &money) {
            m_snapshot.money = money;
            Q_EMIT moneyChanged();
        });
}

template <class T>
void ModelDesk::ask(const QString &what,
                    std::function<base::Result<T>(Workspace &, const CancelToken &)> question,
                    std::function<void(const T &)> then)
{
    m_client.askModels(this,
                       [this, what, question = std::move(question), then = std::move(then)](
                           Workspace &workspace, const CancelToken &cancel) -> std::function<void()> {
                           auto answer = question(workspace, cancel);
                           return [this, what, then, answer = std::move(answer)] {
                               if (answer)
                                   then(*answer);
                               else if (answer.error().code != base::ErrorCode::Cancelled)
                                   Q_EMIT failed(answer.error(), what);
                           };
                       });
}

void ModelDesk::change(const QString &what, Work work)
{
    m_client.askModels(this,
                       [this, what, work = std::move(work)](
                           Workspace &workspace, const CancelToken &cancel) -> std::function<void()> {
                           const base::Status done = work(workspace, cancel);
                           return [this, what, done] {
                               if (!done && done.error().code != base::ErrorCode::Cancelled)
                                   Q_EMIT failed(done.error(), what);
                               refresh();
                           };
                       });
}

ModelChoice ModelDesk::current() const
{
    const auto found =
        std::find_if(m_snapshot.choices.cbegin(), m_snapshot.choices.cend(),
                     [this](const auto &choice) { return choice.id == m_snapshot.analysis.modelId; });
    if (found != m_snapshot.choices.cend())
        return *found;
    ModelChoice choice;
    choice.id = m_snapshot.analysis.modelId;
    choice.name = choice.id;
    return choice;
}

void ModelDesk::refresh()
{
    ask<ModelSnapshot>(
        tr("Reading the models"),
        [&clock = m_clock](Workspace &workspace, const CancelToken &) {
            return ModelReader(workspace, clock).snapshot();
        },
        [this](const ModelSnapshot &snapshot) {
            m_snapshot = snapshot;
            for (EndpointView &view : m_snapshot.endpoints) {
                if (view.state == EndpointView::State::Off)
                    continue;
                view.state = m_states.value(view.endpoint.id, EndpointView::State::Unknown);
                view.problem = m_problems.value(view.endpoint.id);
            }
            Q_EMIT changed();
        });
}

void ModelDesk::refreshLists()
{
    ask<QVector<Endpoint>>(
        tr("Reading the models"),
        [](Workspace &workspace, const CancelToken &) { return workspace.directory().endpoints(); },
        [this](const QVector<Endpoint> &endpoints) {
            for (const Endpoint &endpoint : endpoints) {
                if (!endpoint.enabled)
                    continue;
                m_states.insert(endpoint.id, EndpointView::State::Loading);
                m_client.askModels(this,
                                   [this, id = endpoint.id](Workspace &workspace, const CancelToken &cancel)
                                       -> std::function<void()> {
                                       const base::Status listed = workspace.directory().refresh(id, cancel);
                                       return [this, id, listed] {
                                           m_states.insert(id, listed ? EndpointView::State::Ready
                                                                      : EndpointView::State::Failed);
                                           m_problems.insert(id, listed ? base::Error() : listed.error());
                                           refresh();
                                       };
                                   });
            }
            refresh();
        });
}

void ModelDesk::saveEndpoint(const Endpoint &endpoint)
{
    change(tr("Saving the endpoint"), [endpoint](Workspace &workspace, const CancelToken &) {
        return workspace.saveEndpoint(endpoint);
    });
}

void ModelDesk::removeEndpoint(const QString &id)
{
    change(tr("Removing the endpoint"),
           [id](Workspace &workspace, const CancelToken &) { return workspace.directory().remove(id); });
}

void ModelDesk::keepKey(const QString &endpointId, const QString &key, KeyPlace place)
{
    change(tr("Keeping the key"),
           [endpointId, secret = secrets::Secret(key.toUtf8()), place](Workspace &workspace,
                                                                       const CancelToken &) -> base::Status {
               ModelDirectory &directory = workspace.directory();
               const base::Status kept = directory.keys().write(endpointId, secret, keepingOf(place));
               if (!kept)
                   return kept;
               // What waited for a key may go on.
               const auto endpoint = directory.endpoint(endpointId);
               return endpoint ? workspace.saveEndpoint(*endpoint)
                               : base::Status(base::fail(endpoint.error()));
           });
}

void ModelDesk::forgetKey(const QString &endpointId)
{
    change(tr("Forgetting the key"), [endpointId](Workspace &workspace, const CancelToken &) {
        return workspace.directory().keys().remove(endpointId);
    });
}

void ModelDesk::test(const Endpoint &endpoint, const QString &key)
{
    EndpointTest running;
    running.running = true;
    Q_EMIT tested(endpoint.id, running);
    ask<EndpointTest>(
        tr("Testing the endpoint"),
        [endpoint, typed = secrets::Secret(key.toUtf8())](
            Workspace &workspace, const CancelToken &cancel) -> base::Result<EndpointTest> {
            ModelDirectory &directory = workspace.directory();
            const auto kept =
                typed.isEmpty() ? directory.key(endpoint.id) : base::Result<secrets::Secret>(typed);
            EndpointTest test;
            if (!kept) {
                test.problem = kept.error();
                return test;
            }
            const ai::EndpointReport report = directory.test(endpoint, *kept, {}, cancel);
            test.models = report.models;
            test.milliseconds = report.answerMs;
            if (report.error.code != base::ErrorCode::None)
                test.problem = report.error;
            return test;
        },
        [this, id = endpoint.id](const EndpointTest &test) {
            Q_EMIT tested(id, test);
            if (!test.problem)
                refreshLists();
        });
}

void ModelDesk::findServers()
{
    ask<QVector<FoundServer>>(
        tr("Looking for servers"),
        [](Workspace &workspace, const CancelToken &cancel) -> base::Result<QVector<FoundServer>> {
            const auto known = workspace.directory().endpoints();
            if (!known)
                return base::fail(known.error());
            QVector<FoundServer> servers;
            for (const Endpoint &found : workspace.directory().findLocal(cancel)) {
                const bool isKnown =
                    std::any_of(known->cbegin(), known->cend(),
                                [&](const Endpoint &endpoint) { return endpoint.address == found.address; });
                if (!isKnown)
                    servers.append({found.kind, found.address, 0});
            }
            return servers;
        },
        [this](const QVector<FoundServer> &servers) { Q_EMIT serversFound(servers); });
}

void ModelDesk::setAnalysis(const AnalysisSettings &settings)
{
    change(tr("Saving how pages are analyzed"), [settings](Workspace &workspace, const CancelToken &) {
        return storeAnalysis(workspace.directory(), settings);
    });
}

void ModelDesk::setModel(const QString &id)
{
    AnalysisSettings settings = m_snapshot.analysis;
    settings.modelId = id;
    m_snapshot.analysis.modelId = id; // seen at once; the answer confirms it
    Q_EMIT changed();
    setAnalysis(settings);
}

void ModelDesk::setFavourite(const QString &id, bool favourite)
{
    const auto model = ModelRef::fromText(id);
    if (!model)
        return;
    change(tr("Marking the model"), [model = *model, favourite](Workspace &workspace, const CancelToken &) {
        return workspace.database().writer().run([&](store::Transaction &transaction) {
            return store::Models::setFavourite(transaction, model, favourite);
        });
    });
}

void ModelDesk::setBudgets(const Budgets &budgets)
{
    change(tr("Saving the budgets"),
           [budgets](Workspace &workspace, const CancelToken &) { return storeBudgets(workspace, budgets); });
}

void ModelDesk::setPrice(const QString &id, Money input, Money output)
{
    const auto model = ModelRef::fromText(id);
    if (!model)
        return;
    change(tr("Saving the price"),
           [model = *model, input, output](Workspace &workspace, const CancelToken &) {
               return workspace.directory().setPrice(model, {input.picodollars / kMillion},
                                                     {output.picodollars / kMillion});
           });
}

void ModelDesk::estimate(const QVector<domain::DocumentId> &documents, const QString &modelId)
{
    ask<EstimateView>(
        tr("Estimating"),
        [documents, modelId, &clock = m_clock](Workspace &workspace, const CancelToken &cancel) {
            return ModelReader(workspace, clock).estimate(documents, modelId, cancel);
        },
        [this, number = ++m_estimates](const EstimateView &view) {
            if (number == m_estimates)
                Q_EMIT estimated(view);
        });
}

void ModelDesk::analyse(const QVector<domain::DocumentId> &documents, const EstimateDecision &decision,
                        Money low, Money high)
{
    workspace::RunRequest request;
    if (!isBuiltIn(decision.modelId))
        request.model = ModelRef::fromText(decision.modelId);
    request.plan.cap = decision.cap;
    request.plan.unpricedAllowed = decision.unpricedAllowed;
    request.plan.estimateLow = low;
    request.plan.estimateHigh = high;
    ask<workspace::RunReport>(
        tr("Starting the analysis"),
        [documents, request](Workspace &workspace, const CancelToken &) {
            return workspace.analyse(documents, request);
        },
        [this](const workspace::RunReport &report) {
            Q_EMIT analysisStarted(report.pagesWaiting, report.pagesAnswered);
            refresh();
        });
}

void ModelDesk::askCosts(CostGrouping grouping)
{
    ask<CostSummary>(
        tr("Reading the costs"),
        [grouping, &clock = m_clock](Workspace &workspace, const CancelToken &) {
            return ModelReader(workspace, clock).costs(grouping);
        },
        [this](const CostSummary &summary) { Q_EMIT costsRead(summary); });
}

void ModelDesk::exportCosts(const QString &path)
{
    ask<bool>(
        tr("Exporting the costs"),
        [path, &clock = m_clock](Workspace &workspace, const CancelToken &) {
            return ModelReader(workspace, clock).exportCosts(path).map([] { return true; });
        },
        [this, path](bool) { Q_EMIT exported(path); });
}

} // namespace lectern::presentation
