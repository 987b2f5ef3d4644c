// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/RequestReader.h"

#include <QByteArray>
#include <QMutex>
#include <QSslConfiguration>
#include <QString>
#include <QThread>
#include <QVector>

#include <functional>

class QTcpServer;

namespace lectern::servers {

/// What the server does after a request has come in, in order.
struct Step {
    enum class Kind {
        Send,  ///< `bytes`, as they are
        Wait,  ///< `ms`
        Close, ///< at once, without any farewell of HTTP
        Hang,  ///< nothing more until the other side goes
    };
    Kind kind = Kind::Send;
    QByteArray bytes;
    int ms = 0;

    [[nodiscard]] static Step send(const QByteArray &bytes) { return {Kind::Send, bytes, 0}; }
    [[nodiscard]] static Step wait(int ms) { return {Kind::Wait, {}, ms}; }
    [[nodiscard]] static Step close() { return {Kind::Close, {}, 0}; }
    [[nodiscard]] static Step hang() { return {Kind::Hang, {}, 0}; }
};
using Script = QVector<Step>;

/// A server of one's own for what no real one does on demand: it answers each request with a script, on a
/// thread of its own, on a free port of this machine.
class ScriptedServer {
public:
    using Answerer = std::function<Script(const SeenRequest &request)>;

    /// `answer` is called on the server's thread, one request at a time. With `tls`, it speaks https.
    explicit ScriptedServer(Answerer answer, const QSslConfiguration *tls = nullptr);
    ~ScriptedServer();

    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] QString root() const;
    [[nodiscard]] QString address() const { return root() + QStringLiteral("/v1"); }
    /// All requests so far. Thread-safe.
    [[nodiscard]] QVector<SeenRequest> seen() const;
    [[nodiscard]] int connections() const;

private:
    friend class ScriptedConnection;
    Script take(const SeenRequest &request);

    QThread m_thread;
    QTcpServer *m_server = nullptr;
    Answerer m_answer;
    int m_port = 0;
    bool m_tls = false;
    mutable QMutex m_mutex;
    QVector<SeenRequest> m_seen;
    int m_connections = 0;
};

/// A whole answer of HTTP with a length.
[[nodiscard]] QByteArray httpAnswer(int status, const QByteArray &contentType, const QByteArray &body,
                                    const QByteArray &moreHeaders = {});
/// The head of a stream that ends with its connection, and the frame of one event.
[[nodiscard]] QByteArray streamHead();
[[nodiscard]] QByteArray streamEvent(const QByteArray &data);

} // namespace lectern::servers
