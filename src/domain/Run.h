// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"
#include "domain/Work.h"

#include <QString>

namespace lectern::domain {

/// What the user started: many documents, one goal, one total. Later also one estimate and one cap.
struct Run {
    RunId id;
    Goal goal = Goal::Analysis;
    QString analyzer; ///< id of the analyser
    bool paused = false;
    qint64 createdAt = 0;
};

/// Counts over the documents of a run, a selection or the whole workspace. Documents in the trash are left
/// out.
struct Totals {
    int documents = 0;
    int documentsQueued = 0;
    int documentsIndexing = 0;
    int documentsPaused = 0;
    int documentsDone = 0;         ///< without any failure
    int documentsWithFailures = 0; ///< done, but some pages failed
    int documentsNeedPassword = 0;
    int documentsSetAside = 0; ///< corrupt, unsupported or failed
    int documentsCancelled = 0;
    int documentsInTrash = 0;
    qint64 pages = 0; ///< of documents whose page count is known
    qint64 pagesExtracted = 0;
    qint64 pagesDone = 0;
    qint64 pagesFailed = 0;

    [[nodiscard]] int documentsUnfinished() const { return documentsQueued + documentsIndexing; }
    friend bool operator==(const Totals &, const Totals &) = default;
};

} // namespace lectern::domain
