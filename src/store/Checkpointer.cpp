// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Checkpointer.h"

#include "store/Failure.h"
#include "store/LockFile.h"
#include "store/Statement.h"

#include "base/CrashPoint.h"

#include <QFile>

#include <algorithm>

#include <sqlite3.h>

#include <sys/stat.h>

namespace lectern::store {

namespace {

constexpr qint64 kMegabyte = 1 << 20;
constexpr qint64 kLeaderBytes = 8 * kMegabyte;
constexpr qint64 kHurryBytes = 2 * kLeaderBytes; ///< no longer waits for a quiet moment
constexpr qint64 kAnyoneBytes = 64 * kMegabyte;
constexpr qint64 kRetryStepBytes = kMegabyte;
// A checkpoint waits for readers, and the writer's clients with it: short while there is time, long when
// there is not.
constexpr int kShortWaitMs = 20;
constexpr int kLongWaitMs = 10'000;

constexpr const char *kCheckpoint = "PRAGMA wal_checkpoint(TRUNCATE)";

} // namespace

Checkpointer::Checkpointer(Connection &connection, LockFile &locks, const QString &databaseFile)
    : m_connection(connection), m_locks(locks),
      m_logPath(QFile::encodeName(databaseFile + QStringLiteral("-wal")))
{
}

qint64 Checkpointer::logBytes() const
{
    // Asked for by name and never opened: closing a descriptor of these files would drop SQLite's own locks.
    struct stat info = {};
    return ::stat(m_logPath.constData(), &info) == 0 ? info.st_size : 0;
}

void Checkpointer::afterCommit(bool idle)
{
    const qint64 bytes = logBytes();
    if (bytes <= kLeaderBytes) {
        m_retryAbove = 0;
        return;
    }
    if (bytes <= m_retryAbove)
        return;
    if (bytes > kAnyoneBytes) {
        run(kLongWaitMs);
    } else if (idle || bytes > kHurryBytes) {
        m_isLeader = m_isLeader || m_locks.tryExclusive(LockFile::Part::Checkpoint);
        if (!m_isLeader)
            return;
        run(kShortWaitMs);
    } else {
        return;
    }
    const qint64 left = logBytes();
    m_retryAbove = left > kLeaderBytes ? left + std::max(kRetryStepBytes, left / 8) : 0;
}

void Checkpointer::run(int busyTimeoutMs)
{
    sqlite3 *handle = sqliteHandle(m_connection);
    base::crashPoint("before-checkpoint");
    sqlite3_busy_timeout(handle, busyTimeoutMs);
    const auto done = attempt([&] { return readInteger(m_connection, kCheckpoint); });
    sqlite3_busy_timeout(handle, 0);
    base::crashPoint("after-checkpoint");
    Q_UNUSED(done) // a checkpoint that failed costs room, not data; it is tried again when the log has grown
}

} // namespace lectern::store
