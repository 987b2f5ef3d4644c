// SPDX-License-Identifier: GPL-3.0-or-later
#include "Fixture.h"
#include "store/Statement.h"
#include "support/Strict.h"

#include <QProcess>
#include <QTest>

#include <atomic>
#include <set>
#include <thread>

using namespace lectern;
using namespace lectern::store;
using base::ErrorCode;
using domain::DocumentId;
using domain::Job;
using domain::JobKind;
using domain::JobOutcome;

namespace {

constexpr int kJobs = 3000;
constexpr int kBatch = 8;

int fill(Fixture &f, int jobs)
{
    const auto run = f.createRun();
    DocumentId document;
    for (int i = 0; i < jobs; i += 500) {
        document = f.add(QStringLiteral("/%1.pdf").arg(i), run).document;
        support::must(f.write([&](Transaction &t) -> base::Status {
            for (int page = 1; page <= 500; ++page) {
                NewJob job;
                job.kind = JobKind::Analyze;
                job.document = document;
                job.page = page;
                if (const auto id = JobQueue::enqueue(t, job); !id)
                    return base::fail(id.error());
            }
            return {};
        }));
    }
    return jobs;
}

/// Claims and finishes until nothing is left; the lease of each job it did goes to `done`.
base::Status workUntilEmpty(Database &database, const QString &worker, std::vector<domain::JobLease> &done)
{
    for (;;) {
        const auto jobs = database.writer().run([&](Transaction &t) {
            return JobQueue::claim(t, {domain::localLane(JobKind::Analyze), worker, kBatch, 1, false});
        });
        if (!jobs)
            return base::fail(jobs.error());
        if (jobs->isEmpty())
            return {};
        for (const Job &job : *jobs) {
            const auto finished = database.writer().run(
                [&](Transaction &t) { return JobQueue::finish(t, job.leaseToken(), JobOutcome::done()); });
            if (!finished)
                return finished;
            done.push_back(job.leaseToken());
        }
    }
}

// tst_store_Race --work FOLDER NAME: another process that works on the workspace and prints what it did.
int workAsChild(const QStringList &arguments)
{
    const base::SystemClock clock;
    Database::Options options;
    options.folder = arguments.at(2);
    const auto database = Database::open(options, clock);
    if (!database)
        return 1;
    std::vector<domain::JobLease> done;
    if (!workUntilEmpty(**database, arguments.at(3), done))
        return 2;
    QTextStream out(stdout);
    for (const auto &lease : done)
        out << lease.job.value << ' ' << lease.lease << '\n';
    return 0;
}

} // namespace

class tst_Race : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void twoDatabasesOnThreads();
    void twoProcesses();
    void readersSeeWholeTransactions();
};

void tst_Race::twoDatabasesOnThreads()
{
    Fixture f;
    const int jobs = fill(f, kJobs);
    Database::Options options;
    options.folder = f.workspace.folder();
    const auto other = support::must(Database::open(options, f.clock));
    std::vector<domain::JobLease> mine;
    std::vector<domain::JobLease> theirs;
    base::Status myEnd;
    base::Status theirEnd;
    std::thread a([&] { myEnd = workUntilEmpty(*f.database, QStringLiteral("a"), mine); });
    std::thread b([&] { theirEnd = workUntilEmpty(*other, QStringLiteral("b"), theirs); });
    a.join();
    b.join();
    EXPECT_OK(myEnd);
    EXPECT_OK(theirEnd);
    QCOMPARE(static_cast<int>(mine.size() + theirs.size()), jobs);
    std::set<qint64> ids;
    for (const auto *side : {&mine, &theirs}) {
        for (const auto &lease : *side) {
            QCOMPARE(lease.lease, 1);
            ids.insert(lease.job.value);
        }
    }
    QCOMPARE(static_cast<int>(ids.size()), jobs);
    qInfo("%zu and %zu jobs", mine.size(), theirs.size());
    QVERIFY(std::min(mine.size(), theirs.size()) * 4 > static_cast<size_t>(jobs) / 2);
}

void tst_Race::twoProcesses()
{
    Fixture f;
    const int jobs = fill(f, kJobs);
    std::vector<std::unique_ptr<QProcess>> processes;
    for (const QString &name : {QStringLiteral("a"), QStringLiteral("b")}) {
        processes.push_back(std::make_unique<QProcess>());
        processes.back()->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        processes.back()->start(QCoreApplication::applicationFilePath(),
                                {QStringLiteral("--work"), f.workspace.folder(), name});
    }
    QSet<QByteArray> done;
    int lines = 0;
    int fewest = jobs;
    for (const auto &process : processes) {
        QVERIFY(process->waitForFinished(100'000));
        QCOMPARE(process->exitCode(), 0);
        const QList<QByteArray> output = process->readAllStandardOutput().trimmed().split('\n');
        fewest = std::min(fewest, static_cast<int>(output.size()));
        lines += static_cast<int>(output.size());
        for (const QByteArray &line : output)
            done.insert(line);
    }
    QCOMPARE(lines, jobs);
    QCOMPARE(static_cast<int>(done.size()), jobs);
    qInfo("the one with fewest did %d of %d", fewest, jobs);
    QVERIFY(fewest > jobs / 10);
    QCOMPARE(f.workspace.sqlite3(QStringLiteral(
                 "SELECT count(*), max(lease), max(attempt) FROM job WHERE kind = 2 AND state = 10")),
             QStringLiteral("%1|1|1").arg(jobs));
    QCOMPARE(f.workspace.sqlite3(QStringLiteral("PRAGMA integrity_check")), QStringLiteral("ok"));
}

void tst_Race::readersSeeWholeTransactions()
{
    Fixture f;
    const auto run = f.createRun();
    std::atomic<bool> stop = false;
    std::atomic<int> torn = 0;
    std::atomic<int> looks = 0;
    std::thread looker([&] {
        const auto reader = support::must(f.database->openReader());
        while (!stop) {
            const auto found = support::must(Library::find(*reader, {}));
            torn += static_cast<int>(found.size() % 2);
            ++looks;
        }
    });
    for (int i = 0; i < 100; ++i) {
        EXPECT_OK(f.write([&](Transaction &t) -> base::Status {
            for (const QString &side : {QStringLiteral("left"), QStringLiteral("right")}) {
                const auto added = Library::addSource(
                    t, {QStringLiteral("/%1/%2.pdf").arg(side).arg(i), 1, 1, run, domain::Goal::Text});
                if (!added)
                    return base::fail(added.error());
            }
            return {};
        }));
    }
    QTRY_VERIFY(looks > 20);
    stop = true;
    looker.join();
    QCOMPARE(torn.load(), 0);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == QStringLiteral("--work"))
        return workAsChild(application.arguments());
    tst_Race test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_Race.moc"
