// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Checkpointer.h"

#include "store/Failure.h"
#include "store/LockFile.h"
#include "store/Statement.h"

#include "base/CrashPoint.h"

#include <algorithm>

#include <sqlite3.h>

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

constexpr const char *kPageSize = "PRAGMA page_size";
constexpr const char *kCheckpoint = "PRAGMA wal_checkpoint(RESTART)";
constexpr qint64 kFrameHeaderBytes = 24; // https://www.sqlite.org/fileformat2.html#the_write_ahead_log

} // namespace

Checkpointer::Checkpointer(Connection &connection, LockFile &locks) : m_connection(connection), m_locks(locks)
{
    m_bytesPerFrame = readInteger(connection, kPageSize).value_or(0) + kFrameHeaderBytes;
    const auto noteFrames = [](void *self, sqlite3 *, const char *, int frames) {
        auto *checkpointer = static_cast<Checkpointer *>(self);
        checkpointer->m_logBytes = frames * checkpointer->m_bytesPerFrame;
        return SQLITE_OK;
    };
    sqlite3_wal_hook(sqliteHandle(connection), noteFrames, this);
}

Checkpointer::~Checkpointer()
{
    sqlite3_wal_hook(sqliteHandle(m_connection), nullptr, nullptr);
}

void Checkpointer::afterCommit(bool idle)
{
    const qint64 bytes = m_logBytes;
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
    m_retryAbove = m_logBytes > kLeaderBytes ? m_logBytes + std::max(kRetryStepBytes, m_logBytes / 8) : 0;
}

void Checkpointer::run(int busyTimeoutMs)
{
    sqlite3 *handle = sqliteHandle(m_connection);
    base::crashPoint("before-checkpoint");
    sqlite3_busy_timeout(handle, busyTimeoutMs);
    // The first column says whether somebody was in the way. A checkpoint that failed costs room, not data;
    // it is tried again when the log has grown.
    const auto busy = attempt([&] { return readInteger(m_connection, kCheckpoint); });
    sqlite3_busy_timeout(handle, 0);
    base::crashPoint("after-checkpoint");
    if (busy && *busy && **busy == 0)
        m_logBytes = 0;
}

} // namespace lectern::store
