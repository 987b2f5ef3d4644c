// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/WorkerLock.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using lectern::engine::WorkerLock;

namespace {

/// Starts a process that takes a lock, tells its id through a pipe and then dies by `signal`. Returns the id.
QString workerThatDiesBy(const QString &folder, int signal)
{
    int ends[2] = {};
    if (::pipe(ends) != 0)
        return {};
    const pid_t child = ::fork();
    if (child == 0) {
        for (const int fatal : {SIGSEGV, SIGABRT, SIGBUS, SIGTERM})
            ::signal(fatal, SIG_DFL); // not the test library's, which would write a report
        const auto lock = WorkerLock::acquire(folder);
        if (!lock)
            ::_exit(1);
        const QByteArray id = (*lock)->id().toLatin1();
        if (::write(ends[1], id.constData(), static_cast<size_t>(id.size())) != id.size())
            ::_exit(1);
        ::raise(signal);
        ::_exit(1);
    }
    ::close(ends[1]);
    QByteArray id(36, '\0');
    const auto count = ::read(ends[0], id.data(), static_cast<size_t>(id.size()));
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != signal || count != id.size())
        return {};
    return QString::fromLatin1(id);
}

} // namespace

class WorkerLockTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void living_worker_has_no_death()
    {
        const QTemporaryDir folder;
        const auto lock = WorkerLock::acquire(folder.path());
        QVERIFY(lock.has_value());
        QVERIFY(!WorkerLock::deathOf(folder.path(), (*lock)->id()));
    }

    void orderly_end_leaves_no_file()
    {
        const QTemporaryDir folder;
        QString id;
        {
            const auto lock = WorkerLock::acquire(folder.path());
            QVERIFY(lock.has_value());
            id = (*lock)->id();
        }
        QVERIFY(!QFile::exists(folder.path() + QStringLiteral("/workers/") + id + QStringLiteral(".lock")));
        const auto death = WorkerLock::deathOf(folder.path(), id);
        QVERIFY(death.has_value());
        QVERIFY(!death->crashed);
    }

    void end_by_signal_is_seen_at_once_data()
    {
        QTest::addColumn<int>("signal");
        QTest::addColumn<bool>("crashed");
        QTest::newRow("kill leaves no mark") << SIGKILL << false;
        QTest::newRow("terminate leaves no mark") << SIGTERM << false;
        QTest::newRow("segmentation fault") << SIGSEGV << true;
        QTest::newRow("abort") << SIGABRT << true;
        QTest::newRow("bus error") << SIGBUS << true;
    }

    void end_by_signal_is_seen_at_once()
    {
        QFETCH(int, signal);
        QFETCH(bool, crashed);
        const QTemporaryDir folder;
        const QString id = workerThatDiesBy(folder.path(), signal);
        QVERIFY(!id.isEmpty());
        const auto death = WorkerLock::deathOf(folder.path(), id);
        QVERIFY(death.has_value());
        QCOMPARE(death->crashed, crashed);
        QVERIFY(death->lastSeenAt.has_value());
        WorkerLock::forget(folder.path(), id);
        QVERIFY(!QFile::exists(folder.path() + QStringLiteral("/workers/") + id + QStringLiteral(".lock")));
    }

    void folder_that_cannot_be_made_is_an_error()
    {
        const QTemporaryDir folder;
        QFile file(folder.path() + QStringLiteral("/workers"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        const auto lock = WorkerLock::acquire(folder.path());
        QVERIFY(!lock.has_value());
    }
};

QTEST_GUILESS_MAIN(WorkerLockTest)
#include "tst_WorkerLock.moc"
