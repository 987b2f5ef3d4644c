// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Clock.h"

#include <chrono>

namespace lectern::base {

namespace {

template <class ChronoClock> qint64 millisecondsOf()
{
    const auto sinceStart = ChronoClock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(sinceStart).count();
}

} // namespace

qint64 SystemClock::nowMs() const
{
    return millisecondsOf<std::chrono::system_clock>();
}

qint64 SystemClock::monotonicMs() const
{
    return millisecondsOf<std::chrono::steady_clock>();
}

} // namespace lectern::base
