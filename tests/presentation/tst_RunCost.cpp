// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/CostText.h"
#include "presentation/CsvCell.h"
#include "presentation/RunCost.h"
#include "support/Strict.h"

#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace lectern;
using namespace lectern::presentation;
using domain::Money;

namespace {

constexpr qint64 kCent = Money::kPicoPerDollar / 100;

RunCost run()
{
    RunCost run;
    run.id = 7;
    run.live = true;
    run.pages = 100;
    run.pagesDone = 20;
    run.pagesFailed = 5;
    run.estimateLow = Money{60 * kCent};
    run.estimateHigh = Money{100 * kCent};
    return run;
}

} // namespace

class RunCostTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { support::failOnWarnings(); }
    void whatIsLeftIsEstimated();
    void answersSayMoreThanTheEstimate();
    void aCapBoundsWhatIsExpected();
    void documentsOfARun();
    void wordsOfARun();
    void whyItWaits();
    void cellsForOtherPrograms_data();
    void cellsForOtherPrograms();
};

void RunCostTest::whatIsLeftIsEstimated()
{
    RunCost cost = run();
    QCOMPARE(cost.pagesLeft(), 75);
    QCOMPARE(cost.expected(), Money{cost.expectedPerPage().picodollars * 75});
    QVERIFY(qAbs(cost.expected().picodollars - 80 * kCent) < 75);
    cost.money.spent = Money{30 * kCent};
    QVERIFY(qAbs(cost.expected().picodollars - 50 * kCent) < 75);
    cost.money.spent = Money{200 * kCent}; // dearer than estimated, and nothing else is known
    QCOMPARE(cost.expected(), Money{});
    cost.live = false;
    cost.money.spent = {};
    QCOMPARE(cost.expected(), Money{});
    cost = run();
    cost.free = true;
    QCOMPARE(cost.expected(), Money{});
    cost = run();
    cost.pagesDone = 95;
    QCOMPARE(cost.pagesLeft(), 0);
    QCOMPARE(cost.expected(), Money{});
}

void RunCostTest::answersSayMoreThanTheEstimate()
{
    RunCost cost = run();
    cost.money.spent = Money{10 * kCent};
    cost.answeredRequests = 2;
    QVERIFY(qAbs(cost.expected().picodollars - 70 * kCent) < 75); // too few answers to go by
    cost.answeredRequests = 20;
    QCOMPARE(cost.expectedPerPage(), Money{kCent / 2});
    QCOMPARE(cost.expected(), Money{75 * kCent / 2});
    RunCosts all;
    all.live = {cost, cost};
    QCOMPARE(all.committed(), Money{75 * kCent});
    QCOMPARE(all.find(7), cost);
    QVERIFY(!all.find(8));
}

void RunCostTest::aCapBoundsWhatIsExpected()
{
    RunCost cost = run();
    cost.money = {Money{30 * kCent}, Money{10 * kCent}, {}};
    cost.answeredRequests = 20;
    QCOMPARE(cost.expected(), Money{20 * kCent});
    cost.money.limit = Money{5 * kCent};
    QCOMPARE(cost.expected(), Money{});
}

void RunCostTest::documentsOfARun()
{
    RunCost cost = run();
    cost.money.spent = Money{20 * kCent};
    cost.answeredRequests = 20;
    domain::Document document;
    document.state = domain::DocumentState::Indexing;
    document.pagesTotal = 12;
    document.pagesDone = 5;
    document.pagesFailed = 1;
    document.spent = Money{5 * kCent};
    QCOMPARE(CostText::document(document, &cost), u"≈ $0.11"_s);
    QCOMPARE(CostText::documentSoFar(document, &cost), u"$0.05 / ≈ $0.11"_s);
    QCOMPARE(CostText::documentInFull(document, &cost), u"Spent $0.05, about $0.11 when it is done"_s);
    QCOMPARE(CostText::document(document, nullptr), u"$0.05"_s); // its run asks no model any more
    document.state = domain::DocumentState::Done;
    QCOMPARE(CostText::document(document, &cost), u"$0.05"_s);
    QCOMPARE(CostText::documentSoFar(document, &cost), u"$0.05"_s);
    document.spent = {};
    QCOMPARE(CostText::document(document, &cost), u"—"_s);
    QVERIFY(CostText::documentInFull(document, &cost).isEmpty());
    document.state = domain::DocumentState::Queued;
    document.pagesTotal = -1; // nobody knows how many yet
    QCOMPARE(CostText::document(document, &cost), u"—"_s);
}

void RunCostTest::wordsOfARun()
{
    QCOMPARE(CostText::runTitle(7, 12, u"a.pdf"_s), u"Analyze 12 documents"_s);
    QCOMPARE(CostText::runTitle(7, 1, u"a.pdf"_s), u"Analyze a.pdf"_s);
    QCOMPARE(CostText::runTitle(7, 0, {}), u"Run 7"_s); // its documents belong to another one now
    QCOMPARE(CostText::runName(0, {}, 0), u"Outside of runs"_s);
    RunCost cost = run();
    QVERIFY(CostText::runTrouble(cost).isEmpty());
    cost.failedRequests = 1;
    QCOMPARE(CostText::runTrouble(cost), u"1 failed request"_s);
    cost.failedRequests = 6;
    cost.againRequests = 4;
    QCOMPARE(CostText::runTrouble(cost), u"6 failed requests, 4 sent again"_s);
    cost.usage.input = 204'000;
    cost.usage.cachedInput = 61'000;
    cost.usage.output = 31'400;
    QVERIFY2(CostText::runFacts(cost).endsWith(u"204 K tokens in, 61 K of them cached, 31.4 K out"_s),
             qPrintable(CostText::runFacts(cost)));
    CostQuery query;
    QVERIFY(CostText::narrowed(query).isEmpty());
    query.run = 7;
    QCOMPARE(CostText::narrowed(query), u"Only run 7"_s);
    query = {CostGrouping::Document, 0, u"openai/gpt-6-luna"_s, {}};
    QCOMPARE(CostText::narrowed(query), u"Only openai/gpt-6-luna"_s);
}

void RunCostTest::whyItWaits()
{
    constexpr qint64 kNow = 1'795'356'000'000;
    RunCost cost = run();
    QVERIFY(CostText::runHeld(cost, kNow).isEmpty());
    cost.waitsFor = base::ErrorCode::RateLimited;
    cost.waitsUntil = kNow - 1; // over
    QVERIFY(CostText::runHeld(cost, kNow).isEmpty());
    cost.waitsUntil = kNow + 38'000;
    QVERIFY2(CostText::runHeld(cost, kNow).contains(u"next try at "_s),
             qPrintable(CostText::runHeld(cost, kNow)));
    cost.paused = true;
    QCOMPARE(CostText::runHeld(cost, kNow), u"Paused by you."_s);
    cost.held = true; // what only money ends goes before
    cost.heldAt = BudgetScope::Day;
    QVERIFY(CostText::runHeld(cost, kNow).startsWith(u"Daily budget reached"_s));
}

void RunCostTest::cellsForOtherPrograms_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("quoted");
    QTest::addColumn<QString>("plain");
    const auto row = [](const char *name, const QString &text, const char *quoted, const QString &plain) {
        QTest::newRow(name) << text << QByteArray(quoted) << plain;
    };
    row("a name", u"report.pdf"_s, "\"report.pdf\"", u"report.pdf"_s);
    row("quotes", u"a \"b\", c"_s, "\"a \"\"b\"\", c\"", u"a \"b\", c"_s);
    row("a formula", u"=1+1"_s, "\"'=1+1\"", u"'=1+1"_s);
    row("a sum", u"+1"_s, "\"'+1\"", u"'+1"_s);
    row("a difference", u"-1"_s, "\"'-1\"", u"'-1"_s);
    row("a function", u"@SUM(A1)"_s, "\"'@SUM(A1)\"", u"'@SUM(A1)"_s);
    row("behind a blank", u"  =1+1"_s, "\"'  =1+1\"", u"'  =1+1"_s);
    row("behind a tab", u"\t=1+1"_s, "\"'\t=1+1\"", u"' =1+1"_s);
    row("full width", u"＝1+1"_s,
        "\"'\xEF\xBC\x9D"
        "1+1\"",
        u"'＝1+1"_s);
    row("a line break inside", u"a\nb\tc"_s, "\"a\nb\tc\"", u"a b c"_s);
    row("nothing", QString(), "\"\"", QString());
    row("a dash inside", u"2026-11-22.pdf"_s, "\"2026-11-22.pdf\"", u"2026-11-22.pdf"_s);
}

void RunCostTest::cellsForOtherPrograms()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, quoted);
    QFETCH(QString, plain);
    QCOMPARE(CsvCell::quoted(text), quoted);
    QCOMPARE(CsvCell::plain(text), plain);
}

QTEST_GUILESS_MAIN(RunCostTest)
#include "tst_RunCost.moc"
