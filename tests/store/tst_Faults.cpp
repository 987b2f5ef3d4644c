// SPDX-License-Identifier: GPL-3.0-or-later
#include "Fixture.h"
#include "store/Statement.h"
#include "support/Strict.h"

#include <QTest>

#include <atomic>

using namespace lectern;
using namespace lectern::store;
using base::Error;
using base::ErrorCode;
using base::Status;
using domain::DocumentId;
using domain::DocumentState;
using domain::Goal;
using domain::Job;
using domain::JobKind;
using domain::JobOutcome;

namespace {

std::atomic<int> g_statements = 0;
std::atomic<int> g_failAt = 0;

std::optional<Error> failOne(const QString &sql)
{
    const int number = ++g_statements;
    // That the undoing itself fails is the end of the connection, which another test covers.
    if (number == g_failAt && sql != QStringLiteral("ROLLBACK"))
        return Error{ErrorCode::DiskFull, QStringLiteral("statement %1: %2").arg(number).arg(sql.left(60))};
    return std::nullopt;
}

/// A life of a few documents, told in steps as the engine takes them: what fails is done again.
class Scenario {
public:
    explicit Scenario(Fixture &fixture) : f(fixture) {}

    int failures = 0;
    QString broken;

    void play()
    {
        const domain::RunId run = insist(
            [&](Transaction &t) { return Library::createRun(t, Goal::Analysis, QStringLiteral("builtin")); });
        const DocumentId a = add(QStringLiteral("/a.pdf"), run);
        const DocumentId b = add(QStringLiteral("/b.pdf"), run);
        const DocumentId copy = add(QStringLiteral("/copy of a.pdf"), run);
        extract(a, QStringLiteral("a"), 3);
        insist([&](Transaction &t) { return JobQueue::setDocumentPaused(t, b, true); });
        insist([&](Transaction &t) { return JobQueue::setDocumentPaused(t, b, false); });
        extract(b, QStringLiteral("b"), 2);
        const Job merging = claim(JobKind::Extract);
        insist([&](Transaction &t) -> Status { return fetch(t, merging, QStringLiteral("a")); });
        insist([&](Transaction &t) {
            return JobQueue::registerWorker(t, QStringLiteral("dead"), QStringLiteral("x"), 1);
        });
        insist([&](Transaction &t) {
            return JobQueue::claim(
                t, {domain::localLane(JobKind::Analyze), QStringLiteral("dead"), 2, f.clock.nowMs(), false});
        });
        insist([&](Transaction &t) { return JobQueue::rescue(t, QStringLiteral("dead"), true); });
        const Job failing = claim(JobKind::Analyze);
        insist([&](Transaction &t) {
            return Library::failAnalysis(t, failing.leaseToken(), failing.document, failing.page,
                                         {ErrorCode::PageCrashed, {}});
        });
        const Job retried = claim(JobKind::Analyze);
        insist([&](Transaction &t) {
            return JobQueue::finish(t, retried.leaseToken(),
                                    JobOutcome::retry({ErrorCode::PageCrashed, {}}, f.clock.nowMs() + 5));
        });
        f.clock.advance(10);
        insist([&](Transaction &t) { return JobQueue::promoteScheduled(t, f.clock.nowMs()); });
        insist([&](Transaction &t) { return JobQueue::cancelDocument(t, b); });
        insist([&](Transaction &t) { return JobQueue::retryDocument(t, b); });
        insist([&](Transaction &t) { return JobQueue::retryDocument(t, failing.document); });
        insist([&](Transaction &t) { return Library::remove(t, {a}); });
        insist([&](Transaction &t) { return Library::restore(t, {a}); });
        for (int i = 0; i < 5; ++i)
            analyse();
        Q_UNUSED(copy)
    }

private:
    /// Does it until it is done, as the engine does when the disk is full; and looks at the workspace after
    /// each failure.
    template <class Work>
    auto insist(Work work) -> typename std::invoke_result_t<Work, Transaction &>::value_type
    {
        for (;;) {
            auto result = f.write(work);
            if (result) {
                if constexpr (std::is_void_v<typename decltype(result)::value_type>)
                    return;
                else
                    return *result;
            }
            ++failures;
            broken += brokenInvariantsHere(f.workspace.databaseFile());
            if (failures > 3 || result.error().code != ErrorCode::DiskFull)
                qFatal("%s", qPrintable(support::describe(result)));
        }
    }
    DocumentId add(const QString &path, domain::RunId run)
    {
        return insist([&](Transaction &t) {
                   return Library::addSource(t, {path, 1, 1, run, Goal::Analysis});
               })
            .document;
    }
    Job claim(JobKind kind)
    {
        return insist([&](Transaction &t) {
                   return JobQueue::claim(
                       t, {domain::localLane(kind), QStringLiteral("w"), 1, f.clock.nowMs(), false});
               })
            .first();
    }
    Status fetch(Transaction &t, const Job &job, const QString &content)
    {
        const auto fetched = Library::setFetched(t, job.leaseToken(), job.document,
                                                 {Fixture::hashOf(content), 1, 1, domain::DocumentKind::Pdf});
        return fetched ? Status() : base::fail(fetched.error());
    }
    void extract(DocumentId document, const QString &content, int pages)
    {
        const Job job = claim(JobKind::Extract);
        insist([&](Transaction &t) { return fetch(t, job, content); });
        insist([&](Transaction &t) {
            return Library::setProbed(t, job.leaseToken(), document, {pages, {}, {}, true});
        });
        insist([&](Transaction &t) {
            return Library::failPage(t, job.leaseToken(), document, 1, {ErrorCode::PageTimedOut, {}}, 2);
        });
        for (int number = 1; number <= pages; ++number) {
            insist([&](Transaction &t) {
                return Library::storePages(t, job.leaseToken(), document,
                                           {Fixture::extractedPage(document, number)}, {});
            });
        }
        insist([&](Transaction &t) { return Library::finishExtraction(t, job.leaseToken(), document); });
    }
    void analyse()
    {
        const Job job = claim(JobKind::Analyze);
        insist([&](Transaction &t) {
            return Library::storeAnalysis(t, job.leaseToken(), job.document, job.page,
                                          Fixture::answerKey(job.document, job.page),
                                          QStringLiteral("builtin"), Fixture::analysis(QStringLiteral("t")));
        });
    }

    Fixture &f;
};

// What must be the same however often something failed on the way: not ids and events, but every page and its
// answer.
const QString kCanonical =
    QStringLiteral("SELECT d.name, d.state, d.pages_total, d.pages_done, d.pages_failed, p.number, p.state, "
                   "t.text, a.result FROM document d "
                   "JOIN page p ON p.document_id = d.id JOIN page_text t ON t.page_id = p.id LEFT JOIN "
                   "answer a ON a.id = p.answer_id "
                   "ORDER BY d.name, p.number");

} // namespace

class tst_Faults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void cleanup() { setStatementFault(nullptr); }
    void everyStatementFailsOnce();
};

void tst_Faults::everyStatementFailsOnce()
{
    QString undisturbed;
    int statements = 0;
    {
        Fixture f;
        g_failAt = 0;
        g_statements = 0;
        setStatementFault(failOne);
        Scenario scenario(f);
        scenario.play();
        statements = g_statements;
        setStatementFault(nullptr);
        QCOMPARE(f.broken(), QString());
        undisturbed = f.workspace.sqlite3(kCanonical);
        QCOMPARE(undisturbed.split(u'\n').size(), 5);
    }
    QVERIFY(statements > 300);
    int failed = 0;
    for (int i = 1; i <= statements; ++i) {
        Fixture f;
        g_statements = 0;
        g_failAt = i;
        setStatementFault(failOne);
        Scenario scenario(f);
        scenario.play();
        setStatementFault(nullptr);
        failed += scenario.failures;
        QVERIFY2(scenario.broken.isEmpty(),
                 qPrintable(QStringLiteral("statement %1: %2").arg(i).arg(scenario.broken)));
        const QString after = brokenInvariantsHere(f.workspace.databaseFile());
        QVERIFY2(after.isEmpty(), qPrintable(QStringLiteral("statement %1: %2").arg(i).arg(after)));
        f.close();
        if (i % 20 == 0)
            QCOMPARE(f.workspace.sqlite3(kCanonical), undisturbed);
    }
    qInfo("%d statements, %d failures", statements, failed);
    QVERIFY(failed >= statements - 5);
}

QTEST_GUILESS_MAIN(tst_Faults)
#include "tst_Faults.moc"
