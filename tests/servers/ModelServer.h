// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace lectern::servers {

/// A server that others wrote, on a free port of this machine, for as long as this object lives. It is ended
/// by its process id, and with the test program should that crash.
class ModelServer {
public:
    enum class Program {
        AiMock,  ///< @copilotkit/aimock; its file holds fixtures in JSON, of which the first that matches
                 ///< answers
        MockLlm, ///< @dwmkerr/mock-llm; its file holds rules in YAML, of which the last that matches answers
    };

    /// Blocks until the server listens. `keys`: with AiMock, the only bearer tokens it lets in.
    ModelServer(Program program, const QString &file, const QStringList &arguments = {},
                const QString &keys = {});
    ~ModelServer();

    /// The packages are there; a test that needs them skips otherwise.
    [[nodiscard]] static bool isInstalled();

    /// Why it does not run; empty when it does.
    [[nodiscard]] QString error() const { return m_error; }
    [[nodiscard]] int port() const { return m_port; }
    /// "http://127.0.0.1:4010"
    [[nodiscard]] QString root() const;
    /// "http://127.0.0.1:4010/v1", the address of an endpoint.
    [[nodiscard]] QString address() const { return root() + QStringLiteral("/v1"); }
    /// With AiMock: every request for what a path ends with, in order of arrival: {"body", "response", …}. A
    /// body of more than 64 KB, as with a picture, is left out.
    [[nodiscard]] QJsonArray journal(const QString &path = QStringLiteral("/chat/completions")) const;
    /// How many chats were asked of it; either program.
    [[nodiscard]] qsizetype chats() const;
    /// What it printed so far.
    [[nodiscard]] QByteArray log() const;

private:
    [[nodiscard]] QByteArray get(const QByteArray &path) const;
    bool start(Program program, const QStringList &arguments, const QString &keys);
    bool waitUntilItListens();
    void end();

    Program m_program;
    QTemporaryDir m_folder;
    QProcess m_process;
    int m_port = 0;
    QString m_error;
};

} // namespace lectern::servers
