// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/LibraryWatch.h"
#include "app/cli/PaceMeter.h"
#include "app/cli/Progress.h"
#include "app/cli/Session.h"
#include "presentation/TimeLeft.h"

#include <optional>

namespace lectern::cli {

/// Waits while work goes on, and shows it: a progress bar on a terminal, lines otherwise, events with
/// `--json`. Main thread. It only looks; the work is done by the engine of this process, and by others.
class WorkFollower {
public:
    enum class Voice { Normal, Silent };
    explicit WorkFollower(Session &session, Voice voice = Voice::Normal);

    /// Until the watched documents are settled or paused. `paths` is what the user named, see LibraryWatch.
    [[nodiscard]] Outcome<ExitCode> followDocuments(const QVector<domain::DocumentId> &documents,
                                                    const QStringList &paths);
    /// Until the queue of the workspace has nothing left that could run.
    [[nodiscard]] Outcome<ExitCode> followEverything();

    /// One look: reports what changed, for use while something else is waited for. Fails when work is stuck
    /// for good.
    [[nodiscard]] Outcome<void> look();

private:
    [[nodiscard]] Outcome<bool> isOver(const QStringList &paths);
    [[nodiscard]] Outcome<bool> isQueueOver();
    [[nodiscard]] Outcome<bool> waits();
    void report(const LibraryWatch::Change &change);
    void showProgress();
    [[nodiscard]] Progress measure();
    [[nodiscard]] std::optional<base::Error> lastingProblem();
    [[nodiscard]] Outcome<ExitCode> finish(ExitCode ifDone);
    [[nodiscard]] ExitCode codeOfWatched() const;
    [[nodiscard]] base::Result<ExitCode> codeOfLibrary() const;

    Session &m_session;
    Voice m_voice;
    LibraryWatch m_watch;
    std::optional<base::Error> m_waiting; ///< for what all that is left waits
    PaceMeter m_pace;
    presentation::TimeLeft m_timeLeft;
    bool m_placesWatched = false;
    qint64 m_startedAt = 0;
    qint64 m_nextProgressAt = 0;
    qint64 m_lastShownSteps = -1;
    qint64 m_problemSince = -1;
};

} // namespace lectern::cli
