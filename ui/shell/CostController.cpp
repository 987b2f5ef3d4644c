// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/CostController.h"

#include "presentation/ModelDesk.h"
#include "ui/costs/CostPanel.h"
#include "ui/costs/CostToday.h"
#include "ui/costs/CostsView.h"
#include "ui/shell/JobDetail.h"
#include "ui/shell/ModelController.h"

namespace lectern::ui {

using presentation::CostDesk;
using presentation::ModelDesk;

CostController::CostController(presentation::WorkspaceClient &client, ModelController &models,
                               const base::Clock &clock, QObject *parent)
    : QObject(parent), m_models(models), m_desk(client, clock, this), m_clock(clock)
{
    connect(&models.desk(), &ModelDesk::changed, this, &CostController::showMoney);
    connect(&models.desk(), &ModelDesk::changed, &m_desk, &CostDesk::refresh);
    connect(&models.desk(), &ModelDesk::moneyChanged, this, &CostController::showMoney);
    connect(&m_desk, &CostDesk::runsChanged, this, &CostController::showRuns);
    connect(&m_desk, &CostDesk::failed, this, &CostController::failed);
    connect(&m_desk, &CostDesk::exported, this,
            [this](const QString &path) { Q_EMIT said(tr("Costs written to “%1”.").arg(path)); });
}

void CostController::setCostsView(CostsView &view)
{
    m_costs = &view;
    connect(&m_desk, &CostDesk::costsRead, m_costs, &CostsView::setSummary);
    connect(&m_desk, &CostDesk::costsFailed, m_costs, &CostsView::setProblem);
    connect(&m_desk, &CostDesk::pricesRead, m_costs, &CostsView::setPrices);
    connect(m_costs, &CostsView::queryRequested, &m_desk, &CostDesk::askCosts);
    connect(m_costs, &CostsView::pricesRequested, &m_desk, &CostDesk::askPrices);
    connect(m_costs, &CostsView::listsRequested, &m_models.desk(), &ModelDesk::refreshLists);
    connect(&m_models.desk(), &ModelDesk::changed, m_costs, [this] {
        if (m_costs->isVisible())
            m_desk.askPrices(); // a list may just have come
    });
    connect(m_costs, &CostsView::budgetsRequested, &m_models, &ModelController::showBudgets);
    connect(m_costs, &CostsView::modelsRequested, &m_models, &ModelController::showSettings);
    connect(m_costs, &CostsView::capRequested, this, [this](qint64 run) { m_models.raise(accountOf(run)); });
    connect(m_costs, &CostsView::cheaperModelRequested, this,
            [this](qint64 run) { m_models.useCheaperModel(accountOf(run)); });
    connect(m_costs, &CostsView::exportRequested, this, [this] {
        if (const QString path = m_chooseFile ? m_chooseFile() : QString(); !path.isEmpty())
            m_desk.exportCosts(path);
    });
}

void CostController::setCostToday(CostToday &today)
{
    m_today = &today;
    showMoney();
}

void CostController::setJobDetail(JobDetail &detail)
{
    m_job = &detail;
    connect(m_job, &JobDetail::runWanted, &m_desk, &CostDesk::watchRun);
    connect(&m_job->costs(), &CostPanel::capRequested, this,
            [this](qint64 run) { m_models.raise(accountOf(run)); });
    connect(&m_job->costs(), &CostPanel::cheaperModelRequested, this,
            [this](qint64 run) { m_models.useCheaperModel(accountOf(run)); });
}

void CostController::showMoney()
{
    if (m_today != nullptr)
        m_today->setUse(m_models.desk().snapshot().money.today);
    if (m_costs != nullptr && m_costs->isVisible())
        showCosts();
}

void CostController::showRuns()
{
    const qint64 now = m_clock.nowMs();
    if (m_costs != nullptr)
        m_costs->setRuns(m_desk.runs(), now);
    if (m_job != nullptr)
        m_job->setRuns(m_desk.runs(), now);
    Q_EMIT runsChanged(m_desk.runs());
}

void CostController::showCosts()
{
    if (m_costs != nullptr)
        m_desk.askCosts(m_costs->query());
}

QString CostController::accountOf(qint64 run) const
{
    const auto cost = m_desk.runs().find(run);
    return cost ? cost->heldAccount : QString();
}

} // namespace lectern::ui
