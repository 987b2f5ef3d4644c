// SPDX-License-Identifier: GPL-3.0-or-later
// What goes on by itself at a start, and what asks first.
#include "PaidWorkspace.h"
#include "store/Connection.h"
#include "store/Endpoints.h"
#include "store/JobQueue.h"
#include "support/Expect.h"
#include "workspace/ModelDirectory.h"
#include "workspace/ResumeCheck.h"

#include <QFile>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace lectern;
using namespace lectern::workspace;
using domain::DocumentId;
using domain::Money;
using servers::ModelServer;
using store::Question;
using support::must;

class ResumeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (!ModelServer::isInstalled())
            QSKIP("The third-party model servers are not installed (npm is missing).");
        m_place = std::make_unique<PaidWorkspace>();
        QVERIFY2(m_place->whyNot().isEmpty(), qPrintable(m_place->whyNot()));
    }
    void cleanup() { m_place.reset(); }
    void whatWasApprovedGoesOn();
    void aDearerModelAsks();
    void aPriceThatFellAgainAsksNothing();
    void aFreeModelThatCostsAsks();
    void aShortBudgetAsks();
    void aModelThatIsGoneAsks();
    void aModelThatLeftTheListAsks();
    void aChangedFileAsks();
    void aCrashAsksUntilItIsAnswered();
    void otherProgramsAtWorkAreLeftAlone();
    void anotherModelForTheRestEndsTheQuestion();

private:
    /// Leaves a run of twelve pages of which nothing was done.
    void leaveRun()
    {
        m_place->open();
        m_document = m_place->addBook(u"book.pdf"_s, 12, 7);
        m_place->close();
        m_place->open(false);
        m_run = m_place->analyse({{m_document}}).run;
        m_place->close();
    }
    OpenRun openRun() { return must(m_place->workspace().openRuns()).value(0); }
    bool isHeld()
    {
        const auto reader = must(m_place->workspace().database().openReader());
        store::JobFilter held;
        held.state = domain::JobState::Held;
        const auto jobs = must(store::JobQueue::list(*reader, held));
        const auto pages = std::count_if(jobs.begin(), jobs.end(), [](const domain::Job &job) {
            return job.kind == domain::JobKind::Analyze; // its vectors may wait too
        });
        return pages == 12 && m_place->document(m_document).paused && m_place->requests() == 0;
    }
    bool acceptAndFinish()
    {
        must(m_place->workspace().acceptRun(m_run));
        return m_place->waitSettled(m_document) && m_place->requests() == 12 &&
               m_place->document(m_document).pagesDone == 12;
    }

    std::unique_ptr<PaidWorkspace> m_place;
    DocumentId m_document;
    domain::RunId m_run;
};

void ResumeTest::whatWasApprovedGoesOn()
{
    leaveRun();
    m_place->setPrice(1.2, 6); // a fifth more
    const LaunchReport report = m_place->open().launchReport();
    QCOMPARE(report.documentsAsking, 0);
    QVERIFY(report.costLeft && !report.costLeft->isZero());
    QVERIFY(m_place->waitSettled(m_document));
    QCOMPARE(m_place->requests(), 12);
    m_place->close();
    QVERIFY(!m_place->open().launchReport().costLeft); // nothing is left
}

void ResumeTest::aDearerModelAsks()
{
    leaveRun();
    m_place->setPrice(1.3, 6.5);
    const LaunchReport report = m_place->open().launchReport();
    QCOMPARE(report.documentsAsking, 1);
    QCOMPARE(report.pagesLeftAsking, 12);
    QVERIFY(!report.costLeft);
    const OpenRun asking = openRun();
    QCOMPARE(asking.question, Question::PriceRose);
    QCOMPARE(asking.run, m_run);
    QCOMPARE(asking.pricePercent, 30);
    QCOMPARE(asking.pagesLeft, 12);
    QCOMPARE(asking.costLeft->picodollars, asking.costThen->picodollars * 13 / 10);
    QVERIFY(isHeld());
    QVERIFY(acceptAndFinish());
    QCOMPARE(openRun().run, domain::RunId());
}

void ResumeTest::aPriceThatFellAgainAsksNothing()
{
    leaveRun();
    m_place->setPrice(2, 10);
    m_place->open();
    QCOMPARE(openRun().question, Question::PriceRose);
    m_place->close();
    m_place->setPrice(1, 5);
    m_place->open();
    QVERIFY(m_place->waitSettled(m_document));
    QCOMPARE(m_place->requests(), 12);
}

void ResumeTest::aFreeModelThatCostsAsks()
{
    m_place->setPrice(0, 0);
    leaveRun();
    m_place->setPrice(1, 5);
    m_place->open();
    const OpenRun asking = openRun();
    QCOMPARE(asking.question, Question::PriceRose);
    QCOMPARE(asking.pricePercent, 0);
    QVERIFY(!asking.costLeft->isZero());
    QVERIFY(isHeld());
    QVERIFY(acceptAndFinish());
}

void ResumeTest::aShortBudgetAsks()
{
    leaveRun();
    using Period = store::Budgets::Period;
    must(m_place->open(false).setBudget(Period::Month, Money::fromDecimal(u"0.01"_s)));
    m_place->close();
    m_place->open();
    QCOMPARE(openRun().question, Question::BudgetShort);
    QVERIFY(isHeld());
    must(m_place->workspace().setBudget(Period::Month, Money::fromDecimal(u"10"_s)));
    QVERIFY(isHeld()); // it waits for an answer, not for the budget
    QVERIFY(acceptAndFinish());
}

void ResumeTest::aModelThatIsGoneAsks()
{
    leaveRun();
    ModelDirectory &directory = m_place->open(false).directory();
    domain::Endpoint endpoint = must(directory.endpoint(PaidWorkspace::kModel.endpoint));
    endpoint.enabled = false;
    must(m_place->workspace().saveEndpoint(endpoint));
    m_place->close();
    m_place->open();
    QCOMPARE(openRun().question, Question::ModelGone);
    QVERIFY(isHeld());
    endpoint.enabled = true;
    must(m_place->workspace().saveEndpoint(endpoint));
    QVERIFY(acceptAndFinish());
}

void ResumeTest::aModelThatLeftTheListAsks()
{
    m_place->open();
    must(m_place->workspace().directory().refresh(PaidWorkspace::kModel.endpoint, base::CancelToken()));
    m_place->close();
    leaveRun();
    // The list as the endpoint gave it last, without the model.
    must(m_place->open(false).database().writer().run([](store::Transaction &transaction) {
        return store::Endpoints::setCatalogue(transaction, PaidWorkspace::kModel.endpoint, "[]");
    }));
    m_place->close();
    m_place->open();
    QCOMPARE(openRun().question, Question::ModelGone);
    QVERIFY(isHeld());
}

void ResumeTest::aChangedFileAsks()
{
    leaveRun();
    QFile file(m_place->file(u"book.pdf"_s));
    QVERIFY(file.open(QIODevice::Append));
    QCOMPARE(file.write("\n% changed\n"), 11);
    file.close();
    m_place->open();
    const OpenRun asking = openRun();
    QCOMPARE(asking.question, Question::FileChanged);
    QCOMPARE(asking.file, file.fileName());
    QVERIFY(isHeld());
    QVERIFY(acceptAndFinish());
}

void ResumeTest::aCrashAsksUntilItIsAnswered()
{
    leaveRun();
    base::SystemClock clock;
    engine::Engine::Resumed found;
    found.crashed = true;
    m_place->open(false);
    must(ResumeCheck(m_place->workspace().database(), m_place->workspace().directory(), clock).decide(found));
    m_place->close();
    m_place->open(); // this one found no crash, but nobody has answered yet
    QCOMPARE(openRun().question, Question::Crashed);
    QVERIFY(isHeld());
    QVERIFY(acceptAndFinish());
}

void ResumeTest::otherProgramsAtWorkAreLeftAlone()
{
    leaveRun();
    base::SystemClock clock;
    engine::Engine::Resumed found;
    found.crashed = true;
    found.workersAtWork = 1;
    m_place->open(false);
    must(ResumeCheck(m_place->workspace().database(), m_place->workspace().directory(), clock).decide(found));
    QCOMPARE(openRun().question, Question::None);
}

void ResumeTest::anotherModelForTheRestEndsTheQuestion()
{
    leaveRun();
    m_place->setPrice(2, 10);
    m_place->open();
    QCOMPARE(openRun().question, Question::PriceRose);
    const RunPages rest = must(m_place->workspace().pagesOf(m_run));
    QCOMPARE(rest, (RunPages{{m_document}, RunPages::Which::Waiting}));
    m_place->analyse(rest);
    const auto reader = must(m_place->workspace().database().openReader());
    QVERIFY(must(store::Questions::asking(*reader)).isEmpty());
    QVERIFY(m_place->waitSettled(m_document));
    QCOMPARE(m_place->requests(), 12);
}

QTEST_GUILESS_MAIN(ResumeTest)
#include "tst_Resume.moc"
