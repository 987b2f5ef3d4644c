// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "domain/Work.h"
#include "engine/JobHandler.h"
#include "store/Database.h"

#include <QString>
#include <QVector>

#include <functional>
#include <memory>
#include <optional>

namespace lectern::engine {

/// A limit on how many jobs run at once.
struct Lane {
    QString name;
    int slots = 1; ///< jobs at once, each on a thread of its own, which also waits for its commit
    /// While the lane of this name has work, this one keeps to a single slot. Empty: never.
    QString yieldsTo;
    /// What runs may have been paid for: at the end of the program it is waited for much longer.
    bool isPaid = false;
};

/// Takes jobs from the queue and runs them: claim → run → commit. One per process and workspace.
/// Owns a dispatching thread and one QThreadPool per lane. All methods may be called from any thread.
class Engine {
public:
    /// What the start found left behind by programs that ended without finishing.
    struct Resumed {
        int jobs = 0;
        int setAside = 0;
        int workersAtWork = 0; ///< other programs that work on this workspace at the moment
        bool crashed = false;  ///< one of those that ended left the mark of a crash
    };
    struct Options {
        QString program; ///< for the list of workers: "lectern" or "lectern-cli"
        QVector<Lane> lanes;
        std::function<double()> random; ///< in [0, 1), for jitter; called on the dispatching thread
        /// Called by start() when dead workers were rescued and no job has been claimed yet: the last moment
        /// to decide what is not to go on by itself. May be empty.
        std::function<base::Status(const Resumed &)> beforeWork;
    };

    /// `handlers` is looked up by job kind and must outlive the engine.
    static base::Result<std::unique_ptr<Engine>> start(store::Database &database, const base::Clock &clock,
                                                       std::function<JobHandler *(domain::JobKind)> handlers,
                                                       Options options);
    /// Stops claiming, tells running jobs to stop at the next page, waits for them, gives back what was not
    /// started.
    virtual ~Engine() = default;

    [[nodiscard]] virtual QString workerId() const = 0;
    [[nodiscard]] virtual Resumed resumed() const = 0;
    /// Why results can't be stored at the moment (disk full, read-only); nothing when all is well. Work waits
    /// and goes on by itself when the reason is gone; nothing is lost.
    [[nodiscard]] virtual std::optional<base::Error> problem() const = 0;
    /// Something was put into the queue or changed by this process: look now instead of at the next poll (100
    /// ms).
    virtual void wake() = 0;
    /// Adds a lane, or changes the slots of the one with this name; 0 slots take no new jobs.
    virtual void setLane(const Lane &lane) = 0;
};

} // namespace lectern::engine
