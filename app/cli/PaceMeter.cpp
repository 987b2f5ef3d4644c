// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/PaceMeter.h"

namespace lectern::cli {

namespace {

constexpr qint64 kWindowMs = 10'000;
constexpr qint64 kShortestSpanMs = 400; // less says more about the polling than about the pace
constexpr double kMillisecondsPerSecond = 1'000;

} // namespace

void PaceMeter::note(qint64 nowMs, qint64 pagesFinished)
{
    if (!m_marks.empty() && pagesFinished < m_marks.back().second)
        m_marks.clear(); // documents were taken out: start over
    m_marks.emplace_back(nowMs, pagesFinished);
    while (m_marks.size() > 2 && nowMs - m_marks.front().first > kWindowMs)
        m_marks.pop_front();
}

double PaceMeter::perSecond() const
{
    if (m_marks.size() < 2)
        return 0;
    const qint64 span = m_marks.back().first - m_marks.front().first;
    if (span < kShortestSpanMs)
        return 0;
    return static_cast<double>(m_marks.back().second - m_marks.front().second) * kMillisecondsPerSecond /
           static_cast<double>(span);
}

} // namespace lectern::cli
