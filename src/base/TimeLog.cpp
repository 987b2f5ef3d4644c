// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/TimeLog.h"

#include <QLoggingCategory>

namespace lectern::base {

namespace {

Q_LOGGING_CATEGORY(logTime, "lectern.time", QtWarningMsg)

} // namespace

TimeLog::TimeLog(const char *step) : m_step(logTime().isDebugEnabled() ? step : nullptr)
{
    if (m_step != nullptr)
        m_start = std::chrono::steady_clock::now();
}

TimeLog::~TimeLog()
{
    if (m_step == nullptr)
        return;
    const auto took = std::chrono::steady_clock::now() - m_start;
    qCDebug(logTime, "%s %lld", m_step,
            static_cast<long long>(std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
}

} // namespace lectern::base
