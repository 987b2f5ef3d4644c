// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/Engine.h"

#include "engine/Dispatcher.h"
#include "engine/WorkerLock.h"
#include "store/Connection.h"
#include "store/JobQueue.h"

#include <QCoreApplication>

namespace lectern::engine {

namespace {

class EngineImpl final : public Engine {
public:
    EngineImpl(std::unique_ptr<WorkerLock> lock, store::Database &database, const base::Clock &clock,
               std::function<JobHandler *(domain::JobKind)> handlers, Options options)
        : m_database(database), m_lock(std::move(lock)), m_beforeWork(std::move(options.beforeWork)),
          m_dispatcher(database, clock, std::move(handlers), *m_lock, std::move(options))
    {
    }

    ~EngineImpl() override
    {
        m_dispatcher.stop();
        const QString id = m_lock->id();
        // When this can't be written any more the lock file tells the next start the same.
        [[maybe_unused]] const auto removed = m_database.writer().run(
            [&](store::Transaction &transaction) { return store::JobQueue::removeWorker(transaction, id); });
    }

    base::Status begin()
    {
        const auto resumed = m_dispatcher.rescueDeadWorkers();
        if (!resumed)
            return base::fail(resumed.error());
        m_resumed = *resumed;
        if (m_beforeWork) {
            if (const base::Status decided = m_beforeWork(m_resumed); !decided)
                return decided;
        }
        m_dispatcher.start();
        return {};
    }

    [[nodiscard]] QString workerId() const override { return m_lock->id(); }
    [[nodiscard]] Resumed resumed() const override { return m_resumed; }
    [[nodiscard]] std::optional<base::Error> problem() const override { return m_dispatcher.problem(); }
    void wake() override { m_dispatcher.wake(); }
    void setLane(const Lane &lane) override { m_dispatcher.setLane(lane); }

private:
    store::Database &m_database;
    std::unique_ptr<WorkerLock> m_lock;
    std::function<base::Status(const Resumed &)> m_beforeWork;
    Dispatcher m_dispatcher;
    Resumed m_resumed;
};

} // namespace

base::Result<std::unique_ptr<Engine>> Engine::start(store::Database &database, const base::Clock &clock,
                                                    std::function<JobHandler *(domain::JobKind)> handlers,
                                                    Options options)
{
    auto lock = WorkerLock::acquire(database.folder());
    if (!lock)
        return base::fail(lock.error());
    const QString id = (*lock)->id();
    const auto registered = database.writer().run([&](store::Transaction &transaction) {
        return store::JobQueue::registerWorker(transaction, id, options.program,
                                               QCoreApplication::applicationPid());
    });
    if (!registered)
        return base::fail(registered.error());
    auto engine = std::make_unique<EngineImpl>(std::move(*lock), database, clock, std::move(handlers),
                                               std::move(options));
    if (const auto begun = engine->begin(); !begun)
        return base::fail(begun.error());
    return std::unique_ptr<Engine>(std::move(engine));
}

} // namespace lectern::engine
