// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

class QLocalServer;

namespace lectern::app {

/// One window per workspace: the first start listens on a socket in the runtime folder, a later one hands its
/// paths over. Only the same user can reach the socket. GUI thread.
class SingleInstance final : public QObject {
    Q_OBJECT

public:
    explicit SingleInstance(const QString &workspaceFolder, QObject *parent = nullptr);
    ~SingleInstance() override;
    /// Before there is an event loop: true when a running window took the paths (waits two seconds at most).
    [[nodiscard]] bool handOver(const QStringList &paths) const;
    /// Takes what later starts hand over. False when nobody can be heard: several windows are then possible.
    bool listen();
    /// No longer: a later start is a window of its own.
    void stop();
    [[nodiscard]] QString socketPath() const { return m_path; }

Q_SIGNALS:
    /// Another start: with these paths, or only to bring the window to the front.
    void received(const QStringList &paths);

private:
    void accept();

    QString m_path;
    QLocalServer *m_server;
};

} // namespace lectern::app
