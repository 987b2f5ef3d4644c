// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace lectern::store {

class Connection;
class LockFile;

/// Moves the write-ahead log into the database before it grows without bound. Used on the writer's thread,
/// between transactions. One process, the holder of LockFile::Part::Checkpoint, does it at 8 MB; every other
/// steps in at 64 MB. The mode is always RESTART: it takes the write lock first, so that no commit can run
/// beside it. The file keeps its size and is written anew from its start: a file that grows costs a flush of
/// its metadata with every commit.
class Checkpointer {
public:
    Checkpointer(Connection &connection, LockFile &locks);
    ~Checkpointer();
    Checkpointer(const Checkpointer &) = delete;
    Checkpointer &operator=(const Checkpointer &) = delete;

    /// Looks at the size of the log and does what is due. `idle`: nobody waits for the writer now.
    void afterCommit(bool idle);

private:
    void run(int busyTimeoutMs);

    Connection &m_connection;
    LockFile &m_locks;
    qint64 m_bytesPerFrame = 0;
    qint64 m_logBytes = 0;   ///< in use after the last commit, those of other processes included
    qint64 m_retryAbove = 0; ///< bytes; after a checkpoint that readers prevented
    bool m_isLeader = false;
};

} // namespace lectern::store
