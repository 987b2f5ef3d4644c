// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/ModelController.h"

#include "presentation/Format.h"
#include "presentation/ModelReader.h"
#include "ui/costs/BudgetsDialog.h"
#include "ui/costs/CostToday.h"
#include "ui/costs/CostsView.h"
#include "ui/models/EstimateDialog.h"
#include "ui/models/ModelButton.h"
#include "ui/models/ModelPicker.h"
#include "ui/settings/SettingsWindow.h"

#include <QDateTime>
#include <QWidget>

#include <utility>

namespace lectern::ui {

using presentation::EstimateDecision;
using presentation::EstimateView;
using presentation::Format;
using presentation::ModelDesk;

ModelController::ModelController(presentation::WorkspaceClient &client, const base::Clock &clock,
                                 QWidget &window)
    : QObject(&window), m_window(window), m_desk(client, clock, this), m_clock(clock),
      m_picker(new ModelPicker(&window))
{
    m_picker->setToday(QDateTime::fromMSecsSinceEpoch(clock.nowMs()).date());
    connect(&m_desk, &ModelDesk::changed, this, &ModelController::showSnapshot);
    connect(&m_desk, &ModelDesk::moneyChanged, this, &ModelController::showMoney);
    connect(&m_desk, &ModelDesk::failed, this, &ModelController::failed);
    connect(&m_desk, &ModelDesk::estimated, this, &ModelController::showEstimate);
    connect(&m_desk, &ModelDesk::analysisStarted, this, [this](qint64 waiting, qint64 answered) {
        if (answered > 0)
            Q_EMIT said(tr("%1 to analyze, %2 answered from the library.")
                            .arg(Format::pages(waiting), Format::pages(answered)));
        else
            Q_EMIT said(tr("%1 to analyze.").arg(Format::pages(waiting)));
    });
    connect(&m_desk, &ModelDesk::exported, this,
            [this](const QString &path) { Q_EMIT said(tr("Costs written to “%1”.").arg(path)); });
    connect(m_picker, &ModelPicker::modelChosen, this, &ModelController::picked);
    connect(m_picker, &ModelPicker::favouriteToggled, &m_desk, &ModelDesk::setFavourite);
    connect(m_picker, &ModelPicker::settingsRequested, this, [this](const QString &endpoint) {
        showSettings();
        if (!endpoint.isEmpty())
            settingsWindow().showEndpoint(endpoint);
    });
}

void ModelController::setModelButton(ModelButton &button)
{
    m_button = &button;
    connect(m_button, &ModelButton::clicked, this, &ModelController::pickModel);
    showSnapshot();
}

void ModelController::setCostsView(CostsView &view)
{
    m_costs = &view;
    connect(&m_desk, &ModelDesk::costsRead, m_costs, &CostsView::setSummary);
    connect(m_costs, &CostsView::groupingRequested, &m_desk, &ModelDesk::askCosts);
    connect(m_costs, &CostsView::budgetsRequested, this, &ModelController::showBudgets);
    connect(m_costs, &CostsView::modelsRequested, this, &ModelController::showSettings);
    connect(m_costs, &CostsView::exportRequested, this, [this] {
        if (const QString path = m_chooseFile ? m_chooseFile() : QString(); !path.isEmpty())
            m_desk.exportCosts(path);
    });
}

void ModelController::setCostToday(CostToday &today)
{
    m_today = &today;
    showSnapshot();
}

void ModelController::showSnapshot()
{
    const presentation::ModelSnapshot &snapshot = m_desk.snapshot();
    if (m_button != nullptr)
        m_button->setChoice(m_desk.current());
    m_picker->setChoices(snapshot.choices);
    m_picker->setEndpoints(snapshot.endpoints);
    if (m_settings != nullptr) {
        m_settings->setEndpoints(snapshot.endpoints);
        m_settings->setSystemStoreAvailable(snapshot.hasSystemKeyStore);
        m_settings->setBudgets(snapshot.budgets);
        m_settings->setAnalysis(snapshot.analysis, m_desk.current().name, snapshot.defaultPrompt);
    }
    showMoney();
}

void ModelController::showMoney()
{
    const presentation::MoneyNow &money = m_desk.snapshot().money;
    if (m_today != nullptr)
        m_today->setUse(money.today);
    if (m_costs != nullptr && m_costs->isVisible())
        m_desk.askCosts(m_costs->grouping());
    Q_EMIT holdsChanged(money.holds);
}

void ModelController::pickModel()
{
    if (m_button != nullptr)
        pickAt(*m_button, Picking::Workspace);
}

void ModelController::pickAt(QWidget &anchor, Picking what)
{
    m_picking = what;
    m_picker->setCurrent(what == Picking::Run && m_estimate ? m_estimate->view().chosen.model.id
                                                            : m_desk.snapshot().analysis.modelId);
    m_picker->openAt(anchor);
}

void ModelController::picked(const QString &id)
{
    if (m_picking == Picking::Run)
        askEstimate(id);
    else
        m_desk.setModel(id);
}

SettingsWindow &ModelController::settingsWindow()
{
    if (m_settings == nullptr) {
        m_settings = new SettingsWindow(&m_window);
        connectSettings(*m_settings);
        m_settings->setAppearance(m_theme, m_reduceMotion);
        showSnapshot();
    }
    return *m_settings;
}

void ModelController::connectSettings(SettingsWindow &settings)
{
    connect(&settings, &SettingsWindow::endpointAdded, &m_desk, &ModelDesk::saveEndpoint);
    connect(&settings, &SettingsWindow::endpointEdited, &m_desk, &ModelDesk::saveEndpoint);
    connect(&settings, &SettingsWindow::endpointRemoved, &m_desk, &ModelDesk::removeEndpoint);
    connect(&settings, &SettingsWindow::testRequested, &m_desk, &ModelDesk::test);
    connect(&settings, &SettingsWindow::keyEntered, &m_desk, &ModelDesk::keepKey);
    connect(&settings, &SettingsWindow::keyForgotten, &m_desk, &ModelDesk::forgetKey);
    connect(&settings, &SettingsWindow::budgetsChanged, &m_desk, &ModelDesk::setBudgets);
    connect(&settings, &SettingsWindow::analysisChanged, &m_desk, &ModelDesk::setAnalysis);
    connect(&settings, &SettingsWindow::defaultModelRequested, this,
            [this](QWidget *anchor) { pickAt(*anchor, Picking::Workspace); });
    connect(&settings, &SettingsWindow::themeChosen, this, &ModelController::themeChosen);
    connect(&settings, &SettingsWindow::reduceMotionChosen, this, &ModelController::reduceMotionChosen);
    connect(&m_desk, &ModelDesk::tested, &settings, &SettingsWindow::setTest);
    connect(&m_desk, &ModelDesk::serversFound, &settings, &SettingsWindow::setFoundServers);
}

void ModelController::showSettings()
{
    SettingsWindow &settings = settingsWindow();
    m_desk.findServers();
    m_desk.refreshLists();
    settings.show();
    settings.raise();
    settings.activateWindow();
}

void ModelController::showBudgets()
{
    auto *dialog = new BudgetsDialog(m_desk.snapshot().budgets, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &BudgetsDialog::saved, &m_desk, &ModelDesk::setBudgets);
    dialog->open();
}

void ModelController::setAppearance(presentation::Settings::Theme theme, bool reduceMotion)
{
    m_theme = theme;
    m_reduceMotion = reduceMotion;
    if (m_settings != nullptr)
        m_settings->setAppearance(theme, reduceMotion);
}

void ModelController::showCosts()
{
    if (m_costs != nullptr)
        m_desk.askCosts(m_costs->grouping());
}

EstimateDialog &ModelController::estimateDialog()
{
    if (!m_estimate) {
        m_estimate = new EstimateDialog(&m_window);
        m_estimate->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_estimate, &EstimateDialog::decided, this, &ModelController::start);
        connect(m_estimate, &EstimateDialog::modelRequested, this,
                [this] { pickAt(m_estimate->modelButton(), Picking::Run); });
        connect(m_estimate, &EstimateDialog::modelChosen, this, &ModelController::askEstimate);
        connect(m_estimate, &EstimateDialog::priceEntered, this,
                [this](const QString &id, domain::Money input, domain::Money output) {
                    m_desk.setPrice(id, input, output);
                    askEstimate(id);
                });
        connect(m_estimate, &EstimateDialog::budgetsRequested, this, &ModelController::showBudgets);
    }
    return *m_estimate;
}

void ModelController::analyse(const Documents &documents)
{
    m_documents = documents;
    const presentation::ModelChoice choice = m_desk.current();
    if (choice.builtIn) {
        EstimateDecision decision;
        decision.modelId = choice.id;
        start(decision); // free and on this computer: there is nothing to ask
        return;
    }
    EstimateView view;
    view.documents = static_cast<int>(documents.size());
    view.chosen.model = choice;
    estimateDialog().setView(view);
    estimateDialog().open();
    m_desk.estimate(documents, choice.id);
}

void ModelController::askEstimate(const QString &modelId)
{
    if (!m_estimate)
        return;
    EstimateView view = m_estimate->view();
    for (const presentation::ModelChoice &choice : m_desk.snapshot().choices) {
        if (choice.id == modelId)
            view.chosen.model = choice;
    }
    view.chosen.state = presentation::EstimateOption::State::Calculating;
    m_estimate->setView(view);
    m_desk.estimate(m_documents, modelId);
}

void ModelController::showEstimate(const EstimateView &view)
{
    if (m_estimate)
        m_estimate->setView(view);
}

void ModelController::start(const EstimateDecision &decision)
{
    const presentation::EstimateOption chosen =
        m_estimate ? m_estimate->view().chosen : presentation::EstimateOption();
    m_desk.analyse(std::exchange(m_documents, {}), decision, chosen.low, chosen.high);
}

} // namespace lectern::ui
