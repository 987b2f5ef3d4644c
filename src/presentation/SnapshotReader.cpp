// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/SnapshotReader.h"

#include "store/Questions.h"

#include <QMap>

#include <algorithm>

namespace lectern::presentation {

using domain::JobState;
using store::JobQueue;
using store::Library;

base::Result<std::optional<SnapshotReader::News>> SnapshotReader::read(qint64 nowMs)
{
    // Read first: what is committed while the rest is read shows up as a new version at the next call.
    const base::Result<qint64> version = m_connection.dataVersion();
    if (!version)
        return base::fail(version.error());
    if (m_version == *version)
        return std::optional<News>();

    News news;
    news.snapshot.atMs = nowMs;
    const base::Result<qint64> changeSeq = Library::changeSeq(m_connection);
    if (!changeSeq)
        return base::fail(changeSeq.error());
    news.snapshot.changeSeq = *changeSeq;
    base::Result<LibraryDelta> delta = readDelta(*changeSeq);
    if (!delta)
        return base::fail(delta.error());
    news.delta = std::move(*delta);
    for (const auto part :
         {&SnapshotReader::readCounts, &SnapshotReader::readRunning, &SnapshotReader::readScheduled}) {
        if (const base::Status status = (this->*part)(news.snapshot); !status)
            return base::fail(status.error());
    }
    m_version = *version;
    m_changeSeq = *changeSeq;
    return std::optional<News>(std::move(news));
}

base::Result<LibraryDelta> SnapshotReader::readDelta(qint64 changeSeq)
{
    LibraryDelta delta;
    if (!m_changeSeq) {
        delta.everything = true;
        return delta;
    }
    if (*m_changeSeq == changeSeq)
        return delta;
    const base::Result<QVector<domain::DocumentId>> ids =
        Library::changedSince(m_connection, *m_changeSeq, kDeltaLimit + 1);
    if (!ids)
        return base::fail(ids.error());
    if (ids->size() > kDeltaLimit) {
        delta.everything = true;
        return delta;
    }
    base::Result<QVector<domain::Document>> documents = Library::documents(m_connection, *ids);
    if (!documents)
        return base::fail(documents.error());
    delta.documents = std::move(*documents);
    return delta;
}

base::Status SnapshotReader::readCounts(LibrarySnapshot &snapshot)
{
    // Totals change only with documents, so a change of jobs alone does not pay for them.
    if (m_changeSeq != snapshot.changeSeq) {
        const base::Result<domain::Totals> totals = Library::totals(m_connection);
        if (!totals)
            return base::fail(totals.error());
        m_totals = *totals;
    }
    snapshot.totals = m_totals;
    const base::Result<store::JobCounts> counts = JobQueue::counts(m_connection);
    if (!counts)
        return base::fail(counts.error());
    snapshot.jobs = *counts;
    const base::Result<bool> paused = JobQueue::allPaused(m_connection);
    if (!paused)
        return base::fail(paused.error());
    snapshot.paused = *paused;
    const base::Result<QSet<domain::RunId>> asking = store::Questions::asking(m_connection);
    if (!asking)
        return base::fail(asking.error());
    snapshot.askingRuns = *asking;
    return {};
}

base::Status SnapshotReader::readRunning(LibrarySnapshot &snapshot)
{
    store::JobFilter filter;
    filter.state = JobState::Running;
    filter.limit = kRunningLimit;
    const base::Result<QVector<domain::Job>> jobs = JobQueue::list(m_connection, filter);
    if (!jobs)
        return base::fail(jobs.error());
    for (const domain::Job &job : *jobs)
        snapshot.runningDocuments.insert(job.document);
    const base::Result<QVector<domain::Document>> documents = Library::documents(
        m_connection, {snapshot.runningDocuments.cbegin(), snapshot.runningDocuments.cend()});
    if (!documents)
        return base::fail(documents.error());
    QHash<domain::DocumentId, QString> names;
    for (const domain::Document &document : *documents)
        names.insert(document.id, document.name);
    for (const domain::Job &job : *jobs)
        snapshot.running << RunningWork{job, names.value(job.document)};
    std::stable_sort(
        snapshot.running.begin(), snapshot.running.end(),
        [](const RunningWork &a, const RunningWork &b) { return a.job.startedAt < b.job.startedAt; });
    return {};
}

base::Status SnapshotReader::readScheduled(LibrarySnapshot &snapshot)
{
    if (snapshot.jobs.of(JobState::Scheduled) == 0)
        return {};
    store::JobFilter filter;
    filter.state = JobState::Scheduled;
    filter.limit = kScheduledLimit;
    const base::Result<QVector<domain::Job>> jobs = JobQueue::list(m_connection, filter);
    if (!jobs)
        return base::fail(jobs.error());
    for (const domain::Job &job : *jobs) {
        qint64 &next = snapshot.nextTryAt[job.document];
        next = next == 0 ? job.runAt : std::min(next, job.runAt);
    }
    return {};
}

base::Result<FoundDocuments> SnapshotReader::findEach(store::Connection &connection,
                                                      const QVector<Library::DocumentQuery> &queries,
                                                      const QVector<int> &limits, const base::Clock &clock)
{
    const qint64 started = clock.monotonicMs();
    FoundDocuments found;
    QSet<domain::DocumentId> seen;
    for (qsizetype i = 0; i < queries.size(); ++i) {
        base::Result<QVector<domain::DocumentId>> ids = Library::find(connection, queries.at(i));
        if (!ids)
            return base::fail(ids.error());
        const int limit = limits.value(i);
        if (limit > 0 && ids->size() > limit)
            ids->resize(limit);
        if (queries.size() == 1) {
            found.ids = std::move(*ids);
            break;
        }
        // A document may have moved on between two questions, and must not stand in the list twice.
        for (const domain::DocumentId id : std::as_const(*ids)) {
            if (!seen.contains(id)) {
                seen.insert(id);
                found.ids << id;
            }
        }
    }
    found.tookMs = clock.monotonicMs() - started;
    return found;
}

base::Result<QVector<ProblemPage>> SnapshotReader::problems(store::Connection &connection,
                                                            domain::DocumentId id, int limit)
{
    const base::Result<QVector<domain::Page>> pages = Library::problemPages(connection, id, limit);
    if (!pages)
        return base::fail(pages.error());
    store::JobFilter filter;
    filter.document = id;
    filter.problemsOnly = true;
    const base::Result<QVector<domain::Job>> jobs = JobQueue::list(connection, filter);
    if (!jobs)
        return base::fail(jobs.error());

    QMap<int, ProblemPage> problems;
    for (const domain::Page &page : *pages) {
        if (page.state != domain::PageState::Done)
            problems.insert(page.number, {page.number, page.attempts, 0,
                                          page.state == domain::PageState::Failed, false, 0, page.error});
    }
    for (const domain::Job &job : *jobs) {
        const bool known = problems.contains(job.page);
        // An ended job says nothing that its page does not; the job of the whole document has no page to say
        // it.
        if (!domain::isLive(job.state) && !known)
            continue;
        ProblemPage &problem = problems[job.page];
        problem.page = job.page;
        problem.attempts = std::max(problem.attempts, job.attempt);
        problem.maxAttempts = job.maxAttempts;
        if (!domain::isLive(job.state))
            continue;
        problem.failed = false;
        problem.running = job.state == JobState::Running;
        problem.nextTryAt = job.state == JobState::Scheduled ? job.runAt : 0;
        if (problem.error.code == base::ErrorCode::None)
            problem.error = job.error;
    }
    QVector<ProblemPage> result;
    for (const ProblemPage &problem : std::as_const(problems)) {
        if (result.size() < limit)
            result << problem;
    }
    return result;
}

} // namespace lectern::presentation
