// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Migrator.h"

#include "store/Connection.h"
#include "store/Failure.h"
#include "store/Statement.h"

#include "base/CrashPoint.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <utility>

#include <unistd.h>

namespace lectern::store {

using base::ErrorCode;

namespace {

constexpr int kBackupsKept = 3;

constexpr const char *kVersion = "PRAGMA user_version";
constexpr const char *kTableCount = "SELECT count(*) FROM sqlite_schema";
constexpr const char *kForeignKeysOff = "PRAGMA foreign_keys = OFF";
constexpr const char *kForeignKeysOn = "PRAGMA foreign_keys = ON";
constexpr const char *kForeignKeyCheck = "SELECT count(*) FROM pragma_foreign_key_check";
constexpr const char *kBegin = "BEGIN IMMEDIATE";
constexpr const char *kCommit = "COMMIT";
constexpr const char *kRollback = "ROLLBACK";
constexpr const char *kBackup = "VACUUM INTO ?";

// A statement ends with a semicolon and an empty line, so that a trigger's inner semicolons need no parser.
QStringList statementsOf(const QString &script)
{
    static const QRegularExpression boundary(QStringLiteral(";[ \\t]*\\r?\\n[ \\t]*\\r?\\n"));
    static const QRegularExpression onlyComments(QStringLiteral("^(\\s|--[^\\n]*(\\n|$))*$"));
    QStringList statements;
    for (const QString &statement : script.split(boundary)) {
        if (!onlyComments.match(statement).hasMatch())
            statements.append(statement);
    }
    return statements;
}

void flushToDisk(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite) || ::fsync(file.handle()) != 0)
        throw Failure{{ErrorCode::DiskFull, path}};
}

// The copy gets its name when it is whole, so that a crash leaves no half backup that looks like one.
void backUp(Connection &connection, int version, const QString &folder, qint64 nowMs)
{
    if (!QDir().mkpath(folder))
        throw Failure{{ErrorCode::ReadOnly, folder}};
    const QString stem = QStringLiteral("workspace-v%1-").arg(version);
    const QString path = QStringLiteral("%1/%2%3.db").arg(folder, stem).arg(nowMs);
    const QString unfinished = path + QStringLiteral(".part");
    QFile::remove(unfinished);
    execute(connection, kBackup, unfinished);
    flushToDisk(unfinished);
    if (!QFile::exists(path) && !QFile::rename(unfinished, path))
        throw Failure{{ErrorCode::ReadOnly, path}};

    QDir backups(folder);
    const QStringList names = backups.entryList({QStringLiteral("workspace-v*.db")}, QDir::Files, QDir::Time);
    for (const QString &old : names.mid(kBackupsKept))
        backups.remove(old);
}

} // namespace

QString Migrator::builtInSteps()
{
    return QStringLiteral(":/lectern/schema");
}

base::Result<Migrator> Migrator::load(const QString &folder)
{
    Migrator migrator;
    const QStringList names = QDir(folder).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        if (name.section(u'_', 0, 0).toInt() != migrator.latest() + 1)
            return base::fail(ErrorCode::Internal, QStringLiteral("migration out of order: ") + name);
        QFile file(folder + u'/' + name);
        if (!file.open(QIODevice::ReadOnly))
            return base::fail(ErrorCode::Internal, file.fileName());
        migrator.m_steps.append({name, statementsOf(QString::fromUtf8(file.readAll()))});
    }
    if (migrator.m_steps.isEmpty())
        return base::fail(ErrorCode::Internal, QStringLiteral("no migrations in ") + folder);
    return migrator;
}

base::Result<int> Migrator::versionOf(Connection &connection)
{
    return attempt([&] {
        const auto version = static_cast<int>(readInteger(connection, kVersion).value_or(0));
        if (version == 0 && readInteger(connection, kTableCount).value_or(0) != 0)
            throw Failure{
                {ErrorCode::WorkspaceDamaged, QStringLiteral("workspace.db is not a Lectern workspace")}};
        return version;
    });
}

base::Status Migrator::migrate(Connection &connection, const QString &backupFolder,
                               const base::Clock &clock) const
{
    return attempt([&] {
        const int version = orThrow(versionOf(connection));
        if (version > latest()) {
            throw Failure{{ErrorCode::WorkspaceNewer,
                           QStringLiteral("version %1, this program knows %2").arg(version).arg(latest())}};
        }
        if (version == latest())
            return;
        if (version > 0)
            backUp(connection, version, backupFolder, clock.nowMs());
        execute(connection, kForeignKeysOff); // a step may have to rebuild a table that others refer to
        for (int next = version + 1; next <= latest(); ++next)
            apply(connection, next);
        execute(connection, kForeignKeysOn);
    });
}

void Migrator::apply(Connection &connection, int version) const
{
    base::crashPoint("migration-before-step");
    execute(connection, kBegin);
    const auto applied = attempt([&] {
        // Another process may have been here since: its step counts, ours is not needed.
        if (readInteger(connection, kVersion).value_or(0) < version) {
            for (const QString &sql : m_steps.at(version - 1).statements) {
                Statement statement(connection, sql);
                statement.run();
                base::crashPoint("migration-mid-step");
            }
            if (readInteger(connection, kForeignKeyCheck).value_or(0) != 0)
                throw Failure{{ErrorCode::WorkspaceDamaged, m_steps.at(version - 1).name}};
            Statement number(connection, QStringLiteral("PRAGMA user_version = %1").arg(version));
            number.run();
        }
        execute(connection, kCommit);
    });
    if (!applied) {
        const auto undone = attempt([&] { execute(connection, kRollback); });
        Q_UNUSED(undone) // SQLite may have rolled back already; the first error is the one that tells
        throw Failure{applied.error()};
    }
    base::crashPoint("migration-after-step");
}

} // namespace lectern::store
