// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace lectern::base {

/// Where time comes from, so that tests can turn the hands. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    /// Milliseconds since 1970-01-01 UTC: what is stored.
    [[nodiscard]] virtual qint64 nowMs() const = 0;
    /// Milliseconds since an arbitrary start, never backwards: what is measured.
    [[nodiscard]] virtual qint64 monotonicMs() const = 0;
};

/// The computer's own clock.
class SystemClock final : public Clock {
public:
    [[nodiscard]] qint64 nowMs() const override;
    [[nodiscard]] qint64 monotonicMs() const override;
};

} // namespace lectern::base
