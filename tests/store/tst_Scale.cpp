// SPDX-License-Identifier: GPL-3.0-or-later
#include "Plans.h"
#include "support/Strict.h"

#include <QTest>

#include <QRegularExpression>

using namespace lectern;
using namespace lectern::store;
using domain::DocumentId;
using domain::JobKind;

namespace {

constexpr int kDocuments = 10'000;
constexpr int kPages = 100'000;

} // namespace

/// A big library: the plan of each statement that is asked all the time, and a look at the time it takes.
class tst_Scale : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m.reset(); }
    void plansUseIndexes_data();
    void plansUseIndexes();
    void timesAreShort();

private:
    std::unique_ptr<Fixture> m;
};

void tst_Scale::initTestCase()
{
    support::failOnWarnings();
    m = std::make_unique<Fixture>();
    // Made by SQL: what matters here is how much there is, not how it came.
    const auto make = [&](const QString &sql) { runSql(*m, sql); };
    const QString counting =
        QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) ");
    make(QStringLiteral("INSERT INTO run (goal, analyzer, created_at) VALUES (1, 'builtin', 1)"));
    make(counting.arg(kDocuments) +
         QStringLiteral("INSERT INTO document (run_id, sha256, kind, name, name_key, state, goal, "
                        "pages_total, pages_extracted, "
                        "pages_done, added_at, change_seq) SELECT 1, NULL, 1, 'Document ' || i, 'document ' "
                        "|| (i * 7919 % 10000), 1, 1, "
                        "10, 10, 5, i, i FROM n"));
    make(QStringLiteral("INSERT INTO document_words SELECT id, name_key || char(10) || "
                        "'/home/somebody/papers/' || name_key FROM document"));
    make(QStringLiteral("INSERT INTO source (document_id, path, bytes, modified_at, added_at) SELECT id, "
                        "'/p/' || id, 1, 1, 1 FROM document"));
    make(counting.arg(kPages) +
         QStringLiteral(
             "INSERT INTO page (document_id, number, state, extracted_at, done_at, characters) "
             "SELECT (i - 1) / 10 + 1, (i - 1) % 10 + 1, CASE WHEN i % 10 < 5 THEN 2 ELSE 1 END, 1, "
             "CASE WHEN i % 10 < 5 THEN i ELSE 0 END, 10 FROM n"));
    make(QStringLiteral("INSERT INTO job (kind, lane, state, priority, run_at, run_id, document_id, "
                        "page_number, created_at, finished_at) "
                        "SELECT 2, 'analyze', CASE state WHEN 2 THEN 10 ELSE 0 END, 5, id, 1, document_id, "
                        "number, 1, done_at FROM page"));
    make(QStringLiteral("UPDATE change_counter SET value = %1").arg(kDocuments));
}

void tst_Scale::plansUseIndexes_data()
{
    using Call = std::function<void(Fixture &)>;
    QTest::addColumn<Call>("call");
    QTest::addColumn<QString>("expected"); ///< part of the plan of one of its statements
    QTest::addColumn<bool>("mayScan");
    const auto row = [](const char *name, const char *expected, Call call, bool mayScan = false) {
        QTest::newRow(name) << call << QString::fromLatin1(expected) << mayScan;
    };
    row("claim", "SEARCH job USING INDEX job_ready (lane=?)", [](Fixture &f) { f.claim(0); });
    row("claim the oldest", "job_ready (lane=? AND priority=?)",
        [](Fixture &f) { f.claim(0, QStringLiteral("w"), true); });
    row("is anything ready", "job_ready (lane=?)", [](Fixture &f) {
        support::must(JobQueue::hasReady(*f.reader, QStringLiteral("analyze"), QStringLiteral("w"), 1));
    });
    row(
        "is anything ready for others", "job_live (document_id=? AND kind=?)",
        [](Fixture &f) {
            support::must(
                JobQueue::hasReadyForOthers(*f.reader, {QStringLiteral("cloud"), QStringLiteral("m")}));
        },
        true);
    row("promote", "job_scheduled (run_at<?)", [](Fixture &f) {
        support::must(f.write([](Transaction &t) { return JobQueue::promoteScheduled(t, 1); }));
    });
    row(
        "next scheduled", "job_scheduled",
        [](Fixture &f) { support::must(JobQueue::nextScheduledAt(*f.reader)); }, true);
    row(
        "counts of jobs", "job_ended", [](Fixture &f) { support::must(JobQueue::counts(*f.reader)); }, true);
    row("asked to stop", "job_running (worker_id=?)",
        [](Fixture &f) { support::must(JobQueue::cancelRequested(*f.reader, QStringLiteral("w"))); });
    row("rescue", "job_running (worker_id=?)", [](Fixture &f) {
        support::must(
            f.write([](Transaction &t) { return JobQueue::rescue(t, QStringLiteral("x"), false); }));
    });
    row("pinned", "job_pinned (only_worker=?)", [](Fixture &f) {
        support::must(f.write([](Transaction &t) { return JobQueue::removeWorker(t, QStringLiteral("x")); }));
    });
    row("pause", "(document_id=?", [](Fixture &f) {
        support::must(
            f.write([](Transaction &t) { return JobQueue::setDocumentPaused(t, DocumentId{7}, false); }));
    });
    row("jobs of a document", "job_by_document (document_id=?", [](Fixture &f) {
        JobFilter filter;
        filter.document = DocumentId{7};
        support::must(JobQueue::list(*f.reader, filter));
    });
    row("problems", "job_problem", [](Fixture &f) {
        JobFilter filter;
        filter.problemsOnly = true;
        support::must(JobQueue::list(*f.reader, filter));
    });
    row("log", "job_event_by_document (document_id=?)",
        [](Fixture &f) { support::must(JobQueue::log(*f.reader, DocumentId{7}, 10)); });
    row("changes", "document_by_change (change_seq>?)",
        [](Fixture &f) { support::must(Library::changedSince(*f.reader, kDocuments - 10, 100)); });
    row(
        "find by name", "document_by_name",
        [](Fixture &f) {
            Library::DocumentQuery query;
            query.sort = Library::SortKey::Name;
            support::must(Library::find(*f.reader, query));
        },
        true);
    row(
        "documents", "SEARCH document USING INTEGER PRIMARY KEY",
        [](Fixture &f) {
            support::must(Library::documents(*f.reader, {DocumentId{1}, DocumentId{2}}));
        },
        true);
    row("page states", "(document_id=?)",
        [](Fixture &f) { support::must(Library::pageStates(*f.reader, DocumentId{7})); });
    row("pages", "(document_id=? AND number>? AND number<?)",
        [](Fixture &f) { support::must(Library::pages(*f.reader, DocumentId{7}, 0, 5)); });
    row("problem pages", "page_problem (document_id=?)",
        [](Fixture &f) { support::must(Library::problemPages(*f.reader, DocumentId{7}, 5)); });
    row(
        "recently done", "page_done",
        [](Fixture &f) { support::must(Library::recentDoneTimes(*f.reader, 50)); }, true);
    row("by path", "source USING",
        [](Fixture &f) { support::must(Library::findByPath(*f.reader, QStringLiteral("/p/7"))); });
    row("trash", "document_in_trash (removed_at<?)",
        [](Fixture &f) { support::must(Library::trashedBefore(*f.reader, 1)); });
    row("retry", "job_by_document (document_id=?", [](Fixture &f) {
        support::must(f.write([](Transaction &t) { return JobQueue::retryDocument(t, DocumentId{10'000}); }));
    });
    row("purge", "(document_id=?)", [](Fixture &f) {
        support::must(f.write([](Transaction &t) { return Library::purge(t, {DocumentId{9'999}}); }));
    });
}

void tst_Scale::plansUseIndexes()
{
    QFETCH(std::function<void(Fixture &)>, call);
    QFETCH(QString, expected);
    QFETCH(bool, mayScan);
    QString plans;
    for (const QString &sql : statementsOf([&] { call(*m); })) {
        const QString plan = planOf(*m->reader, sql);
        plans += plan + u'\n';
        // No statement that is asked often may read a whole table of pages, jobs or documents.
        static const QRegularExpression scan(
            QStringLiteral("SCAN (document|page|job|source|page_text)( USING [A-Z ]*INDEX [a-z_]+)?(;|$)"));
        if (!mayScan)
            QVERIFY2(!scan.match(plan).hasMatch(), qPrintable(sql + QStringLiteral("\n") + plan));
        static const QRegularExpression bareScan(QStringLiteral("SCAN (page|job|source|page_text)(;|$)"));
        QVERIFY2(!bareScan.match(plan).hasMatch(), qPrintable(sql + QStringLiteral("\n") + plan));
    }
    QVERIFY2(plans.contains(expected), qPrintable(plans));
}

void tst_Scale::timesAreShort()
{
    // Generous against slow machines: a statement that lost its index takes ten times this.
    const auto check = [&](const char *name, double limit, const std::function<void()> &call) {
        const double ms = medianMs(call);
        qInfo("%-22s %7.2f ms", name, ms);
        return ms < limit * 10;
    };
    Library::DocumentQuery byName;
    byName.sort = Library::SortKey::Name;
    Library::DocumentQuery byProgress;
    byProgress.sort = Library::SortKey::Progress;
    Library::DocumentQuery filtered;
    filtered.filter = QStringLiteral("papers 77");
    QVector<DocumentId> screen;
    for (int i = 1; i <= 100; ++i)
        screen.append(DocumentId{i});
    QVERIFY(check("find", 20, [&] { support::must(Library::find(*m->reader, {})); }));
    QVERIFY(check("find by name", 20, [&] { support::must(Library::find(*m->reader, byName)); }));
    QVERIFY(check("find by progress", 20, [&] { support::must(Library::find(*m->reader, byProgress)); }));
    QVERIFY(check("find filtered", 20, [&] { support::must(Library::find(*m->reader, filtered)); }));
    QVERIFY(check("totals", 20, [&] { support::must(Library::totals(*m->reader)); }));
    QVERIFY(check("counts", 20, [&] { support::must(JobQueue::counts(*m->reader)); }));
    QVERIFY(check("waiting pages", 20,
                  [&] { support::must(Library::pageCountOf(*m->reader, domain::PageState::Extracted)); }));
    QVERIFY(check("100 documents", 20, [&] { support::must(Library::documents(*m->reader, screen)); }));
    QVERIFY(check("claim 1", 1, [&] {
        support::must(m->write([](Transaction &t) {
            return JobQueue::claim(t, {QStringLiteral("analyze"), QStringLiteral("w"), 1, 1, false});
        }));
    }));
    QVERIFY(check("claim the oldest", 1, [&] {
        support::must(m->write([](Transaction &t) {
            return JobQueue::claim(t, {QStringLiteral("analyze"), QStringLiteral("w"), 1, 1, true});
        }));
    }));
}

QTEST_GUILESS_MAIN(tst_Scale)
#include "tst_Scale.moc"
