// SPDX-License-Identifier: GPL-3.0-or-later
#include "Spending.h"
#include "store/UsageReport.h"
#include "support/Strict.h"

#include <QTest>

#include <random>

using namespace lectern;
using namespace lectern::store;
using base::ErrorCode;
using domain::DocumentId;
using domain::DocumentState;
using domain::Job;
using domain::JobState;
using domain::Money;
using domain::PageState;
using domain::RunId;

namespace {

const QString kOld = QStringLiteral("local/old");
const QString kNew = QStringLiteral("cloud/new");
const QString kOldLane = QStringLiteral("endpoint:local");
const QString kNewLane = QStringLiteral("endpoint:cloud");
const QString kBuiltIn = QStringLiteral("built-in/1");

} // namespace

/// Runs, their analysers and lanes, documents that change them, and what becomes of answers.
class tst_Runs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void lanesFollowTheAnalyser();
    void pagesForOthersAreSeen();
    void runsAreRead();
    void retriesWaitInTheRunsLane();
    void aDocumentAddedAgainWaitsInTheNewLane();
    void assignedPagesWaitAgainAndShowWhatTheyHad();
    void storedAnswersAreUsedAtOnce();
    void backToTheOldAnalyserIsFree();
    void jobsThatWaitMoveOver_data();
    void jobsThatWaitMoveOver();
    void anAnalysisUnderWayIsKeptAndAskedAnew();
    void anAnalysisUnderWayThatFailsIsAskedAnew();
    void anAnsweredPageEndsItsJob();
    void onlyWhatWaitsMoves();
    void documentsStillExtractingFollow();
    void keysOfTheOldAnalyserAnswerNothing();
    void failedPagesAreAskedAgain();
    void failedAndCancelledDocumentsStartAgain();
    void lockedDocumentsOnlyMove();
    void textGoalBecomesAnalysis();
    void trashAndPausesHold();
    void aLateAnswerIsKept();
    void rawAnswersAreKept();
    void unusableAnswersAreKeptWithTheFailure();
    void unusableAnswersAreBounded();
    void answersOutliveTheirDocumentAWhile();
    void answersInUseStay();
    void inAnyOrderEveryPageEndsWithItsRunsAnswer_data();
    void inAnyOrderEveryPageEndsWithItsRunsAnswer();

private:
    static QByteArray keyOf(const QString &analyzer, const QByteArray &content)
    {
        return Fixture::hashOf(analyzer + QString::fromLatin1(content.toHex()));
    }
    static QByteArray contentOf(DocumentId document, int page)
    {
        return Fixture::extractedPage(document, page).contentHash;
    }
    static QByteArray keyOf(const QString &analyzer, const Job &job)
    {
        return keyOf(analyzer, contentOf(job.document, job.page));
    }
    Library::Assigned assign(RunId run, const QVector<DocumentId> &documents)
    {
        return support::must(m->write([&](Transaction &t) {
            const QString analyzer = support::must(Library::run(t, run)).analyzer;
            return Library::assignRun(t, run, documents,
                                      [&](const QByteArray &content) { return keyOf(analyzer, content); });
        }));
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
    /// A document of `pages` pages, analysed by the old analyser.
    DocumentId addAnalysed(int pages)
    {
        const DocumentId id =
            m->addWaiting(QStringLiteral("/%1.pdf").arg(++m_documents), pages, m->createRunOf(kOld));
        for (const Job &job : m->claimLane(kOldLane, 100))
            support::must(store(job, kOld));
        return id;
    }
    QString titleOf(DocumentId document, int page)
    {
        return support::must(Library::page(*m->reader, document, page)).analysis.title;
    }
    PageState stateOf(DocumentId document, int page)
    {
        return support::must(Library::page(*m->reader, document, page)).page.state;
    }
    QString lanes(DocumentId document)
    {
        return m->workspace.sqlite3(
            QStringLiteral(
                "SELECT group_concat(DISTINCT lane) FROM job WHERE document_id = %1 AND state < 10")
                .arg(document.value));
    }

    std::unique_ptr<Spending> m;
    int m_documents = 0;
};

void tst_Runs::init()
{
    support::failOnWarnings();
    m = std::make_unique<Spending>();
}

void tst_Runs::cleanup()
{
    QCOMPARE(m->broken(), QString());
    m.reset();
}

void tst_Runs::lanesFollowTheAnalyser()
{
    QCOMPARE(JobQueue::laneOf(kNew), kNewLane);
    QCOMPARE(JobQueue::laneOf(QStringLiteral("cloud/maker/model")), kNewLane);
    QCOMPARE(JobQueue::laneOf(kBuiltIn), QStringLiteral("analyze"));
    QCOMPARE(JobQueue::laneOf(QStringLiteral("builtin")), QStringLiteral("analyze"));
    QCOMPARE(lanes(m->addWaiting(QStringLiteral("/a.pdf"), 2, m->createRunOf(kNew))), kNewLane);
    QCOMPARE(lanes(m->addWaiting(QStringLiteral("/b.pdf"), 2, m->createRunOf(kBuiltIn))),
             QStringLiteral("analyze"));
    const DocumentId direct = m->add(QStringLiteral("/c.pdf"), m->createRunOf(kNew)).document;
    NewJob job;
    job.kind = domain::JobKind::Analyze;
    job.document = direct;
    job.page = 1;
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::enqueue(t, job); }));
    QCOMPARE(lanes(direct), QStringLiteral("extract,") + kNewLane);
}

void tst_Runs::pagesForOthersAreSeen()
{
    const auto hasReadyForOthers = [this](const QString &model) {
        return support::must(JobQueue::hasReadyForOthers(*m->reader, *domain::ModelRef::fromText(model)));
    };
    m->addWaiting(QStringLiteral("/1.pdf"), 2, m->createRunOf(kOld));
    QVERIFY(!hasReadyForOthers(kOld));
    QVERIFY(!hasReadyForOthers(kNew)); // those are for another endpoint
    const QString other = QStringLiteral("local/other");
    QVERIFY(hasReadyForOthers(other));
    QCOMPARE(m->claimLane(kOldLane, 100).size(), 2);
    QVERIFY(!hasReadyForOthers(other));
}

void tst_Runs::runsAreRead()
{
    const RunId run = m->createRunOf(kNew);
    const domain::Run found = support::must(Library::run(*m->reader, run));
    QCOMPARE(found.id, run);
    QCOMPARE(found.analyzer, kNew);
    QCOMPARE(found.goal, domain::Goal::Analysis);
    EXPECT_ERROR(Library::run(*m->reader, RunId{99}), ErrorCode::NotFound);
}

void tst_Runs::retriesWaitInTheRunsLane()
{
    const DocumentId id = m->addWaiting(QStringLiteral("/a.pdf"), 1, m->createRunOf(kNew));
    const Job job = m->claimLane(kNewLane, 1).first();
    EXPECT_OK(m->write([&](Transaction &t) {
        return Library::failAnalysis(t, job.leaseToken(), id, 1, {ErrorCode::KeyRefused, {}});
    }));
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::retryDocument(t, id); }));
    QCOMPARE(m->claimLane(kNewLane, 10).size(), 1);
}

void tst_Runs::aDocumentAddedAgainWaitsInTheNewLane()
{
    const DocumentId id = m->addWaiting(QStringLiteral("/a.pdf"), 2, m->createRunOf(kOld));
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::cancelDocument(t, id); }));
    m->add(QStringLiteral("/a.pdf"), m->createRunOf(kNew));
    QCOMPARE(lanes(id), kNewLane);
    QCOMPARE(m->claimLane(kNewLane, 10).size(), 2);
}

void tst_Runs::assignedPagesWaitAgainAndShowWhatTheyHad()
{
    const DocumentId id = addAnalysed(3);
    QCOMPARE(m->document(id).state, DocumentState::Done);
    const RunId run = m->createRunOf(kNew);
    const Library::Assigned assigned = assign(run, {id});
    QCOMPARE(assigned.documents, 1);
    QCOMPARE(assigned.pagesWaiting, 3);
    QCOMPARE(assigned.pagesAnswered, 0);
    QCOMPARE(m->document(id).state, DocumentState::Indexing);
    QCOMPARE(m->document(id).run, run);
    QCOMPARE(m->document(id).pagesDone, 0);
    QCOMPARE(stateOf(id, 2), PageState::Extracted);
    QCOMPARE(titleOf(id, 2), kOld);
    QCOMPARE(support::must(Library::page(*m->reader, id, 2)).analyzer, kOld);
    QCOMPARE(m->broken(), QString());
    for (const Job &job : m->claimLane(kNewLane, 10))
        EXPECT_OK(store(job, kNew));
    QCOMPARE(m->document(id).state, DocumentState::Done);
    QCOMPARE(titleOf(id, 2), kNew);
}

void tst_Runs::storedAnswersAreUsedAtOnce()
{
    const DocumentId id = addAnalysed(3);
    const RunId run = m->createRunOf(kNew);
    assign(run, {id});
    for (const Job &job : m->claimLane(kNewLane, 2))
        EXPECT_OK(store(job, kNew, 70)); // two of three
    assign(m->createRunOf(kOld), {id});
    QCOMPARE(m->document(id).state, DocumentState::Done);
    const Library::Assigned again = assign(m->createRunOf(kNew), {id});
    QCOMPARE(again.pagesAnswered, 2);
    QCOMPARE(again.pagesWaiting, 1);
    QCOMPARE(m->document(id).pagesDone, 2);
    QCOMPARE(titleOf(id, 1), kNew);
    QCOMPARE(m->claimLane(kNewLane, 10).size(), 1);
    UsageReport::Filter filter;
    filter.run = m->document(id).run;
    QCOMPARE(support::must(UsageReport::totals(*m->reader, filter)).saved, Money{140});
}

void tst_Runs::backToTheOldAnalyserIsFree()
{
    const DocumentId id = addAnalysed(3);
    assign(m->createRunOf(kNew), {id});
    const Library::Assigned back = assign(m->createRunOf(kOld), {id});
    QCOMPARE(back.pagesAnswered, 3);
    QCOMPARE(back.documents, 0);
    QCOMPARE(m->document(id).state, DocumentState::Done);
    QCOMPARE(m->document(id).pagesDone, 3);
    QVERIFY(m->claimLane(kNewLane, 10).isEmpty());
    QVERIFY(m->claimLane(kOldLane, 10).isEmpty());
    const Library::Assigned same = assign(m->createRunOf(kOld), {id});
    QCOMPARE(same.pagesAnswered, 0); // they have it already
    QCOMPARE(m->document(id).state, DocumentState::Done);
}

void tst_Runs::jobsThatWaitMoveOver_data()
{
    QTest::addColumn<int>("state");
    QTest::newRow("ready") << 0;
    QTest::newRow("at a limit") << 1;
    QTest::newRow("paused") << 3;
}

void tst_Runs::jobsThatWaitMoveOver()
{
    QFETCH(int, state);
    const RunId first = m->createRunOf(kNew, 0);
    const DocumentId id = m->addWaiting(QStringLiteral("/a.pdf"), 2, first);
    if (state == 1) {
        EXPECT_OK(m->write([&](Transaction &t) {
            return Budgets::holdForBudget(t, QStringLiteral("run:%1").arg(first.value), Budgets::kNever);
        }));
    } else if (state == 3) {
        EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::setRunPaused(t, first, true); }));
    }
    assign(m->createRunOf(kOld), {id});
    QCOMPARE(lanes(id), kOldLane);
    QCOMPARE(m->claimLane(kOldLane, 10).size(), 2); // the pause was the first run's
    QVERIFY(support::must(Budgets::held(*m->reader)).isEmpty());
}

void tst_Runs::anAnalysisUnderWayIsKeptAndAskedAnew()
{
    const DocumentId id = m->addWaiting(QStringLiteral("/a.pdf"), 1, m->createRunOf(kOld));
    const Job underWay = m->claimLane(kOldLane, 1).first();
    assign(m->createRunOf(kNew), {id});
    QVERIFY(m->claimLane(kNewLane, 10).isEmpty()); // not twice at once
    EXPECT_OK(store(underWay, kOld));
    QCOMPARE(stateOf(id, 1), PageState::Extracted);
    QVERIFY(support::must(Library::findAnswer(*m->reader, keyOf(kOld, underWay)))); // paid for
    const Job anew = m->claimLane(kNewLane, 10).first();
    QCOMPARE(anew.attempt, 1);
    EXPECT_OK(store(anew, kNew));
    QCOMPARE(titleOf(id, 1), kNew);
    QCOMPARE(m->document(id).state, DocumentState::Done);
}

void tst_Runs::anAnalysisUnderWayThatFailsIsAskedAnew()
{
    const DocumentId id = m->addWaiting(QStringLiteral("/a.pdf"), 2, m->createRunOf(kOld));
    const QVector<Job> underWay = m->claimLane(kOldLane, 2);
    assign(m->createRunOf(kNew), {id});
    const base::Error refused{ErrorCode::KeyRefused, {}};
    EXPECT_OK(m->write([&](Transaction &t) {
        return Library::failAnalysis(t, underWay.at(0).leaseToken(), id, underWay.at(0).page, refused);
    }));
    EXPECT_OK(m->write([&](Transaction &t) {
        return JobQueue::finish(t, underWay.at(1).leaseToken(), domain::JobOutcome::failed(refused));
    }));
    QCOMPARE(m->document(id).pagesFailed, 0);
    QCOMPARE(m->claimLane(kNewLane, 10).size(), 2);
}

void tst_Runs::anAnsweredPageEndsItsJob()
{
    const DocumentId id = addAnalysed(2);
    assign(m->createRunOf(kNew), {id});
    const Job underWay = m->claimLane(kNewLane, 1).first();
    assign(m->createRunOf(kOld), {id});
    QCOMPARE(m->document(id).pagesDone, 2);
    QCOMPARE(m->document(id).state, DocumentState::Indexing); // one is still at work
    EXPECT_OK(store(underWay, kNew));
    QCOMPARE(titleOf(id, underWay.page), kOld);
    QCOMPARE(m->document(id).state, DocumentState::Done);
}

void tst_Runs::onlyWhatWaitsMoves()
{
    const DocumentId done = addAnalysed(1);
    const DocumentId id = m->addWaiting(QStringLiteral("/a.pdf"), 4, m->createRunOf(kOld));
    const QVector<Job> jobs = m->claimLane(kOldLane, 3);
    EXPECT_OK(store(jobs.at(0), kOld));
    EXPECT_OK(m->write([&](Transaction &t) {
        return Library::failAnalysis(t, jobs.at(1).leaseToken(), id, jobs.at(1).page,
                                     {ErrorCode::AnswerRefused, {}});
    }));
    const RunId before = m->document(done).run;
    const RunId run = m->createRunOf(kNew);
    const auto keys = [](const QByteArray &content) { return keyOf(kNew, content); };
    const auto assigned = support::must(m->write([&](Transaction &t) {
        return Library::assignRun(t, run, {id, done}, keys, Library::Reassign::Waiting);
    }));
    QCOMPARE(assigned.pagesWaiting, 2); // one of them is being asked about at the moment
    QCOMPARE(m->document(done).run, before);
    QCOMPARE(m->document(id).pagesDone, 1);
    QCOMPARE(m->document(id).pagesFailed, 1);
    EXPECT_OK(store(jobs.at(2), kOld)); // paid for, and kept
    QCOMPARE(titleOf(id, jobs.at(2).page), kOld);
    const QVector<Job> rest = m->claimLane(kNewLane, 10);
    QCOMPARE(rest.size(), 1);
    EXPECT_OK(store(rest.first(), kNew));
    QCOMPARE(titleOf(id, jobs.at(0).page), kOld);
    QCOMPARE(titleOf(id, rest.first().page), kNew);
    QCOMPARE(m->document(id).state, DocumentState::DoneWithFailures);
}

void tst_Runs::documentsStillExtractingFollow()
{
    const DocumentId id = m->add(QStringLiteral("/a.pdf"), m->createRunOf(kOld)).document;
    const Job extract = m->startExtraction(id, 2);
    EXPECT_OK(m->storePages(extract, {1}, {keyOf(kOld, contentOf(id, 1))}));
    assign(m->createRunOf(kNew), {id});
    EXPECT_OK(m->storePages(extract, {2}, {keyOf(kNew, contentOf(id, 2))}));
    EXPECT_OK(
        m->write([&](Transaction &t) { return Library::finishExtraction(t, extract.leaseToken(), id); }));
    QCOMPARE(m->claimLane(kNewLane, 10).size(), 2);
}

void tst_Runs::keysOfTheOldAnalyserAnswerNothing()
{
    const DocumentId source = addAnalysed(1);
    const DocumentId id = m->add(QStringLiteral("/a.pdf"), m->createRunOf(kOld)).document;
    const Job extract = m->startExtraction(id, 1);
    assign(m->createRunOf(kNew), {id});
    // The extraction made its keys before.
    EXPECT_OK(m->storePages(extract, {1}, {keyOf(kOld, contentOf(source, 1))}));
    QCOMPARE(stateOf(id, 1), PageState::Extracted);
    QCOMPARE(m->claimLane(kNewLane, 10).size(), 1);
}

void tst_Runs::failedPagesAreAskedAgain()
{
    const DocumentId id = m->addWaiting(QStringLiteral("/a.pdf"), 2, m->createRunOf(kOld));
    const QVector<Job> jobs = m->claimLane(kOldLane, 2);
    EXPECT_OK(store(jobs.at(0), kOld));
    EXPECT_OK(m->write([&](Transaction &t) {
        return Library::failAnalysis(t, jobs.at(1).leaseToken(), id, jobs.at(1).page,
                                     {ErrorCode::AnswerRefused, {}});
    }));
    QCOMPARE(m->document(id).state, DocumentState::DoneWithFailures);
    QCOMPARE(assign(m->createRunOf(kNew), {id}).pagesWaiting, 2);
    QCOMPARE(m->document(id).pagesFailed, 0);
    for (const Job &job : m->claimLane(kNewLane, 10))
        EXPECT_OK(store(job, kNew));
    QCOMPARE(m->document(id).state, DocumentState::Done);
}

void tst_Runs::failedAndCancelledDocumentsStartAgain()
{
    const DocumentId id = m->add(QStringLiteral("/a.pdf"), m->createRunOf(kOld)).document;
    const Job extract = m->startExtraction(id, 2);
    EXPECT_OK(m->storePages(extract, {1}));
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::cancelDocument(t, id); }));
    EXPECT_OK(m->write([&](Transaction &t) {
        return JobQueue::finish(t, extract.leaseToken(), domain::JobOutcome::cancelled());
    }));
    QCOMPARE(m->document(id).state, DocumentState::Cancelled);
    assign(m->createRunOf(kNew), {id});
    QCOMPARE(m->document(id).state, DocumentState::Indexing);
    QCOMPARE(m->claimLane(kNewLane, 10).size(), 1);
    QCOMPARE(m->claimLane(QStringLiteral("extract"), 10).size(), 1);
}

void tst_Runs::lockedDocumentsOnlyMove()
{
    const DocumentId id = m->add(QStringLiteral("/a.pdf"), m->createRunOf(kOld)).document;
    const Job extract = m->claimOne().value();
    EXPECT_OK(m->write([&](Transaction &t) {
        return Library::failDocument(t, extract.leaseToken(), id, {ErrorCode::PasswordNeeded, {}});
    }));
    const RunId run = m->createRunOf(kNew);
    QCOMPARE(assign(run, {id}).documents, 0);
    QCOMPARE(m->document(id).state, DocumentState::NeedsPassword);
    QCOMPARE(m->document(id).run, run);
}

void tst_Runs::textGoalBecomesAnalysis()
{
    const DocumentId id = m->addExtracted(QStringLiteral("/a.pdf"), 2, domain::Goal::Text);
    QCOMPARE(m->document(id).state, DocumentState::Done);
    QCOMPARE(assign(m->createRunOf(kNew), {id}).pagesWaiting, 2);
    QCOMPARE(m->document(id).goal, domain::Goal::Analysis);
    QCOMPARE(m->claimLane(kNewLane, 10).size(), 2);
}

void tst_Runs::trashAndPausesHold()
{
    const DocumentId trashed = addAnalysed(1);
    EXPECT_OK(m->write([&](Transaction &t) { return Library::remove(t, {trashed}); }));
    const RunId run = m->createRunOf(kNew);
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::setRunPaused(t, run, true); }));
    const DocumentId paused = addAnalysed(1);
    assign(run, {trashed, paused});
    QVERIFY(m->claimLane(kNewLane, 10).isEmpty());
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::setRunPaused(t, run, false); }));
    QCOMPARE(m->claimLane(kNewLane, 10).size(), 1);
}

void tst_Runs::aLateAnswerIsKept()
{
    const DocumentId id = m->addWaiting(QStringLiteral("/a.pdf"), 1, m->createRunOf(kNew));
    const Job late = m->claimLane(kNewLane, 1).first();
    EXPECT_OK(m->write([](Transaction &t) { return JobQueue::rescue(t, QStringLiteral("w1"), true); }));
    const NewAnswer answer{keyOf(kNew, late), kNew, Fixture::analysis(QStringLiteral("Late")), {}, Money{9}};
    EXPECT_ERROR(
        m->write([&](Transaction &t) { return Library::storeAnalysis(t, late.leaseToken(), id, 1, answer); }),
        ErrorCode::StaleLease);
    EXPECT_OK(m->write([&](Transaction &t) { return Library::keepAnswer(t, answer); }));
    const Job next = m->claimLane(kNewLane, 1, QStringLiteral("w2")).first();
    QVERIFY(support::must(m->write(
        [&](Transaction &t) { return Library::reuseAnswer(t, next.leaseToken(), id, 1, answer.key); })));
    QCOMPARE(titleOf(id, 1), QStringLiteral("Late"));
}

void tst_Runs::rawAnswersAreKept()
{
    m->addWaiting(QStringLiteral("/a.pdf"), 1, m->createRunOf(kNew));
    EXPECT_OK(store(m->claimLane(kNewLane, 1).first(), kNew, 70));
    QCOMPARE(m->workspace.sqlite3(QStringLiteral("SELECT raw, cost, released_at FROM answer")),
             QStringLiteral("raw|70|0"));
}

void tst_Runs::unusableAnswersAreKeptWithTheFailure()
{
    const QString written = QStringLiteral("I think…\n<b>{\"title\": 12</b>");
    const DocumentId id = m->addWaiting(QStringLiteral("/a.pdf"), 2, m->createRunOf(kNew));
    const auto fail = [&](const QString &words) {
        for (const Job &job : m->claimLane(kNewLane, 100)) {
            EXPECT_OK(m->write([&](Transaction &t) {
                return Library::failAnalysis(t, job.leaseToken(), id, job.page,
                                             {ErrorCode::AnswerInvalid, {}},
                                             job.page == 1 ? words : QString());
            }));
        }
    };
    const auto shown = [&](int page) {
        return support::must(Library::page(*m->reader, id, page)).unusableAnswer;
    };
    const auto retry = [&] {
        support::must(m->write([&](Transaction &t) { return JobQueue::retryDocument(t, id); }));
    };
    fail(written);
    QCOMPARE(shown(1), written);
    QCOMPARE(shown(2), QString());
    // Asked again, a page no longer shows why it failed; the next failure tells of itself.
    retry();
    QCOMPARE(shown(1), QString());
    fail(QStringLiteral("no"));
    QCOMPARE(shown(1), QStringLiteral("no"));
    retry();
    for (const Job &job : m->claimLane(kNewLane, 100))
        EXPECT_OK(store(job, kNew));
    QCOMPARE(shown(1), QString());
    QCOMPARE(m->workspace.sqlite3(QStringLiteral("SELECT count(*) FROM unusable_answer")),
             QStringLiteral("0"));
    // And it goes with its document.
    const DocumentId other = m->addWaiting(QStringLiteral("/b.pdf"), 1, m->createRunOf(kNew));
    const Job job = m->claimLane(kNewLane, 1).first();
    EXPECT_OK(m->write([&](Transaction &t) {
        return Library::failAnalysis(t, job.leaseToken(), other, 1, {ErrorCode::AnswerInvalid, {}}, written);
    }));
    EXPECT_OK(m->write([&](Transaction &t) { return Library::purge(t, {other}); }));
    QCOMPARE(m->workspace.sqlite3(QStringLiteral("SELECT count(*) FROM unusable_answer")),
             QStringLiteral("0"));
}

void tst_Runs::unusableAnswersAreBounded()
{
    constexpr qsizetype kMost = Library::kLongestWritten;
    const DocumentId id = m->addWaiting(QStringLiteral("/a.pdf"), 3, m->createRunOf(kNew));
    const QString letters(kMost, u'x');
    // A pair of surrogates where it is cut stays whole, or goes.
    const QStringList written{letters, letters + u'y', letters.left(kMost - 2) + QStringLiteral("😀😀")};
    for (const Job &job : m->claimLane(kNewLane, 100)) {
        EXPECT_OK(m->write([&](Transaction &t) {
            return Library::failAnalysis(t, job.leaseToken(), id, job.page, {ErrorCode::AnswerCut, {}},
                                         written.at(job.page - 1));
        }));
    }
    const auto shown = [&](int page) {
        return support::must(Library::page(*m->reader, id, page)).unusableAnswer;
    };
    QCOMPARE(shown(1), letters);
    QCOMPARE(shown(2), letters.left(kMost - 1) + u'…');
    QCOMPARE(shown(3), letters.left(kMost - 2) + u'…');
}

void tst_Runs::answersOutliveTheirDocumentAWhile()
{
    constexpr qint64 kMonthMs = 30LL * 24 * 3600 * 1000;
    const DocumentId id = addAnalysed(3);
    const QByteArray key = keyOf(kOld, contentOf(id, 1));
    const auto purge = [&](int limit = 100) {
        return support::must(
            m->write([&](Transaction &t) { return Library::purgeAnswers(t, t.nowMs() - kMonthMs, limit); }));
    };
    EXPECT_OK(m->write([&](Transaction &t) { return Library::purge(t, {id}); }));
    m->clock.advance(kMonthMs);
    QCOMPARE(purge(), 0);
    QVERIFY(support::must(Library::findAnswer(*m->reader, key)));
    m->clock.advance(1);
    QCOMPARE(purge(2), 2); // a few at a time
    QCOMPARE(purge(2), 1);
    QVERIFY(!support::must(Library::findAnswer(*m->reader, key)));
    QCOMPARE(m->workspace.sqlite3(QStringLiteral("SELECT count(*) FROM answer")), QStringLiteral("0"));
}

void tst_Runs::answersInUseStay()
{
    constexpr qint64 kLong = 100LL * 24 * 3600 * 1000;
    const DocumentId first = addAnalysed(1);
    const QByteArray key = keyOf(kOld, contentOf(first, 1));
    // A second document has the same page.
    const DocumentId second = m->add(QStringLiteral("/second.pdf"), m->createRunOf(kOld)).document;
    const Job extract = m->startExtraction(second, 1);
    EXPECT_OK(m->storePages(extract, {1}, {key}));
    EXPECT_OK(m->write([&](Transaction &t) { return Library::purge(t, {first}); }));
    m->clock.advance(kLong);
    const auto purge = [&] {
        return support::must(
            m->write([&](Transaction &t) { return Library::purgeAnswers(t, t.nowMs() - 1000, 100); }));
    };
    QCOMPARE(purge(), 1); // looked at
    QCOMPARE(purge(), 0); // and known to be in use
    QVERIFY(support::must(Library::findAnswer(*m->reader, key)));
    // An answer that gave way to another analyser's is let go of.
    EXPECT_OK(
        m->write([&](Transaction &t) { return Library::finishExtraction(t, extract.leaseToken(), second); }));
    assign(m->createRunOf(kNew), {second});
    const Job job = m->claimLane(kNewLane, 1).first();
    EXPECT_OK(store(job, kNew));
    m->clock.advance(kLong);
    QCOMPARE(purge(), 1);
    QVERIFY(!support::must(Library::findAnswer(*m->reader, key)));
}

void tst_Runs::inAnyOrderEveryPageEndsWithItsRunsAnswer_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

// Documents change hands while their pages are asked for, answered, refused, paused, cancelled and crashed
// with.
void tst_Runs::inAnyOrderEveryPageEndsWithItsRunsAnswer()
{
    QFETCH(unsigned, seed);
    std::mt19937 random(seed);
    const auto pick = [&](qsizetype below) {
        return std::uniform_int_distribution<qsizetype>(0, below - 1)(random);
    };
    const QStringList analyzers{kOld, kNew, kBuiltIn};
    const QStringList lanes{kOldLane, kNewLane, QStringLiteral("analyze")};
    QVector<DocumentId> documents;
    for (int i = 0; i < 4; ++i)
        documents.append(
            m->addWaiting(QStringLiteral("/%1.pdf").arg(i), 3, m->createRunOf(analyzers.at(i % 3))));
    struct Taken {
        Job job;
        QString analyzer;
    };
    QVector<Taken> running;
    const auto claim = [&](int limit) {
        for (const QString &lane : lanes) {
            for (const Job &job : m->claimLane(lane, limit, QStringLiteral("p%1").arg(pick(2)))) {
                running.append({job, support::must(Library::run(*m->reader, job.run)).analyzer});
            }
        }
    };
    const auto finish = [&](bool well) {
        const Taken taken = running.takeAt(pick(running.size()));
        const auto done = well ? store(taken.job, taken.analyzer) : m->write([&](Transaction &t) {
            return Library::failAnalysis(t, taken.job.leaseToken(), taken.job.document, taken.job.page,
                                         {ErrorCode::AnswerInvalid, {}});
        });
        if (!done)
            QCOMPARE(done.error().code, ErrorCode::StaleLease);
    };
    for (int step = 0; step < 250; ++step) {
        const DocumentId document = documents.at(pick(documents.size()));
        const auto change = [&](auto work) { support::must(m->write(work)); };
        switch (pick(12)) {
        case 0:
        case 1:
        case 2:
            claim(1 + static_cast<int>(pick(2)));
            break;
        case 3:
        case 4:
            if (!running.isEmpty())
                finish(true);
            break;
        case 5:
            if (!running.isEmpty())
                finish(false);
            break;
        case 6:
        case 7:
            assign(m->createRunOf(analyzers.at(pick(3))), {document});
            break;
        case 8:
            change([&, paused = pick(2) == 0](Transaction &t) {
                return JobQueue::setDocumentPaused(t, document, paused);
            });
            break;
        case 9:
            change([&](Transaction &t) { return JobQueue::cancelDocument(t, document); });
            break;
        case 10:
            change([&](Transaction &t) { return JobQueue::retryDocument(t, document); });
            break;
        case 11:
            change([&](Transaction &t) {
                return JobQueue::rescue(t, QStringLiteral("p%1").arg(pick(2)), pick(2) == 0);
            });
            break;
        }
        const QString broken = brokenInvariantsHere(m->workspace.databaseFile());
        QVERIFY2(broken.isEmpty(), qPrintable(QStringLiteral("step %1: %2").arg(step).arg(broken)));
    }
    for (int worker = 0; worker < 2; ++worker) {
        support::must(m->write(
            [&](Transaction &t) { return JobQueue::removeWorker(t, QStringLiteral("p%1").arg(worker)); }));
    }
    running.clear();
    for (const DocumentId document : documents) {
        support::must(
            m->write([&](Transaction &t) { return JobQueue::setDocumentPaused(t, document, false); }));
        assign(m->document(document).run, {document});
    }
    for (claim(100); !running.isEmpty();)
        finish(true);
    for (const DocumentId document : documents) {
        QCOMPARE(m->document(document).state, DocumentState::Done);
        const QString analyzer = support::must(Library::run(*m->reader, m->document(document).run)).analyzer;
        for (int page = 1; page <= 3; ++page)
            QCOMPARE(support::must(Library::page(*m->reader, document, page)).analyzer, analyzer);
    }
}

QTEST_GUILESS_MAIN(tst_Runs)
#include "tst_Runs.moc"
