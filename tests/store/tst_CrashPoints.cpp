// SPDX-License-Identifier: GPL-3.0-or-later
#include "Fixture.h"
#include "base/CrashPoint.h"
#include "support/Strict.h"

#include <QFile>
#include <QProcess>
#include <QTest>

#include <cstring>

#include <csignal>
#include <unistd.h>

using namespace lectern;
using namespace lectern::store;
using domain::DocumentId;
using domain::Goal;
using domain::Job;
using domain::JobKind;

namespace {

QByteArray g_point;
int g_countdown = 0;

void killMyself(const char *point)
{
    if (std::strcmp(point, g_point.constData()) == 0 && --g_countdown == 0)
        ::kill(::getpid(), SIGKILL);
}

constexpr int kDocuments = 3;
constexpr int kPages = 4;

// A page so long that the log soon has to be emptied.
ExtractedPage longPage(DocumentId document, int number)
{
    ExtractedPage page = Fixture::extractedPage(document, number);
    page.content.text.text += QString(1'500'000, u'x');
    return page;
}

void say(const QString &line)
{
    QFile out;
    if (out.open(stdout, QIODevice::WriteOnly))
        out.write(line.toUtf8() + '\n');
}

// Takes what there is to do and does it, and says each thing that is on disk for certain.
int workAsChild(const QStringList &arguments)
{
    g_point = arguments.at(3).toUtf8();
    g_countdown = arguments.at(4).toInt();
    base::setCrashPointHandler(killMyself);
    const base::SystemClock clock;
    Database::Options options;
    options.folder = arguments.at(2);
    const auto database = Database::open(options, clock);
    if (!database)
        return 1;
    Writer &writer = (*database)->writer();
    const QString worker = QString::number(::getpid());
    const auto reader = support::must((*database)->openReader());
    // One process works here at a time, so every other worker is dead.
    for (const QString &other : support::must(JobQueue::workers(*reader)))
        support::must(writer.run([&](Transaction &t) { return JobQueue::rescue(t, other, false, 0); }));
    support::must(writer.run(
        [&](Transaction &t) { return JobQueue::registerWorker(t, worker, QStringLiteral("test"), 1); }));
    const auto run = support::must(writer.run(
        [&](Transaction &t) { return Library::createRun(t, Goal::Analysis, QStringLiteral("builtin")); }));
    for (int i = 0; i < kDocuments; ++i) {
        support::must(writer.run([&](Transaction &t) {
            return Library::addSource(t, {QStringLiteral("/%1.pdf").arg(i), 1, 1, run, Goal::Analysis});
        }));
        say(QStringLiteral("added %1").arg(i));
    }
    for (;;) {
        QVector<Job> jobs;
        for (const JobKind kind : {JobKind::Extract, JobKind::Analyze}) {
            jobs += support::must(writer.run([&](Transaction &t) {
                return JobQueue::claim(t, {domain::localLane(kind), worker, 2, clock.nowMs(), false});
            }));
        }
        if (jobs.isEmpty())
            break;
        for (const Job &job : jobs) {
            const auto lease = job.leaseToken();
            if (job.kind == JobKind::Analyze) {
                support::must(writer.run([&](Transaction &t) {
                    return Library::storeAnalysis(
                        t, lease, job.document, job.page, Fixture::answerKey(job.document, job.page),
                        QStringLiteral("builtin"), Fixture::analysis(QStringLiteral("t")));
                }));
                say(QStringLiteral("analysed %1/%2").arg(job.document.value).arg(job.page));
                continue;
            }
            support::must(writer.run([&](Transaction &t) -> base::Status {
                const auto fetched = Library::setFetched(
                    t, lease, job.document,
                    {Fixture::hashOf(QString::number(job.document.value)), 1, 1, domain::DocumentKind::Pdf});
                return fetched ? Library::setProbed(t, lease, job.document, {kPages, {}, {}, true})
                               : base::fail(fetched.error());
            }));
            for (const int number :
                 support::must(Library::pagesToExtract(*reader, job.document, 0, kPages))) {
                support::must(writer.run([&](Transaction &t) {
                    return Library::storePages(t, lease, job.document, {longPage(job.document, number)}, {});
                }));
                say(QStringLiteral("extracted %1/%2").arg(job.document.value).arg(number));
            }
            support::must(writer.run(
                [&](Transaction &t) { return Library::finishExtraction(t, lease, job.document); }));
        }
    }
    support::must(writer.run([&](Transaction &t) { return JobQueue::removeWorker(t, worker); }));
    return 0;
}

} // namespace

class tst_CrashPoints : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void nothingIsLostAndNothingDoneTwice_data();
    void nothingIsLostAndNothingDoneTwice();
};

void tst_CrashPoints::nothingIsLostAndNothingDoneTwice_data()
{
    QTest::addColumn<QString>("point");
    QTest::addColumn<int>("step");
    for (const char *point : {"before-begin", "after-begin", "before-commit", "after-commit",
                              "before-checkpoint", "after-checkpoint"}) {
        // Each life gets a little further than the one before, however short it is.
        for (const int step : {2, 5}) {
            if (QByteArray(point).contains("checkpoint") && step > 2)
                continue;
            QTest::addRow("%s, every %d", point, step) << QString::fromLatin1(point) << step;
        }
    }
}

void tst_CrashPoints::nothingIsLostAndNothingDoneTwice()
{
    QFETCH(QString, point);
    QFETCH(int, step);
    support::TemporaryWorkspace workspace;
    QMap<QString, int> said;
    int kills = 0;
    for (int life = 1;; ++life) {
        QVERIFY(life < 60);
        const int countdown = point.contains(QStringLiteral("checkpoint")) ? 1 + life / 2 : 10 + step * life;
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QCoreApplication::applicationFilePath(),
                      {QStringLiteral("--work"), workspace.folder(), point, QString::number(countdown)});
        QVERIFY(process.waitForFinished(60'000));
        for (const QByteArray &line : process.readAllStandardOutput().split('\n')) {
            if (!line.isEmpty())
                ++said[QString::fromUtf8(line)];
        }
        // What it said is on the disk, at once and whole.
        for (auto it = said.constBegin(); it != said.constEnd(); ++it) {
            const QStringList place = it.key().section(u' ', 1).split(u'/');
            const QString column = it.key().startsWith(QStringLiteral("analysed"))
                                       ? QStringLiteral("answer_id IS NOT NULL")
                                       : QStringLiteral("extracted_at > 0");
            if (place.size() == 2) {
                QCOMPARE(workspace.sqlite3(
                             QStringLiteral(
                                 "SELECT count(*) FROM page WHERE document_id = %1 AND number = %2 AND %3")
                                 .arg(place.at(0), place.at(1), column)),
                         QStringLiteral("1"));
            }
        }
        QCOMPARE(brokenInvariants(workspace.databaseFile()), QString());
        if (process.exitStatus() == QProcess::NormalExit) {
            QCOMPARE(process.exitCode(), 0);
            break;
        }
        ++kills;
    }
    QVERIFY(kills > 0);
    for (auto it = said.constBegin(); it != said.constEnd(); ++it) {
        if (!it.key().startsWith(QStringLiteral("added")))
            QVERIFY2(it.value() == 1, qPrintable(it.key())); // what was on disk is never done again
    }
    QCOMPARE(
        workspace.sqlite3(QStringLiteral("SELECT count(*), sum(state = 10), sum(pages_done) FROM document")),
        QStringLiteral("%1|%1|%2").arg(kDocuments).arg(kDocuments * kPages));
    QCOMPARE(workspace.sqlite3(QStringLiteral("SELECT count(*) FROM job WHERE state < 10")),
             QStringLiteral("0"));
    QCOMPARE(workspace.sqlite3(QStringLiteral("SELECT count(*) FROM answer")),
             QString::number(kDocuments * kPages));
    QCOMPARE(workspace.sqlite3(QStringLiteral("SELECT count(*), count(DISTINCT page_id) FROM page_text")),
             QStringLiteral("%1|%1").arg(kDocuments * kPages));
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == QStringLiteral("--work"))
        return workAsChild(application.arguments());
    tst_CrashPoints test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_CrashPoints.moc"
