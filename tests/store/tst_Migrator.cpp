// SPDX-License-Identifier: GPL-3.0-or-later
#include "Fixture.h"
#include "base/CrashPoint.h"
#include "store/Failure.h"
#include "store/Migrator.h"
#include "store/Statement.h"
#include "support/Strict.h"

#include <QDir>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <cstring>
#include <thread>

#include <unistd.h>

using namespace lectern;
using namespace lectern::store;
using base::ErrorCode;

namespace {

const char *g_killAt = nullptr;
int g_killAfter = 0;

void killMyself(const char *point)
{
    if (std::strcmp(point, g_killAt) == 0 && --g_killAfter == 0)
        ::kill(::getpid(), SIGKILL);
}

base::Result<std::unique_ptr<Database>> openWith(const QString &folder, const QString &migrations,
                                                 const base::Clock &clock)
{
    Database::Options options;
    options.folder = folder;
    options.migrations = migrations;
    return Database::open(options, clock);
}

// tst_store_Migrator --migrate FOLDER STEPS [POINT N]: what the tests start as another process.
int migrateAsChild(const QStringList &arguments)
{
    if (arguments.size() > 5) {
        static const QByteArray point = arguments.at(4).toUtf8();
        g_killAt = point.constData();
        g_killAfter = arguments.at(5).toInt();
        base::setCrashPointHandler(killMyself);
    }
    const base::SystemClock clock;
    return openWith(arguments.at(2), arguments.at(3), clock) ? 0 : 1;
}

} // namespace

class tst_Migrator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void makesANewWorkspace();
    void upgradesStepByStepAfterABackup();
    void keepsTheLastThreeBackups();
    void refusesANewerWorkspace();
    void aFailedStepChangesNothing();
    void refusesStepsOutOfOrder();
    void refusesSomebodyElsesDatabase();
    void twoProcessesAtOnce();
    void aWorkspaceOfTheFirstVersionIsTakenOver();
    void killedAnywhereItIsTheOldOrTheNew_data();
    void killedAnywhereItIsTheOldOrTheNew();

private:
    [[nodiscard]] static int newest();
    void writeStep(const QString &name, const QString &sql);
    [[nodiscard]] QString steps() const { return m_workspace->pathOf(QStringLiteral("steps")); }

    std::unique_ptr<support::TemporaryWorkspace> m_workspace;
    support::ManualClock m_clock;
};

void tst_Migrator::init()
{
    support::failOnWarnings();
    m_workspace = std::make_unique<support::TemporaryWorkspace>();
    QVERIFY(QDir().mkpath(steps()));
    QVERIFY(QFile::copy(Migrator::builtInSteps() + QStringLiteral("/0001_initial.sql"),
                        steps() + QStringLiteral("/0001_initial.sql")));
}

void tst_Migrator::writeStep(const QString &name, const QString &sql)
{
    QFile file(steps() + u'/' + name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(sql.toUtf8());
}

int tst_Migrator::newest()
{
    return support::must(Migrator::load(Migrator::builtInSteps())).latest();
}

void tst_Migrator::makesANewWorkspace()
{
    EXPECT_OK(openWith(m_workspace->folder(), {}, m_clock));
    QCOMPARE(m_workspace->sqlite3(QStringLiteral(
                 "PRAGMA user_version; PRAGMA journal_mode; SELECT value FROM change_counter")),
             QStringLiteral("%1\nwal\n0").arg(newest()));
    QVERIFY(!QDir(m_workspace->folder() + QStringLiteral("/backups")).exists());
}

void tst_Migrator::upgradesStepByStepAfterABackup()
{
    EXPECT_OK(openWith(m_workspace->folder(), steps(), m_clock));
    writeStep(QStringLiteral("0002_more.sql"),
              QStringLiteral("-- More.\nCREATE TABLE more (a INTEGER);\n\nINSERT INTO more VALUES (7);\n"));
    writeStep(QStringLiteral("0003_even_more.sql"),
              QStringLiteral("ALTER TABLE more ADD COLUMN b TEXT DEFAULT 'x;y';\n\n"
                             "CREATE TRIGGER t AFTER INSERT ON more BEGIN\n  DELETE FROM more WHERE a = "
                             "0;\nEND;\n\n-- the end\n"));
    EXPECT_OK(openWith(m_workspace->folder(), steps(), m_clock));
    QCOMPARE(m_workspace->sqlite3(QStringLiteral("PRAGMA user_version; SELECT a, b FROM more")),
             QStringLiteral("3\n7|x;y"));
    const QDir backups(m_workspace->folder() + QStringLiteral("/backups"));
    const QStringList names = backups.entryList(QDir::Files);
    QCOMPARE(names, QStringList{QStringLiteral("workspace-v1-%1.db").arg(m_clock.nowMs())});
    QCOMPARE(support::runSqlite3(backups.filePath(names.first()),
                                 QStringLiteral("PRAGMA user_version; PRAGMA integrity_check")),
             QStringLiteral("1\nok"));
}

void tst_Migrator::keepsTheLastThreeBackups()
{
    EXPECT_OK(openWith(m_workspace->folder(), steps(), m_clock));
    for (int step = 2; step <= 7; ++step) {
        m_clock.advance(1000);
        writeStep(QStringLiteral("000%1_step.sql").arg(step),
                  QStringLiteral("CREATE TABLE t%1 (a);").arg(step));
        EXPECT_OK(openWith(m_workspace->folder(), steps(), m_clock));
    }
    const QStringList names =
        QDir(m_workspace->folder() + QStringLiteral("/backups")).entryList(QDir::Files, QDir::Name);
    QCOMPARE(names.size(), 3);
    QVERIFY(names.last().startsWith(QStringLiteral("workspace-v6-")));
}

void tst_Migrator::refusesANewerWorkspace()
{
    for (int step = 2; step <= newest() + 1; ++step)
        writeStep(QStringLiteral("%1_step.sql").arg(step, 4, 10, QLatin1Char('0')),
                  QStringLiteral("CREATE TABLE t%1 (a);").arg(step));
    EXPECT_OK(openWith(m_workspace->folder(), steps(), m_clock));
    EXPECT_ERROR(openWith(m_workspace->folder(), {}, m_clock), ErrorCode::WorkspaceNewer);
    QCOMPARE(m_workspace->sqlite3(QStringLiteral("PRAGMA user_version")), QString::number(newest() + 1));
}

void tst_Migrator::aFailedStepChangesNothing()
{
    EXPECT_OK(openWith(m_workspace->folder(), steps(), m_clock));
    writeStep(QStringLiteral("0002_bad.sql"),
              QStringLiteral("CREATE TABLE more (a);\n\nCREATE TABLE document (a);\n"));
    EXPECT_ERROR(openWith(m_workspace->folder(), steps(), m_clock), ErrorCode::Database);
    QCOMPARE(m_workspace->sqlite3(QStringLiteral(
                 "PRAGMA user_version; SELECT count(*) FROM sqlite_schema WHERE name = 'more'")),
             QStringLiteral("1\n0"));

    // A step that leaves a reference to nothing is no step.
    writeStep(QStringLiteral("0002_bad.sql"),
              QStringLiteral("INSERT INTO document_words (document_id, words) VALUES (99, 'x');\n"));
    EXPECT_ERROR(openWith(m_workspace->folder(), steps(), m_clock), ErrorCode::WorkspaceDamaged);
    EXPECT_OK(openWith(m_workspace->folder(), {}, m_clock));
}

void tst_Migrator::refusesStepsOutOfOrder()
{
    writeStep(QStringLiteral("0003_gap.sql"), QStringLiteral("CREATE TABLE more (a);"));
    EXPECT_ERROR(Migrator::load(steps()), ErrorCode::Internal);
    EXPECT_ERROR(Migrator::load(m_workspace->pathOf(QStringLiteral("nothing"))), ErrorCode::Internal);
    QVERIFY(newest() > 1);
}

void tst_Migrator::refusesSomebodyElsesDatabase()
{
    QVERIFY(QDir().mkpath(m_workspace->folder()));
    m_workspace->sqlite3(QStringLiteral("CREATE TABLE theirs (a)"));
    EXPECT_ERROR(openWith(m_workspace->folder(), {}, m_clock), ErrorCode::WorkspaceDamaged);
    QCOMPARE(m_workspace->sqlite3(QStringLiteral("SELECT name FROM sqlite_schema")),
             QStringLiteral("theirs"));
}

void tst_Migrator::twoProcessesAtOnce()
{
    EXPECT_OK(openWith(m_workspace->folder(), steps(), m_clock));
    writeStep(QStringLiteral("0002_more.sql"),
              QStringLiteral("CREATE TABLE more (a);\n\nINSERT INTO more VALUES (1);\n"));
    const auto start = [&] {
        auto process = std::make_unique<QProcess>();
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process->start(QCoreApplication::applicationFilePath(),
                       {QStringLiteral("--migrate"), m_workspace->folder(), steps()});
        return process;
    };
    std::vector<std::unique_ptr<QProcess>> processes;
    for (int i = 0; i < 3; ++i)
        processes.push_back(start());
    for (const auto &process : processes) {
        QVERIFY(process->waitForFinished());
        QCOMPARE(process->exitCode(), 0);
    }
    QCOMPARE(m_workspace->sqlite3(QStringLiteral("PRAGMA user_version; SELECT count(*) FROM more")),
             QStringLiteral("2\n1"));
    QCOMPARE(QDir(m_workspace->folder() + QStringLiteral("/backups")).entryList(QDir::Files).size(), 1);
}

void tst_Migrator::aWorkspaceOfTheFirstVersionIsTakenOver()
{
    EXPECT_OK(openWith(m_workspace->folder(), steps(), m_clock));
    m_workspace->sqlite3(QStringLiteral(R"(
        INSERT INTO run (goal, analyzer, created_at) VALUES (1, 'built-in/1', 1);
        INSERT INTO document (run_id, name, name_key, goal, added_at, change_seq) VALUES (1, 'a', 'a', 1, 1, 1);
        INSERT INTO answer (key, analyzer, language, result, created_at) VALUES (zeroblob(32), 'built-in/1', 'en', '{}', 1);
        INSERT INTO answer (key, analyzer, language, result, created_at)
        VALUES (randomblob(32), 'built-in/1', 'en', '{}', 1);
        INSERT INTO page (document_id, number, state, answer_id, extracted_at, done_at) VALUES (1, 1, 2, 1, 1, 1);)"));
    EXPECT_OK(openWith(m_workspace->folder(), {}, m_clock));
    QCOMPARE(m_workspace->sqlite3(QStringLiteral("SELECT cap IS NULL, unpriced_allowed FROM run")),
             QStringLiteral("1|0"));
    // The answer without a page begins to age.
    QCOMPARE(m_workspace->sqlite3(QStringLiteral("SELECT id, raw = '', cost, released_at <> 0 FROM answer")),
             QStringLiteral("1|1|0|0\n2|1|0|1"));
    QCOMPARE(m_workspace->sqlite3(QStringLiteral("PRAGMA integrity_check")), QStringLiteral("ok"));
}

void tst_Migrator::killedAnywhereItIsTheOldOrTheNew_data()
{
    QTest::addColumn<QString>("point");
    QTest::addColumn<int>("times");
    QTest::addColumn<QString>("version");
    QTest::newRow("before the first step")
        << QStringLiteral("migration-before-step") << 1 << QStringLiteral("1");
    QTest::newRow("in the first step") << QStringLiteral("migration-mid-step") << 1 << QStringLiteral("1");
    QTest::newRow("at the end of the first step")
        << QStringLiteral("migration-mid-step") << 2 << QStringLiteral("1");
    QTest::newRow("after the first step")
        << QStringLiteral("migration-after-step") << 1 << QStringLiteral("2");
    QTest::newRow("in the second step") << QStringLiteral("migration-mid-step") << 3 << QStringLiteral("2");
    QTest::newRow("after the second step")
        << QStringLiteral("migration-after-step") << 2 << QStringLiteral("3");
}

void tst_Migrator::killedAnywhereItIsTheOldOrTheNew()
{
    QFETCH(QString, point);
    QFETCH(int, times);
    QFETCH(QString, version);
    EXPECT_OK(openWith(m_workspace->folder(), steps(), m_clock));
    writeStep(QStringLiteral("0002_more.sql"),
              QStringLiteral("CREATE TABLE more (a);\n\nINSERT INTO more VALUES (1);\n"));
    writeStep(QStringLiteral("0003_most.sql"), QStringLiteral("INSERT INTO more VALUES (2);\n"));
    QProcess process;
    process.start(
        QCoreApplication::applicationFilePath(),
        {QStringLiteral("--migrate"), m_workspace->folder(), steps(), point, QString::number(times)});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitStatus(), QProcess::CrashExit);
    QCOMPARE(m_workspace->sqlite3(QStringLiteral("PRAGMA user_version")), version);
    QCOMPARE(m_workspace->sqlite3(QStringLiteral("PRAGMA integrity_check")), QStringLiteral("ok"));

    EXPECT_OK(openWith(m_workspace->folder(), steps(), m_clock));
    QCOMPARE(m_workspace->sqlite3(QStringLiteral("PRAGMA user_version; SELECT group_concat(a) FROM more")),
             QStringLiteral("3\n1,2"));
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == QStringLiteral("--migrate"))
        return migrateAsChild(application.arguments());
    tst_Migrator test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_Migrator.moc"
