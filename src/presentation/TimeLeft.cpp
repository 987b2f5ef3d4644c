// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/TimeLeft.h"

#include <algorithm>

namespace lectern::presentation {

void TimeLeft::note(qint64 nowMs, qint64 stepsLeft)
{
    if (m_lastMs && m_lastLeft && stepsLeft < *m_lastLeft && nowMs > *m_lastMs) {
        const qint64 steps = *m_lastLeft - stepsLeft;
        const double each = static_cast<double>(nowMs - *m_lastMs) / static_cast<double>(steps);
        const int kept = static_cast<int>(std::min<qint64>(steps, kWindow));
        m_durations.insert(m_durations.size(), kept, each);
        if (m_durations.size() > kWindow)
            m_durations.remove(0, m_durations.size() - kWindow);
    }
    // A note that brings nothing new must not move the clock: the next page took the whole time since the
    // last one.
    if (!m_lastMs || !m_lastLeft || stepsLeft != *m_lastLeft)
        m_lastMs = nowMs;
    m_lastLeft = stepsLeft;
}

void TimeLeft::interrupt()
{
    m_lastMs.reset();
}

std::optional<qint64> TimeLeft::remainingMs() const
{
    if (!m_lastLeft || *m_lastLeft <= 0 || m_durations.size() < kEnough)
        return {};
    QVector<double> sorted = m_durations;
    const auto middle = sorted.begin() + sorted.size() / 2;
    std::nth_element(sorted.begin(), middle, sorted.end());
    return static_cast<qint64>(*middle * static_cast<double>(*m_lastLeft));
}

std::optional<qint64> TimeLeft::stepsLeft(const domain::Document &document)
{
    if (document.pagesTotal < 0)
        return {};
    const qint64 unsettled = std::max(0, document.pagesTotal - document.pagesDone - document.pagesFailed);
    if (document.goal == domain::Goal::Text)
        return unsettled;
    return unsettled + std::max(0, document.pagesTotal - document.pagesExtracted - document.pagesFailed);
}

qint64 TimeLeft::stepsLeft(const domain::Totals &totals)
{
    const qint64 unsettled = std::max<qint64>(0, totals.pages - totals.pagesDone - totals.pagesFailed);
    return unsettled + std::max<qint64>(0, totals.pages - totals.pagesExtracted - totals.pagesFailed);
}

void PaceBook::note(qint64 nowMs, const domain::Document &document, bool allPaused)
{
    const std::optional<qint64> left = TimeLeft::stepsLeft(document);
    if (domain::isSettled(document.state) || document.isInTrash() || document.paused || allPaused || !left) {
        m_paces.remove(document.id);
        return;
    }
    if (document.state == domain::DocumentState::Indexing)
        m_paces[document.id].note(nowMs, *left);
}

void PaceBook::interruptAll()
{
    m_paces.clear();
}

std::optional<qint64> PaceBook::remainingMs(domain::DocumentId id) const
{
    const auto pace = m_paces.constFind(id);
    return pace == m_paces.constEnd() ? std::nullopt : pace->remainingMs();
}

} // namespace lectern::presentation
