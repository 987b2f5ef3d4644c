// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Statement.h"

#include "store/Failure.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlQuery>
#include <QSqlResult>
#include <QStorageInfo>

#include <sqlite3.h>

#include <atomic>
#include <utility>

namespace lectern::store {

using base::Error;
using base::ErrorCode;

namespace {

constexpr int kPrimaryCodeMask = 0xff;
constexpr qint64 kNoRoomBytes = 1 << 20;

std::atomic<StatementFault> g_fault = nullptr;

// SQLite reports a full disk as SQLITE_FULL when a write fails, but as an I/O error when a map or a flush
// does.
bool isOutOfRoom(const QString &file)
{
    const QStorageInfo storage(QFileInfo(file).absolutePath());
    return storage.isValid() && storage.bytesAvailable() < kNoRoomBytes;
}

ErrorCode meaningOf(int code, const QString &file)
{
    switch (code & kPrimaryCodeMask) {
    case SQLITE_FULL:
        return ErrorCode::DiskFull;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
        return ErrorCode::WorkspaceLocked;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return ErrorCode::ReadOnly;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ErrorCode::WorkspaceDamaged;
    case SQLITE_CANTOPEN: {
        const QFileInfo info(file);
        const bool writable = info.exists() ? info.isWritable() : QFileInfo(info.absolutePath()).isWritable();
        if (!writable)
            return ErrorCode::ReadOnly;
        return isOutOfRoom(file) ? ErrorCode::DiskFull : ErrorCode::Database;
    }
    case SQLITE_IOERR:
        return isOutOfRoom(file) ? ErrorCode::DiskFull : ErrorCode::Database;
    default:
        return ErrorCode::Database;
    }
}

} // namespace

Error errorOfCode(int code, const QString &message, const QString &about)
{
    return {meaningOf(code, about), QStringLiteral("%1 (%2, SQLite %3)").arg(about, message).arg(code)};
}

Error errorOf(const QSqlError &error, const QString &about)
{
    return errorOfCode(error.nativeErrorCode().toInt(), error.databaseText(), about);
}

void setStatementFault(StatementFault fault)
{
    g_fault = fault;
}

Statement::Statement(Connection &connection, const char *sql) : m_state(connection.m_state), m_constant(sql)
{
    Q_ASSERT_X(m_state->owner == std::this_thread::get_id(), "Statement",
               "a connection belongs to one thread");
    std::shared_ptr<Connection::State::Prepared> &kept = m_state->prepared[sql];
    if (kept && !kept->busy) {
        m_prepared = kept;
    } else {
        m_prepared = std::make_shared<Connection::State::Prepared>();
        m_prepared->query = std::make_unique<QSqlQuery>(m_state->database);
        m_prepared->query->setForwardOnly(true);
        if (!m_prepared->query->prepare(QString::fromUtf8(sql)))
            fail();
        if (!kept)
            kept = m_prepared; // else it runs within itself: this second copy is not kept
    }
    m_prepared->busy = true;
}

Statement::Statement(Connection &connection, const QString &sql) : m_state(connection.m_state), m_sql(sql)
{
    m_prepared = std::make_shared<Connection::State::Prepared>();
    m_prepared->query = std::make_unique<QSqlQuery>(m_state->database);
    m_prepared->query->setForwardOnly(true);
    if (!m_prepared->query->prepare(sql))
        fail();
}

Statement::~Statement()
{
    m_prepared->query->finish();
    m_prepared->busy = false;
}

void Statement::bind(int position, const QVariant &value)
{
    m_prepared->query->bindValue(position, value);
}

void Statement::execute()
{
    if (const StatementFault fault = g_fault.load(std::memory_order_relaxed)) {
        if (auto error = fault(m_constant != nullptr ? QString::fromUtf8(m_constant) : m_sql))
            throw Failure{*error};
    }
    if (!m_prepared->query->exec())
        fail();
}

bool Statement::next()
{
    if (m_prepared->query->next())
        return true;
    if (m_prepared->query->lastError().isValid())
        fail();
    return false;
}

void Statement::fail() const
{
    throw Failure{errorOf(m_prepared->query->lastError(), m_state->file)};
}

qint64 Statement::integer(int column) const
{
    return m_prepared->query->value(column).toLongLong();
}

double Statement::real(int column) const
{
    return m_prepared->query->value(column).toDouble();
}

QString Statement::text(int column) const
{
    return m_prepared->query->value(column).toString();
}

QByteArray Statement::bytes(int column) const
{
    return m_prepared->query->value(column).toByteArray();
}

bool Statement::isNull(int column) const
{
    return m_prepared->query->isNull(column);
}

int Statement::changes() const
{
    return m_prepared->query->numRowsAffected();
}

qint64 Statement::insertedId() const
{
    return m_prepared->query->lastInsertId().toLongLong();
}

} // namespace lectern::store
