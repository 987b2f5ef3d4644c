// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Database.h"

#include "store/Connection.h"
#include "store/Failure.h"
#include "store/LockFile.h"
#include "store/Migrator.h"
#include "store/NetworkDrive.h"
#include "store/Statement.h"
#include "store/Transaction.h"
#include "store/WriterThread.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSysInfo>

#include <chrono>
#include <thread>
#include <utility>

namespace lectern::store {

using base::ErrorCode;

namespace {

constexpr auto kOpenPoll = std::chrono::milliseconds(5);

// Which start of the computer has the workspace open; empty after the last program has closed it.
constexpr const char *kOpenedInBoot = "SELECT value FROM workspace_setting WHERE key = 'opened_in_boot'";
constexpr const char *kSetOpenedInBoot =
    "INSERT INTO workspace_setting (key, value) VALUES ('opened_in_boot', ?) "
    "ON CONFLICT (key) DO UPDATE SET value = excluded.value";
constexpr const char *kQuickCheck = "PRAGMA quick_check(1)";
constexpr const char *kIntegrityCheck = "PRAGMA integrity_check";
constexpr const char *kForeignKeyCheck = "PRAGMA foreign_key_check";
constexpr const char *kSearchCheck =
    "SELECT count(*) FROM page_text WHERE page_id NOT IN (SELECT rowid FROM page_search)";

QString firstText(const Statement &row)
{
    return row.text(0);
}

// Takes the lock as the first, or joins those who have it. True: first.
base::Result<bool> enter(LockFile &locks, int timeoutMs)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeoutMs);
    for (;;) {
        if (locks.tryExclusive(LockFile::Part::Open))
            return true;
        if (locks.tryShared(LockFile::Part::Open))
            return false;
        if (std::chrono::steady_clock::now() >= deadline)
            return base::fail(ErrorCode::WorkspaceLocked,
                              QStringLiteral("another program is opening this workspace"));
        std::this_thread::sleep_for(kOpenPoll);
    }
}

class LocalDatabase final : public Database {
public:
    LocalDatabase(QString folder, LockFile locks, bool wasChecked)
        : m_folder(std::move(folder)), m_locks(std::move(locks)), m_wasChecked(wasChecked)
    {
    }

    ~LocalDatabase() override
    {
        // The last one out says that all is well; when that fails, the next opening is merely more careful.
        if (m_writer && m_locks.tryExclusive(LockFile::Part::Open)) {
            const auto noted = m_writer->run([](Transaction &transaction) {
                return attempt([&] { execute(transaction, kSetOpenedInBoot, QString()); });
            });
            Q_UNUSED(noted)
        }
        m_writer.reset();
    }

    base::Status startWriter(const Options &options, const base::Clock &clock)
    {
        auto writer = WriterThread::start({file(), options.busyTimeoutMs}, m_locks, clock);
        if (!writer)
            return base::fail(writer.error());
        m_writer = std::move(*writer);
        return {};
    }

    Writer &writer() override { return *m_writer; }

    base::Result<std::unique_ptr<Connection>> openReader() override { return Connection::open({file()}); }

    QString folder() const override { return m_folder; }

    bool wasChecked() const override { return m_wasChecked; }

    base::Result<QStringList> checkIntegrity() override
    {
        auto reader = openReader();
        if (!reader)
            return base::fail(reader.error());
        return attempt([&] {
            QStringList findings = readRows(**reader, kIntegrityCheck, firstText);
            findings.removeAll(QStringLiteral("ok"));
            for (const QString &table : readRows(**reader, kForeignKeyCheck, firstText))
                findings.append(QStringLiteral("dangling reference in ") + table);
            if (const qint64 missing = readInteger(**reader, kSearchCheck).value_or(0))
                findings.append(QStringLiteral("%1 pages are missing from the search index").arg(missing));
            return findings;
        });
    }

private:
    [[nodiscard]] QString file() const { return m_folder + QStringLiteral("/workspace.db"); }

    QString m_folder;
    LockFile m_locks;
    std::unique_ptr<WriterThread> m_writer; ///< uses m_locks
    bool m_wasChecked = false;
};

base::Status createFolder(const QString &folder)
{
    if (QFileInfo(folder).isDir())
        return {};
    if (!QDir().mkpath(folder))
        return base::fail(ErrorCode::ReadOnly, folder);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return {};
}

// What only the first program to open the workspace does. Returns whether the file was checked.
bool prepare(Connection &connection, const Migrator &migrator, const QString &folder, const QString &bootId,
             const base::Clock &clock)
{
    bool checked = false;
    if (orThrow(Migrator::versionOf(connection)) > 0) {
        const QString opened = readRow(connection, kOpenedInBoot, firstText).value_or(QString());
        if (!opened.isEmpty() && opened != bootId) {
            checked = true;
            const QString finding = readRow(connection, kQuickCheck, firstText).value_or(QString());
            if (finding != QStringLiteral("ok"))
                throw Failure{{ErrorCode::WorkspaceDamaged, finding}};
        }
    }
    orThrow(migrator.migrate(connection, folder + QStringLiteral("/backups"), clock));
    execute(connection, kSetOpenedInBoot, bootId);
    return checked;
}

} // namespace

base::Result<std::unique_ptr<Database>> Database::open(const Options &options, const base::Clock &clock)
{
    const QString folder = QDir::cleanPath(QDir(options.folder).absolutePath());
    if (auto created = createFolder(folder); !created)
        return base::fail(created.error());
    if (options.isOnNetworkDrive ? options.isOnNetworkDrive(folder) : isOnNetworkDrive(folder))
        return base::fail(ErrorCode::WorkspaceOnNetworkDrive, folder);
    auto migrator =
        Migrator::load(options.migrations.isEmpty() ? Migrator::builtInSteps() : options.migrations);
    if (!migrator)
        return base::fail(migrator.error());
    auto locks = LockFile::open(folder + QStringLiteral("/workspace.lock"));
    if (!locks)
        return base::fail(locks.error());
    const auto first = enter(*locks, options.busyTimeoutMs);
    if (!first)
        return base::fail(first.error());

    auto connection = Connection::open(
        {folder + QStringLiteral("/workspace.db"), Connection::Access::ReadWrite, options.busyTimeoutMs});
    if (!connection)
        return base::fail(connection.error());
    const QString bootId =
        options.bootId.isEmpty() ? QString::fromLatin1(QSysInfo::bootUniqueId()) : options.bootId;
    const auto checked = attempt([&] {
        if (*first)
            return prepare(**connection, *migrator, folder, bootId, clock);
        const int version = orThrow(Migrator::versionOf(**connection));
        if (version > migrator->latest())
            throw Failure{{ErrorCode::WorkspaceNewer, folder}};
        if (version < migrator->latest())
            throw Failure{
                {ErrorCode::WorkspaceLocked, QStringLiteral("open in an older version of Lectern")}};
        return false;
    });
    if (!checked)
        return base::fail(checked.error());
    if (*first && !locks->tryShared(LockFile::Part::Open))
        return base::fail(ErrorCode::WorkspaceLocked, folder);

    auto database = std::make_unique<LocalDatabase>(folder, std::move(*locks), *checked);
    if (auto started = database->startWriter(options, clock); !started)
        return base::fail(started.error());
    return database;
}

} // namespace lectern::store
