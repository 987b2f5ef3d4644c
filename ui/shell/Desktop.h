// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

class QUrl;
class QWidget;

namespace lectern::ui {

/// What the window wants of the world outside: choosers, other programs, the clipboard, questions,
/// notifications. Tests put in their own. GUI thread.
class Desktop {
public:
    virtual ~Desktop() = default;
    /// Empty when the person gave up.
    [[nodiscard]] virtual QStringList chooseFiles(QWidget &parent, const QString &folder) = 0;
    [[nodiscard]] virtual QString chooseFolder(QWidget &parent, const QString &folder) = 0;
    /// Where to write a new file; empty when the person gave up.
    [[nodiscard]] virtual QString chooseNewFile(QWidget &parent, const QString &title,
                                                const QString &name) = 0;
    /// Opens a file with the program it belongs to; false when there is none.
    virtual bool openFile(const QString &path) = 0;
    /// Opens the folder that holds the file.
    virtual void showInFolder(const QString &path) = 0;
    virtual void copy(const QString &text) = 0;
    /// A question about something that cannot be undone. The safe answer is the default.
    [[nodiscard]] virtual bool confirm(QWidget &parent, const QString &question, const QString &text,
                                       const QString &action) = 0;
    /// Whether an address that a document states may be opened outside. It is shown in full, as plain text;
    /// the safe answer is the default.
    [[nodiscard]] virtual bool confirmAddress(QWidget &parent, const QString &address) = 0;
    /// Opens a web page or starts a mail with the program that is meant for it; false when there is none.
    virtual bool openAddress(const QUrl &address) = 0;
    /// A notification of the desktop, where there are any.
    virtual void notify(const QString &title, const QString &text) = 0;
};

} // namespace lectern::ui
