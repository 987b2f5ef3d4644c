// SPDX-License-Identifier: GPL-3.0-or-later
#include "../store/Plans.h"
#include "../store/Spending.h"
#include "FakeWorkspace.h"
#include "presentation/CostReader.h"
#include "presentation/CostTableModel.h"
#include "store/RateLimits.h"
#include "support/Strict.h"

#include <QDir>
#include <QFile>
#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace lectern;
using namespace lectern::presentation;
using base::ErrorCode;
using domain::DocumentId;
using domain::Money;
using domain::RunId;
using store::Spending;

namespace {

constexpr qint64 kCent = Money::kPicoPerDollar / 100;

/// The cells of a line of comma-separated values, quotes taken off.
QStringList cellsOf(const QByteArray &line)
{
    QStringList cells;
    QByteArray cell;
    bool quoted = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const char c = line.at(i);
        if (c == '"' && quoted && i + 1 < line.size() && line.at(i + 1) == '"') {
            cell += '"';
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            cells << QString::fromUtf8(cell);
            cell.clear();
        } else if (c != '\r') {
            cell += c;
        }
    }
    cells << QString::fromUtf8(cell);
    return cells;
}

} // namespace

/// What the window is told of money, from a real ledger.
class CostReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init()
    {
        support::failOnWarnings();
        m = std::make_unique<Spending>();
        m->today = today();
        m_workspace = std::make_unique<FakeWorkspace>(std::make_shared<FakeState>(), *m->database);
        EXPECT_OK(m_workspace->directory().load());
    }
    void cleanup()
    {
        m_workspace.reset();
        QCOMPARE(m->broken(), QString());
        m.reset();
    }
    void everyGroupingAddsUp();
    void rowsOfOneRunModelOrDay();
    void manyDocumentsBecomeAThousandLines();
    void theChartHasTheDays();
    void runsThatGoOn();
    void aRunThatWaits();
    void exportedRowsAreExactAndHarmless();
    void whereThePricesComeFrom();

private:
    [[nodiscard]] QDate today() const { return QDateTime::fromMSecsSinceEpoch(m->clock.nowMs()).date(); }
    [[nodiscard]] CostReader reader() { return {*m_workspace, m->clock}; }
    [[nodiscard]] CostSummary costs(const CostQuery &query) { return support::must(reader().costs(query)); }
    void spend(RunId run, DocumentId document, qint64 cost, const QString &model = u"m"_s,
               ErrorCode outcome = ErrorCode::None)
    {
        store::Reservation request = m->request(run, cost + 10);
        request.document = document;
        request.page = 1;
        request.model = Spending::model(model);
        m->settle(support::must(m->reserve(request)), cost, outcome);
    }

    std::unique_ptr<Spending> m;
    std::unique_ptr<FakeWorkspace> m_workspace;
};

void CostReaderTest::everyGroupingAddsUp()
{
    QVERIFY(costs({}).isEmpty());
    const RunId first = m->createRunOf(u"cloud/m"_s);
    const RunId second = m->createRunOf(u"local/m"_s);
    const DocumentId one = m->addWaiting(u"/one.pdf"_s, 2, first);
    const DocumentId other = m->addWaiting(u"/other.pdf"_s, 2, second);
    spend(first, one, 3 * kCent);
    spend(first, one, kCent, u"m"_s, ErrorCode::AnswerInvalid);
    spend(second, other, 0, u"tiny"_s);
    m->today = today().addDays(-40);
    spend(first, one, 5 * kCent);
    for (const CostGrouping grouping :
         {CostGrouping::Model, CostGrouping::Document, CostGrouping::Run, CostGrouping::Day}) {
        CostQuery query;
        query.grouping = grouping;
        const CostSummary summary = costs(query);
        QCOMPARE(summary.query, query);
        Money sum;
        qint64 requests = 0;
        for (const CostRow &row : summary.rows) {
            sum += row.spent;
            requests += row.requests;
        }
        QCOMPARE(sum.toDecimal(), u"0.09"_s);
        QCOMPARE(requests, 4);
        QCOMPARE(summary.rows.size(), 2);
        QCOMPARE(summary.failed.requests, 1);
        QCOMPARE(summary.failed.spent, Money{kCent});
    }
    CostQuery runs;
    runs.grouping = CostGrouping::Run;
    const QString name = costs(runs).rows.constFirst().name;
    QVERIFY2(name.startsWith(u"Run 1 · "_s) && name.endsWith(u" · cloud/m"_s), qPrintable(name));
    CostQuery days;
    days.grouping = CostGrouping::Day;
    QCOMPARE(costs(days).rows.constFirst().key, today().toString(Qt::ISODate)); // the latest first
}

void CostReaderTest::rowsOfOneRunModelOrDay()
{
    const RunId first = m->createRunOf(u"cloud/m"_s);
    const RunId second = m->createRunOf(u"cloud/m"_s);
    const DocumentId one = m->addWaiting(u"/one.pdf"_s, 2, first);
    const DocumentId other = m->addWaiting(u"/other.pdf"_s, 2, second);
    spend(first, one, 3 * kCent);
    spend(second, other, 5 * kCent, u"dear"_s, ErrorCode::AnswerCut);
    CostQuery query;
    query.grouping = CostGrouping::Document;
    query.run = first.value;
    CostSummary summary = costs(query);
    QCOMPARE(summary.rows.size(), 1);
    QCOMPARE(summary.rows.constFirst().name, u"one.pdf"_s);
    QCOMPARE(summary.failed.requests, 0); // the parts are of the same rows
    QCOMPARE(summary.days.size(), 2);     // the chart is of everything
    query = {CostGrouping::Document, 0, Spending::model(u"dear"_s).text(), {}};
    summary = costs(query);
    QCOMPARE(summary.rows.constFirst().name, u"other.pdf"_s);
    QCOMPARE(summary.failed.requests, 1);
    query = {CostGrouping::Model, 0, {}, today().addDays(-1)};
    QVERIFY(costs(query).rows.isEmpty());
    QVERIFY(!costs(query).isEmpty()); // a day without costs is no empty library
}

void CostReaderTest::manyDocumentsBecomeAThousandLines()
{
    const RunId run = m->createRunOf(u"cloud/m"_s);
    constexpr int kDocuments = CostReader::kMostRows + 50;
    store::runSql(*m,
                  u"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) "
                  "INSERT INTO cost_total SELECT %2, i + 1000, 20261122, 1, 1, 0, 0, 1, 0, i, 10, 0, 0, 1, 0 "
                  "FROM n"_s.arg(kDocuments)
                      .arg(run.value));
    CostQuery query;
    query.grouping = CostGrouping::Document;
    const CostSummary summary = costs(query);
    QCOMPARE(summary.rows.size(), CostReader::kMostRows);
    QCOMPARE(summary.more, 51);
    QCOMPARE(summary.rows.constLast().name, u"51 more"_s);
    CostTableModel table;
    table.setSummary(summary);
    QCOMPARE(table.total().spent.picodollars, qint64{kDocuments} * (kDocuments + 1) / 2);
    QCOMPARE(table.total().requests, kDocuments);
    const QModelIndex rest = table.index(CostReader::kMostRows - 1, 0);
    QCOMPARE(rest.data(CostTableModel::KindRole).toInt(), static_cast<int>(CostTableModel::Kind::Rest));
    store::runSql(*m, u"DELETE FROM cost_total"_s);
}

void CostReaderTest::theChartHasTheDays()
{
    const RunId run = m->createRunOf(u"cloud/m"_s);
    const DocumentId document = m->addWaiting(u"/a.pdf"_s, 2, run);
    spend(run, document, kCent);
    spend(run, document, 2 * kCent, u"other"_s);
    m->today = today().addDays(-100);
    spend(run, document, 7 * kCent);
    m->today = today().addDays(-1'000);
    spend(run, document, 9 * kCent);
    const CostSummary summary = costs({});
    QCOMPARE(summary.day, today());
    QCOMPARE(summary.days.size(), 3); // two years of them
    QCOMPARE(summary.days.constFirst().day, today().addDays(-100));
    QCOMPARE(summary.days.constFirst().spent, Money{7 * kCent});
}

void CostReaderTest::runsThatGoOn()
{
    QVERIFY(support::must(reader().runs(0)).live.isEmpty());
    const RunId run = m->createRunOf(u"cloud/m"_s, 100 * kCent);
    const DocumentId document = m->addWaiting(u"/report.pdf"_s, 10, run);
    store::RunPlan plan;
    plan.estimateLow = Money{20 * kCent};
    plan.estimateHigh = Money{40 * kCent};
    plan.cap = Money{100 * kCent};
    EXPECT_OK(m->write([&](store::Transaction &t) { return store::Budgets::setRunPlan(t, run, plan); }));
    RunCosts costs = support::must(reader().runs(0));
    QCOMPARE(costs.live.size(), 1);
    QCOMPARE(costs.live.constFirst().name, u"Analyze report.pdf"_s);
    QCOMPARE(costs.live.constFirst().pagesLeft(), 10);
    QCOMPARE(costs.committed(), Money{30 * kCent}); // the middle of its estimate
    for (int i = 0; i < 4; ++i)
        spend(run, document, kCent);
    spend(run, document, 2 * kCent, u"m"_s, ErrorCode::EndpointFailed);
    costs = support::must(reader().runs(0));
    const RunCost &cost = costs.live.constFirst();
    QCOMPARE(cost.money.spent, Money{6 * kCent});
    QCOMPARE(cost.money.limit, Money{100 * kCent});
    QCOMPARE(cost.answeredRequests, 4);
    QCOMPARE(cost.failedRequests, 1);
    QCOMPARE(cost.usage.input, 5'000);
    // Four answers for six cents: a cent and a half each, ten pages to go.
    QCOMPARE(costs.committed(), Money{15 * kCent});
    QVERIFY(!cost.held);
    // A run that is over is read when somebody looks at it.
    const RunId over = m->createRunOf(u"cloud/m"_s);
    spend(over, document, kCent);
    QVERIFY(!support::must(reader().runs(0)).find(over.value));
    costs = support::must(reader().runs(over.value));
    QCOMPARE(costs.live.size(), 1);
    QCOMPARE(costs.find(over.value)->money.spent, Money{kCent});
    QVERIFY(!costs.find(over.value)->live);
    const RunId free = m->createRun();
    QVERIFY(!support::must(reader().runs(free.value)).watched); // the built-in analyser's
    QVERIFY(!support::must(reader().runs(999)).watched);
}

void CostReaderTest::aRunThatWaits()
{
    const RunId run = m->createRunOf(u"cloud/m"_s, 5);
    m->addWaiting(u"/a.pdf"_s, 2, run);
    const QString scope = u"run:%1"_s.arg(run.value);
    EXPECT_OK(m->write([&](store::Transaction &t) {
        return store::Budgets::holdForBudget(t, scope, store::Budgets::kNever);
    }));
    RunCost cost = support::must(reader().runs(0)).live.constFirst();
    QVERIFY(cost.held);
    QCOMPARE(cost.heldAt, BudgetScope::Run);
    QCOMPARE(cost.heldUntil, 0);
    EXPECT_OK(m->write([&](store::Transaction &t) { return store::Budgets::releaseForBudget(t, scope); }));
    const qint64 until = m->clock.nowMs() + 38'000;
    EXPECT_OK(m->write([&](store::Transaction &t) {
        return store::RateLimits::hold(t, u"cloud"_s, until, ErrorCode::RateLimited);
    }));
    cost = support::must(reader().runs(0)).live.constFirst();
    QVERIFY(!cost.held);
    QCOMPARE(cost.waitsFor, ErrorCode::RateLimited);
    QCOMPARE(cost.waitsUntil, until);
    EXPECT_OK(m->write([&](store::Transaction &t) { return store::JobQueue::setRunPaused(t, run, true); }));
    QVERIFY(support::must(reader().runs(0)).live.constFirst().paused);
}

void CostReaderTest::exportedRowsAreExactAndHarmless()
{
    const RunId run = m->createRunOf(u"cloud/m"_s);
    const QString bad = u"=cmd|' /C calc'!A0, \"x\".pdf"_s;
    const DocumentId document = m->addWaiting(u"/"_s + QString(bad).replace(u'/', u'_'), 2, run);
    spend(run, document, 1'234'567'891);
    spend(run, m->addWaiting(u"/通义千问.pdf"_s, 1, run), 7);
    const QString path = m->workspace.folder() + u"/costs.csv"_s;
    EXPECT_OK(reader().exportTo(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray all = file.readAll();
    QVERIFY(all.startsWith("\xEF\xBB\xBF"));
    const QByteArrayList lines = all.mid(3).split('\n');
    QCOMPARE(lines.size(), 4); // the names, two rows, and what follows the last line
    const QStringList names = cellsOf(lines.at(0));
    const QStringList first = cellsOf(lines.at(1));
    const QStringList second = cellsOf(lines.at(2));
    QCOMPARE(first.size(), names.size());
    const auto cell = [&](const QStringList &row, const QString &name) {
        return row.at(names.indexOf(name));
    };
    QCOMPARE(cell(first, u"spent_usd"_s), u"0.001234567891"_s);
    QCOMPARE(cell(second, u"spent_usd"_s), u"0.000000000007"_s);
    QCOMPARE(cell(second, u"document_name"_s), u"通义千问.pdf"_s);
    const QString name = cell(first, u"document_name"_s);
    QVERIFY2(name.startsWith(u"'=cmd"_s), qPrintable(name)); // text, not a formula
    QVERIFY(name.contains(u", \"x\""_s));
    QVERIFY(!reader().exportTo(u"/nowhere/costs.csv"_s));
}

void CostReaderTest::whereThePricesComeFrom()
{
    const QVector<Fact> facts = support::must(reader().prices());
    QVERIFY(!facts.isEmpty());
    QCOMPARE(facts.constFirst().name, u"Comes with Lectern"_s);
    QVERIFY2(facts.constFirst().value.contains(u"checked on "_s), qPrintable(facts.constFirst().value));
}

QTEST_GUILESS_MAIN(CostReaderTest)
#include "tst_CostReader.moc"
