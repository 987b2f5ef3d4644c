// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/ChatClient.h"

#include "base/Clock.h"
#include "net/HttpClient.h"
#include "servers/ModelServer.h"
#include "servers/ScriptedServer.h"
#include "support/Strict.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace lectern;
using ai::FinishReason;
using base::ErrorCode;
using domain::TokenUsage;
using servers::httpAnswer;
using servers::ModelServer;
using servers::Script;
using servers::ScriptedServer;
using servers::SeenRequest;
using servers::Step;

namespace {

const QByteArray kKey = "sk-good-0123456789abcdef";
const QString kData = QStringLiteral(LECTERN_SOURCE_DIR "/tests/ai/data/");

ai::ChatRequest question(const QString &address, const QString &text, bool stream)
{
    ai::ChatRequest request;
    request.endpoint.id = u"test"_s;
    request.endpoint.address = address;
    request.key = kKey;
    request.model = u"test-model"_s;
    ai::ChatMessage user;
    user.text = text;
    request.messages = {user};
    request.maxOutputTokens = 100;
    request.stream = stream;
    request.firstByteMs = 10'000;
    request.idleMs = 10'000;
    return request;
}

QString codeOf(const ai::ChatResult &result)
{
    return result ? u"answer"_s : base::errorName(result.error().error.code);
}

} // namespace

class ChatClientTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!ModelServer::isInstalled())
            return;
        m_aiMock = std::make_unique<ModelServer>(ModelServer::Program::AiMock, kData + u"chat-aimock.json"_s,
                                                 QStringList(), QString::fromLatin1(kKey));
        m_mockLlm =
            std::make_unique<ModelServer>(ModelServer::Program::MockLlm, kData + u"chat-mockllm.yaml"_s);
        QCOMPARE(m_aiMock->error(), QString());
        QCOMPARE(m_mockLlm->error(), QString());
    }

    void cleanupTestCase()
    {
        m_aiMock.reset();
        m_mockLlm.reset();
    }

    void init() { support::failOnWarnings(); }

    void answers_data()
    {
        QTest::addColumn<bool>("stream");
        QTest::newRow("streamed") << true;
        QTest::newRow("whole") << false;
    }

    void answers()
    {
        if (!m_aiMock)
            QSKIP("the test servers are not installed (npm)");
        QFETCH(bool, stream);
        ai::ChatRequest request = question(m_aiMock->address(), u"hi"_s, stream);
        request.schemaName = u"answer"_s;
        request.schema = {{u"type"_s, u"object"_s}};
        request.messages[0].pictures = {{QByteArray(6'000'000, 'p'), "image/png", ai::PictureDetail::High}};
        const auto reply = ask(request);
        QVERIFY2(reply, qPrintable(codeOf(reply)));
        QCOMPARE(reply->content, u"{\"a\":1}"_s);
        QCOMPARE(reply->finish, FinishReason::Stop);
        QCOMPARE(reply->facts.usage, (TokenUsage{1234, 0, 0, 21, 0, true}));
        QVERIFY(!reply->facts.cost);
        QCOMPARE(reply->facts.status, 200);
        QVERIFY2(reply->facts.requestId.startsWith(u"req-"_s), qPrintable(reply->facts.requestId));
        QVERIFY(reply->facts.completionId.startsWith(u"chatcmpl-"_s));
        QVERIFY(reply->facts.bytesSent > 8'000'000);
        QCOMPARE(reply->streamed, stream);
        QVERIFY(reply->facts.raw.contains("chatcmpl"));
    }

    void failures_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("stream");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<qint64>("retryAfterMs");
        QTest::addColumn<bool>("maybeBilled");
        for (const bool stream : {true, false}) {
            const auto row = [&](const char *name, const QString &text, ErrorCode code, qint64 retry,
                                 bool billed) {
                QTest::addRow("%s, %s", name, stream ? "streamed" : "whole")
                    << text << stream << code << retry << billed;
            };
            row("rate limit", u"RATE429"_s, ErrorCode::RateLimited, 2000, false);
            row("broken", u"BROKEN500"_s, ErrorCode::EndpointFailed, -1, false);
            row("overloaded", u"DOWN503"_s, ErrorCode::EndpointFailed, -1, false);
            row("malformed", u"MALFORMED"_s, ErrorCode::EndpointNonsense, -1, true);
            row("disconnected", u"DISCONNECT"_s, ErrorCode::EndpointUnreachable, -1, true);
        }
        QTest::newRow("cut in the middle")
            << u"MIDSTREAM"_s << true << ErrorCode::EndpointNonsense << qint64{-1} << true;
    }

    void failures()
    {
        if (!m_aiMock)
            QSKIP("the test servers are not installed (npm)");
        QFETCH(QString, text);
        QFETCH(bool, stream);
        QFETCH(ErrorCode, code);
        QFETCH(qint64, retryAfterMs);
        QFETCH(bool, maybeBilled);
        const auto reply = ask(question(m_aiMock->address(), text, stream));
        QCOMPARE(codeOf(reply), base::errorName(code));
        QCOMPARE(reply.error().retryAfterMs.value_or(-1), retryAfterMs);
        QCOMPARE(reply.error().maybeBilled, maybeBilled);
        QVERIFY(reply.error().maySent);
        if (code == ErrorCode::RateLimited) {
            QCOMPARE(reply.error().facts.limits.requestsLimit, 60);
            QCOMPARE(reply.error().facts.limits.tokensResetMs, 360'000);
            QCOMPARE(reply.error().serverCode, u"rate_limit_exceeded"_s);
        }
    }

    void answersThatEndOtherwise()
    {
        if (!m_aiMock)
            QSKIP("the test servers are not installed (npm)");
        const auto cut = ask(question(m_aiMock->address(), u"TRUNC"_s, true));
        QVERIFY2(cut, qPrintable(codeOf(cut)));
        QCOMPARE(cut->finish, FinishReason::Length);
        QCOMPARE(cut->facts.usage.output, 16);
        const auto filtered = ask(question(m_aiMock->address(), u"FILTER"_s, true));
        QVERIFY2(filtered, qPrintable(codeOf(filtered)));
        QCOMPARE(filtered->finish, FinishReason::ContentFilter);
    }

    void onlySilenceRunsIntoALimit()
    {
        if (!m_aiMock)
            QSKIP("the test servers are not installed (npm)");
        ai::ChatRequest request = question(m_aiMock->address(), u"SLOW"_s, true);
        request.idleMs = 3000; // less than the whole takes
        const auto slow = ask(request);
        QVERIFY2(slow, qPrintable(codeOf(slow)));
        QVERIFY2(slow->facts.totalMs > request.idleMs, qPrintable(QString::number(slow->facts.totalMs)));
        ScriptedServer dead([](const SeenRequest &) -> Script { return {Step::hang()}; });
        request = question(dead.address(), u"x"_s, true);
        request.firstByteMs = 100;
        const auto stalled = ask(request);
        QCOMPARE(codeOf(stalled), u"endpoint_stalled"_s);
        QVERIFY(stalled.error().maybeBilled);
    }

    void keysAreRefusedAndNeverShown()
    {
        if (!m_aiMock)
            QSKIP("the test servers are not installed (npm)");
        ai::ChatRequest request = question(m_aiMock->address(), u"hi"_s, true);
        request.key = "sk-wrong-9876543210";
        const auto wrong = ask(request);
        QCOMPARE(codeOf(wrong), u"key_refused"_s);
        QVERIFY(!wrong.error().maybeBilled);
        request.key.clear();
        QCOMPARE(codeOf(ask(request)), u"key_missing"_s);
    }

    void serversThatEchoTheKey()
    {
        // Whatever a server does with the key, nothing of what we keep holds it.
        for (const int status : {200, 400, 401, 403, 404, 429, 500}) {
            for (const QByteArray &type : {"application/json"_ba, "text/html"_ba, "text/event-stream"_ba}) {
                const QByteArray body = "{\"error\":{\"message\":\"bad key " + kKey + " given\",\"code\":\"" +
                                        kKey + "\",\"param\":\"" + kKey + "\"}}";
                const QByteArray frame = type == "text/event-stream" ? "data: " + body + "\n\n" : body;
                ScriptedServer server([&](const SeenRequest &) -> Script {
                    return {Step::send(httpAnswer(status, type, frame, "x-request-id: " + kKey + "\r\n"))};
                });
                const auto reply = ask(question(server.address(), u"x"_s, true));
                QVERIFY(!reply);
                const ai::ChatFailure &failure = reply.error();
                const QString all = failure.error.detail + failure.parameter + failure.serverCode +
                                    failure.facts.requestId + failure.facts.completionId +
                                    QString::fromUtf8(failure.facts.raw);
                QVERIFY2(!all.contains(QString::fromLatin1(kKey)), qPrintable(all));
                QVERIFY(server.seen().value(0).head.contains(kKey)); // it did get it
            }
        }
    }

    void usageIsTakenToTheLastToken()
    {
        if (!m_mockLlm)
            QSKIP("the test servers are not installed (npm)");
        const auto reply = ask(question(m_mockLlm->address(), u"DETAILS"_s, false));
        QVERIFY2(reply, qPrintable(codeOf(reply)));
        QCOMPARE(reply->facts.usage, (TokenUsage{1200, 1024, 0, 300, 256, true}));
        QVERIFY(reply->facts.cost);
        QCOMPARE(reply->facts.cost->picodollars, 95'000'000);
    }

    void refusalsAndErrorsInsideAnAnswer()
    {
        if (!m_mockLlm)
            QSKIP("the test servers are not installed (npm)");
        const auto refused = ask(question(m_mockLlm->address(), u"REFUSE"_s, false));
        QVERIFY2(refused, qPrintable(codeOf(refused)));
        QCOMPARE(refused->refusal, u"I cannot help with that."_s);
        QCOMPARE(refused->content, QString());
        QCOMPARE(refused->facts.usage.input, 50);
        const auto failed = ask(question(m_mockLlm->address(), u"ERROR200"_s, false));
        QCOMPARE(codeOf(failed), u"endpoint_failed"_s);
        QVERIFY(failed.error().maybeBilled);
        QVERIFY(failed.error().error.detail.contains(u"upstream says no"_s));
        const auto quota = ask(question(m_mockLlm->address(), u"QUOTA"_s, false));
        QCOMPARE(quota ? 0 : quota.error().facts.status, 429);
        QCOMPARE(codeOf(quota), u"out_of_credit"_s);
        QVERIFY(!base::isTemporary(quota.error().error.code));
    }

    void aStreamWithoutUsageIsStillAnAnswer()
    {
        if (!m_mockLlm)
            QSKIP("the test servers are not installed (npm)");
        const auto reply = ask(question(m_mockLlm->address(), u"hello"_s, true));
        QVERIFY2(reply, qPrintable(codeOf(reply)));
        QCOMPARE(reply->content, u"plain"_s);
        QVERIFY(reply->streamed);
        QVERIFY(!reply->facts.usage.reported);
    }

    void odditiesOfTheWire_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<bool>("maybeBilled");
        const auto row = [](const char *name, const QByteArray &answer, const QString &expected,
                            bool billed) { QTest::newRow(name) << answer << expected << billed; };
        const QByteArray whole =
            R"({"id":"x","choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]})";
        const QByteArray piece = servers::streamEvent(R"({"choices":[{"delta":{"content":"ok"}}]})");
        const QByteArray end = servers::streamEvent(R"({"choices":[{"delta":{},"finish_reason":"stop"}]})");
        row("streaming was passed over", httpAnswer(200, "application/json", whole), u"answer"_s, false);
        row("JSON under a wrong name", httpAnswer(200, "text/plain", whole), u"answer"_s, false);
        row("a stream under a wrong name",
            httpAnswer(200, "text/plain", piece + end + servers::streamEvent("[DONE]")), u"answer"_s, false);
        row("an end without [DONE]", httpAnswer(200, "text/event-stream", piece + end), u"answer"_s, false);
        row("[DONE] without a reason",
            httpAnswer(200, "text/event-stream", piece + servers::streamEvent("[DONE]")), u"answer"_s, false);
        row("no end", httpAnswer(200, "text/event-stream", piece), u"endpoint_nonsense"_s, true);
        row("an empty stream", httpAnswer(200, "text/event-stream", ""), u"endpoint_nonsense"_s, true);
        row("a page of a proxy", httpAnswer(200, "text/html", "<html>Please log in</html>"),
            u"endpoint_nonsense"_s, true);
        row("a page of a gateway", httpAnswer(502, "text/html", "<html>Bad Gateway</html>"),
            u"endpoint_failed"_s, true);
        row("a page of a firewall", httpAnswer(403, "text/html", "<html>No</html>"), u"endpoint_nonsense"_s,
            false);
        row("nothing", httpAnswer(200, "application/json", ""), u"endpoint_nonsense"_s, true);
        row("half an object", httpAnswer(200, "application/json", whole.left(40)), u"endpoint_nonsense"_s,
            true);
        row("an object without choices", httpAnswer(200, "application/json", "{}"), u"endpoint_nonsense"_s,
            true);
        row("an error in the stream",
            httpAnswer(
                200, "text/event-stream",
                piece +
                    servers::streamEvent(
                        R"({"error":{"code":429,"message":"slow down"},"choices":[{"delta":{},"finish_reason":"error"}]})")),
            u"rate_limited"_s, true);
        row("an error inside a choice",
            httpAnswer(
                200, "text/event-stream",
                piece +
                    servers::streamEvent(
                        R"({"choices":[{"delta":{},"finish_reason":"error","error":{"code":502,"message":"lost"}}]})")),
            u"endpoint_failed"_s, true);
        row("moved", httpAnswer(301, "text/html", "", "Location: https://elsewhere.example/v1\r\n"),
            u"request_rejected"_s, false);
    }

    void odditiesOfTheWire()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, expected);
        QFETCH(bool, maybeBilled);
        ScriptedServer server([&](const SeenRequest &) -> Script { return {Step::send(answer)}; });
        const auto reply = ask(question(server.address(), u"x"_s, true));
        QCOMPARE(codeOf(reply), expected);
        if (reply)
            QCOMPARE(reply->content, u"ok"_s);
        else
            QCOMPARE(reply.error().maybeBilled, maybeBilled);
        QCOMPARE(server.seen().size(), 1);
    }

    void whatWasUsedIsKnownEvenIfTheAnswerIsLost()
    {
        const QByteArray pieces = servers::streamEvent(
            R"({"id":"gen-7","choices":[{"delta":{"content":"ok"}}],"usage":{"prompt_tokens":70,"completion_tokens":3,"cost":0.25}})");
        ScriptedServer server([&](const SeenRequest &) -> Script {
            return {Step::send(servers::streamHead() + pieces), Step::close()};
        });
        const auto reply = ask(question(server.address(), u"x"_s, true));
        QCOMPARE(codeOf(reply), u"endpoint_nonsense"_s);
        QCOMPARE(reply.error().facts.usage, (TokenUsage{70, 0, 0, 3, 0, true}));
        QCOMPARE(reply.error().facts.cost->picodollars, 250'000'000'000);
        QCOMPARE(reply.error().facts.requestId, u"gen-7"_s);
        QCOMPARE(reply.error().content, u"ok"_s); // as far as it came
    }

    void answersThatEchoTheKey()
    {
        const QJsonObject message{{u"content"_s, QString(u"Your key: "_s + QString::fromLatin1(kKey))},
                                  {u"refusal"_s, QString::fromLatin1(kKey)}};
        const QJsonObject answer{{u"choices"_s, QJsonArray{QJsonObject{{u"message"_s, message},
                                                                       {u"finish_reason"_s, u"stop"_s}}}}};
        const QByteArray body = QJsonDocument(answer).toJson();
        ScriptedServer server([&](const SeenRequest &) -> Script {
            return {Step::send(httpAnswer(200, "application/json", body))};
        });
        const auto reply = ask(question(server.address(), u"x"_s, false));
        QVERIFY(reply);
        QCOMPARE(reply->content, u"Your key: [key]"_s);
        QCOMPARE(reply->refusal, u"[key]"_s);
    }

    void cancelling()
    {
        ScriptedServer server([](const SeenRequest &) -> Script { return {Step::hang()}; });
        base::CancelToken cancel;
        cancel.cancel();
        const auto reply = m_client.ask(question(server.address(), u"x"_s, true), {}, cancel);
        QCOMPARE(codeOf(reply), u"cancelled"_s);
        QVERIFY(!reply.error().maySent && !reply.error().maybeBilled);
    }

private:
    ai::ChatResult ask(const ai::ChatRequest &request) { return m_client.ask(request, {}, {}); }

    base::SystemClock m_clock;
    net::HttpClient m_http;
    ai::ChatClient m_client{m_http, m_clock};
    std::unique_ptr<ModelServer> m_aiMock;
    std::unique_ptr<ModelServer> m_mockLlm;
};

QTEST_GUILESS_MAIN(ChatClientTest)
#include "tst_ChatClient.moc"
