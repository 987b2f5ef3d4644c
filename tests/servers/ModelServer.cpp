// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/ModelServer.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcessEnvironment>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>

#include <csignal>
#include <sys/prctl.h>

namespace lectern::servers {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPatienceMs = 60'000;
constexpr int kTries = 3;

QString packages()
{
    return QStringLiteral(LECTERN_SERVER_PACKAGES "/node_modules");
}

int freePort()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : 0;
}

QString scriptOf(ModelServer::Program program)
{
    return packages() + (program == ModelServer::Program::AiMock ? u"/@copilotkit/aimock/dist/cli.js"_s
                                                                 : u"/@dwmkerr/mock-llm/dist/main.js"_s);
}

} // namespace

ModelServer::ModelServer(Program program, const QString &file, const QStringList &arguments,
                         const QString &keys)
    : m_program(program)
{
    const QStringList all{scriptOf(program), program == Program::AiMock ? u"-f"_s : u"--config"_s, file};
    // Between finding a port and using it another program may take it.
    for (int i = 0; i < kTries; ++i) {
        if (start(program, all + arguments, keys))
            return;
        end();
    }
}

ModelServer::~ModelServer()
{
    end();
}

bool ModelServer::isInstalled()
{
    return QFileInfo::exists(scriptOf(Program::AiMock)) && QFileInfo::exists(scriptOf(Program::MockLlm)) &&
           !QStandardPaths::findExecutable(u"node"_s).isEmpty();
}

QString ModelServer::root() const
{
    return u"http://127.0.0.1:%1"_s.arg(m_port);
}

QByteArray ModelServer::log() const
{
    QFile file(m_folder.filePath(u"log"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonArray ModelServer::journal(const QString &path) const
{
    QJsonArray requests;
    for (const QJsonValue entry : QJsonDocument::fromJson(get("/__aimock/journal")).array()) {
        if (entry.toObject().value(u"path"_s).toString().endsWith(path))
            requests.append(entry);
    }
    return requests;
}

qsizetype ModelServer::chats() const
{
    return m_program == Program::AiMock ? journal().size() : log().count("POST /v1/chat/completions");
}

QByteArray ModelServer::get(const QByteArray &path) const
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(m_port));
    // The oldest form of HTTP: the answer is whole when the connection ends.
    socket.write("GET " + path + " HTTP/1.0\r\n\r\n");
    while (socket.state() != QAbstractSocket::UnconnectedState && socket.waitForReadyRead(kPatienceMs)) {
    }
    const QByteArray answer = socket.readAll();
    return answer.mid(answer.indexOf("\r\n\r\n") + 4);
}

bool ModelServer::start(Program program, const QStringList &arguments, const QString &keys)
{
    m_port = freePort();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    QStringList all = arguments;
    if (program == Program::AiMock) {
        // A journal without a bound: what is missing in it would look like a request that was never sent.
        all << u"-p"_s << QString::number(m_port) << u"--journal-max"_s << u"0"_s;
        if (!keys.isEmpty())
            environment.insert(u"AIMOCK_API_KEYS"_s, keys);
    } else {
        environment.insert(u"HOST"_s, u"127.0.0.1"_s);
        environment.insert(u"PORT"_s, QString::number(m_port));
    }
    m_process.setProcessEnvironment(environment);
    m_process.setWorkingDirectory(m_folder.path());
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(m_folder.filePath(u"log"_s));
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.start(u"node"_s, all);
    return waitUntilItListens();
}

bool ModelServer::waitUntilItListens()
{
    QElapsedTimer elapsed;
    elapsed.start();
    while (elapsed.elapsed() < kPatienceMs) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(m_port));
        if (socket.waitForConnected(1000)) {
            m_error.clear();
            return true;
        }
        if (m_process.waitForFinished(50) || m_process.state() == QProcess::NotRunning) {
            m_error = u"ended at once: "_s + QString::fromUtf8(log().right(500));
            return false;
        }
    }
    m_error = u"does not listen"_s;
    return false;
}

void ModelServer::end()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(kPatienceMs);
}

} // namespace lectern::servers
