// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/HttpClient.h"

#include "net/Origin.h"
#include "net/Redaction.h"
#include "servers/ScriptedServer.h"
#include "servers/SelfSigned.h"
#include "support/Strict.h"

#include <QElapsedTimer>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTest>

#include <vector>

using namespace Qt::StringLiterals;
using namespace lectern;
using base::ErrorCode;
using servers::httpAnswer;
using servers::Script;
using servers::ScriptedServer;
using servers::SeenRequest;
using servers::Step;

namespace {

const QByteArray kKey = "sk-test-0123456789abcdef";

net::HttpRequest get(const QString &address)
{
    net::HttpRequest request;
    request.url = QUrl(address);
    request.connectMs = 5000;
    request.firstByteMs = 5000;
    request.idleMs = 5000;
    return request;
}

net::HttpRequest post(const QString &address, const QByteArray &body = "{}")
{
    net::HttpRequest request = get(address);
    request.method = "POST";
    request.body = body;
    request.headers = {{"Content-Type", "application/json"}};
    return request;
}

ScriptedServer::Answerer always(const Script &script)
{
    return [script](const SeenRequest &) { return script; };
}

QString codeOf(const net::HttpResult &result)
{
    return result ? u"answer %1"_s.arg(result->status) : base::errorName(result.error().error.code);
}

} // namespace

class HttpClientTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }

    void anyStatusIsAnAnswer()
    {
        net::HttpClient client;
        for (const int status : {200, 201, 400, 401, 404, 418, 429, 500, 503}) {
            ScriptedServer server(always(
                {Step::send(httpAnswer(status, "application/json", "{\"a\":1}", "X-Request-Id: r7\r\n"))}));
            const auto result = client.send(post(server.root() + u"/v1/x"_s, "{\"q\":2}"));
            QVERIFY2(result, qPrintable(codeOf(result)));
            QCOMPARE(result->status, status);
            QCOMPARE(result->body, "{\"a\":1}"_ba);
            QCOMPARE(result->header("x-request-id"), "r7"_ba);
            QCOMPARE(result->bytesSent, 7);
            QVERIFY(result->totalMs >= 0 && result->firstByteMs > 0);
            const SeenRequest seen = server.seen().value(0);
            QCOMPARE(seen.path, "/v1/x"_ba);
            QCOMPARE(seen.body, "{\"q\":2}"_ba);
            QVERIFY(!seen.head.toLower().contains("upgrade:"));
        }
    }

    void connectionsAreKept()
    {
        ScriptedServer server(always({Step::send(httpAnswer(200, "text/plain", "ok"))}));
        net::HttpClient client;
        for (int i = 0; i < 10; ++i)
            QVERIFY(client.send(post(server.root())));
        QCOMPARE(server.connections(), 1);
    }

    void manyRequestsAreUnderWayAtOnce()
    {
        ScriptedServer server(always({Step::hang()}));
        net::HttpClient client;
        base::CancelToken cancel;
        std::vector<std::future<net::HttpResult>> results;
        for (int i = 0; i < 64; ++i)
            results.push_back(client.post(post(server.root()), cancel));
        QTRY_COMPARE_WITH_TIMEOUT(server.seen().size(), 64, 20'000);
        cancel.cancel();
        for (auto &result : results)
            QCOMPARE(codeOf(result.get()), u"cancelled"_s);
    }

    void silenceBeforeTheAnswer()
    {
        ScriptedServer server(always({Step::hang()}));
        net::HttpClient client;
        net::HttpRequest request = post(server.root());
        request.firstByteMs = 150;
        const auto result = client.send(request);
        QCOMPARE(codeOf(result), u"endpoint_stalled"_s);
        QVERIFY(result.error().maySent);
        QCOMPARE(result.error().partial.status, 0);
    }

    void silenceInTheMiddle()
    {
        ScriptedServer server(always({Step::send(servers::streamHead() + "data: a\n\n"), Step::hang()}));
        net::HttpClient client;
        net::HttpRequest request = post(server.root());
        request.idleMs = 150;
        const auto result = client.send(request);
        QCOMPARE(codeOf(result), u"endpoint_stalled"_s);
        QVERIFY(result.error().maySent);
        QCOMPARE(result.error().partial.status, 200);
        QCOMPARE(result.error().partial.body, "data: a\n\n"_ba);
    }

    void aSlowStreamIsNoSilence()
    {
        Script script{Step::send(servers::streamHead())};
        for (int i = 0; i < 10; ++i)
            script << Step::wait(250) << Step::send("data: a\n\n");
        script << Step::close();
        ScriptedServer server(always(script));
        net::HttpClient client;
        net::HttpRequest request = post(server.root());
        request.idleMs = 2000; // shorter than the whole
        const auto result = client.send(request);
        QCOMPARE(codeOf(result), u"answer 200"_s);
        QVERIFY(result->totalMs > request.idleMs);
        QCOMPARE(result->body.size(), 90);
    }

    void nobodyListens()
    {
        int port = 0;
        {
            QTcpServer probe;
            QVERIFY(probe.listen(QHostAddress::LocalHost));
            port = probe.serverPort();
        }
        net::HttpClient client;
        const auto result = client.send(post(u"http://127.0.0.1:%1/v1"_s.arg(port)));
        QCOMPARE(codeOf(result), u"endpoint_unreachable"_s);
        QVERIFY(!result.error().maySent);
    }

    void aConnectionThatClosesHasTakenTheRequestOnce()
    {
        ScriptedServer server(always({Step::close()}));
        net::HttpClient client;
        const auto result = client.send(post(server.root()));
        QCOMPARE(codeOf(result), u"endpoint_unreachable"_s);
        QVERIFY(result.error().maySent);
        QCOMPARE(server.seen().size(), 1); // sent again it would be paid twice
    }

    void aKeptConnectionThatClosedMeanwhileIsNoTrouble()
    {
        ScriptedServer server(always({Step::send(httpAnswer(200, "text/plain", "ok")), Step::close()}));
        net::HttpClient client;
        for (int i = 1; i <= 5; ++i) {
            QCOMPARE(codeOf(client.send(post(server.root()))), u"answer 200"_s);
            QCOMPARE(server.seen().size(), i);
        }
    }

    void halfAnAnswer()
    {
        ScriptedServer server(
            always({Step::send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":"), Step::close()}));
        net::HttpClient client;
        const auto result = client.send(post(server.root()));
        QCOMPARE(codeOf(result), u"endpoint_nonsense"_s);
        QVERIFY(result.error().maySent);
        QCOMPARE(result.error().partial.body, "{\"half\":"_ba);
    }

    void noHttpAtAll()
    {
        ScriptedServer server(always({Step::send("220 mail.example ESMTP\r\n"), Step::close()}));
        net::HttpClient client;
        const auto result = client.send(post(server.root()));
        QVERIFY2(!result, qPrintable(codeOf(result)));
        QVERIFY(base::isTemporary(result.error().error.code));
    }

    void answersAreBounded()
    {
        for (const bool withLength : {true, false}) {
            const QByteArray body(20'000, 'x');
            ScriptedServer server(always(
                {Step::send(withLength ? httpAnswer(200, "text/plain", body) : servers::streamHead() + body),
                 Step::close()}));
            net::HttpRequest request = post(server.root());
            request.maxAnswerBytes = 10'000;
            QCOMPARE(codeOf(net::HttpClient().send(request)), u"endpoint_nonsense"_s);
            request.maxAnswerBytes = 20'000;
            QCOMPARE(codeOf(net::HttpClient().send(request)), u"answer 200"_s);
        }
    }

    void cancelTakesEffectAtOnce()
    {
        ScriptedServer server(always({Step::hang()}));
        net::HttpClient client;
        base::CancelToken cancel;
        auto result = client.post(post(server.root()), cancel);
        QTRY_COMPARE(server.seen().size(), 1);
        QElapsedTimer elapsed;
        elapsed.start();
        cancel.cancel();
        const net::HttpResult ended = result.get();
        QVERIFY2(elapsed.elapsed() < 1000, qPrintable(QString::number(elapsed.elapsed())));
        QCOMPARE(codeOf(ended), u"cancelled"_s);
        QVERIFY(ended.error().maySent);

        const auto never = client.send(post(server.root()), cancel);
        QCOMPARE(codeOf(never), u"cancelled"_s);
        QVERIFY(!never.error().maySent);
        QCOMPARE(server.seen().size(), 1);
    }

    void endingTheClientEndsItsRequests()
    {
        ScriptedServer server(always({Step::hang()}));
        std::future<net::HttpResult> result;
        {
            net::HttpClient client;
            result = client.post(post(server.root()));
            QTRY_COMPARE(server.seen().size(), 1);
        }
        QCOMPARE(codeOf(result.get()), u"cancelled"_s);
    }

    void plainHttpStaysOnThisMachine()
    {
        net::HttpClient client;
        net::HttpRequest request = post(u"http://192.0.2.1/v1"_s); // an address that belongs to nobody
        request.key = kKey;
        request.connectMs = 100;
        const auto refused = client.send(request);
        QCOMPARE(codeOf(refused), u"plain_http_refused"_s);
        QVERIFY(!refused.error().maySent);
        request.plainHttpAllowed = true;
        QCOMPARE(codeOf(client.send(request)), u"endpoint_unreachable"_s);
        for (const QString &here : {u"http://localhost:1/"_s, u"http://127.0.0.9/"_s, u"http://[::1]:8/"_s})
            QVERIFY2(net::isLoopback(QUrl(here)), qPrintable(here));
        for (const QString &there : {u"http://localhost.example.org/"_s, u"http://127.0.0.1.example.org/"_s,
                                     u"http://10.0.0.1/"_s, u"http://[fe80::1]/"_s, u"http://128.0.0.1/"_s})
            QVERIFY2(!net::isLoopback(QUrl(there)), qPrintable(there));
    }

    void aKeyNeverFollowsARedirectionElsewhere()
    {
        ScriptedServer other(always({Step::send(httpAnswer(200, "text/plain", "other"))}));
        const QByteArray there = "Location: " + other.root().toLatin1() + "/taken\r\n";
        ScriptedServer server([&](const SeenRequest &request) -> Script {
            if (request.path == "/away")
                return {Step::send(httpAnswer(302, "text/plain", "", there))};
            if (request.path == "/here")
                return {Step::send(httpAnswer(302, "text/plain", "", "Location: /end\r\n"))};
            return {Step::send(httpAnswer(200, "text/plain", "end"))};
        });
        net::HttpClient client;
        net::HttpRequest request = get(server.root() + u"/away"_s);
        request.key = kKey;
        QCOMPARE(codeOf(client.send(request)), u"request_rejected"_s);
        QCOMPARE(other.seen().size(), 0);

        request.key.clear();
        QCOMPARE(client.send(request).value().body, "other"_ba);

        request = get(server.root() + u"/here"_s);
        request.key = kKey;
        QCOMPARE(client.send(request).value().body, "end"_ba);

        request = post(server.root() + u"/here"_s);
        request.key = kKey;
        const auto seenBefore = server.seen().size();
        QCOMPARE(codeOf(client.send(request)), u"answer 302"_s);
        QCOMPARE(server.seen().size(), seenBefore + 1);
    }

    void certificatesAreChecked()
    {
        const auto tls = servers::selfSigned();
        if (!tls)
            QSKIP("the program openssl is missing");
        ScriptedServer server(always({Step::send(httpAnswer(200, "text/plain", "secret"))}), &*tls);
        {
            net::HttpClient client;
            net::HttpRequest request = post(server.root());
            request.key = kKey;
            request.plainHttpAllowed = true; // says nothing about bad certificates
            const auto result = client.send(request);
            QCOMPARE(codeOf(result), u"tls_failed"_s);
            QVERIFY(!result.error().maySent);
            QVERIFY2(result.error().error.detail.contains(u"self-signed"_s),
                     qPrintable(result.error().error.detail));
            QCOMPARE(server.seen().size(), 0);
        }
        const QSslConfiguration usual = QSslConfiguration::defaultConfiguration();
        QSslConfiguration trusting = usual;
        trusting.addCaCertificate(tls->localCertificate());
        QSslConfiguration::setDefaultConfiguration(trusting);
        {
            net::HttpClient client;
            QCOMPARE(codeOf(client.send(post(server.root()))), u"answer 200"_s);
        }
        QSslConfiguration::setDefaultConfiguration(usual);
    }

    void httpsToAPlainServer()
    {
        ScriptedServer server(always({Step::send(httpAnswer(200, "text/plain", "ok"))}));
        net::HttpClient client;
        net::HttpRequest request = post(server.root().replace(u"http:"_s, u"https:"_s));
        request.firstByteMs = 1000; // the double waits for the end of a request that never comes
        request.connectMs = 1000;
        const auto result = client.send(request);
        QVERIFY(!result);
        QVERIFY(!result.error().maySent);
        QCOMPARE(server.seen().size(), 0);
    }

    void theSystemsProxyIsUsedButNotForThisMachine()
    {
        ScriptedServer proxy(always({Step::send(httpAnswer(200, "text/plain", "by proxy"))}));
        ScriptedServer here(always({Step::send(httpAnswer(200, "text/plain", "direct"))}));
        qputenv("http_proxy", proxy.root().toLatin1());
        {
            net::HttpClient client;
            net::HttpRequest request = get(u"http://192.0.2.1/there"_s);
            request.plainHttpAllowed = true;
            const auto away = client.send(request);
            const auto local = client.send(get(here.root()));
            qunsetenv("http_proxy");
            QCOMPARE(away.value_or(net::HttpAnswer()).body, "by proxy"_ba);
            QCOMPARE(proxy.seen().value(0).path, "http://192.0.2.1/there"_ba);
            QCOMPARE(local.value_or(net::HttpAnswer()).body, "direct"_ba);
        }
        QCOMPARE(proxy.seen().size(), 1);
    }

    void aSinkSeesTheBodyAndEndsTheWaiting()
    {
        ScriptedServer server(always({Step::send(servers::streamHead() + "data: a\n\n"), Step::wait(30),
                                      Step::send("data: [DONE]\n\n"), Step::hang()}));
        net::HttpClient client;
        net::HttpRequest request = post(server.root());
        request.idleMs = 30'000;
        QByteArray seen;
        request.sink = [&seen](QByteArrayView chunk) {
            seen.append(chunk);
            return seen.contains("[DONE]");
        };
        const auto result = client.send(request);
        QCOMPARE(codeOf(result), u"answer 200"_s);
        QCOMPARE(seen, "data: a\n\ndata: [DONE]\n\n"_ba);
        QCOMPARE(result->body, seen);
        QVERIFY(result->totalMs < 10'000);
    }

    void aSinkIsNotShownErrors()
    {
        ScriptedServer server(always({Step::send(httpAnswer(500, "text/plain", "broken"))}));
        net::HttpClient client;
        net::HttpRequest request = post(server.root());
        bool called = false;
        request.sink = [&called](QByteArrayView) { return called = true; };
        QCOMPARE(client.send(request).value().body, "broken"_ba);
        QVERIFY(!called);
    }

    void keysThatCannotBeSent()
    {
        ScriptedServer server(always({Step::send(httpAnswer(200, "text/plain", "ok"))}));
        net::HttpClient client;
        for (const QByteArray &key : {"sk-one\r\nX-Injected: 1"_ba, "sk-\xc3\xa9"_ba, "sk-one\n"_ba}) {
            net::HttpRequest request = post(server.root());
            request.key = key;
            QCOMPARE(codeOf(client.send(request)), u"key_refused"_s);
        }
        QCOMPARE(server.seen().size(), 0);
        net::HttpRequest request = post(server.root());
        request.key = kKey;
        QVERIFY(client.send(request));
        QVERIFY(server.seen().value(0).head.contains("Authorization: Bearer " + kKey));
    }

    void textsLoseTheirKeys()
    {
        const QByteArray key = "abc+def/0123456789==";
        QCOMPARE(net::withoutKeys(u"refused abc+def/0123456789== here"_s, key), u"refused [key] here"_s);
        QCOMPARE(net::withoutKeys(u"?key=abc%2Bdef%2F0123456789%3D%3D&a=1"_s, key), u"?key=[key]&a=1"_s);
        QCOMPARE(net::withoutKeys(u"Incorrect API key provided: sk-proj-ab****yz. See"_s, {}),
                 u"Incorrect API key provided: [key] See"_s);
        QCOMPARE(net::withoutKeys(u"header Bearer abcdefgh.ijk failed"_s, {}),
                 u"header Bearer [key] failed"_s);
        QCOMPARE(net::withoutKeys(u"a risk-averse x"_s, "x"), u"a risk-averse x"_s);
        QCOMPARE(net::withoutKeys("{\"k\":\"abc+def/0123456789==\"}"_ba, key), "{\"k\":\"[key]\"}"_ba);
    }
};

QTEST_GUILESS_MAIN(HttpClientTest)
#include "tst_HttpClient.moc"
