// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/ModelController.h"

#include "presentation/Format.h"
#include "presentation/ModelReader.h"
#include "ui/costs/BudgetsDialog.h"
#include "ui/models/CapDialog.h"
#include "ui/models/EstimateDialog.h"
#include "ui/models/ModelButton.h"
#include "ui/models/ModelPicker.h"
#include "ui/settings/SettingsWindow.h"
#include "ui/shell/EmbeddingController.h"

#include <QDateTime>
#include <QWidget>

#include <utility>

namespace lectern::ui {

using presentation::EstimateDecision;
using presentation::EstimateView;
using presentation::Format;
using presentation::ModelDesk;

namespace {

constexpr int kPriceDelayMs = 400;
constexpr int kMostPricedUnasked = 200; ///< documents: more are priced when the picker is opened

} // namespace

ModelController::ModelController(presentation::WorkspaceClient &client, const base::Clock &clock,
                                 QWidget &window)
    : QObject(&window), m_window(window), m_desk(client, clock, this), m_clock(clock),
      m_picker(new ModelPicker(&window)), m_embeddings(new EmbeddingController(client, m_desk, clock, window))
{
    m_picker->setToday(QDateTime::fromMSecsSinceEpoch(clock.nowMs()).date());
    connect(&m_desk, &ModelDesk::changed, this, &ModelController::showSnapshot);
    connect(&m_desk, &ModelDesk::priced, this, &ModelController::showPrices);
    m_priceTimer.setSingleShot(true);
    m_priceTimer.setInterval(kPriceDelayMs);
    connect(&m_priceTimer, &QTimer::timeout, this, &ModelController::pricePages);
    connect(&m_desk, &ModelDesk::moneyChanged, this, &ModelController::showMoney);
    connect(&m_desk, &ModelDesk::failed, this, &ModelController::failed);
    connect(&m_desk, &ModelDesk::estimated, this, &ModelController::showEstimate);
    connect(&m_desk, &ModelDesk::trialChanged, this, &ModelController::showTrial);
    connect(&m_desk, &ModelDesk::analysisStarted, this, [this](qint64 waiting, qint64 answered) {
        if (answered > 0)
            Q_EMIT said(tr("%1 to analyze, %2 answered from the library.")
                            .arg(Format::pages(waiting), Format::pages(answered)));
        else
            Q_EMIT said(tr("%1 to analyze.").arg(Format::pages(waiting)));
    });
    connect(m_picker, &ModelPicker::modelChosen, this, &ModelController::picked);
    connect(m_picker, &ModelPicker::favouriteToggled, &m_desk, &ModelDesk::setFavourite);
    connect(m_picker, &ModelPicker::settingsRequested, this, [this](const QString &endpoint) {
        showSettings();
        if (!endpoint.isEmpty())
            settingsWindow().showEndpoint(endpoint);
    });
    connectEmbeddings();
}

void ModelController::connectEmbeddings()
{
    connect(m_embeddings, &EmbeddingController::said, this, &ModelController::said);
    connect(m_embeddings, &EmbeddingController::failed, this, &ModelController::failed);
    connect(m_embeddings, &EmbeddingController::endpointsRequested, this, [this](const QString &endpoint) {
        showSettings();
        if (endpoint.isEmpty())
            settingsWindow().showPage(SettingsWindow::Page::Endpoints);
        else
            settingsWindow().showEndpoint(endpoint);
    });
}

void ModelController::setModelButton(ModelButton &button)
{
    m_button = &button;
    connect(m_button, &ModelButton::clicked, this, &ModelController::pickModel);
    showSnapshot();
}

void ModelController::showSnapshot()
{
    const presentation::ModelSnapshot &snapshot = m_desk.snapshot();
    showPrices();
    m_picker->setEndpoints(snapshot.endpoints);
    if (m_settings != nullptr) {
        m_settings->setEndpoints(snapshot.endpoints);
        m_settings->setSystemStoreAvailable(snapshot.hasSystemKeyStore);
        m_settings->setBudgets(snapshot.budgets);
        m_settings->setAnalysis(snapshot.analysis, m_desk.current().name, snapshot.defaultPrompt);
    }
    showMoney();
}

void ModelController::showPrices()
{
    if (m_button != nullptr)
        m_button->setChoice(m_desk.current());
    m_picker->setChoices(m_desk.choices());
}

void ModelController::pricePages()
{
    if (m_picker->isVisible() || m_estimate || !m_pagesNow)
        return; // what is priced there goes first
    const workspace::RunPages pages = m_pagesNow();
    const bool isWorthIt = !m_desk.current().isFree() && !pages.documents.isEmpty() &&
                           pages.documents.size() <= kMostPricedUnasked;
    if (isWorthIt)
        m_desk.price(pages);
    else
        m_desk.forgetPrices();
    showPrices();
}

void ModelController::showMoney()
{
    Q_EMIT holdsChanged(m_desk.snapshot().money.holds);
    Q_EMIT questionsChanged(m_desk.snapshot().money.questions);
}

void ModelController::pickModel()
{
    if (m_button != nullptr)
        pickAt(*m_button, Picking::Workspace);
}

void ModelController::pickAt(QWidget &anchor, Picking what)
{
    m_picking = what;
    m_priceTimer.stop();
    if (what == Picking::Run)
        m_desk.price(m_pages);
    else if (m_pagesNow)
        m_desk.price(m_pagesNow());
    showPrices(); // the rows are there at once, the amounts come
    m_picker->setCurrent(what == Picking::Workspace ? m_desk.snapshot().analysis.modelId
                         : m_estimate               ? m_estimate->view().chosen.model.id
                                                    : m_runModel);
    m_picker->openAt(anchor);
}

void ModelController::picked(const QString &id)
{
    if (m_picking == Picking::Workspace)
        m_desk.setModel(id);
    else if (m_estimate)
        askEstimate(id);
    else if (const auto choice = choiceOf(id))
        chooseFor(*choice);
}

void ModelController::pickFor(const workspace::RunPages &pages, const QString &modelId)
{
    if (pages.documents.isEmpty() || m_button == nullptr)
        return; // it went on meanwhile
    m_pages = pages;
    m_runModel = modelId;
    pickAt(*m_button, Picking::Run);
}

void ModelController::useCheaperModel(const QString &account)
{
    m_desk.findPagesAtLimit(account, [this](const workspace::RunPages &pages, const QString &modelId) {
        pickFor(pages, modelId);
    });
}

void ModelController::useOtherModel(domain::RunId run)
{
    m_desk.findPagesOf(
        run, [this](const workspace::RunPages &pages, const QString &modelId) { pickFor(pages, modelId); });
}

void ModelController::reviewRun(domain::RunId run)
{
    m_desk.findPagesOf(run, [this](const workspace::RunPages &pages, const QString &modelId) {
        if (pages.documents.isEmpty())
            return;
        m_pages = pages;
        if (const auto choice = choiceOf(modelId))
            openEstimate(*choice);
        else
            pickFor(pages, modelId);
    });
}

void ModelController::raise(const QString &account)
{
    const QString prefix = QStringLiteral("run:");
    for (const presentation::BudgetHold &hold : m_desk.snapshot().money.holds) {
        if (hold.account != account || !account.startsWith(prefix))
            continue;
        auto *dialog = new CapDialog(hold, &m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        const domain::RunId run{account.mid(prefix.size()).toLongLong()};
        connect(dialog, &CapDialog::capChosen, this,
                [this, run](std::optional<domain::Money> cap) { m_desk.setRunCap(run, cap); });
        dialog->open();
        return;
    }
    showBudgets();
}

std::optional<presentation::ModelChoice> ModelController::choiceOf(const QString &modelId) const
{
    for (const presentation::ModelChoice &choice : m_desk.snapshot().choices) {
        if (choice.id == modelId)
            return choice;
    }
    return std::nullopt;
}

SettingsWindow &ModelController::settingsWindow()
{
    if (m_settings == nullptr) {
        m_settings = new SettingsWindow(&m_window);
        connectSettings(*m_settings);
        m_embeddings->setPage(m_settings->searchPage());
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

EstimateDialog &ModelController::estimateDialog()
{
    if (!m_estimate) {
        m_estimate = new EstimateDialog(&m_window);
        m_estimate->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_estimate, &EstimateDialog::decided, this, &ModelController::start);
        connect(m_estimate, &EstimateDialog::trialRequested, this, &ModelController::tryPages);
        connect(m_estimate, &EstimateDialog::trialStopRequested, &m_desk, &ModelDesk::stopTrial);
        connect(m_estimate, &QDialog::rejected, this, &ModelController::noticeTrial);
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

void ModelController::analyse(const workspace::RunPages &pages)
{
    m_pages = pages;
    chooseFor(m_desk.current());
}

void ModelController::chooseFor(const presentation::ModelChoice &choice)
{
    if (choice.builtIn) {
        EstimateDecision decision;
        decision.modelId = choice.id;
        start(decision); // free and on this computer: there is nothing to ask
        return;
    }
    openEstimate(choice);
}

void ModelController::openEstimate(const presentation::ModelChoice &choice)
{
    EstimateView view;
    view.documents = static_cast<int>(m_pages.documents.size());
    view.chosen.model = choice;
    estimateDialog();
    showEstimate(view);
    m_estimate->open();
    m_desk.estimate(m_pages, choice.id);
}

void ModelController::askEstimate(const QString &modelId)
{
    if (!m_estimate)
        return;
    EstimateView view = m_estimate->view();
    if (const auto choice = choiceOf(modelId))
        view.chosen.model = *choice;
    view.chosen.state = presentation::EstimateOption::State::Calculating;
    view.trial = isTrialOf(modelId) ? m_trial : std::nullopt;
    m_estimate->setView(view);
    m_desk.estimate(m_pages, modelId);
}

void ModelController::showEstimate(const EstimateView &view)
{
    m_estimated = view;
    if (isTrialOf(view.chosen.model.id))
        m_estimated.trial = m_trial;
    if (m_estimate)
        m_estimate->setView(m_estimated);
    else
        noticeTrial();
}

void ModelController::start(const EstimateDecision &decision)
{
    if (m_pages == m_trialPages)
        m_trial.reset();
    noticeTrial();
    const EstimateView view = m_estimate ? m_estimate->view() : EstimateView();
    m_desk.analyse(std::exchange(m_pages, {}), decision, view.chosen, view.pagesToDo);
}

void ModelController::tryPages(const EstimateDecision &decision)
{
    const presentation::ModelChoice &model = m_estimate->view().chosen.model;
    m_trialPages = m_pages;
    m_desk.tryPages(m_pages, decision, presentation::ModelText::button(model));
}

void ModelController::showTrial(const presentation::TrialView &trial)
{
    m_trial = trial;
    if (m_estimate && isTrialOf(m_estimate->view().chosen.model.id)) {
        EstimateView view = m_estimate->view();
        view.trial = trial;
        m_estimate->setView(view);
    }
    if (trial.isOver() && (!m_estimate || isTrialOf(m_estimate->view().chosen.model.id)))
        m_desk.estimate(m_trialPages, trial.modelId); // with what was learned
    else
        noticeTrial();
}

bool ModelController::isTrialOf(const QString &modelId) const
{
    return m_trial && m_trial->modelId == modelId && m_pages == m_trialPages;
}

void ModelController::noticeTrial()
{
    if (!m_trial) {
        Q_EMIT trialNoticed({});
        return;
    }
    const bool isKnown = m_estimated.trial == m_trial && m_trial->isOver() &&
                         m_estimated.chosen.state == presentation::EstimateOption::State::Ready;
    const bool isShown =
        m_estimate && m_estimate->isVisible() && isTrialOf(m_estimate->view().chosen.model.id);
    Q_EMIT trialNoticed(
        isShown ? std::nullopt
                : std::optional(presentation::TrialText::notice(
                      *m_trial, isKnown ? m_estimated.pagesToDo : 0,
                      isKnown ? presentation::EstimateText::price(m_estimated.chosen) : QString())));
}

void ModelController::reviewTrial()
{
    if (!m_trial)
        return;
    m_pages = m_trialPages;
    if (const auto choice = choiceOf(m_trial->modelId))
        openEstimate(*choice);
    noticeTrial();
}

void ModelController::stopTrial()
{
    m_desk.stopTrial();
}

} // namespace lectern::ui
