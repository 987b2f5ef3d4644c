// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Document.h"
#include "domain/Run.h"

#include <QHash>
#include <QVector>

#include <optional>

namespace lectern::presentation {

/// How long something will take that is done page after page: the median time between the last 20 finished
/// pages times the pages left. The time between pages is measured over everything that works on them at once,
/// so parallel work is in it already. Nothing is said before 3 pages. Pure: time comes in by argument
/// (base::Clock::monotonicMs()).
class TimeLeft {
public:
    static constexpr int kWindow = 20;
    static constexpr int kEnough = 3;

    /// At `nowMs`, `stepsLeft` steps were left. Call it whenever that was read. More steps than before only
    /// move the mark (pages were added); they don't count as speed.
    void note(qint64 nowMs, qint64 stepsLeft);
    /// Work stood still (pause, wait): the time until the next note is not counted.
    void interrupt();
    /// Milliseconds; nothing while it can't be told or nothing is left.
    [[nodiscard]] std::optional<qint64> remainingMs() const;

    /// Steps left of a document: each page is read, and analysed if that is the goal. Nothing until its pages
    /// are known.
    [[nodiscard]] static std::optional<qint64> stepsLeft(const domain::Document &document);
    /// Steps left of all documents whose pages are known.
    [[nodiscard]] static qint64 stepsLeft(const domain::Totals &totals);

private:
    QVector<double> m_durations; ///< milliseconds per step, oldest first
    std::optional<qint64> m_lastMs;
    std::optional<qint64> m_lastLeft;
};

/// A TimeLeft for each document at work; forgets those that are settled or paused.
class PaceBook {
public:
    void note(qint64 nowMs, const domain::Document &document, bool allPaused);
    void interruptAll();
    [[nodiscard]] std::optional<qint64> remainingMs(domain::DocumentId id) const;

private:
    QHash<domain::DocumentId, TimeLeft> m_paces;
};

} // namespace lectern::presentation
