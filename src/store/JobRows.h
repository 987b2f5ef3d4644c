// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Endpoint.h"
#include "domain/Work.h"

#include <optional>

namespace lectern::store {

class Connection;
class Transaction;

// Steps on rows of the queue that JobQueue and Library share. Private to this module; all throw Failure.

/// The first part of the ids of analysers that ask nobody: no endpoint may be called so.
[[nodiscard]] QString builtInEndpoint();

/// The model behind an analyser's id ("ENDPOINT/MODEL"); nothing for a built-in one ("built-in/1").
[[nodiscard]] std::optional<domain::ModelRef> modelOfAnalyzer(const QString &analyzer);

/// The analyser of the document's run. Throws NotFound.
[[nodiscard]] QString analyzerOf(Connection &connection, domain::DocumentId document);

/// The lane in which the document's pages wait for their analysis.
[[nodiscard]] QString analyzeLane(Connection &connection, domain::DocumentId document);

/// What a running job was asked to do.
enum class StopRequest {
    None = 0,
    Cancel = 1, ///< end as cancelled
    Wait = 2,   ///< go back among the waiting: paused, in the trash, or started again meanwhile
};

struct RunningJob {
    domain::Job job;
    StopRequest stop = StopRequest::None;
};

/// The job, if the lease is still good; else throws StaleLease.
[[nodiscard]] RunningJob requireLease(Connection &connection, domain::JobLease lease);

/// The same for a job that must be about this document.
RunningJob requireLease(Connection &connection, domain::JobLease lease, domain::DocumentId document);

/// Ends a running job, whose lease was checked.
void endJob(Transaction &transaction, const domain::Job &job, domain::JobState state,
            const base::Error &error = {});

/// Puts a running job back among the waiting ones: held, scheduled or ready, whatever its document and time
/// ask for.
void parkJob(Transaction &transaction, const domain::Job &job, qint64 runAt, int attempt,
             const base::Error &error);

/// Whether jobs of the document must wait: it is paused, or its run is, or it is in the trash.
[[nodiscard]] bool isHeld(Connection &connection, domain::DocumentId document);

/// Makes the waiting jobs of the document held, or no longer held, as isHeld() says.
void applyHolds(Transaction &transaction, domain::DocumentId document);

/// Asks the running extract job of the document to go back among the waiting. A page that is being analysed
/// is paid for, and ends by itself.
void askToWait(Transaction &transaction, domain::DocumentId document);

/// Running jobs that were asked to end as cancelled go back among the waiting instead. Returns how many.
int letStoppingWait(Transaction &transaction, domain::DocumentId document);

/// An ended job starts again with fresh attempts, or a new one is made; nothing when one is live. Returns how
/// many started.
int restartExtract(Transaction &transaction, domain::DocumentId document);
/// The same for every page of the document that waits for its analysis.
int restartAnalyses(Transaction &transaction, domain::DocumentId document);

/// The job made progress, so it is not what killed its workers.
void forgiveDeaths(Transaction &transaction, domain::JobId job);

/// Trials of the document's pages that have not begun end as cancelled (Trials.cpp). Returns how many.
int endTrials(Transaction &transaction, domain::DocumentId document);

void addJobEvent(Transaction &transaction, const domain::Job &job, const QString &kind,
                 const base::Error &error = {});
/// An event of the document, about none of its jobs.
void addDocumentEvent(Transaction &transaction, domain::DocumentId document, const QString &kind);

} // namespace lectern::store
