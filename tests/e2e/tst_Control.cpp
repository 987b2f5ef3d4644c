// SPDX-License-Identifier: GPL-3.0-or-later
#include "Corpus.h"
#include "SamplePdf.h"
#include "Scene.h"
#include "Snapshot.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <csignal>
#include <functional>

using namespace Qt::StringLiterals;
using namespace lectern::e2e;

/// The commands that steer work, and signals.
class tst_Control : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void queuesWithoutWaiting();
    void pausesEverything();
    void pausesOneDocument();
    void pausesWhileAnotherProgramWorks();
    void cancelsWithinASecond();
    void stopsOrderly_data();
    void stopsOrderly();
    void secondSignalQuitsAtOnce();
    void interruptOfTheWholeGroupCostsNoPage();
    void removesAndRestores();
    void retriesWhatFailed();
    void knowsDuplicates();
    void noticesMovedAndChangedFiles();
    void unlocks();
    void triesThePasswordOnOthers();
};

namespace {

constexpr int kLongBook = 800; // pages: some seconds of work
constexpr int kAtOnceMs = 1'000;
constexpr int kStartMs = 60'000;

/// Reads the events of a running program until one fits. False when it ended or took too long.
bool waitForEvent(QProcess &process, const std::function<bool(const QJsonObject &)> &fits,
                  int timeoutMs = kStartMs)
{
    const QDeadlineTimer deadline(timeoutMs);
    while (!deadline.hasExpired()) {
        while (process.canReadLine()) {
            if (fits(QJsonDocument::fromJson(process.readLine()).object()))
                return true;
        }
        if (process.state() == QProcess::NotRunning)
            return false;
        process.waitForReadyRead(20);
    }
    return false;
}

bool isUnderWay(const QJsonObject &event)
{
    return event.value(u"event"_s) == u"progress"_s && event.value(u"pages_extracted"_s).toInt() > 0;
}

QString stateOf(const Scene &scene, const QString &name)
{
    return scene.documents().value(name).value(u"state"_s).toString();
}

} // namespace

void tst_Control::queuesWithoutWaiting()
{
    const Scene scene;
    const QString book = scene.write(u"book.pdf"_s, SamplePdf::book(10, 1));
    const Finished queued = scene.run({u"index"_s, u"--no-wait"_s, u"--json"_s, book});
    QVERIFY2(queued.exitCode == 0, queued.told().constData());
    QCOMPARE(queued.events().size(), 1);
    QCOMPARE(queued.events(u"added"_s).value(0).value(u"added"_s).toInt(), 1);
    QCOMPARE(stateOf(scene, u"book.pdf"_s), u"queued"_s);
    QCOMPARE(
        scene.run({u"status"_s, u"--json"_s}).object().value(u"jobs"_s).toObject().value(u"ready"_s).toInt(),
        1);
    QVERIFY(scene.documents().value(u"book.pdf"_s).value(u"pages_total"_s).isNull());
    QCOMPARE(scene.run({u"pages"_s, u"book.pdf"_s, u"--json"_s}).array().size(), 0);

    const Finished resumed = scene.run({u"resume"_s});
    QVERIFY2(resumed.exitCode == 0, resumed.told().constData());
    QCOMPARE(stateOf(scene, u"book.pdf"_s), u"done"_s);
    QCOMPARE(scene.run({u"resume"_s}).exitCode, 0); // nothing left to do
}

void tst_Control::pausesEverything()
{
    const Scene scene;
    const QString book = scene.write(u"book.pdf"_s, SamplePdf::book(10, 1));
    QCOMPARE(scene.run({u"index"_s, u"--no-wait"_s, book}).exitCode, 0);
    const QJsonObject told = scene.run({u"pause"_s, u"--json"_s}).object();
    QCOMPARE(told.value(u"action"_s).toString(), u"pause"_s);
    QVERIFY(told.value(u"documents"_s).toArray().isEmpty());
    QCOMPARE(stateOf(scene, u"book.pdf"_s), u"paused"_s);
    QVERIFY(scene.run({u"status"_s, u"--json"_s}).object().value(u"paused"_s).toBool());
    QCOMPARE(scene.run({u"documents"_s, u"--state"_s, u"paused"_s, u"--json"_s}).array().size(), 1);

    QCOMPARE(scene.run({u"resume"_s}).exitCode, 4);
    const QString other = scene.write(u"other.pdf"_s, SamplePdf::book(2, 2));
    const Finished index = scene.run({u"index"_s, u"--json"_s, other});
    QVERIFY2(index.exitCode == 4, index.told().constData());
    QCOMPARE(index.events(u"finished"_s).value(0).value(u"outcome"_s).toString(), u"paused"_s);

    QCOMPARE(scene.run({u"continue"_s}).exitCode, 0);
    QCOMPARE(stateOf(scene, u"book.pdf"_s), u"queued"_s);
    QCOMPARE(scene.run({u"resume"_s}).exitCode, 0);
    QCOMPARE(stateOf(scene, u"other.pdf"_s), u"done"_s);
}

void tst_Control::pausesOneDocument()
{
    const Scene scene;
    const QString one = scene.write(u"one.pdf"_s, SamplePdf::book(5, 1));
    const QString two = scene.write(u"two.pdf"_s, SamplePdf::book(5, 2));
    QCOMPARE(scene.run({u"index"_s, u"--no-wait"_s, one, two}).exitCode, 0);
    QCOMPARE(scene.run({u"pause"_s, u"one.pdf"_s}).exitCode, 0);
    QCOMPARE(scene.run({u"resume"_s}).exitCode, 4);
    QCOMPARE(stateOf(scene, u"one.pdf"_s), u"paused"_s);
    QCOMPARE(stateOf(scene, u"two.pdf"_s), u"done"_s);
    QCOMPARE(scene.run({u"continue"_s, u"one.pdf"_s}).exitCode, 0);
    QCOMPARE(scene.run({u"resume"_s}).exitCode, 0);
    QCOMPARE(stateOf(scene, u"one.pdf"_s), u"done"_s);
}

void tst_Control::pausesWhileAnotherProgramWorks()
{
    const Scene scene;
    const QString book = scene.write(u"book.pdf"_s, SamplePdf::book(kLongBook, 1));
    const auto worker = scene.start({u"index"_s, u"--json"_s, book});
    QVERIFY(waitForEvent(*worker, isUnderWay));
    QCOMPARE(scene.run({u"pause"_s}).exitCode, 0);
    QElapsedTimer timer;
    timer.start();
    const Finished paused = Scene::finish(*worker);
    QVERIFY2(paused.exitCode == 4, paused.told().constData());
    qInfo("it stopped after %lld ms", static_cast<long long>(timer.elapsed()));
    QVERIFY(timer.elapsed() < 2 * kAtOnceMs);
    QCOMPARE(stateOf(scene, u"book.pdf"_s), u"paused"_s);
    const int before = scene.documents().value(u"book.pdf"_s).value(u"pages_extracted"_s).toInt();
    QVERIFY(before > 0);

    QCOMPARE(scene.run({u"continue"_s}).exitCode, 0);
    QCOMPARE(scene.run({u"resume"_s}).exitCode, 0);
    QCOMPARE(scene.documents().value(u"book.pdf"_s).value(u"pages_done"_s).toInt(), kLongBook);
    QCOMPARE(brokenRules(scene.database()), QByteArrayList());
}

void tst_Control::cancelsWithinASecond()
{
    const Scene scene;
    const QString book = scene.write(u"book.pdf"_s, SamplePdf::book(kLongBook, 1));
    const auto worker = scene.start({u"index"_s, u"--json"_s, book});
    QVERIFY(waitForEvent(*worker, isUnderWay));
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(scene.run({u"cancel"_s, u"book.pdf"_s}).exitCode, 0);
    QVERIFY(waitForEvent(*worker,
                         [](const QJsonObject &event) { return event.value(u"state"_s) == u"cancelled"_s; }));
    qInfo("cancelled after %lld ms", static_cast<long long>(timer.elapsed()));
    QVERIFY(timer.elapsed() < kAtOnceMs);
    QCOMPARE(Scene::finish(*worker).exitCode, 3);
    QTRY_COMPARE(scene.run({u"status"_s, u"--json"_s})
                     .object()
                     .value(u"jobs"_s)
                     .toObject()
                     .value(u"running"_s)
                     .toInt(-1),
                 0);

    const QJsonObject document = scene.documents().value(u"book.pdf"_s);
    QCOMPARE(document.value(u"state"_s).toString(), u"cancelled"_s);
    const int kept = document.value(u"pages_extracted"_s).toInt();
    QVERIFY(kept > 0 && kept < kLongBook); // what was stored stays
    QCOMPARE(scene.run({u"retry"_s, u"book.pdf"_s}).exitCode, 0);
    QCOMPARE(scene.run({u"resume"_s}).exitCode, 0);
    QCOMPARE(stateOf(scene, u"book.pdf"_s), u"done"_s);
}

void tst_Control::stopsOrderly_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
}

void tst_Control::stopsOrderly()
{
    QFETCH(int, signal);
    const Scene scene;
    const QString book = scene.write(u"book.pdf"_s, SamplePdf::book(kLongBook, 1));
    const auto worker = scene.start({u"index"_s, u"--json"_s, book});
    QVERIFY(waitForEvent(*worker, isUnderWay));
    const qint64 leader = worker->processId();
    QElapsedTimer timer;
    timer.start();
    ::kill(static_cast<pid_t>(leader), signal);
    const Finished stopped = Scene::finish(*worker);
    qInfo("stopped after %lld ms", static_cast<long long>(timer.elapsed()));
    QVERIFY2(!stopped.crashed && stopped.exitCode == 128 + signal, stopped.told().constData());
    QVERIFY(timer.elapsed() < kAtOnceMs);
    const QJsonObject end = stopped.events(u"finished"_s).value(0);
    QCOMPARE(end.value(u"outcome"_s).toString(), u"interrupted"_s);
    QCOMPARE(end.value(u"exit_code"_s).toInt(), 128 + signal);
    QTRY_VERIFY(Scene::sessionMembers(leader).isEmpty());

    // It gave back what it had: nothing is running, nothing needs to be rescued, nothing counts as a failed
    // try.
    const QJsonObject jobs = scene.run({u"status"_s, u"--json"_s}).object().value(u"jobs"_s).toObject();
    QCOMPARE(jobs.value(u"running"_s).toInt(-1), 0);
    QVERIFY(scene.documents().value(u"book.pdf"_s).value(u"pages_extracted"_s).toInt() > 0);
    const Finished resumed = scene.run({u"resume"_s, u"--json"_s});
    QCOMPARE(resumed.exitCode, 0);
    QCOMPARE(resumed.events(u"resumed"_s).value(0).value(u"jobs_taken_over"_s).toInt(-1), 0);
    for (const QJsonValue page : scene.run({u"pages"_s, u"book.pdf"_s, u"--json"_s}).array())
        QCOMPARE(page.toObject().value(u"attempts"_s).toInt(), 1);
    QCOMPARE(brokenRules(scene.database()), QByteArrayList());
}

void tst_Control::secondSignalQuitsAtOnce()
{
    const Scene scene;
    const QString book = scene.write(u"book.pdf"_s, SamplePdf::book(kLongBook, 1));
    const auto worker = scene.start({u"index"_s, u"--json"_s, book});
    QVERIFY(waitForEvent(*worker, isUnderWay));
    const auto leader = static_cast<pid_t>(worker->processId());
    // Two different signals: two equal ones may become one before the first is delivered.
    ::kill(leader, SIGINT);
    ::kill(leader, SIGTERM);
    const Finished stopped = Scene::finish(*worker, kAtOnceMs);
    QVERIFY2(!stopped.crashed && (stopped.exitCode == 128 + SIGTERM || stopped.exitCode == 128 + SIGINT),
             stopped.told().constData());
    QTRY_VERIFY(Scene::sessionMembers(leader).isEmpty());
    QCOMPARE(scene.run({u"resume"_s}).exitCode, 0);
    QCOMPARE(brokenRules(scene.database()), QByteArrayList());
}

// Ctrl+C reaches the helpers too.
void tst_Control::interruptOfTheWholeGroupCostsNoPage()
{
    const Scene scene;
    const QString book = scene.write(u"book.pdf"_s, SamplePdf::book(kLongBook, 1));
    const auto worker = scene.start({u"index"_s, u"--json"_s, book});
    QVERIFY(waitForEvent(*worker, isUnderWay));
    ::kill(-static_cast<pid_t>(worker->processId()), SIGINT);
    const Finished stopped = Scene::finish(*worker);
    QVERIFY2(!stopped.crashed && stopped.exitCode == 128 + SIGINT, stopped.told().constData());
    QCOMPARE(scene.documents().value(u"book.pdf"_s).value(u"pages_failed"_s).toInt(-1), 0);
    QCOMPARE(scene.run({u"resume"_s}).exitCode, 0);
    for (const QJsonValue page : scene.run({u"pages"_s, u"book.pdf"_s, u"--json"_s}).array())
        QCOMPARE(page.toObject().value(u"attempts"_s).toInt(), 1);
}

void tst_Control::removesAndRestores()
{
    const Scene scene;
    const QString book = scene.write(u"book.pdf"_s, SamplePdf::book(3, 1));
    QCOMPARE(scene.run({u"index"_s, book}).exitCode, 0);
    QCOMPARE(scene.run({u"restore"_s, u"book.pdf"_s}).exitCode, 1); // not in the trash
    QCOMPARE(scene.run({u"remove"_s, u"book.pdf"_s}).exitCode, 0);
    QVERIFY(scene.documents().isEmpty());
    QCOMPARE(scene.run({u"search"_s, u"farmers"_s, u"--json"_s}).array().size(), 0);
    QCOMPARE(scene.run({u"pages"_s, u"book.pdf"_s}).exitCode, 1);
    const QJsonObject status = scene.run({u"status"_s, u"--json"_s}).object();
    QCOMPARE(status.value(u"documents_total"_s).toInt(-1), 0);
    QCOMPARE(status.value(u"documents_in_trash"_s).toInt(), 1);
    QCOMPARE(scene.run({u"documents"_s, u"--trash"_s, u"--json"_s}).array().size(), 1);
    QVERIFY(QFile::exists(book));

    QCOMPARE(scene.run({u"restore"_s, u"book.pdf"_s}).exitCode, 0);
    QCOMPARE(stateOf(scene, u"book.pdf"_s), u"done"_s);
    QVERIFY(scene.run({u"search"_s, u"farmers"_s, u"--json"_s}).array().size() > 0);
}

void tst_Control::retriesWhatFailed()
{
    const Scene scene;
    const QString gap = scene.write(u"gap.pdf"_s, SamplePdf::make({"first", "second", {}}));
    QCOMPARE(scene.run({u"index"_s, gap}).exitCode, 3);
    const auto attempts = [&] {
        return scene.run({u"page"_s, u"gap.pdf"_s, u"3"_s, u"--json"_s})
            .object()
            .value(u"attempts"_s)
            .toInt();
    };
    const int before = attempts();
    const Finished retried = scene.run({u"retry"_s, u"--json"_s});
    QVERIFY2(retried.exitCode == 0 && retried.object().value(u"jobs"_s).toInt() == 1,
             retried.told().constData());
    QCOMPARE(stateOf(scene, u"gap.pdf"_s), u"indexing"_s); // its other pages are stored
    QCOMPARE(scene.run({u"resume"_s}).exitCode, 3);
    QVERIFY(attempts() >= before);
    const QJsonObject document = scene.documents().value(u"gap.pdf"_s);
    QCOMPARE(document.value(u"state"_s).toString(), u"done-with-failures"_s);
    QCOMPARE(document.value(u"pages_done"_s).toInt(), 2);
    QCOMPARE(document.value(u"pages_failed"_s).toInt(), 1);
    QCOMPARE(brokenRules(scene.database()), QByteArrayList());

    const QString book = scene.write(u"book.pdf"_s, SamplePdf::book(2, 1));
    const Scene well;
    QCOMPARE(well.run({u"index"_s, book}).exitCode, 0);
    QCOMPARE(well.run({u"retry"_s, u"--json"_s}).object().value(u"jobs"_s).toInt(-1), 0);
}

void tst_Control::knowsDuplicates()
{
    const Scene scene;
    QStringList paths;
    for (int copy = 0; copy < 6; ++copy) // at once, so that several are being read at the same time
        paths.append(scene.write(u"copies/%1.pdf"_s.arg(copy), SamplePdf::book(8, 1)));
    const Finished indexed = scene.run({u"index"_s, u"--json"_s, scene.file(u"copies"_s)});
    QVERIFY2(indexed.exitCode == 0, indexed.told().constData());
    QCOMPARE(indexed.events(u"finished"_s).value(0).value(u"documents_total"_s).toInt(), 1);
    const QJsonArray documents = scene.run({u"documents"_s, u"--json"_s}).array();
    QCOMPARE(documents.size(), 1);
    QStringList places;
    for (const QJsonValue place : documents.first().toObject().value(u"places"_s).toArray())
        places.append(place.toObject().value(u"path"_s).toString());
    places.sort();
    QCOMPARE(places, paths);
    QCOMPARE(brokenRules(scene.database()), QByteArrayList());
}

void tst_Control::noticesMovedAndChangedFiles()
{
    const Scene scene;
    const QString old = scene.write(u"old-name.pdf"_s, SamplePdf::book(3, 1));
    QCOMPARE(scene.run({u"index"_s, old}).exitCode, 0);
    const qint64 id = scene.documents().value(u"old-name.pdf"_s).value(u"id"_s).toInteger();

    // Moved: the same document, nothing is read again.
    const QString moved = scene.file(u"new-name.pdf"_s);
    QVERIFY(QFile::rename(old, moved));
    QCOMPARE(scene.run({u"index"_s, moved}).exitCode, 0);
    QCOMPARE(scene.run({u"documents"_s, u"--json"_s}).array().size(), 1);
    QCOMPARE(scene.run({u"verify"_s, u"--json"_s}).object().value(u"changes"_s).toInt(), 1);
    QHash<QString, bool> missing;
    const QJsonObject document = scene.run({u"documents"_s, u"--json"_s}).array().first().toObject();
    QCOMPARE(document.value(u"id"_s).toInteger(), id);
    for (const QJsonValue place : document.value(u"places"_s).toArray())
        missing.insert(place.toObject().value(u"path"_s).toString(),
                       place.toObject().value(u"missing"_s).toBool());
    QCOMPARE(missing, (QHash<QString, bool>{{old, true}, {moved, false}}));

    // Changed: a new version, under the same path.
    scene.write(u"new-name.pdf"_s, SamplePdf::make({"Something else altogether, about lighthouses."}));
    QCOMPARE(scene.run({u"verify"_s, u"--json"_s}).object().value(u"changes"_s).toInt(), 1);
    QCOMPARE(scene.run({u"resume"_s}).exitCode, 0);
    QCOMPARE(scene.run({u"search"_s, u"lighthouses"_s, u"--json"_s}).array().size(), 1);
    QCOMPARE(scene.run({u"page"_s, moved, u"1"_s, u"--json"_s})
                 .object()
                 .value(u"text"_s)
                 .toString()
                 .contains(u"lighthouses"_s),
             true);
    QCOMPARE(brokenRules(scene.database()), QByteArrayList());
}

void tst_Control::unlocks()
{
    const Corpus corpus = Corpus::find();
    if (corpus.isEmpty())
        QSKIP("LECTERN_CORPUS names no folder of test documents, and locked files are only there.");
    const Scene scene;
    const QString path = corpus.folder() + u"/pdf-locked/rc4-128-user.pdf"_s;
    QCOMPARE(scene.run({u"index"_s, path}).exitCode, 3);
    QCOMPARE(stateOf(scene, u"rc4-128-user.pdf"_s), u"needs-password"_s);

    const Finished none = scene.run({u"unlock"_s, u"rc4-128-user.pdf"_s});
    QVERIFY2(none.exitCode == 2, none.told().constData());
    const Finished wrong = scene.run({u"unlock"_s, u"rc4-128-user.pdf"_s, u"--json"_s}, "wrong\n");
    QVERIFY2(wrong.exitCode == 1, wrong.told().constData());
    QCOMPARE(wrong.events(u"error"_s).value(0).value(u"error"_s).toObject().value(u"code"_s).toString(),
             u"password_wrong"_s);
    QCOMPARE(stateOf(scene, u"rc4-128-user.pdf"_s), u"needs-password"_s);

    const QString file = scene.write(u"password"_s, "user\r\nsecond line\n");
    const Finished right = scene.run({u"unlock"_s, u"rc4-128-user.pdf"_s, u"--password-file"_s, file});
    QVERIFY2(right.exitCode == 0, right.told().constData());
    QVERIFY(scene.run({u"page"_s, u"rc4-128-user.pdf"_s, u"1"_s, u"--json"_s})
                .object()
                .value(u"text"_s)
                .toString()
                .contains(u"Hello"_s));
    QCOMPARE(scene.run({u"unlock"_s, u"rc4-128-user.pdf"_s}, "user\n").exitCode,
             1); // it waits for none any more
    QCOMPARE(brokenRules(scene.database()), QByteArrayList());
}

void tst_Control::triesThePasswordOnOthers()
{
    const Corpus corpus = Corpus::find();
    if (corpus.isEmpty())
        QSKIP("LECTERN_CORPUS names no folder of test documents, and locked files are only there.");
    const Scene scene;
    QFile locked(corpus.folder() + u"/pdf-locked/aes-256-r6.pdf"_s);
    QVERIFY(locked.open(QIODevice::ReadOnly));
    const QByteArray bytes = locked.readAll();
    scene.write(u"locked/one.pdf"_s, bytes);
    scene.write(u"locked/two.pdf"_s, bytes + "\n% another file, the same password\n");
    scene.write(u"locked/other.pdf"_s, [&] {
        QFile other(corpus.folder() + u"/pdf-locked/rc4-128-user.pdf"_s);
        return other.open(QIODevice::ReadOnly) ? other.readAll() : QByteArray();
    }());
    QCOMPARE(scene.run({u"index"_s, scene.file(u"locked"_s)}).exitCode, 3);
    const Finished unlocked = scene.run({u"unlock"_s, u"one.pdf"_s, u"--try-others"_s}, "usersecret\n");
    QVERIFY2(unlocked.exitCode == 0, unlocked.told().constData());
    QCOMPARE(stateOf(scene, u"one.pdf"_s), u"done"_s);
    QCOMPARE(stateOf(scene, u"two.pdf"_s), u"done"_s);
    QCOMPARE(stateOf(scene, u"other.pdf"_s), u"needs-password"_s);
}

QTEST_GUILESS_MAIN(tst_Control)
#include "tst_Control.moc"
