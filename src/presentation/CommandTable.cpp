// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/CommandTable.h"

#include <algorithm>

namespace lectern::presentation {

namespace {

using State = CommandState;
using Keys = QVector<QKeySequence>;
using Obstacle = std::function<QString(const State &)>;

/// Builds the rows; a class because only classes have translation functions.
class Builder {
    Q_DECLARE_TR_FUNCTIONS(CommandTable)

public:
    [[nodiscard]] QVector<Command> build();

private:
    void file();
    void edit();
    void view();
    void viewPages();
    void run();
    void runSelection();
    void goAndHelp();
    void add(const QString &id, const QString &text, const QString &toolTip, const Keys &keys,
             const QString &icon, Obstacle obstacle = {}, std::function<bool(const State &)> isChecked = {});

    static QString closed(const State &state)
    {
        return state.open ? QString() : tr("The library is not open.");
    }
    static QString nothingSelected(const State &state)
    {
        if (!state.open)
            return closed(state);
        return state.selected > 0 ? QString() : tr("Select a document first.");
    }
    static QString notReading(const State &state)
    {
        return state.reading ? QString() : tr("Open a document in the reader first.");
    }
    static QString nothingToStepThrough(const State &state)
    {
        return state.view == State::View::Search ? closed(state) : notReading(state);
    }
    static QString notOne(const State &state)
    {
        if (state.selected == 1)
            return closed(state);
        return state.selected == 0 ? nothingSelected(state) : tr("Select a single document.");
    }
    /// For commands about waiting or running work of the selection.
    static QString noneActive(const State &state)
    {
        const QString first = nothingSelected(state);
        if (!first.isEmpty())
            return first;
        return state.selectedActive + state.selectedPaused > 0 ? QString()
                                                               : tr("No selected document has work left.");
    }

    QVector<Command> m_commands;
    Menu m_menu = Menu::File;
    QString m_group;
    QString m_submenu;
};

void Builder::add(const QString &id, const QString &text, const QString &toolTip, const Keys &keys,
                  const QString &icon, Obstacle obstacle, std::function<bool(const State &)> isChecked)
{
    m_commands << Command{
        id, text, toolTip, m_menu, m_group, m_submenu, keys, icon, std::move(obstacle), std::move(isChecked)};
}

void Builder::file()
{
    m_menu = Menu::File;
    m_group = QStringLiteral("add");
    add(command::kAddFiles, tr("Add &files…"), tr("Choose documents to read and index"),
        {QKeySequence(Qt::CTRL | Qt::Key_O)}, QStringLiteral("add"), closed);
    add(command::kAddFolder, tr("Add fol&der…"), tr("Add every document of a folder and the folders in it"),
        {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_O)}, QStringLiteral("add-folder"), closed);
    add(command::kCheckFiles, tr("Look for &changed files"),
        tr("See whether files were changed or moved, and read changed ones again"), {},
        QStringLiteral("redo"), closed);
    m_group = QStringLiteral("document");
    add(command::kRead, tr("&Open"), tr("Read the selected document"), {}, QStringLiteral("reader"),
        [](const State &state) {
            return state.view == State::View::Reader ? tr("It is open.") : notOne(state);
        });
    add(command::kOpenDocument, tr("Open f&ile"), tr("Open the file in your document viewer"),
        {QKeySequence(Qt::CTRL | Qt::Key_Return)}, QStringLiteral("open"), notOne);
    add(command::kShowInFolder, tr("&Show in folder"), tr("Open the folder that holds the file"), {},
        QStringLiteral("show-in-folder"), notOne);
    add(command::kCopyPath, tr("Copy &path"), tr("Copy where the selected files are"),
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)}, QStringLiteral("copy"), nothingSelected);
    m_group = QStringLiteral("settings");
    add(command::kSettings, tr("S&ettings…"),
        tr("Models and keys, budgets, how pages are analyzed, appearance"),
        {QKeySequence(Qt::CTRL | Qt::Key_Comma)}, QStringLiteral("settings"), closed);
    m_group = QStringLiteral("quit");
    add(command::kQuit, tr("&Quit"), tr("Close Lectern; unfinished work goes on at the next start"),
        {QKeySequence(Qt::CTRL | Qt::Key_Q)}, {});
}

void Builder::edit()
{
    m_menu = Menu::Edit;
    m_group = QStringLiteral("undo");
    add(command::kUndo, tr("&Undo"), tr("Take back the last removal"), {QKeySequence(Qt::CTRL | Qt::Key_Z)},
        QStringLiteral("undo"),
        [](const State &state) { return state.canUndo ? closed(state) : tr("There is nothing to undo."); });
    m_group = QStringLiteral("select");
    add(command::kCopyText, tr("&Copy"), tr("Copy the selected text"), {}, QStringLiteral("copy"),
        [](const State &state) {
            return state.textSelected ? QString() : tr("Select text of a page first.");
        });
    add(command::kSelectAll, tr("Select &all"),
        tr("Select every document of the list, or all text of the document that is read"),
        {QKeySequence(Qt::CTRL | Qt::Key_A)}, {}, [](const State &state) {
            return state.listed > 0 || state.reading ? QString() : tr("The list is empty.");
        });
    add(command::kFind, tr("&Find…"),
        tr("Filter the list by name, title, place or error; find words in the document that is read"),
        {QKeySequence(Qt::CTRL | Qt::Key_F)}, QStringLiteral("search"), closed);
    add(command::kFindNext, tr("Find &next"),
        tr("Go to the next place found, or to the next page of a search"), {QKeySequence(Qt::Key_F3)},
        QStringLiteral("chevron-down"), nothingToStepThrough);
    add(command::kFindPrevious, tr("Find &previous"),
        tr("Go to the previous place found, or to the previous page of a search"),
        {QKeySequence(Qt::SHIFT | Qt::Key_F3)}, QStringLiteral("chevron-up"), nothingToStepThrough);
    add(command::kSearchHere, tr("Search in t&hese documents"),
        tr("Find pages of the selected documents only, by words or by meaning"), {}, QStringLiteral("search"),
        [](const State &state) {
            return state.inTrash ? tr("Documents in the trash are not searched.") : nothingSelected(state);
        });
    m_group = QStringLiteral("remove");
    add(command::kRemove, tr("Move to &trash"),
        tr("Take the selected documents out of the library; the files stay where they are"),
        {QKeySequence(Qt::Key_Delete)}, QStringLiteral("trash"), [](const State &state) {
            return state.inTrash ? tr("These documents are in the trash already.") : nothingSelected(state);
        });
    add(command::kRestore, tr("&Restore"), tr("Take the selected documents out of the trash"), {},
        QStringLiteral("restore"), [](const State &state) {
            return state.inTrash ? nothingSelected(state)
                                 : tr("Only documents in the trash can be restored.");
        });
    add(command::kDeleteForGood, tr("&Delete for good…"),
        tr("Forget the selected documents with their pages; the files stay where they are"),
        {QKeySequence(Qt::SHIFT | Qt::Key_Delete)}, QStringLiteral("remove"), [](const State &state) {
            return state.inTrash ? nothingSelected(state) : tr("Move the documents to the trash first.");
        });
}

void Builder::view()
{
    m_menu = Menu::View;
    m_group = QStringLiteral("views");
    add(command::kViewLibrary, tr("&Library"), tr("Show the list of documents"),
        {QKeySequence(Qt::ALT | Qt::Key_1)}, QStringLiteral("library"), {},
        [](const State &state) { return state.view == State::View::Library; });
    add(command::kViewReader, tr("&Reader"), tr("Show the document that is being read"),
        {QKeySequence(Qt::ALT | Qt::Key_2)}, QStringLiteral("reader"), {},
        [](const State &state) { return state.view == State::View::Reader; });
    add(command::kViewSearch, tr("Searc&h"), tr("Find pages in the whole library, by words or by meaning"),
        {QKeySequence(Qt::ALT | Qt::Key_3), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)},
        QStringLiteral("search"), {}, [](const State &state) { return state.view == State::View::Search; });
    add(command::kViewJobs, tr("&Jobs"), tr("Show what is being done, what waits and what failed"),
        {QKeySequence(Qt::ALT | Qt::Key_4)}, QStringLiteral("jobs"), {},
        [](const State &state) { return state.view == State::View::Jobs; });
    add(command::kViewCosts, tr("&Costs"), tr("Show what was spent, on which models and documents"),
        {QKeySequence(Qt::ALT | Qt::Key_5)}, QStringLiteral("costs"), {},
        [](const State &state) { return state.view == State::View::Costs; });
    m_group = QStringLiteral("lists");
    add(command::kShowAll, tr("&All documents"), tr("Show the library without any filter"), {},
        QStringLiteral("document"), closed);
    add(command::kShowProblems, tr("Documents with &problems"), tr("Show documents that need your attention"),
        {}, QStringLiteral("warning"), closed);
    add(command::kShowLocked, tr("Loc&ked documents"), tr("Show documents that wait for a password"), {},
        QStringLiteral("lock"), [](const State &state) {
            return state.locked > 0 ? closed(state) : tr("No document waits for a password.");
        });
    add(command::kShowTrash, tr("&Trash"), tr("Show removed documents"), {}, QStringLiteral("trash"), closed,
        [](const State &state) { return state.inTrash; });
    m_group = QStringLiteral("panes");
    add(command::kDetailPane, tr("&Detail pane"),
        tr("Show or hide the pane at the side: facts and pages of a document, or the analysis of a page"),
        {QKeySequence(Qt::Key_F4)}, QStringLiteral("side-pane"), {},
        [](const State &state) { return state.detailPane; });
    add(command::kSideBar, tr("&Side bar"), tr("Show or hide the outline and the small pages in the reader"),
        {QKeySequence(Qt::Key_F7)}, QStringLiteral("contents"), notReading,
        [](const State &state) { return state.sideBar; });
    viewPages();
    m_group = QStringLiteral("look");
    m_submenu = tr("T&heme");
    using Theme = CommandState::Theme;
    add(command::kThemeSystem, tr("&Follow system"), tr("Light or dark as the desktop is"), {},
        QStringLiteral("monitor"), {}, [](const State &state) { return state.theme == Theme::System; });
    add(command::kThemeLight, tr("&Light"), tr("Dark letters on light ground"), {}, QStringLiteral("sun"), {},
        [](const State &state) { return state.theme == Theme::Light; });
    add(command::kThemeDark, tr("&Dark"), tr("Light letters on dark ground"), {}, QStringLiteral("moon"), {},
        [](const State &state) { return state.theme == Theme::Dark; });
    m_submenu.clear();
}

void Builder::viewPages()
{
    m_group = QStringLiteral("zoom");
    add(command::kZoomIn, tr("Zoom &in"), tr("Show pages larger"),
        {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)},
        QStringLiteral("zoom-in"), notReading);
    add(command::kZoomOut, tr("Zoom &out"), tr("Show pages smaller"),
        {QKeySequence(Qt::CTRL | Qt::Key_Minus)}, QStringLiteral("zoom-out"), notReading);
    add(command::kActualSize, tr("Act&ual size"), tr("Show pages as large as on paper"),
        {QKeySequence(Qt::CTRL | Qt::Key_0)}, {}, notReading);
    add(command::kFitWidth, tr("Fit &width"), tr("Make pages as wide as the view"), {}, QStringLiteral("fit"),
        notReading, [](const State &state) { return state.fitsWidth; });
    add(command::kFitPage, tr("Fit pa&ge"), tr("Show whole pages"), {}, QStringLiteral("page"), notReading,
        [](const State &state) { return state.fitsPage; });
    m_group = QStringLiteral("turn");
    add(command::kRotateRight, tr("Rotat&e right"), tr("Turn all pages clockwise"),
        {QKeySequence(Qt::CTRL | Qt::Key_Right)}, QStringLiteral("rotate"), notReading);
    add(command::kRotateLeft, tr("Rotate le&ft"), tr("Turn all pages counter-clockwise"),
        {QKeySequence(Qt::CTRL | Qt::Key_Left)}, {}, notReading);
    add(command::kInvertPages, tr("In&vert pages"), tr("Show light letters on dark paper"), {}, {},
        notReading, [](const State &state) { return state.inverted; });
}

void Builder::run()
{
    m_menu = Menu::Run;
    m_group = QStringLiteral("analyze");
    add(command::kAnalyze, tr("&Analyze…"), tr("Have the selected documents analyzed by the chosen model"),
        {QKeySequence(Qt::CTRL | Qt::Key_R)}, QStringLiteral("analyzing"), [](const State &state) {
            return state.inTrash ? tr("Take the documents out of the trash first.") : nothingSelected(state);
        });
    add(command::kModel, tr("Choose &model…"), tr("Choose who analyzes pages"),
        {QKeySequence(Qt::CTRL | Qt::Key_M)}, QStringLiteral("model"), closed);
    add(command::kBudgets, tr("&Budgets…"), tr("Say what may be spent a day, a month and in all"), {},
        QStringLiteral("costs"), closed);
    m_group = QStringLiteral("all");
    add(command::kPauseAll, tr("&Pause all"), tr("Finish the pages under way, then wait"),
        {QKeySequence(Qt::CTRL | Qt::Key_Period)}, QStringLiteral("pause"), [](const State &state) {
            return state.paused ? tr("Everything is paused already.") : closed(state);
        });
    add(command::kResumeAll, tr("&Resume all"), tr("Go on with everything that waits"),
        {QKeySequence(Qt::CTRL | Qt::Key_Period)}, QStringLiteral("resume"),
        [](const State &state) { return state.paused ? closed(state) : tr("Nothing is paused."); });
    add(command::kRetryAllFailed, tr("Retry all &failed"), tr("Try every failed page and document again"), {},
        QStringLiteral("retry"),
        [](const State &state) { return state.failed > 0 ? closed(state) : tr("Nothing has failed."); });
    runSelection();
}

void Builder::runSelection()
{
    m_group = QStringLiteral("selection");
    add(command::kPauseDocument, tr("Pa&use"), tr("Pause the selected documents after the pages under way"),
        {}, QStringLiteral("pause"), [](const State &state) {
            const QString first = nothingSelected(state);
            return !first.isEmpty() || state.selectedActive > 0
                       ? first
                       : tr("No selected document is waiting or running.");
        });
    add(command::kResumeDocument, tr("Re&sume"), tr("Go on with the selected documents"), {},
        QStringLiteral("resume"), [](const State &state) {
            const QString first = nothingSelected(state);
            return !first.isEmpty() || state.selectedPaused > 0 ? first
                                                                : tr("No selected document is paused.");
        });
    add(command::kRunNext, tr("Run &next"), tr("Put the selected documents at the head of the queue"),
        {QKeySequence(Qt::CTRL | Qt::Key_Up)}, QStringLiteral("run-next"), noneActive);
    m_submenu = tr("Pr&iority");
    add(command::kPriorityHigh, tr("&High"), tr("Before everything of normal priority"), {},
        QStringLiteral("priority-up"), noneActive);
    add(command::kPriorityNormal, tr("&Normal"), tr("In the order in which documents were added"), {}, {},
        noneActive);
    add(command::kPriorityLow, tr("&Low"), tr("When there is little else to do"), {},
        QStringLiteral("priority-down"), noneActive);
    m_submenu.clear();
    m_group = QStringLiteral("problems");
    add(command::kEnterPassword, tr("Enter pass&word…"), tr("Open the selected document with its password"),
        {}, QStringLiteral("key"), [](const State &state) {
            const QString first = nothingSelected(state);
            return !first.isEmpty() || state.selectedLocked > 0
                       ? first
                       : tr("The selected document needs no password.");
        });
    add(command::kShowFailedPages, tr("Sh&ow failed pages"),
        tr("Show which pages of the selected document failed, and why"), {}, QStringLiteral("page"),
        [](const State &state) {
            const QString first = notOne(state);
            return !first.isEmpty() || state.selectedFailed > 0
                       ? first
                       : tr("No page of the selected document failed.");
        });
    add(command::kRetryFailed, tr("Re&try"), tr("Try what failed in the selected documents again"),
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R)}, QStringLiteral("retry"), [](const State &state) {
            const QString first = nothingSelected(state);
            return !first.isEmpty() || state.selectedFailed > 0
                       ? first
                       : tr("Nothing in the selected documents failed.");
        });
    add(command::kRetryPage, tr("Retry pa&ge"), tr("Try the selected page again"), {},
        QStringLiteral("retry"), [](const State &state) {
            return state.pageFailed ? closed(state) : tr("Select a page that failed first.");
        });
    m_group = QStringLiteral("stop");
    add(command::kCancel, tr("Stop…"), tr("End the work on the selected documents; pages that are done stay"),
        {}, QStringLiteral("stop"), noneActive);
}

void Builder::goAndHelp()
{
    m_menu = Menu::Go;
    m_group = QStringLiteral("jumps");
    add(command::kGoBack, tr("&Back"), tr("Go back to where you were before the last jump"),
        {QKeySequence(Qt::ALT | Qt::Key_Left)}, QStringLiteral("arrow-left"), [](const State &state) {
            return state.canGoBack ? notReading(state) : tr("There is nothing to go back to.");
        });
    add(command::kGoForward, tr("&Forward"), tr("Go forward again"), {QKeySequence(Qt::ALT | Qt::Key_Right)},
        QStringLiteral("arrow-right"), [](const State &state) {
            return state.canGoForward ? notReading(state) : tr("There is nothing to go forward to.");
        });
    m_group = QStringLiteral("pages");
    add(command::kPreviousPage, tr("Pre&vious page"), tr("Go to the page before"),
        {QKeySequence(Qt::CTRL | Qt::Key_PageUp)}, QStringLiteral("chevron-up"), notReading);
    add(command::kNextPage, tr("Ne&xt page"), tr("Go to the page after"),
        {QKeySequence(Qt::CTRL | Qt::Key_PageDown)}, QStringLiteral("chevron-down"), notReading);
    add(command::kGoToPage, tr("&Go to page…"), tr("Type the number or the label of a page"),
        {QKeySequence(Qt::CTRL | Qt::Key_G)}, {}, notReading);
    m_group = QStringLiteral("go");
    add(command::kPalette, tr("&Command palette…"), tr("Find a command by its name"),
        {QKeySequence(Qt::CTRL | Qt::Key_K), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)},
        QStringLiteral("command"));
    add(command::kNextRegion, tr("&Next region"), tr("Move the keyboard to the next part of the window"),
        {QKeySequence(Qt::Key_F6)}, {});
    m_menu = Menu::Help;
    m_group = QStringLiteral("help");
    add(command::kGuide, tr("User &guide"), tr("Read how Lectern works"), {}, QStringLiteral("help"));
    add(command::kKeys, tr("&Keyboard shortcuts"), tr("See every command and its keys"),
        {QKeySequence(Qt::Key_F1)}, {});
    m_group = QStringLiteral("about");
    add(command::kAbout, tr("&About Lectern"), tr("Version, licence and where the library is"), {},
        QStringLiteral("info"));
}

QVector<Command> Builder::build()
{
    file();
    edit();
    view();
    run();
    goAndHelp();
    return std::move(m_commands);
}

} // namespace

QString Command::plainText() const
{
    QString plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) == QLatin1Char('&') && i + 1 < text.size())
            ++i;
        plain += text.at(i);
    }
    if (plain.endsWith(QChar(0x2026)))
        plain.chop(1);
    return plain;
}

CommandTable::CommandTable() : m_commands(Builder().build()) {}

const Command *CommandTable::find(const QString &id) const
{
    const auto found = std::find_if(m_commands.cbegin(), m_commands.cend(),
                                    [&id](const Command &command) { return command.id == id; });
    return found == m_commands.cend() ? nullptr : &*found;
}

bool CommandTable::isEnabled(const QString &id, const CommandState &state) const
{
    return find(id) != nullptr && obstacle(id, state).isEmpty();
}

QString CommandTable::obstacle(const QString &id, const CommandState &state) const
{
    const Command *command = find(id);
    if (command == nullptr)
        return tr("There is no such command.");
    return command->obstacle ? command->obstacle(state) : QString();
}

QString CommandTable::menuText(Menu menu)
{
    switch (menu) {
    case Menu::File:
        return tr("&File");
    case Menu::Edit:
        return tr("&Edit");
    case Menu::View:
        return tr("&View");
    case Menu::Run:
        return tr("&Run");
    case Menu::Go:
        return tr("&Go");
    case Menu::Help:
        return tr("&Help");
    }
    return {};
}

QVector<Menu> CommandTable::menus()
{
    return {Menu::File, Menu::Edit, Menu::View, Menu::Run, Menu::Go, Menu::Help};
}

QVector<QString> CommandTable::documentMenu(bool inTrash)
{
    if (inTrash)
        return {command::kRestore, command::kDeleteForGood, QString(), command::kShowInFolder,
                command::kCopyPath};
    return {
        command::kRead,           command::kAnalyze,         command::kSearchHere,  QString(),
        command::kOpenDocument,   command::kShowInFolder,    command::kCopyPath,    QString(),
        command::kEnterPassword,  command::kShowFailedPages, command::kRetryFailed, QString(),
        command::kPauseDocument,  command::kResumeDocument,  command::kRunNext,     command::kPriorityHigh,
        command::kPriorityNormal, command::kPriorityLow,     command::kCancel,      QString(),
        command::kRemove};
}

QVector<QString> CommandTable::pageMenu()
{
    return {command::kRetryPage};
}

} // namespace lectern::presentation
