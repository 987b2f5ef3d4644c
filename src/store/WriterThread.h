// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Writer.h"

#include "base/Clock.h"
#include "base/Result.h"

#include <QString>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace lectern::store {

class Checkpointer;
class Connection;
class LockFile;
class Transaction;

/// The Writer: a thread with the writing connection and a queue of closures. Destroyed by its owner, which by
/// then has no one left who submits; what is queued is still committed.
class WriterThread final : public Writer {
public:
    struct Options {
        QString file;
        int busyTimeoutMs = 30'000;
    };

    /// Opens the connection on the new thread. Errors: those of Connection::open().
    [[nodiscard]] static base::Result<std::unique_ptr<WriterThread>>
    start(const Options &options, LockFile &locks, const base::Clock &clock);
    ~WriterThread() override;

protected:
    void enqueue(Task task) override;

private:
    using SteadyTime = std::chrono::steady_clock::time_point;
    WriterThread(const Options &options, LockFile &locks, const base::Clock &clock);

    [[nodiscard]] bool waitForTasks();
    [[nodiscard]] bool takeTask(Task &task);
    [[nodiscard]] bool isIdle();
    void writeBatch(Transaction &transaction);
    void beginInTurn(Transaction &transaction);
    [[nodiscard]] base::Status fillBatch(Transaction &transaction, std::vector<Task> &batch);
    [[nodiscard]] base::Status runTask(Transaction &transaction, Task &task);

    const Options m_options;
    LockFile &m_locks;
    const base::Clock &m_clock;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Task> m_queue; ///< guarded by m_mutex
    /// Guarded by m_mutex. So many wake the thread: a wake-up for each would cost more than its task.
    std::size_t m_awaitedTasks = 1;
    bool m_stopping = false; ///< guarded by m_mutex
    std::size_t m_lastBatch = 0;
    std::chrono::steady_clock::duration m_lastCommitTook{};
    SteadyTime m_lastCommitAt{};
    std::thread m_thread;
};

} // namespace lectern::store
