// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pdf/HelperProcess.h"

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

namespace lectern::pdf {

/// A thread that does nothing but start helpers: Linux ends a helper with the thread that started it (that is
/// how none is left behind when the program is killed), and the threads that need helpers come and go.
class HelperStarter {
public:
    explicit HelperStarter(HelperSettings settings);
    /// Every helper that was started must be gone by now.
    ~HelperStarter();
    HelperStarter(const HelperStarter &) = delete;
    HelperStarter &operator=(const HelperStarter &) = delete;

    /// Thread-safe; blocks until the helper is ready.
    [[nodiscard]] base::Result<std::unique_ptr<HelperProcess>> start();

private:
    using Started = base::Result<std::unique_ptr<HelperProcess>>;
    void run();

    const HelperSettings m_settings;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::promise<Started>> m_orders;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace lectern::pdf
