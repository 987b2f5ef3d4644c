// SPDX-License-Identifier: GPL-3.0-or-later
#include "Spending.h"
#include "store/UsageReport.h"
#include "support/Strict.h"

#include <QTest>

using namespace lectern;
using namespace lectern::store;
using base::ErrorCode;
using domain::DocumentId;
using domain::Money;
using Period = Budgets::Period;

namespace {

constexpr qint64 kDollar = Spending::kDollar;

} // namespace

class tst_Ledger : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyLimitIsKept_data();
    void everyLimitIsKept();
    void theNarrowestReasonComesFirst();
    void aRefusalChangesNothing();
    void otherDaysAndRunsHaveTheirOwnRoom();
    void settlingMovesWhatWasReserved();
    void onlyTheFirstSettlementCounts();
    void moreThanReservedIsBookedAsItIs();
    void whatIsFreeIsNeverRefused();
    void anUnknownPriceNeedsAYes();
    void whatWasNotSentCostsNothing();
    void aQuestionIsAskedWhileItIsInFlight();
    void aStaleJobMayNotSpend();
    void aDeadWorkersRequestsStayBooked();
    void aCleanEndBooksWhatIsOpen();
    void strangersAreBookedAfterAWhile();
    void aLateAnswerReplacesTheGuess();
    void aLateNotSentReplacesTheGuess();
    void aRequestThatIsGivenUpStaysBooked();
    void aBookedRequestMayBelongToAPurgedDocument();
    void nonsenseIsRefused();
    void everythingIsOnTheRow();

private:
    UsageReport::Row row(UsageId id)
    {
        return support::must(UsageReport::rows(*m->reader, {}, UsageId{id.value - 1}, 1)).first();
    }

    std::unique_ptr<Spending> m;
    domain::RunId m_run;
};

void tst_Ledger::init()
{
    support::failOnWarnings();
    m = std::make_unique<Spending>();
    m_run = m->createRunOf(QStringLiteral("cloud/m"));
}

void tst_Ledger::cleanup()
{
    QCOMPARE(m->broken(), QString());
    m.reset();
}

void tst_Ledger::everyLimitIsKept_data()
{
    QTest::addColumn<int>("period"); // 0: the run's cap
    QTest::addColumn<QString>("scope");
    QTest::newRow("run") << 0 << QStringLiteral("run:1");
    QTest::newRow("day") << 1 << QStringLiteral("day:2026-11-22");
    QTest::newRow("month") << 2 << QStringLiteral("month:2026-11");
    QTest::newRow("workspace") << 3 << QStringLiteral("workspace");
}

void tst_Ledger::everyLimitIsKept()
{
    QFETCH(int, period);
    QFETCH(QString, scope);
    if (period == 0)
        EXPECT_OK(m->write([&](Transaction &t) { return Budgets::setRunCap(t, m_run, Money{10}); }));
    else
        m->setLimit(static_cast<Period>(period), 10);
    const UsageId first = m->reserved(m_run, 6);
    EXPECT_OK(m->reserve(m->request(m_run, 4))); // exactly full
    const auto refused = m->reserve(m->request(m_run, 1));
    EXPECT_ERROR(refused, ErrorCode::BudgetReached);
    QCOMPARE(refused.error().detail, scope);
    QVERIFY(m->settle(first, 5));
    EXPECT_OK(m->reserve(m->request(m_run, 1))); // what it did not cost is there for others
    EXPECT_ERROR(m->reserve(m->request(m_run, 1)), ErrorCode::BudgetReached);
}

void tst_Ledger::theNarrowestReasonComesFirst()
{
    for (const Period period : {Period::Workspace, Period::Month, Period::Day})
        m->setLimit(period, 0);
    EXPECT_OK(m->write([&](Transaction &t) { return Budgets::setRunCap(t, m_run, Money{0}); }));
    QCOMPARE(m->reserve(m->request(m_run, 1)).error().detail, QStringLiteral("run:1"));
    QCOMPARE(m->reserve(m->request({}, 1)).error().detail, QStringLiteral("day:2026-11-22"));
    m->setLimit(Period::Day, {});
    QCOMPARE(m->reserve(m->request({}, 1)).error().detail, QStringLiteral("month:2026-11"));
}

void tst_Ledger::aRefusalChangesNothing()
{
    m->setLimit(Period::Workspace, 10); // asked last: the run, the day and the month would have room
    m->reserved(m_run, 10);
    EXPECT_ERROR(m->reserve(m->request(m_run, 1)), ErrorCode::BudgetReached);
    QCOMPARE(m->account(m_run).reserved, Money{10});
    QCOMPARE(m->account(Period::Day).reserved, Money{10});
    QCOMPARE(support::must(UsageReport::rows(*m->reader, {}, {}, 10)).size(), 1);
}

void tst_Ledger::otherDaysAndRunsHaveTheirOwnRoom()
{
    m->setLimit(Period::Day, 10);
    const UsageId late = m->reserved(m_run, 10);
    m->today = m->today.addDays(1);
    m->reserved(m_run, 10);
    QVERIFY(m->settle(late, 7)); // after midnight, but it was asked for before
    QCOMPARE(m->account(Period::Day).reserved, Money{10});
    QCOMPARE(m->account(Period::Day).spent, Money{0});
    QCOMPARE(m->account(Period::Month).spent, Money{7});
    QCOMPARE(m->account(Period::Month).reserved, Money{10});
    m->today = m->today.addDays(-1);
    QCOMPARE(m->account(Period::Day).spent, Money{7});
    QCOMPARE(*m->account(Period::Day).left(), Money{3});
}

void tst_Ledger::settlingMovesWhatWasReserved()
{
    const UsageId id = m->reserved(m_run, kDollar);
    QCOMPARE(m->account(m_run).reserved, Money{kDollar});
    QVERIFY(m->settle(id, kDollar / 4));
    QCOMPARE(m->account(m_run).reserved, Money{});
    QCOMPARE(m->account(m_run).spent, Money{kDollar / 4});
    QVERIFY(!m->account(m_run).left());
}

void tst_Ledger::onlyTheFirstSettlementCounts()
{
    const UsageId id = m->reserved(m_run, 10);
    QVERIFY(m->settle(id, 4));
    QVERIFY(!m->settle(id, 9));
    QVERIFY(!support::must(
        m->write([&](Transaction &t) { return Ledger::release(t, id, ErrorCode::Cancelled); })));
    QCOMPARE(m->account(m_run).spent, Money{4});
    QCOMPARE(row(id).spent, Money{4});
}

void tst_Ledger::moreThanReservedIsBookedAsItIs()
{
    EXPECT_OK(m->write([&](Transaction &t) { return Budgets::setRunCap(t, m_run, Money{10}); }));
    QVERIFY(m->settle(m->reserved(m_run, 10), 25));
    QCOMPARE(m->account(m_run).spent, Money{25});
    QCOMPARE(*m->account(m_run).left(), Money{0});
    EXPECT_ERROR(m->reserve(m->request(m_run, 1)), ErrorCode::BudgetReached);
}

void tst_Ledger::whatIsFreeIsNeverRefused()
{
    m->setLimit(Period::Workspace, 0);
    const UsageId id = m->reserved(m_run, 0);
    QVERIFY(m->settle(id, 0));
    EXPECT_ERROR(m->reserve(m->request(m_run, 1)), ErrorCode::BudgetReached);
}

void tst_Ledger::anUnknownPriceNeedsAYes()
{
    Reservation request = m->request(m_run, 0);
    request.worst.reset();
    request.unpricedAllowed = true; // the run has its own say
    EXPECT_ERROR(m->reserve(request), ErrorCode::PriceUnknown);
    RunPlan plan;
    plan.unpricedAllowed = true;
    EXPECT_OK(m->write([&](Transaction &t) { return Budgets::setRunPlan(t, m_run, plan); }));
    const UsageId id = support::must(m->reserve(request));
    QCOMPARE(row(id).source, CostSource::UnknownPrice);
    Settlement settlement = Spending::settlement(0);
    settlement.cost.reset();
    EXPECT_OK(m->write([&](Transaction &t) { return Ledger::settle(t, id, settlement); }));
    QCOMPARE(row(id).source, CostSource::UnknownPrice);
    QCOMPARE(support::must(UsageReport::totals(*m->reader, {})).unpriced, 1);

    request.run = {};
    EXPECT_OK(m->reserve(request));
    request.unpricedAllowed = false;
    EXPECT_ERROR(m->reserve(request), ErrorCode::PriceUnknown);
}

void tst_Ledger::whatWasNotSentCostsNothing()
{
    const UsageId id = m->reserved(m_run, 10);
    QVERIFY(support::must(
        m->write([&](Transaction &t) { return Ledger::release(t, id, ErrorCode::PlainHttpRefused); })));
    QCOMPARE(m->account(m_run).reserved, Money{});
    QCOMPARE(row(id).state, UsageState::NotBilled);
    QCOMPARE(row(id).outcome, ErrorCode::PlainHttpRefused);
    QCOMPARE(support::must(UsageReport::totals(*m->reader, {})).requests, 0);
    QVERIFY(m->settle(id, 3)); // it was sent after all
    QCOMPARE(m->account(m_run).spent, Money{3});
}

void tst_Ledger::aQuestionIsAskedWhileItIsInFlight()
{
    const QByteArray question = Fixture::hashOf(QStringLiteral("q"));
    const auto isAsked = [&](const QByteArray &key) {
        return support::must(m->write([&](Transaction &t) { return Ledger::isAsked(t, key); }));
    };
    QVERIFY(!isAsked(question));
    m->reserved(m_run, 1); // about something else
    Reservation request = m->request(m_run, 1);
    request.question = question;
    const UsageId first = support::must(m->reserve(request));
    QVERIFY(isAsked(question));
    QVERIFY(!isAsked(Fixture::hashOf(QStringLiteral("another"))));
    QVERIFY(!isAsked({}));
    QVERIFY(m->settle(first, 1, ErrorCode::AnswerRefused));
    QVERIFY(!isAsked(question)); // whoever wants to know asks again
    // What a killed program had in flight is in nobody's way.
    support::must(m->reserve(request));
    QVERIFY(support::must(m->write([&](Transaction &t) { return Ledger::bookUnknown(t, request.worker); })) >
            0);
    QVERIFY(!isAsked(question));
}

void tst_Ledger::aStaleJobMayNotSpend()
{
    m->addWaiting(QStringLiteral("/a.pdf"), 1, m_run);
    const auto job = m->claimLane(QStringLiteral("endpoint:cloud"), 1).first();
    Reservation request = m->request(m_run, 1);
    request.lease = job.leaseToken();
    request.document = job.document;
    request.page = job.page;
    EXPECT_OK(m->reserve(request));
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::release(t, job.leaseToken()); }));
    EXPECT_ERROR(m->reserve(request), ErrorCode::StaleLease);
    QCOMPARE(m->account(m_run).reserved, Money{1});
}

void tst_Ledger::aDeadWorkersRequestsStayBooked()
{
    m->setLimit(Period::Workspace, 100);
    const UsageId open = m->reserved(m_run, 60);
    const UsageId done = m->reserved(m_run, 30);
    QVERIFY(m->settle(done, 20));
    Reservation other = m->request(m_run, 5);
    other.worker = QStringLiteral("w2");
    const UsageId alive = support::must(m->reserve(other));
    EXPECT_OK(m->write([](Transaction &t) { return JobQueue::rescue(t, QStringLiteral("w1"), true); }));
    QCOMPARE(row(open).state, UsageState::Unknown);
    QCOMPARE(row(open).spent, Money{60});
    QCOMPARE(row(open).source, CostSource::Reservation);
    QCOMPARE(row(done).state, UsageState::Settled);
    QCOMPARE(row(alive).state, UsageState::AboutToSend);
    QCOMPARE(m->account(m_run).spent, Money{80});
    QCOMPARE(m->account(m_run).reserved, Money{5});
    EXPECT_ERROR(m->reserve(m->request(m_run, 16)), ErrorCode::BudgetReached);
    const auto totals = support::must(UsageReport::totals(*m->reader, {}));
    QCOMPARE(totals.unknown.requests, 1);
    QCOMPARE(totals.unknown.spent, Money{60});
    QCOMPARE(totals.requests, 2);
    // Once is enough.
    QCOMPARE(
        support::must(m->write([](Transaction &t) { return Ledger::bookUnknown(t, QStringLiteral("w1")); })),
        0);
}

void tst_Ledger::aCleanEndBooksWhatIsOpen()
{
    const UsageId open = m->reserved(m_run, 60);
    EXPECT_OK(m->write([](Transaction &t) { return JobQueue::removeWorker(t, QStringLiteral("w1")); }));
    QCOMPARE(row(open).state, UsageState::Unknown);
}

void tst_Ledger::strangersAreBookedAfterAWhile()
{
    Reservation stranger = m->request(m_run, 60);
    stranger.worker = QStringLiteral("never registered");
    const UsageId open = support::must(m->reserve(stranger));
    const UsageId mine = m->reserved(m_run, 1);
    const auto book = [&] {
        return support::must(m->write([](Transaction &t) { return Ledger::bookUnknown(t, {}); }));
    };
    m->clock.advance(600'000);
    QCOMPARE(book(), 0);
    m->clock.advance(1);
    QCOMPARE(book(), 1);
    QCOMPARE(row(open).state, UsageState::Unknown);
    QCOMPARE(row(mine).state, UsageState::AboutToSend);
}

void tst_Ledger::aLateAnswerReplacesTheGuess()
{
    const UsageId id = m->reserved(m_run, 60);
    EXPECT_OK(m->write([](Transaction &t) { return JobQueue::rescue(t, QStringLiteral("w1"), false); }));
    QCOMPARE(m->account(m_run).spent, Money{60});
    QVERIFY(m->settle(id, 25));
    QCOMPARE(row(id).state, UsageState::Settled);
    QCOMPARE(m->account(m_run).spent, Money{25});
    const auto totals = support::must(UsageReport::totals(*m->reader, {}));
    QCOMPARE(totals.unknown.requests, 0);
    QCOMPARE(totals.spent, Money{25});
    QCOMPARE(totals.tokens.input, 1000);
    QVERIFY(!m->settle(id, 1));
}

void tst_Ledger::aLateNotSentReplacesTheGuess()
{
    const UsageId id = m->reserved(m_run, 60);
    EXPECT_OK(m->write([](Transaction &t) { return JobQueue::rescue(t, QStringLiteral("w1"), false); }));
    EXPECT_OK(m->write([&](Transaction &t) { return Ledger::release(t, id, ErrorCode::Cancelled); }));
    QCOMPARE(m->account(m_run).spent, Money{});
    QCOMPARE(row(id).state, UsageState::NotBilled);
    QVERIFY(support::must(UsageReport::lines(*m->reader, UsageReport::By::Run, {})).isEmpty());
}

void tst_Ledger::aRequestThatIsGivenUpStaysBooked()
{
    const UsageId id = m->reserved(m_run, 60);
    const auto giveUp = [&] {
        return support::must(
            m->write([&](Transaction &t) { return Ledger::giveUp(t, id, ErrorCode::EndpointStalled); }));
    };
    QVERIFY(giveUp());
    QVERIFY(!giveUp());
    QCOMPARE(row(id).state, UsageState::Unknown);
    QCOMPARE(row(id).outcome, ErrorCode::EndpointStalled);
    QCOMPARE(m->account(m_run).spent, Money{60});
    QVERIFY(m->settle(id, 20));
    QVERIFY(!giveUp());
    QCOMPARE(m->account(m_run).spent, Money{20});
}

void tst_Ledger::aBookedRequestMayBelongToAPurgedDocument()
{
    const DocumentId document = m->addWaiting(QStringLiteral("/a.pdf"), 1, m_run);
    Reservation request = m->request(m_run, 60);
    request.document = document;
    const UsageId id = support::must(m->reserve(request));
    EXPECT_OK(m->write([](Transaction &t) { return JobQueue::rescue(t, QStringLiteral("w1"), false); }));
    EXPECT_OK(m->write([&](Transaction &t) { return Library::purge(t, {document}); }));
    QCOMPARE(m->broken(), QString());
    QCOMPARE(row(id).document, DocumentId{});
    QVERIFY(m->settle(id, 25));
    QCOMPARE(support::must(UsageReport::totals(*m->reader, {})).spent, Money{25});
}

void tst_Ledger::nonsenseIsRefused()
{
    EXPECT_ERROR(m->reserve(m->request(m_run, -1)), ErrorCode::InvalidArgument);
    Reservation request = m->request(m_run, 1);
    request.day = {};
    EXPECT_ERROR(m->reserve(request), ErrorCode::InvalidArgument);
    request = m->request(m_run, 1);
    request.model = {};
    EXPECT_ERROR(m->reserve(request), ErrorCode::InvalidArgument);
    const UsageId id = m->reserved(m_run, 1);
    EXPECT_ERROR(m->write([&](Transaction &t) { return Ledger::settle(t, id, Spending::settlement(-1)); }),
                 ErrorCode::InvalidArgument);
    EXPECT_ERROR(
        m->write([&](Transaction &t) { return Ledger::settle(t, UsageId{99}, Spending::settlement(1)); }),
        ErrorCode::NotFound);
}

void tst_Ledger::everythingIsOnTheRow()
{
    const DocumentId document = m->addWaiting(QStringLiteral("/a.pdf"), 1, m_run);
    const auto job = m->claimLane(QStringLiteral("endpoint:cloud"), 1).first();
    Reservation request = m->request(m_run, 60);
    request.model = {QStringLiteral("cloud"), QStringLiteral("maker/model:free")};
    request.document = document;
    request.page = 1;
    request.lease = job.leaseToken();
    request.purpose = Purpose::Repair;
    request.again = true;
    m->clock.advance(5);
    const UsageId id = support::must(m->reserve(request));
    m->clock.advance(7);
    Settlement settlement = Spending::settlement(25, ErrorCode::AnswerCut);
    settlement.source = CostSource::Provider;
    EXPECT_OK(m->write([&](Transaction &t) { return Ledger::settle(t, id, settlement); }));
    const auto found = row(id);
    QCOMPARE(found.model, request.model);
    QCOMPARE(found.purpose, Purpose::Repair);
    QVERIFY(found.again);
    QCOMPARE(found.run, m_run);
    QCOMPARE(found.document, document);
    QCOMPARE(found.page, 1);
    QCOMPARE(found.job, job.id);
    QCOMPARE(found.reserved, Money{60});
    QCOMPARE(found.spent, Money{25});
    QCOMPARE(found.source, CostSource::Provider);
    QCOMPARE(found.tokens, settlement.tokens);
    QCOMPARE(found.characters, 100);
    QCOMPARE(found.pictureBytes, 10);
    QCOMPARE(found.httpStatus, 200);
    QCOMPARE(found.outcome, ErrorCode::AnswerCut);
    QCOMPARE(found.requestId, QStringLiteral("req-1"));
    QCOMPARE(found.sentAt, support::ManualClock::kStart + 5);
    QCOMPARE(found.settledAt, support::ManualClock::kStart + 12);
}

QTEST_GUILESS_MAIN(tst_Ledger)
#include "tst_Ledger.moc"
