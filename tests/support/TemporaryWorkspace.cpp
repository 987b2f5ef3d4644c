// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/TemporaryWorkspace.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>

namespace lectern::support {

namespace {

constexpr int kPatienceMs = 60'000;

// In memory where the system has such a place: a test does not survive a power cut anyway, and flushing a
// disk ten thousand times takes minutes.
QString rootTemplate()
{
    const QString memory = QStringLiteral("/dev/shm");
    const QString parent = QFileInfo(memory).isWritable() ? memory : QDir::tempPath();
    return parent + QStringLiteral("/lectern-test-XXXXXX");
}

} // namespace

TemporaryWorkspace::TemporaryWorkspace() : m_root(rootTemplate())
{
    if (!m_root.isValid())
        qFatal("no temporary folder: %s", qPrintable(m_root.errorString()));
}

QString TemporaryWorkspace::folder() const
{
    return m_root.filePath(QStringLiteral("workspace"));
}

QString TemporaryWorkspace::databaseFile() const
{
    return folder() + QStringLiteral("/workspace.db");
}

QString TemporaryWorkspace::pathOf(const QString &name) const
{
    return m_root.filePath(name);
}

QString TemporaryWorkspace::sqlite3(const QString &sql) const
{
    return runSqlite3(databaseFile(), sql);
}

QString runSqlite3(const QString &databaseFile, const QString &sql)
{
    QProcess process;
    process.start(QStringLiteral("sqlite3"), {QStringLiteral("-batch"), QStringLiteral("-cmd"),
                                              QStringLiteral(".timeout 10000"), databaseFile, sql});
    if (!process.waitForStarted() || !process.waitForFinished(kPatienceMs))
        return QStringLiteral("error: sqlite3: ") + process.errorString();
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return QStringLiteral("error: ") + QString::fromUtf8(process.readAllStandardError());
    return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
}

} // namespace lectern::support
