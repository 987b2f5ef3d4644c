// SPDX-License-Identifier: GPL-3.0-or-later
#include "Spending.h"
#include "store/RunReport.h"
#include "support/Strict.h"

#include <QTest>

using namespace lectern;
using namespace lectern::store;
using base::ErrorCode;
using domain::DocumentId;
using domain::Money;
using domain::RunId;

/// What runs that ask models did, cost and wait for.
class tst_RunReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        support::failOnWarnings();
        m = std::make_unique<Spending>();
    }
    void cleanup()
    {
        QCOMPARE(m->broken(), QString());
        m.reset();
    }
    void onlyUnfinishedRunsOfModelsAreLive();
    void aRunIsItsDocumentsItsPlanAndItsMoney();
    void requestsOfOtherRunsAreNotItsOwn();
    void aRunIsHeldAtItsOwnCap();
    void aDayHoldsTheRunsThatWaitThere();
    void unknownRuns();
    void documentsAreFoundByRunAndByCost();

private:
    [[nodiscard]] RunStanding standing(RunId run) { return support::must(RunReport::of(*m->reader, run)); }
    [[nodiscard]] QVector<RunId> live() { return support::must(RunReport::live(*m->reader)); }
    void spend(RunId run, DocumentId document, qint64 cost, ErrorCode outcome = ErrorCode::None,
               bool again = false)
    {
        Reservation request = m->request(run, cost + 10);
        request.document = document;
        request.again = again;
        m->settle(support::must(m->reserve(request)), cost, outcome);
    }

    std::unique_ptr<Spending> m;
};

void tst_RunReport::onlyUnfinishedRunsOfModelsAreLive()
{
    QVERIFY(live().isEmpty());
    m->addExtracted(QStringLiteral("/free.pdf"), 2); // of a built-in analyser
    const RunId empty = m->createRunOf(QStringLiteral("cloud/m"));
    QVERIFY(live().isEmpty());
    QVERIFY(!standing(empty).isLive);
    const RunId first = m->createRunOf(QStringLiteral("cloud/m"));
    const DocumentId document = m->addWaiting(QStringLiteral("/a.pdf"), 2, first);
    const RunId second = m->createRunOf(QStringLiteral("cloud/other/model"));
    m->addWaiting(QStringLiteral("/b.pdf"), 1, second);
    QCOMPARE(live(), (QVector<RunId>{second, first}));
    QVERIFY(standing(first).isLive);
    EXPECT_OK(m->write([&](Transaction &t) { return Library::remove(t, {document}); }));
    QCOMPARE(live(), QVector<RunId>{second});
    QVERIFY(!standing(first).isLive);
}

void tst_RunReport::aRunIsItsDocumentsItsPlanAndItsMoney()
{
    const RunId run = m->createRunOf(QStringLiteral("cloud/m"), 5'000);
    m->addWaiting(QStringLiteral("/first.pdf"), 3, run);
    const DocumentId document = m->addWaiting(QStringLiteral("/second.pdf"), 2, run);
    spend(run, document, 100);
    spend(run, document, 7, ErrorCode::EndpointFailed);
    spend(run, document, 60, ErrorCode::None, true);
    m->reserved(run, 900);
    const RunStanding found = standing(run);
    QCOMPARE(found.run.id, run);
    QCOMPARE(found.run.analyzer, QStringLiteral("cloud/m"));
    QCOMPARE(found.plan.cap, Money{5'000});
    QCOMPARE(found.documentName, QStringLiteral("first.pdf"));
    QCOMPARE(found.totals.documents, 2);
    QCOMPARE(found.totals.pages, 5);
    QCOMPARE(found.money.spent, Money{167});
    QCOMPARE(found.money.reserved, Money{900});
    QCOMPARE(found.money.limit, Money{5'000});
    QCOMPARE(found.usage.requests, 3);
    QCOMPARE(found.usage.failed.requests, 1);
    QCOMPARE(found.usage.again.requests, 1);
    QCOMPARE(found.usage.tokens.input, 3'000);
    QVERIFY(!found.hold);
    QCOMPARE(m->document(document).spent, Money{167});
}

void tst_RunReport::requestsOfOtherRunsAreNotItsOwn()
{
    const RunId first = m->createRunOf(QStringLiteral("cloud/m"));
    const RunId second = m->createRunOf(QStringLiteral("cloud/m"));
    const DocumentId document = m->addWaiting(QStringLiteral("/a.pdf"), 2, second);
    spend(first, document, 11); // by its run before
    spend(second, document, 13);
    QCOMPARE(standing(first).usage.spent, Money{11});
    QCOMPARE(standing(second).usage.spent, Money{13});
    QCOMPARE(standing(first).totals.documents, 0);
    QCOMPARE(standing(first).documentName, QString());
    QCOMPARE(m->document(document).spent, Money{24}); // a document's is what all of them cost
}

void tst_RunReport::aRunIsHeldAtItsOwnCap()
{
    const RunId held = m->createRunOf(QStringLiteral("cloud/m"), 100);
    const RunId other = m->createRunOf(QStringLiteral("cloud/m"));
    m->addWaiting(QStringLiteral("/a.pdf"), 3, held);
    m->addWaiting(QStringLiteral("/b.pdf"), 3, other);
    const QString scope = QStringLiteral("run:%1").arg(held.value);
    const qint64 until = Budgets::opensAgainAt(scope);
    QCOMPARE(support::must(m->write([&](Transaction &t) { return Budgets::holdForBudget(t, scope, until); })),
             3);
    const RunStanding found = standing(held);
    QVERIFY(found.hold);
    QCOMPARE(found.hold->scope, scope);
    QCOMPARE(found.hold->until, Budgets::kNever);
    QVERIFY(!standing(other).hold);
    EXPECT_OK(m->write([&](Transaction &t) { return Budgets::setRunCap(t, held, Money{1'000}); }));
    QVERIFY(!standing(held).hold);
}

void tst_RunReport::aDayHoldsTheRunsThatWaitThere()
{
    const RunId paid = m->createRunOf(QStringLiteral("cloud/m"));
    const RunId free = m->createRunOf(QStringLiteral("local/m"));
    m->addWaiting(QStringLiteral("/a.pdf"), 3, paid);
    m->addWaiting(QStringLiteral("/b.pdf"), 3, free);
    const QString scope = QStringLiteral("day:2026-11-22");
    EXPECT_OK(m->write(
        [&](Transaction &t) { return Budgets::holdForBudget(t, scope, Budgets::opensAgainAt(scope)); }));
    QCOMPARE(standing(paid).hold->scope, scope);
    QCOMPARE(standing(paid).hold->until, QDate(2026, 11, 23).startOfDay().toMSecsSinceEpoch());
    QVERIFY(!standing(free).hold);
}

void tst_RunReport::unknownRuns()
{
    const auto found = RunReport::of(*m->reader, RunId{99});
    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::NotFound);
}

void tst_RunReport::documentsAreFoundByRunAndByCost()
{
    const RunId run = m->createRunOf(QStringLiteral("cloud/m"));
    const DocumentId cheap = m->addWaiting(QStringLiteral("/cheap.pdf"), 1, run);
    const DocumentId free = m->addWaiting(QStringLiteral("/free.pdf"), 1, run);
    const RunId other = m->createRunOf(QStringLiteral("cloud/m"));
    const DocumentId dear = m->addWaiting(QStringLiteral("/dear.pdf"), 1, other);
    spend(run, cheap, 5);
    spend(other, dear, 500);
    Library::DocumentQuery query;
    query.sort = Library::SortKey::Cost;
    query.descending = true;
    QCOMPARE(support::must(Library::find(*m->reader, query)), (QVector<DocumentId>{dear, cheap, free}));
    query.descending = false;
    QCOMPARE(support::must(Library::find(*m->reader, query)), (QVector<DocumentId>{free, cheap, dear}));
    query.run = run;
    QCOMPARE(support::must(Library::find(*m->reader, query)), (QVector<DocumentId>{free, cheap}));
}

QTEST_GUILESS_MAIN(tst_RunReport)
#include "tst_RunReport.moc"
