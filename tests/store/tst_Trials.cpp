// SPDX-License-Identifier: GPL-3.0-or-later
#include "Spending.h"
#include "store/Trials.h"
#include "store/UsageReport.h"
#include "support/Strict.h"

#include <QTest>

using namespace lectern;
using namespace lectern::store;
using base::ErrorCode;
using domain::DocumentId;
using domain::DocumentState;
using domain::Job;
using domain::JobKind;
using domain::Money;
using domain::PageState;
using domain::RunId;

namespace {

const QString kOld = QStringLiteral("local/old");
const QString kNew = QStringLiteral("cloud/new");
const QString kOldLane = QStringLiteral("endpoint:local");
const QString kNewLane = QStringLiteral("endpoint:cloud");

} // namespace

/// A few pages of a document are asked about, and nothing else of it changes.
class tst_Trials : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void donePagesShowTheAnswer();
    void theRunThatFollowsPaysNothingForThem();
    void waitingPagesWaitOn();
    void failuresLeaveThePage();
    void pausesDoNotHoldIt();
    void theTrashEndsIt();
    void aRunOfTheDocumentEndsIt();
    void aDocumentSettlesWithoutIt();
    void oneAtATime();
    void cancelled();
    void workersThatDie();
    void unreadPagesAreLeftOut();

private:
    static QByteArray keyOf(const QString &analyzer, const QByteArray &content)
    {
        return Fixture::hashOf(analyzer + QString::fromLatin1(content.toHex()));
    }
    static QByteArray keyOf(const QString &analyzer, const Job &job)
    {
        return keyOf(analyzer, Fixture::extractedPage(job.document, job.page).contentHash);
    }
    base::Status store(const Job &job, const QString &analyzer, qint64 cost = 5)
    {
        return m->write([&](Transaction &t) {
            return Library::storeAnalysis(t, job.leaseToken(), job.document, job.page,
                                          NewAnswer{keyOf(analyzer, job), analyzer,
                                                    Fixture::analysis(analyzer), QStringLiteral("raw"),
                                                    Money{cost}});
        });
    }
    base::Status fail(const Job &job)
    {
        return m->write([&](Transaction &t) {
            return Library::failAnalysis(t, job.leaseToken(), job.document, job.page,
                                         {ErrorCode::AnswerRefused, {}});
        });
    }
    DocumentId addAnalysed(int pages)
    {
        const DocumentId id =
            m->addWaiting(QStringLiteral("/%1.pdf").arg(++m_documents), pages, m->createRunOf(kOld));
        for (const Job &job : m->claimLane(kOldLane, 100))
            support::must(store(job, kOld));
        return id;
    }
    int start(RunId run, DocumentId document, const QVector<int> &pages)
    {
        QVector<TrialPage> chosen;
        for (const int number : pages)
            chosen.append({document, number});
        return support::must(m->write([&](Transaction &t) { return Trials::start(t, run, chosen); }));
    }
    Trials::State state(RunId run, DocumentId document)
    {
        return support::must(Trials::state(*m->reader, run, {document}));
    }
    Library::Assigned assign(RunId run, DocumentId document)
    {
        return support::must(m->write([&](Transaction &t) {
            const QString analyzer = support::must(Library::run(t, run)).analyzer;
            return Library::assignRun(t, run, {document},
                                      [&](const QByteArray &content) { return keyOf(analyzer, content); });
        }));
    }
    domain::PageRecord page(DocumentId document, int number)
    {
        return support::must(Library::page(*m->reader, document, number));
    }

    std::unique_ptr<Spending> m;
    int m_documents = 0;
};

void tst_Trials::init()
{
    support::failOnWarnings();
    m = std::make_unique<Spending>();
}

void tst_Trials::cleanup()
{
    QCOMPARE(m->broken(), QString());
    m.reset();
}

void tst_Trials::donePagesShowTheAnswer()
{
    const DocumentId id = addAnalysed(4);
    const domain::Document before = m->document(id);
    const RunId run = m->createRunOf(kNew);
    QCOMPARE(start(run, id, {1, 3}), 2);
    QCOMPARE(m->document(id).state, DocumentState::Done);
    QCOMPARE(m->document(id).run, before.run);
    QCOMPARE(m->document(id).pagesDone, 4);
    QVERIFY(!state(run, id).isOver());
    QCOMPARE(m->broken(), QString());
    const QVector<Job> jobs = m->claimLane(kNewLane, 10);
    QCOMPARE(jobs.size(), 2);
    for (const Job &job : jobs) {
        QCOMPARE(job.kind, JobKind::Trial);
        QCOMPARE(job.run, run);
        EXPECT_OK(store(job, kNew));
    }
    QCOMPARE(page(id, 1).analyzer, kNew);
    QCOMPARE(page(id, 2).analyzer, kOld);
    QCOMPARE(page(id, 3).analyzer, kNew);
    QCOMPARE(m->document(id).pagesDone, 4);
    QCOMPARE(m->document(id).run, before.run);
    const Trials::State over = state(run, id);
    QCOMPARE(over.pages, 2);
    QCOMPARE(over.answered, 2);
    QVERIFY(over.isOver());
    QVERIFY(m->claimLane(kOldLane, 10).isEmpty());
}

void tst_Trials::theRunThatFollowsPaysNothingForThem()
{
    const DocumentId id = addAnalysed(3);
    start(m->createRunOf(kNew), id, {2});
    EXPECT_OK(store(m->claimLane(kNewLane, 1).first(), kNew));
    const Library::Assigned assigned = assign(m->createRunOf(kNew), id);
    QCOMPARE(assigned.pagesWaiting, 2);
    QCOMPARE(m->claimLane(kNewLane, 10).size(), 2);
    QCOMPARE(page(id, 2).page.state, PageState::Done);
}

void tst_Trials::waitingPagesWaitOn()
{
    const DocumentId id = m->addWaiting(QStringLiteral("/a.pdf"), 2, m->createRunOf(kOld));
    const RunId run = m->createRunOf(kNew);
    start(run, id, {1});
    EXPECT_OK(store(m->claimLane(kNewLane, 10).first(), kNew));
    QCOMPARE(page(id, 1).page.state, PageState::Extracted);
    QCOMPARE(page(id, 1).analyzer, QString());
    QCOMPARE(m->claimLane(kOldLane, 10).size(), 2);
    // The answer is there for whoever asks the same.
    const Library::Assigned assigned = assign(m->createRunOf(kNew), id);
    QCOMPARE(assigned.pagesAnswered, 1);
}

void tst_Trials::failuresLeaveThePage()
{
    const DocumentId id = addAnalysed(3);
    const RunId run = m->createRunOf(kNew);
    start(run, id, {1, 2, 3});
    const QVector<Job> jobs = m->claimLane(kNewLane, 10);
    EXPECT_OK(fail(jobs.at(0)));
    EXPECT_OK(m->write([&](Transaction &t) {
        return JobQueue::finish(t, jobs.at(1).leaseToken(),
                                domain::JobOutcome::failed({ErrorCode::ModelNotFound, {}}));
    }));
    QCOMPARE(m->document(id).state, DocumentState::Done);
    QCOMPARE(m->document(id).pagesFailed, 0);
    QCOMPARE(page(id, jobs.at(0).page).analyzer, kOld);
    QCOMPARE(page(id, jobs.at(1).page).page.state, PageState::Done);
    const Trials::State now = state(run, id);
    QCOMPARE(now.failed, 2);
    QCOMPARE(now.problem.code, ErrorCode::ModelNotFound);
    QVERIFY(!now.isOver());
    EXPECT_OK(store(jobs.at(2), kNew));
    QVERIFY(state(run, id).isOver());
}

void tst_Trials::pausesDoNotHoldIt()
{
    const RunId old = m->createRunOf(kOld);
    const DocumentId id = m->addWaiting(QStringLiteral("/a.pdf"), 2, old);
    const RunId run = m->createRunOf(kNew);
    start(run, id, {1, 2});
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::setRunPaused(t, old, true); }));
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::setDocumentPaused(t, id, true); }));
    QVERIFY(m->claimLane(kOldLane, 10).isEmpty());
    const QVector<Job> jobs = m->claimLane(kNewLane, 10);
    QCOMPARE(jobs.size(), 2);
    // It may have to wait for its time, and comes back then.
    EXPECT_OK(m->write([&](Transaction &t) {
        return JobQueue::finish(
            t, jobs.at(0).leaseToken(),
            domain::JobOutcome::snooze({ErrorCode::RateLimited, {}}, m->clock.nowMs() + 1'000));
    }));
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::release(t, jobs.at(1).leaseToken()); }));
    QCOMPARE(state(run, id).problem.code, ErrorCode::RateLimited);
    QCOMPARE(m->claimLane(kNewLane, 10).size(), 1);
}

void tst_Trials::theTrashEndsIt()
{
    const DocumentId id = addAnalysed(2);
    const RunId run = m->createRunOf(kNew);
    start(run, id, {1, 2});
    EXPECT_OK(m->write([&](Transaction &t) { return Library::remove(t, {id}); }));
    QVERIFY(m->claimLane(kNewLane, 10).isEmpty());
    QCOMPARE(state(run, id).cancelled, 2);
}

void tst_Trials::aRunOfTheDocumentEndsIt()
{
    const DocumentId id = addAnalysed(3);
    const RunId run = m->createRunOf(kNew);
    start(run, id, {1, 2});
    const Job underWay = m->claimLane(kNewLane, 1).first();
    const RunId all = m->createRunOf(kNew);
    assign(all, id);
    QCOMPARE(state(run, id).cancelled, 1);
    const QVector<Job> jobs = m->claimLane(kNewLane, 10);
    QCOMPARE(jobs.size(), 3);
    for (const Job &job : jobs)
        QCOMPARE(job.run, all);
    EXPECT_OK(store(underWay, kNew)); // paid for, and of use to the page that waits for it
    const auto twin =
        std::find_if(jobs.cbegin(), jobs.cend(), [&](const Job &job) { return job.page == underWay.page; });
    QVERIFY(support::must(m->write([&](Transaction &t) {
        return Library::reuseAnswer(t, twin->leaseToken(), id, twin->page, keyOf(kNew, *twin));
    })));
    QCOMPARE(page(id, underWay.page).page.state, PageState::Done);
}

void tst_Trials::aDocumentSettlesWithoutIt()
{
    const DocumentId id = m->addWaiting(QStringLiteral("/a.pdf"), 1, m->createRunOf(kOld));
    const RunId run = m->createRunOf(kNew);
    start(run, id, {1});
    EXPECT_OK(store(m->claimLane(kOldLane, 1).first(), kOld));
    QCOMPARE(m->document(id).state, DocumentState::Done);
    EXPECT_OK(store(m->claimLane(kNewLane, 1).first(), kNew));
    QCOMPARE(page(id, 1).analyzer, kNew);
}

void tst_Trials::oneAtATime()
{
    const DocumentId id = addAnalysed(2);
    QCOMPARE(start(m->createRunOf(kNew), id, {1}), 1);
    QCOMPARE(start(m->createRunOf(kNew), id, {1, 2}), 1);
    EXPECT_ERROR(m->write([&](Transaction &t) {
        return Trials::start(t, RunId{99}, {{id, 1}});
    }),
                 ErrorCode::NotFound);
}

void tst_Trials::cancelled()
{
    const DocumentId id = addAnalysed(4);
    const RunId one = m->createRunOf(kNew);
    const RunId other = m->createRunOf(kNew);
    start(one, id, {1, 2});
    start(other, id, {3, 4});
    const Job underWay = m->claimLane(kNewLane, 1).first();
    const int ended = support::must(m->write([&](Transaction &t) { return Trials::cancel(t, one, {id}); }));
    QCOMPARE(ended, underWay.run == one ? 1 : 2);
    EXPECT_OK(store(underWay, kNew));
    QVERIFY(state(one, id).isOver());
    QVERIFY(!state(other, id).isOver());
    support::must(m->write([&](Transaction &t) { return Trials::cancelAll(t); }));
    QVERIFY(state(other, id).isOver());
    QVERIFY(m->claimLane(kNewLane, 10).isEmpty());
}

void tst_Trials::workersThatDie()
{
    const DocumentId id = addAnalysed(1);
    const RunId run = m->createRunOf(kNew);
    start(run, id, {1});
    for (int death = 0; death < domain::kMaxCrashes; ++death) {
        const QString worker = QStringLiteral("dead%1").arg(death);
        EXPECT_OK(m->write(
            [&](Transaction &t) { return JobQueue::registerWorker(t, worker, QStringLiteral("test"), 1); }));
        QCOMPARE(m->claimLane(kNewLane, 1, worker).size(), 1);
        support::must(m->write([&](Transaction &t) { return JobQueue::rescue(t, worker, true); }));
    }
    QCOMPARE(state(run, id).failed, 1);
    QCOMPARE(m->document(id).state, DocumentState::Done);
    QCOMPARE(m->document(id).pagesFailed, 0);
}

void tst_Trials::unreadPagesAreLeftOut()
{
    const DocumentId id = m->add(QStringLiteral("/a.pdf"), m->createRunOf(kOld)).document;
    const Job extract = m->startExtraction(id, 2);
    EXPECT_OK(m->storePages(extract, {1}, {keyOf(kOld, QByteArray("x"))}));
    QCOMPARE(start(m->createRunOf(kNew), id, {1, 2}), 1);
}

QTEST_GUILESS_MAIN(tst_Trials)
#include "tst_Trials.moc"
