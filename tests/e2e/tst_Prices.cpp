// SPDX-License-Identifier: GPL-3.0-or-later
// A router of models that asks money for requests and for pictures beside the tokens: what is estimated,
// reserved and booked, to the last digit.
#include "SamplePdf.h"
#include "Scene.h"
#include "Sqlite.h"
#include "servers/ScriptedServer.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <atomic>

using namespace Qt::StringLiterals;
using namespace lectern::e2e;
using lectern::servers::httpAnswer;
using lectern::servers::Script;
using lectern::servers::ScriptedServer;
using lectern::servers::SeenRequest;
using lectern::servers::Step;

namespace {

constexpr int kPages = 2;
const QString kModel = u"openrouter/acme/eye"_s;
const QByteArray kKey = "sk-test-0123456789abcdefXYZ";

Step json(const QJsonObject &object)
{
    return Step::send(
        httpAnswer(200, "application/json", QJsonDocument(object).toJson(QJsonDocument::Compact)));
}

/// OpenRouter as far as Lectern speaks to it.
class Router {
public:
    Router() : m_server([this](const SeenRequest &request) { return answer(request); }) {}

    [[nodiscard]] QString address() const { return m_server.root() + u"/api/v1"_s; }
    void setPicturePrice(const char *dollars) { m_picture = dollars; }
    /// From the second request on, the answer holds a bill.
    void setBills(bool bills) { m_bills = bills; }

private:
    Script answer(const SeenRequest &request)
    {
        if (request.path == "/api/v1/models")
            return {json({{u"data"_s, QJsonArray{model()}}})};
        if (request.path == "/api/v1/key")
            return {json({{u"data"_s, QJsonObject()}})};
        return {json(chat())};
    }

    [[nodiscard]] QJsonObject model() const
    {
        return {{u"id"_s, u"acme/eye"_s},
                {u"context_length"_s, 128'000},
                {u"architecture"_s, QJsonObject{{u"input_modalities"_s, QJsonArray{u"text"_s, u"image"_s}},
                                                {u"output_modalities"_s, QJsonArray{u"text"_s}}}},
                {u"pricing"_s, QJsonObject{{u"prompt"_s, u"0.000001"_s},
                                           {u"completion"_s, u"0.000005"_s},
                                           {u"request"_s, u"0.002"_s},
                                           {u"image"_s, QString::fromLatin1(m_picture.load())}}}};
    }

    [[nodiscard]] QJsonObject chat()
    {
        const QJsonObject analysis{{u"title"_s, u"A page"_s},
                                   {u"summary"_s, u"It says something."_s},
                                   {u"key_phrases"_s, QJsonArray{u"page"_s}},
                                   {u"entities"_s, QJsonArray()},
                                   {u"language"_s, u"en"_s}};
        QJsonObject usage{
            {u"prompt_tokens"_s, 3'000}, {u"completion_tokens"_s, 50}, {u"total_tokens"_s, 3'050}};
        if (m_bills && m_asked++ > 0)
            usage.insert(u"cost"_s, 0.0041);
        const QString content = QString::fromUtf8(QJsonDocument(analysis).toJson(QJsonDocument::Compact));
        const QJsonObject choice{
            {u"index"_s, 0},
            {u"finish_reason"_s, u"stop"_s},
            {u"message"_s, QJsonObject{{u"role"_s, u"assistant"_s}, {u"content"_s, content}}}};
        return {{u"id"_s, u"gen-1"_s}, {u"choices"_s, QJsonArray{choice}}, {u"usage"_s, usage}};
    }

    std::atomic<const char *> m_picture = "0.001";
    std::atomic<bool> m_bills = false;
    int m_asked = 0;
    ScriptedServer m_server;
};

} // namespace

class tst_Prices : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_scene = std::make_unique<Scene>();
        m_router = std::make_unique<Router>();
        m_scene->setEnvironment(u"XDG_CONFIG_HOME"_s, m_scene->file(u"config"_s));
        m_scene->setEnvironment(u"OPENROUTER_API_KEY"_s, QString::fromLatin1(kKey));
        m_book = m_scene->write(u"book.pdf"_s, SamplePdf::book(kPages, 7));
        QCOMPARE(
            m_scene->run({u"endpoints"_s, u"add"_s, u"openrouter"_s, u"--address"_s, m_router->address()})
                .exitCode,
            0);
        Sqlite::execute(m_scene->database(),
                        "INSERT INTO workspace_setting VALUES ('analysis.pictures', 'always')");
        list();
    }
    void cleanup()
    {
        m_router.reset();
        m_scene.reset();
    }
    void requestsAndPicturesAreEstimated();
    void requestsAndPicturesAreReservedAndBooked();
    void theProvidersOwnBillGoesBefore();

private:
    /// Asks the router for its prices.
    void list()
    {
        const Finished tested = m_scene->run({u"endpoints"_s, u"test"_s, u"openrouter"_s});
        QVERIFY2(tested.exitCode == 0, tested.told().constData());
    }
    [[nodiscard]] QJsonObject estimate()
    {
        return m_scene->run({u"estimate"_s, u"--json"_s, u"--model"_s, kModel, m_book}).object();
    }
    [[nodiscard]] Finished index()
    {
        return m_scene->run({u"index"_s, u"--json"_s, u"--model"_s, kModel, m_book});
    }
    [[nodiscard]] QByteArray value(const QByteArray &sql) const
    {
        return Sqlite::value(m_scene->database(), sql);
    }

    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<Router> m_router;
    QString m_book;
};

/// Amounts of an estimate in millionths of a dollar; what is finer than that is lost.
static double micros(const QJsonValue &dollars)
{
    return dollars.toString().toDouble() * 1e6;
}

void tst_Prices::requestsAndPicturesAreEstimated()
{
    const QJsonObject with = estimate();
    QCOMPARE(with.value(u"pages_with_picture"_s).toInt(), kPages);
    QCOMPARE(with.value(u"price"_s).toString(), u"priced"_s);
    m_router->setPicturePrice("0");
    list();
    const QJsonObject without = estimate();
    for (const QString &end : {u"low"_s, u"expected"_s, u"high"_s}) {
        const double more =
            micros(with.value(u"cost_usd"_s)[end]) - micros(without.value(u"cost_usd"_s)[end]);
        QVERIFY2(qAbs(more - 2'000) < 0.5, qPrintable(QString::number(more))); // two pictures
    }
    const double worst =
        micros(with.value(u"worst_request_usd"_s)) - micros(without.value(u"worst_request_usd"_s));
    QVERIFY2(qAbs(worst - 1'000) < 0.5, qPrintable(QString::number(worst)));
    m_router->setPicturePrice("-1");
    list();
    QCOMPARE(estimate().value(u"price"_s).toString(), u"unknown"_s); // it depends, nobody knows on what
}

void tst_Prices::requestsAndPicturesAreReservedAndBooked()
{
    const Finished finished = index();
    QVERIFY2(finished.exitCode == 0, finished.told().constData());
    const QJsonObject total = m_scene->run({u"costs"_s, u"--json"_s}).object().value(u"total"_s).toObject();
    QCOMPARE(total.value(u"requests"_s).toInt(), kPages);
    // 3,000 × 0.000001 and 50 × 0.000005, a request and a picture: 0.00625 a page.
    QCOMPARE(total.value(u"spent_usd"_s).toString(), u"0.0125"_s);
    QCOMPARE(value("SELECT group_concat(DISTINCT spent) FROM usage"), QByteArray("6250000000"));
    QCOMPARE(value("SELECT spent FROM account WHERE scope = 'workspace'"), QByteArray("12500000000"));
    // What is sent most is reserved: the fixed parts whole, every other picodollar for tokens.
    QCOMPARE(value("SELECT min(reserved > spent) FROM usage"), QByteArray("1"));
    QCOMPARE(value("SELECT count(*) FROM usage WHERE (reserved - 3000000000) % 1000000 <> 0"),
             QByteArray("0"));
    QCOMPARE(value("SELECT min(reserved) > 3000000000 + 2000 * 5000000 FROM usage"), QByteArray("1"));
}

void tst_Prices::theProvidersOwnBillGoesBefore()
{
    m_router->setBills(true);
    const Finished finished = index();
    QVERIFY2(finished.exitCode == 0, finished.told().constData());
    const QJsonObject total = m_scene->run({u"costs"_s, u"--json"_s}).object().value(u"total"_s).toObject();
    QCOMPARE(total.value(u"spent_usd"_s).toString(), u"0.01035"_s); // 0.00625 of ours, 0.0041 of theirs
    QStringList sources;
    for (const QJsonObject &row : m_scene->run({u"costs"_s, u"--rows"_s, u"--json"_s}).events()) {
        sources << row.value(u"cost_source"_s).toString();
        QCOMPARE(row.value(u"spent_usd"_s).toString(),
                 sources.constLast() == u"provider"_s ? u"0.0041"_s : u"0.00625"_s);
    }
    sources.sort();
    QCOMPARE(sources, (QStringList{u"ours"_s, u"provider"_s}));
}

QTEST_GUILESS_MAIN(tst_Prices)
#include "tst_Prices.moc"
