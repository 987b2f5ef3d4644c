// SPDX-License-Identifier: GPL-3.0-or-later
#include "Scene.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace lectern::e2e {

QJsonArray Finished::array() const
{
    return QJsonDocument::fromJson(output).array();
}

QJsonObject Finished::object() const
{
    return QJsonDocument::fromJson(output).object();
}

QVector<QJsonObject> Finished::events() const
{
    QVector<QJsonObject> objects;
    for (const QByteArray &line : output.split('\n')) {
        if (!line.isEmpty())
            objects.append(QJsonDocument::fromJson(line).object());
    }
    return objects;
}

QVector<QJsonObject> Finished::events(const QString &name) const
{
    QVector<QJsonObject> chosen;
    for (const QJsonObject &event : events()) {
        if (event.value(u"event"_s).toString() == name)
            chosen.append(event);
    }
    return chosen;
}

QByteArray Finished::told() const
{
    return "exit code " + QByteArray::number(exitCode) + (crashed ? ", by a signal" : "") +
           "\noutput: " + output.right(2'000) + "\nerrors: " + errors.right(2'000);
}

Scene::Scene()
    : m_program(QStringLiteral(LECTERN_BIN_DIR "/lectern-cli")),
      m_environment(QProcessEnvironment::systemEnvironment())
{
    m_environment.insert(u"LECTERN_PDF_HELPER"_s, QStringLiteral(LECTERN_BIN_DIR "/lectern-pdf"));
    m_environment.insert(u"LECTERN_EMBEDDING"_s, u"none"_s); // it costs time, and few tests are about it
}

QString Scene::write(const QString &name, const QByteArray &content) const
{
    const QString path = file(name);
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile target(path);
    if (!target.open(QIODevice::WriteOnly) || target.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

std::unique_ptr<QProcess> Scene::start(const QStringList &arguments) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(m_environment);
    process->setProgram(m_program);
    process->setArguments(QStringList{u"--workspace"_s, workspace()} + arguments);
    process->setChildProcessModifier([] { ::setsid(); });
    process->start();
    return process;
}

Finished Scene::finish(QProcess &process, int timeoutMs)
{
    Finished finished;
    if (!process.waitForFinished(timeoutMs)) {
        if (process.state() != QProcess::NotRunning) {
            qWarning("the program did not end within %d ms", timeoutMs);
            process.kill();
            process.waitForFinished();
        }
    }
    finished.exitCode = process.exitCode();
    finished.crashed = process.exitStatus() == QProcess::CrashExit;
    finished.output = process.readAllStandardOutput();
    finished.errors = process.readAllStandardError();
    return finished;
}

Finished Scene::run(const QStringList &arguments, const QByteArray &input) const
{
    const auto process = start(arguments);
    process->write(input);
    process->closeWriteChannel();
    return finish(*process);
}

QHash<QString, QJsonObject> Scene::documents() const
{
    QHash<QString, QJsonObject> byName;
    for (const QJsonValue value : run({u"documents"_s, u"--json"_s}).array())
        byName.insert(value.toObject().value(u"name"_s).toString(), value.toObject());
    return byName;
}

QVector<qint64> Scene::sessionMembers(qint64 leader)
{
    QVector<qint64> members;
    for (const QString &name : QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        bool isProcess = false;
        const qint64 pid = name.toLongLong(&isProcess);
        QFile stat(u"/proc/%1/stat"_s.arg(name));
        if (!isProcess || pid == leader || !stat.open(QIODevice::ReadOnly))
            continue;
        // "pid (name) state parent group session …"; the name may hold anything.
        const QByteArray line = stat.readAll();
        const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
        const bool isZombie = fields.value(0) == "Z";
        if (!isZombie && fields.value(3).toLongLong() == leader)
            members.append(pid);
    }
    return members;
}

} // namespace lectern::e2e
