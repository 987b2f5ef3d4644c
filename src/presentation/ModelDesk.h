// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "domain/Endpoint.h"
#include "presentation/AnalysisSettings.h"
#include "presentation/Budgets.h"
#include "presentation/CostSummary.h"
#include "presentation/EndpointView.h"
#include "presentation/EstimateView.h"
#include "presentation/ModelChoice.h"
#include "presentation/Then.h"
#include "presentation/WorkspaceClient.h"

#include <QHash>
#include <QObject>
#include <QTimer>
#include <QVector>

namespace lectern::presentation {

/// What changes while work goes on.
struct MoneyNow {
    BudgetUse today;
    QVector<BudgetHold> holds;
};

/// All that the window knows of models at one moment. A plain value.
struct ModelSnapshot {
    QVector<EndpointView> endpoints;
    QVector<ModelChoice> choices; ///< the built-in analyser first
    AnalysisSettings analysis;    ///< its model is the one to use: chosen, or the default
    QString defaultPrompt;
    Budgets budgets;
    MoneyNow money;
    bool hasSystemKeyStore = false;
};

/// The window's way to models and money: endpoints, keys, prices, estimates, budgets, costs. Lives on the GUI
/// thread and never blocks it; answers come as of WorkspaceClient::askModels.
class ModelDesk final : public QObject {
    Q_OBJECT

public:
    ModelDesk(WorkspaceClient &client, const base::Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] const ModelSnapshot &snapshot() const { return m_snapshot; }
    /// The model to use as the picker shows it.
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

    // Runs.
    /// With this model, and with up to three others beside it.
    void estimate(const QVector<domain::DocumentId> &documents, const QString &modelId);
    void analyse(const QVector<domain::DocumentId> &documents, const EstimateDecision &decision,
                 domain::Money low, domain::Money high);

    // Costs.
    void askCosts(CostGrouping grouping);
    /// Every request as comma-separated values, UTF-8.
    void exportCosts(const QString &path);

Q_SIGNALS:
    void changed();
    /// Only snapshot().money did; once a second at most.
    void moneyChanged();
    void tested(const QString &endpointId, const lectern::presentation::EndpointTest &test);
    void serversFound(const QVector<lectern::presentation::FoundServer> &servers);
    void estimated(const lectern::presentation::EstimateView &view);
    void analysisStarted(qint64 pagesWaiting, qint64 pagesAnswered);
    void costsRead(const lectern::presentation::CostSummary &summary);
    void exported(const QString &path);
    /// `what` is what was tried, as a phrase for people.
    void failed(const lectern::base::Error &error, const QString &what);

private:
    using Work = std::function<base::Status(workspace::Workspace &, const base::CancelToken &)>;
    void refreshMoney();
    /// Does something, tells what failed, and reads everything again.
    void change(const QString &what, Work work);
    template <class T>
    void ask(const QString &what,
             std::function<base::Result<T>(workspace::Workspace &, const base::CancelToken &)> question,
             std::function<void(const T &)> then);

    WorkspaceClient &m_client;
    const base::Clock &m_clock;
    ModelSnapshot m_snapshot;
    QHash<QString, EndpointView::State> m_states; ///< of endpoints that were asked for their models
    QHash<QString, base::Error> m_problems;
    quint64 m_estimates = 0; ///< the newest wins
    QTimer m_moneyTimer;
};

} // namespace lectern::presentation
