// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Connection.h"

#include "store/ConnectionState.h"
#include "store/Failure.h"
#include "store/Statement.h"

#include <QSqlDriver>
#include <QSqlError>
#include <QUuid>
#include <QVariant>

#include <sqlite3.h>

#include <utility>

namespace lectern::store {

namespace {

constexpr const char *kDataVersion = "PRAGMA data_version";

constexpr const char *kReaderSettings[] = {
    "PRAGMA query_only = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA cache_size = -8000",
};

// Checkpoints are made by Checkpointer alone: SQLite's automatic ones are PASSIVE, and in 3.7.0 to 3.51.2 a
// PASSIVE checkpoint that races with a commit can corrupt the database. The cache fills with what was written
// last, so its size is memory that is held; a larger one made neither adding nor asking faster at 100,000
// pages.
constexpr const char *kWriterSettings[] = {
    "PRAGMA foreign_keys = ON",      "PRAGMA synchronous = FULL",
    "PRAGMA wal_autocheckpoint = 0", "PRAGMA journal_size_limit = 8388608",
    "PRAGMA mmap_size = 0",          "PRAGMA cache_size = -4000",
    "PRAGMA temp_store = MEMORY",
};

void runOnce(Connection &connection, const char *sql)
{
    Statement statement(connection, QString::fromLatin1(sql));
    statement.run();
}

// SQLite's count of its own memory takes a lock at each allocation, and nobody asks for it. Has an effect
// only before the process opens its first database; later it does nothing.
void spareMemoryStatistics()
{
    static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    Q_UNUSED(once)
}

} // namespace

Connection::State::~State()
{
    prepared.clear();
    database.close();
    database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

Connection::Connection(std::shared_ptr<State> state) : m_state(std::move(state)) {}

Connection::~Connection() = default;

base::Result<std::unique_ptr<Connection>> Connection::open(const Options &options)
{
    spareMemoryStatistics();
    auto state = std::make_shared<State>();
    state->name = QStringLiteral("lectern-") + QUuid::createUuid().toString(QUuid::WithoutBraces);
    state->file = options.file;
    state->database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), state->name);
    state->database.setDatabaseName(options.file);
    QString connectOptions = QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(options.busyTimeoutMs);
    if (options.access == Access::ReadOnly)
        connectOptions += QStringLiteral(";QSQLITE_OPEN_READONLY");
    state->database.setConnectOptions(connectOptions);
    if (!state->database.open())
        return base::fail(errorOf(state->database.lastError(), options.file));

    std::unique_ptr<Connection> connection(new Connection(std::move(state)));
    auto configured = attempt([&] {
        if (options.access == Access::ReadOnly) {
            for (const char *sql : kReaderSettings)
                runOnce(*connection, sql);
        } else {
            // First, since it is the first to touch the file: a file that is no database is found out here.
            runOnce(*connection, "PRAGMA journal_mode = WAL");
            for (const char *sql : kWriterSettings)
                runOnce(*connection, sql);
        }
    });
    if (!configured)
        return base::fail(configured.error());
    return connection;
}

base::Result<qint64> Connection::dataVersion()
{
    return attempt([&] { return readInteger(*this, kDataVersion).value_or(0); });
}

sqlite3 *sqliteHandle(Connection &connection)
{
    const QVariant handle = connection.m_state->database.driver()->handle();
    return *static_cast<sqlite3 *const *>(handle.constData());
}

} // namespace lectern::store
