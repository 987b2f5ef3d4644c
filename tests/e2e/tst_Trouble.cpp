// SPDX-License-Identifier: GPL-3.0-or-later
#include "SamplePdf.h"
#include "Scene.h"
#include "Snapshot.h"
#include "Sqlite.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace lectern::e2e;

/// What goes wrong around the program: it says so in plain words, and nothing is lost.
class tst_Trouble : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void crashingTwiceSetsTheDocumentAside();
    void refusesANewerWorkspace();
    void refusesADamagedWorkspace();
    void refusesAReadOnlyWorkspace();
    void survivesAFullDisk();
    void survivesAMissingHelper();
    void survivesAFileThatIsGone();
    void survivesAClosedOutput();

private:
    static QString errorCode(const Finished &finished);
};

QString tst_Trouble::errorCode(const Finished &finished)
{
    const QJsonObject event = finished.events(u"error"_s).value(0);
    const QJsonObject object = event.isEmpty() ? finished.object() : event;
    return object.value(u"error"_s).toObject().value(u"code"_s).toString();
}

void tst_Trouble::crashingTwiceSetsTheDocumentAside()
{
    Scene scene;
    const QString first = scene.write(u"first.pdf"_s, SamplePdf::book(3, 1));
    const QString second = scene.write(u"second.pdf"_s, SamplePdf::book(3, 2));
    QCOMPARE(scene.run({u"index"_s, u"--no-wait"_s, first, second}).exitCode, 0);

    scene.setProgram(QStringLiteral(LECTERN_CRASHING_CLI));
    scene.setEnvironment(u"LECTERN_CRASH_AT"_s, u"before-work:1:crash"_s);
    const QStringList resume{u"resume"_s, u"--json"_s, u"--jobs"_s, u"1"_s};
    for (int crash = 1; crash <= 2; ++crash)
        QVERIFY(scene.run(resume).crashed);

    scene.unsetEnvironment(u"LECTERN_CRASH_AT"_s);
    const Finished third = scene.run(resume);
    QVERIFY2(third.exitCode == 3, third.told().constData());
    QCOMPARE(third.events(u"resumed"_s).value(0).value(u"jobs_set_aside"_s).toInt(), 1);
    const auto documents = scene.documents();
    QCOMPARE(documents.value(u"first.pdf"_s).value(u"state"_s).toString(), u"failed"_s);
    QCOMPARE(documents.value(u"first.pdf"_s).value(u"error"_s).toObject().value(u"code"_s).toString(),
             u"set_aside_after_crash"_s);
    QCOMPARE(documents.value(u"second.pdf"_s).value(u"state"_s).toString(), u"done"_s);
    QCOMPARE(brokenRules(scene.database()), QByteArrayList());

    // It is not lost: asked for by hand, it is tried again.
    QCOMPARE(scene.run({u"retry"_s, u"first.pdf"_s}).exitCode, 0);
    QCOMPARE(scene.run(resume).exitCode, 0);
    QCOMPARE(scene.documents().value(u"first.pdf"_s).value(u"state"_s).toString(), u"done"_s);
}

void tst_Trouble::refusesANewerWorkspace()
{
    const Scene scene;
    const QString book = scene.write(u"book.pdf"_s, SamplePdf::book(2, 1));
    QCOMPARE(scene.run({u"index"_s, book}).exitCode, 0);
    Sqlite::execute(scene.database(), "PRAGMA user_version = 99");
    for (const QStringList &command :
         {QStringList{u"index"_s, u"--json"_s, book}, {u"status"_s, u"--json"_s}}) {
        const Finished refused = scene.run(command);
        QVERIFY2(refused.exitCode == 1, refused.told().constData());
        QCOMPARE(errorCode(refused), u"workspace_newer"_s);
    }
    QCOMPARE(Sqlite::value(scene.database(), "SELECT count(*) FROM page"), QByteArray("2")); // untouched
    const Finished doctor = scene.run({u"doctor"_s, u"--json"_s});
    QVERIFY2(doctor.exitCode == 1 && !doctor.object().value(u"ok"_s).toBool(true), doctor.told().constData());
}

void tst_Trouble::refusesADamagedWorkspace()
{
    const Scene scene;
    scene.write(u"workspace/workspace.db"_s, QByteArray(8192, 'x'));
    const Finished refused = scene.run({u"status"_s, u"--json"_s});
    QVERIFY2(refused.exitCode == 1, refused.told().constData());
    QCOMPARE(errorCode(refused), u"workspace_damaged"_s);
}

void tst_Trouble::refusesAReadOnlyWorkspace()
{
    if (::geteuid() == 0)
        QSKIP("The superuser may write everywhere, so nothing is read-only for this test.");
    const Scene scene;
    const QString book = scene.write(u"book.pdf"_s, SamplePdf::book(2, 1));
    QCOMPARE(scene.run({u"index"_s, book}).exitCode, 0);
    QFile::setPermissions(scene.workspace(), QFile::ReadOwner | QFile::ExeOwner);
    for (const QString &name : QDir(scene.workspace()).entryList(QDir::Files))
        QFile::setPermissions(scene.workspace() + u'/' + name, QFile::ReadOwner);
    const Finished refused = scene.run({u"index"_s, u"--json"_s, book});
    QFile::setPermissions(scene.workspace(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QVERIFY2(refused.exitCode == 1, refused.told().constData());
    QCOMPARE(errorCode(refused), u"read_only"_s);
}

void tst_Trouble::survivesAFullDisk()
{
    // A small file system of its own needs a name space of its own; not every machine permits that.
    const Scene scene;
    const QString book = scene.write(u"book.pdf"_s, SamplePdf::book(400, 1));
    const QString room = scene.file(u"room"_s);
    QDir().mkpath(room);
    const QString script = uR"(
mount -t tmpfs -o size=3m tmpfs "$1" || exit 77
"$2" --workspace "$1/w" --json index "$3"; echo "exit $?"
mount -o remount,size=200m "$1"
"$2" --workspace "$1/w" --json resume >/dev/null; echo "exit $?"
sqlite3 "$1/w/workspace.db" "SELECT count(*) FROM page WHERE state = 2; PRAGMA integrity_check"
)"_s;
    QProcess shell;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LECTERN_PDF_HELPER"_s, QStringLiteral(LECTERN_BIN_DIR "/lectern-pdf"));
    shell.setProcessEnvironment(environment);
    shell.start(u"unshare"_s, {u"--user"_s, u"--map-root-user"_s, u"--mount"_s, u"sh"_s, u"-c"_s, script,
                               u"sh"_s, room, QStringLiteral(LECTERN_BIN_DIR "/lectern-cli"), book});
    const Finished finished = Scene::finish(shell);
    if (finished.exitCode == 77 || finished.output.isEmpty())
        QSKIP("This machine permits no small file system for the test.");
    const QByteArrayList lines = finished.output.trimmed().split('\n');
    QVERIFY2(finished.output.contains("\"disk_full\""), finished.told().constData());
    QVERIFY2(lines.contains("exit 1"), finished.told().constData());
    QVERIFY2(lines.contains("exit 0"), finished.told().constData()); // room again: it goes on
    QCOMPARE(lines.value(lines.size() - 2), QByteArray("400"));
    QCOMPARE(lines.last(), QByteArray("ok"));
}

void tst_Trouble::survivesAMissingHelper()
{
    Scene scene;
    const QString book = scene.write(u"book.pdf"_s, SamplePdf::book(2, 1));
    scene.setEnvironment(u"LECTERN_PDF_HELPER"_s, u"/nowhere/lectern-pdf"_s);
    const Finished finished = scene.run({u"index"_s, book});
    QVERIFY2(finished.exitCode == 3, finished.told().constData());
    QCOMPARE(scene.documents().value(u"book.pdf"_s).value(u"error"_s).toObject().value(u"code"_s).toString(),
             u"helper_unavailable"_s);
    QCOMPARE(scene.run({u"doctor"_s}).exitCode, 1);

    scene.setEnvironment(u"LECTERN_PDF_HELPER"_s, QStringLiteral(LECTERN_BIN_DIR "/lectern-pdf"));
    QCOMPARE(scene.run({u"retry"_s}).exitCode, 0);
    QCOMPARE(scene.run({u"resume"_s}).exitCode, 0);
}

void tst_Trouble::survivesAFileThatIsGone()
{
    const Scene scene;
    const QString book = scene.write(u"book.pdf"_s, SamplePdf::book(2, 1));
    QCOMPARE(scene.run({u"index"_s, u"--no-wait"_s, book}).exitCode, 0);
    QVERIFY(QFile::remove(book));
    QCOMPARE(scene.run({u"resume"_s}).exitCode, 3);
    const QJsonObject document = scene.documents().value(u"book.pdf"_s);
    QCOMPARE(document.value(u"state"_s).toString(), u"failed"_s);
    QCOMPARE(document.value(u"error"_s).toObject().value(u"code"_s).toString(), u"file_missing"_s);
    QCOMPARE(brokenRules(scene.database()), QByteArrayList());
}

void tst_Trouble::survivesAClosedOutput()
{
    const Scene scene;
    const QString book = scene.write(u"book.pdf"_s, SamplePdf::book(400, 1));
    const auto process = scene.start({u"index"_s, u"--json"_s, book});
    QVERIFY(process->waitForReadyRead(30'000));
    process->closeReadChannel(QProcess::StandardOutput);
    const Finished finished = Scene::finish(*process);
    QVERIFY(!finished.crashed); // it stops as if interrupted, or was done already
    QCOMPARE(scene.run({u"resume"_s}).exitCode, 0);
    QCOMPARE(brokenRules(scene.database()), QByteArrayList());
}

QTEST_GUILESS_MAIN(tst_Trouble)
#include "tst_Trouble.moc"
