// SPDX-License-Identifier: GPL-3.0-or-later
#include "Corpus.h"
#include "Scene.h"
#include "Snapshot.h"
#include "Sqlite.h"

#include <QElapsedTimer>
#include <QHash>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <random>

using namespace Qt::StringLiterals;
using namespace lectern::e2e;

/// SIGKILL at random moments of a run over the whole corpus; nothing may be lost, and nothing done twice.
/// LECTERN_KILL_SEED repeats a run, as far as the machine's timing does.
class tst_Kill : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void anyMoment();

private:
    /// What was on disk when the program was killed.
    struct Stored {
        QByteArray id;
        QByteArray extractedAt;
        QByteArray doneAt;
    };
    using Pages = QHash<QByteArray, Stored>; ///< by document and number

    /// Kills one program after another until one gets to its end. Adds to m_kills.
    void killUntilDone(std::mt19937 &random, Scene &scene);
    void examineRemains(const Scene &scene, Pages &pages);
    void examineLeases(const Scene &scene);

    Corpus m_corpus;
    QStringList m_hanging;
    QStringList m_index;     ///< the command for the whole corpus
    int m_longestLifeMs = 0; ///< of a program at work, so that the kills are spread over a whole run
    Snapshot m_undisturbedBySqlite;
    Snapshot m_undisturbedByProgram;
    QHash<QByteArray, QSet<QByteArray>>
        m_inFlight; ///< the leases under which each job was in flight at a kill
    int m_kills = 0;
};

namespace {

constexpr int kKills = 50;
constexpr int kShortestLifeMs = 20;
constexpr int kShortestLongestLifeMs = 500;
constexpr int kStartMs = 30'000;

// Three documents never end; with the default limit the test would take minutes.
const QStringList kLimits{u"--page-time-limit"_s, u"2"_s};

} // namespace

void tst_Kill::initTestCase()
{
    m_corpus = Corpus::find();
    if (m_corpus.isEmpty())
        QSKIP("LECTERN_CORPUS names no folder of test documents with an expected.tsv.");
    for (const Corpus::Row &row : m_corpus.rows()) {
        if (row.mayHang)
            m_hanging.append(row.path);
        else
            m_index.append(m_corpus.absolute(row));
    }
    // Those come last: each kill makes them start again, and they would hold up everything behind them.
    m_index = QStringList{u"index"_s} + m_index + m_corpus.absolute(m_hanging);
    const Scene scene;
    QElapsedTimer timer;
    timer.start();
    const Finished finished = scene.run(kLimits + QStringList{u"--quiet"_s} + m_index);
    m_longestLifeMs =
        static_cast<int>(std::max<qint64>(kShortestLongestLifeMs, timer.elapsed() / (kKills / 2)));
    QVERIFY2(finished.exitCode == 3, finished.told().constData());
    m_undisturbedBySqlite = Snapshot::bySqlite(scene.database(), m_hanging);
    m_undisturbedByProgram = Snapshot::byProgram(scene, m_hanging);
    QVERIFY(m_undisturbedByProgram.lines().size() > 1'000);
}

void tst_Kill::anyMoment()
{
    bool given = false;
    unsigned seed = qEnvironmentVariable("LECTERN_KILL_SEED").toUInt(&given);
    if (!given)
        seed = std::random_device()();
    qInfo("LECTERN_KILL_SEED=%u", seed);
    std::mt19937 random(seed);

    int rounds = 0;
    while (m_kills < kKills) {
        Scene scene;
        m_inFlight.clear();
        ++rounds;
        killUntilDone(random, scene);
        if (QTest::currentTestFailed())
            return;
        examineLeases(scene);
        const QByteArrayList broken = brokenRules(scene.database());
        QVERIFY2(broken.isEmpty(), broken.join('\n').constData());
        QCOMPARE(Snapshot::bySqlite(scene.database(), m_hanging).differenceTo(m_undisturbedBySqlite),
                 QByteArray());
        QCOMPARE(Snapshot::byProgram(scene, m_hanging).differenceTo(m_undisturbedByProgram), QByteArray());
        QCOMPARE(Sqlite::value(scene.database(), "SELECT count(*) FROM worker"), QByteArray("0"));
    }
    qInfo("%d kills in %d runs over the corpus", m_kills, rounds);
}

void tst_Kill::killUntilDone(std::mt19937 &random, Scene &scene)
{
    std::uniform_int_distribution<int> life(kShortestLifeMs, m_longestLifeMs);
    std::bernoulli_distribution atStart(0.25);
    Pages pages;
    bool added = false;
    while (true) {
        // Until one program said that every file has its row, each next one adds them again.
        const QStringList command = added ? QStringList{u"resume"_s} : m_index;
        const auto process = scene.start(kLimits + QStringList{u"--json"_s} + command);
        QVERIFY(process->waitForStarted());
        const qint64 leader = process->processId();
        // One in four is killed while it starts and takes over what its predecessor left, the others while
        // they work.
        if (!atStart(random))
            process->waitForReadyRead(kStartMs);
        // After enough kills the last program is left alone.
        const bool ended = process->waitForFinished(m_kills < kKills ? life(random) : 300'000);
        if (!ended)
            ::kill(static_cast<pid_t>(leader), SIGKILL);
        const Finished finished = Scene::finish(*process);
        added = added || !finished.events(u"added"_s).isEmpty();
        QTRY_VERIFY2(Scene::sessionMembers(leader).isEmpty(), "a helper outlived its program");
        if (!finished.crashed) {
            QVERIFY2(finished.exitCode == 3, finished.told().constData());
            return;
        }
        ++m_kills;
        examineRemains(scene, pages);
        if (QTest::currentTestFailed())
            return;
    }
}

void tst_Kill::examineRemains(const Scene &scene, Pages &pages)
{
    const QString copy = Sqlite::copyOf(scene.database(), scene.file(u"copy"_s));
    if (Sqlite::value(copy, "SELECT count(*) FROM sqlite_schema") == "0")
        return; // killed before there was a workspace
    QCOMPARE(Sqlite::value(copy, "PRAGMA integrity_check"), QByteArray("ok"));
    for (const QByteArrayList &row : Sqlite::rows(copy, "SELECT id, lease FROM job WHERE state = 5"))
        m_inFlight[row.at(0)].insert(row.at(1)); // two kills may come before anybody claims it again

    // What was stored once is never read or analysed again: it keeps its row and its times.
    Pages now;
    const auto rows = Sqlite::rows(
        copy,
        "SELECT document_id || '/' || number, id, extracted_at, done_at FROM page WHERE state IN (1, 2)");
    for (const QByteArrayList &row : rows)
        now.insert(row.at(0), {row.at(1), row.at(2), row.at(3)});
    for (auto page = pages.cbegin(); page != pages.cend(); ++page) {
        QVERIFY2(now.contains(page.key()), page.key().constData());
        const Stored stored = now.value(page.key());
        QCOMPARE(stored.id, page->id);
        QCOMPARE(stored.extractedAt, page->extractedAt);
        if (page->doneAt != "0")
            QCOMPARE(stored.doneAt, page->doneAt);
    }
    pages = now;
}

// Each claim raises a job's lease by one. So a lease above one means as many claims that came to nothing, and
// each of them must have been in flight at a kill.
void tst_Kill::examineLeases(const Scene &scene)
{
    int repeated = 0;
    for (const QByteArrayList &row :
         Sqlite::rows(scene.database(), "SELECT id, lease, kind FROM job WHERE kind = 2 AND lease > 0")) {
        const int again = row.at(1).toInt() - 1;
        QVERIFY2(again == m_inFlight.value(row.at(0)).size(),
                 qPrintable(u"job %1 was claimed %2 times again, but was in flight at %3 kills"_s
                                .arg(QString::fromLatin1(row.at(0)))
                                .arg(again)
                                .arg(m_inFlight.value(row.at(0)).size())));
        repeated += again;
    }
    qInfo("%d page analyses were in flight at a kill and done again", repeated);
}

QTEST_GUILESS_MAIN(tst_Kill)
#include "tst_Kill.moc"
