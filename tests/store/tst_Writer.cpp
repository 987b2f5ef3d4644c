// SPDX-License-Identifier: GPL-3.0-or-later
#include "Fixture.h"
#include "base/CrashPoint.h"
#include "store/Failure.h"
#include "store/Statement.h"
#include "support/Strict.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

#include <atomic>
#include <cstring>
#include <future>
#include <thread>
#include <vector>

using namespace lectern;
using namespace lectern::store;
using base::ErrorCode;
using base::Status;

namespace {

constexpr const char *kPut = "INSERT INTO workspace_setting (key, value) VALUES (?, 'x')";
constexpr const char *kCount = "SELECT count(*) FROM workspace_setting WHERE value = 'x'";

std::atomic<int> g_commits = 0;
std::atomic<bool> g_failCommits = false;

void countCommits(const char *point)
{
    if (std::strcmp(point, "after-commit") == 0)
        ++g_commits;
}

std::optional<base::Error> failCommits(const QString &sql)
{
    if (g_failCommits && sql == QStringLiteral("COMMIT"))
        return base::Error{ErrorCode::DiskFull, QStringLiteral("made up")};
    return std::nullopt;
}

Status put(Transaction &transaction, const QString &key)
{
    return attempt([&] { execute(transaction, kPut, key); });
}

/// Keeps the writer busy inside a closure until it is let go, so that what is submitted meanwhile gathers.
class Gate {
public:
    explicit Gate(Writer &writer)
    {
        m_held = writer.submit<void>([this](Transaction &) -> Status {
            m_entered.set_value();
            m_open.get_future().wait();
            return {};
        });
        m_entered.get_future().wait();
    }
    void open()
    {
        m_open.set_value();
        m_held.wait();
    }

private:
    std::promise<void> m_entered;
    std::promise<void> m_open;
    std::future<Status> m_held;
};

qint64 countOf(Connection &connection)
{
    return readInteger(connection, kCount).value_or(-1);
}

} // namespace

class tst_Writer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        base::setCrashPointHandler(countCommits);
        setStatementFault(failCommits);
    }
    void init()
    {
        support::failOnWarnings();
        g_failCommits = false;
        g_commits = 0;
    }
    void cleanupTestCase()
    {
        base::setCrashPointHandler(nullptr);
        setStatementFault(nullptr);
    }
    void gathersClosuresIntoOneCommit();
    void rollsBackAFailedClosureAlone();
    void aThrownExceptionIsAnError();
    void aFailedCommitFailsEveryClosureOfTheBatch();
    void staysUsableWhenTheDiskWasFull();
    void commitsWhatIsQueuedWhenItEnds();
    void isSeenByOthersWhenTheFutureIsReady();
    void waitsForAnotherProcess();
    void givesUpAfterTheTimeOut();
    void twoWritersShareTheLock();
    void callersOnManyThreadsAllGetTheirOwnAnswer();
    void checkpointsBeforeTheLogGrowsWithoutBound();
    void readersKeepOnlyWhatTheyRead();
};

void tst_Writer::gathersClosuresIntoOneCommit()
{
    Fixture f;
    Writer &writer = f.database->writer();
    Gate gate(writer);
    std::vector<std::future<Status>> futures;
    for (int i = 0; i < 40; ++i) {
        futures.push_back(writer.submit<void>([i](Transaction &t) { return put(t, QString::number(i)); }));
    }
    g_commits = 0;
    gate.open();
    for (auto &future : futures)
        EXPECT_OK(future.get());
    QVERIFY2(g_commits <= 2, qPrintable(QString::number(g_commits)));
    QCOMPARE(countOf(*f.reader), 40);

    // Never more than 256 in one.
    Gate second(writer);
    futures.clear();
    for (int i = 100; i < 1'100; ++i)
        futures.push_back(writer.submit<void>([i](Transaction &t) { return put(t, QString::number(i)); }));
    g_commits = 0;
    second.open();
    for (auto &future : futures)
        EXPECT_OK(future.get());
    QVERIFY(g_commits >= 4);
}

void tst_Writer::rollsBackAFailedClosureAlone()
{
    Fixture f;
    Writer &writer = f.database->writer();
    Gate gate(writer);
    auto first = writer.submit<void>([](Transaction &t) { return put(t, QStringLiteral("first")); });
    auto second = writer.submit<void>([](Transaction &t) -> Status {
        const Status done = put(t, QStringLiteral("second"));
        return done ? Status(base::fail(ErrorCode::InvalidArgument, QStringLiteral("changed my mind")))
                    : done;
    });
    auto third = writer.submit<void>(
        [](Transaction &t) { return put(t, QStringLiteral("first")); }); // the key is taken
    auto fourth = writer.submit<void>([](Transaction &t) { return put(t, QStringLiteral("fourth")); });
    gate.open();
    EXPECT_OK(first.get());
    EXPECT_ERROR(second.get(), ErrorCode::InvalidArgument);
    EXPECT_ERROR(third.get(), ErrorCode::Database);
    EXPECT_OK(fourth.get());
    QCOMPARE(countOf(*f.reader), 2);
}

void tst_Writer::aThrownExceptionIsAnError()
{
    Fixture f;
    const auto failed = f.write([](Transaction &t) -> Status {
        const Status done = put(t, QStringLiteral("a"));
        if (done)
            throw std::bad_alloc();
        return done;
    });
    EXPECT_ERROR(failed, ErrorCode::Internal);
    QCOMPARE(countOf(*f.reader), 0);
    EXPECT_OK(f.write([](Transaction &t) { return put(t, QStringLiteral("b")); }));
}

void tst_Writer::aFailedCommitFailsEveryClosureOfTheBatch()
{
    Fixture f;
    Writer &writer = f.database->writer();
    Gate gate(writer);
    std::vector<std::future<base::Result<int>>> futures;
    for (int i = 0; i < 10; ++i) {
        futures.push_back(writer.submit<int>([i](Transaction &t) -> base::Result<int> {
            const Status done = put(t, QString::number(i));
            return done ? base::Result<int>(i) : base::fail(done.error());
        }));
    }
    g_failCommits = true;
    gate.open();
    for (auto &future : futures)
        EXPECT_ERROR(future.get(), ErrorCode::DiskFull);
    QCOMPARE(countOf(*f.reader), 0);
    g_failCommits = false;
    EXPECT_OK(f.write([](Transaction &t) { return put(t, QStringLiteral("again")); }));
    QCOMPARE(countOf(*f.reader), 1);
}

void tst_Writer::staysUsableWhenTheDiskWasFull()
{
    Fixture f;
    const auto limit = [&](const QString &pages) {
        return f.write([&](Transaction &t) {
            return attempt([&] {
                Statement statement(t, QStringLiteral("PRAGMA max_page_count = ") + pages);
                statement.run();
            });
        });
    };
    // A database that may not grow answers as a full disk does: SQLITE_FULL.
    EXPECT_OK(limit(QStringLiteral("1")));
    Status status;
    int stored = 0;
    while (stored < 1000) {
        status =
            f.write([&](Transaction &t) { return put(t, QString(2000, u'k') + QString::number(stored)); });
        if (!status)
            break;
        ++stored;
    }
    EXPECT_ERROR(status, ErrorCode::DiskFull);
    QCOMPARE(countOf(*f.reader), stored);
    EXPECT_OK(limit(QStringLiteral("1000000")));
    EXPECT_OK(f.write([&](Transaction &t) { return put(t, QString(2000, u'k') + QString::number(stored)); }));
    QCOMPARE(countOf(*f.reader), stored + 1);
}

void tst_Writer::commitsWhatIsQueuedWhenItEnds()
{
    Fixture f;
    std::vector<std::future<Status>> futures;
    for (int i = 0; i < 500; ++i) {
        futures.push_back(
            f.database->writer().submit<void>([i](Transaction &t) { return put(t, QString::number(i)); }));
    }
    f.reader.reset();
    f.database.reset();
    for (auto &future : futures)
        EXPECT_OK(future.get());
    QCOMPARE(f.workspace.sqlite3(QStringLiteral("SELECT count(*) FROM workspace_setting WHERE value = 'x'")),
             QStringLiteral("500"));
}

void tst_Writer::isSeenByOthersWhenTheFutureIsReady()
{
    Fixture f;
    const qint64 before = support::must(f.reader->dataVersion());
    EXPECT_OK(f.write([](Transaction &t) { return put(t, QStringLiteral("a")); }));
    QCOMPARE(countOf(*f.reader), 1);
    QVERIFY(support::must(f.reader->dataVersion()) != before);
    QCOMPARE(f.workspace.sqlite3(QStringLiteral("SELECT count(*) FROM workspace_setting WHERE key = 'a'")),
             QStringLiteral("1"));
}

void tst_Writer::waitsForAnotherProcess()
{
    Fixture f;
    QProcess other;
    other.start(QStringLiteral("sqlite3"), {QStringLiteral("-batch"), f.workspace.databaseFile()});
    QVERIFY(other.waitForStarted());
    other.write("BEGIN IMMEDIATE;\n.print locked\n");
    QVERIFY(other.waitForReadyRead());
    auto waiting =
        f.database->writer().submit<void>([](Transaction &t) { return put(t, QStringLiteral("mine")); });
    QVERIFY(waiting.wait_for(std::chrono::milliseconds(150)) == std::future_status::timeout);
    other.write("COMMIT;\n.quit\n");
    QVERIFY(other.waitForBytesWritten());
    EXPECT_OK(waiting.get());
    QVERIFY(other.waitForFinished());
}

void tst_Writer::givesUpAfterTheTimeOut()
{
    Fixture f;
    f.close();
    Database::Options options;
    options.folder = f.workspace.folder();
    options.busyTimeoutMs = 50;
    auto impatient = support::must(Database::open(options, f.clock));
    QProcess other;
    other.start(QStringLiteral("sqlite3"), {QStringLiteral("-batch"), f.workspace.databaseFile()});
    QVERIFY(other.waitForStarted());
    other.write("BEGIN IMMEDIATE;\n.print locked\n");
    QVERIFY(other.waitForReadyRead());
    EXPECT_ERROR(impatient->writer().run([](Transaction &t) { return put(t, QStringLiteral("mine")); }),
                 ErrorCode::WorkspaceLocked);
    other.write("COMMIT;\n.quit\n");
    QVERIFY(other.waitForFinished());
    EXPECT_OK(impatient->writer().run([](Transaction &t) { return put(t, QStringLiteral("mine")); }));
}

void tst_Writer::twoWritersShareTheLock()
{
    // Two Databases in one process are to each other as two processes: their locks belong to open files.
    Fixture f;
    Database::Options options;
    options.folder = f.workspace.folder();
    const auto other = support::must(Database::open(options, f.clock));
    std::atomic<bool> stop = false;
    const auto hammer = [&](Writer &writer, const QString &name, std::atomic<int> &done,
                            std::atomic<qint64> &longest) {
        QElapsedTimer wait;
        while (!stop) {
            wait.start();
            const Status status =
                writer.run([&](Transaction &t) { return put(t, name + QString::number(done.load())); });
            if (!status)
                return;
            longest = std::max(longest.load(), wait.elapsed());
            ++done;
        }
    };
    std::atomic<int> mine = 0;
    std::atomic<int> theirs = 0;
    std::atomic<qint64> myLongest = 0;
    std::atomic<qint64> theirLongest = 0;
    std::thread a([&] { hammer(f.database->writer(), QStringLiteral("a"), mine, myLongest); });
    std::thread b([&] { hammer(other->writer(), QStringLiteral("b"), theirs, theirLongest); });
    QTRY_VERIFY_WITH_TIMEOUT(mine + theirs >= 600, 60'000);
    stop = true;
    a.join();
    b.join();
    qInfo("commits %d and %d, longest waits %lld and %lld ms", mine.load(), theirs.load(),
          static_cast<long long>(myLongest), static_cast<long long>(theirLongest));
    QVERIFY(std::min(mine, theirs) * 4 > std::max(mine, theirs));
}

void tst_Writer::callersOnManyThreadsAllGetTheirOwnAnswer()
{
    Fixture f;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 50; ++i) {
                const int number = thread * 1000 + i;
                const auto answer = f.database->writer().run([number](Transaction &t) -> base::Result<int> {
                    const Status done = put(t, QString::number(number));
                    return done ? base::Result<int>(number) : base::fail(done.error());
                });
                wrong += answer && *answer == number ? 0 : 1;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
    QCOMPARE(countOf(*f.reader), 400);
}

void tst_Writer::checkpointsBeforeTheLogGrowsWithoutBound()
{
    Fixture f;
    const QFileInfo log(f.workspace.databaseFile() + QStringLiteral("-wal"));
    qint64 largest = 0;
    for (int i = 0; i < 60; ++i) {
        EXPECT_OK(
            f.write([&](Transaction &t) { return put(t, QString(1 << 20, u'x') + QString::number(i)); }));
        largest = std::max(largest, QFileInfo(log.filePath()).size());
    }
    // 60 MB went through it.
    QVERIFY2(largest < 24 << 20, qPrintable(QString::number(largest)));
}

void tst_Writer::readersKeepOnlyWhatTheyRead()
{
    Fixture f;
    EXPECT_OK(f.write([](Transaction &t) { return put(t, QStringLiteral("a")); }));
    // A statement that is left early must be over: an open one would keep the log from being emptied.
    QCOMPARE(countOf(*f.reader), 1);
    {
        Statement statement(*f.reader, "SELECT key FROM workspace_setting");
        statement.run();
        QVERIFY(statement.next());
    }
    QCOMPARE(f.workspace.sqlite3(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")).section(u'|', 0, 0),
             QStringLiteral("0"));
    // And nobody writes through a reader.
    EXPECT_ERROR(attempt([&] { execute(*f.reader, kPut, QStringLiteral("z")); }), ErrorCode::ReadOnly);
}

QTEST_GUILESS_MAIN(tst_Writer)
#include "tst_Writer.moc"
