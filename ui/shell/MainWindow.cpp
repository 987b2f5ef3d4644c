// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/MainWindow.h"

#include "presentation/CommandId.h"
#include "presentation/ErrorText.h"
#include "presentation/ResumeText.h"
#include "presentation/StateText.h"
#include "ui/costs/CostPanel.h"
#include "ui/costs/CostToday.h"
#include "ui/costs/CostsView.h"
#include "ui/jobs/JobsView.h"
#include "ui/library/DetailPane.h"
#include "ui/library/LibraryView.h"
#include "ui/library/PagePanel.h"
#include "ui/reader/ReaderView.h"
#include "ui/search/SearchView.h"
#include "ui/shell/AboutDialog.h"
#include "ui/shell/BatchNotifier.h"
#include "ui/shell/CollectionController.h"
#include "ui/shell/CommandActions.h"
#include "ui/shell/CommandPalette.h"
#include "ui/shell/CostController.h"
#include "ui/shell/Desktop.h"
#include "ui/shell/DropArea.h"
#include "ui/shell/JobDetail.h"
#include "ui/shell/MainToolBar.h"
#include "ui/shell/ModelController.h"
#include "ui/shell/NoticeBoard.h"
#include "ui/shell/ReaderController.h"
#include "ui/shell/RegionCycle.h"
#include "ui/shell/SearchController.h"
#include "ui/shell/ShortcutsDialog.h"
#include "ui/shell/StatusLine.h"
#include "ui/shell/WorkspaceCommands.h"
#include "ui/style/IconSet.h"
#include "ui/style/ThemeController.h"
#include "ui/widgets/BannerStack.h"
#include "ui/widgets/DropOverlay.h"
#include "ui/widgets/NavigationRail.h"
#include "ui/widgets/UndoBar.h"

#include <QApplication>
#include <QCloseEvent>
#include <QMenu>
#include <QMenuBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace lectern::ui {

using presentation::CommandState;
using presentation::DocumentListModel;
namespace command = presentation::command;

MainWindow::MainWindow(const Parts &parts, const presentation::Settings &settings)
    : m_parts(parts), m_settings(settings), m_actions(new CommandActions(*this)),
      m_commands(new WorkspaceCommands(parts.client, parts.desktop, *this, [this] { return selection(); })),
      m_regions(std::make_unique<RegionCycle>())
{
    setObjectName(QStringLiteral("mainWindow"));
    setMinimumSize(640, 400);
    resize(1360, 860);
    build();
    buildBars();
    m_drop = new DropArea(*this, *new DropOverlay(*this));
    m_palette = new CommandPalette(m_actions->table(), m_parts.client.feed(), *this);
    addWindowCommands();
    connectViews();
    connectWorkspace();
    connectCommands();

    setAnimated(false); // nothing but progress moves
    m_parts.theme.setReduceMotion(settings.reduceMotion);
    m_models->setAppearance(settings.theme, settings.reduceMotion);
    m_commands->setFolder(settings.lastFolder);
    m_library->setWelcome(!settings.welcomeDone);
    m_library->restore(settings);
    m_jobs->restore(settings);
    if (!settings.windowGeometry.isEmpty())
        restoreGeometry(settings.windowGeometry);
    showView(settings.view == QLatin1String("jobs")     ? View::Jobs
             : settings.view == QLatin1String("search") ? View::Search
             : settings.view == QLatin1String("costs")  ? View::Costs
                                                        : View::Library);
    m_splitter->setSizes({qMax(400, width() - settings.detailWidth), settings.detailWidth});
    takeSnapshot();
    updateDetailVisibility();
}

MainWindow::~MainWindow() = default;

void MainWindow::build()
{
    m_rail = new NavigationRail(this);
    m_banners = new BannerStack(this);
    m_notices = new NoticeBoard(*m_banners, this);
    m_library = new LibraryView(m_parts.client, m_parts.clock, this);
    m_jobs = new JobsView(m_parts.client, m_parts.clock, this);
    m_views = new QStackedWidget(this);
    m_views->addWidget(m_library);
    m_reader = new ReaderController(m_parts.client, m_parts.clock, m_parts.desktop, *m_actions, *this);
    m_views->addWidget(&m_reader->view());
    m_search = new SearchController(m_parts.client, m_parts.clock, *m_reader, *this);
    m_views->addWidget(&m_search->view());
    m_collections = new CollectionController(m_search->desk(), m_parts.desktop, *m_library, *this);
    m_views->addWidget(m_jobs);
    m_costs = new CostsView(this);
    m_views->addWidget(m_costs);
    m_models = new ModelController(m_parts.client, m_parts.clock, *this);
    m_spending = new CostController(m_parts.client, *m_models, m_parts.clock, this);
    m_detail = new DetailPane(m_parts.client, m_parts.clock, this);
    m_jobDetail = new JobDetail(m_parts.client.feed(), this);
    m_details = new QStackedWidget(this);
    m_details->addWidget(m_detail);
    m_details->addWidget(m_jobDetail);
    m_details->setMinimumWidth(presentation::Settings::kMinimumDetailWidth);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setObjectName(QStringLiteral("detailSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_views);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_undo = new UndoBar(this);
    m_status = new StatusLine(m_parts.clock, this);

    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(m_banners);
    column->addWidget(m_splitter, 1);
    column->addWidget(m_undo);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addLayout(column, 1);
    auto *centre = new QWidget(this);
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row, 1);
    layout->addWidget(m_status);
    setCentralWidget(centre);
}

void MainWindow::buildBars()
{
    m_actions->fillMenuBar(*menuBar());
    m_toolBar = new MainToolBar(*m_actions, this);
    addToolBar(Qt::TopToolBarArea, m_toolBar);
    m_rail->addView(m_actions->action(command::kViewLibrary));
    m_rail->addView(m_actions->action(command::kViewReader));
    m_rail->addView(m_actions->action(command::kViewSearch));
    m_rail->addView(m_actions->action(command::kViewJobs));
    m_rail->addView(m_actions->action(command::kViewCosts));
    m_models->setModelButton(m_toolBar->modelButton());
    m_spending->setCostsView(*m_costs);
    m_spending->setCostToday(m_status->costToday());
    m_spending->setJobDetail(*m_jobDetail);
    QVector<QWidget *> regions{m_toolBar, m_rail, m_banners, m_views};
    regions += m_reader->view().regions();
    regions += QVector<QWidget *>{m_details, m_undo, m_status};
    for (QWidget *region : regions)
        m_regions->add(*region);
}

void MainWindow::connectViews()
{
    connect(m_library, &LibraryView::selectionChanged, this, &MainWindow::updateDetail);
    connect(m_library, &LibraryView::selectionChanged, m_models, &ModelController::notePages);
    connect(m_library, &LibraryView::stateFilterChanged, this, &MainWindow::updateCommands);
    connect(m_library, &LibraryView::welcomingChanged, this, &MainWindow::updateDetailVisibility);
    connect(m_library, &LibraryView::commandRequested, this, &MainWindow::runCommand);
    connect(m_library, &LibraryView::menuRequested, this, &MainWindow::showMenu);
    connect(m_library, &LibraryView::said, m_status, &StatusLine::say);
    connect(m_jobs, &JobsView::selectionChanged, this, &MainWindow::updateDetail);
    connect(m_jobs, &JobsView::selectionChanged, m_models, &ModelController::notePages);
    connect(m_jobs, &JobsView::commandRequested, this, &MainWindow::runCommand);
    connect(m_jobs, &JobsView::menuRequested, this, &MainWindow::showMenu);
    connect(m_detail, &DetailPane::commandRequested, this, &MainWindow::runCommand);
    connect(m_detail, &DetailPane::settled, this, &MainWindow::settled);
    connect(&m_detail->pages(), &PagePanel::pageChanged, this, &MainWindow::updateCommands);
    connect(&m_detail->pages(), &PagePanel::openRequested, this,
            [this](int page) { m_reader->open(m_detail->document(), page); });
    connect(m_reader, &ReaderController::opened, this, [this] { showView(View::Reader); });
    connect(m_reader, &ReaderController::commandRequested, this, &MainWindow::runCommand);
    connect(m_reader, &ReaderController::stateChanged, this, &MainWindow::updateCommands);
    connect(m_reader, &ReaderController::settled, this, &MainWindow::settled);
    connect(m_reader, &ReaderController::said, m_status, &StatusLine::say);
    connect(m_search, &SearchController::opened, this, [this] { showView(View::Search); });
    connect(m_search, &SearchController::currentChanged, this, &MainWindow::updateDetail);
    connect(m_search, &SearchController::previewRequested, this, &MainWindow::preview);
    connect(m_search, &SearchController::commandRequested, this, &MainWindow::runCommand);
    connect(m_search, &SearchController::menuRequested, this, &MainWindow::showMenu);
    connect(m_search, &SearchController::documentRequested, this, &MainWindow::showDocument);
    connect(m_search, &SearchController::failed, m_notices, &NoticeBoard::setProblem);
    const auto copy = [this](const QString &text) { m_parts.desktop.copy(text); };
    connect(m_library, &LibraryView::copyRequested, this, copy);
    connect(m_jobs, &JobsView::copyRequested, this, copy);
    connect(m_reader, &ReaderController::copyRequested, this, copy);
    connect(m_search, &SearchController::copyRequested, this, copy);
    connect(m_detail, &DetailPane::copyRequested, this, copy);
    connect(m_jobDetail, &JobDetail::copyRequested, this, copy);
    connect(m_costs, &CostsView::copyRequested, this, copy);
    connect(m_notices, &NoticeBoard::commandRequested, this, &MainWindow::runCommand);
    connect(m_toolBar, &MainToolBar::paletteRequested, this, [this](const QString &typed) {
        updateCommands();
        m_palette->open(m_actions->state(), typed);
    });
    connect(m_status, &StatusLine::jobsRequested, this, [this] { showView(View::Jobs); });
    connect(m_palette, &CommandPalette::commandChosen, this, &MainWindow::runCommand);
    connect(m_palette, &CommandPalette::documentChosen, this,
            [this](qint64 id) { showDocument(domain::DocumentId{id}); });
    connect(m_drop, &DropArea::dropped, this, &MainWindow::addPaths);
    connect(m_drop, &DropArea::refused, m_status,
            [this] { m_status->say(tr("Only files of this computer can be added.")); });
    connect(&m_library->model(), &DocumentListModel::countChanged, this, &MainWindow::updateCommands);
    connect(&m_library->model(), &DocumentListModel::loadingChanged, this, &MainWindow::checkUsable);
    connect(&m_library->model(), &DocumentListModel::dataChanged, this, &MainWindow::checkUsable);
    connect(&m_library->model(), &DocumentListModel::dataChanged, this, [this] { updateCommands(); });
}

void MainWindow::connectWorkspace()
{
    presentation::WorkspaceClient &client = m_parts.client;
    connect(&client, &presentation::WorkspaceClient::opened, this,
            [this](const workspace::LaunchReport &report) {
                m_notices->setLaunch(report);
                m_drop->setReady(true);
                updateCommands();
            });
    connect(&client, &presentation::WorkspaceClient::openFailed, this, [this](const base::Error &error) {
        m_notices->setOpenProblem(error);
        m_library->showOpenProblem(presentation::ErrorText::sentence(error));
    });
    connect(&client, &presentation::WorkspaceClient::failed, m_notices, &NoticeBoard::setProblem);
    connect(&client, &presentation::WorkspaceClient::closed, this, [this] {
        m_drop->setReady(false);
        Q_EMIT closed();
    });
    connect(&client, &presentation::WorkspaceClient::longTasksChanged, this, [this](int tasks) {
        if (tasks == 0 && m_closing)
            m_parts.client.close(); // files that were being added are in the library now
    });
    connect(&client.feed(), &presentation::LibraryFeed::snapshotChanged, this, &MainWindow::takeSnapshot);
    connect(&client.feed(), &presentation::LibraryFeed::readFailed, m_notices, &NoticeBoard::setProblem);
    m_notifier = new BatchNotifier([this] { return isActiveWindow(); }, this);
    connect(m_notifier, &BatchNotifier::notify, this,
            [this](const QString &title, const QString &text) { m_parts.desktop.notify(title, text); });
}

void MainWindow::connectCommands()
{
    connect(m_actions, &CommandActions::triggered, this, &MainWindow::runCommand);
    connect(m_commands, &WorkspaceCommands::undoOffered, m_undo, &UndoBar::offer);
    connect(m_commands, &WorkspaceCommands::undoWithdrawn, m_undo, &UndoBar::withdraw);
    connect(m_undo, &UndoBar::undoRequested, m_commands, &WorkspaceCommands::undo);
    connect(m_commands, &WorkspaceCommands::canUndoChanged, this, &MainWindow::updateCommands);
    connect(m_commands, &WorkspaceCommands::said, m_status, &StatusLine::say);
    connect(m_commands, &WorkspaceCommands::failed, m_notices, &NoticeBoard::setProblem);
    connect(m_commands, &WorkspaceCommands::sourcesChanged, m_notices, &NoticeBoard::setSourcesChanged);
    connect(m_commands, &WorkspaceCommands::added, this, [this](const workspace::AddReport &report) {
        m_notices->setAdded(report);
        m_settings.welcomeDone = true;
        m_library->setWelcome(false);
    });
    connect(m_models, &ModelController::said, m_status, &StatusLine::say);
    connect(m_models, &ModelController::failed, m_notices, &NoticeBoard::setProblem);
    connect(m_models, &ModelController::questionsChanged, m_notices, &NoticeBoard::setQuestions);
    connect(m_models, &ModelController::trialNoticed, m_notices, &NoticeBoard::setTrial);
    m_models->setPages([this] { return runPages(); });
    connect(m_models, &ModelController::holdsChanged, this,
            [this](const QVector<presentation::BudgetHold> &holds) {
                m_notices->setHolds(holds, m_parts.clock.nowMs());
            });
    connect(m_models, &ModelController::reduceMotionChosen, this, [this](bool reduce) {
        m_settings.reduceMotion = reduce;
        m_parts.theme.setReduceMotion(reduce);
        m_models->setAppearance(m_settings.theme, reduce);
    });
    connect(m_models, &ModelController::themeChosen, this, &MainWindow::chooseTheme);
    connectCosts();
    connect(&m_parts.theme, &ThemeController::themeChanged, this, &MainWindow::updateCommands);
}

void MainWindow::connectCosts()
{
    const auto showCosts = [this] { showView(View::Costs); };
    connect(&m_status->costToday(), &CostToday::clicked, this, showCosts);
    connect(&m_jobDetail->costs(), &CostPanel::costsRequested, this, showCosts);
    connect(m_costs, &CostsView::jobsRequested, this, [this] { showView(View::Jobs); });
    connect(m_costs, &CostsView::documentRequested, this,
            [this](qint64 id) { showDocument(domain::DocumentId{id}); });
    connect(m_spending, &CostController::said, m_status, &StatusLine::say);
    connect(m_spending, &CostController::failed, m_notices, &NoticeBoard::setProblem);
    connect(m_spending, &CostController::runsChanged, this, [this](const presentation::RunCosts &runs) {
        m_library->model().setRuns(runs.live);
        m_jobs->model().setRuns(runs.live);
    });
    m_spending->setFileChooser(
        [this] { return m_parts.desktop.chooseNewFile(*this, tr("Export costs"), tr("costs.csv")); });
}

void MainWindow::addWindowCommands()
{
    using Choice = presentation::Settings::Theme;
    const auto theme = [this](Choice choice) { return [this, choice] { chooseTheme(choice); }; };
    using Filter = DocumentListModel::StateFilter;
    const auto list = [this](Filter filter) {
        return [this, filter] {
            showView(View::Library);
            m_library->showState(filter);
        };
    };
    m_windowCommands = {
        {command::kViewLibrary, [this] { showView(View::Library); }},
        {command::kViewReader, [this] { showView(View::Reader); }},
        {command::kViewSearch,
         [this] {
             showView(View::Search);
             m_search->view().focusField();
         }},
        {command::kViewJobs, [this] { showView(View::Jobs); }},
        {command::kRead, [this] { readSelection(); }},
        {command::kSearchHere, [this] { m_search->searchIn(selection().ids); }},
        {command::kViewCosts, [this] { showView(View::Costs); }},
        {command::kAnalyze, [this] { analyseSelection(); }},
        {command::kModel, [this] { m_models->pickModel(); }},
        {command::kBudgets, [this] { m_models->showBudgets(); }},
        {command::kSettings, [this] { m_models->showSettings(); }},
        {presentation::TrialText::reviewCommand(), [this] { m_models->reviewTrial(); }},
        {presentation::TrialText::stopCommand(), [this] { m_models->stopTrial(); }},
        {command::kShowAll, list(Filter::All)},
        {command::kShowProblems, list(Filter::Problems)},
        {command::kShowLocked, list(Filter::Locked)},
        {command::kShowTrash, list(Filter::Trash)},
        {command::kThemeSystem, theme(Choice::System)},
        {command::kThemeLight, theme(Choice::Light)},
        {command::kThemeDark, theme(Choice::Dark)},
        {command::kPalette, [this] { m_palette->open(m_actions->state()); }},
        {command::kNextRegion, [this] { m_regions->next(); }},
        {command::kGuide, [this] { showGuide(); }},
        {command::kKeys, [this] { ShortcutsDialog(m_actions->table(), this).exec(); }},
        {command::kAbout, [this] { AboutDialog(m_parts.client.folder(), this).exec(); }},
        {command::kQuit, [this] { close(); }},
        {command::kShowFailedPages, [this] { showFailedPages(); }},
        {command::kSelectAll,
         [this] {
             if (shownView() == View::Reader)
                 return m_reader->view().selectAll();
             inLibrary() ? m_library->selectAll() : m_jobs->selectAll();
         }},
        {command::kDetailPane,
         [this] {
             if (shownView() == View::Reader)
                 return m_reader->view().toggleAnalysis();
             m_settings.detailPane = !m_details->isVisibleTo(this);
             m_detailForced = m_settings.detailPane;
             updateDetailVisibility();
         }},
        {command::kEnterPassword,
         [this] {
             if (shownView() == View::Reader)
                 return m_reader->view().askPassword();
             const domain::DocumentId id = selection().current;
             showView(View::Library);
             m_library->askPassword(id);
         }},
        {command::kFind,
         [this] {
             if (shownView() == View::Reader)
                 return m_reader->view().openFind();
             if (shownView() == View::Search)
                 return m_search->view().focusField();
             if (m_detail->isAncestorOf(QApplication::focusWidget()))
                 return m_detail->pages().focusFind();
             showView(View::Library);
             m_library->focusFilter();
         }},
    };
    m_reader->addCommands(m_windowCommands);
    for (const auto &[id, direction] :
         {std::pair(command::kFindNext, 1), std::pair(command::kFindPrevious, -1)}) {
        m_windowCommands.insert(id, [this, direction = direction, inReader = m_windowCommands.value(id)] {
            if (shownView() == View::Search)
                m_search->view().goOn(direction);
            else
                inReader();
        });
    }
}

// What banners ask for may name what it is about after a colon.
bool MainWindow::runForBanner(const QString &id)
{
    using presentation::BudgetText;
    using presentation::ResumeText;
    const QString name = id.section(QLatin1Char(':'), 0, 0);
    const QString about = id.section(QLatin1Char(':'), 1);
    const domain::RunId run{about.toLongLong()};
    if (name == BudgetText::raiseCommand())
        m_models->raise(about);
    else if (name == BudgetText::cheaperCommand())
        m_models->useCheaperModel(about);
    else if (name == ResumeText::acceptCommand())
        m_models->acceptRun(run);
    else if (name == ResumeText::reviewCommand())
        m_models->reviewRun(run);
    else if (name == ResumeText::otherModelCommand())
        m_models->useOtherModel(run);
    else
        return name == BudgetText::waitCommand();
    return true;
}

void MainWindow::runCommand(const QString &id)
{
    if (runForBanner(id))
        return;
    const presentation::CommandTable &table = m_actions->table();
    updateCommands();
    // What banners ask for need not be in the table.
    const QString obstacle = table.find(id) != nullptr ? table.obstacle(id, m_actions->state()) : QString();
    if (!obstacle.isEmpty()) {
        m_status->say(obstacle);
        return;
    }
    const auto known = m_windowCommands.constFind(id);
    if (known != m_windowCommands.cend())
        (*known)();
    else
        m_commands->run(id);
    updateCommands();
}

bool MainWindow::inLibrary() const
{
    return shownView() == View::Library;
}

MainWindow::View MainWindow::shownView() const
{
    const QWidget *shown = m_views->currentWidget();
    return shown == m_library           ? View::Library
           : shown == &m_reader->view() ? View::Reader
           : shown == &m_search->view() ? View::Search
           : shown == m_jobs            ? View::Jobs
                                        : View::Costs;
}

Selection MainWindow::selection() const
{
    switch (shownView()) {
    case View::Library:
        return {m_library->selectedIds(), m_library->selectedDocuments(kLooked), m_library->currentId(),
                m_detail->pages().currentPage()};
    case View::Reader:
        return m_reader->selection();
    case View::Search:
        return m_search->selection();
    case View::Jobs:
        return {m_jobs->selectedIds(), m_jobs->selectedDocuments(kLooked), m_jobs->currentId(),
                m_jobs->currentPage()};
    case View::Costs:
        break;
    }
    return {};
}

void MainWindow::addPaths(const QStringList &paths)
{
    showView(View::Library);
    m_commands->add(paths);
}

void MainWindow::showView(View view)
{
    switch (view) {
    case View::Library:
        m_views->setCurrentWidget(m_library);
        m_details->setCurrentWidget(m_detail);
        m_settings.view = QStringLiteral("library");
        break;
    case View::Reader:
        m_views->setCurrentWidget(&m_reader->view());
        break;
    case View::Search:
        m_views->setCurrentWidget(&m_search->view());
        m_details->setCurrentWidget(m_detail);
        m_settings.view = QStringLiteral("search");
        break;
    case View::Jobs:
        m_views->setCurrentWidget(m_jobs);
        m_details->setCurrentWidget(m_jobDetail);
        m_settings.view = QStringLiteral("jobs");
        break;
    case View::Costs:
        m_views->setCurrentWidget(m_costs);
        m_settings.view = QStringLiteral("costs");
        m_spending->showCosts();
        break;
    }
    updateDetail();
    updateDetailVisibility();
    takeSnapshot();
}

// The page found beside the list of those found; where there is little room, on demand.
void MainWindow::preview()
{
    m_settings.detailPane = true;
    m_detailForced = true;
    updateDetail();
    updateDetailVisibility();
}

void MainWindow::showDocument(domain::DocumentId id)
{
    showView(View::Library);
    m_library->selectDocument(id);
    m_library->focusList();
}

void MainWindow::analyseSelection()
{
    m_models->analyse({selection().ids});
}

workspace::RunPages MainWindow::runPages() const
{
    using Which = workspace::RunPages::Which;
    const QVector<domain::DocumentId> selected = selection().ids;
    return {selected, selected.isEmpty() ? Which::Waiting : Which::All};
}

void MainWindow::chooseTheme(presentation::Settings::Theme theme)
{
    using Choice = presentation::Settings::Theme;
    m_settings.theme = theme;
    m_parts.theme.setChoice(theme == Choice::Light  ? ThemeController::Choice::Light
                            : theme == Choice::Dark ? ThemeController::Choice::Dark
                                                    : ThemeController::Choice::System);
    m_models->setAppearance(theme, m_settings.reduceMotion);
    updateCommands();
}

void MainWindow::readSelection()
{
    const Selection chosen = selection();
    const bool inJobs = shownView() == View::Jobs;
    if (shownView() == View::Search && m_search->openCurrent())
        return;
    if (chosen.current.isValid())
        m_reader->open(chosen.current, inJobs ? chosen.page : 0);
}

void MainWindow::showFailedPages()
{
    const domain::DocumentId id = selection().current;
    if (!inLibrary()) {
        showView(View::Library);
        m_library->selectDocument(id);
    }
    m_settings.detailPane = true;
    m_detailForced = true;
    updateDetailVisibility();
    m_detail->setDocument(id);
    m_detail->showFirstFailedPage();
}

void MainWindow::showGuide()
{
    if (m_parts.guide.isEmpty())
        m_status->say(tr("The user guide is not installed."));
    else if (!m_parts.desktop.openFile(m_parts.guide))
        addPaths({m_parts.guide}); // no viewer here: our own library can show it
}

void MainWindow::showMenu(const QPoint &globalPosition)
{
    updateCommands();
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("contextMenu"));
    if (!inLibrary() && m_actions->state().pageFailed)
        m_actions->fillMenu(menu, presentation::CommandTable::pageMenu() + QVector<QString>{QString()});
    m_actions->fillMenu(menu, presentation::CommandTable::documentMenu(m_actions->state().inTrash));
    if (!m_actions->state().inTrash)
        m_collections->addMenu(menu, selection().ids);
    menu.exec(globalPosition);
}

} // namespace lectern::ui
