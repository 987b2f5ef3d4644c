// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/WorkspaceCommands.h"

#include "presentation/CommandId.h"
#include "presentation/Format.h"
#include "presentation/Notices.h"
#include "ui/shell/Desktop.h"

#include <QFileInfo>
#include <QWidget>

namespace lectern::ui {

using presentation::Notices;
namespace command = presentation::command;

namespace {

constexpr int kMaximumUndo = 50;

} // namespace

WorkspaceCommands::WorkspaceCommands(presentation::WorkspaceClient &client, Desktop &desktop, QWidget &window,
                                     std::function<Selection()> selection)
    : QObject(&window), m_client(client), m_desktop(desktop), m_window(window),
      m_selection(std::move(selection))
{
    addFileCommands();
    addRunCommands();
    addRemoveCommands();
}

bool WorkspaceCommands::run(const QString &id)
{
    const auto known = m_commands.constFind(id);
    if (known == m_commands.cend())
        return false;
    (*known)();
    return true;
}

void WorkspaceCommands::addFileCommands()
{
    m_commands.insert(command::kAddFiles, [this] { chooseFiles(); });
    m_commands.insert(command::kAddFolder, [this] { chooseFolder(); });
    m_commands.insert(command::kCheckFiles, [this] { checkFiles(); });
    m_commands.insert(command::kOpenDocument, [this] { openDocument(); });
    m_commands.insert(command::kShowInFolder, [this] {
        for (const domain::Document &document : m_selection().documents)
            m_desktop.showInFolder(document.path);
    });
    m_commands.insert(command::kCopyPath, [this] { copyPaths(); });
}

void WorkspaceCommands::addRunCommands()
{
    m_commands.insert(command::kPauseAll, [this] { m_client.pauseAll(true); });
    m_commands.insert(command::kResumeAll, [this] { m_client.pauseAll(false); });
    m_commands.insert(command::kPauseDocument, [this] { m_client.pauseDocuments(m_selection().ids, true); });
    m_commands.insert(command::kResumeDocument,
                      [this] { m_client.pauseDocuments(m_selection().ids, false); });
    m_commands.insert(command::kRunNext, [this] { m_client.runNext(m_selection().ids); });
    m_commands.insert(command::kPriorityHigh, [this] { setPriority(domain::Priority::High); });
    m_commands.insert(command::kPriorityNormal, [this] { setPriority(domain::Priority::Normal); });
    m_commands.insert(command::kPriorityLow, [this] { setPriority(domain::Priority::Low); });
    m_commands.insert(command::kRetryFailed, [this] { m_client.retryDocuments(m_selection().ids); });
    m_commands.insert(command::kRetryAllFailed, [this] { m_client.retryDocuments({}); });
    m_commands.insert(command::kRetryPage, [this] {
        const Selection selection = m_selection();
        if (selection.current.isValid() && selection.page > 0)
            m_client.retryPage(selection.current, selection.page);
    });
    m_commands.insert(command::kCancel, [this] { m_client.cancelDocuments(m_selection().ids); });
}

void WorkspaceCommands::addRemoveCommands()
{
    m_commands.insert(command::kRemove, [this] { remove(); });
    m_commands.insert(command::kUndo, [this] { undo(); });
    m_commands.insert(command::kRestore, [this] { m_client.restore(m_selection().ids); });
    m_commands.insert(command::kDeleteForGood, [this] { deleteForGood(); });
}

void WorkspaceCommands::setPriority(domain::Priority priority)
{
    m_client.setPriority(m_selection().ids, priority);
}

void WorkspaceCommands::add(const QStringList &paths)
{
    if (paths.isEmpty())
        return;
    Q_EMIT said(tr("Adding…"));
    m_client.add(paths, domain::Goal::Analysis, this, [this](base::Result<workspace::AddReport> report) {
        if (report) {
            Q_EMIT said(Notices::addedSummary(*report));
            Q_EMIT added(*report);
        } else if (report.error().code != base::ErrorCode::Cancelled) {
            Q_EMIT failed(report.error());
        }
    });
}

void WorkspaceCommands::chooseFiles()
{
    const QStringList files = m_desktop.chooseFiles(m_window, m_folder);
    if (files.isEmpty())
        return;
    m_folder = QFileInfo(files.constFirst()).path();
    add(files);
}

void WorkspaceCommands::chooseFolder()
{
    const QString folder = m_desktop.chooseFolder(m_window, m_folder);
    if (folder.isEmpty())
        return;
    m_folder = folder;
    add({folder});
}

void WorkspaceCommands::openDocument()
{
    for (const domain::Document &document : m_selection().documents) {
        if (!m_desktop.openFile(document.path))
            Q_EMIT said(tr("No program was found that opens “%1”.").arg(document.name));
    }
}

void WorkspaceCommands::copyPaths()
{
    QStringList paths;
    for (const domain::Document &document : m_selection().documents)
        paths.append(document.path);
    m_desktop.copy(paths.join(QLatin1Char('\n')));
    Q_EMIT said(paths.size() == 1 ? tr("Copied the path.")
                                  : tr("Copied %1 paths.").arg(presentation::Format::count(paths.size())));
}

void WorkspaceCommands::checkFiles()
{
    Q_EMIT said(tr("Looking at the files…"));
    m_client.verifySources(this, [this](base::Result<int> changed) {
        if (!changed) {
            if (changed.error().code != base::ErrorCode::Cancelled)
                Q_EMIT failed(changed.error());
            return;
        }
        if (*changed == 0)
            Q_EMIT said(tr("Every file is where it was, unchanged."));
        else
            Q_EMIT said(QString());
        Q_EMIT sourcesChanged(*changed);
    });
}

void WorkspaceCommands::remove()
{
    const QVector<domain::DocumentId> ids = m_selection().ids;
    if (ids.isEmpty())
        return;
    m_client.remove(ids, this, [this, ids](base::Status status) {
        if (!status) {
            Q_EMIT failed(status.error());
            return;
        }
        m_removed.append({++m_lastToken, ids});
        if (m_removed.size() > kMaximumUndo)
            m_removed.removeFirst();
        Q_EMIT undoOffered(Notices::removed(static_cast<int>(ids.size())), m_lastToken);
        Q_EMIT canUndoChanged();
    });
}

void WorkspaceCommands::undo(qint64 token)
{
    for (auto entry = m_removed.size() - 1; entry >= 0; --entry) {
        if (token != 0 && m_removed.at(entry).token != token)
            continue;
        m_client.restore(m_removed.at(entry).ids);
        m_removed.remove(entry);
        Q_EMIT undoWithdrawn();
        Q_EMIT canUndoChanged();
        return;
    }
}

void WorkspaceCommands::deleteForGood()
{
    const QVector<domain::DocumentId> ids = m_selection().ids;
    const auto count = static_cast<int>(ids.size());
    const bool sure =
        count > 0 &&
        m_desktop.confirm(
            m_window, tr("Delete %1 for good?", "3 documents").arg(presentation::Format::documents(count)),
            tr("Their pages and analyses are forgotten. The files themselves "
               "stay where they are. This can't be undone."),
            tr("Delete for good"));
    if (!sure)
        return;
    m_client.deleteForGood(ids, this, [this, ids, count](base::Status status) {
        if (!status) {
            Q_EMIT failed(status.error());
            return;
        }
        for (Removal &removal : m_removed)
            removal.ids.removeIf([&ids](domain::DocumentId id) { return ids.contains(id); });
        m_removed.removeIf([](const Removal &removal) { return removal.ids.isEmpty(); });
        Q_EMIT said(Notices::deletedForGood(count));
        Q_EMIT canUndoChanged();
    });
}

} // namespace lectern::ui
