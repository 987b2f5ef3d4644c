// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace lectern::base {

/// Writes how long a step took, from its making to its end, as one line "STEP MICROSECONDS" of the log
/// "lectern.time", for who asks: QT_LOGGING_RULES="lectern.time.debug=true". Costs next to nothing else.
class TimeLog {
public:
    /// `step` outlives this.
    explicit TimeLog(const char *step);
    ~TimeLog();
    TimeLog(const TimeLog &) = delete;
    TimeLog &operator=(const TimeLog &) = delete;

private:
    const char *m_step;
    std::chrono::steady_clock::time_point m_start;
};

} // namespace lectern::base
