// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lectern::store {

class Connection;
class LockFile;

/// Moves the write-ahead log into the database before it grows without bound. Used on the writer's thread,
/// between transactions. One process, the holder of LockFile::Part::Checkpoint, does it at 8 MB; every other
/// steps in at 64 MB. The mode is always TRUNCATE: it takes the write lock first, so that no commit can run
/// beside it.
class Checkpointer {
public:
    Checkpointer(Connection &connection, LockFile &locks, const QString &databaseFile);

    /// Looks at the size of the log and does what is due. `idle`: nobody waits for the writer now.
    void afterCommit(bool idle);

private:
    void run(int busyTimeoutMs);
    [[nodiscard]] qint64 logBytes() const;

    Connection &m_connection;
    LockFile &m_locks;
    QByteArray m_logPath;
    qint64 m_retryAbove = 0; ///< bytes; after a checkpoint that readers prevented
    bool m_isLeader = false;
};

} // namespace lectern::store
