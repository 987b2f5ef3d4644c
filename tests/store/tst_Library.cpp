// SPDX-License-Identifier: GPL-3.0-or-later
#include "Fixture.h"
#include "store/PageSearch.h"
#include "support/Strict.h"

#include <QTest>

using namespace lectern;
using namespace lectern::store;
using base::Error;
using base::ErrorCode;
using domain::DocumentId;
using domain::DocumentState;
using domain::Goal;
using domain::Job;
using domain::JobKind;
using domain::JobOutcome;
using domain::JobState;
using domain::PageState;

namespace {

const Error kCrashed{ErrorCode::PageCrashed, QStringLiteral("signal 11")};

} // namespace

class tst_Library : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        support::failOnWarnings();
        m = std::make_unique<Fixture>();
    }
    void cleanup()
    {
        if (!QTest::currentTestFailed())
            QCOMPARE(m->broken(), QString());
        m.reset();
    }
    void addingTheSamePathAgainDoesNothing();
    void addingAFailedDocumentAgainStartsItAgain();
    void aChangedFileIsANewVersion();
    void aTouchedFileWithTheSameContentKeepsItsPages();
    void theSameContentIsOneDocumentWithTwoPlaces();
    void aKnownDocumentComesOutOfTheTrash();
    void aFileChangedBetweenTwoTriesStartsOver();
    void unsupportedIsSettledAtOnce();
    void storingAPageTwiceDoublesNothing();
    void pagesOutOfRangeAreRefused();
    void aStoredAnswerIsUsedWithoutAJob();
    void theSamePageIsAnalysedOnce();
    void aPageFailsAfterItsTries();
    void aPageThatFailedAtExtractionIsCounted();
    void aPageAskedForAgainDuringExtractionIsStillDone();
    void aFailedAnalysisKeepsTheText();
    void retryMakesOnlyWhatIsMissing();
    void retryPageLeavesTheOthers();
    void cancelThenRetryGoesOn();
    void cancelThenRetryBeforeTheWorkerStops();
    void errorsOfDocumentsBecomeStates_data();
    void errorsOfDocumentsBecomeStates();
    void aDocumentFailsOnlyWhenNothingOfItIsLive();
    void noPagesMeansCorrupt();
    void setAsideAfterTwoCrashes();
    void unlockPinsToTheWorkerThatKnows();
    void cleanEndOfThePinnedWorkerAsksAgain();
    void trashIsOutOfListsAndSearch();
    void purgeLeavesNothingButAnswers();
    void languageIsThatOfMostPages();
    void changesAreNumbered();
    void aRolledBackClosureLeavesNoChange();
    void findFiltersAndSorts();
    void pausedDocumentsAreFound();
    void totalsOfARun();
    void pagesWithoutARowAreQueued();
    void pageCountsByState();
    void searchRefusesNonsense();
    void placesAndMissingFiles();

private:
    template <class Work> base::Status write(Work work) { return m->write(std::move(work)); }
    DocumentState stateOf(DocumentId id) { return m->document(id).state; }
    Job claim() { return *m->claimOne(); }
    QVector<DocumentId> find(const Library::DocumentQuery &query)
    {
        return support::must(Library::find(*m->reader, query));
    }
    int jobsOf(DocumentId id, std::optional<JobState> state = {})
    {
        JobFilter filter;
        filter.document = id;
        filter.state = state;
        return static_cast<int>(support::must(JobQueue::list(*m->reader, filter)).size());
    }
    base::Result<std::optional<DocumentId>> fetch(const Job &job, const QString &content)
    {
        return m->write([&](Transaction &t) {
            return Library::setFetched(t, job.leaseToken(), job.document,
                                       {Fixture::hashOf(content), 100, 1, domain::DocumentKind::Pdf});
        });
    }
    base::Status failPage(const Job &job, int number, int tries)
    {
        return write([&](Transaction &t) {
            return Library::failPage(t, job.leaseToken(), job.document, number, kCrashed, tries);
        });
    }
    base::Status finishExtraction(const Job &job)
    {
        return write(
            [&](Transaction &t) { return Library::finishExtraction(t, job.leaseToken(), job.document); });
    }
    base::Status failDocument(const Job &job, ErrorCode code)
    {
        return write([&](Transaction &t) {
            return Library::failDocument(t, job.leaseToken(), job.document, {code, {}});
        });
    }

    std::unique_ptr<Fixture> m;
};

void tst_Library::addingTheSamePathAgainDoesNothing()
{
    const auto id = m->addExtracted(QStringLiteral("/a.pdf"), 2);
    m->analyseAll();
    const AddedSource again = m->add(QStringLiteral("/a.pdf"), m->createRun());
    QCOMPARE(again.document, id);
    QVERIFY(!again.isNew);
    QVERIFY(!again.isRestored);
    QVERIFY(!m->claimOne());
    QCOMPARE(stateOf(id), DocumentState::Done);
    QCOMPARE(support::must(Library::findByPath(*m->reader, QStringLiteral("/a.pdf"))), std::optional(id));
    // A lower goal takes nothing away.
    m->add(QStringLiteral("/a.pdf"), m->createRun(Goal::Text), Goal::Text);
    QCOMPARE(m->document(id).goal, Goal::Analysis);
}

void tst_Library::addingAFailedDocumentAgainStartsItAgain()
{
    const auto id = m->add(QStringLiteral("/a.pdf"), m->createRun()).document;
    EXPECT_OK(failDocument(claim(), ErrorCode::FileUnreadable));
    QCOMPARE(stateOf(id), DocumentState::Failed);
    const auto run = m->createRun();
    QVERIFY(!m->add(QStringLiteral("/a.pdf"), run).isNew);
    QCOMPARE(stateOf(id), DocumentState::Queued);
    QCOMPARE(m->document(id).run, run);
    QCOMPARE(claim().run, run);
}

void tst_Library::aChangedFileIsANewVersion()
{
    const auto old = m->addExtracted(QStringLiteral("/a.pdf"), 1);
    m->analyseAll();
    const AddedSource added = m->add(QStringLiteral("/a.pdf"), m->createRun(), Goal::Analysis, 2);
    QVERIFY(added.isNew);
    QVERIFY(added.document != old);
    QVERIFY(m->document(old).isInTrash());
    QCOMPARE(support::must(Library::findByPath(*m->reader, QStringLiteral("/a.pdf"))),
             std::optional(added.document));
    QCOMPARE(find({}), QVector<DocumentId>{added.document});
}

void tst_Library::aTouchedFileWithTheSameContentKeepsItsPages()
{
    const auto id = m->addExtracted(QStringLiteral("/a.pdf"), 3);
    m->analyseAll();
    const auto provisional = m->add(QStringLiteral("/a.pdf"), m->createRun(), Goal::Analysis, 2).document;
    const Job job = claim();
    QCOMPARE(job.document, provisional);
    QCOMPARE(support::must(fetch(job, QString::number(id.value))), std::optional(id));
    QVERIFY(!m->document(id).isInTrash());
    QCOMPARE(stateOf(id), DocumentState::Done);
    EXPECT_ERROR(Library::document(*m->reader, provisional), ErrorCode::NotFound);
    QCOMPARE(m->job(job.id).state, JobState::Skipped);
    QCOMPARE(m->job(job.id).document, id);
    // And the new time is known now.
    QVERIFY(!m->add(QStringLiteral("/a.pdf"), m->createRun(), Goal::Analysis, 2).isNew);
}

void tst_Library::theSameContentIsOneDocumentWithTwoPlaces()
{
    const auto first = m->addExtracted(QStringLiteral("/a.pdf"), 1, Goal::Text);
    const auto second = m->add(QStringLiteral("/copy.pdf"), m->createRun()).document;
    QCOMPARE(support::must(fetch(claim(), QString::number(first.value))), std::optional(first));
    const domain::Document document = m->document(first);
    QCOMPARE(document.places, 2);
    QCOMPARE(document.path, QStringLiteral("/a.pdf"));
    QCOMPARE(document.goal, Goal::Analysis); // the second was asked for with more
    QCOMPARE(document.state, DocumentState::Indexing);
    EXPECT_ERROR(Library::document(*m->reader, second), ErrorCode::NotFound);
    const auto places = support::must(Library::places(*m->reader, first));
    QCOMPARE(places.size(), 2);
    QCOMPARE(places.last().path, QStringLiteral("/copy.pdf"));
    QCOMPARE(m->analyseAll(), 1);
    // One place changes: the document keeps the other.
    const auto third = m->add(QStringLiteral("/copy.pdf"), m->createRun(), Goal::Analysis, 5).document;
    QVERIFY(third != first);
    QVERIFY(!m->document(first).isInTrash());
    QCOMPARE(m->document(first).places, 1);
}

void tst_Library::aKnownDocumentComesOutOfTheTrash()
{
    const auto id = m->addExtracted(QStringLiteral("/a.pdf"), 1);
    m->analyseAll();
    EXPECT_OK(write([&](Transaction &t) { return Library::remove(t, {id}); }));
    const AddedSource added = m->add(QStringLiteral("/a.pdf"), m->createRun());
    QVERIFY(added.isRestored);
    QVERIFY(!m->document(id).isInTrash());

    EXPECT_OK(write([&](Transaction &t) { return Library::remove(t, {id}); }));
    m->add(QStringLiteral("/copy.pdf"), m->createRun());
    QCOMPARE(support::must(fetch(claim(), QString::number(id.value))), std::optional(id));
    QVERIFY(!m->document(id).isInTrash());
}

void tst_Library::aFileChangedBetweenTwoTriesStartsOver()
{
    const auto id = m->add(QStringLiteral("/a.pdf"), m->createRun()).document;
    const Job job = m->startExtraction(id, 3);
    EXPECT_OK(m->storePages(job, {1, 2}));
    EXPECT_OK(write([&](Transaction &t) {
        return JobQueue::finish(t, job.leaseToken(),
                                JobOutcome::retry({ErrorCode::FileChanged, {}}, m->clock.nowMs()));
    }));
    Job again = claim();
    QCOMPARE(again.id, job.id);
    QCOMPARE(support::must(fetch(again, QStringLiteral("other"))), std::nullopt);
    const domain::Document document = m->document(id);
    QCOMPARE(document.pagesTotal, -1);
    QCOMPARE(document.pagesExtracted, 0);
    QCOMPARE(document.sha256, Fixture::hashOf(QStringLiteral("other")));
    QVERIFY(support::must(PageSearch::find(*m->reader, QStringLiteral("lighthouses"), {}, 10)).isEmpty());
}

void tst_Library::unsupportedIsSettledAtOnce()
{
    const auto run = m->createRun();
    const auto add = [&] {
        return support::must(m->write([&](Transaction &t) {
            return Library::addUnsupported(t, {QStringLiteral("/a.docx"), 5, 1, run, Goal::Analysis},
                                           QStringLiteral("docx"));
        }));
    };
    const AddedSource added = add();
    QVERIFY(added.isNew);
    const domain::Document document = m->document(added.document);
    QCOMPARE(document.state, DocumentState::Unsupported);
    QCOMPARE(document.error.code, ErrorCode::UnsupportedKind);
    QCOMPARE(document.error.detail, QStringLiteral("docx"));
    QCOMPARE(jobsOf(added.document), 0);
    QVERIFY(!add().isNew);
    EXPECT_OK(write([&](Transaction &t) { return Library::remove(t, {added.document}); }));
    QVERIFY(add().isRestored);
}

void tst_Library::storingAPageTwiceDoublesNothing()
{
    const auto id = m->add(QStringLiteral("/a.pdf"), m->createRun()).document;
    const Job job = m->startExtraction(id, 3);
    EXPECT_OK(m->storePages(job, {1, 2}));
    EXPECT_OK(m->storePages(job, {1, 2, 3, 3}));
    QCOMPARE(m->document(id).pagesExtracted, 3);
    QCOMPARE(support::must(PageSearch::find(*m->reader, QStringLiteral("lighthouses"), {}, 10)).size(), 3);
    QCOMPARE(jobsOf(id, JobState::Ready), 3);
    // A late worker changes nothing.
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::rescue(t, QStringLiteral("w1"), false); }));
    EXPECT_ERROR(m->storePages(job, {3}), ErrorCode::StaleLease);
    EXPECT_ERROR(finishExtraction(job), ErrorCode::StaleLease);
    EXPECT_ERROR(failPage(job, 3, 1), ErrorCode::StaleLease);
    EXPECT_ERROR(failDocument(job, ErrorCode::Corrupt), ErrorCode::StaleLease);
    EXPECT_ERROR(fetch(job, QStringLiteral("x")), ErrorCode::StaleLease);
}

void tst_Library::pagesOutOfRangeAreRefused()
{
    const auto id = m->add(QStringLiteral("/a.pdf"), m->createRun()).document;
    const Job job = m->startExtraction(id, 3);
    EXPECT_ERROR(m->storePages(job, {4}), ErrorCode::InvalidArgument);
    EXPECT_ERROR(m->storePages(job, {0}), ErrorCode::InvalidArgument);
    EXPECT_ERROR(m->storePages(job, {1, 4}),
                 ErrorCode::InvalidArgument); // and then page 1 is not stored either
    QCOMPARE(m->document(id).pagesExtracted, 0);
    const auto other = m->add(QStringLiteral("/b.pdf"), m->createRun()).document;
    EXPECT_ERROR(write([&](Transaction &t) { return Library::finishExtraction(t, job.leaseToken(), other); }),
                 ErrorCode::InvalidArgument);
}

void tst_Library::aStoredAnswerIsUsedWithoutAJob()
{
    m->addExtracted(QStringLiteral("/a.pdf"), 1);
    const QByteArray key = Fixture::answerKey(DocumentId{1}, 1);
    m->analyseAll();
    QVERIFY(support::must(Library::findAnswer(*m->reader, key)));
    QVERIFY(!support::must(Library::findAnswer(*m->reader, Fixture::hashOf(QStringLiteral("none")))));

    const auto second = m->add(QStringLiteral("/b.pdf"), m->createRun()).document;
    const Job job = m->startExtraction(second, 2);
    EXPECT_OK(m->storePages(job, {1, 2}, {key, Fixture::hashOf(QStringLiteral("none"))}));
    EXPECT_OK(finishExtraction(job));
    QCOMPARE(m->document(second).pagesDone, 1);
    QCOMPARE(jobsOf(second, JobState::Ready), 1);
    QCOMPARE(support::must(Library::page(*m->reader, second, 1)).analysis.title, QStringLiteral("Page 1"));
    QCOMPARE(m->analyseAll(), 1);
    QCOMPARE(stateOf(second), DocumentState::Done);
}

void tst_Library::theSamePageIsAnalysedOnce()
{
    // Two workers had the same question at the same time: the first answer stays.
    const auto id = m->addExtracted(QStringLiteral("/a.pdf"), 2);
    const QVector<Job> jobs = m->claim(2);
    const QByteArray key = Fixture::hashOf(QStringLiteral("same"));
    for (const Job &job : jobs) {
        EXPECT_OK(write([&](Transaction &t) {
            return Library::storeAnalysis(t, job.leaseToken(), id, job.page, key, QStringLiteral("builtin"),
                                          Fixture::analysis(QStringLiteral("by job %1").arg(job.id.value)));
        }));
    }
    const QString first = QStringLiteral("by job %1").arg(jobs.first().id.value);
    QCOMPARE(support::must(Library::page(*m->reader, id, 1)).analysis.title, first);
    QCOMPARE(support::must(Library::page(*m->reader, id, 2)).analysis.title, first);
    QCOMPARE(m->workspace.sqlite3(QStringLiteral("SELECT count(*) FROM answer")), QStringLiteral("1"));
    EXPECT_ERROR(write([&](Transaction &t) {
                     return Library::storeAnalysis(t, jobs.first().leaseToken(), id, 1, key,
                                                   QStringLiteral("builtin"),
                                                   Fixture::analysis(QStringLiteral("late")));
                 }),
                 ErrorCode::StaleLease);
}

void tst_Library::aPageFailsAfterItsTries()
{
    const auto id = m->add(QStringLiteral("/a.pdf"), m->createRun()).document;
    const Job job = m->startExtraction(id, 3);
    EXPECT_OK(m->storePages(job, {1, 3}));
    EXPECT_OK(failPage(job, 2, 2));
    QCOMPARE(support::must(Library::pagesToExtract(*m->reader, id, 0, 10)), QVector<int>{2});
    QCOMPARE(m->document(id).pagesFailed, 0);
    EXPECT_OK(failPage(job, 2, 2));
    QCOMPARE(support::must(Library::pagesToExtract(*m->reader, id, 0, 10)), QVector<int>{});
    QCOMPARE(m->document(id).pagesFailed, 1);
    EXPECT_OK(failPage(job, 2, 2)); // once more changes nothing
    EXPECT_OK(failPage(job, 1, 1)); // nor does it on a page that has its text
    QCOMPARE(m->document(id).pagesFailed, 1);
    const auto problems = support::must(Library::problemPages(*m->reader, id, 10));
    QCOMPARE(problems.size(), 1);
    QCOMPARE(problems.first().state, PageState::Failed);
    QCOMPARE(problems.first().attempts, 2);
    QVERIFY(problems.first().error == kCrashed);
    EXPECT_OK(finishExtraction(job));
    m->analyseAll();
    QCOMPARE(stateOf(id), DocumentState::DoneWithFailures);
}

void tst_Library::aPageThatFailedAtExtractionIsCounted()
{
    const auto id = m->add(QStringLiteral("/a.pdf"), m->createRun()).document;
    const Job job = m->startExtraction(id, 2);
    EXPECT_OK(failPage(job, 1, 1));
    EXPECT_OK(failPage(job, 2, 1));
    EXPECT_OK(finishExtraction(job));
    QCOMPARE(stateOf(id), DocumentState::DoneWithFailures);
    QCOMPARE(m->document(id).pagesFailed, 2);
    QCOMPARE(m->document(id).pagesExtracted, 0);
    QCOMPARE(support::must(Library::pageStates(*m->reader, id)), QByteArray("\3\3"));
}

void tst_Library::aPageAskedForAgainDuringExtractionIsStillDone()
{
    const auto id = m->add(QStringLiteral("/a.pdf"), m->createRun(Goal::Text), Goal::Text).document;
    const Job job = m->startExtraction(id, 2);
    EXPECT_OK(failPage(job, 1, 1));
    EXPECT_OK(m->storePages(job, {2}));
    EXPECT_OK(write([&](Transaction &t) { return JobQueue::retryPage(t, id, 1); }));
    EXPECT_OK(finishExtraction(job));
    QCOMPARE(stateOf(id), DocumentState::Indexing);
    const Job again = claim();
    QCOMPARE(again.id, job.id);
    QCOMPARE(support::must(Library::pagesToExtract(*m->reader, id, 0, 10)), QVector<int>{1});
    EXPECT_OK(m->storePages(again, {1}));
    EXPECT_OK(finishExtraction(again));
    QCOMPARE(stateOf(id), DocumentState::Done);
}

void tst_Library::aFailedAnalysisKeepsTheText()
{
    const auto id = m->addExtracted(QStringLiteral("/a.pdf"), 2);
    const Job job = claim();
    EXPECT_OK(write(
        [&](Transaction &t) { return Library::failAnalysis(t, job.leaseToken(), id, job.page, kCrashed); }));
    m->analyseAll();
    QCOMPARE(stateOf(id), DocumentState::DoneWithFailures);
    QCOMPARE(m->document(id).pagesExtracted, 2);
    QCOMPARE(m->document(id).pagesFailed, 1);
    QVERIFY(!support::must(Library::page(*m->reader, id, job.page)).text.text.isEmpty());
    QCOMPARE(support::must(PageSearch::find(*m->reader, QStringLiteral("lighthouses"), {}, 10)).size(), 2);

    // The same when the engine ends the job by itself.
    const auto second = m->addExtracted(QStringLiteral("/b.pdf"), 1);
    const Job other = claim();
    EXPECT_OK(write([&](Transaction &t) {
        return JobQueue::finish(t, other.leaseToken(), JobOutcome::failed(kCrashed));
    }));
    QCOMPARE(stateOf(second), DocumentState::DoneWithFailures);
}

void tst_Library::retryMakesOnlyWhatIsMissing()
{
    const auto id = m->add(QStringLiteral("/a.pdf"), m->createRun()).document;
    const Job job = m->startExtraction(id, 4);
    EXPECT_OK(m->storePages(job, {1, 2, 3}));
    EXPECT_OK(failPage(job, 4, 1));
    EXPECT_OK(finishExtraction(job));
    const Job analyze = claim();
    EXPECT_OK(write([&](Transaction &t) {
        return Library::failAnalysis(t, analyze.leaseToken(), id, analyze.page, kCrashed);
    }));
    m->analyseAll();
    QCOMPARE(stateOf(id), DocumentState::DoneWithFailures);
    const int jobsBefore = jobsOf(id);

    QCOMPARE(support::must(m->write([&](Transaction &t) { return JobQueue::retryDocument(t, id); })), 2);
    QCOMPARE(stateOf(id), DocumentState::Indexing);
    QCOMPARE(m->document(id).pagesFailed, 0);
    QCOMPARE(m->broken(), QString());
    // The extract job that was done is no failed one: a new one is made. The failed analyze job starts again.
    QCOMPARE(jobsOf(id), jobsBefore + 1);
    const Job extract = claim();
    QCOMPARE(extract.kind, JobKind::Extract);
    QCOMPARE(support::must(Library::pagesToExtract(*m->reader, id, 0, 10)), QVector<int>{4});
    EXPECT_OK(m->storePages(extract, {4}));
    EXPECT_OK(finishExtraction(extract));
    QCOMPARE(m->analyseAll(), 2);
    QCOMPARE(stateOf(id), DocumentState::Done);
    QCOMPARE(m->job(analyze.id).state, JobState::Done);
    // Nothing to do is fine, and leaves it as it was.
    QCOMPARE(support::must(m->write([&](Transaction &t) { return JobQueue::retryDocument(t, id); })), 0);
    QCOMPARE(stateOf(id), DocumentState::Done);
}

void tst_Library::retryPageLeavesTheOthers()
{
    const auto id = m->addExtracted(QStringLiteral("/a.pdf"), 3);
    for (int i = 0; i < 2; ++i) {
        const Job job = claim();
        EXPECT_OK(write([&](Transaction &t) {
            return Library::failAnalysis(t, job.leaseToken(), id, job.page, kCrashed);
        }));
    }
    m->analyseAll();
    QCOMPARE(m->document(id).pagesFailed, 2);
    EXPECT_OK(write([&](Transaction &t) { return JobQueue::retryPage(t, id, 2); }));
    QCOMPARE(m->document(id).pagesFailed, 1);
    QCOMPARE(m->analyseAll(), 1);
    QCOMPARE(stateOf(id), DocumentState::DoneWithFailures);
    EXPECT_OK(write([&](Transaction &t) { return JobQueue::retryPage(t, id, 3); })); // is done: nothing to do
    QVERIFY(!m->claimOne());
}

void tst_Library::cancelThenRetryGoesOn()
{
    const auto id = m->add(QStringLiteral("/a.pdf"), m->createRun()).document;
    const Job job = m->startExtraction(id, 3);
    EXPECT_OK(m->storePages(job, {1}));
    EXPECT_OK(write([&](Transaction &t) { return JobQueue::cancelDocument(t, id); }));
    QCOMPARE(stateOf(id), DocumentState::Cancelled);
    // A page that comes in late stays, and makes no job.
    EXPECT_OK(m->storePages(job, {2}));
    EXPECT_OK(write(
        [&](Transaction &t) { return JobQueue::finish(t, job.leaseToken(), JobOutcome::cancelled()); }));
    QCOMPARE(stateOf(id), DocumentState::Cancelled);
    QCOMPARE(m->document(id).pagesExtracted, 2);
    QVERIFY(!m->claimOne());
    QCOMPARE(m->broken(), QString());

    QCOMPARE(support::must(m->write([&](Transaction &t) { return JobQueue::retryDocument(t, id); })), 3);
    QCOMPARE(stateOf(id), DocumentState::Indexing);
    const Job again = claim();
    QCOMPARE(support::must(Library::pagesToExtract(*m->reader, id, 0, 10)), QVector<int>{3});
    EXPECT_OK(m->storePages(again, {3}));
    EXPECT_OK(finishExtraction(again));
    QCOMPARE(m->analyseAll(), 3);
    QCOMPARE(stateOf(id), DocumentState::Done);
}

void tst_Library::cancelThenRetryBeforeTheWorkerStops()
{
    const auto id = m->add(QStringLiteral("/a.pdf"), m->createRun()).document;
    const Job job = m->startExtraction(id, 3);
    EXPECT_OK(write([&](Transaction &t) { return JobQueue::cancelDocument(t, id); }));
    support::must(m->write([&](Transaction &t) { return JobQueue::retryDocument(t, id); }));
    EXPECT_OK(write(
        [&](Transaction &t) { return JobQueue::finish(t, job.leaseToken(), JobOutcome::cancelled()); }));
    QCOMPARE(stateOf(id), DocumentState::Indexing);
    QCOMPARE(claim().id, job.id);
}

void tst_Library::errorsOfDocumentsBecomeStates_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<int>("state");
    const auto row = [](const char *name, ErrorCode error, DocumentState state) {
        QTest::newRow(name) << static_cast<int>(error) << static_cast<int>(state);
    };
    row("password", ErrorCode::PasswordNeeded, DocumentState::NeedsPassword);
    row("wrong password", ErrorCode::PasswordWrong, DocumentState::NeedsPassword);
    row("certificate", ErrorCode::CertificateNeeded, DocumentState::Unsupported);
    row("corrupt", ErrorCode::Corrupt, DocumentState::Corrupt);
    row("kind", ErrorCode::UnsupportedKind, DocumentState::Unsupported);
    row("missing", ErrorCode::FileMissing, DocumentState::Failed);
    row("helper", ErrorCode::HelperUnavailable, DocumentState::Failed);
}

void tst_Library::errorsOfDocumentsBecomeStates()
{
    QFETCH(int, error);
    QFETCH(int, state);
    const auto code = static_cast<ErrorCode>(error);
    const auto id = m->add(QStringLiteral("/a.pdf"), m->createRun()).document;
    const Job job = claim();
    EXPECT_OK(failDocument(job, code));
    QCOMPARE(static_cast<int>(stateOf(id)), state);
    QCOMPARE(m->document(id).error.code, code);
    QCOMPARE(m->job(job.id).state, JobState::Failed);
}

void tst_Library::aDocumentFailsOnlyWhenNothingOfItIsLive()
{
    const auto id = m->add(QStringLiteral("/a.pdf"), m->createRun()).document;
    const Job job = m->startExtraction(id, 3);
    EXPECT_OK(m->storePages(job, {1, 2}));
    EXPECT_OK(failDocument(job, ErrorCode::FileMissing));
    QCOMPARE(stateOf(id), DocumentState::Indexing);
    QCOMPARE(m->analyseAll(), 2);
    QCOMPARE(stateOf(id), DocumentState::Failed);
    QCOMPARE(m->document(id).error.code, ErrorCode::FileMissing);
    QCOMPARE(m->document(id).pagesDone, 2);
}

void tst_Library::noPagesMeansCorrupt()
{
    const auto id = m->add(QStringLiteral("/a.pdf"), m->createRun()).document;
    EXPECT_OK(finishExtraction(m->startExtraction(id, 0)));
    QCOMPARE(stateOf(id), DocumentState::Corrupt);
}

void tst_Library::setAsideAfterTwoCrashes()
{
    const auto id = m->add(QStringLiteral("/a.pdf"), m->createRun()).document;
    for (int crash = 1; crash <= 2; ++crash) {
        QVERIFY(m->claimOne());
        const auto rescued = support::must(
            m->write([&](Transaction &t) { return JobQueue::rescue(t, QStringLiteral("w1"), true); }));
        QCOMPARE(rescued.documentsSetAside, crash == 2 ? QVector<DocumentId>{id} : QVector<DocumentId>{});
    }
    QCOMPARE(stateOf(id), DocumentState::Failed);
    QCOMPARE(m->document(id).error.code, ErrorCode::SetAsideAfterCrash);

    // A page stored between two crashes shows that the document is not what kills the program.
    const auto second = m->add(QStringLiteral("/b.pdf"), m->createRun()).document;
    EXPECT_OK(m->storePages(m->startExtraction(second, 3), {1}));
    support::must(m->write([&](Transaction &t) { return JobQueue::rescue(t, QStringLiteral("w1"), true); }));
    const Job again = claim();
    QCOMPARE(again.document, second);
    EXPECT_OK(m->storePages(again, {2}));
    QCOMPARE(support::must(m->write([&](Transaction &t) {
                 return JobQueue::rescue(t, QStringLiteral("w1"), true);
             })).setAside,
             0);
    QCOMPARE(stateOf(second), DocumentState::Indexing);

    // An analysis in flight at two crashes: its page fails, the document goes on.
    EXPECT_OK(write([&](Transaction &t) { return JobQueue::cancelDocument(t, second); }));
    const auto third = m->addExtracted(QStringLiteral("/c.pdf"), 2);
    for (int crash = 1; crash <= 2; ++crash) {
        const Job job = claim();
        QCOMPARE(job.document, third);
        QCOMPARE(job.page, 1);
        support::must(
            m->write([&](Transaction &t) { return JobQueue::rescue(t, QStringLiteral("w1"), true); }));
    }
    QCOMPARE(m->document(third).pagesFailed, 1);
    m->analyseAll();
    QCOMPARE(stateOf(third), DocumentState::DoneWithFailures);
}

void tst_Library::unlockPinsToTheWorkerThatKnows()
{
    const auto id = m->add(QStringLiteral("/a.pdf"), m->createRun()).document;
    EXPECT_OK(failDocument(claim(), ErrorCode::PasswordNeeded));
    EXPECT_OK(write([&](Transaction &t) { return Library::unlock(t, id, QStringLiteral("w2")); }));
    QCOMPARE(stateOf(id), DocumentState::Queued);
    QVERIFY(!m->claimOne(QStringLiteral("w1")));
    const auto job = m->claimOne(QStringLiteral("w2"));
    QVERIFY(job);
    // The worker dies, and the password with it.
    support::must(m->write([&](Transaction &t) { return JobQueue::rescue(t, QStringLiteral("w2"), false); }));
    QCOMPARE(stateOf(id), DocumentState::NeedsPassword);
    QVERIFY(!m->claimOne(QStringLiteral("w1")));
    QCOMPARE(support::must(JobQueue::liveCount(*m->reader)), 0);
    EXPECT_OK(write([&](Transaction &t) { return Library::unlock(t, id, QStringLiteral("w1")); }));
    const Job again = m->startExtraction(id, 1);
    EXPECT_OK(m->storePages(again, {1}));
    EXPECT_OK(finishExtraction(again));
    QCOMPARE(m->analyseAll(QStringLiteral("w9")), 1); // the rest needs no password
    QCOMPARE(stateOf(id), DocumentState::Done);
    EXPECT_OK(
        write([&](Transaction &t) { return Library::unlock(t, id, QStringLiteral("w1")); })); // is not locked
    QCOMPARE(stateOf(id), DocumentState::Done);
}

void tst_Library::cleanEndOfThePinnedWorkerAsksAgain()
{
    const auto id = m->add(QStringLiteral("/a.pdf"), m->createRun()).document;
    EXPECT_OK(failDocument(claim(), ErrorCode::PasswordNeeded));
    EXPECT_OK(write([&](Transaction &t) { return Library::unlock(t, id, QStringLiteral("w1")); }));
    EXPECT_OK(write([&](Transaction &t) { return JobQueue::removeWorker(t, QStringLiteral("w1")); }));
    QCOMPARE(stateOf(id), DocumentState::NeedsPassword);
}

void tst_Library::trashIsOutOfListsAndSearch()
{
    const auto kept = m->addExtracted(QStringLiteral("/kept.pdf"), 1);
    const auto gone = m->addExtracted(QStringLiteral("/gone.pdf"), 1);
    m->clock.advance(1000);
    EXPECT_OK(write([&](Transaction &t) { return Library::remove(t, {gone}); }));
    QCOMPARE(find({}), QVector<DocumentId>{kept});
    Library::DocumentQuery trash;
    trash.trash = true;
    QCOMPARE(find(trash), QVector<DocumentId>{gone});
    QCOMPARE(support::must(PageSearch::find(*m->reader, QStringLiteral("lighthouses"), {}, 10)).size(), 1);
    QCOMPARE(support::must(Library::totals(*m->reader)).documents, 1);
    QCOMPARE(support::must(Library::totals(*m->reader)).documentsInTrash, 1);
    QCOMPARE(m->analyseAll(), 1);
    QCOMPARE(jobsOf(gone, JobState::Held), 1);
    QCOMPARE(support::must(Library::trashedBefore(*m->reader, m->clock.nowMs() + 1)),
             QVector<DocumentId>{gone});
    QCOMPARE(support::must(Library::trashedBefore(*m->reader, m->clock.nowMs())), QVector<DocumentId>{});
    QCOMPARE(m->broken(), QString());

    EXPECT_OK(write([&](Transaction &t) { return Library::restore(t, {gone}); }));
    QCOMPARE(m->analyseAll(), 1);
    QCOMPARE(support::must(PageSearch::find(*m->reader, QStringLiteral("lighthouses"), {}, 10)).size(), 2);
    QCOMPARE(find({}).size(), 2);
}

void tst_Library::purgeLeavesNothingButAnswers()
{
    const auto id = m->addExtracted(QStringLiteral("/a.pdf"), 2);
    const Job running = claim();
    EXPECT_OK(write([&](Transaction &t) {
        return Library::storeAnalysis(t, running.leaseToken(), id, running.page,
                                      Fixture::answerKey(id, running.page), QStringLiteral("builtin"),
                                      Fixture::analysis(QStringLiteral("paid for")));
    }));
    const Job late = claim();
    const qint64 before = support::must(Library::changeSeq(*m->reader));
    EXPECT_OK(write([&](Transaction &t) { return Library::purge(t, {id}); }));
    QVERIFY(support::must(Library::changeSeq(*m->reader)) > before);
    QCOMPARE(m->workspace.sqlite3(
                 QStringLiteral("SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM page), "
                                "(SELECT count(*) FROM page_text), (SELECT count(*) FROM page_search), "
                                "(SELECT count(*) FROM job), (SELECT count(*) FROM job_event), "
                                "(SELECT count(*) FROM source), (SELECT count(*) FROM answer)")),
             QStringLiteral("0|0|0|0|0|0|0|1"));
    EXPECT_ERROR(write([&](Transaction &t) {
                     return Library::storeAnalysis(t, late.leaseToken(), id, late.page,
                                                   Fixture::answerKey(id, late.page),
                                                   QStringLiteral("builtin"), Fixture::analysis({}));
                 }),
                 ErrorCode::StaleLease);
    QVERIFY(support::must(Library::findAnswer(*m->reader, Fixture::answerKey(id, running.page))));
}

void tst_Library::languageIsThatOfMostPages()
{
    const auto id = m->addExtracted(QStringLiteral("/a.pdf"), 5);
    const QStringList languages{QStringLiteral("und"), QStringLiteral("de"), QStringLiteral("fr"),
                                QStringLiteral("de"), QStringLiteral("und")};
    for (const QString &language : languages) {
        const Job job = claim();
        EXPECT_OK(write([&](Transaction &t) {
            return Library::storeAnalysis(t, job.leaseToken(), id, job.page, Fixture::answerKey(id, job.page),
                                          QStringLiteral("builtin"),
                                          Fixture::analysis(QStringLiteral("t"), language));
        }));
    }
    QCOMPARE(m->document(id).language, QStringLiteral("de"));
}

void tst_Library::changesAreNumbered()
{
    const auto seq = [&] { return support::must(Library::changeSeq(*m->reader)); };
    const auto run = m->createRun();
    const auto a = m->add(QStringLiteral("/a.pdf"), run).document;
    const qint64 afterA = seq();
    const auto b = m->add(QStringLiteral("/b.pdf"), run).document;
    QCOMPARE(seq(), afterA + 1);
    QCOMPARE(support::must(Library::changedSince(*m->reader, afterA, 10)), QVector<DocumentId>{b});
    QCOMPARE(support::must(Library::changedSince(*m->reader, 0, 10)), (QVector<DocumentId>{a, b}));
    QCOMPARE(support::must(Library::changedSince(*m->reader, 0, 1)), QVector<DocumentId>{a});
    // Several changes of several documents in one transaction are one number.
    const qint64 before = seq();
    EXPECT_OK(write([&](Transaction &t) -> base::Status {
        const auto removed = Library::remove(t, {a, b});
        return removed ? Library::restore(t, {a}) : removed;
    }));
    QCOMPARE(seq(), before + 1);
    QCOMPARE(support::must(Library::changedSince(*m->reader, before, 10)), (QVector<DocumentId>{a, b}));
    // What changes nothing has no number.
    EXPECT_OK(write([&](Transaction &t) { return Library::restore(t, {a}); }));
    QCOMPARE(seq(), before + 1);
}

void tst_Library::aRolledBackClosureLeavesNoChange()
{
    const auto a = m->add(QStringLiteral("/a.pdf"), m->createRun()).document;
    const qint64 before = support::must(Library::changeSeq(*m->reader));
    EXPECT_ERROR(write([&](Transaction &t) -> base::Status {
                     const auto removed = Library::remove(t, {a});
                     return removed ? base::Status(base::fail(ErrorCode::InvalidArgument)) : removed;
                 }),
                 ErrorCode::InvalidArgument);
    QCOMPARE(support::must(Library::changeSeq(*m->reader)), before);
    QVERIFY(!m->document(a).isInTrash());
}

void tst_Library::findFiltersAndSorts()
{
    const auto other = m->addExtracted(QStringLiteral("/home/ÄRGER.pdf"), 7);
    const auto run = m->createRun();
    const auto ten = m->add(QStringLiteral("/Bücher/Part 10.pdf"), run).document;
    const auto two = m->add(QStringLiteral("/Bücher/part 2.pdf"), run).document;
    EXPECT_OK(write([&](Transaction &t) { return JobQueue::cancelDocument(t, ten); }));

    Library::DocumentQuery query;
    QCOMPARE(find(query), (QVector<DocumentId>{other, ten, two}));
    query.descending = true;
    QCOMPARE(find(query), (QVector<DocumentId>{two, ten, other}));
    query = {};
    query.sort = Library::SortKey::Name;
    QCOMPARE(find(query), (QVector<DocumentId>{two, ten, other}));
    query.sort = Library::SortKey::Pages;
    query.descending = true;
    QCOMPARE(find(query).first(), other);
    for (const auto key : {Library::SortKey::Text, Library::SortKey::State, Library::SortKey::Progress,
                           Library::SortKey::Bytes, Library::SortKey::Language}) {
        query.sort = key;
        QCOMPARE(find(query).size(), 3);
    }

    const auto filtered = [&](const QString &words) {
        Library::DocumentQuery filter;
        filter.filter = words;
        return find(filter);
    };
    QCOMPARE(filtered(QStringLiteral("PART")), (QVector<DocumentId>{ten, two}));
    QCOMPARE(filtered(QStringLiteral("ärger")), QVector<DocumentId>{other});
    QCOMPARE(filtered(QStringLiteral(" bÜcher  10 ")), QVector<DocumentId>{ten});
    QCOMPARE(filtered(QStringLiteral("title")), QVector<DocumentId>{other});
    QCOMPARE(filtered(QStringLiteral("cancelled")), QVector<DocumentId>{ten});
    QCOMPARE(filtered(QStringLiteral("100%")), QVector<DocumentId>{});
    query = {};
    query.states = QVector<DocumentState>{DocumentState::Cancelled, DocumentState::Indexing};
    QCOMPARE(find(query), (QVector<DocumentId>{other, ten}));
    query.states = QVector<DocumentState>{};
    QCOMPARE(find(query), QVector<DocumentId>{});
    // Rows come in the order asked for, those that are gone left out.
    const auto rows = support::must(Library::documents(*m->reader, {other, DocumentId{999}, ten}));
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows.first().id, other);
}

void tst_Library::pausedDocumentsAreFound()
{
    const auto run = m->createRun();
    const auto a = m->add(QStringLiteral("/a.pdf"), run).document;
    const auto b = m->add(QStringLiteral("/b.pdf"), m->createRun()).document;
    EXPECT_OK(write([&](Transaction &t) { return JobQueue::setRunPaused(t, run, true); }));
    Library::DocumentQuery paused;
    paused.pausedOnly = true;
    QCOMPARE(find(paused), QVector<DocumentId>{a});
    QVERIFY(m->document(a).paused);
    QVERIFY(!m->document(b).paused);
    EXPECT_OK(write([&](Transaction &t) { return JobQueue::setDocumentPaused(t, b, true); }));
    QCOMPARE(find(paused).size(), 2);
    QCOMPARE(support::must(Library::totals(*m->reader)).documentsPaused, 2);
    // A settled document is not paused, whatever its run is.
    EXPECT_OK(write([&](Transaction &t) { return JobQueue::cancelDocument(t, a); }));
    QVERIFY(!m->document(a).paused);
    QCOMPARE(support::must(Library::totals(*m->reader)).documentsPaused, 1);
}

void tst_Library::totalsOfARun()
{
    const auto first = m->addExtracted(QStringLiteral("/a.pdf"), 3);
    m->analyseAll();
    const auto second = m->addExtracted(QStringLiteral("/b.pdf"), 2);
    const auto all = support::must(Library::totals(*m->reader));
    QCOMPARE(all.documents, 2);
    QCOMPARE(all.pages, 5);
    QCOMPARE(all.pagesDone, 3);
    QCOMPARE(all.pagesExtracted, 5);
    const auto one = support::must(Library::totals(*m->reader, m->document(second).run));
    QCOMPARE(one.documents, 1);
    QCOMPARE(one.documentsIndexing, 1);
    QCOMPARE(one.pages, 2);
    QCOMPARE(support::must(Library::totals(*m->reader, m->document(first).run)).documentsDone, 1);
}

void tst_Library::pagesWithoutARowAreQueued()
{
    const auto id = m->add(QStringLiteral("/a.pdf"), m->createRun()).document;
    QCOMPARE(support::must(Library::pageStates(*m->reader, id)), QByteArray());
    const Job job = m->startExtraction(id, 5);
    EXPECT_OK(m->storePages(job, {2, 4}));
    const auto pages = support::must(Library::pages(*m->reader, id, 0, 100));
    QCOMPARE(pages.size(), 5);
    QCOMPARE(pages.at(0).number, 1);
    QCOMPARE(pages.at(0).state, PageState::Queued);
    QCOMPARE(pages.at(1).state, PageState::Extracted);
    QCOMPARE(pages.at(1).characters, 38);
    const auto some = support::must(Library::pages(*m->reader, id, 2, 2));
    QCOMPARE(some.size(), 2);
    QCOMPARE(some.at(0).number, 3);
    QCOMPARE(some.at(1).state, PageState::Extracted);
    QCOMPARE(support::must(Library::pageStates(*m->reader, id)), QByteArray("\0\1\0\1\0", 5));
    QCOMPARE(support::must(Library::page(*m->reader, id, 5)).page.state, PageState::Queued);
    EXPECT_ERROR(Library::page(*m->reader, id, 6), ErrorCode::NotFound);
    EXPECT_ERROR(Library::pageStates(*m->reader, DocumentId{999}), ErrorCode::NotFound);
    QCOMPARE(support::must(Library::pagesToExtract(*m->reader, id, 0, 2)), (QVector<int>{1, 3}));
    QCOMPARE(support::must(Library::pagesToExtract(*m->reader, id, 3, 10)), QVector<int>{5});
}

void tst_Library::pageCountsByState()
{
    const auto id = m->add(QStringLiteral("/a.pdf"), m->createRun()).document;
    const Job job = m->startExtraction(id, 5);
    EXPECT_OK(m->storePages(job, {1, 2, 3}));
    EXPECT_OK(failPage(job, 4, 1));
    const Job analyze = claim();
    EXPECT_OK(write([&](Transaction &t) {
        return Library::storeAnalysis(t, analyze.leaseToken(), id, analyze.page, Fixture::answerKey(id, 1),
                                      QStringLiteral("builtin"), Fixture::analysis({}));
    }));
    const auto count = [&](PageState state) {
        return support::must(Library::pageCountOf(*m->reader, state));
    };
    QCOMPARE(count(PageState::Done), 1);
    QCOMPARE(count(PageState::Extracted), 2);
    QCOMPARE(count(PageState::Failed), 1);
    QCOMPARE(count(PageState::Queued), 1);
    QCOMPARE(support::must(Library::recentDoneTimes(*m->reader, 10)), QVector<qint64>{m->clock.nowMs()});
}

void tst_Library::searchRefusesNonsense()
{
    EXPECT_ERROR(PageSearch::find(*m->reader, QStringLiteral("\"open"), {}, 10), ErrorCode::InvalidArgument);
    EXPECT_ERROR(PageSearch::find(*m->reader, QStringLiteral("AND AND"), {}, 10), ErrorCode::InvalidArgument);
    QVERIFY(support::must(PageSearch::find(*m->reader, QStringLiteral("nothing"), {}, 10)).isEmpty());
}

void tst_Library::placesAndMissingFiles()
{
    const auto id = m->addExtracted(QStringLiteral("/a.pdf"), 1);
    m->addExtracted(QStringLiteral("/b.pdf"), 1);
    const auto all = support::must(Library::allPlaces(*m->reader, 0, 10));
    QCOMPARE(all.size(), 2);
    QCOMPARE(support::must(Library::allPlaces(*m->reader, all.first().id.value, 10)).size(), 1);
    const qint64 before = support::must(Library::changeSeq(*m->reader));
    EXPECT_OK(write([&](Transaction &t) { return Library::setPlaceMissing(t, all.first().id, true); }));
    QVERIFY(support::must(Library::places(*m->reader, id)).first().missing);
    QCOMPARE(support::must(Library::changedSince(*m->reader, before, 10)), QVector<DocumentId>{id});
    m->add(QStringLiteral("/a.pdf"), m->createRun()); // it is back
    QVERIFY(!support::must(Library::places(*m->reader, id)).first().missing);
    QCOMPARE(support::must(Library::findByHash(*m->reader, m->document(id).sha256)), std::optional(id));
}

QTEST_GUILESS_MAIN(tst_Library)
#include "tst_Library.moc"
