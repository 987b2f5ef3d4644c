// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/RecordingRelay.h"

#include <QHostAddress>
#include <QSemaphore>
#include <QTcpServer>
#include <QTcpSocket>

#include <utility>

namespace lectern::servers {

using namespace Qt::StringLiterals;

/// A connection and its other half. Lives on the relay's thread, a child of the socket that came in.
class RelayedConnection : public QObject {
public:
    RelayedConnection(QTcpSocket *client, RecordingRelay &relay)
        : QObject(client), m_client(client), m_server(new QTcpSocket(this)), m_relay(relay)
    {
        connect(m_client, &QTcpSocket::readyRead, this, &RelayedConnection::handOn);
        connect(m_server, &QTcpSocket::readyRead, this, [this] { m_client->write(m_server->readAll()); });
        connect(m_server, &QTcpSocket::disconnected, m_client, &QTcpSocket::disconnectFromHost);
        connect(m_client, &QTcpSocket::disconnected, m_client, &QObject::deleteLater);
        m_server->connectToHost(QHostAddress(QHostAddress::LocalHost),
                                static_cast<quint16>(m_relay.m_serverPort));
        handOn();
    }

private:
    void handOn()
    {
        const QByteArray bytes = m_client->readAll();
        m_server->write(bytes); // kept until it is connected
        m_reader.feed(bytes);
        while (const auto request = m_reader.next())
            m_relay.m_observe(*request);
    }

    QTcpSocket *m_client;
    QTcpSocket *m_server;
    RecordingRelay &m_relay;
    RequestReader m_reader;
};

RecordingRelay::RecordingRelay(int serverPort, Observer observe)
    : m_server(new QTcpServer), m_serverPort(serverPort), m_observe(std::move(observe))
{
    m_server->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
    QObject::connect(m_server, &QTcpServer::newConnection, m_server, [this] {
        while (QTcpSocket *socket = m_server->nextPendingConnection())
            new RelayedConnection(socket, *this);
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

RecordingRelay::~RecordingRelay()
{
    m_thread.quit();
    m_thread.wait();
}

QString RecordingRelay::root() const
{
    return u"http://127.0.0.1:%1"_s.arg(m_port);
}

} // namespace lectern::servers
