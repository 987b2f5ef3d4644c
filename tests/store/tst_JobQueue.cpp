// SPDX-License-Identifier: GPL-3.0-or-later
#include "Fixture.h"
#include "support/Strict.h"

#include <QTest>

using namespace lectern;
using namespace lectern::store;
using base::Error;
using base::ErrorCode;
using domain::DocumentId;
using domain::DocumentState;
using domain::Job;
using domain::JobId;
using domain::JobKind;
using domain::JobOutcome;
using domain::JobState;
using domain::Priority;
using domain::RunId;

namespace {

const Error kTrouble{ErrorCode::PageTimedOut, QStringLiteral("page 1")};

} // namespace

/// The queue on analyze jobs of documents whose extract job just waits; what belongs to documents is in
/// tst_Library.
class tst_JobQueue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        support::failOnWarnings();
        m = std::make_unique<Fixture>();
        m_run = m->createRun();
        m_document = m->add(QStringLiteral("/a.pdf"), m_run).document;
    }
    void cleanup()
    {
        if (!QTest::currentTestFailed())
            QCOMPARE(m->broken(), QString());
        m.reset();
    }
    void givesTheLiveJobWhenThereIsOne();
    void anIdempotencyKeyIsForEver();
    void refusesAnUnknownDocument();
    void claimsByPriorityThenAge();
    void ageingTakesTheOldest();
    void claimsOnlyItsLane();
    void hasReadyTellsWhatClaimWouldFind();
    void aClockSetBackHoldsNothingUp();
    void everyLateWriteIsStale();
    void retryUsesUpAnAttemptAndWaits();
    void snoozeUsesUpNone();
    void releaseGivesBackUnstarted();
    void promotesWhatIsDue();
    void rescueGivesBackAtOnce();
    void setsAsideAfterTwoCrashes();
    void setsAsideAfterManyLosses();
    void progressForgivesDeaths();
    void rescueOfOneWorkerLeavesTheOthers();
    void cancelEndsWaitingJobsAndAsksRunningOnes();
    void aCancelledJobIsNeverRetried();
    void aJobDoneInSpiteOfCancelIsDone();
    void pauseOfEverythingStopsClaiming();
    void pausesOverlap_data();
    void pausesOverlap();
    void newJobsOfAPausedDocumentWait();
    void aRunningExtractIsAskedToWaitAndComesBack();
    void heldFromTheStart();
    void pinnedJobsWaitForTheirWorker();
    void runNextIsNext();
    void priorityOfADocument();
    void countsAndLists();
    void theLogTellsTheStory();

private:
    JobId enqueue(int page, Priority priority = Priority::Normal, qint64 runAt = 0, const QString &key = {})
    {
        NewJob job;
        job.kind = JobKind::Analyze;
        job.document = m_document;
        job.page = page;
        job.priority = priority;
        job.runAt = runAt;
        job.idempotencyKey = key;
        return support::must(m->write([&](Transaction &t) { return JobQueue::enqueue(t, job); }));
    }
    QVector<Job> claim(int limit, const QString &worker = QStringLiteral("w1"), bool oldest = false)
    {
        return support::must(m->write([&](Transaction &t) {
            return JobQueue::claim(
                t, {domain::localLane(JobKind::Analyze), worker, limit, m->clock.nowMs(), oldest});
        }));
    }
    base::Status finish(const Job &job, const JobOutcome &outcome)
    {
        return m->write([&](Transaction &t) { return JobQueue::finish(t, job.leaseToken(), outcome); });
    }
    template <class... Arguments>
    base::Status ask(base::Status (*what)(Transaction &, Arguments...), Arguments... arguments)
    {
        return m->write([&](Transaction &t) { return what(t, arguments...); });
    }
    JobQueue::Rescue rescue(const QString &worker, bool crashed)
    {
        return support::must(m->write([&](Transaction &t) { return JobQueue::rescue(t, worker, crashed); }));
    }
    JobState stateOf(JobId id) { return m->job(id).state; }

    std::unique_ptr<Fixture> m;
    RunId m_run;
    DocumentId m_document;
};

void tst_JobQueue::givesTheLiveJobWhenThereIsOne()
{
    const JobId first = enqueue(1);
    QCOMPARE(enqueue(1), first);
    const Job job = claim(1).first();
    QCOMPARE(enqueue(1), first); // running is live
    EXPECT_OK(finish(job, JobOutcome::retry(kTrouble, m->clock.nowMs() + 1000)));
    QCOMPARE(enqueue(1), first); // scheduled is live
    m->clock.advance(1000);
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::promoteScheduled(t, m->clock.nowMs()); }));
    EXPECT_OK(finish(claim(1).first(), JobOutcome::done()));
    QVERIFY(enqueue(1) != first);
    QVERIFY(enqueue(2) != first);
}

void tst_JobQueue::anIdempotencyKeyIsForEver()
{
    const JobId first = enqueue(1, Priority::Normal, 0, QStringLiteral("request 7"));
    EXPECT_OK(finish(claim(1).first(), JobOutcome::done()));
    QCOMPARE(enqueue(1, Priority::Normal, 0, QStringLiteral("request 7")), first);
    QCOMPARE(enqueue(9, Priority::Normal, 0, QStringLiteral("request 7")), first);
    QVERIFY(claim(10).isEmpty());
    // A second key for work that is live leads to the same job.
    const JobId second = enqueue(2, Priority::Normal, 0, QStringLiteral("request 8"));
    QCOMPARE(enqueue(2, Priority::Normal, 0, QStringLiteral("request 9")), second);
}

void tst_JobQueue::refusesAnUnknownDocument()
{
    NewJob job;
    job.document = DocumentId{999};
    EXPECT_ERROR(m->write([&](Transaction &t) { return JobQueue::enqueue(t, job); }), ErrorCode::NotFound);
}

void tst_JobQueue::claimsByPriorityThenAge()
{
    const JobId low = enqueue(1, Priority::Low);
    const JobId normal = enqueue(2);
    m->clock.advance(5);
    const JobId later = enqueue(3);
    const JobId high = enqueue(4, Priority::High);
    QVector<JobId> order;
    for (const Job &job : claim(10))
        order.append(job.id);
    QCOMPARE(order, (QVector<JobId>{high, normal, later, low}));
    const Job job = m->job(high);
    QCOMPARE(job.state, JobState::Running);
    QCOMPARE(job.attempt, 1);
    QCOMPARE(job.lease, 1);
    QCOMPARE(job.worker, QStringLiteral("w1"));
    QCOMPARE(job.startedAt, m->clock.nowMs());
    QVERIFY(claim(10).isEmpty());
}

void tst_JobQueue::ageingTakesTheOldest()
{
    const JobId oldest = enqueue(1, Priority::Low);
    m->clock.advance(1);
    const JobId second = enqueue(2);
    m->clock.advance(1);
    enqueue(3, Priority::High);
    const QVector<Job> jobs = claim(2, QStringLiteral("w1"), true);
    QCOMPARE(jobs.size(), 2);
    QCOMPARE(jobs.at(0).id, oldest);
    QCOMPARE(jobs.at(1).id, second);
}

void tst_JobQueue::claimsOnlyItsLane()
{
    enqueue(1);
    const auto extracts = support::must(m->write([&](Transaction &t) {
        return JobQueue::claim(t, {domain::localLane(JobKind::Extract), QStringLiteral("w1"), 10, 1, false});
    }));
    QCOMPARE(extracts.size(), 1);
    QCOMPARE(extracts.first().kind, JobKind::Extract);
    QCOMPARE(claim(10).size(), 1);
}

void tst_JobQueue::hasReadyTellsWhatClaimWouldFind()
{
    const auto hasReady = [&](const QString &worker) {
        return support::must(
            JobQueue::hasReady(*m->reader, domain::localLane(JobKind::Analyze), worker, m->clock.nowMs()));
    };
    QVERIFY(!hasReady(QStringLiteral("w1")));
    enqueue(1);
    QVERIFY(hasReady(QStringLiteral("w1")));
    EXPECT_OK(ask(&JobQueue::setAllPaused, true));
    QVERIFY(!hasReady(QStringLiteral("w1")));
    EXPECT_OK(ask(&JobQueue::setAllPaused, false));
    claim(1);
    QVERIFY(!hasReady(QStringLiteral("w1")));
}

void tst_JobQueue::aClockSetBackHoldsNothingUp()
{
    enqueue(1);
    m->clock.set(support::ManualClock::kStart - 86'400'000);
    QCOMPARE(claim(1).size(), 1);
}

void tst_JobQueue::everyLateWriteIsStale()
{
    const JobId id = enqueue(1);
    const Job first = claim(1, QStringLiteral("w1")).first();
    rescue(QStringLiteral("w1"), false);
    const Job second = claim(1, QStringLiteral("w2")).first();
    QCOMPARE(second.id, id);
    QVERIFY(second.lease > first.lease);

    const qint64 soon = m->clock.nowMs() + 10;
    EXPECT_ERROR(finish(first, JobOutcome::done()), ErrorCode::StaleLease);
    EXPECT_ERROR(finish(first, JobOutcome::failed(kTrouble)), ErrorCode::StaleLease);
    EXPECT_ERROR(finish(first, JobOutcome::retry(kTrouble, soon)), ErrorCode::StaleLease);
    EXPECT_ERROR(finish(first, JobOutcome::snooze(kTrouble, soon)), ErrorCode::StaleLease);
    EXPECT_ERROR(finish(first, JobOutcome::cancelled()), ErrorCode::StaleLease);
    EXPECT_ERROR(finish(first, JobOutcome::skipped()), ErrorCode::StaleLease);
    EXPECT_ERROR(m->write([&](Transaction &t) { return JobQueue::release(t, first.leaseToken()); }),
                 ErrorCode::StaleLease);
    EXPECT_ERROR(m->write([&](Transaction &t) { return JobQueue::noteProgress(t, first.leaseToken()); }),
                 ErrorCode::StaleLease);
    EXPECT_ERROR(m->write([&](Transaction &t) { return JobQueue::checkLease(t, first.leaseToken()); }),
                 ErrorCode::StaleLease);
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::checkLease(t, second.leaseToken()); }));
    EXPECT_OK(finish(second, JobOutcome::done()));
    EXPECT_ERROR(finish(second, JobOutcome::done()), ErrorCode::StaleLease);
    QCOMPARE(stateOf(id), JobState::Done);
}

void tst_JobQueue::retryUsesUpAnAttemptAndWaits()
{
    const JobId id = enqueue(1);
    const qint64 later = m->clock.nowMs() + 5000;
    EXPECT_OK(finish(claim(1).first(), JobOutcome::retry(kTrouble, later)));
    Job job = m->job(id);
    QCOMPARE(job.state, JobState::Scheduled);
    QCOMPARE(job.attempt, 1);
    QCOMPARE(job.runAt, later);
    QVERIFY(job.error == kTrouble);
    QVERIFY(claim(1).isEmpty());
    QCOMPARE(support::must(JobQueue::nextScheduledAt(*m->reader)), std::optional<qint64>(later));
    // A time that has come already is no reason to wait.
    m->clock.advance(5000);
    support::must(m->write([&](Transaction &t) { return JobQueue::promoteScheduled(t, m->clock.nowMs()); }));
    EXPECT_OK(finish(claim(1).first(), JobOutcome::retry(kTrouble, m->clock.nowMs())));
    job = m->job(id);
    QCOMPARE(job.state, JobState::Ready);
    QCOMPARE(job.attempt, 2);
}

void tst_JobQueue::snoozeUsesUpNone()
{
    const JobId id = enqueue(1);
    for (int i = 0; i < 5; ++i) {
        EXPECT_OK(
            finish(claim(1).first(), JobOutcome::snooze({ErrorCode::DiskFull, {}}, m->clock.nowMs() + 10)));
        QCOMPARE(m->job(id).attempt, 0);
        QCOMPARE(stateOf(id), JobState::Scheduled);
        m->clock.advance(10);
        QCOMPARE(support::must(m->write(
                     [&](Transaction &t) { return JobQueue::promoteScheduled(t, m->clock.nowMs()); })),
                 1);
    }
    QCOMPARE(claim(1).first().attempt, 1);
}

void tst_JobQueue::releaseGivesBackUnstarted()
{
    const JobId id = enqueue(1);
    const Job job = claim(1).first();
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::release(t, job.leaseToken()); }));
    QCOMPARE(stateOf(id), JobState::Ready);
    QCOMPARE(m->job(id).attempt, 0);
    QCOMPARE(claim(1).first().lease, 2);
}

void tst_JobQueue::promotesWhatIsDue()
{
    const qint64 now = m->clock.nowMs();
    const JobId soon = enqueue(1, Priority::Normal, now + 10);
    const JobId late = enqueue(2, Priority::Normal, now + 1000);
    QCOMPARE(stateOf(soon), JobState::Scheduled);
    QCOMPARE(support::must(m->write([&](Transaction &t) { return JobQueue::promoteScheduled(t, now + 9); })),
             0);
    QCOMPARE(support::must(m->write([&](Transaction &t) { return JobQueue::promoteScheduled(t, now + 10); })),
             1);
    QCOMPARE(stateOf(soon), JobState::Ready);
    QCOMPARE(stateOf(late), JobState::Scheduled);
}

void tst_JobQueue::rescueGivesBackAtOnce()
{
    EXPECT_OK(m->write([&](Transaction &t) {
        return JobQueue::registerWorker(t, QStringLiteral("w1"), QStringLiteral("lectern"), 42);
    }));
    QCOMPARE(support::must(JobQueue::workers(*m->reader)), QStringList{QStringLiteral("w1")});
    const JobId id = enqueue(1);
    claim(1);
    const auto rescued = rescue(QStringLiteral("w1"), true);
    QCOMPARE(rescued.jobs, 1);
    QCOMPARE(rescued.setAside, 0);
    const Job job = m->job(id);
    QCOMPARE(job.state, JobState::Ready);
    QCOMPARE(job.attempt, 0);
    QCOMPARE(job.crashes, 1);
    QCOMPARE(job.losses, 0);
    QCOMPARE(support::must(JobQueue::workers(*m->reader)), QStringList());
    QCOMPARE(rescue(QStringLiteral("w1"), true).jobs, 0);
}

void tst_JobQueue::setsAsideAfterTwoCrashes()
{
    const JobId id = enqueue(1);
    claim(1);
    rescue(QStringLiteral("w1"), true);
    claim(1, QStringLiteral("w2"));
    const auto rescued = rescue(QStringLiteral("w2"), true);
    QCOMPARE(rescued.setAside, 1);
    QCOMPARE(rescued.jobs, 0);
    QCOMPARE(stateOf(id), JobState::Failed);
    QCOMPARE(m->job(id).error.code, ErrorCode::SetAsideAfterCrash);
}

void tst_JobQueue::setsAsideAfterManyLosses()
{
    const JobId id = enqueue(1);
    for (int i = 1; i < domain::kMaxLosses; ++i) {
        claim(1);
        QCOMPARE(rescue(QStringLiteral("w1"), false).jobs, 1);
        QCOMPARE(m->job(id).losses, i);
    }
    claim(1);
    QCOMPARE(rescue(QStringLiteral("w1"), false).setAside, 1);

    // A kill soon after the start proves nothing.
    const JobId other = enqueue(2);
    for (int i = 0; i < 5; ++i) {
        const Job job = claim(1).first();
        const auto rescued = support::must(m->write([&](Transaction &t) {
            return JobQueue::rescue(t, QStringLiteral("w1"), false,
                                    job.startedAt + domain::kLossCountsAfterMs - 1);
        }));
        QCOMPARE(rescued.jobs, 1);
        QCOMPARE(m->job(other).losses, 0);
    }
}

void tst_JobQueue::progressForgivesDeaths()
{
    const JobId id = enqueue(1);
    claim(1);
    rescue(QStringLiteral("w1"), true);
    const Job job = claim(1).first();
    QCOMPARE(job.crashes, 1);
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::noteProgress(t, job.leaseToken()); }));
    QCOMPARE(rescue(QStringLiteral("w1"), true).jobs, 1);
    QCOMPARE(m->job(id).crashes, 1);
}

void tst_JobQueue::rescueOfOneWorkerLeavesTheOthers()
{
    enqueue(1);
    enqueue(2);
    const Job mine = claim(1, QStringLiteral("w1")).first();
    const Job theirs = claim(1, QStringLiteral("w2")).first();
    QCOMPARE(rescue(QStringLiteral("w1"), false).jobs, 1);
    QCOMPARE(stateOf(mine.id), JobState::Ready);
    QCOMPARE(stateOf(theirs.id), JobState::Running);
    EXPECT_OK(finish(theirs, JobOutcome::done()));
}

void tst_JobQueue::cancelEndsWaitingJobsAndAsksRunningOnes()
{
    const JobId ready = enqueue(1);
    const Job running = claim(1).first();
    const JobId waiting = enqueue(2);
    const JobId scheduled = enqueue(3, Priority::Normal, m->clock.nowMs() + 1000);
    QCOMPARE(running.id, ready);
    EXPECT_OK(ask(&JobQueue::cancelDocument, m_document));
    QCOMPARE(stateOf(waiting), JobState::Cancelled);
    QCOMPARE(stateOf(scheduled), JobState::Cancelled);
    QCOMPARE(stateOf(running.id), JobState::Running);
    QCOMPARE(support::must(JobQueue::cancelRequested(*m->reader, QStringLiteral("w1"))),
             QVector<JobId>{running.id});
    QCOMPARE(support::must(JobQueue::cancelRequested(*m->reader, QStringLiteral("w2"))), QVector<JobId>{});
    QCOMPARE(support::must(JobQueue::pauseRequested(*m->reader, QStringLiteral("w1"))), QVector<JobId>{});
    EXPECT_OK(finish(running, JobOutcome::cancelled()));
    QCOMPARE(stateOf(running.id), JobState::Cancelled);
    QCOMPARE(m->document(m_document).state, DocumentState::Cancelled);
    QCOMPARE(support::must(JobQueue::liveCount(*m->reader)), 0);
}

void tst_JobQueue::aCancelledJobIsNeverRetried()
{
    const QVector<JobOutcome> outcomes{JobOutcome::retry(kTrouble, m->clock.nowMs() + 1),
                                       JobOutcome::failed(kTrouble),
                                       JobOutcome::snooze(kTrouble, m->clock.nowMs() + 1)};
    int page = 0;
    for (const JobOutcome &outcome : outcomes) {
        const DocumentId document = m->add(QStringLiteral("/%1.pdf").arg(++page), m_run).document;
        m_document = document;
        const JobId id = enqueue(1);
        const Job job = claim(1).first();
        EXPECT_OK(ask(&JobQueue::cancelDocument, document));
        EXPECT_OK(finish(job, outcome));
        QCOMPARE(stateOf(id), JobState::Cancelled);
    }
    m_document = m->add(QStringLiteral("/last.pdf"), m_run).document;
    const JobId id = enqueue(1);
    claim(1);
    EXPECT_OK(ask(&JobQueue::cancelDocument, m_document));
    QCOMPARE(rescue(QStringLiteral("w1"), true).jobs, 0);
    QCOMPARE(stateOf(id), JobState::Cancelled);
}

void tst_JobQueue::aJobDoneInSpiteOfCancelIsDone()
{
    const JobId id = enqueue(1);
    const Job job = claim(1).first();
    EXPECT_OK(ask(&JobQueue::cancelDocument, m_document));
    EXPECT_OK(finish(job, JobOutcome::done()));
    QCOMPARE(stateOf(id), JobState::Done);
    QCOMPARE(m->document(m_document).state, DocumentState::Cancelled);
}

void tst_JobQueue::pauseOfEverythingStopsClaiming()
{
    const JobId id = enqueue(1);
    const qint64 before = support::must(Library::changeSeq(*m->reader));
    EXPECT_OK(ask(&JobQueue::setAllPaused, true));
    QVERIFY(support::must(JobQueue::allPaused(*m->reader)));
    QVERIFY(support::must(Library::changeSeq(*m->reader)) > before);
    QVERIFY(claim(10).isEmpty());
    QVERIFY(claim(10, QStringLiteral("w1"), true).isEmpty());
    QCOMPARE(stateOf(id), JobState::Ready);
    EXPECT_OK(ask(&JobQueue::setAllPaused, false));
    QCOMPARE(claim(10).size(), 1);
}

void tst_JobQueue::pausesOverlap_data()
{
    QTest::addColumn<QVector<int>>("letGo");
    QTest::newRow("document first") << QVector<int>{0, 1, 2};
    QTest::newRow("run first") << QVector<int>{1, 2, 0};
    QTest::newRow("trash first") << QVector<int>{2, 0, 1};
}

void tst_JobQueue::pausesOverlap()
{
    QFETCH(QVector<int>, letGo);
    const JobId ready = enqueue(1);
    const JobId scheduled = enqueue(2, Priority::Normal, m->clock.nowMs() + 1000);
    EXPECT_OK(ask(&JobQueue::setDocumentPaused, m_document, true));
    EXPECT_OK(ask(&JobQueue::setRunPaused, m_run, true));
    EXPECT_OK(m->write([&](Transaction &t) { return Library::remove(t, {m_document}); }));
    int held = 3;
    for (const int which : letGo) {
        QCOMPARE(stateOf(ready), JobState::Held);
        QCOMPARE(stateOf(scheduled), JobState::Held);
        QVERIFY(claim(10).isEmpty());
        QCOMPARE(m->broken(), QString());
        if (which == 0)
            EXPECT_OK(ask(&JobQueue::setDocumentPaused, m_document, false));
        else if (which == 1)
            EXPECT_OK(ask(&JobQueue::setRunPaused, m_run, false));
        else
            EXPECT_OK(m->write([&](Transaction &t) { return Library::restore(t, {m_document}); }));
        --held;
    }
    QCOMPARE(held, 0);
    QCOMPARE(stateOf(ready), JobState::Ready);
    QCOMPARE(stateOf(scheduled), JobState::Scheduled);
    QCOMPARE(claim(10).size(), 1);
}

void tst_JobQueue::newJobsOfAPausedDocumentWait()
{
    EXPECT_OK(ask(&JobQueue::setDocumentPaused, m_document, true));
    const JobId id = enqueue(1);
    QCOMPARE(stateOf(id), JobState::Held);
    EXPECT_OK(ask(&JobQueue::setRunPaused, m_run, true));
    EXPECT_OK(ask(&JobQueue::setDocumentPaused, m_document, false));
    const JobId other = enqueue(2);
    QCOMPARE(stateOf(other), JobState::Held);
    EXPECT_OK(ask(&JobQueue::setRunPaused, m_run, false));
    QCOMPARE(claim(10).size(), 2);

    // A running job that has to wait again goes where the others are.
    EXPECT_OK(ask(&JobQueue::setDocumentPaused, m_document, true));
    const Job job = m->job(id);
    EXPECT_OK(finish(job, JobOutcome::retry(kTrouble, m->clock.nowMs() + 10)));
    QCOMPARE(stateOf(id), JobState::Held);
    EXPECT_OK(ask(&JobQueue::setDocumentPaused, m_document, false));
    QCOMPARE(stateOf(id), JobState::Scheduled);
}

void tst_JobQueue::aRunningExtractIsAskedToWaitAndComesBack()
{
    const Job job = *m->claimOne();
    QCOMPARE(job.kind, JobKind::Extract);
    EXPECT_OK(ask(&JobQueue::setDocumentPaused, m_document, true));
    QCOMPARE(support::must(JobQueue::pauseRequested(*m->reader, QStringLiteral("w1"))),
             QVector<JobId>{job.id});
    QVERIFY(support::must(JobQueue::cancelRequested(*m->reader, QStringLiteral("w1"))).isEmpty());
    // The user changes his mind before the worker has looked: nothing may be lost by it.
    EXPECT_OK(ask(&JobQueue::setDocumentPaused, m_document, false));
    EXPECT_OK(finish(job, JobOutcome::cancelled()));
    QCOMPARE(stateOf(job.id), JobState::Ready);
    QCOMPARE(m->job(job.id).attempt, 0);
    QVERIFY(support::must(JobQueue::pauseRequested(*m->reader, QStringLiteral("w1"))).isEmpty());

    const Job again = *m->claimOne();
    EXPECT_OK(ask(&JobQueue::setAllPaused, true));
    QCOMPARE(support::must(JobQueue::pauseRequested(*m->reader, QStringLiteral("w1"))),
             QVector<JobId>{again.id});
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::release(t, again.leaseToken()); }));
    QVERIFY(!m->claimOne());
    EXPECT_OK(ask(&JobQueue::setAllPaused, false));
    QVERIFY(m->claimOne());
}

void tst_JobQueue::heldFromTheStart()
{
    NewJob job;
    job.kind = JobKind::Analyze;
    job.document = m_document;
    job.page = 1;
    job.held = true;
    const JobId id = support::must(m->write([&](Transaction &t) { return JobQueue::enqueue(t, job); }));
    QCOMPARE(stateOf(id), JobState::Held);
    EXPECT_OK(ask(&JobQueue::setDocumentPaused, m_document, false));
    QCOMPARE(stateOf(id), JobState::Ready);
}

void tst_JobQueue::pinnedJobsWaitForTheirWorker()
{
    NewJob job;
    job.kind = JobKind::Analyze;
    job.document = m_document;
    job.page = 1;
    job.onlyWorker = QStringLiteral("w2");
    const JobId id = support::must(m->write([&](Transaction &t) { return JobQueue::enqueue(t, job); }));
    QVERIFY(claim(10, QStringLiteral("w1")).isEmpty());
    QVERIFY(claim(10, QStringLiteral("w1"), true).isEmpty());
    QCOMPARE(claim(10, QStringLiteral("w2")).first().id, id);
}

void tst_JobQueue::runNextIsNext()
{
    enqueue(1, Priority::High);
    const DocumentId second = m->add(QStringLiteral("/b.pdf"), m_run).document;
    const DocumentId first = m_document;
    m_document = second;
    m->clock.advance(10);
    enqueue(1, Priority::Low);
    EXPECT_OK(ask(&JobQueue::runNext, second));
    QCOMPARE(m->document(second).priority, Priority::High);
    QCOMPARE(claim(1).first().document, second);
    QCOMPARE(claim(1).first().document, first);
    // The extract jobs too; the later wish first.
    m->clock.advance(10);
    EXPECT_OK(ask(&JobQueue::runNext, first));
    QCOMPARE(m->claimOne()->document, first);
    QCOMPARE(m->claimOne()->document, second);
}

void tst_JobQueue::priorityOfADocument()
{
    const JobId id = enqueue(1);
    EXPECT_OK(ask(&JobQueue::setPriority, m_document, Priority::Low));
    QCOMPARE(m->job(id).priority, Priority::Low);
    QCOMPARE(m->document(m_document).priority, Priority::Low);
}

void tst_JobQueue::countsAndLists()
{
    for (int page = 1; page <= 6; ++page)
        enqueue(page);
    enqueue(7, Priority::Normal, m->clock.nowMs() + 1000);
    const QVector<Job> jobs = claim(4);
    EXPECT_OK(finish(jobs.at(0), JobOutcome::done()));
    EXPECT_OK(finish(jobs.at(1), JobOutcome::failed(kTrouble)));
    EXPECT_OK(finish(jobs.at(2), JobOutcome::skipped()));
    const JobCounts counts = support::must(JobQueue::counts(*m->reader));
    QCOMPARE(counts.of(JobState::Ready), 3); // two pages and the extract job
    QCOMPARE(counts.of(JobState::Scheduled), 1);
    QCOMPARE(counts.of(JobState::Running), 1);
    QCOMPARE(counts.of(JobState::Done), 1);
    QCOMPARE(counts.of(JobState::Failed), 1);
    QCOMPARE(counts.of(JobState::Skipped), 1);
    QCOMPARE(support::must(JobQueue::liveCount(*m->reader)), 5);

    JobFilter problems;
    problems.problemsOnly = true;
    QCOMPARE(support::must(JobQueue::list(*m->reader, problems)).size(), 1);
    JobFilter ready;
    ready.state = JobState::Ready;
    ready.document = m_document;
    QCOMPARE(support::must(JobQueue::list(*m->reader, ready)).size(), 3);
    ready.limit = 2;
    const auto firstTwo = support::must(JobQueue::list(*m->reader, ready));
    QCOMPARE(firstTwo.size(), 2);
    ready.afterId = firstTwo.last().id.value;
    QCOMPARE(support::must(JobQueue::list(*m->reader, ready)).size(), 1);
    JobFilter nothing;
    nothing.document = DocumentId{999};
    QVERIFY(support::must(JobQueue::list(*m->reader, nothing)).isEmpty());
}

void tst_JobQueue::theLogTellsTheStory()
{
    enqueue(1);
    EXPECT_OK(finish(claim(1).first(), JobOutcome::retry(kTrouble, m->clock.nowMs())));
    EXPECT_OK(ask(&JobQueue::setDocumentPaused, m_document, true));
    EXPECT_OK(ask(&JobQueue::setDocumentPaused, m_document, true)); // is so already: no line
    EXPECT_OK(ask(&JobQueue::setDocumentPaused, m_document, false));
    EXPECT_OK(finish(claim(1).first(), JobOutcome::failed(kTrouble)));
    QStringList kinds;
    for (const JobEvent &event : support::must(JobQueue::log(*m->reader, m_document, 100)))
        kinds.append(event.kind);
    QCOMPARE(kinds.join(u' '), QStringLiteral("enqueued retry paused resumed failed"));
    const auto last = support::must(JobQueue::log(*m->reader, m_document, 1));
    QCOMPARE(last.size(), 1);
    QVERIFY(last.first().error == kTrouble);
    QCOMPARE(last.first().page, 1);
    QCOMPARE(last.first().attempt, 2);
}

QTEST_GUILESS_MAIN(tst_JobQueue)
#include "tst_JobQueue.moc"
