// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/Dispatcher.h"

#include "base/CrashPoint.h"
#include "base/TimeLog.h"
#include "engine/WorkerLock.h"
#include "store/Connection.h"
#include "store/JobQueue.h"

#include <QLoggingCategory>

#include <algorithm>
#include <chrono>
#include <utility>

namespace lectern::engine {

using base::ErrorCode;

namespace {

// Information is there for who asks for it: QT_LOGGING_RULES="lectern.engine.info=true".
Q_LOGGING_CATEGORY(logEngine, "lectern.engine", QtWarningMsg)

constexpr auto kPollInterval = std::chrono::milliseconds(100);
constexpr auto kCommitRetryInterval = std::chrono::milliseconds(500);
constexpr auto kStopGrace = std::chrono::milliseconds(800);
constexpr auto kPaidStopGrace = std::chrono::seconds(30);
constexpr qint64 kSignOfLifeIntervalMs = 1'000;
constexpr qint64 kRescueIntervalMs = 2'000;
constexpr qint64 kPromotionIntervalMs = 200;
constexpr qint64 kRequestsIntervalMs = 50;
constexpr qint64 kLongestLaneWaitMs = 60'000; // then one job looks whether the reason still holds
constexpr int kAgeingEvery = 5;               // every fifth claim takes the oldest job, whatever its priority

bool isPassing(ErrorCode code)
{
    return code == ErrorCode::DiskFull || code == ErrorCode::Database || code == ErrorCode::WorkspaceLocked ||
           code == ErrorCode::ReadOnly;
}

} // namespace

Dispatcher::Dispatcher(store::Database &database, const base::Clock &clock,
                       std::function<JobHandler *(domain::JobKind)> handlers, const WorkerLock &lock,
                       Engine::Options options)
    : m_database(database), m_clock(clock), m_handlers(std::move(handlers)), m_lock(lock),
      m_worker(lock.id()), m_options(std::move(options))
{
    m_laneChanges.assign(m_options.lanes.cbegin(), m_options.lanes.cend());
}

Dispatcher::~Dispatcher()
{
    stop();
}

void Dispatcher::start()
{
    m_thread = std::thread([this] { loop(); });
}

void Dispatcher::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        for (auto &[id, running] : m_running)
            running.pause.cancel();
    }
    m_wakeUp.notify_all();
    if (m_thread.joinable())
        m_thread.join();
    {
        std::unique_lock lock(m_mutex);
        const auto isOver = [this] { return m_running.empty(); };
        m_wakeUp.wait_for(lock, kStopGrace, isOver);
        for (auto &[id, running] : m_running) {
            if (!running.lane->lane.isPaid)
                running.cancel.cancel();
        }
        m_wakeUp.wait_for(lock, kPaidStopGrace, isOver);
        for (auto &[id, running] : m_running)
            running.cancel.cancel();
    }
    for (const auto &lane : m_lanes)
        lane->pool->waitForDone();
}

void Dispatcher::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        m_wake = true;
        m_asked = true;
    }
    m_wakeUp.notify_all();
}

void Dispatcher::setLane(const Lane &lane)
{
    {
        const std::lock_guard lock(m_mutex);
        m_laneChanges.push_back(lane);
    }
    wake();
}

// A lane never goes away, since jobs of it may still run; without slots it takes no more of them.
void Dispatcher::takeLaneChanges()
{
    const std::lock_guard lock(m_mutex);
    for (const Lane &change : std::exchange(m_laneChanges, {})) {
        auto found = std::find_if(m_lanes.begin(), m_lanes.end(),
                                  [&](const auto &state) { return state->lane.name == change.name; });
        if (found == m_lanes.end()) {
            auto state = std::make_unique<LaneState>();
            state->pool = std::make_unique<QThreadPool>();
            state->pool->setExpiryTimeout(-1); // each thread keeps its reader
            found = m_lanes.insert(m_lanes.end(), std::move(state));
        }
        (*found)->lane = change;
        (*found)->waitsUntil = 0; // what it waited for may have been changed
        (*found)->pool->setMaxThreadCount(std::max(1, change.slots));
    }
}

std::optional<base::Error> Dispatcher::problem() const
{
    const std::lock_guard lock(m_mutex);
    return m_problem;
}

void Dispatcher::setProblem(std::optional<base::Error> problem)
{
    const std::lock_guard lock(m_mutex);
    m_problem = std::move(problem);
}

void Dispatcher::loop()
{
    const auto reader = m_database.openReader();
    if (!reader) {
        setProblem(reader.error());
        return;
    }
    while (true) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_stopping)
                return;
            m_wake = false;
        }
        takeLaneChanges();
        passOnRequests(**reader);
        if (m_clock.monotonicMs() >= m_nextSignOfLifeAt) {
            m_nextSignOfLifeAt = m_clock.monotonicMs() + kSignOfLifeIntervalMs;
            m_lock.showLife();
        }
        if (m_clock.monotonicMs() >= m_nextRescueAt) {
            m_nextRescueAt = m_clock.monotonicMs() + kRescueIntervalMs;
            if (const auto rescued = rescueDeadWorkers(); !rescued)
                qCWarning(logEngine) << "rescue failed:" << base::errorName(rescued.error().code)
                                     << rescued.error().detail;
        }
        promoteDueJobs(**reader);
        if (!problem()) {
            for (const auto &lane : m_lanes)
                claimFor(*lane, **reader);
        }
        std::unique_lock lock(m_mutex);
        m_wakeUp.wait_for(lock, kPollInterval, [this] { return m_wake || m_stopping; });
    }
}

base::Result<Engine::Resumed> Dispatcher::rescueDeadWorkers()
{
    const auto reader = m_database.openReader();
    if (!reader)
        return base::fail(reader.error());
    const auto workers = store::JobQueue::workers(**reader);
    if (!workers)
        return base::fail(workers.error());
    Engine::Resumed resumed;
    for (const QString &worker : *workers) {
        if (worker == m_worker)
            continue;
        const auto death = WorkerLock::deathOf(m_database.folder(), worker);
        if (!death) {
            ++resumed.workersAtWork;
            continue;
        }
        const auto rescue = m_database.writer().run([&](store::Transaction &transaction) {
            return store::JobQueue::rescue(transaction, worker, death->crashed, death->lastSeenAt);
        });
        if (!rescue)
            return base::fail(rescue.error());
        WorkerLock::forget(m_database.folder(), worker);
        resumed.crashed = resumed.crashed || death->crashed;
        resumed.jobs += rescue->jobs;
        resumed.setAside += rescue->setAside;
        qCInfo(logEngine) << "worker" << worker << (death->crashed ? "crashed;" : "ended;") << rescue->jobs
                          << "jobs given back," << rescue->setAside << "set aside";
    }
    return resumed;
}

void Dispatcher::passOnRequests(store::Connection &reader)
{
    {
        // Every ending job wakes the loop; what the user asks of running ones need not be read each time.
        const std::lock_guard lock(m_mutex);
        const bool isDue = m_clock.monotonicMs() >= m_nextRequestsAt || m_asked;
        if (m_running.empty() || !isDue)
            return;
        m_nextRequestsAt = m_clock.monotonicMs() + kRequestsIntervalMs;
        m_asked = false;
    }
    const auto cancelled = store::JobQueue::cancelRequested(reader, m_worker);
    const auto paused = store::JobQueue::pauseRequested(reader, m_worker);
    const std::lock_guard lock(m_mutex);
    const auto forEach = [this](const auto &ids, const auto &action) {
        if (!ids)
            return;
        for (const domain::JobId id : *ids) {
            if (const auto found = m_running.find(id.value); found != m_running.end())
                action(found->second);
        }
    };
    forEach(cancelled, [](Running &running) {
        running.cancelledByUser = true;
        running.cancel.cancel();
    });
    forEach(paused, [](Running &running) { running.pause.cancel(); });
}

void Dispatcher::promoteDueJobs(store::Connection &reader)
{
    if (m_clock.monotonicMs() < m_nextPromotionAt)
        return;
    m_nextPromotionAt = m_clock.monotonicMs() + kPromotionIntervalMs;
    const auto next = store::JobQueue::nextScheduledAt(reader);
    const qint64 now = m_clock.nowMs();
    if (!next || !*next || **next > now)
        return;
    const auto promoted = m_database.writer().run(
        [&](store::Transaction &transaction) { return store::JobQueue::promoteScheduled(transaction, now); });
    if (!promoted)
        qCWarning(logEngine) << "promotion failed:" << promoted.error().detail;
}

int Dispatcher::freeSlots(const LaneState &lane) const
{
    const std::lock_guard lock(m_mutex);
    if (m_clock.monotonicMs() < lane.waitsUntil)
        return 0;
    int slots = lane.lane.slots;
    for (const auto &other : m_lanes) {
        if (other->lane.name == lane.lane.yieldsTo && other->running > 0)
            slots = std::min(slots, 1);
    }
    return slots - (lane.running - lane.ending);
}

void Dispatcher::claimFor(LaneState &lane, store::Connection &reader)
{
    const int free = freeSlots(lane);
    if (free <= 0)
        return;
    store::ClaimRequest request;
    request.lane = lane.lane.name;
    request.worker = m_worker;
    request.limit = free;
    request.nowMs = m_clock.nowMs();
    const auto ready = store::JobQueue::hasReady(reader, request.lane, m_worker, request.nowMs);
    if (!ready || !*ready)
        return;
    request.oldestFirst = ++lane.claims % kAgeingEvery == 0;
    const auto claimed = [&] {
        const base::TimeLog time("claim");
        return m_database.writer().run(
            [&](store::Transaction &transaction) { return store::JobQueue::claim(transaction, request); });
    }();
    if (!claimed) {
        qCWarning(logEngine) << "claim failed:" << claimed.error().detail;
        return;
    }
    base::crashPoint("after-claim");
    for (const domain::Job &job : *claimed)
        handOut(lane, job);
}

void Dispatcher::handOut(LaneState &lane, const domain::Job &job)
{
    Running running{&lane, {}, {}, false};
    const base::CancelToken cancel = running.cancel;
    const base::CancelToken pause = running.pause;
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            running.pause.cancel(); // it was claimed when stop() had told the others already
        m_running.insert_or_assign(job.id.value, running);
        ++lane.running;
    }
    lane.pool->start([this, &lane, job, cancel, pause] {
        runJob(lane, job, cancel, pause);
        {
            const std::lock_guard lock(m_mutex);
            m_running.erase(job.id.value);
            --lane.running;
            --lane.ending;
            m_wake = true;
        }
        m_wakeUp.notify_all();
    });
}

store::Connection *Dispatcher::threadReader()
{
    if (!m_readers.hasLocalData()) {
        auto reader = m_database.openReader();
        if (!reader) {
            setProblem(reader.error());
            return nullptr;
        }
        m_readers.setLocalData(std::shared_ptr<store::Connection>(std::move(*reader)));
    }
    return m_readers.localData().get();
}

// The next job is claimed while this one is being committed, mostly in the same transaction; it begins when
// this one's thread is free.
void Dispatcher::letNextOneIn(LaneState &lane, qint64 laneWaitsUntil)
{
    {
        const std::lock_guard lock(m_mutex);
        ++lane.ending;
        if (laneWaitsUntil > 0) {
            const qint64 waitMs = std::min(laneWaitsUntil - m_clock.nowMs(), kLongestLaneWaitMs);
            lane.waitsUntil = std::max(lane.waitsUntil, m_clock.monotonicMs() + waitMs);
        }
        m_wake = true;
    }
    m_wakeUp.notify_all();
}

void Dispatcher::runJob(LaneState &lane, const domain::Job &job, const base::CancelToken &cancel,
                        const base::CancelToken &pause)
{
    JobHandler *handler = m_handlers(job.kind);
    store::Connection *reader = threadReader();
    if (handler == nullptr || reader == nullptr || pause.isCancelled()) {
        letNextOneIn(lane, 0);
        interrupt(job); // a kind of a later version stays in the queue for the program that knows it
        return;
    }
    base::crashPoint("before-work");
    const JobContext context{job, cancel, pause, *reader, m_database.writer(), m_worker};
    const JobResult result = [&] {
        const base::TimeLog time("job");
        return handler->run(context);
    }();
    base::crashPoint("after-work");
    letNextOneIn(lane, result.laneWaitsUntil);
    if (result.commit)
        commit(job, result.commit);
    else
        interrupt(job);
}

void Dispatcher::interrupt(const domain::Job &job)
{
    bool cancelledByUser = false;
    {
        const std::lock_guard lock(m_mutex);
        cancelledByUser = m_running.at(job.id.value).cancelledByUser;
    }
    commit(job, [job, cancelledByUser](store::Transaction &transaction) {
        return cancelledByUser
                   ? store::JobQueue::finish(transaction, job.leaseToken(), domain::JobOutcome::cancelled())
                   : store::JobQueue::release(transaction, job.leaseToken());
    });
}

void Dispatcher::commit(const domain::Job &job,
                        const std::function<base::Status(store::Transaction &)> &write)
{
    while (true) {
        const base::Status committed = [&] {
            const base::TimeLog time("commit");
            return m_database.writer().run(write);
        }();
        if (committed) {
            if (problem())
                setProblem(std::nullopt);
            return;
        }
        if (!isPassing(committed.error().code)) {
            // Another worker took the job over, or the document is gone: this result is not wanted any more.
            qCInfo(logEngine) << "result of job" << job.id.value
                              << "discarded:" << base::errorName(committed.error().code)
                              << committed.error().detail;
            return;
        }
        setProblem(committed.error());
        std::unique_lock lock(m_mutex);
        if (m_wakeUp.wait_for(lock, kCommitRetryInterval, [this] { return m_stopping; }))
            return; // the job stays marked as running; the next start finds our lock free and takes it over
    }
}

} // namespace lectern::engine
