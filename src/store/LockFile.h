// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QString>

namespace lectern::store {

/// The file `workspace.lock` beside the database, through which the programs that have a workspace open know
/// of each other. The system drops a lock when its holder ends, however it ends. The locks belong to this
/// object (Linux "open file description" locks), so two of them in one process count as two programs.
/// Thread-safe.
class LockFile {
public:
    enum class Part {
        Open, ///< shared while a workspace is open; exclusive while it is opened, migrated or closed by the
              ///< last
        Waiting,    ///< shared while a writer waits for its turn
        Checkpoint, ///< exclusive: whoever does the small checkpoints
    };

    /// Errors: ReadOnly, DiskFull, Database.
    [[nodiscard]] static base::Result<LockFile> open(const QString &path);

    LockFile(LockFile &&other) noexcept;
    LockFile &operator=(LockFile &&other) noexcept;
    ~LockFile();

    /// Takes the lock or changes its kind; false when others are in the way. Never waits.
    [[nodiscard]] bool tryShared(Part part);
    [[nodiscard]] bool tryExclusive(Part part);
    void release(Part part);
    [[nodiscard]] bool isHeldByOthers(Part part) const;

private:
    explicit LockFile(int descriptor) : m_descriptor(descriptor) {}
    bool set(Part part, short kind);

    int m_descriptor = -1;
};

} // namespace lectern::store
