// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <deque>
#include <utility>

namespace lectern::cli {

/// Pages finished per second over the last ten seconds. Pure: time comes in by argument
/// (base::Clock::monotonicMs()).
class PaceMeter {
public:
    void note(qint64 nowMs, qint64 pagesFinished);
    [[nodiscard]] double perSecond() const;

private:
    std::deque<std::pair<qint64, qint64>> m_marks;
};

} // namespace lectern::cli
