// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/PageLink.h"
#include "presentation/CommandTable.h"
#include "presentation/ReaderMarks.h"
#include "ui/shell/WorkspaceCommands.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <utility>

namespace lectern::ui {

class CommandActions;
class Desktop;
class ReaderView;

/// Brings the reader to the window: its commands, what they depend on, and what it wants of the world
/// outside. GUI thread.
class ReaderController final : public QObject {
    Q_OBJECT

public:
    ReaderController(presentation::WorkspaceClient &client, const base::Clock &clock, Desktop &desktop,
                     const CommandActions &actions, QWidget &window);
    [[nodiscard]] ReaderView &view() { return *m_view; }
    [[nodiscard]] const ReaderView &view() const { return *m_view; }
    /// What the reader's commands do.
    void addCommands(QHash<QString, std::function<void()>> &commands);
    /// The facts by which they are on or off, while the reader is in front.
    void describe(presentation::CommandState &state) const;
    /// What commands about documents are about.
    [[nodiscard]] Selection selection() const;
    /// Opens a document in front; page 0 is where it was left. `marks` are of that page.
    void open(domain::DocumentId document, int page = 0, const presentation::ReaderMarks &marks = {});
    /// What F3 (true) and Shift+F3 do while nothing is looked for in the document: on to the next hit of a
    /// search, in whichever document it is. Answers false when there is nowhere to go on to.
    void setHitSteps(std::function<bool(bool forwards)> step) { m_hitStep = std::move(step); }

Q_SIGNALS:
    /// The reader is to be shown.
    void opened();
    void commandRequested(const QString &command);
    void stateChanged();
    void settled();
    void said(const QString &text);
    void copyRequested(const QString &text);
    /// A phrase or a name of the analysis was clicked: it is to be looked for.
    void searchRequested(const QString &words);

private:
    void findStep(bool forwards);
    void openOutside(const QString &address);
    void showMenu(const QPoint &globalPosition, const QVector<domain::PageLink> &links);

    Desktop &m_desktop;
    const CommandActions &m_actions;
    QWidget &m_window;
    ReaderView *m_view;
    std::function<bool(bool)> m_hitStep;
};

} // namespace lectern::ui
