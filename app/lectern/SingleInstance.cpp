// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lectern/SingleInstance.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QDir>
#include <QLocalServer>
#include <QLocalSocket>
#include <QStandardPaths>

namespace lectern::app {

namespace {

constexpr int kPatienceMs = 2'000;
constexpr char kTaken = 'k';

QString socketFor(const QString &workspaceFolder)
{
    QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (folder.isEmpty())
        folder = QDir::tempPath();
    // The canonical path, where there is one already, so that a link leads to the same window.
    const QString canonical = QDir(workspaceFolder).canonicalPath();
    const QString name = canonical.isEmpty() ? QDir::cleanPath(workspaceFolder) : canonical;
    const QByteArray hash =
        QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    return folder + QStringLiteral("/lectern-") + QString::fromLatin1(hash);
}

} // namespace

SingleInstance::SingleInstance(const QString &workspaceFolder, QObject *parent)
    : QObject(parent), m_path(socketFor(workspaceFolder)), m_server(new QLocalServer(this))
{
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server, &QLocalServer::newConnection, this, &SingleInstance::accept);
}

SingleInstance::~SingleInstance() = default;

bool SingleInstance::handOver(const QStringList &paths) const
{
    QLocalSocket socket;
    socket.connectToServer(m_path);
    if (!socket.waitForConnected(kPatienceMs))
        return false;
    QDataStream stream(&socket);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << paths;
    if (!socket.waitForBytesWritten(kPatienceMs) || !socket.waitForReadyRead(kPatienceMs))
        return false;
    char answer = 0;
    return socket.getChar(&answer) && answer == kTaken;
}

bool SingleInstance::listen()
{
    if (m_server->listen(m_path))
        return true;
    // A socket left behind by a program that was killed: nobody answers there, or handOver() had been
    // successful.
    QLocalServer::removeServer(m_path);
    return m_server->listen(m_path);
}

void SingleInstance::stop()
{
    m_server->close();
}

void SingleInstance::accept()
{
    while (QLocalSocket *socket = m_server->nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            QDataStream stream(socket);
            stream.setVersion(QDataStream::Qt_6_4);
            QStringList paths;
            stream.startTransaction();
            stream >> paths;
            if (!stream.commitTransaction())
                return;
            socket->putChar(kTaken);
            socket->flush();
            Q_EMIT received(paths);
        });
    }
}

} // namespace lectern::app
