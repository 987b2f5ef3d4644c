// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QString>

#include <memory>
#include <optional>

namespace lectern::engine {

/// This process's sign of life: a file `workers/<id>.lock` whose kernel lock is held until the process ends,
/// however it ends. Whoever can take the lock knows that the owner is dead: no time-out to guess, no clock,
/// no process number. While it exists, a fatal signal of this process leaves a mark in the file, so that a
/// crash can be told from a kill.
class WorkerLock {
public:
    /// Makes an id that no process ever had and takes its lock. Errors: ReadOnly, DiskFull.
    [[nodiscard]] static base::Result<std::unique_ptr<WorkerLock>> acquire(const QString &workspaceFolder);
    ~WorkerLock();
    WorkerLock(const WorkerLock &) = delete;
    WorkerLock &operator=(const WorkerLock &) = delete;

    [[nodiscard]] QString id() const { return m_id; }

    /// Notes the present moment as the last sign of life. Costs one system call.
    void showLife() const;

    struct Death {
        bool crashed = false;             ///< a fatal signal left its mark; false: killed, or the power went
        std::optional<qint64> lastSeenAt; ///< milliseconds since 1970; unknown when the file is gone
    };
    /// How the worker `id` ended; nothing while it lives.
    [[nodiscard]] static std::optional<Death> deathOf(const QString &workspaceFolder, const QString &id);
    /// Removes what a dead worker left, after its jobs were rescued.
    static void forget(const QString &workspaceFolder, const QString &id);

private:
    WorkerLock(QString id, QString path, int descriptor);

    QString m_id;
    QString m_path;
    int m_descriptor = -1;
};

} // namespace lectern::engine
