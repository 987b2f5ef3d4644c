// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "domain/Document.h"
#include "presentation/LibrarySnapshot.h"
#include "presentation/PageHits.h"
#include "presentation/Then.h"
#include "store/Database.h"
#include "store/JobQueue.h"
#include "store/Library.h"
#include "store/Reading.h"
#include "store/UsageReport.h"

#include <QByteArray>
#include <QObject>
#include <QVector>

#include <memory>

namespace lectern::presentation {

/// Ids in order, and how long the question took on the reading thread.
struct FoundDocuments {
    QVector<domain::DocumentId> ids;
    qint64 tookMs = 0;
};

/// A page (or, with page 0, the document as a whole) that failed or was tried more than once.
struct ProblemPage {
    int page = 0;
    int attempts = 0;
    int maxAttempts = 0;  ///< 0 when no job of it is known any more
    bool failed = false;  ///< settled as failed; otherwise it will be tried again
    bool running = false; ///< is being tried right now
    qint64 nextTryAt = 0; ///< 0: not waiting for a time
    base::Error error;

    friend bool operator==(const ProblemPage &, const ProblemPage &) = default;
};

/// The read side of an open workspace. The object lives on the GUI thread; all reading happens on a thread of
/// its own with a connection of its own, so the GUI thread runs no SQL and never waits for any. Owned by
/// WorkspaceClient.
///
/// While started it looks every 100 ms whether this or any other process changed the workspace, and then
/// sends one merged delta and one snapshot: at most ten a second, and never a second one before the first was
/// delivered. Questions are answered in the order in which they were asked; answers and deltas arrive in the
/// order of reading, so a later value is never older.
class LibraryFeed final : public QObject {
    Q_OBJECT

public:
    static constexpr int kPollMs = 100;
    static constexpr int kLogLimit = 500;
    static constexpr int kHitLimit = 1'000; ///< occurrences on one page

    explicit LibraryFeed(const base::Clock &clock, QObject *parent = nullptr);
    ~LibraryFeed() override;

    /// Starts reading `database`, which must stay until stop(). Does nothing when started.
    void start(store::Database &database);
    /// Ends reading and waits for the question under way (milliseconds). Unanswered questions are dropped.
    void stop();
    [[nodiscard]] bool isStarted() const;
    /// Looks now instead of at the next poll: for what this window has just changed.
    void wake();

    /// The last snapshot delivered; empty before the first.
    [[nodiscard]] const LibrarySnapshot &snapshot() const { return m_snapshot; }

    // Questions. Before start() they are answered with NotFound.
    void find(const store::Library::DocumentQuery &query, QObject *context, Then<FoundDocuments> then);
    /// Several lists in one answer, one after the other and without repeats; each cut to `limit` ids.
    void findEach(const QVector<store::Library::DocumentQuery> &queries, const QVector<int> &limits,
                  QObject *context, Then<FoundDocuments> then);
    /// Values of those that exist, in any order.
    void documents(const QVector<domain::DocumentId> &ids, QObject *context,
                   Then<QVector<domain::Document>> then);
    void document(domain::DocumentId id, QObject *context, Then<domain::Document> then);
    void places(domain::DocumentId id, QObject *context, Then<QVector<store::Place>> then);
    /// What of it left this machine, and to whom.
    void departures(domain::DocumentId id, QObject *context,
                    Then<QVector<store::UsageReport::Departure>> then);
    /// One byte per page, the number of its domain::PageState.
    void pageStates(domain::DocumentId id, QObject *context, Then<QByteArray> then);
    void pages(domain::DocumentId id, int after, int limit, QObject *context,
               Then<QVector<domain::Page>> then);
    void page(domain::DocumentId id, int number, QObject *context, Then<domain::PageRecord> then);
    /// Size, state and label of every page, index 0 = page 1.
    void frames(domain::DocumentId id, QObject *context, Then<QVector<store::PageFrame>> then);
    /// The texts of the pages after `after`, at most `limit` pages further.
    void words(domain::DocumentId id, int after, int limit, QObject *context,
               Then<QVector<store::PageWords>> then);
    /// Where `what` stands in the pages after `after`, at most `limit` pages further; pages without a hit are
    /// left out. The comparing is done on the reading thread too: ask for some dozens of pages at a time.
    void occurrences(domain::DocumentId id, const text::Occurrences &what, int after, int limit,
                     QObject *context, Then<QVector<PageHits>> then);
    /// Pages with problems, ascending; the document as a whole (page 0) first. At most `limit`.
    void problems(domain::DocumentId id, int limit, QObject *context, Then<QVector<ProblemPage>> then);
    void jobs(const store::JobFilter &filter, QObject *context, Then<QVector<domain::Job>> then);
    /// The newest events, newest first.
    void log(domain::DocumentId id, int limit, QObject *context, Then<QVector<store::JobEvent>> then);

Q_SIGNALS:
    /// Documents changed. Comes before the snapshot that counts them.
    void changed(const lectern::presentation::LibraryDelta &delta);
    void snapshotChanged(const lectern::presentation::LibrarySnapshot &snapshot);
    /// Reading failed (disk gone, database damaged). Polling goes on; said once per cause.
    void readFailed(const lectern::base::Error &error);

private:
    class Worker;
    template <class T, class Call> void ask(QObject *context, Then<T> then, Call call);
    void deliver(const LibraryDelta &delta, const LibrarySnapshot &snapshot);

    const base::Clock &m_clock;
    LibrarySnapshot m_snapshot;
    std::unique_ptr<Worker> m_worker;
    quint64 m_session = 0; ///< raised by start() and stop(): what was sent before is dropped
};

} // namespace lectern::presentation
