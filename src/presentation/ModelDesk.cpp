// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/ModelDesk.h"

#include "presentation/EstimateReader.h"
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
constexpr int kTrialIntervalMs = 300;
constexpr int kSlowTestMs = 3'000;
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

workspace::RunRequest requestOf(const EstimateDecision &decision)
{
    workspace::RunRequest request;
    if (!isBuiltIn(decision.modelId))
        request.model = ModelRef::fromText(decision.modelId);
    request.plan.cap = decision.cap;
    request.plan.unpricedAllowed = decision.unpricedAllowed;
    return request;
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
    m_trialTimer.setSingleShot(true);
    m_trialTimer.setInterval(kTrialIntervalMs);
    connect(&m_trialTimer, &QTimer::timeout, this, &ModelDesk::watchTrial);
    m_moneyTimer.setSingleShot(true);
    m_moneyTimer.setInterval(kMoneyIntervalMs);
    connect(&m_moneyTimer, &QTimer::timeout, this, &ModelDesk::refreshMoney);
    connect(&client.feed(), &LibraryFeed::snapshotChanged, this, [this] {
        if (!m_snapshot.endpoints.isEmpty() && !m_moneyTimer.isActive())
            m_moneyTimer.start();
    });
}

// Money is read here alone, on a lane of its own: two readings on two lanes could come back in the wrong
// order, and the older amount would stay.
void ModelDesk::refreshMoney()
{
    m_client.askCosts(
        this, [this, &clock = m_clock](Workspace &workspace, const CancelToken &) -> std::function<void()> {
            const auto money = ModelReader(workspace, clock).money();
            return [this, money] {
                if (!money)
                    return Q_EMIT failed(money.error(), tr("Reading the costs"));
                m_snapshot.money = *money;
                Q_EMIT moneyChanged();
            };
        });
}

template <class T>
void ModelDesk::ask(const QString &what,
                    std::function<base::Result<T>(Workspace &, const CancelToken &)> question,
                    std::function<void(const T &)> then, const QString &newestOf)
{
    WorkspaceClient::ModelCall call =
        [this, what, question = std::move(question),
         then = std::move(then)](Workspace &workspace, const CancelToken &cancel) -> std::function<void()> {
        auto answer = question(workspace, cancel);
        return [this, what, then, answer = std::move(answer)] {
            if (answer)
                then(*answer);
            else if (answer.error().code != base::ErrorCode::Cancelled)
                Q_EMIT failed(answer.error(), what);
        };
    };
    if (newestOf.isEmpty())
        m_client.askModels(this, std::move(call));
    else
        m_client.askNewest(newestOf, this, std::move(call));
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
        return withPrice(*found);
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
            const MoneyNow money = m_snapshot.money;
            m_snapshot = snapshot;
            m_snapshot.money = money;
            for (EndpointView &view : m_snapshot.endpoints) {
                if (view.state == EndpointView::State::Off)
                    continue;
                view.state = m_states.value(view.endpoint.id, EndpointView::State::Unknown);
                view.problem = m_problems.value(view.endpoint.id);
            }
            Q_EMIT changed();
            refreshMoney();
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
    const quint64 number = ++m_tests[endpoint.id];
    QTimer::singleShot(kSlowTestMs, this, [this, id = endpoint.id, number, running]() mutable {
        if (m_tests.value(id) != number)
            return;
        running.slow = true;
        Q_EMIT tested(id, running);
    });
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
        [this, id = endpoint.id, number](const EndpointTest &test) {
            if (m_tests.value(id) != number)
                return; // another one was started meanwhile
            ++m_tests[id];
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
                    servers.append({found.kind, found.address, 0, found.concurrency});
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

ModelChoice ModelDesk::withPrice(ModelChoice choice) const
{
    if (!m_pricedPages)
        return choice;
    const auto known = m_prices.constFind(choice.id);
    if (known == m_prices.constEnd()) {
        choice.estimating = m_isPricing;
        return choice;
    }
    choice.estimate = known->model.estimate;
    if (choice.unfit == ModelChoice::Unfit::None) {
        choice.unfit = known->model.unfit;
        choice.unfitPages = known->model.unfitPages;
    }
    return choice;
}

QVector<ModelChoice> ModelDesk::choices() const
{
    QVector<ModelChoice> choices;
    for (const ModelChoice &choice : m_snapshot.choices)
        choices.append(withPrice(choice));
    return choices;
}

void ModelDesk::price(const workspace::RunPages &pages)
{
    if (m_pricedPages != pages)
        m_prices.clear();
    m_pricedPages = pages;
    m_isPricing = true;
    ask<RunPrices>(
        tr("Estimating"),
        [pages, &clock = m_clock](Workspace &workspace,
                                  const CancelToken &cancel) -> base::Result<RunPrices> {
            auto prices = EstimateReader(workspace, clock).prices(pages, cancel);
            // Nobody asked for it: a document that went away meanwhile is no news.
            const bool isNews = !prices && prices.error().code != base::ErrorCode::Cancelled;
            return isNews ? base::Result<RunPrices>(RunPrices()) : prices;
        },
        [this, pages](const RunPrices &prices) {
            if (m_pricedPages != pages)
                return;
            m_isPricing = false;
            m_prices = prices;
            Q_EMIT priced();
        },
        QStringLiteral("prices"));
}

void ModelDesk::forgetPrices()
{
    m_pricedPages.reset();
    m_prices.clear();
    m_isPricing = false;
}

void ModelDesk::estimate(const workspace::RunPages &pages, const QString &modelId)
{
    ask<EstimateView>(
        tr("Estimating"),
        [pages, modelId, &clock = m_clock](Workspace &workspace, const CancelToken &cancel) {
            return EstimateReader(workspace, clock).estimate(pages, modelId, cancel);
        },
        [this](const EstimateView &view) { Q_EMIT estimated(view); }, QStringLiteral("estimate"));
}

void ModelDesk::analyse(const workspace::RunPages &pages, const EstimateDecision &decision,
                        const EstimateOption &approved, qint64 approvedPages)
{
    workspace::RunRequest request = requestOf(decision);
    request.plan.estimateLow = approved.low;
    request.plan.estimateHigh = approved.high;
    request.plan.estimateLikely = approved.likely;
    request.plan.estimatePages = approvedPages;
    ask<workspace::RunReport>(
        tr("Starting the analysis"),
        [pages, request, &clock = m_clock](Workspace &workspace,
                                           const CancelToken &) -> base::Result<workspace::RunReport> {
            const auto meant = EstimateReader(workspace, clock).resolved(pages);
            return meant ? workspace.analyse(*meant, request) : base::fail(meant.error());
        },
        [this](const workspace::RunReport &report) {
            Q_EMIT analysisStarted(report.pagesWaiting, report.pagesAnswered);
            refresh();
        });
}

void ModelDesk::tryPages(const workspace::RunPages &pages, const EstimateDecision &decision,
                         const QString &modelName)
{
    workspace::RunRequest request = requestOf(decision);
    request.trialPages = decision.trialPages;
    TrialView trial;
    trial.modelId = decision.modelId;
    trial.modelName = modelName;
    trial.pages = decision.trialPages;
    Q_EMIT trialChanged(trial);
    m_client.askModels(this,
                       [this, pages, request, trial, &clock = m_clock](
                           Workspace &workspace, const CancelToken &) -> std::function<void()> {
                           const auto meant = EstimateReader(workspace, clock).resolved(pages);
                           const auto report =
                               meant ? workspace.analyse(*meant, request) : base::fail(meant.error());
                           return [this, trial, report] {
                               m_trial = trial;
                               if (report) {
                                   m_trial->run = report->run;
                                   m_trial->documents = report->trialDocuments;
                                   watchTrial();
                                   return;
                               }
                               TrialView over = *std::exchange(m_trial, std::nullopt);
                               over.failed = over.pages;
                               over.problem = report.error();
                               Q_EMIT trialChanged(over);
                           };
                       });
}

void ModelDesk::watchTrial()
{
    if (!m_trial)
        return;
    ask<TrialView>(
        tr("Trying some pages"),
        [trial = *m_trial, &clock = m_clock](Workspace &workspace, const CancelToken &) {
            return EstimateReader(workspace, clock).trial(trial);
        },
        [this](const TrialView &now) {
            if (!m_trial || m_trial->run != now.run)
                return;
            const bool isNews = *m_trial != now;
            m_trial = now;
            if (now.isOver())
                m_trial.reset();
            else
                m_trialTimer.start();
            if (isNews || now.isOver())
                Q_EMIT trialChanged(now);
        });
}

void ModelDesk::stopTrial()
{
    if (!m_trial)
        return;
    change(tr("Stopping the trial"), [trial = *m_trial](Workspace &workspace, const CancelToken &) {
        return workspace.cancelTrial(trial.run, trial.documents);
    });
}

void ModelDesk::acceptRun(domain::RunId run)
{
    change(tr("Resuming"),
           [run](Workspace &workspace, const CancelToken &) { return workspace.acceptRun(run); });
}

void ModelDesk::setRunCap(domain::RunId run, std::optional<Money> cap)
{
    change(tr("Raising the cap"),
           [run, cap](Workspace &workspace, const CancelToken &) { return workspace.setRunCap(run, cap); });
}

void ModelDesk::findPagesAtLimit(const QString &account, PagesFound then)
{
    ask<workspace::RunPages>(
        tr("Looking for what waits"),
        [account](Workspace &workspace, const CancelToken &) {
            return EstimateReader::pagesAtLimit(workspace, account);
        },
        [then = std::move(then)](const workspace::RunPages &pages) { then(pages, {}); });
}

void ModelDesk::findPagesOf(domain::RunId run, PagesFound then)
{
    const auto asking = std::find_if(m_snapshot.money.questions.cbegin(), m_snapshot.money.questions.cend(),
                                     [run](const workspace::OpenRun &open) { return open.run == run; });
    const QString model = asking != m_snapshot.money.questions.cend() ? asking->model.text() : QString();
    ask<workspace::RunPages>(
        tr("Looking for what waits"),
        [run](Workspace &workspace, const CancelToken &) { return workspace.pagesOf(run); },
        [model, then = std::move(then)](const workspace::RunPages &pages) { then(pages, model); });
}

} // namespace lectern::presentation
