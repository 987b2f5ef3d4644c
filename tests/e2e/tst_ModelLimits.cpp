// SPDX-License-Identifier: GPL-3.0-or-later
// What holds requests back: a server that wants to be left alone, and caps that two programs share.
#include "ModelScene.h"
#include "Sqlite.h"
#include "domain/Money.h"
#include "servers/ModelFixtures.h"
#include "servers/ModelServer.h"

#include <QDateTime>
#include <QHash>
#include <QTest>

#include <algorithm>
#include <random>

using namespace Qt::StringLiterals;
using namespace lectern::e2e;
using namespace lectern::servers;
using lectern::domain::Money;

namespace {

qint64 momentOf(const QJsonValue &text)
{
    return QDateTime::fromString(text.toString(), Qt::ISODateWithMs).toMSecsSinceEpoch();
}

} // namespace

class tst_ModelLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (!ModelServer::isInstalled())
            QSKIP("The third-party model servers are not installed (npm is missing).");
    }
    void nothingBut429();
    void twoProgramsKeepTheCap();
};

// Twelve times the server says no, and each time it wants two seconds of peace. A second program would show
// what is going on; so do the lists of lectern-cli.
void tst_ModelLimits::nothingBut429()
{
    constexpr int kPages = 12;
    constexpr int kRefusals = 10;
    constexpr int kRetryAfterMs = 3'000;
    constexpr int kOnItsWayMs = 2'000; ///< what was sent before the refusal was read
    constexpr int kAtOnce = 4;
    QJsonArray fixtures;
    for (int i = 0; i < kRefusals; ++i)
        fixtures.append(
            failing(429, {{u"message"_s, u"Rate limit reached"_s}, {u"code"_s, u"rate_limit_exceeded"_s}},
                    kRetryAfterMs / 1'000, {{u"sequenceIndex"_s, i}}));
    fixtures.append(answering(pageAnswer(), usage(3'000, 50)));
    ModelScene place(kPages);
    const ModelServer server(ModelServer::Program::AiMock,
                             place.scene().write(u"fixtures.json"_s, aiMockFile(fixtures)));
    QVERIFY2(server.error().isEmpty(), qPrintable(server.error()));
    QCOMPARE(place.addEndpoint(server.address(), {u"--concurrency"_s, QString::number(kAtOnce)}).exitCode, 0);

    const auto program = place.scene().start(place.indexing());
    int waits = 0;
    while (!program->waitForFinished(100) && program->state() == QProcess::Running) {
        // However often it was refused: no attempt is used up by that.
        QCOMPARE(place.value("SELECT coalesce(max(attempt), 0) FROM job WHERE kind = 2 AND state IN (0, 1)"),
                 QByteArray("0"));
        if (place.value("SELECT count(*) FROM usage WHERE outcome = 'rate_limited'") == "0")
            continue;
        const qint64 askedAt = QDateTime::currentMSecsSinceEpoch();
        const QJsonObject status = place.scene().run({u"status"_s, u"--json"_s}).object();
        for (const QJsonValue value : status.value(u"waiting"_s).toArray()) {
            const QJsonObject group = value.toObject();
            if (group.value(u"error"_s).toObject().value(u"code"_s) != u"rate_limited"_s)
                continue;
            ++waits;
            // The server's own time, counted from its last word.
            const qint64 until = momentOf(group.value(u"until"_s));
            const qint64 now = QDateTime::currentMSecsSinceEpoch();
            QVERIFY2(until > askedAt - 5'000 && until <= now + kRetryAfterMs,
                     qPrintable(u"until %1, asked at %2, told at %3"_s.arg(until).arg(askedAt).arg(now)));
        }
    }
    const Finished finished = Scene::finish(*program);
    QVERIFY2(finished.exitCode == 0, finished.told().constData());
    QVERIFY2(waits > 0, "nobody was told what is waited for");

    const QJsonArray journal = server.journal();
    QCOMPARE(journal.size(), kPages + kRefusals);
    qint64 refusedAt = 0;
    for (const QJsonValue entry : journal) {
        const qint64 at = entry[u"timestamp"_s].toInteger();
        // What was on its way when the server spoke comes in soon; then there is silence.
        const qint64 since = at - refusedAt;
        QVERIFY2(since < kOnItsWayMs || since >= kRetryAfterMs,
                 qPrintable(u"asked again %1 ms after a refusal"_s.arg(since)));
        if (entry[u"response"_s][u"status"_s].toInt() == 429)
            refusedAt = at;
    }
    QCOMPARE(place.value("SELECT count(*) FROM page WHERE state = 2"), QByteArray::number(kPages));
    QCOMPARE(place.value("SELECT max(attempt) FROM job WHERE kind = 2"), QByteArray("1"));
    const QJsonObject total = place.total();
    QCOMPARE(total.value(u"requests"_s).toInt(), kPages + kRefusals);
    QCOMPARE(total.value(u"failed"_s).toObject().value(u"requests"_s).toInt(), kRefusals);
    QCOMPARE(total.value(u"spent_usd"_s).toString(), u"0.039"_s); // 12 × 0.00325
    QCOMPARE(place.value("SELECT sum(reserved) FROM account"), QByteArray("0"));
}

// Sixty-four at once between two programs, each page with a price of its own. A third one looks at the books
// all the time.
void tst_ModelLimits::twoProgramsKeepTheCap()
{
    constexpr int kPages = 240;
    constexpr int kAtOnce = 64;
    const QString cap = u"1.25"_s; // the bill is about half as much again
    std::mt19937 random(7);
    std::uniform_int_distribution<int> in(1'500, 4'500);
    std::uniform_int_distribution<int> out(10, 1'900);
    qint64 bill = 0; // in millionths of a dollar
    const QJsonArray fixtures = ModelScene::answersByPage(
        kPages,
        [&](int) {
            const int tokensIn = in(random);
            const int tokensOut = out(random);
            bill += tokensIn + 5 * tokensOut;
            return usage(tokensIn, tokensOut);
        },
        40);
    ModelScene place(kPages);
    const ModelServer server(ModelServer::Program::AiMock,
                             place.scene().write(u"fixtures.json"_s, aiMockFile(fixtures)));
    QVERIFY2(server.error().isEmpty(), qPrintable(server.error()));
    QCOMPARE(place.addEndpoint(server.address(), {u"--concurrency"_s, QString::number(kAtOnce)}).exitCode, 0);
    // Read before, so that both have work from the start.
    QCOMPARE(place.scene().run({u"index"_s, u"--only"_s, u"extract"_s, place.book()}).exitCode, 0);

    qint64 most = 0;
    int mostInFlight = 0;
    int looks = 0;
    const auto watch = [&](const QVector<QProcess *> &programs) {
        const auto runs = [](QProcess *program) {
            program->waitForFinished(5);
            return program->state() != QProcess::NotRunning;
        };
        while (std::count_if(programs.cbegin(), programs.cend(), runs) > 0) {
            const auto rows = Sqlite::rows(
                place.scene().database(),
                "SELECT account.spent, account.reserved, run.cap, (SELECT sum(spent) FROM usage WHERE run_id "
                "= run.id), "
                "(SELECT total(reserved) FROM usage WHERE run_id = run.id AND state = 0), "
                "(SELECT count(*) FROM usage WHERE state = 0) "
                "FROM run JOIN account ON account.scope = 'run:' || run.id WHERE run.cap IS NOT NULL");
            if (rows.isEmpty())
                continue;
            ++looks;
            const QByteArrayList &row = rows.first();
            const qint64 spent = row.at(0).toLongLong();
            const qint64 reserved = row.at(1).toLongLong();
            QVERIFY2(spent + reserved <= row.at(2).toLongLong(), row.join(' ').constData());
            QCOMPARE(row.at(3).toLongLong(), spent);
            QCOMPARE(static_cast<qint64>(row.at(4).toDouble()), reserved);
            most = std::max(most, spent + reserved);
            mostInFlight = std::max(mostInFlight, row.at(5).toInt());
        }
    };
    const auto first = place.scene().start(place.indexing({u"--cap"_s, cap}));
    while (place.value("SELECT count(*) FROM usage") == "0" && !first->waitForFinished(10)) {
    }
    const auto second = place.scene().start({u"resume"_s, u"--json"_s});
    watch({first.get(), second.get()});
    for (QProcess *program : {first.get(), second.get()}) {
        const Finished held = Scene::finish(*program);
        QVERIFY2(held.exitCode == 4, held.told().constData());
        const QJsonObject reason = held.events(u"finished"_s).value(0).value(u"waits_for"_s).toObject();
        QCOMPARE(reason.value(u"code"_s).toString(), u"budget_reached"_s);
        QVERIFY(reason.value(u"detail"_s).toString().startsWith(u"run:"_s));
    }
    QVERIFY2(looks >= 10, qPrintable(QString::number(looks)));
    QVERIFY2(mostInFlight > kAtOnce / 2 && mostInFlight <= kAtOnce,
             qPrintable(QString::number(mostInFlight)));
    qInfo("%d looks: at most %s of %s, %d in flight", looks, qPrintable(Money{most}.toDecimal()),
          qPrintable(cap), mostInFlight);

    // Held, and said so: every page that is left, until somebody raises it.
    const int done = place.value("SELECT count(*) FROM page WHERE state = 2").toInt();
    QVERIFY(done > 0 && done < kPages);
    const QJsonArray waiting =
        place.scene().run({u"status"_s, u"--json"_s}).object().value(u"waiting"_s).toArray();
    QCOMPARE(waiting.size(), 1);
    QCOMPARE(waiting[0][u"error"_s][u"code"_s].toString(), u"budget_reached"_s);
    QCOMPARE(waiting[0][u"jobs"_s].toInt(), kPages - done);
    QVERIFY(waiting[0][u"until"_s].isNull());
    QCOMPARE(place.value("SELECT sum(reserved) FROM account"), QByteArray("0"));
    QCOMPARE(place.value("SELECT max(attempt) FROM job WHERE kind = 2 AND state = 1"), QByteArray("0"));

    // Raised, it goes on to the last page, and the bill is what the server says.
    const QString run = QString::fromLatin1(place.value("SELECT id FROM run WHERE cap IS NOT NULL"));
    QCOMPARE(place.scene().run({u"budget"_s, u"--run"_s, run, u"--cap"_s, u"5"_s}).exitCode, 0);
    const auto third = place.scene().start({u"resume"_s, u"--json"_s});
    const auto fourth = place.scene().start({u"resume"_s, u"--json"_s});
    watch({third.get(), fourth.get()});
    for (QProcess *program : {third.get(), fourth.get()}) {
        const Finished finished = Scene::finish(*program);
        QVERIFY2(finished.exitCode == 0, finished.told().constData());
    }
    QHash<int, int> seen;
    for (const QJsonValue entry : server.journal())
        ++seen[ModelScene::pageOf(entry.toObject())];
    QCOMPARE(seen.size(), kPages);
    QVERIFY(std::all_of(seen.cbegin(), seen.cend(), [](int times) { return times == 1; }));
    const QJsonObject total = place.total();
    QCOMPARE(total.value(u"requests"_s).toInt(), kPages);
    QCOMPARE(total.value(u"spent_usd"_s).toString(), (Money{bill * 1'000'000}.toDecimal()));
}

QTEST_GUILESS_MAIN(tst_ModelLimits)
#include "tst_ModelLimits.moc"
