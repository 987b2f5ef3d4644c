// SPDX-License-Identifier: GPL-3.0-or-later
#include "SamplePdf.h"
#include "Scene.h"
#include "Snapshot.h"
#include "Sqlite.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QFile>
#include <QHash>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace lectern::e2e;

/// Two programs on one workspace at the same time.
class tst_TwoProcesses : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shareTheWork();
    void seeEachOther();

private:
    static void fill(const Scene &scene, const QString &folder);
};

namespace {

constexpr int kDocuments = 24;
constexpr int kPages = 25;
constexpr double kSmallestShare = 0.2;
constexpr int kLongestDelayMs = 1'000;

/// When each document was first seen in each state, in milliseconds; read from an event stream as it comes.
class Arrivals {
public:
    Arrivals(QProcess &process, const QElapsedTimer &clock) : m_process(process), m_clock(clock) {}

    void read()
    {
        m_pending += m_process.readAllStandardOutput();
        for (qsizetype end = m_pending.indexOf('\n'); end >= 0; end = m_pending.indexOf('\n')) {
            const QJsonObject event = QJsonDocument::fromJson(m_pending.left(end)).object();
            m_pending.remove(0, end + 1);
            if (event.value(u"event"_s) == u"document"_s && event.value(u"state"_s) == u"done"_s)
                m_doneAt.insert(event.value(u"id"_s).toInteger(), m_clock.elapsed());
        }
    }
    [[nodiscard]] const QHash<qint64, qint64> &doneAt() const { return m_doneAt; }

private:
    QProcess &m_process;
    const QElapsedTimer &m_clock;
    QByteArray m_pending;
    QHash<qint64, qint64> m_doneAt;
};

} // namespace

void tst_TwoProcesses::fill(const Scene &scene, const QString &folder)
{
    for (int number = 1; number <= kDocuments; ++number)
        scene.write(u"%1/%2.pdf"_s.arg(folder).arg(number), SamplePdf::book(kPages, number));
    const Finished filled = scene.run({u"index"_s, u"--no-wait"_s, scene.file(folder)});
    QVERIFY2(filled.exitCode == 0, filled.told().constData());
}

void tst_TwoProcesses::shareTheWork()
{
    Scene alone;
    fill(alone, u"books"_s);
    QCOMPARE(alone.run({u"resume"_s}).exitCode, 0);

    Scene scene;
    fill(scene, u"books"_s);
    scene.setProgram(QStringLiteral(LECTERN_CRASHING_CLI)); // it counts the jobs it runs
    QList<QString> counts;
    std::vector<std::unique_ptr<QProcess>> programs;
    for (const auto &name : {u"first"_s, u"second"_s}) {
        counts.append(scene.file(name));
        scene.setEnvironment(u"LECTERN_COUNT_IN"_s, counts.last());
        programs.push_back(scene.start({u"--jobs"_s, u"1"_s, u"resume"_s}));
    }
    for (const auto &program : programs) {
        const Finished finished = Scene::finish(*program);
        QVERIFY2(!finished.crashed && finished.exitCode == 0, finished.told().constData());
    }

    QList<int> shares;
    for (const QString &path : counts) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        shares.append(file.readAll().toInt());
    }
    const int jobs = kDocuments * (kPages + 1);
    qInfo("%d jobs: %d and %d", jobs, shares.at(0), shares.at(1));
    QCOMPARE(shares.at(0) + shares.at(1), jobs); // none run twice, none left out
    for (const int share : shares)
        QVERIFY2(share >= kSmallestShare * jobs, qPrintable(u"only %1 of %2"_s.arg(share).arg(jobs)));

    QCOMPARE(Sqlite::value(scene.database(), "SELECT count(*) FROM job"), QByteArray::number(jobs));
    QCOMPARE(Sqlite::value(scene.database(), "SELECT count(*) FROM job WHERE lease <> 1"), QByteArray("0"));
    const QByteArrayList broken = brokenRules(scene.database());
    QVERIFY2(broken.isEmpty(), broken.join('\n').constData());
    QCOMPARE(Sqlite::value(scene.database(), "SELECT count(*) FROM page WHERE state = 2"),
             QByteArray::number(kDocuments * kPages));
    const auto texts =
        "SELECT sha256, number, text, result FROM page JOIN document ON document.id = document_id "
        "JOIN page_text ON page_id = page.id JOIN answer ON answer.id = answer_id ORDER BY 1, 2";
    QCOMPARE(Sqlite::rows(scene.database(), texts), Sqlite::rows(alone.database(), texts));
}

void tst_TwoProcesses::seeEachOther()
{
    Scene scene;
    fill(scene, u"books"_s);
    QElapsedTimer clock;
    clock.start();
    const auto first = scene.start({u"--jobs"_s, u"1"_s, u"--json"_s, u"resume"_s});
    const auto second = scene.start({u"--jobs"_s, u"1"_s, u"--json"_s, u"resume"_s});
    Arrivals atFirst(*first, clock);
    Arrivals atSecond(*second, clock);
    const QDeadlineTimer deadline(120'000);
    while ((first->state() != QProcess::NotRunning || second->state() != QProcess::NotRunning) &&
           !deadline.hasExpired()) {
        for (QProcess *process : {first.get(), second.get()}) {
            if (process->state() != QProcess::NotRunning)
                process->waitForReadyRead(10);
        }
        atFirst.read();
        atSecond.read();
    }
    QCOMPARE(Scene::finish(*first).exitCode, 0);
    QCOMPARE(Scene::finish(*second).exitCode, 0);
    atFirst.read();
    atSecond.read();

    qint64 longest = 0;
    int compared = 0;
    for (auto seen = atFirst.doneAt().cbegin(); seen != atFirst.doneAt().cend(); ++seen) {
        if (!atSecond.doneAt().contains(seen.key()))
            continue; // it was done before the other had started
        longest = std::max(longest, qAbs(atSecond.doneAt().value(seen.key()) - seen.value()));
        ++compared;
    }
    qInfo("%d documents; the longest time between both programs' news is %lld ms", compared,
          static_cast<long long>(longest));
    QVERIFY(compared >= kDocuments / 2);
    QVERIFY(longest < kLongestDelayMs);
}

QTEST_GUILESS_MAIN(tst_TwoProcesses)
#include "tst_TwoProcesses.moc"
