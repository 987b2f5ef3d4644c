// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Document.h"
#include "presentation/WorkspaceClient.h"

#include <QHash>
#include <QObject>
#include <QVector>

#include <functional>

namespace lectern::ui {

class Desktop;

/// What commands are about at this moment.
struct Selection {
    QVector<domain::DocumentId> ids;
    QVector<domain::Document> documents; ///< of these, the ones whose values are known
    domain::DocumentId current;
    int page = 0; ///< chosen page of the current document
};

/// What the commands about documents do, and the undo of removals. GUI thread; everything is done by the
/// client, later.
class WorkspaceCommands final : public QObject {
    Q_OBJECT

public:
    WorkspaceCommands(presentation::WorkspaceClient &client, Desktop &desktop, QWidget &window,
                      std::function<Selection()> selection);
    /// False when the command is not one of these.
    bool run(const QString &command);
    void add(const QStringList &paths);
    [[nodiscard]] bool canUndo() const { return !m_removed.isEmpty(); }
    /// Takes back the newest removal, or the one with this token.
    void undo(qint64 token = 0);
    /// Where the next file dialog opens.
    void setFolder(const QString &folder) { m_folder = folder; }
    [[nodiscard]] QString folder() const { return m_folder; }

Q_SIGNALS:
    void undoOffered(const QString &text, qint64 token);
    void undoWithdrawn();
    void canUndoChanged();
    void said(const QString &text);
    void added(const lectern::workspace::AddReport &report);
    void sourcesChanged(int places);
    void failed(const lectern::base::Error &error);

private:
    struct Removal {
        qint64 token = 0;
        QVector<domain::DocumentId> ids;
    };
    void addFileCommands();
    void addRunCommands();
    void addRemoveCommands();
    void chooseFiles();
    void chooseFolder();
    void openDocument();
    void copyPaths();
    void checkFiles();
    void remove();
    void deleteForGood();
    void setPriority(domain::Priority priority);

    presentation::WorkspaceClient &m_client;
    Desktop &m_desktop;
    QWidget &m_window;
    std::function<Selection()> m_selection;
    QHash<QString, std::function<void()>> m_commands;
    QVector<Removal> m_removed; ///< oldest first
    qint64 m_lastToken = 0;
    QString m_folder;
};

} // namespace lectern::ui
