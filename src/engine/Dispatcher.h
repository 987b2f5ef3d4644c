// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "engine/Engine.h"
#include "engine/JobHandler.h"
#include "store/Database.h"

#include <QThreadPool>
#include <QThreadStorage>

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace lectern::engine {

class WorkerLock;

/// The engine's loop: rescues, promotes, claims, hands out, and passes on what the user asks of running jobs.
/// One std::thread of its own; the jobs run on one QThreadPool per lane.
class Dispatcher {
public:
    Dispatcher(store::Database &database, const base::Clock &clock,
               std::function<JobHandler *(domain::JobKind)> handlers, const WorkerLock &lock,
               Engine::Options options);
    ~Dispatcher();
    Dispatcher(const Dispatcher &) = delete;
    Dispatcher &operator=(const Dispatcher &) = delete;

    /// Gives the jobs of dead workers back to the queue. Called once before start(), then by the loop.
    [[nodiscard]] base::Result<Engine::Resumed> rescueDeadWorkers();
    void start();
    /// Returns when no job of this process runs any more.
    void stop();
    void wake();
    void setLane(const Lane &lane);
    [[nodiscard]] std::optional<base::Error> problem() const;

private:
    struct LaneState {
        Lane lane;
        std::unique_ptr<QThreadPool> pool;
        int running = 0;       ///< guarded by m_mutex
        int ending = 0;        ///< guarded by m_mutex; of the running ones: only their commit is to come
        qint64 waitsUntil = 0; ///< guarded by m_mutex; monotonic milliseconds: no claims before
        int claims = 0;        ///< dispatching thread only
    };
    struct Running {
        LaneState *lane = nullptr;
        base::CancelToken cancel;
        base::CancelToken pause;
        bool cancelledByUser = false;
    };

    void loop();
    void takeLaneChanges();
    void passOnRequests(store::Connection &reader);
    void promoteDueJobs(store::Connection &reader);
    void claimFor(LaneState &lane, store::Connection &reader);
    [[nodiscard]] int freeSlots(const LaneState &lane) const;
    void handOut(LaneState &lane, const domain::Job &job);
    void runJob(LaneState &lane, const domain::Job &job, const base::CancelToken &cancel,
                const base::CancelToken &pause);
    void letNextOneIn(LaneState &lane, qint64 laneWaitsUntil);
    /// Repeats the commit until it holds, somebody else took the job over, or the engine stops.
    void commit(const domain::Job &job, const std::function<base::Status(store::Transaction &)> &write);
    void interrupt(const domain::Job &job);
    void setProblem(std::optional<base::Error> problem);
    [[nodiscard]] store::Connection *threadReader();

    store::Database &m_database;
    const base::Clock &m_clock;
    std::function<JobHandler *(domain::JobKind)> m_handlers;
    const WorkerLock &m_lock;
    QString m_worker;
    Engine::Options m_options;

    mutable std::mutex m_mutex;
    std::condition_variable m_wakeUp;
    bool m_wake = false;
    bool m_asked = false; ///< by wake(): the user may have stopped something
    bool m_stopping = false;
    std::map<qint64, Running> m_running; ///< by job id
    std::vector<Lane> m_laneChanges;     ///< told by setLane(), not yet seen by the loop
    std::optional<base::Error> m_problem;

    // The readers belong to the pools' threads, so they must outlive the pools.
    QThreadStorage<std::shared_ptr<store::Connection>> m_readers;
    std::vector<std::unique_ptr<LaneState>> m_lanes;
    qint64 m_nextSignOfLifeAt = 0;
    qint64 m_nextRescueAt = 0;
    qint64 m_nextPromotionAt = 0;
    qint64 m_nextRequestsAt = 0;
    std::thread m_thread;
};

} // namespace lectern::engine
