// SPDX-License-Identifier: GPL-3.0-or-later
// Pages through a model of a third-party server, and the books compared with the server's own journal.
#include "SamplePdf.h"
#include "Scene.h"
#include "Sqlite.h"
#include "net/HttpClient.h"
#include "servers/ModelServer.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

#include <csignal>
#include <random>

using namespace Qt::StringLiterals;
using namespace lectern::e2e;
using lectern::servers::ModelServer;

namespace {

constexpr int kPages = 24;
constexpr int kTokensIn = 3'000;
constexpr int kTokensOut = 50;
const QString kModel = u"mock/gpt-4"_s;
const QByteArray kKey = "sk-test-0123456789abcdefXYZ";

QJsonObject answer(int latencyMs = 0)
{
    const QJsonObject analysis{{u"title"_s, u"A page"_s},
                               {u"summary"_s, u"It says something."_s},
                               {u"key_phrases"_s, QJsonArray{u"page"_s}},
                               {u"entities"_s, QJsonArray()},
                               {u"language"_s, u"en"_s}};
    QJsonObject fixture{
        {u"match"_s, QJsonObject{{u"endpoint"_s, u"chat"_s}}},
        {u"response"_s, QJsonObject{{u"content"_s, QString::fromUtf8(QJsonDocument(analysis).toJson(
                                                       QJsonDocument::Compact))},
                                    {u"usage"_s, QJsonObject{{u"prompt_tokens"_s, kTokensIn},
                                                             {u"completion_tokens"_s, kTokensOut},
                                                             {u"total_tokens"_s, kTokensIn + kTokensOut}}}}}};
    if (latencyMs > 0)
        fixture.insert(u"latency"_s, latencyMs);
    return fixture;
}

/// Answers the first request so.
QJsonObject refusal(int status, int retryAfterSeconds)
{
    return {{u"match"_s, QJsonObject{{u"endpoint"_s, u"chat"_s}, {u"sequenceIndex"_s, 0}}},
            {u"response"_s, QJsonObject{{u"error"_s, QJsonObject{{u"message"_s, u"Rate limit reached"_s},
                                                                 {u"code"_s, u"rate_limit_exceeded"_s}}},
                                        {u"status"_s, status},
                                        {u"retryAfter"_s, retryAfterSeconds}}}};
}

QByteArray fixtures(const QJsonArray &list)
{
    return QJsonDocument(QJsonObject{{u"fixtures"_s, list}}).toJson();
}

/// A workspace with prices of its own, a book, and a server.
class Place {
public:
    explicit Place(const QByteArray &serverFixtures = fixtures({answer()}), const QString &keys = {})
        : m_server(ModelServer::Program::AiMock, m_scene.write(u"fixtures.json"_s, serverFixtures), {}, keys)
    {
        m_scene.setEnvironment(u"XDG_CONFIG_HOME"_s, m_scene.file(u"config"_s));
        m_scene.unsetEnvironment(u"OPENAI_API_KEY"_s);
        m_scene.unsetEnvironment(u"OPENAI_BASE_URL"_s);
        m_scene.unsetEnvironment(u"OPENROUTER_API_KEY"_s);
        QDir().mkpath(m_scene.file(u"config/lectern"_s));
        // 1 and 5 dollars for a million tokens: a request costs 0.003 + 0.00025.
        const QJsonObject price{
            {u"id"_s, kModel}, {u"inputCostPer1M"_s, 1}, {u"outputCostPer1M"_s, 5}, {u"vision"_s, true}};
        m_scene.write(u"config/lectern/models.json"_s,
                      QJsonDocument(QJsonObject{{u"models"_s, QJsonArray{price}}}).toJson());
        m_book = m_scene.write(u"book.pdf"_s, SamplePdf::book(kPages, 7));
    }

    [[nodiscard]] bool isReady() const { return m_server.error().isEmpty(); }
    [[nodiscard]] QString whyNot() const { return m_server.error(); }
    [[nodiscard]] Scene &scene() { return m_scene; }
    [[nodiscard]] const ModelServer &server() const { return m_server; }
    [[nodiscard]] QString book() const { return m_book; }

    Finished addEndpoint(const QStringList &options = {})
    {
        return m_scene.run(QStringList{u"endpoints"_s, u"add"_s, u"mock"_s, u"--kind"_s, u"other"_s,
                                       u"--address"_s, m_server.address()} +
                           options);
    }
    Finished index(const QStringList &options = {})
    {
        return m_scene.run(QStringList{u"index"_s, u"--json"_s, u"--model"_s, kModel} + options +
                           QStringList{m_book});
    }
    [[nodiscard]] QJsonObject total()
    {
        return m_scene.run({u"costs"_s, u"--json"_s}).object().value(u"total"_s).toObject();
    }
    [[nodiscard]] QVector<QJsonObject> rows()
    {
        return m_scene.run({u"costs"_s, u"--rows"_s, u"--json"_s}).events();
    }
    /// What the server says was asked of it.
    [[nodiscard]] QJsonArray journal() const
    {
        lectern::net::HttpClient http;
        lectern::net::HttpRequest request;
        request.url = QUrl(m_server.root() + u"/__aimock/journal"_s);
        const auto answered = http.send(request);
        if (!answered)
            return {};
        QJsonArray chats;
        for (const QJsonValue entry : QJsonDocument::fromJson(answered->body).array()) {
            if (entry.toObject().value(u"path"_s).toString().endsWith(u"/chat/completions"_s))
                chats.append(entry);
        }
        return chats;
    }

private:
    Scene m_scene;
    ModelServer m_server;
    QString m_book;
};

} // namespace

class tst_Models : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (!ModelServer::isInstalled())
            QSKIP("The third-party model servers are not installed (npm is missing).");
    }
    void billEqualsTheJournal();
    void answeredPagesCostNothing();
    void capHoldsAndRaisingGoesOn();
    void rateLimitBurnsNoAttempt();
    void refusedKeyStopsAtOnceAndIsNowhere();
    void unknownPriceIsNotFree();
    void killedInFlight();
};

void tst_Models::billEqualsTheJournal()
{
    Place place;
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    QCOMPARE(place.addEndpoint().exitCode, 0);
    const Finished finished = place.index({u"--cap"_s, u"5"_s});
    QVERIFY2(finished.exitCode == 0, finished.told().constData());
    const QJsonObject total = place.total();
    QCOMPARE(total.value(u"requests"_s).toInt(), kPages);
    QCOMPARE(place.journal().size(), kPages);
    QCOMPARE(total.value(u"tokens_in"_s).toInteger(), qint64{kPages} * kTokensIn);
    QCOMPARE(total.value(u"tokens_out"_s).toInteger(), qint64{kPages} * kTokensOut);
    QCOMPARE(total.value(u"spent_usd"_s).toString(), u"0.078"_s); // 24 × 0.00325
    QCOMPARE(Sqlite::value(place.scene().database(), "SELECT count(*) FROM page WHERE state = 2"),
             QByteArray::number(kPages));
    QCOMPARE(Sqlite::value(place.scene().database(), "SELECT sum(reserved) FROM account"), QByteArray("0"));
}

void tst_Models::answeredPagesCostNothing()
{
    Place place;
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    QCOMPARE(place.addEndpoint().exitCode, 0);
    QCOMPARE(place.index().exitCode, 0);
    // Removed for good and added again: what was paid for is still there.
    QCOMPARE(place.scene().run({u"remove"_s, u"book.pdf"_s}).exitCode, 0);
    QCOMPARE(place.scene().run({u"restore"_s, u"book.pdf"_s}).exitCode, 0);
    QCOMPARE(place.index().exitCode, 0);
    QCOMPARE(place.journal().size(), kPages);
    const QJsonObject estimate =
        place.scene().run({u"estimate"_s, u"--json"_s, u"--model"_s, kModel, place.book()}).object();
    QCOMPARE(estimate.value(u"pages_to_do"_s).toInt(), 0);
    QCOMPARE(estimate.value(u"pages_answered"_s).toInt(), kPages);
}

void tst_Models::capHoldsAndRaisingGoesOn()
{
    Place place;
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    QCOMPARE(place.addEndpoint({u"--concurrency"_s, u"16"_s}).exitCode, 0);
    const Finished held = place.index({u"--cap"_s, u"0.03"_s});
    QVERIFY2(held.exitCode == 4, held.told().constData());
    const QJsonObject finished = held.events(u"finished"_s).value(0);
    QCOMPARE(finished.value(u"waits_for"_s).toObject().value(u"code"_s).toString(), u"budget_reached"_s);
    const double spent = place.total().value(u"spent_usd"_s).toString().toDouble();
    QVERIFY2(spent > 0 && spent <= 0.03, qPrintable(QString::number(spent)));
    QCOMPARE(
        Sqlite::value(place.scene().database(), "SELECT max(attempt) FROM job WHERE kind = 2 AND state = 1"),
        QByteArray("0"));

    QCOMPARE(place.scene().run({u"budget"_s, u"--run"_s, u"1"_s, u"--cap"_s, u"1"_s}).exitCode, 0);
    QCOMPARE(place.scene().run({u"resume"_s}).exitCode, 0);
    QCOMPARE(place.total().value(u"spent_usd"_s).toString(), u"0.078"_s);
    QCOMPARE(place.journal().size(), kPages);
}

void tst_Models::rateLimitBurnsNoAttempt()
{
    Place place(fixtures({refusal(429, 1), answer()}));
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    QCOMPARE(place.addEndpoint().exitCode, 0);
    const Finished finished = place.index();
    QVERIFY2(finished.exitCode == 0, finished.told().constData());
    QCOMPARE(Sqlite::value(place.scene().database(), "SELECT max(attempt) FROM job WHERE kind = 2"),
             QByteArray("1"));
    const QJsonObject total = place.total();
    QCOMPARE(total.value(u"spent_usd"_s).toString(), u"0.078"_s);
    QVERIFY(total.value(u"failed"_s).toObject().value(u"requests"_s).toInt() >= 1);
    QCOMPARE(place.journal().size(), total.value(u"requests"_s).toInt());
}

void tst_Models::refusedKeyStopsAtOnceAndIsNowhere()
{
    Place place(fixtures({answer()}), u"sk-the-right-one"_s);
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    Scene &scene = place.scene();
    const QString keyFile = scene.write(u"key.txt"_s, kKey + '\n');
    const Finished added = place.addEndpoint({u"--key-file"_s, keyFile, u"--keep-in-file"_s});
    QVERIFY2(added.exitCode == 0, added.told().constData());
    QByteArray said = added.output + added.errors;
    const Finished finished = place.index();
    QVERIFY2(finished.exitCode == 1, finished.told().constData());
    QCOMPARE(
        finished.events(u"finished"_s).value(0).value(u"waits_for"_s).toObject().value(u"code"_s).toString(),
        u"key_refused"_s);
    // It was not tried page after page.
    QVERIFY(place.rows().size() <= 8);
    for (const QStringList &words : {QStringList{u"endpoints"_s, u"test"_s, u"mock"_s},
                                     {u"jobs"_s, u"--json"_s},
                                     {u"costs"_s, u"--rows"_s},
                                     {u"endpoints"_s, u"list"_s, u"--json"_s},
                                     {u"doctor"_s}}) {
        const Finished told = scene.run(words);
        said += told.output + told.errors;
    }
    QVERIFY(!said.contains(kKey));
    QDirIterator files(scene.workspace(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(kKey), qPrintable(file.fileName()));
    }
    const QFileInfo kept(scene.file(u"config/lectern/keys.json"_s));
    QVERIFY(!(kept.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
}

void tst_Models::unknownPriceIsNotFree()
{
    Place place;
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    QCOMPARE(place.addEndpoint().exitCode, 0);
    const QStringList index{u"index"_s, u"--model"_s, u"mock/gemini-2.0-flash"_s, place.book()};
    const Finished refused = place.scene().run(index);
    QVERIFY2(refused.exitCode == 3, refused.told().constData());
    QCOMPARE(place.journal().size(), 0);
    QCOMPARE(Sqlite::value(place.scene().database(), "SELECT DISTINCT error_code FROM page"),
             QByteArray("price_unknown"));
    // An explicit yes.
    QCOMPARE(place.scene()
                 .run({u"index"_s, u"--allow-unknown-price"_s, index.at(1), index.at(2), index.at(3)})
                 .exitCode,
             0);
    QCOMPARE(place.total().value(u"without_price"_s).toInt(), kPages);
}

void tst_Models::killedInFlight()
{
    Place place(fixtures({answer(40)}));
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    QCOMPARE(place.addEndpoint({u"--concurrency"_s, u"4"_s}).exitCode, 0);
    std::mt19937 random(20'261'122);
    std::uniform_int_distribution<int> life(20, 250);
    QStringList command{u"index"_s, u"--json"_s, u"--model"_s, kModel, place.book()};
    for (int kill = 0; kill < 8; ++kill) {
        const auto program = place.scene().start(command);
        QVERIFY(program->waitForStarted());
        program->waitForReadyRead(30'000);
        if (program->waitForFinished(life(random)))
            break;
        program->kill();
        program->waitForFinished();
        command = {u"resume"_s, u"--json"_s};
    }
    // Adding it again is harmless, should the first program have been killed before it could.
    QCOMPARE(place.index().exitCode, 0);

    QSet<int> answered;
    int unknown = 0;
    int sent = 0;
    for (const QJsonObject &row : place.rows()) {
        const QString state = row.value(u"state"_s).toString();
        sent += state != u"not-billed"_s ? 1 : 0;
        if (state == u"unknown"_s) {
            ++unknown;
            QCOMPARE(row.value(u"spent_usd"_s), row.value(u"reserved_usd"_s));
            continue;
        }
        if (state != u"settled"_s)
            continue;
        QCOMPARE(row.value(u"tokens_in"_s).toInt(), kTokensIn);
        QCOMPARE(row.value(u"tokens_out"_s).toInt(), kTokensOut);
        const int page = row.value(u"page"_s).toInt();
        QVERIFY2(!answered.contains(page), qPrintable(u"page %1 was paid twice"_s.arg(page)));
        answered.insert(page);
    }
    QCOMPARE(answered.size(), kPages);
    // Every request the server saw is booked; one that was booked may not have reached it before the kill.
    const qsizetype seen = place.journal().size();
    QVERIFY2(seen <= sent && seen >= sent - unknown,
             qPrintable(u"%1 seen, %2 booked, %3 of them unknown"_s.arg(seen).arg(sent).arg(unknown)));
    QCOMPARE(Sqlite::value(place.scene().database(), "PRAGMA integrity_check"), QByteArray("ok"));
    QCOMPARE(Sqlite::value(place.scene().database(), "SELECT sum(reserved) FROM account"), QByteArray("0"));
}

QTEST_GUILESS_MAIN(tst_Models)
#include "tst_Models.moc"
