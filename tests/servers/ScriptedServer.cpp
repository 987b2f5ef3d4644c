// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/ScriptedServer.h"

#include <QHostAddress>
#include <QSemaphore>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <memory>
#include <utility>

namespace lectern::servers {

using namespace Qt::StringLiterals;

/// One connection: reads requests, plays their scripts. Lives on the server's thread, a child of its socket.
class ScriptedConnection : public QObject {
public:
    ScriptedConnection(QTcpSocket *socket, ScriptedServer &server)
        : QObject(socket), m_socket(socket), m_server(server)
    {
        connect(socket, &QTcpSocket::readyRead, this, &ScriptedConnection::read);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        read();
    }

private:
    void read()
    {
        m_requests.feed(m_socket->readAll());
        if (m_playing)
            return;
        const auto request = m_requests.next();
        if (!request)
            return;
        m_script = m_server.take(*request);
        m_playing = true;
        play();
    }

    void play()
    {
        while (!m_script.isEmpty()) {
            const Step step = m_script.takeFirst();
            switch (step.kind) {
            case Step::Kind::Send:
                m_socket->write(step.bytes);
                m_socket->flush();
                break;
            case Step::Kind::Wait:
                QTimer::singleShot(step.ms, this, [this] { play(); });
                return;
            case Step::Kind::Close:
                m_socket->disconnectFromHost(); // after what was written
                return;
            case Step::Kind::Hang:
                return;
            }
        }
        m_playing = false;
        read();
    }

    QTcpSocket *m_socket;
    ScriptedServer &m_server;
    RequestReader m_requests;
    Script m_script;
    bool m_playing = false;
};

ScriptedServer::ScriptedServer(Answerer answer, const QSslConfiguration *tls)
    : m_answer(std::move(answer)), m_tls(tls != nullptr)
{
    if (tls) {
        auto *server = new QSslServer;
        server->setSslConfiguration(*tls);
        m_server = server;
    } else {
        m_server = new QTcpServer;
    }
    m_server->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
    QObject::connect(m_server, &QTcpServer::pendingConnectionAvailable, m_server, [this] {
        while (QTcpSocket *socket = m_server->nextPendingConnection()) {
            {
                const QMutexLocker lock(&m_mutex);
                ++m_connections;
            }
            new ScriptedConnection(socket, *this);
        }
    });
    m_thread.start();
    QSemaphore listening;
    QMetaObject::invokeMethod(m_server, [this, &listening] {
        if (m_server->listen(QHostAddress::LocalHost))
            m_port = m_server->serverPort();
        listening.release();
    });
    listening.acquire();
}

ScriptedServer::~ScriptedServer()
{
    m_thread.quit();
    m_thread.wait();
}

QString ScriptedServer::root() const
{
    return u"%1://127.0.0.1:%2"_s.arg(m_tls ? u"https"_s : u"http"_s).arg(m_port);
}

QVector<SeenRequest> ScriptedServer::seen() const
{
    const QMutexLocker lock(&m_mutex);
    return m_seen;
}

int ScriptedServer::connections() const
{
    const QMutexLocker lock(&m_mutex);
    return m_connections;
}

Script ScriptedServer::take(const SeenRequest &request)
{
    {
        const QMutexLocker lock(&m_mutex);
        m_seen.append(request);
    }
    return m_answer(request);
}

QByteArray httpAnswer(int status, const QByteArray &contentType, const QByteArray &body,
                      const QByteArray &moreHeaders)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Scripted\r\nContent-Type: " + contentType +
           "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + moreHeaders + "\r\n" + body;
}

QByteArray streamHead()
{
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
}

QByteArray streamEvent(const QByteArray &data)
{
    return "data: " + data + "\n\n";
}

} // namespace lectern::servers
