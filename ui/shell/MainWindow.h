// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "presentation/CommandTable.h"
#include "presentation/Settings.h"
#include "presentation/WorkspaceClient.h"

#include <QHash>
#include <QMainWindow>

#include <functional>

class QSplitter;
class QStackedWidget;

namespace lectern::ui {

class BannerStack;
class BatchNotifier;
class CollectionController;
class CommandActions;
class CommandPalette;
class CostController;
class CostsView;
class Desktop;
class DetailPane;
class DropArea;
class JobDetail;
class JobsView;
class LibraryView;
class MainToolBar;
class ModelController;
class NavigationRail;
class NoticeBoard;
class ReaderController;
class SearchController;
class RegionCycle;
class StatusLine;
class ThemeController;
class UndoBar;
class WorkspaceCommands;
struct Selection;

/// The one window: composes the views, hands them the commands and keeps what is remembered. GUI thread.
/// Closing it closes the workspace first: work under way is stored, the rest goes on at the next start, so
/// nothing is asked. closed() comes when that is done.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    /// What the window stands on; all of it outlives the window.
    struct Parts {
        presentation::WorkspaceClient &client;
        const base::Clock &clock;
        ThemeController &theme;
        Desktop &desktop;
        QString guide; ///< path of the user guide; empty when it is not installed
    };

    MainWindow(const Parts &parts, const presentation::Settings &settings);
    ~MainWindow() override;
    /// As if dropped on the window.
    void addPaths(const QStringList &paths);
    /// What is to be remembered.
    [[nodiscard]] presentation::Settings settings();
    /// Shown in front, out of the way of other windows.
    void present();
    /// The library is read and on the screen.
    [[nodiscard]] bool isUsable() const { return m_usable; }
    /// For a picture of the window: the first document is chosen.
    void chooseFirst();
    /// Nothing shown is still being read or drawn.
    [[nodiscard]] bool isSettled() const;

Q_SIGNALS:
    /// Once: the list is filled and painted.
    void usable();
    /// What is chosen is on the screen.
    void settled();
    /// The window goes; the workspace is about to be closed.
    void closing();
    /// The workspace is closed; the program may end.
    void closed();

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void buildBars();
    void connectViews();
    void connectWorkspace();
    void connectCommands();
    void addWindowCommands();
    void runCommand(const QString &id);
    void takeSnapshot();
    void updateCommands();
    void updateDetail();
    void preview();
    void updateDetailVisibility();
    using View = presentation::CommandState::View;
    void showView(View view);
    void analyseSelection();
    [[nodiscard]] bool runForBanner(const QString &id);
    void chooseTheme(presentation::Settings::Theme theme);
    void connectCosts();
    /// In the library.
    void showDocument(domain::DocumentId id);
    [[nodiscard]] View shownView() const;
    void showFailedPages();
    void readSelection();
    void showGuide();
    void showMenu(const QPoint &globalPosition);
    void checkUsable();
    [[nodiscard]] bool inLibrary() const;
    [[nodiscard]] Selection selection() const;
    /// What is selected; without a selection, whatever waits for its analysis.
    [[nodiscard]] workspace::RunPages runPages() const;

    /// How many of the selected documents are looked at for what can be done with them.
    static constexpr int kLooked = 2'000;

    Parts m_parts;
    presentation::Settings m_settings;
    CommandActions *m_actions;
    WorkspaceCommands *m_commands;
    QHash<QString, std::function<void()>> m_windowCommands;
    std::unique_ptr<RegionCycle> m_regions;

    MainToolBar *m_toolBar = nullptr;
    NavigationRail *m_rail = nullptr;
    BannerStack *m_banners = nullptr;
    NoticeBoard *m_notices = nullptr;
    BatchNotifier *m_notifier = nullptr;
    QSplitter *m_splitter = nullptr;
    QStackedWidget *m_views = nullptr;
    LibraryView *m_library = nullptr;
    JobsView *m_jobs = nullptr;
    ReaderController *m_reader = nullptr;
    SearchController *m_search = nullptr;
    CollectionController *m_collections = nullptr;
    CostsView *m_costs = nullptr;
    ModelController *m_models = nullptr;
    CostController *m_spending = nullptr;
    QStackedWidget *m_details = nullptr;
    DetailPane *m_detail = nullptr;
    JobDetail *m_jobDetail = nullptr;
    UndoBar *m_undo = nullptr;
    StatusLine *m_status = nullptr;
    CommandPalette *m_palette = nullptr;
    DropArea *m_drop = nullptr;
    bool m_detailForced = false; ///< asked for although there is little room
    bool m_usable = false;
    bool m_closing = false;
};

} // namespace lectern::ui
