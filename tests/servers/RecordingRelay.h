// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/RequestReader.h"

#include <QString>
#include <QThread>

#include <functional>

class QTcpServer;

namespace lectern::servers {

/// Stands between a program and a server on this machine: hands on every byte, both ways, and shows each
/// request as it passes. For what a server's own journal leaves out: AiMock's keeps no body of more than 64
/// KB.
class RecordingRelay {
public:
    using Observer = std::function<void(const SeenRequest &request)>;

    /// `observe` is called on the relay's thread, one request at a time.
    RecordingRelay(int serverPort, Observer observe);
    ~RecordingRelay();

    /// As ModelServer::root().
    [[nodiscard]] QString root() const;
    [[nodiscard]] QString address() const { return root() + QStringLiteral("/v1"); }

private:
    friend class RelayedConnection;

    QThread m_thread;
    QTcpServer *m_server = nullptr;
    const int m_serverPort;
    Observer m_observe;
    int m_port = 0;
};

} // namespace lectern::servers
