// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Document.h"
#include "domain/Run.h"
#include "domain/Work.h"
#include "store/JobQueue.h"

#include <QHash>
#include <QSet>
#include <QString>
#include <QVector>

namespace lectern::presentation {

/// A job that runs now, in any process, and the name of its document.
struct RunningWork {
    domain::Job job;
    QString documentName;
};

/// The workspace at one moment: everything the status bar, rail, banners and commands need. A plain value.
struct LibrarySnapshot {
    qint64 atMs = 0; ///< when it was read
    qint64 changeSeq = 0;
    domain::Totals totals;
    store::JobCounts jobs;
    bool paused = false;            ///< everything is paused by the user
    QSet<domain::RunId> askingRuns; ///< they wait for an answer since a start
    QVector<RunningWork> running;   ///< oldest first, at most 100
    /// Documents of which a job waits for its time, and the earliest such time. At most 1,000 documents.
    QHash<domain::DocumentId, qint64> nextTryAt;
    QSet<domain::DocumentId> runningDocuments; ///< the documents of `running`

    /// Pages of the workspace that are not settled yet. Documents whose page count is unknown add nothing.
    [[nodiscard]] qint64 pagesLeft() const { return totals.pages - totals.pagesDone - totals.pagesFailed; }
    /// Something waits or runs.
    [[nodiscard]] bool hasWork() const { return totals.documentsUnfinished() > 0; }
    /// The documents that need a person: failed pages, set aside, locked.
    [[nodiscard]] int documentsWithProblems() const
    {
        return totals.documentsWithFailures + totals.documentsSetAside + totals.documentsNeedPassword;
    }
};

/// What changed since the delta before. A plain value.
struct LibraryDelta {
    QVector<domain::Document> documents; ///< new values, those in the trash included
    /// Too much changed to list: whoever shows documents reads again what it shows.
    bool everything = false;
};

} // namespace lectern::presentation
