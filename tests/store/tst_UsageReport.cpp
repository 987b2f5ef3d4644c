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
using domain::RunId;
using By = UsageReport::By;

class tst_UsageReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void anEmptyWorkspaceCostsNothing();
    void everyTableAddsUpToTheTotal();
    void tablesAreInOrder();
    void failuresAndRepeatsAreLinesOfTheirOwn();
    void whatIsInFlightIsNotSpent();
    void filtersBound();
    void answersUsedAgainAreSaved();
    void whatLeftThisMachine();
    void rowsComeInPages();
    void purgedDocumentsAreOneLine();
    void daysBySingleModels();
    void runsHaveTheirModelAndTheirStart();

private:
    UsageTotals totals(const UsageReport::Filter &filter = {})
    {
        return support::must(UsageReport::totals(*m->reader, filter));
    }
    QVector<UsageReport::Line> lines(By by, const UsageReport::Filter &filter = {})
    {
        return support::must(UsageReport::lines(*m->reader, by, filter));
    }
    UsageId spend(RunId run, DocumentId document, const QString &model, qint64 cost,
                  ErrorCode outcome = ErrorCode::None, bool again = false)
    {
        Reservation request = m->request(run, cost + 10);
        request.document = document;
        request.page = 1;
        request.model = Spending::model(model);
        request.again = again;
        const UsageId id = support::must(m->reserve(request));
        m->settle(id, cost, outcome);
        return id;
    }

    std::unique_ptr<Spending> m;
    RunId m_runs[2];
    DocumentId m_documents[2];
};

void tst_UsageReport::init()
{
    support::failOnWarnings();
    m = std::make_unique<Spending>();
    for (int i = 0; i < 2; ++i) {
        m_runs[i] = m->createRunOf(QStringLiteral("cloud/m"));
        m_documents[i] = m->addWaiting(QStringLiteral("/%1.pdf").arg(i), 2, m_runs[i]);
    }
}

void tst_UsageReport::cleanup()
{
    QCOMPARE(m->broken(), QString());
    m.reset();
}

void tst_UsageReport::anEmptyWorkspaceCostsNothing()
{
    QCOMPARE(totals().requests, 0);
    for (const By by : {By::Model, By::Endpoint, By::Purpose, By::Document, By::Run, By::Day})
        QVERIFY(lines(by).isEmpty());
    QVERIFY(support::must(UsageReport::departures(*m->reader, m_documents[0])).isEmpty());
}

void tst_UsageReport::everyTableAddsUpToTheTotal()
{
    for (int i = 0; i < 12; ++i) {
        spend(m_runs[i % 2], i % 3 == 0 ? DocumentId{} : m_documents[i % 2], QStringLiteral("m%1").arg(i % 4),
              100 + i, i % 5 == 0 ? ErrorCode::AnswerInvalid : ErrorCode::None, i % 4 == 0);
        m->today = m->today.addDays(i % 3);
    }
    const UsageTotals all = totals();
    QCOMPARE(all.requests, 12);
    QCOMPARE(all.spent, Money{12 * 100 + 66});
    QCOMPARE(all.tokens, (domain::TokenUsage{12'000, 1200, 120, 600, 60, false}));
    for (const By by : {By::Model, By::Endpoint, By::Purpose, By::Document, By::Run, By::Day}) {
        UsageTotals sum;
        for (const UsageReport::Line &line : lines(by)) {
            sum.requests += line.totals.requests;
            sum.spent += line.totals.spent;
            sum.tokens.output += line.totals.tokens.output;
            sum.failed.requests += line.totals.failed.requests;
            sum.again.spent += line.totals.again.spent;
        }
        QCOMPARE(sum.requests, all.requests);
        QCOMPARE(sum.spent, all.spent);
        QCOMPARE(sum.tokens.output, all.tokens.output);
        QCOMPARE(sum.failed.requests, all.failed.requests);
        QCOMPARE(sum.again.spent, all.again.spent);
    }
}

void tst_UsageReport::tablesAreInOrder()
{
    spend(m_runs[0], m_documents[0], QStringLiteral("cheap"), 5);
    m->today = m->today.addDays(-40);
    spend(m_runs[1], m_documents[1], QStringLiteral("dear"), 50);
    QCOMPARE(lines(By::Model).first().model, Spending::model(QStringLiteral("dear")));
    QCOMPARE(lines(By::Document).first().document, m_documents[1]);
    QCOMPARE(lines(By::Document).first().name, QStringLiteral("1.pdf"));
    QCOMPARE(lines(By::Run).first().run, m_runs[1]);
    QCOMPARE(lines(By::Endpoint).first().model.endpoint, QStringLiteral("cloud"));
    QCOMPARE(lines(By::Purpose).first().purpose, Purpose::Analysis);
    QCOMPARE(lines(By::Day).first().day, m->today);
    QCOMPARE(lines(By::Day).last().day, m->today.addDays(40));
}

void tst_UsageReport::failuresAndRepeatsAreLinesOfTheirOwn()
{
    spend(m_runs[0], m_documents[0], QStringLiteral("m"), 7, ErrorCode::AnswerCut);
    spend(m_runs[0], m_documents[0], QStringLiteral("m"), 11, ErrorCode::None, true);
    spend(m_runs[0], m_documents[0], QStringLiteral("m"), 0, ErrorCode::RateLimited, true);
    const UsageTotals all = totals();
    QCOMPARE(all.requests, 3);
    QCOMPARE(all.spent, Money{18});
    QCOMPARE(all.failed.requests, 2);
    QCOMPARE(all.failed.spent, Money{7});
    QCOMPARE(all.again.requests, 2);
    QCOMPARE(all.again.spent, Money{11});
}

void tst_UsageReport::whatIsInFlightIsNotSpent()
{
    m->reserved(m_runs[0], 100);
    QCOMPARE(totals().requests, 0);
    QCOMPARE(m->account(m_runs[0]).reserved, Money{100});
}

void tst_UsageReport::filtersBound()
{
    spend(m_runs[0], m_documents[0], QStringLiteral("m"), 1);
    m->today = m->today.addDays(1);
    spend(m_runs[1], m_documents[1], QStringLiteral("m"), 10);
    m->today = m->today.addDays(1);
    spend(m_runs[1], m_documents[0], QStringLiteral("m"), 100);
    UsageReport::Filter filter;
    filter.run = m_runs[1];
    QCOMPARE(totals(filter).spent, Money{110});
    QCOMPARE(lines(By::Document, filter).size(), 2);
    filter.document = m_documents[0];
    QCOMPARE(totals(filter).spent, Money{100});
    filter.run.reset();
    QCOMPARE(totals(filter).spent, Money{101});
    filter.from = m->today;
    QCOMPARE(totals(filter).spent, Money{100});
    filter = {};
    filter.to = m->today.addDays(-1);
    QCOMPARE(totals(filter).spent, Money{11});
    QCOMPARE(support::must(UsageReport::rows(*m->reader, filter, {}, 10)).size(), 2);
}

void tst_UsageReport::answersUsedAgainAreSaved()
{
    const auto job = m->claimLane(QStringLiteral("endpoint:cloud"), 1).first();
    const QByteArray key = Fixture::answerKey(job.document, job.page);
    EXPECT_OK(m->write([&](Transaction &t) {
        return Library::storeAnalysis(
            t, job.leaseToken(), job.document, job.page,
            NewAnswer{key, QStringLiteral("cloud/m"), Fixture::analysis(QStringLiteral("A")), {}, Money{70}});
    }));
    QCOMPARE(totals().savedPages, 0);
    // The same content in another document: found when its page is stored, and when its job comes to it.
    const DocumentId third = m->add(QStringLiteral("/third.pdf"), m_runs[0]).document;
    const auto extract = m->startExtraction(third, 2);
    EXPECT_OK(m->storePages(extract, {1, 2}, {key, Fixture::hashOf(QStringLiteral("unknown"))}));
    QCOMPARE(totals().savedPages, 1);
    QCOMPARE(totals().saved, Money{70});
    EXPECT_OK(
        m->write([&](Transaction &t) { return Library::finishExtraction(t, extract.leaseToken(), third); }));
    const auto last = m->claimLane(QStringLiteral("endpoint:cloud"), 10).last();
    QCOMPARE(last.document, third);
    QVERIFY(!support::must(m->write([&](Transaction &t) {
        return Library::reuseAnswer(t, last.leaseToken(), third, 2, Fixture::hashOf(QStringLiteral("none")));
    })));
    QVERIFY(support::must(
        m->write([&](Transaction &t) { return Library::reuseAnswer(t, last.leaseToken(), third, 2, key); })));
    UsageReport::Filter filter;
    filter.document = third;
    QCOMPARE(totals(filter).savedPages, 2);
    QCOMPARE(totals(filter).saved, Money{140});
    QCOMPARE(totals(filter).requests, 0);
    QCOMPARE(totals(filter).spent, Money{});
    QCOMPARE(lines(By::Model).first().totals.savedPages, 2);
    QCOMPARE(m->document(third).state, domain::DocumentState::Done);
}

void tst_UsageReport::whatLeftThisMachine()
{
    const DocumentId document = m_documents[0];
    m->clock.advance(10);
    spend(m_runs[0], document, QStringLiteral("first"), 5, ErrorCode::AnswerInvalid);
    m->clock.advance(10);
    spend(m_runs[0], document, QStringLiteral("first"), 6);
    m->clock.advance(10);
    spend(m_runs[0], document, QStringLiteral("second"), 7);
    spend(m_runs[1], m_documents[1], QStringLiteral("second"), 9);
    Reservation request = m->request(m_runs[0], 1);
    request.document = document;
    const UsageId never = support::must(m->reserve(request));
    EXPECT_OK(
        m->write([&](Transaction &t) { return Ledger::release(t, never, ErrorCode::PlainHttpRefused); }));
    const auto left = support::must(UsageReport::departures(*m->reader, document));
    QCOMPARE(left.size(), 2);
    QCOMPARE(left.first().model, Spending::model(QStringLiteral("second")));
    const UsageReport::Departure &first = left.last();
    QCOMPARE(first.requests, 2);
    QCOMPARE(first.pages, 1);
    QCOMPARE(first.firstAt, support::ManualClock::kStart + 10);
    QCOMPARE(first.lastAt, support::ManualClock::kStart + 20);
    QCOMPARE(first.characters, 200);
    QCOMPARE(first.pictureBytes, 20);
    QCOMPARE(first.tokens.input, 2000);
    QCOMPARE(first.spent, Money{11});
}

void tst_UsageReport::rowsComeInPages()
{
    for (int i = 0; i < 5; ++i)
        spend(m_runs[i % 2], m_documents[i % 2], QStringLiteral("m"), i);
    UsageReport::Filter filter;
    filter.run = m_runs[0];
    auto page = support::must(UsageReport::rows(*m->reader, filter, {}, 2));
    QCOMPARE(page.size(), 2);
    page = support::must(UsageReport::rows(*m->reader, filter, page.last().id, 2));
    QCOMPARE(page.size(), 1);
    QCOMPARE(page.first().spent, Money{4});
    QVERIFY(support::must(UsageReport::rows(*m->reader, filter, page.last().id, 2)).isEmpty());
}

void tst_UsageReport::purgedDocumentsAreOneLine()
{
    spend(m_runs[0], m_documents[0], QStringLiteral("m"), 5);
    spend(m_runs[1], m_documents[1], QStringLiteral("m"), 6);
    EXPECT_OK(m->write([&](Transaction &t) { return Library::purge(t, {m_documents[0], m_documents[1]}); }));
    const auto found = lines(By::Document);
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.first().document, DocumentId{});
    QCOMPARE(found.first().totals.spent, Money{11});
    QCOMPARE(m->account(m_runs[0]).spent, Money{5});
}

void tst_UsageReport::daysBySingleModels()
{
    const QDate first = m->today;
    spend(m_runs[0], m_documents[0], QStringLiteral("a"), 5);
    spend(m_runs[1], m_documents[1], QStringLiteral("b"), 6);
    m->today = first.addDays(1);
    spend(m_runs[0], m_documents[0], QStringLiteral("a"), 7);
    spend(m_runs[1], m_documents[0], QStringLiteral("a"), 8);
    const auto found = lines(By::DayAndModel);
    QCOMPARE(found.size(), 3);
    QCOMPARE(found.at(0).day, first);
    QCOMPARE(found.at(1).day, first);
    QCOMPARE(found.at(0).totals.spent + found.at(1).totals.spent, Money{11});
    QVERIFY(found.at(0).model != found.at(1).model);
    QCOMPARE(found.at(2).day, first.addDays(1));
    QCOMPARE(found.at(2).model, Spending::model(QStringLiteral("a")));
    QCOMPARE(found.at(2).totals.spent, Money{15});
    UsageReport::Filter filter;
    filter.from = first.addDays(1);
    QCOMPARE(lines(By::DayAndModel, filter).size(), 1);

    filter = {};
    filter.model = Spending::model(QStringLiteral("a"));
    QCOMPARE(totals(filter).spent, Money{20});
    QCOMPARE(lines(By::Document, filter).size(), 1);
    QCOMPARE(support::must(UsageReport::rows(*m->reader, filter, {}, 10)).size(), 3);
    filter.model = Spending::model(QStringLiteral("nobody"));
    QCOMPARE(totals(filter).requests, 0);
    QVERIFY(lines(By::Day, filter).isEmpty());
}

void tst_UsageReport::runsHaveTheirModelAndTheirStart()
{
    spend(m_runs[1], m_documents[1], QStringLiteral("m"), 6);
    const auto found = lines(By::Run);
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.first().name, QStringLiteral("cloud/m"));
    QCOMPARE(found.first().startedAt, support::ManualClock::kStart);
    QCOMPARE(support::must(UsageReport::rows(*m->reader, {}, {}, 1)).first().documentName,
             QStringLiteral("1.pdf"));
}

QTEST_GUILESS_MAIN(tst_UsageReport)
#include "tst_UsageReport.moc"
