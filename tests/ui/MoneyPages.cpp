// SPDX-License-Identifier: GPL-3.0-or-later
#include "MoneyPages.h"

#include "MoneySamples.h"

#include "presentation/ErrorText.h"
#include "ui/costs/BudgetsDialog.h"
#include "ui/costs/CostPanel.h"
#include "ui/costs/CostToday.h"
#include "ui/costs/CostsView.h"
#include "ui/costs/PricesPopup.h"
#include "ui/models/EmbeddingDialog.h"
#include "ui/models/EstimateDialog.h"
#include "ui/models/ModelButton.h"
#include "ui/models/ModelPicker.h"
#include "ui/settings/SearchPage.h"
#include "ui/settings/SettingsWindow.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/BannerStack.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/SegmentedControl.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace lectern::ui::gallery {

namespace {

/// 2026-11-22 14:00 UTC.
constexpr qint64 kNow = 1'795'356'000'000;

std::unique_ptr<SettingsWindow> settings()
{
    auto window = std::make_unique<SettingsWindow>();
    window->setEndpoints(samples::endpoints());
    window->setFoundServers(samples::found());
    presentation::Budgets budgets;
    budgets.day = samples::money("5");
    budgets.month = samples::money("60");
    budgets.run = samples::money("0.5");
    window->setBudgets(budgets);
    window->setAnalysis({}, u"gpt-6-luna"_s,
                        u"Read this page. Answer with its title, a summary of at most five sentences, its "
                        "topics, and every person, organisation, place, date and amount on it."_s);
    return window;
}

BannerMessage banner(const presentation::Notice &notice)
{
    BannerMessage message{notice.id, BannerMessage::Kind::Warning, notice.text, {}, notice.closable};
    for (const auto &action : notice.actions)
        message.actions.append({action.command, action.text});
    return message;
}

} // namespace

std::unique_ptr<QWidget> makeModelPicker()
{
    auto host = std::make_unique<QWidget>();
    auto *picker = new ModelPicker;
    picker->setParent(host.get(), Qt::Widget); // in place of a window of its own
    picker->setToday(samples::today());
    picker->setChoices(samples::models());
    picker->setEndpoints(samples::endpoints());
    picker->setCurrent(u"openai/gpt-6-luna"_s);
    auto *layout = new QVBoxLayout(host.get());
    layout->addWidget(picker);
    return host;
}

std::unique_ptr<QWidget> makeEstimate(const QString &state)
{
    using presentation::EstimateOption;
    auto dialog = std::make_unique<EstimateDialog>();
    presentation::EstimateView view = samples::estimate();
    if (state == u"calculating"_s) {
        view.chosen.state = EstimateOption::State::Calculating;
        view.others[1].state = EstimateOption::State::Calculating;
    } else if (state == u"unknown"_s) {
        view.chosen.model.price.reset();
        view.chosen.model.name = u"acme/experimental-preview-with-a-rather-long-name"_s;
        view.chosen.state = EstimateOption::State::PriceUnknown;
    } else if (state == u"over"_s) {
        view.shortage =
            presentation::EstimateView::Shortage{presentation::BudgetScope::Day, samples::money("0.03")};
        view.chosen.budgetLeft = domain::Money{};
    } else if (state == u"free"_s) {
        view.chosen.model = samples::models().at(6);
        view.chosen.milliseconds = 5'400'000;
    } else if (state == u"trial"_s) {
        view.trial = samples::trial(1);
    } else if (state == u"tried"_s) {
        view.trial = samples::trial(3);
        view.pagesToDo = 409;
        view.pagesAnswered = 39;
    } else if (state == u"refused"_s) {
        view.trial = samples::trial(0);
        view.trial->failed = 3;
        view.trial->problem = {base::ErrorCode::KeyRefused, {}};
        view.trial->modelName = u"acme/experimental-preview-with-a-rather-long-name"_s;
    } else if (state == u"nothing"_s) {
        view.pagesToDo = 0;
        view.pagesAnswered = 448;
    }
    dialog->setView(view);
    if (state == u"details"_s)
        dialog->findChild<QToolButton *>(u"estimateDetailsButton"_s)->setChecked(true);
    return dialog;
}

std::unique_ptr<QWidget> makeCosts(const QString &state)
{
    auto view = std::make_unique<CostsView>();
    presentation::CostSummary summary = samples::costs();
    presentation::RunCosts runs;
    if (state != u"quiet"_s)
        runs.live = {samples::run()};
    if (state == u"runs"_s) {
        runs.live = QVector<presentation::RunCost>(4, samples::run());
        runs.live[0].name =
            u"Analyze Ein-sehr-langer-Name-eines-Dokuments-das-niemand-so-nennen-sollte.pdf"_s;
        runs.live[1].held = true;
        runs.live[1].money.spent = samples::money("0.4983");
    } else if (state == u"failed"_s) {
        view->setProblem({base::ErrorCode::DiskFull, {}});
        return view;
    } else if (state == u"reading"_s) {
        return view;
    }
    view->setSummary(summary);
    view->setRuns(runs, kNow);
    if (state == u"month"_s || state == u"week"_s)
        view->findChild<SegmentedControl *>(u"chartPeriod"_s)->setCurrentIndex(state == u"week"_s ? 1 : 2);
    if (state == u"document"_s) {
        view->findChild<SegmentedControl *>(u"costGrouping"_s)->setCurrentIndex(1);
        summary.query = view->query();
        summary.rows[0].name = u"USGS-methods for the determination of nitrate in filtered water.pdf"_s;
        summary.rows[1].name = u"תקציר מנהלים 2026.pdf"_s;
        summary.rows[2].name = u"通义千问视觉理解最大版.pdf"_s;
        summary.rows[3].name = u"ملخص تنفيذي.pdf"_s;
        view->setSummary(summary);
        view->setProblem({base::ErrorCode::DiskFull, {}});
    }
    return view;
}

std::unique_ptr<QWidget> makePrices()
{
    auto popup = std::make_unique<PricesPopup>();
    popup->setWindowFlags(Qt::Widget);
    popup->setFacts({{u"Comes with Lectern"_s, u"14 models, checked on 22 Nov 2026"_s},
                     {u"OpenRouter"_s, u"312 models, from its own list of 21 Nov 2026"_s},
                     {u"Your own"_s, u"2 models, in /home/somebody/.config/lectern/models.json"_s},
                     {u"Price unknown"_s, u"3 models"_s}});
    return popup;
}

std::unique_ptr<QWidget> makeCostsEmpty()
{
    auto view = std::make_unique<CostsView>();
    presentation::CostSummary summary;
    summary.today.limit = samples::money("5");
    summary.pricesOf = samples::today();
    view->setSummary(summary);
    return view;
}

std::unique_ptr<QWidget> makeMoneyParts()
{
    auto host = std::make_unique<QWidget>();
    auto *layout = new QVBoxLayout(host.get());
    auto *row = new QHBoxLayout;
    for (const int place : {5, 9, 6}) {
        auto *button = new ModelButton(host.get());
        button->setChoice(samples::models().at(place));
        row->addWidget(button);
    }
    row->addWidget(new ModelButton(host.get()));
    row->addStretch(1);
    auto *today = new CostToday(host.get());
    today->setUse(samples::costs().today);
    row->addWidget(today);
    auto *reached = new CostToday(host.get());
    reached->setUse({samples::money("5"), samples::money("5"), {}});
    row->addWidget(reached);
    layout->addLayout(row);
    auto *banners = new BannerStack(host.get());
    presentation::BudgetHold hold;
    hold.limit = samples::money("5");
    hold.waiting = 7;
    hold.inFlight = 2;
    hold.inFlightCost = samples::money("0.01");
    hold.until = kNow + 36'000'000;
    banners->post(banner(presentation::BudgetText::reached(hold, kNow)));
    layout->addWidget(banners);
    for (const bool held : {false, true}) {
        auto *card = new Card(host.get());
        auto *inner = new QVBoxLayout(card);
        auto *panel = new CostPanel(card);
        presentation::RunCost run = samples::run();
        run.held = held;
        if (held)
            run.money.spent = samples::money("0.4983");
        panel->setRun(run, kNow);
        inner->addWidget(panel);
        layout->addWidget(card);
    }
    layout->addStretch(1);
    return host;
}

std::unique_ptr<QWidget> makeBudgets()
{
    presentation::Budgets budgets;
    budgets.day = samples::money("5");
    budgets.month = samples::money("4.5");
    budgets.run = samples::money("0.5");
    return std::make_unique<BudgetsDialog>(budgets);
}

std::unique_ptr<QWidget> makeSettings()
{
    auto window = settings();
    presentation::EndpointTest test;
    test.models = 62;
    test.milliseconds = 432;
    window->setTest(u"openai"_s, test);
    return window;
}

std::unique_ptr<QWidget> makeSettingsKey()
{
    auto window = settings();
    window->setFoundServers({});
    window->setSystemStoreAvailable(false);
    window->showEndpoint(u"openrouter"_s);
    window->findChild<QLineEdit *>(u"keyField"_s)->setText(u"sk-not-a-real-key"_s);
    window->findChild<QComboBox *>(u"keyPlaceBox"_s)->setCurrentIndex(2);
    presentation::EndpointTest test;
    test.problem = {base::ErrorCode::KeyRefused, {}};
    window->setTest(u"openrouter"_s, test);
    return window;
}

std::unique_ptr<QWidget> makeSettingsBudgets()
{
    auto window = settings();
    window->showPage(SettingsWindow::Page::Budgets);
    return window;
}

std::unique_ptr<QWidget> makeSettingsAnalysis()
{
    auto window = settings();
    window->showPage(SettingsWindow::Page::Analysis);
    return window;
}

std::unique_ptr<QWidget> makeSettingsAppearance()
{
    auto window = settings();
    window->showPage(SettingsWindow::Page::Appearance);
    return window;
}

std::unique_ptr<QWidget> makeSettingsSearch(const QString &state)
{
    auto window = settings();
    presentation::EmbeddingStanding standing = samples::embeddings();
    if (state == u"beside"_s || state == u"waiting"_s || state == u"long"_s)
        standing = samples::embeddingsBeside();
    if (state == u"waiting"_s)
        standing.filling->money.spent = samples::money("0.9999");
    if (state == u"long"_s)
        standing.filling->model = samples::embedders().at(3);
    if (state == u"back"_s) {
        standing.previous = standing.serving;
        standing.serving = samples::embeddingsBeside().filling;
        standing.serving->vectors = standing.serving->passages;
        standing.serving->money.spent = samples::money("0.0221");
    } else if (state == u"none"_s) {
        standing = {};
    } else if (state == u"problem"_s) {
        window->searchPage().setProblem(
            presentation::ErrorText::sentence({base::ErrorCode::EndpointUnreachable, {}}));
    }
    window->searchPage().setStanding(standing, false);
    window->showPage(SettingsWindow::Page::Search);
    return window;
}

std::unique_ptr<QWidget> makeEmbedding(const QString &state)
{
    using presentation::EmbeddingOffer;
    auto dialog = std::make_unique<EmbeddingDialog>();
    EmbeddingOffer offer = samples::embeddingOffer();
    if (state == u"calculating"_s) {
        offer = {};
        offer.model = samples::embedders().at(1);
    } else if (state == u"unknown"_s) {
        offer.model = samples::embedders().at(3);
        offer.host = u"openrouter.ai"_s;
        offer.state = EmbeddingOffer::State::PriceUnknown;
    } else if (state == u"free"_s) {
        offer.model = samples::embedders().at(2);
        offer.host = u"127.0.0.1:11434"_s;
    } else if (state == u"built-in"_s) {
        offer = {};
        offer.model = samples::embedders().at(0);
        offer.state = EmbeddingOffer::State::Ready;
        offer.language = u"en"_s;
    } else if (state == u"nothing"_s) {
        offer.passages = 0;
        offer.passagesDone = 5'742;
    } else if (state == u"none"_s) {
        offer = {};
    } else if (state == u"failed"_s) {
        offer.state = EmbeddingOffer::State::Failed;
        offer.problem = {base::ErrorCode::KeyRefused, {}};
    }
    dialog->setOffer(offer);
    return dialog;
}

std::unique_ptr<QWidget> makeEmbeddingPicker()
{
    auto host = std::make_unique<QWidget>();
    auto *picker = new ModelPicker;
    picker->setParent(host.get(), Qt::Widget); // in place of a window of its own
    picker->setRole(ModelPicker::Role::Embedding);
    picker->setToday(samples::today());
    picker->setChoices(samples::embedders());
    picker->setEndpoints(samples::endpoints());
    picker->setCurrent(u"openai/text-embedding-3-small"_s);
    auto *layout = new QVBoxLayout(host.get());
    layout->addWidget(picker);
    return host;
}

} // namespace lectern::ui::gallery
