// SPDX-License-Identifier: GPL-3.0-or-later
#include "SamplePdf.h"
#include "Scene.h"
#include "Snapshot.h"
#include "Sqlite.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace lectern::e2e;

/// The program dies at the moments at which that would be worst, each named in the code by
/// base::crashPoint(). The next program must come to what an undisturbed one comes to.
class tst_CrashPoints : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyPointIsTested();
    void point_data();
    void point();

private:
    struct Set {
        QStringList files;
        Snapshot undisturbed;
        int exitCode = -1;
    };
    Set makeSet(const QString &name, const QList<std::pair<QString, QByteArray>> &files);

    Scene m_files; ///< where the documents are
    Set m_small;
    Set m_large; ///< enough to make the log grow until it has to be checkpointed
};

namespace {

struct Point {
    const char *name;
    QList<int> counts; ///< die when it is passed so often
    bool large = false;
};

const QList<Point> &points()
{
    static const QList<Point> all = {
        {"migration-before-step", {1}},  {"migration-mid-step", {1, 12}},  {"migration-after-step", {1}},
        {"before-begin", {1, 4, 7}},     {"after-begin", {2, 5, 9}},       {"before-commit", {1, 3, 6, 10}},
        {"after-commit", {1, 3, 6, 10}}, {"after-claim", {1, 3}},          {"before-work", {1, 4, 15}},
        {"after-work", {1, 4, 15}},      {"before-checkpoint", {1}, true}, {"after-checkpoint", {1}, true},
    };
    return all;
}

} // namespace

tst_CrashPoints::Set tst_CrashPoints::makeSet(const QString &name,
                                              const QList<std::pair<QString, QByteArray>> &files)
{
    Set set;
    for (const auto &[file, content] : files)
        set.files.append(m_files.write(name + u'/' + file, content));
    const Scene scene;
    set.exitCode = scene.run(QStringList{u"index"_s, u"--quiet"_s} + set.files).exitCode;
    set.undisturbed = Snapshot::bySqlite(scene.database());
    return set;
}

void tst_CrashPoints::initTestCase()
{
    m_small = makeSet(u"small"_s, {{u"one.pdf"_s, SamplePdf::book(12, 1)},
                                   {u"two.pdf"_s, SamplePdf::book(5, 2)},
                                   {u"same-as-one.pdf"_s, SamplePdf::book(12, 1)},
                                   {u"gap.pdf"_s, SamplePdf::make({"first page", "second page", {}})},
                                   {u"broken.pdf"_s, "%PDF-1.4\nnothing else"},
                                   {u"notes.txt"_s, "not a PDF"}});
    QCOMPARE(m_small.exitCode, 3);
    m_large = makeSet(u"large"_s, {{u"large.pdf"_s, SamplePdf::book(500, 3, 48)}});
    QCOMPARE(m_large.exitCode, 0);
}

// A point that somebody adds to the code has to be added here too.
void tst_CrashPoints::everyPointIsTested()
{
    QProcess grep;
    grep.start(u"grep"_s,
               {u"-rhoE"_s, u"crashPoint\\(\"[a-z-]+\"\\)"_s, QStringLiteral(LECTERN_SOURCE_DIR "/src")});
    QVERIFY(grep.waitForFinished());
    QSet<QByteArray> inCode;
    for (const QByteArray &match : grep.readAllStandardOutput().split('\n')) {
        if (!match.isEmpty())
            inCode.insert(match.split('"').at(1));
    }
    QSet<QByteArray> tested;
    for (const Point &point : points())
        tested.insert(point.name);
    QVERIFY(!inCode.isEmpty());
    QCOMPARE(tested, inCode);
}

void tst_CrashPoints::point_data()
{
    QTest::addColumn<QString>("where");
    QTest::addColumn<bool>("large");
    for (const Point &point : points()) {
        for (const int count : point.counts)
            QTest::addRow("%s, time %d", point.name, count)
                << u"%1:%2"_s.arg(QLatin1String(point.name)).arg(count) << point.large;
    }
}

void tst_CrashPoints::point()
{
    QFETCH(QString, where);
    QFETCH(bool, large);
    const Set &set = large ? m_large : m_small;
    const QStringList index = QStringList{u"index"_s, u"--quiet"_s} + set.files;

    Scene scene;
    scene.setProgram(QStringLiteral(LECTERN_CRASHING_CLI));
    scene.setEnvironment(u"LECTERN_CRASH_AT"_s, where);
    const Finished killed = scene.run(index);
    QVERIFY2(killed.crashed, killed.told().constData()); // else it never came there
    if (QFile::exists(scene.database())) {
        const QString copy = Sqlite::copyOf(scene.database(), scene.file(u"copy"_s));
        QCOMPARE(Sqlite::value(copy, "PRAGMA integrity_check"), QByteArray("ok"));
    }

    scene.unsetEnvironment(u"LECTERN_CRASH_AT"_s);
    const Finished resumed = scene.run(index);
    QVERIFY2(!resumed.crashed && resumed.exitCode == set.exitCode, resumed.told().constData());
    const QByteArrayList broken = brokenRules(scene.database());
    QVERIFY2(broken.isEmpty(), broken.join('\n').constData());
    QCOMPARE(Snapshot::bySqlite(scene.database()).differenceTo(set.undisturbed), QByteArray());
    QCOMPARE(Sqlite::value(scene.database(), "SELECT count(*) FROM worker"), QByteArray("0"));
}

QTEST_GUILESS_MAIN(tst_CrashPoints)
#include "tst_CrashPoints.moc"
