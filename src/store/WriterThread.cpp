// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/WriterThread.h"

#include "store/Checkpointer.h"
#include "store/Connection.h"
#include "store/Failure.h"
#include "store/LockFile.h"
#include "store/Transaction.h"

#include "base/CrashPoint.h"

#include <sqlite3.h>

#include <algorithm>
#include <exception>
#include <limits>
#include <random>
#include <utility>

namespace lectern::store {

using base::ErrorCode;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t kLargestBatch = 256;
constexpr std::size_t kNobodyWaits = std::numeric_limits<std::size_t>::max();
constexpr auto kLongestGathering = 5ms;
constexpr auto kLongestFilling = 20ms; ///< of one transaction: leaves room for its commit within 50 ms
constexpr auto kYield = 2ms;           ///< between two commits while another process waits for its turn

// While waiting for the write lock. SQLite's own waiting backs off to 100 ms and starves beside a busy
// process.
constexpr int kShortestPollUs = 200;
constexpr int kLongestPollUs = 900;

} // namespace

base::Result<std::unique_ptr<WriterThread>> WriterThread::start(const Options &options, LockFile &locks,
                                                                const base::Clock &clock)
{
    std::unique_ptr<WriterThread> writer(new WriterThread(options, locks, clock));
    std::promise<base::Status> opened;
    std::future<base::Status> ready = opened.get_future();
    writer->m_thread = std::thread([self = writer.get(), &opened] {
        auto connection = Connection::open(
            {self->m_options.file, Connection::Access::ReadWrite, self->m_options.busyTimeoutMs});
        if (!connection) {
            opened.set_value(base::fail(connection.error()));
            return;
        }
        sqlite3_busy_timeout(sqliteHandle(**connection), 0); // beginInTurn() waits instead
        Transaction transaction(**connection, self->m_clock);
        Checkpointer checkpointer(transaction, self->m_locks);
        opened.set_value({});
        while (self->waitForTasks()) {
            self->writeBatch(transaction);
            checkpointer.afterCommit(self->isIdle());
        }
    });
    const base::Status status = ready.get();
    if (!status)
        return base::fail(status.error());
    return writer;
}

WriterThread::WriterThread(const Options &options, LockFile &locks, const base::Clock &clock)
    : m_options(options), m_locks(locks), m_clock(clock)
{
}

WriterThread::~WriterThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void WriterThread::enqueue(Task task)
{
    Q_ASSERT_X(std::this_thread::get_id() != m_thread.get_id(), "Writer",
               "a closure must not wait for the writer");
    bool isAwaited = false;
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back(std::move(task));
        isAwaited = m_queue.size() >= m_awaitedTasks;
    }
    if (isAwaited)
        m_wake.notify_one();
}

// Returns with something to do, or false at the end. While one batch commits the next one gathers by itself;
// only when the last batch was shared does it pay to wait a little for the same clients to come back.
bool WriterThread::waitForTasks()
{
    std::unique_lock lock(m_mutex);
    const auto haveCome = [this] { return m_stopping || m_queue.size() >= m_awaitedTasks; };
    m_awaitedTasks = 1;
    m_wake.wait(lock, haveCome);
    if (m_queue.empty())
        return false;
    if (m_lastBatch > 1 && !m_stopping) {
        const auto patience = std::min<steady_clock::duration>(kLongestGathering, m_lastCommitTook / 2);
        m_awaitedTasks = m_lastBatch;
        m_wake.wait_for(lock, patience, haveCome);
    }
    m_awaitedTasks = kNobodyWaits;
    return true;
}

bool WriterThread::takeTask(Task &task)
{
    const std::lock_guard lock(m_mutex);
    if (m_queue.empty())
        return false;
    task = std::move(m_queue.front());
    m_queue.pop_front();
    return true;
}

bool WriterThread::isIdle()
{
    const std::lock_guard lock(m_mutex);
    return m_queue.empty();
}

void WriterThread::writeBatch(Transaction &transaction)
{
    std::vector<Task> batch;
    batch.reserve(kLargestBatch);
    base::crashPoint("before-begin");
    base::Status status = attempt([&] { beginInTurn(transaction); });
    if (status) {
        base::crashPoint("after-begin");
        status = fillBatch(transaction, batch);
    } else {
        Task task;
        while (batch.size() < kLargestBatch && takeTask(task))
            batch.push_back(std::move(task));
    }
    if (status) {
        status = attempt([&] {
            transaction.settleTouched();
            base::crashPoint("before-commit");
            const auto before = steady_clock::now();
            transaction.commit();
            m_lastCommitAt = steady_clock::now();
            m_lastCommitTook = m_lastCommitAt - before;
            base::crashPoint("after-commit");
        });
    }
    if (!status) {
        const auto undone = attempt([&] { transaction.rollback(); });
        Q_UNUSED(undone) // what failed first is what the callers are told
    }
    m_lastBatch = batch.size();
    for (Task &task : batch)
        task.finish(status);
}

// SQLite's lock has no queue. A writer that finds it taken says so in the lock file; the one that has it
// looks there before it begins again, and lets the other in. Alone, it loses nothing.
void WriterThread::beginInTurn(Transaction &transaction)
{
    const auto deadline = steady_clock::now() + std::chrono::milliseconds(m_options.busyTimeoutMs);
    const auto earliest = m_lastCommitAt + kYield;
    if (steady_clock::now() < earliest && m_locks.isHeldByOthers(LockFile::Part::Waiting))
        std::this_thread::sleep_until(earliest);

    thread_local std::minstd_rand random{std::random_device{}()};
    std::uniform_int_distribution<int> pollUs(kShortestPollUs, kLongestPollUs);
    bool announced = false;
    for (;;) {
        const auto begun = attempt([&] { transaction.begin(); });
        const bool locked = !begun && begun.error().code == ErrorCode::WorkspaceLocked;
        if (!locked || steady_clock::now() >= deadline) {
            if (announced)
                m_locks.release(LockFile::Part::Waiting);
            if (!begun)
                throw Failure{begun.error()};
            return;
        }
        announced = announced || m_locks.tryShared(LockFile::Part::Waiting);
        std::this_thread::sleep_for(std::chrono::microseconds(pollUs(random)));
    }
}

base::Status WriterThread::fillBatch(Transaction &transaction, std::vector<Task> &batch)
{
    const auto until = steady_clock::now() + kLongestFilling;
    Task task;
    while (batch.size() < kLargestBatch && takeTask(task)) {
        batch.push_back(std::move(task));
        const base::Status status = runTask(transaction, batch.back());
        if (!status)
            return status;
        if (steady_clock::now() >= until)
            break;
    }
    return {};
}

// An error of the closure is the closure's own; an error returned from here is the end of the whole
// transaction.
base::Status WriterThread::runTask(Transaction &transaction, Task &task)
{
    const base::Status opened = attempt([&] { transaction.savepoint(); });
    if (!opened)
        return opened;
    base::Status done;
    try {
        done = task.work(transaction);
    } catch (const Failure &failure) {
        done = base::fail(failure.error);
    } catch (const std::exception &exception) {
        done = base::fail(ErrorCode::Internal, QString::fromUtf8(exception.what()));
    }
    if (done)
        return attempt([&] { transaction.release(); });
    if (!transaction.rollbackToSavepoint())
        return done;
    return {};
}

} // namespace lectern::store
