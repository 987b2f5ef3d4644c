// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "domain/Endpoint.h"
#include "presentation/AnalysisSettings.h"
#include "presentation/Budgets.h"
#include "presentation/EndpointView.h"
#include "presentation/EstimateView.h"
#include "presentation/ModelChoice.h"
#include "presentation/Then.h"
#include "presentation/WorkspaceClient.h"
#include "workspace/ResumeCheck.h"

#include <QHash>
#include <QObject>
#include <QTimer>
#include <QVector>

namespace lectern::presentation {

/// What changes while work goes on.
struct MoneyNow {
    BudgetUse today;
    QVector<BudgetHold> holds;
    QVector<workspace::OpenRun> questions; ///< runs that wait for an answer
};

/// All that the window knows of models at one moment. A plain value.
struct ModelSnapshot {
    QVector<EndpointView> endpoints;
    QVector<ModelChoice> choices;   ///< the built-in analyser first
    QVector<ModelChoice> embedders; ///< those that make vectors, the built-in one first
    AnalysisSettings analysis;      ///< its model is the one to use: chosen, or the default
    QString defaultPrompt;
    Budgets budgets;
    MoneyNow money; ///< read apart from the rest, and newer at times
    bool hasSystemKeyStore = false;
};

/// The window's way to models and money: endpoints, keys, prices, estimates, budgets. What was spent is
/// CostDesk's. Lives on the GUI
/// thread and never blocks it; answers come as of WorkspaceClient::askModels.
class ModelDesk final : public QObject {
    Q_OBJECT

public:
    ModelDesk(WorkspaceClient &client, const base::Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] const ModelSnapshot &snapshot() const { return m_snapshot; }
    /// The model to use as the picker shows it, with what the run last priced would cost.
    [[nodiscard]] ModelChoice current() const;
    /// Reads everything again; changed() follows.
    void refresh();
    /// Asks every enabled endpoint for its models.
    void refreshLists();

    // Endpoints.
    void saveEndpoint(const domain::Endpoint &endpoint);
    void removeEndpoint(const QString &id);
    void keepKey(const QString &endpointId, const QString &key, KeyPlace place);
    void forgetKey(const QString &endpointId);
    /// An empty key: the one that is kept.
    void test(const domain::Endpoint &endpoint, const QString &key);
    void findServers();

    // Choices that belong to the workspace.
    void setAnalysis(const AnalysisSettings &settings);
    void setModel(const QString &id);
    void setFavourite(const QString &id, bool favourite);
    void setBudgets(const Budgets &budgets);
    /// For a million tokens.
    void setPrice(const QString &id, domain::Money input, domain::Money output);

    // Runs. Waiting pages of no documents: those of every document that waits.
    /// With this model, and with up to three others beside it.
    void estimate(const workspace::RunPages &pages, const QString &modelId);
    /// With every model: priced() follows, and choices() has the amounts. What was known of these pages is
    /// shown until then.
    void price(const workspace::RunPages &pages);
    /// No run is being prepared: choices are without amounts.
    void forgetPrices();
    /// Those of the snapshot, with what the run last priced would cost.
    [[nodiscard]] QVector<ModelChoice> choices() const;
    void analyse(const workspace::RunPages &pages, const EstimateDecision &decision,
                 const EstimateOption &approved, qint64 approvedPages);
    /// A trial of a few pages, as the decision says: trialChanged() tells how it goes. A newer one takes the
    /// place of an older, which goes on unwatched.
    void tryPages(const workspace::RunPages &pages, const EstimateDecision &decision,
                  const QString &modelName);
    void stopTrial();
    /// Yes to what a run asks.
    void acceptRun(domain::RunId run);
    void setRunCap(domain::RunId run, std::optional<domain::Money> cap);
    /// The pages that wait at this limit, or those that a run has left; and the model that was to answer
    /// them.
    using PagesFound = std::function<void(const workspace::RunPages &pages, const QString &modelId)>;
    void findPagesAtLimit(const QString &account, PagesFound then);
    void findPagesOf(domain::RunId run, PagesFound then);

Q_SIGNALS:
    void changed();
    /// Only snapshot().money did; once a second at most.
    void moneyChanged();
    void tested(const QString &endpointId, const lectern::presentation::EndpointTest &test);
    void serversFound(const QVector<lectern::presentation::FoundServer> &servers);
    void estimated(const lectern::presentation::EstimateView &view);
    void priced();
    void trialChanged(const lectern::presentation::TrialView &trial);
    void analysisStarted(qint64 pagesWaiting, qint64 pagesAnswered);
    /// `what` is what was tried, as a phrase for people.
    void failed(const lectern::base::Error &error, const QString &what);

private:
    using Work = std::function<base::Status(workspace::Workspace &, const base::CancelToken &)>;
    void refreshMoney();
    void watchTrial();
    [[nodiscard]] ModelChoice withPrice(ModelChoice choice) const;
    /// Does something, tells what failed, and reads everything again.
    void change(const QString &what, Work work);
    template <class T>
    void ask(const QString &what,
             std::function<base::Result<T>(workspace::Workspace &, const base::CancelToken &)> question,
             std::function<void(const T &)> then, const QString &newestOf = {});

    WorkspaceClient &m_client;
    const base::Clock &m_clock;
    ModelSnapshot m_snapshot;
    QHash<QString, EndpointView::State> m_states; ///< of endpoints that were asked for their models
    QHash<QString, base::Error> m_problems;
    QHash<QString, quint64> m_tests; ///< raised when one begins and when one ends
    std::optional<workspace::RunPages> m_pricedPages;
    QHash<QString, EstimateOption> m_prices; ///< of these pages, by model
    bool m_isPricing = false;
    std::optional<TrialView> m_trial; ///< the one that is watched
    QTimer m_trialTimer;
    QTimer m_moneyTimer;
};

} // namespace lectern::presentation
