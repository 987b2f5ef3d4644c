// SPDX-License-Identifier: GPL-3.0-or-later
#include "Plans.h"
#include "Spending.h"
#include "store/RateLimits.h"
#include "store/UsageReport.h"
#include "support/Strict.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

using namespace lectern;
using namespace lectern::store;
using domain::DocumentId;
using domain::Money;
using domain::RunId;
using By = UsageReport::By;

namespace {

constexpr int kDocuments = 10'000;
constexpr int kJobs = 100'000;
const QString kLane = QStringLiteral("endpoint:cloud");

} // namespace

/// A ledger of 200,000 requests (LECTERN_LEDGER_ROWS for another number) and 100,000 jobs at a limit.
class tst_LedgerScale : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m.reset(); }
    void plansUseIndexes_data();
    void plansUseIndexes();
    void timesAreShort();
    void manyJobsAtALimitSlowNothing();

private:
    std::unique_ptr<Spending> m;
    qint64 m_rows = 200'000;
};

void tst_LedgerScale::initTestCase()
{
    support::failOnWarnings();
    if (qEnvironmentVariableIsSet("LECTERN_LEDGER_ROWS"))
        m_rows = qEnvironmentVariableIntValue("LECTERN_LEDGER_ROWS");
    m = std::make_unique<Spending>();
    for (int run = 0; run < 10; ++run)
        m->createRunOf(QStringLiteral("cloud/m"), Spending::kDollar);
    const QString counting =
        QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) ");
    runSql(*m, counting.arg(kDocuments) +
                   QStringLiteral("INSERT INTO document (run_id, name, name_key, state, goal, added_at, "
                                  "change_seq) SELECT i % 10 + 1, 'd' || i, 'd' || i, 1, 1, i, i FROM n"));
    runSql(*m, QStringLiteral("UPDATE change_counter SET value = %1").arg(kDocuments));
    runSql(*m, QStringLiteral("INSERT INTO model (endpoint, name) VALUES ('cloud', 'm'), ('cloud', 'n')"));
    const auto megabytes = [&] {
        return m->workspace
                   .sqlite3(QStringLiteral(
                       "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"))
                   .toLongLong() >>
               20;
    };
    const qint64 before = megabytes();
    runSql(
        *m,
        counting.arg(m_rows) +
            QStringLiteral(
                "INSERT INTO usage (state, purpose, model_id, run_id, document_id, page_number, job_id, "
                "lease, day, reserved, spent, cost_source, characters, picture_bytes, sent_at, settled_at, "
                "input, cached_input, output, reported, http_status, outcome, request_id) "
                "SELECT 1, 1, i % 2 + 1, (i / 20 % %1) % 10 + 1, i / 20 % %1 + 1, i % 20, i, 1, "
                "20261101 + i * 20 / %2, 900000000, 400000000, 2, 3000, 200000, 1767225600000 + i, "
                "1767225602000 + i, 3000, 0, 400, 1, 200, iif(i % 50 = 0, 'answer_invalid', 'none'), "
                "'chatcmpl-' || hex(randomblob(12)) FROM n")
                .arg(kDocuments)
                .arg(m_rows));
    runSql(*m, QStringLiteral(
                   "INSERT INTO cost_total SELECT run_id, document_id, day, model_id, purpose, outcome <> "
                   "'none', again, count(*), 0, sum(spent), sum(input), sum(cached_input), "
                   "sum(cache_write), sum(output), sum(reasoning) FROM usage GROUP BY 1, 2, 3, 4, 5, 6, 7"));
    runSql(*m,
           QStringLiteral("INSERT INTO account (scope, spent) SELECT 'workspace', sum(spent) FROM usage"));
    qInfo("%lld requests, %s sums: %lld MB", m_rows,
          qPrintable(m->workspace.sqlite3(QStringLiteral("SELECT count(*) FROM cost_total"))),
          megabytes() - before);
    runSql(*m, counting.arg(kJobs) +
                   QStringLiteral("INSERT INTO job (kind, lane, state, run_at, run_id, document_id, "
                                  "page_number, created_at) SELECT 2, 'endpoint:cloud', 0, 1, i / 10 % 10 + "
                                  "1, i / 10 % %1 + 1, i % 10 + 1, 1 FROM n")
                       .arg(kDocuments));
}

void tst_LedgerScale::plansUseIndexes_data()
{
    using Call = std::function<void(Spending &)>;
    QTest::addColumn<Call>("call");
    QTest::addColumn<QString>("expected"); ///< part of the plan of one of its statements
    const auto row = [](const char *name, const char *expected, Call call) {
        QTest::newRow(name) << call << QString::fromLatin1(expected);
    };
    row("reserve and settle", "SEARCH account USING PRIMARY KEY (scope=?)",
        [](Spending &f) { f.settle(f.reserved(RunId{1}, 10), 5); });
    row("take", "SEARCH usage USING INDEX usage_in_flight (model_id=?)", [](Spending &f) {
        domain::Endpoint endpoint = Spending::endpoint(QStringLiteral("cloud"));
        endpoint.requestsPerMinute = 1000;
        f.save(endpoint);
        support::must(f.write([](Transaction &t) { return RateLimits::take(t, Spending::model(), 5); }));
    });
    row("book the dead", "SEARCH usage USING INDEX usage_of_worker (worker=?)", [](Spending &f) {
        support::must(f.write([](Transaction &t) { return Ledger::bookUnknown(t, QStringLiteral("x")); }));
    });
    row("hold a run", "job_ready (lane>? AND lane<?)", [](Spending &f) {
        support::must(f.write([](Transaction &t) {
            return Budgets::holdForBudget(t, QStringLiteral("run:99"), Budgets::kNever);
        }));
    });
    row("let a run go", "job_at_limit (error_detail=?)", [](Spending &f) {
        support::must(
            f.write([](Transaction &t) { return Budgets::releaseForBudget(t, QStringLiteral("run:99")); }));
    });
    row("let every day go", "job_at_limit (error_detail>? AND error_detail<?)", [](Spending &f) {
        f.setLimit(Budgets::Period::Day, 1);
        f.setLimit(Budgets::Period::Day, {});
    });
    row("what left", "usage_by_document (document_id=?)",
        [](Spending &f) { support::must(UsageReport::departures(*f.reader, DocumentId{7})); });
    row("rows of a document", "usage_by_document (document_id=? AND rowid>?)", [](Spending &f) {
        UsageReport::Filter filter;
        filter.document = DocumentId{7};
        support::must(UsageReport::rows(*f.reader, filter, {}, 100));
    });
    row("rows", "SEARCH usage USING INTEGER PRIMARY KEY (rowid>?)",
        [](Spending &f) { support::must(UsageReport::rows(*f.reader, {}, UsageId{100}, 100)); });
    row("sums of a run", "SEARCH cost_total USING PRIMARY KEY (run_id=?)", [](Spending &f) {
        UsageReport::Filter filter;
        filter.run = RunId{7};
        support::must(UsageReport::totals(*f.reader, filter));
    });
    row("sums of a document", "cost_total_by_document (document_id=?)", [](Spending &f) {
        UsageReport::Filter filter;
        filter.document = DocumentId{7};
        support::must(UsageReport::totals(*f.reader, filter));
    });
    row("purge a document", "cost_total_by_document (document_id=?)", [](Spending &f) {
        support::must(f.write([](Transaction &t) { return Library::purge(t, {DocumentId{9'999}}); }));
    });
    row("purge answers", "answer_released (released_at<?)", [](Spending &f) {
        support::must(f.write([](Transaction &t) { return Library::purgeAnswers(t, 1, 10); }));
    });
}

void tst_LedgerScale::plansUseIndexes()
{
    QFETCH(std::function<void(Spending &)>, call);
    QFETCH(QString, expected);
    QString plans;
    for (const QString &sql : statementsOf([&] { call(*m); })) {
        const QString plan = planOf(*m->reader, sql);
        plans += plan + u'\n';
        // Nothing that is asked all the time may read a whole table that grows.
        static const QRegularExpression scan(
            QStringLiteral("SCAN (usage|cost_total|account|page|job|document|answer|source)( |;|$)"));
        QVERIFY2(!scan.match(plan).hasMatch(), qPrintable(sql + QStringLiteral("\n") + plan));
    }
    QVERIFY2(plans.contains(expected), qPrintable(plans));
}

void tst_LedgerScale::timesAreShort()
{
    // Generous against slow machines: what lost its index takes far longer.
    const auto check = [&](const char *name, double limit, const std::function<void()> &call) {
        const double ms = medianMs(call);
        qInfo("%-24s %7.2f ms", name, ms);
        return ms < limit * 10;
    };
    const auto lines = [&](By by, const UsageReport::Filter &filter = {}) {
        return [this, by, filter] { support::must(UsageReport::lines(*m->reader, by, filter)); };
    };
    UsageReport::Filter run;
    run.run = RunId{3};
    QVERIFY(check("reserve", 5, [&] { m->reserved(RunId{1}, 1); }));
    QVERIFY(check("reserve and settle", 10, [&] { m->settle(m->reserved(RunId{1}, 1), 1); }));
    QVERIFY(check("32 of them in one commit", 20, [&] {
        support::must(m->write([&](Transaction &t) -> base::Status {
            for (int i = 0; i < 32; ++i) {
                const auto id = Ledger::reserve(t, m->request(RunId{1}, 1));
                if (!id || !Ledger::settle(t, *id, Spending::settlement(1)))
                    return base::fail(base::ErrorCode::Internal);
            }
            return {};
        }));
    }));
    QVERIFY(check("account", 1, [&] { support::must(Budgets::ofRun(*m->reader, RunId{3})); }));
    QVERIFY(check("by model", 100, lines(By::Model)));
    QVERIFY(check("by model, of a run", 20, lines(By::Model, run)));
    QVERIFY(check("by document", 200, lines(By::Document)));
    QVERIFY(check("by run", 100, lines(By::Run)));
    QVERIFY(check("by day", 100, lines(By::Day)));
    QVERIFY(
        check("what left", 5, [&] { support::must(UsageReport::departures(*m->reader, DocumentId{77})); }));
    QVERIFY(check("1,000 rows", 50,
                  [&] { support::must(UsageReport::rows(*m->reader, {}, UsageId{m_rows / 2}, 1000)); }));
}

void tst_LedgerScale::manyJobsAtALimitSlowNothing()
{
    const auto claimMs = [&] { return medianMs([&] { QCOMPARE(m->claimLane(kLane, 1).size(), 1); }); };
    const double before = claimMs();
    QElapsedTimer timer;
    timer.start();
    const int held = support::must(m->write([](Transaction &t) {
        return Budgets::holdForBudget(t, QStringLiteral("workspace"), Budgets::kNever);
    }));
    qInfo("%d jobs held in %lld ms", held, timer.elapsed());
    QVERIFY(held > kJobs * 9 / 10);
    QVERIFY(m->claimLane(kLane, 1).isEmpty());
    // Some work that may go on.
    m->addWaiting(QStringLiteral("/more.pdf"), 20, m->createRunOf(QStringLiteral("cloud/m")));
    const double after = claimMs();
    qInfo("claim: %.2f ms, with %d at a limit: %.2f ms", before, held, after);
    QVERIFY(after < before * 3 + 5);
    const double countMs =
        medianMs([&] { QCOMPARE(support::must(Budgets::held(*m->reader)).first().jobs, held); });
    qInfo("counting them: %.2f ms", countMs);
    timer.restart();
    QCOMPARE(support::must(m->write(
                 [](Transaction &t) { return Budgets::releaseForBudget(t, QStringLiteral("workspace")); })),
             held);
    qInfo("let go in %lld ms", timer.elapsed());
    QVERIFY(support::must(Budgets::held(*m->reader)).isEmpty());
}

QTEST_GUILESS_MAIN(tst_LedgerScale)
#include "tst_LedgerScale.moc"
