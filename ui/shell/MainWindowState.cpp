// SPDX-License-Identifier: GPL-3.0-or-later
// The part of MainWindow that keeps what is shown as the facts are: commands, title, detail pane, settings,
// closing.
#include "presentation/CommandId.h"
#include "presentation/StateText.h"
#include "ui/jobs/JobsView.h"
#include "ui/library/DetailPane.h"
#include "ui/library/LibraryView.h"
#include "ui/library/PagePanel.h"
#include "ui/reader/ReaderView.h"
#include "ui/shell/BatchNotifier.h"
#include "ui/shell/CommandActions.h"
#include "ui/shell/JobDetail.h"
#include "ui/shell/MainToolBar.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/NoticeBoard.h"
#include "ui/shell/ReaderController.h"
#include "ui/shell/SearchController.h"
#include "ui/shell/StatusLine.h"
#include "ui/shell/WorkspaceCommands.h"
#include "ui/style/ThemeController.h"
#include "ui/widgets/NavigationRail.h"

#include <QCloseEvent>
#include <QSplitter>
#include <QStackedWidget>

namespace lectern::ui {

using presentation::CommandState;
namespace command = presentation::command;

namespace {

constexpr int kRoomForDetail = 1'100;

CommandState::Theme themeOf(ThemeController::Choice choice)
{
    switch (choice) {
    case ThemeController::Choice::Light:
        return CommandState::Theme::Light;
    case ThemeController::Choice::Dark:
        return CommandState::Theme::Dark;
    case ThemeController::Choice::System:
        break;
    }
    return CommandState::Theme::System;
}

/// Counts what the selected documents have in common with the conditions of commands.
void count(const QVector<domain::Document> &documents, bool allPaused, CommandState &state)
{
    using domain::DocumentState;
    for (const domain::Document &document : documents) {
        const bool unfinished = !domain::isSettled(document.state);
        if (unfinished && document.paused)
            ++state.selectedPaused;
        else if (unfinished && !allPaused)
            ++state.selectedActive;
        if (document.state == DocumentState::NeedsPassword)
            ++state.selectedLocked;
        const bool setAside = document.state == DocumentState::Failed ||
                              document.state == DocumentState::Corrupt ||
                              document.state == DocumentState::Cancelled;
        if (document.pagesFailed > 0 || setAside)
            ++state.selectedFailed;
    }
}

} // namespace

void MainWindow::takeSnapshot()
{
    const presentation::LibrarySnapshot &snapshot = m_parts.client.feed().snapshot();
    const QString view = m_actions->table()
                             .find(inLibrary()                   ? command::kViewLibrary
                                   : shownView() == View::Reader ? command::kViewReader
                                   : shownView() == View::Search ? command::kViewSearch
                                   : shownView() == View::Jobs   ? command::kViewJobs
                                                                 : command::kViewCosts)
                             ->plainText();
    setWindowTitle(presentation::StateText::windowTitle(snapshot, view));
    m_status->setSnapshot(snapshot);
    m_notices->setSnapshot(snapshot);
    m_notifier->setSnapshot(snapshot);
    const domain::Totals &totals = snapshot.totals;
    m_rail->setBadge(m_actions->action(command::kViewJobs),
                     totals.documentsWithFailures + totals.documentsSetAside);
    if (shownView() == View::Jobs) // the chosen document may have been given to another run
        m_jobDetail->setDocument(m_jobs->currentId(), m_jobs->currentRun());
    updateCommands();
    checkUsable();
}

void MainWindow::updateCommands()
{
    const presentation::LibrarySnapshot &snapshot = m_parts.client.feed().snapshot();
    CommandState state;
    state.open = m_parts.client.state() == presentation::WorkspaceClient::State::Open;
    state.view = shownView();
    state.inTrash = inLibrary() && m_library->model().stateFilter() == LibraryView::StateFilter::Trash;
    const bool inJobs = state.view == View::Jobs;
    const bool inReader = state.view == View::Reader;
    state.listed = inLibrary() ? m_library->model().count() : inJobs ? m_jobs->model().count() : 0;
    state.selected = inLibrary()                  ? m_library->selectedCount()
                     : inReader                   ? static_cast<int>(m_reader->selection().ids.size())
                     : inJobs                     ? static_cast<int>(m_jobs->selectedIds().size())
                     : state.view == View::Search ? static_cast<int>(m_search->selection().ids.size())
                                                  : 0;
    if (inReader)
        count(m_reader->selection().documents, snapshot.paused, state);
    else if (inLibrary() || inJobs)
        count(inLibrary() ? m_library->selectedDocuments(kLooked) : m_jobs->selectedDocuments(kLooked),
              snapshot.paused, state);
    state.pageFailed = inLibrary()
                           ? m_library->currentId().isValid() && m_detail->pages().isCurrentPageFailed()
                           : inJobs && m_jobs->isCurrentPageFailed();
    state.hasWork = snapshot.hasWork();
    state.paused = snapshot.paused;
    state.failed = snapshot.totals.documentsWithFailures + snapshot.totals.documentsSetAside +
                   snapshot.totals.documentsCancelled;
    state.locked = snapshot.totals.documentsNeedPassword;
    state.trashed = snapshot.totals.documentsInTrash;
    state.canUndo = m_commands->canUndo();
    state.detailPane = m_details->isVisibleTo(this);
    if (inReader)
        m_reader->describe(state);
    state.theme = themeOf(m_parts.theme.choice());
    if (state == m_actions->state())
        return;
    m_actions->setState(state);
    m_toolBar->updateButtons();
    m_jobs->setCommandState(m_actions->table(), state);
}

void MainWindow::updateDetail()
{
    if (inLibrary()) {
        m_detail->setDocument(m_library->currentId(), m_library->selectedCount());
    } else if (shownView() == View::Search) {
        const Selection found = m_search->selection();
        m_detail->setDocument(found.current);
        m_detail->showPage(found.page);
    }
    if (shownView() == View::Jobs)
        m_jobDetail->setDocument(m_jobs->currentId(), m_jobs->currentRun());
    else
        m_jobDetail->setDocument({}, 0);
    updateCommands();
}

void MainWindow::updateDetailVisibility()
{
    const bool room = width() >= kRoomForDetail || m_detailForced;
    const bool something = shownView() == View::Jobs || shownView() == View::Search ||
                           (inLibrary() && !m_library->isWelcoming());
    m_details->setVisible(m_settings.detailPane && room && something);
    updateCommands();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    if (width() >= kRoomForDetail)
        m_detailForced = false;
    updateDetailVisibility();
}

void MainWindow::checkUsable()
{
    if (m_usable || !isVisible() || !m_library->isListed())
        return;
    const int rows = m_library->model().count();
    if (rows > 0 && !m_library->model().documentAt(0))
        return; // its first rows are still placeholders
    m_usable = true;
    repaint();
    Q_EMIT usable();
}

bool MainWindow::isSettled() const
{
    if (shownView() == View::Reader)
        return m_reader->view().isSettled();
    const bool isShown = m_details->isVisibleTo(this) && m_details->currentWidget() == m_detail;
    return !isShown || m_detail->isSettled();
}

void MainWindow::chooseFirst()
{
    if (inLibrary() && !m_library->currentId().isValid())
        m_library->focusList();
}

void MainWindow::present()
{
    if (isMinimized())
        showNormal();
    show();
    raise();
    activateWindow();
}

presentation::Settings MainWindow::settings()
{
    m_settings.windowGeometry = saveGeometry();
    m_settings.lastFolder = m_commands->folder();
    if (m_details->isVisibleTo(this))
        m_settings.detailWidth = m_details->width();
    m_library->store(m_settings);
    m_jobs->store(m_settings);
    return m_settings;
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    using State = presentation::WorkspaceClient::State;
    if (m_parts.client.state() == State::Closed) {
        event->accept();
        if (!m_closing)
            Q_EMIT closed();
        return;
    }
    // Nothing is lost by closing, so nothing is asked; the window goes at once and the program when all is
    // stored.
    event->ignore();
    hide();
    if (m_closing)
        return;
    m_closing = true;
    Q_EMIT closing();
    if (m_parts.client.longTasks() == 0)
        m_parts.client.close();
}

} // namespace lectern::ui
