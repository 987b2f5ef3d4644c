// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Endpoint.h"
#include "domain/Ids.h"
#include "domain/Work.h"

#include <QString>
#include <QStringList>
#include <QVector>

#include <functional>
#include <optional>

namespace lectern::store {

class Connection;
class Transaction;

struct NewJob {
    domain::JobKind kind = domain::JobKind::Extract;
    QString
        lane; ///< empty: an analysis waits in laneOf() its run's analyser, all else in domain::localLane()
    domain::Priority priority = domain::Priority::Normal;
    domain::RunId run; ///< none: that of its document
    domain::DocumentId document;
    int page = 0;
    domain::SpaceId space; ///< that an embed job fills
    int maxAttempts = 3;
    qint64 runAt = 0; ///< 0: now
    QString
        onlyWorker; ///< only this worker may claim it (it alone knows the document's password); empty: any
    QString idempotencyKey; ///< permanent; empty: none
    bool held = false;      ///< starts paused; setDocumentPaused(false) lets it go
};

struct ClaimRequest {
    QString lane;
    QString worker;
    int limit = 1;
    qint64 nowMs = 0;
    bool oldestFirst =
        false; ///< ageing: every so often take the oldest whatever its priority, so that nothing starves
};

/// Jobs by state, those of documents in the trash included.
struct JobCounts {
    QVector<qint64> byState = QVector<qint64>(16, 0); ///< index: number of domain::JobState
    [[nodiscard]] qint64 of(domain::JobState state) const { return byState.at(static_cast<int>(state)); }
};

struct JobFilter {
    std::optional<domain::JobState> state;
    std::optional<domain::DocumentId> document;
    bool problemsOnly = false; ///< failed, or with at least one failed attempt
    int limit = 1000;
    qint64 afterId = 0; ///< paging by id, ascending
};

/// A line of a document's log.
struct JobEvent {
    qint64 id = 0;
    qint64 at = 0;
    domain::JobId job;
    int page = 0;
    QString kind; ///< enqueued, started, retry, failed, done, rescued, set_aside, paused, resumed, cancelled,
                  ///< embedded, …
    int attempt = 0;
    base::Error error;
    // Of the job, when it is an embed job.
    int vectors = 0;
    qint64 milliseconds = 0; ///< that the model took for them
};

/// The queue: one row per independently retryable piece of work. Every method is one or a few guarded
/// statements in the caller's transaction. Writes after a claim match id AND lease AND state=running; when
/// nobody matches, the error is StaleLease and the caller discards its result.
class JobQueue {
public:
    // Putting in. Returns the live job when there already is one (live key), or the first job of this
    // idempotency key.
    [[nodiscard]] static base::Result<domain::JobId> enqueue(Transaction &, const NewJob &);

    /// The lane for analyses by this analyser: the endpoint's for "ENDPOINT/MODEL", else the local one.
    [[nodiscard]] static QString laneOf(const QString &analyzer);

    // Taking out.
    /// Nothing while everything is paused.
    [[nodiscard]] static base::Result<QVector<domain::Job>> claim(Transaction &, const ClaimRequest &);
    /// Whether claim() would find something, without taking the write lock.
    [[nodiscard]] static base::Result<bool> hasReady(Connection &, const QString &lane, const QString &worker,
                                                     qint64 nowMs);
    /// Whether pages are ready that are for other models of the same endpoint.
    [[nodiscard]] static base::Result<bool> hasReadyForOthers(Connection &, const domain::ModelRef &);
    [[nodiscard]] static base::Status checkLease(Transaction &, domain::JobLease);
    /// Ends or parks the job. A job whose cancel was requested ends Cancelled, never retried, unless it is
    /// Done after all. One that was asked to wait (pause, trash) and comes back Cancelled is given back as by
    /// release(). A failed extract job leaves its error with the document, a failed analyze job with its
    /// page.
    [[nodiscard]] static base::Status finish(Transaction &, domain::JobLease, const domain::JobOutcome &);
    /// Progress was stored: earlier deaths of its workers no longer count against it.
    [[nodiscard]] static base::Status noteProgress(Transaction &, domain::JobLease);
    /// Gives a job back unstarted, without using up an attempt (shutdown, or pause).
    [[nodiscard]] static base::Status release(Transaction &, domain::JobLease);

    // Time.
    [[nodiscard]] static base::Result<int> promoteScheduled(Transaction &, qint64 nowMs);
    [[nodiscard]] static base::Result<std::optional<qint64>> nextScheduledAt(Connection &);

    // Workers. A worker whose lock file can be taken is dead: its jobs go back to ready at once, without
    // using up an attempt; those with too many deaths without progress are set aside (their document too, for
    // an extract job). Its requests to models that were in flight are booked as unknown (see Ledger).
    [[nodiscard]] static base::Status registerWorker(Transaction &, const QString &id, const QString &program,
                                                     qint64 pid);
    [[nodiscard]] static base::Status removeWorker(Transaction &, const QString &id);
    [[nodiscard]] static base::Result<QStringList> workers(Connection &);
    // `lastSeenAt` is when it last gave a sign of life; unknown, every loss counts.
    struct Rescue {
        int jobs = 0;
        int setAside = 0;
        QVector<domain::DocumentId> documentsSetAside;
    };
    [[nodiscard]] static base::Result<Rescue> rescue(Transaction &, const QString &deadWorker, bool crashed,
                                                     std::optional<qint64> lastSeenAt = {});

    // What the user asks for. All of them are no-ops on what is already so.
    [[nodiscard]] static base::Status setAllPaused(Transaction &, bool paused);
    [[nodiscard]] static base::Result<bool> allPaused(Connection &);
    [[nodiscard]] static base::Status setRunPaused(Transaction &, domain::RunId, bool paused);
    [[nodiscard]] static base::Status setDocumentPaused(Transaction &, domain::DocumentId, bool paused);
    // A document's pause ends when it is settled. Pauses and the trash overlap: a job waits until none of
    // them holds it.
    /// Live jobs end; running ones are asked to stop. Pages that are stored stay. The document becomes
    /// Cancelled.
    [[nodiscard]] static base::Status cancelDocument(Transaction &, domain::DocumentId);
    /// Failed and cancelled jobs of the document start again with fresh attempts; its failed pages wait
    /// again. Returns how many jobs there are.
    [[nodiscard]] static base::Result<int> retryDocument(Transaction &, domain::DocumentId);
    [[nodiscard]] static base::Status retryPage(Transaction &, domain::DocumentId, int page);
    [[nodiscard]] static base::Status runNext(Transaction &, domain::DocumentId);
    [[nodiscard]] static base::Status setPriority(Transaction &, domain::DocumentId, domain::Priority);
    /// Running jobs of this worker that the user cancelled.
    [[nodiscard]] static base::Result<QVector<domain::JobId>> cancelRequested(Connection &,
                                                                              const QString &worker);
    /// Running extract jobs of this worker that should stop at the next page: their document or run, or
    /// everything, is paused, or their document is in the trash. An analysis that has begun is paid for and
    /// ends by itself.
    [[nodiscard]] static base::Result<QVector<domain::JobId>> pauseRequested(Connection &,
                                                                             const QString &worker);

    // Looking.
    [[nodiscard]] static base::Result<JobCounts> counts(Connection &);
    [[nodiscard]] static base::Result<QVector<domain::Job>> list(Connection &, const JobFilter &);
    [[nodiscard]] static base::Result<QVector<JobEvent>> log(Connection &, domain::DocumentId, int limit);
    [[nodiscard]] static base::Result<qint64> liveCount(Connection &);

    /// Adds a line to the document's log.
    [[nodiscard]] static base::Status addEvent(Transaction &, const domain::Job &, const QString &kind,
                                               const base::Error &error = {});
};

} // namespace lectern::store
