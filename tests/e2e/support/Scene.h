// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QVector>

#include <memory>

namespace lectern::e2e {

/// What a finished program left.
struct Finished {
    int exitCode = -1;
    bool crashed = false; ///< ended by a signal
    QByteArray output;
    QByteArray errors;

    /// The one document of a `--json` command.
    [[nodiscard]] QJsonArray array() const;
    [[nodiscard]] QJsonObject object() const;
    /// The objects of an event stream; a line that is no object gives an empty one.
    [[nodiscard]] QVector<QJsonObject> events() const;
    [[nodiscard]] QVector<QJsonObject> events(const QString &name) const;
    /// For the message of a failed check.
    [[nodiscard]] QByteArray told() const;
};

/// A workspace in a temporary folder and the real programs that work on it, each in a session of its own, so
/// that whatever it leaves behind can be found.
class Scene {
public:
    Scene();

    [[nodiscard]] bool isValid() const { return m_folder.isValid(); }
    [[nodiscard]] QString workspace() const { return m_folder.filePath(QStringLiteral("workspace")); }
    [[nodiscard]] QString database() const { return workspace() + QStringLiteral("/workspace.db"); }
    /// A path in the temporary folder, outside of the workspace.
    [[nodiscard]] QString file(const QString &name) const { return m_folder.filePath(name); }
    /// Writes a file there and returns its path.
    QString write(const QString &name, const QByteArray &content) const;

    /// Another program than lectern-cli, for all following starts.
    void setProgram(const QString &path) { m_program = path; }
    void setEnvironment(const QString &name, const QString &value) { m_environment.insert(name, value); }
    void unsetEnvironment(const QString &name) { m_environment.remove(name); }

    /// Runs it with `--workspace` of this scene until it ends.
    [[nodiscard]] Finished run(const QStringList &arguments, const QByteArray &input = {}) const;
    [[nodiscard]] std::unique_ptr<QProcess> start(const QStringList &arguments) const;
    [[nodiscard]] static Finished finish(QProcess &process, int timeoutMs = 120'000);

    /// The documents of the workspace by file name.
    [[nodiscard]] QHash<QString, QJsonObject> documents() const;

    /// Programs of the session that `leader` started, itself left out. Linux.
    [[nodiscard]] static QVector<qint64> sessionMembers(qint64 leader);

private:
    QTemporaryDir m_folder;
    QString m_program;
    QProcessEnvironment m_environment;
};

} // namespace lectern::e2e
