// SPDX-License-Identifier: GPL-3.0-or-later
// Pages tried with a model of a third-party server before the rest is asked about.
#include "PaidWorkspace.h"
#include "store/Connection.h"
#include "store/Trials.h"
#include "support/Expect.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace lectern;
using namespace lectern::workspace;
using domain::DocumentId;
using domain::DocumentState;
using servers::ModelServer;
using support::must;

class TrialTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (!ModelServer::isInstalled())
            QSKIP("The third-party model servers are not installed (npm is missing).");
    }
    void threePagesAndTheRunPaysNothingForThem();
    void documentsStayAsTheyAre();
    void aCapHoldsIt();
    void theRunMayStartBeforeItsEnd();
    void equalPagesAreAskedAboutOnce();
    void onlyWhatWaits();

private:
    static store::Trials::State stateOf(PaidWorkspace &place, const RunReport &report)
    {
        const auto reader = must(place.workspace().database().openReader());
        return must(store::Trials::state(*reader, report.run, report.trialDocuments));
    }
    static bool waitOver(PaidWorkspace &place, const RunReport &report)
    {
        return place.wait([&] { return stateOf(place, report).isOver(); });
    }
    static domain::PageRecord page(PaidWorkspace &place, DocumentId id, int number)
    {
        const auto reader = must(place.workspace().database().openReader());
        return must(store::Library::page(*reader, id, number));
    }
};

void TrialTest::threePagesAndTheRunPaysNothingForThem()
{
    PaidWorkspace place;
    QVERIFY2(place.whyNot().isEmpty(), qPrintable(place.whyNot()));
    place.open();
    const DocumentId id = place.addBook(u"book.pdf"_s, 12, 7);
    const models::Estimate before = place.estimate({{id}});
    QCOMPARE(before.pagesToDo, 12);
    QVERIFY(!before.isOutputLearned);

    const RunReport report = place.analyse({{id}}, 3);
    QCOMPARE(report.pagesWaiting, 3);
    QVERIFY(waitOver(place, report));
    QCOMPARE(stateOf(place, report).answered, 3);
    QCOMPARE(place.requests(), 3);
    QCOMPARE(place.spent().toDecimal(), u"0.00975"_s);

    const models::Estimate after = place.estimate({{id}});
    QCOMPARE(after.pagesToDo, 9);
    QCOMPARE(after.pagesAnswered, 3);
    QVERIFY(after.isOutputLearned);
    // 350 tokens a page were the guess, 50 is what it was.
    QVERIFY(after.outputTokens.expected / 9 < before.outputTokens.expected / 12);

    const RunReport all = place.analyse({{id}});
    QCOMPARE(all.pagesWaiting, 9);
    QCOMPARE(all.pagesAnswered, 0); // they have it already
    QVERIFY(place.waitSettled(id));
    QCOMPARE(place.requests(), 12);
    QCOMPARE(place.spent().toDecimal(), u"0.039"_s);
    QCOMPARE(place.document(id).pagesDone, 12);
}

void TrialTest::documentsStayAsTheyAre()
{
    PaidWorkspace place;
    QVERIFY2(place.whyNot().isEmpty(), qPrintable(place.whyNot()));
    place.open();
    const DocumentId one = place.addBook(u"one.pdf"_s, 9, 1);
    const DocumentId two = place.addBook(u"two.pdf"_s, 9, 2);
    const DocumentId three = place.addBook(u"three.pdf"_s, 9, 3);
    const RunReport report = place.analyse({{one, two, three}}, 3);
    QCOMPARE(report.trialDocuments, (QVector<DocumentId>{one, two, three}));
    QVERIFY(waitOver(place, report));
    for (const DocumentId id : {one, two, three}) {
        QCOMPARE(place.document(id).state, DocumentState::Done);
        QCOMPARE(place.document(id).goal, domain::Goal::Text);
        QVERIFY(place.document(id).run != report.run);
        int shown = 0;
        for (int number = 1; number <= 9; ++number)
            shown += page(place, id, number).analyzer == PaidWorkspace::kModel.text() ? 1 : 0;
        QCOMPARE(shown, 1);
    }
}

void TrialTest::aCapHoldsIt()
{
    PaidWorkspace place;
    QVERIFY2(place.whyNot().isEmpty(), qPrintable(place.whyNot()));
    place.open();
    const DocumentId id = place.addBook(u"book.pdf"_s, 5, 7);
    const RunReport report = place.analyse({{id}}, 3, u"0.000001"_s);
    QVERIFY(
        place.wait([&] { return stateOf(place, report).problem.code == base::ErrorCode::BudgetReached; }));
    QVERIFY(!stateOf(place, report).isOver());
    QCOMPARE(place.requests(), 0);
    must(place.workspace().cancelTrial(report.run, report.trialDocuments));
    QVERIFY(waitOver(place, report));
    // What a program leaves behind is not asked for by the next one.
    place.analyse({{id}}, 3, u"0.000001"_s);
    place.close();
    must(place.open().setRunCap({report.run.value + 1}, domain::Money::fromDecimal(u"1"_s)));
    QVERIFY(stateOf(place, {{report.run.value + 1}, 1, 0, 0, {id}}).isOver());
    QCOMPARE(place.requests(), 0);
}

void TrialTest::theRunMayStartBeforeItsEnd()
{
    PaidWorkspace place(300);
    QVERIFY2(place.whyNot().isEmpty(), qPrintable(place.whyNot()));
    place.open();
    const DocumentId id = place.addBook(u"book.pdf"_s, 8, 7);
    const RunReport trial = place.analyse({{id}}, 3);
    QVERIFY(place.wait([&] { return place.requests() > 0; }));
    place.analyse({{id}});
    QVERIFY(place.waitSettled(id));
    QVERIFY(waitOver(place, trial));
    QCOMPARE(place.requests(), 8);
    QCOMPARE(place.document(id).pagesDone, 8);
}

void TrialTest::equalPagesAreAskedAboutOnce()
{
    PaidWorkspace place(300);
    QVERIFY2(place.whyNot().isEmpty(), qPrintable(place.whyNot()));
    place.open();
    // The short one is the beginning of the long one, word for word, and reads well: no picture is looked at.
    QByteArrayList pages;
    for (const char *number : {"one", "two", "three", "four", "five"})
        pages.append("The water of the northern lake was examined by the council. This is part " +
                     QByteArray(number) +
                     " of the report, and it says what the people who live there should know about it.");
    const DocumentId brief = place.addPages(u"short.pdf"_s, pages.mid(0, 3));
    const DocumentId complete = place.addPages(u"long.pdf"_s, pages);
    QCOMPARE(place.estimate({{brief, complete}}).pagesToDo, 5);
    place.analyse({{brief, complete}});
    QVERIFY(place.waitSettled(brief) && place.waitSettled(complete));
    QCOMPARE(place.requests(), 5);
    QCOMPARE(place.document(complete).pagesDone, 5);
}

void TrialTest::onlyWhatWaits()
{
    PaidWorkspace place;
    QVERIFY2(place.whyNot().isEmpty(), qPrintable(place.whyNot()));
    place.open();
    const DocumentId id = place.addBook(u"book.pdf"_s, 6, 7);
    // Room for two pages or three, then it waits at its cap.
    place.analyse({{id}}, 0, u"0.018"_s);
    QVERIFY(place.wait([&] {
        const auto reader = must(place.workspace().database().openReader());
        return !must(store::Budgets::held(*reader)).isEmpty() && place.document(id).pagesDone > 0;
    }));
    const int done = place.document(id).pagesDone;
    QVERIFY2(done < 6, qPrintable(QString::number(done)));
    const RunPages waiting{{id}, RunPages::Which::Waiting};
    QCOMPARE(place.estimate(waiting).pagesToDo, 6 - done);
    const RunReport rest = place.analyse(waiting);
    QCOMPARE(rest.pagesWaiting, 6 - done);
    QVERIFY(place.waitSettled(id));
    QCOMPARE(place.requests(), 6);
}

QTEST_GUILESS_MAIN(TrialTest)
#include "tst_Trial.moc"
