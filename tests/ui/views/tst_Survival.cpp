// SPDX-License-Identifier: GPL-3.0-or-later
#include "SamplePdfs.h"
#include "WindowFixture.h"

#include "presentation/CommandId.h"
#include "presentation/LibraryFeed.h"
#include "support/TemporaryWorkspace.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <csignal>
#include <memory>

using namespace lectern;
using namespace lectern::test;

/// The program itself: killed and started again, started twice, asked to end.
class SurvivalTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void killedAndResumed();
    void crashedTwiceIsSetAside();
    void secondStartHandsOver();
    void endsOrderlyWhenAsked();
    void answersWithoutAWindow();
    void measures();

private:
    [[nodiscard]] std::unique_ptr<QProcess> start(const QStringList &arguments) const;
    [[nodiscard]] int look(const QString &sql) const;
    std::unique_ptr<support::TemporaryWorkspace> m_place;
};

void SurvivalTest::init()
{
    m_place = std::make_unique<support::TemporaryWorkspace>();
}

std::unique_ptr<QProcess> SurvivalTest::start(const QStringList &arguments) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(QStringLiteral(LECTERN_BIN_DIR "/lectern"),
                   QStringList{QStringLiteral("--workspace"), m_place->folder()} + arguments);
    if (!process->waitForStarted())
        qFatal("lectern does not start: %s", qPrintable(process->errorString()));
    return process;
}

/// A number from the database of a program that runs.
int SurvivalTest::look(const QString &sql) const
{
    return m_place->sqlite3(sql).trimmed().toInt();
}

void SurvivalTest::killedAndResumed()
{
    const QString path = m_place->pathOf(QStringLiteral("long.pdf"));
    SamplePdfs::book(path, 150);
    {
        const auto process = start({path});
        const QString done = QStringLiteral("SELECT count(*) FROM page");
        QVERIFY(QTest::qWaitFor([&] { return look(done) >= 5 || process->state() != QProcess::Running; },
                                60'000));
        QCOMPARE(process->state(), QProcess::Running);
        process->kill();
        QVERIFY(process->waitForFinished());
    }
    const int before = look(QStringLiteral("SELECT count(*) FROM page"));
    QVERIFY(before >= 5);
    QVERIFY2(before < 150, "the program was killed too late to prove anything");
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    QVERIFY(fixture.wait([&] { return !fixture.banners().isEmpty() || !fixture.snapshot().hasWork(); }));
    QVERIFY2(fixture.banners().join(QLatin1Char('\n')).contains(QStringLiteral("resumed")),
             qPrintable(fixture.banners().join(QLatin1Char('\n'))));
    fixture.savePictures(QStringLiteral("resumed"));
    QVERIFY(fixture.waitDone(1));
    QCOMPARE(fixture.snapshot().totals.pagesDone, qint64{150});
    QVERIFY(fixture.close());
    QCOMPARE(m_place->sqlite3(QStringLiteral("PRAGMA integrity_check")).trimmed(), QStringLiteral("ok"));
}

void SurvivalTest::crashedTwiceIsSetAside()
{
    const QString path = m_place->pathOf(QStringLiteral("endless.pdf"));
    SamplePdfs::endless(path);
    for (int crash = 0; crash < 2; ++crash) {
        // Running, and no longer by the program that died before.
        const QString running =
            QStringLiteral("SELECT count(*) FROM job WHERE state = 5 AND crashes = %1").arg(crash);
        const auto process = start(crash == 0 ? QStringList{path} : QStringList{});
        QVERIFY(QTest::qWaitFor([&] { return look(running) == 1; }, 60'000));
        ::kill(static_cast<pid_t>(process->processId()), SIGABRT);
        QVERIFY(process->waitForFinished());
        QCOMPARE(process->exitStatus(), QProcess::CrashExit);
    }
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    QVERIFY(fixture.wait([&] { return !fixture.banners().isEmpty(); }));
    QVERIFY2(fixture.banners().join(QLatin1Char('\n')).contains(QStringLiteral("set aside")),
             qPrintable(fixture.banners().join(QLatin1Char('\n'))));
    QVERIFY(fixture.waitDone(1));
    QVERIFY(fixture.select(QStringLiteral("endless.pdf")));
    QVERIFY(fixture.wait([&] { return fixture.window().isSettled(); }));
    fixture.savePictures(QStringLiteral("crash-last-time"));
    QVERIFY(fixture.close());
}

void SurvivalTest::secondStartHandsOver()
{
    const QString path = m_place->pathOf(QStringLiteral("late.pdf"));
    SamplePdfs::book(path, 1);
    const auto first = start({});
    const QString documents = QStringLiteral("SELECT count(*) FROM document");
    QVERIFY(
        QTest::qWaitFor([&] { return m_place->sqlite3(documents).trimmed() == QLatin1String("0"); }, 60'000));
    const auto second = start({path});
    QVERIFY(second->waitForFinished());
    QCOMPARE(second->exitCode(), 0);
    QCOMPARE(first->state(), QProcess::Running);
    QVERIFY(QTest::qWaitFor([&] { return look(documents) == 1; }, 60'000));
    first->terminate();
    QVERIFY(first->waitForFinished());
    QCOMPARE(first->exitStatus(), QProcess::NormalExit);
}

void SurvivalTest::endsOrderlyWhenAsked()
{
    const QString path = m_place->pathOf(QStringLiteral("long.pdf"));
    SamplePdfs::book(path, 150);
    const auto process = start({path});
    QVERIFY(QTest::qWaitFor([&] { return look(QStringLiteral("SELECT count(*) FROM page")) >= 1; }, 60'000));
    process->terminate();
    QVERIFY(process->waitForFinished());
    QCOMPARE(process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(process->exitCode(), 0);
    QCOMPARE(look(QStringLiteral("SELECT count(*) FROM job WHERE state = 5")), 0);
    QCOMPARE(look(QStringLiteral("SELECT count(*) FROM worker")), 0);
}

void SurvivalTest::answersWithoutAWindow()
{
    for (const QString &question : {QStringLiteral("--version"), QStringLiteral("--help")}) {
        const auto process = start({question});
        QVERIFY(process->waitForFinished());
        QCOMPARE(process->exitCode(), 0);
        QVERIFY(process->readAllStandardOutput().contains("lectern"));
    }
    const auto wrong = start({QStringLiteral("--nonsense")});
    QVERIFY(wrong->waitForFinished());
    QCOMPARE(wrong->exitCode(), 2);
    QVERIFY(!QDir(m_place->folder()).exists());
}

void SurvivalTest::measures()
{
    const QString path = m_place->pathOf(QStringLiteral("report.pdf"));
    SamplePdfs::book(path, 6);
    const QString picture = m_place->pathOf(QStringLiteral("window.png"));
    const QString startFile = m_place->pathOf(QStringLiteral("start.json"));
    const QString stallFile = m_place->pathOf(QStringLiteral("stalls.json"));
    const auto process =
        start({QStringLiteral("--when-done-save"), picture, QStringLiteral("--when-done-quit"),
               QStringLiteral("--measure-start"), startFile, QStringLiteral("--measure-stalls"), stallFile,
               QStringLiteral("--theme"), QStringLiteral("light"), path});
    QVERIFY(process->waitForFinished(60'000));
    QCOMPARE(process->exitCode(), 0);
    QVERIFY(QImage(picture).width() > 600);
    const auto read = [](const QString &file) {
        QFile json(file);
        return json.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(json.readAll()).object()
                                              : QJsonObject();
    };
    QVERIFY(read(startFile).value(QStringLiteral("usable_ms")).toDouble() > 0);
    QVERIFY(read(stallFile).value(QStringLiteral("samples")).toInt() > 10);
    QVERIFY(read(stallFile).value(QStringLiteral("max_ms")).toDouble() >=
            read(stallFile).value(QStringLiteral("p99_ms")).toDouble());
    QCOMPARE(look(QStringLiteral("SELECT count(*) FROM page")), 6);
}

QTEST_MAIN(SurvivalTest)
#include "tst_Survival.moc"
