// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>

namespace lectern::base {

/// Tells running work to stop. A copy shares the request; thread-safe. Work looks at it at least every 100
/// ms, so that cancelling takes effect within a second.
class CancelToken {
public:
    CancelToken() : m_requested(std::make_shared<std::atomic<bool>>(false)) {}

    void cancel() { m_requested->store(true, std::memory_order_release); }
    [[nodiscard]] bool isCancelled() const { return m_requested->load(std::memory_order_acquire); }

private:
    std::shared_ptr<std::atomic<bool>> m_requested;
};

} // namespace lectern::base
