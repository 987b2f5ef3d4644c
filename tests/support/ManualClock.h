// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"

#include <atomic>

namespace lectern::support {

/// A clock whose hands a test turns. Thread-safe.
class ManualClock final : public base::Clock {
public:
    /// 2026-01-01 00:00 UTC, so that stored times look like times.
    static constexpr qint64 kStart = 1'767'225'600'000;

    explicit ManualClock(qint64 nowMs = kStart) : m_now(nowMs) {}

    [[nodiscard]] qint64 nowMs() const override { return m_now.load(); }
    [[nodiscard]] qint64 monotonicMs() const override { return m_monotonic.load(); }

    /// Time passes.
    void advance(qint64 ms)
    {
        m_now += ms;
        m_monotonic += ms;
    }

    /// Somebody sets the clock, forwards or backwards; time measured does not jump.
    void set(qint64 nowMs) { m_now = nowMs; }

private:
    std::atomic<qint64> m_now;
    std::atomic<qint64> m_monotonic = 0;
};

} // namespace lectern::support
