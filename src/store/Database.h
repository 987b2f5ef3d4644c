// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "store/Writer.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

namespace lectern::store {

class Connection;

/// A workspace's database file: opens and migrates it, owns the writer, hands out readers. Any thread.
class Database {
public:
    struct Options {
        QString folder; ///< the workspace; created when missing, 0700
        /// Milliseconds to wait for other processes' write lock.
        int busyTimeoutMs = 30'000;
        /// The folder of migration steps; empty: those of this program.
        QString migrations = {};
        /// Whether a folder is on a network drive; empty: ask the system.
        std::function<bool(const QString &folder)> isOnNetworkDrive = {};
        /// What tells one start of the computer from the next; empty: ask the system.
        QString bootId = {};
    };

    /// Errors: WorkspaceNewer, WorkspaceDamaged, WorkspaceOnNetworkDrive, WorkspaceLocked, ReadOnly,
    /// DiskFull, Database. Migrates after a `VACUUM INTO` backup, each step in its own transaction. When the
    /// computer went down while the workspace was open, the whole file is checked first; an end of the
    /// program alone cannot harm it.
    [[nodiscard]] static base::Result<std::unique_ptr<Database>> open(const Options &options,
                                                                      const base::Clock &clock);

    virtual ~Database() = default;

    [[nodiscard]] virtual Writer &writer() = 0;

    /// A read-only connection for the calling thread, and only for it. Keep it; a new one costs about a
    /// millisecond.
    [[nodiscard]] virtual base::Result<std::unique_ptr<Connection>> openReader() = 0;

    [[nodiscard]] virtual QString folder() const = 0;

    /// `PRAGMA integrity_check` and foreign keys; empty when all is well. Slow: for `doctor`.
    [[nodiscard]] virtual base::Result<QStringList> checkIntegrity() = 0;

    /// Whether the file was checked at opening because the computer went down while it was open.
    [[nodiscard]] virtual bool wasChecked() const = 0;
};

} // namespace lectern::store
