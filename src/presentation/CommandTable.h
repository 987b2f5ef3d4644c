// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/CommandId.h"
#include "presentation/Settings.h"

#include <QCoreApplication>
#include <QKeySequence>
#include <QString>
#include <QVector>

#include <functional>
#include <optional>

namespace lectern::presentation {

/// The few facts by which commands are on or off. The shell keeps one up to date; a plain value.
struct CommandState {
    bool open = false;    ///< the workspace is open
    bool inTrash = false; ///< the list shown is the trash
    enum class View { Library, Reader, Search, Jobs, Costs };
    View view = View::Library; ///< in front
    int listed = 0;            ///< rows in the list shown
    int selected = 0;          ///< documents selected
    int selectedActive = 0;    ///< of these: queued or being indexed, and not paused
    int selectedPaused = 0;
    int selectedFailed = 0;  ///< with failed pages, set aside, or cancelled: something to try again
    int selectedLocked = 0;  ///< waiting for a password
    bool pageFailed = false; ///< the selected page failed
    bool hasWork = false;    ///< anything unfinished in the workspace
    bool paused = false;     ///< everything is paused
    int failed = 0;          ///< documents of the workspace with something to try again
    int locked = 0;
    int trashed = 0;
    bool canUndo = false;
    bool detailPane = true;
    bool reading = false;      ///< pages of a document are in front
    bool textSelected = false; ///< some of their text is selected
    bool canGoBack = false;
    bool canGoForward = false;
    bool fitsWidth = false; ///< how the reader shows pages
    bool fitsPage = false;
    bool inverted = false;
    bool sideBar = false; ///< of the reader
    using Theme = Settings::Theme;
    Theme theme = Theme::System;

    friend bool operator==(const CommandState &, const CommandState &) = default;
};

enum class Menu { File, Edit, View, Run, Go, Help };

/// A row of the table.
struct Command {
    QString id;
    QString text;    ///< as in the menu, with its mnemonic: "Add &files…"
    QString toolTip; ///< one sentence: what it does
    Menu menu = Menu::File;
    QString group;              ///< neighbours of one group stand together, a line between groups
    QString submenu;            ///< title of the submenu it is in; empty: none
    QVector<QKeySequence> keys; ///< defaults, the one to show first
    QString iconName;           ///< file of the icon family; may be empty
    /// Nothing: it can be used. Otherwise why it can't, as a sentence.
    std::function<QString(const CommandState &)> obstacle;
    /// Set for commands that are on or off; says which.
    std::function<bool(const CommandState &)> isChecked;

    /// The text without mnemonic and dots: for the palette and for tool tips.
    [[nodiscard]] QString plainText() const;
};

/// Every command of this version, in menu order. Menus, toolbar, palette, shortcuts and the list of keys are
/// all made of it. Two commands share a key only when they are never on together (pause and resume). Pure,
/// any thread.
class CommandTable {
    Q_DECLARE_TR_FUNCTIONS(CommandTable)

public:
    CommandTable();
    [[nodiscard]] const QVector<Command> &commands() const { return m_commands; }
    /// nullptr for an unknown id.
    [[nodiscard]] const Command *find(const QString &id) const;
    [[nodiscard]] bool isEnabled(const QString &id, const CommandState &state) const;
    /// Empty when it can be used.
    [[nodiscard]] QString obstacle(const QString &id, const CommandState &state) const;
    [[nodiscard]] static QString menuText(Menu menu);
    [[nodiscard]] static QVector<Menu> menus();
    /// The ids of a context menu; an empty string stands for a line.
    [[nodiscard]] static QVector<QString> documentMenu(bool inTrash);
    [[nodiscard]] static QVector<QString> pageMenu();

private:
    QVector<Command> m_commands;
};

} // namespace lectern::presentation
