// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/EmbeddingClient.h"

#include "base/Clock.h"
#include "net/HttpClient.h"
#include "servers/ModelServer.h"
#include "servers/ScriptedServer.h"
#include "support/Strict.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>
#include <future>
#include <memory>

using namespace Qt::StringLiterals;
using namespace lectern;
using base::ErrorCode;
using servers::httpAnswer;
using servers::ModelServer;
using servers::Script;
using servers::ScriptedServer;
using servers::SeenRequest;
using servers::Step;

namespace {

const QByteArray kKey = "sk-good-0123456789abcdef";
const QString kData = QStringLiteral(LECTERN_SOURCE_DIR "/tests/ai/data/");

ai::EmbeddingRequest texts(const QString &address, const QStringList &list)
{
    ai::EmbeddingRequest request;
    request.endpoint.id = u"test"_s;
    request.endpoint.address = address;
    request.key = kKey;
    request.model = u"test-embedding"_s;
    request.texts = list;
    request.firstByteMs = 10'000;
    request.idleMs = 10'000;
    return request;
}

QString codeOf(const ai::EmbeddingResult &result)
{
    return result ? u"answer"_s : base::errorName(result.error().error.code);
}

/// All words that a failure keeps.
QString wordsOf(const ai::ChatFailure &failure)
{
    return failure.error.detail + failure.parameter + failure.serverCode + failure.content +
           failure.facts.requestId + failure.facts.completionId + QString::fromUtf8(failure.facts.raw);
}

double lengthOf(const std::vector<float> &vector)
{
    double squares = 0;
    for (const float number : vector)
        squares += static_cast<double>(number) * static_cast<double>(number);
    return std::sqrt(squares);
}

/// One of the answer's entries, written as it will be sent. No index below zero.
QByteArray entry(int index, const QByteArray &vector)
{
    const QByteArray place = index < 0 ? QByteArray() : "\"index\":" + QByteArray::number(index) + ',';
    return '{' + place + "\"object\":\"embedding\",\"embedding\":" + vector + '}';
}

QByteArray answerOf(const QByteArrayList &entries)
{
    return "{\"object\":\"list\",\"model\":\"m\",\"data\":[" + entries.join(',') +
           "],\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5}}";
}

QByteArray okAnswer(const QByteArrayList &entries)
{
    return httpAnswer(200, "application/json", answerOf(entries));
}

QByteArray numbers(int count)
{
    return '[' + QByteArrayList(count, "0.015625").join(',') + ']';
}

} // namespace

class EmbeddingClientTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!ModelServer::isInstalled())
            return;
        m_aiMock =
            std::make_unique<ModelServer>(ModelServer::Program::AiMock, kData + u"embeddings-aimock.json"_s,
                                          QStringList(), QString::fromLatin1(kKey));
        m_mockLlm = std::make_unique<ModelServer>(ModelServer::Program::MockLlm,
                                                  kData + u"embeddings-mockllm.yaml"_s);
        QCOMPARE(m_aiMock->error(), QString());
        QCOMPARE(m_mockLlm->error(), QString());
    }

    void cleanupTestCase()
    {
        m_aiMock.reset();
        m_mockLlm.reset();
    }

    void init() { support::failOnWarnings(); }

    void vectorsOfARealServer()
    {
        if (!m_aiMock)
            QSKIP("the test servers are not installed (npm)");
        const auto reply = ask(texts(m_aiMock->address(), {u"one"_s, u"two"_s, u"one"_s}));
        QVERIFY2(reply, qPrintable(codeOf(reply)));
        QCOMPARE(reply->vectors.size(), size_t{3});
        for (const std::vector<float> &vector : reply->vectors) {
            QCOMPARE(vector.size(), size_t{1536});
            QVERIFY(std::abs(lengthOf(vector) - 1) < 1e-6); // the server's are of any length
        }
        QCOMPARE(reply->vectors[0], reply->vectors[2]);
        QVERIFY(reply->vectors[0] != reply->vectors[1]);
        QCOMPARE(reply->model, u"test-embedding"_s);
        QCOMPARE(reply->facts.status, 200);
        QVERIFY(reply->facts.bytesSent > 0 && reply->facts.totalMs > 0);
        QVERIFY(reply->facts.raw.isEmpty());
        QVERIFY(!reply->facts.usage.reported); // the server says 0, which is no count
        QCOMPARE(reply->facts.usage, domain::TokenUsage());
    }

    void aVectorKeepsItsDirection()
    {
        if (!m_aiMock)
            QSKIP("the test servers are not installed (npm)");
        const auto reply = ask(texts(m_aiMock->address(), {u"THREE FOUR"_s}));
        QVERIFY2(reply, qPrintable(codeOf(reply)));
        QCOMPARE(reply->vectors, (std::vector<std::vector<float>>{{0.6F, 0.0F, -0.8F}}));
    }

    void theBillIsRead()
    {
        if (!m_mockLlm)
            QSKIP("the test servers are not installed (npm)");
        const qsizetype before = m_mockLlm->log().count("POST /v1/embeddings");
        const auto reply = ask(texts(m_mockLlm->address(), {u"a"_s, u"b"_s}));
        QVERIFY2(reply, qPrintable(codeOf(reply)));
        QCOMPARE(reply->facts.usage, (domain::TokenUsage{17, 0, 0, 0, 0, true}));
        QVERIFY(reply->facts.cost);
        QCOMPARE(reply->facts.cost->picodollars, 95'000'000);
        QCOMPARE(reply->facts.requestId, u"embd-1"_s);
        QCOMPARE(reply->model, u"m-2026"_s);
        // It sends the second first.
        QCOMPARE(reply->vectors, (std::vector<std::vector<float>>{{0.6F, 0.8F}, {0.0F, 1.0F}}));
        QTRY_COMPARE(m_mockLlm->log().count("POST /v1/embeddings"), before + 1);
    }

    void whatIsSent()
    {
        ScriptedServer server([](const SeenRequest &) -> Script {
            return {Step::send(okAnswer({entry(0, "[1,0]"), entry(1, "[0,1]")}))};
        });
        const QStringList list{u"Größe, \"quoted\"\n"_s, u"日本"_s};
        const auto reply = ask(texts(server.address(), list));
        QVERIFY2(reply, qPrintable(codeOf(reply)));
        QCOMPARE(server.seen().size(), 1);
        const SeenRequest seen = server.seen().first();
        QCOMPARE(seen.method, "POST");
        QCOMPARE(seen.path, "/v1/embeddings");
        QVERIFY(seen.head.contains("Bearer " + kKey));
        QCOMPARE(QJsonDocument::fromJson(seen.body).object(),
                 (QJsonObject{{u"model"_s, u"test-embedding"_s},
                              {u"input"_s, QJsonArray::fromStringList(list)},
                              {u"encoding_format"_s, u"float"_s}}));
    }

    void failures_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<qint64>("retryAfterMs");
        QTest::addColumn<bool>("maybeBilled");
        const auto row = [](const char *name, const QString &text, ErrorCode code, qint64 retry,
                            bool billed) { QTest::newRow(name) << text << code << retry << billed; };
        row("rate limit", u"RATE429"_s, ErrorCode::RateLimited, 2000, false);
        row("broken", u"BROKEN500"_s, ErrorCode::EndpointFailed, -1, false);
        row("malformed", u"MALFORMED"_s, ErrorCode::EndpointNonsense, -1, true);
        row("disconnected", u"DISCONNECT"_s, ErrorCode::EndpointUnreachable, -1, true);
    }

    void failures()
    {
        if (!m_aiMock)
            QSKIP("the test servers are not installed (npm)");
        QFETCH(QString, text);
        QFETCH(ErrorCode, code);
        QFETCH(qint64, retryAfterMs);
        QFETCH(bool, maybeBilled);
        const auto reply = ask(texts(m_aiMock->address(), {text}));
        QCOMPARE(codeOf(reply), base::errorName(code));
        QCOMPARE(reply.error().retryAfterMs.value_or(-1), retryAfterMs);
        QCOMPARE(reply.error().maybeBilled, maybeBilled);
        QVERIFY(reply.error().maySent);
        if (code == ErrorCode::RateLimited) {
            QCOMPARE(reply.error().facts.limits.requestsLimit, 60);
            QCOMPARE(reply.error().serverCode, u"rate_limit_exceeded"_s);
        }
    }

    void errorsInTheServersOwnWords()
    {
        if (!m_mockLlm)
            QSKIP("the test servers are not installed (npm)");
        const auto failed = ask(texts(m_mockLlm->address(), {u"ERROR200"_s}));
        QCOMPARE(codeOf(failed), u"endpoint_failed"_s);
        QVERIFY(failed.error().maybeBilled);
        QVERIFY(failed.error().error.detail.contains(u"upstream says no"_s));
        const auto quota = ask(texts(m_mockLlm->address(), {u"QUOTA"_s}));
        QCOMPARE(codeOf(quota), u"out_of_credit"_s);
        QVERIFY(!quota.error().maybeBilled);
        const auto unknown = ask(texts(m_mockLlm->address(), {u"NOMODEL"_s}));
        QCOMPARE(codeOf(unknown), u"model_not_found"_s);
        QCOMPARE(unknown.error().serverCode, u"model_not_found"_s);
        QCOMPARE(unknown.error().parameter, u"model"_s);
    }

    void keysAreRefusedAndNeverShown()
    {
        if (!m_aiMock)
            QSKIP("the test servers are not installed (npm)");
        ai::EmbeddingRequest request = texts(m_aiMock->address(), {u"one"_s});
        request.key = "sk-wrong-9876543210";
        const auto wrong = ask(request);
        QCOMPARE(codeOf(wrong), u"key_refused"_s);
        QVERIFY(!wrong.error().maybeBilled);
        QVERIFY(!wordsOf(wrong.error()).contains(QString::fromLatin1(request.key)));
        request.key.clear();
        QCOMPARE(codeOf(ask(request)), u"key_missing"_s);
    }

    void serversThatEchoTheKey()
    {
        for (const int status : {200, 400, 401, 403, 404, 429, 500}) {
            for (const QByteArray &type : {"application/json"_ba, "text/html"_ba}) {
                const QByteArray body = "{\"id\":\"" + kKey + "\",\"error\":{\"message\":\"bad key " + kKey +
                                        " given\",\"code\":\"" + kKey + "\",\"param\":\"" + kKey + "\"}}";
                ScriptedServer server([&](const SeenRequest &) -> Script {
                    return {Step::send(httpAnswer(status, type, body, "x-request-id: " + kKey + "\r\n"))};
                });
                const auto reply = ask(texts(server.address(), {u"x"_s}));
                QVERIFY(!reply);
                const QString all = wordsOf(reply.error());
                QVERIFY2(!all.contains(QString::fromLatin1(kKey)), qPrintable(all));
                QCOMPARE(server.seen().size(), 1);
                QVERIFY(server.seen().first().head.contains(kKey)); // it did get it
            }
        }
        // In a good answer, and where a cut would leave half of it.
        const QByteArray name = QByteArray(190, 'm') + kKey;
        ScriptedServer server([&](const SeenRequest &) -> Script {
            return {Step::send(httpAnswer(200, "application/json",
                                          "{\"id\":\"" + name + "\",\"model\":\"" + name + "\",\"data\":[" +
                                              entry(0, "[1,1]") + "]}"))};
        });
        const auto reply = ask(texts(server.address(), {u"x"_s}));
        QVERIFY2(reply, qPrintable(codeOf(reply)));
        const QString all = reply->model + reply->facts.completionId + reply->facts.requestId;
        QVERIFY2(!all.contains(u"sk-good"_s), qPrintable(all));
    }

    void goodAnswersOfManyKinds_data()
    {
        QTest::addColumn<QByteArray>("answer");
        const QByteArray first = "[0.6,0.8]";
        const QByteArray second = "[-3,0]";
        QTest::newRow("in order") << okAnswer({entry(0, first), entry(1, second)});
        QTest::newRow("in another order") << okAnswer({entry(1, second), entry(0, first)});
        QTest::newRow("without places") << okAnswer({entry(-1, first), entry(-1, second)});
        QTest::newRow("under a wrong name")
            << httpAnswer(200, "text/plain", answerOf({entry(0, first), entry(1, second)}));
        QTest::newRow("with a message beside")
            << httpAnswer(200, "application/json",
                          "{\"error\":null,\"message\":\"ok\",\"data\":[" + entry(0, first) + ',' +
                              entry(1, second) + "]}");
    }

    void goodAnswersOfManyKinds()
    {
        QFETCH(QByteArray, answer);
        ScriptedServer server([&](const SeenRequest &) -> Script { return {Step::send(answer)}; });
        const auto reply = ask(texts(server.address(), {u"first"_s, u"second"_s}));
        QVERIFY2(reply, qPrintable(codeOf(reply)));
        QCOMPARE(reply->vectors, (std::vector<std::vector<float>>{{0.6F, 0.8F}, {-1.0F, 0.0F}}));
        QCOMPARE(server.seen().size(), 1);
    }

    void hostileVectors_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("detail");
        const QByteArray good = "[0.6,0.8]";
        const auto row = [&](const char *name, const QByteArrayList &entries, const QString &detail) {
            QTest::newRow(name) << answerOf(entries) << detail;
        };
        const auto second = [&](const char *name, const QByteArray &vector, const QString &detail) {
            row(name, {entry(0, good), entry(1, vector)}, detail);
        };
        const QString noNumber = u"a vector that holds something else than numbers"_s;
        row("too few", {entry(0, good)}, u"1 vectors for 2 texts"_s);
        row("too many", {entry(0, good), entry(1, good), entry(2, good)}, u"3 vectors for 2 texts"_s);
        row("none", {}, u"0 vectors for 2 texts"_s);
        row("one place twice", {entry(1, good), entry(1, good)}, u"two vectors for one text"_s);
        row("a place that nobody asked about", {entry(0, good), entry(2, good)},
            u"a vector for a text that was not asked about"_s);
        row("a place below zero", {entry(0, good), "{\"index\":-1,\"embedding\":[1,1]}"},
            u"a vector for a text that was not asked about"_s);
        row("a place between two", {entry(0, good), "{\"index\":0.5,\"embedding\":[1,1]}"},
            u"a vector for a text that was not asked about"_s);
        row("a place in words", {entry(0, good), "{\"index\":\"1\",\"embedding\":[1,1]}"},
            u"a vector for a text that was not asked about"_s);
        row("a place beyond all numbers", {entry(0, good), "{\"index\":1e300,\"embedding\":[1,1]}"},
            u"a vector for a text that was not asked about"_s);
        row("no vector", {entry(0, good), "{\"index\":1}"}, u"an entry without a vector"_s);
        row("no entry", {entry(0, good), "7"}, u"an entry without a vector"_s);
        second("base64", "\"AACAPwAAgD8=\"", u"an entry without a vector"_s);
        second("of another size", "[1,2,3]", u"vectors of 2 and of 3 numbers in one answer"_s);
        second("empty", "[]", u"a vector of 0 numbers"_s);
        second("too short", "[1]", u"a vector of 1 numbers"_s);
        second("too long", numbers(8193), u"a vector of 8193 numbers"_s);
        second("zeros", "[0,-0.0]", u"a vector of zeros"_s);
        second("next to nothing", "[1e-300,0]", u"a vector of zeros"_s);
        second("a word", "[1,\"2\"]", noNumber);
        second("nothing in it", "[1,null]", noNumber);
        second("one in another", "[[1,0],[0,1]]", noNumber);
        second("beyond a float", "[1,1e39]", noNumber);
        second("beyond all numbers", "[1,1e999]", u"not an answer in JSON"_s);
        second("not a number", "[1,NaN]", u"not an answer in JSON"_s);
        QTest::newRow("no list") << "{\"object\":\"list\",\"data\":{}}"_ba << u"an answer without vectors"_s;
        QTest::newRow("an answer of a chat")
            << "{\"choices\":[{\"message\":{\"content\":\"hi\"}}]}"_ba << u"an answer without vectors"_s;
        QTest::newRow("a list alone") << '[' + entry(0, good) + ']' << u"not an answer in JSON"_s;
        QTest::newRow("nothing") << QByteArray() << u"not an answer in JSON"_s;
        QTest::newRow("half") << answerOf({entry(0, good), entry(1, good)}).left(60)
                              << u"not an answer in JSON"_s;
    }

    void hostileVectors()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, detail);
        ScriptedServer server([&](const SeenRequest &) -> Script {
            return {Step::send(httpAnswer(200, "application/json", body))};
        });
        const auto reply = ask(texts(server.address(), {u"first"_s, u"second"_s}));
        QCOMPARE(codeOf(reply), u"endpoint_nonsense"_s);
        QCOMPARE(reply.error().error.detail, detail);
        QVERIFY(reply.error().maySent && reply.error().maybeBilled);
        QCOMPARE(server.seen().size(), 1);
        // What was used is known all the same, since it will be on the bill.
        const bool readable = QJsonDocument::fromJson(body).object().contains("usage"_L1);
        QCOMPARE(reply.error().facts.usage.input, readable ? 5 : 0);
        QCOMPARE(reply.error().facts.raw, body);
    }

    void failuresOfTheWire_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<bool>("maybeBilled");
        QTest::addColumn<qint64>("retryAfterMs");
        const auto row = [](const char *name, const QByteArray &answer, const QString &expected, bool billed,
                            qint64 retry) { QTest::newRow(name) << answer << expected << billed << retry; };
        const QByteArray json = "application/json";
        row("unauthorised", httpAnswer(401, json, "{}"), u"key_refused"_s, false, -1);
        row("not found", httpAnswer(404, json, "{}"), u"request_rejected"_s, false, -1);
        row("too many", httpAnswer(429, json, "{}", "Retry-After: 7\r\n"), u"rate_limited"_s, false, 7000);
        row("broken", httpAnswer(500, json, "{}"), u"endpoint_failed"_s, false, -1);
        row("a page of a proxy", httpAnswer(200, "text/html", "<html>Please log in</html>"),
            u"endpoint_nonsense"_s, true, -1);
        row("a page of a gateway", httpAnswer(502, "text/html", "<html>Bad Gateway</html>"),
            u"endpoint_failed"_s, true, -1);
        row("a gateway that gave up", httpAnswer(504, json, "{}"), u"endpoint_failed"_s, true, -1);
        row("moved", httpAnswer(301, "text/html", "", "Location: https://elsewhere.example/v1\r\n"),
            u"request_rejected"_s, false, -1);
        row("more than any answer holds",
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 40000000\r\n\r\n{",
            u"endpoint_nonsense"_s, true, -1);
    }

    void failuresOfTheWire()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, expected);
        QFETCH(bool, maybeBilled);
        QFETCH(qint64, retryAfterMs);
        ScriptedServer server([&](const SeenRequest &) -> Script { return {Step::send(answer)}; });
        const auto reply = ask(texts(server.address(), {u"x"_s}));
        QCOMPARE(codeOf(reply), expected);
        QVERIFY(reply.error().maySent);
        QCOMPARE(reply.error().maybeBilled, maybeBilled);
        QCOMPARE(reply.error().retryAfterMs.value_or(-1), retryAfterMs);
        QCOMPARE(server.seen().size(), 1);
    }

    void anAnswerThatIsCut()
    {
        const QByteArray whole = okAnswer({entry(0, numbers(1000))});
        ScriptedServer server([&](const SeenRequest &) -> Script {
            return {Step::send(whole.left(whole.size() / 2)), Step::close()};
        });
        const auto reply = ask(texts(server.address(), {u"x"_s}));
        QVERIFY(!reply);
        QVERIFY2(base::isTemporary(reply.error().error.code), qPrintable(codeOf(reply)));
        QVERIFY(reply.error().maySent && reply.error().maybeBilled);
        QCOMPARE(reply.error().facts.status, 200);
        QCOMPARE(server.seen().size(), 1);
    }

    void silenceRunsIntoALimit()
    {
        ScriptedServer dead([](const SeenRequest &) -> Script { return {Step::hang()}; });
        ai::EmbeddingRequest request = texts(dead.address(), {u"x"_s});
        request.firstByteMs = 100;
        const auto stalled = ask(request);
        QCOMPARE(codeOf(stalled), u"endpoint_stalled"_s);
        QVERIFY(stalled.error().maybeBilled);
        QCOMPARE(dead.seen().size(), 1);
    }

    void cancelling()
    {
        ScriptedServer server([](const SeenRequest &) -> Script { return {Step::hang()}; });
        base::CancelToken cancel;
        auto asked = std::async(std::launch::async,
                                [&] { return m_client.ask(texts(server.address(), {u"x"_s}), cancel); });
        QTRY_COMPARE(server.seen().size(), 1);
        cancel.cancel();
        const auto onTheWay = asked.get();
        QCOMPARE(codeOf(onTheWay), u"cancelled"_s);
        QVERIFY(onTheWay.error().maySent && onTheWay.error().maybeBilled);

        const auto before = m_client.ask(texts(server.address(), {u"x"_s}), cancel);
        QCOMPARE(codeOf(before), u"cancelled"_s);
        QVERIFY(!before.error().maySent && !before.error().maybeBilled);
        QCOMPARE(server.seen().size(), 1);
    }

    void theLargestAnswer()
    {
        // 64 texts, all numbers there can be, each as long as a number of that precision gets.
        QByteArrayList numbers;
        for (int i = 0; i < 8192; ++i)
            numbers.append(i % 2 == 0 ? "-0.00012345678901234567" : " 0.00012345678901234567");
        const QByteArray vector = '[' + numbers.join(", ") + ']';
        QByteArrayList entries;
        QStringList list;
        for (int i = 63; i >= 0; --i) {
            entries.append(entry(i, vector));
            list.append(QString::number(i));
        }
        const QByteArray answer = okAnswer(entries);
        QVERIFY(answer.size() > 12'000'000);
        ScriptedServer server([&](const SeenRequest &) -> Script { return {Step::send(answer)}; });
        const auto reply = ask(texts(server.address(), list));
        QVERIFY2(reply, qPrintable(codeOf(reply)));
        QCOMPARE(reply->vectors.size(), size_t{64});
        QCOMPARE(reply->vectors[63].size(), size_t{8192});
        QVERIFY(std::abs(lengthOf(reply->vectors[63]) - 1) < 1e-5);
    }

private:
    ai::EmbeddingResult ask(const ai::EmbeddingRequest &request) { return m_client.ask(request, {}); }

    base::SystemClock m_clock;
    net::HttpClient m_http;
    ai::EmbeddingClient m_client{m_http, m_clock};
    std::unique_ptr<ModelServer> m_aiMock;
    std::unique_ptr<ModelServer> m_mockLlm;
};

QTEST_GUILESS_MAIN(EmbeddingClientTest)
#include "tst_EmbeddingClient.moc"
