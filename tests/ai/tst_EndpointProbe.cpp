// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/EndpointProbe.h"
#include "ai/ModelLists.h"

#include "net/HttpClient.h"
#include "servers/ModelServer.h"
#include "servers/ScriptedServer.h"
#include "support/Expect.h"
#include "support/Strict.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace lectern;
using base::ErrorCode;
using domain::Endpoint;
using domain::EndpointKind;
using models::ListedModel;
using servers::httpAnswer;
using servers::ModelServer;
using servers::Script;
using servers::ScriptedServer;
using servers::SeenRequest;
using servers::Step;

namespace {

const QByteArray kKey = "sk-probe-0123456789abcdef";
const QString kFixtures = QStringLiteral(LECTERN_SOURCE_DIR "/tests/ai/data/probe-aimock.json");

Endpoint endpoint(EndpointKind kind, const QString &address)
{
    Endpoint endpoint;
    endpoint.id = u"test"_s;
    endpoint.kind = kind;
    endpoint.address = address;
    return endpoint;
}

/// Answers paths with JSON; 404 in the form of a web framework for all others.
ScriptedServer::Answerer paths(const QMap<QByteArray, QByteArray> &answers)
{
    return [answers](const SeenRequest &request) -> Script {
        if (const auto answer = answers.find(request.path); answer != answers.end())
            return {Step::send(httpAnswer(200, "application/json", *answer))};
        return {Step::send(httpAnswer(404, "application/json", R"({"detail":"Not Found"})"))};
    };
}

const QByteArray kOpenRouter = R"({"data":[
{"id":"openai/gpt-6-luna","name":"OpenAI: GPT-6 Luna","context_length":1050000,
 "architecture":{"input_modalities":["text","image"],"output_modalities":["text"]},
 "pricing":{"prompt":"0.0000001","completion":"0.0000005","request":"0","image":"0","input_cache_read":"0.00000001"},
 "top_provider":{"context_length":1050000,"max_completion_tokens":128000},
 "supported_parameters":["response_format","structured_outputs","max_tokens"]},
{"id":"openrouter/auto","name":"Auto","context_length":2000000,"pricing":{"prompt":"-1","completion":"-1"},
 "architecture":{"input_modalities":["text"],"output_modalities":["text"]},"supported_parameters":["max_tokens"]},
{"id":"free/model:free","pricing":{"prompt":"0","completion":"0"},"expiration_date":"2027-01-31"},
{"id":"unpriced/model"},
{"name":"no id"}, 7
]})";

} // namespace

class EndpointProbeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!ModelServer::isInstalled())
            return;
        m_server = std::make_unique<ModelServer>(ModelServer::Program::AiMock, kFixtures, QStringList(),
                                                 QString::fromLatin1(kKey));
        QCOMPARE(m_server->error(), QString());
    }

    void cleanupTestCase() { m_server.reset(); }

    void init() { support::failOnWarnings(); }

    void listsOfARealServer()
    {
        if (!m_server)
            QSKIP("the test servers are not installed (npm)");
        const auto openAi = m_probe.listModels(endpoint(EndpointKind::OpenAi, m_server->address()), kKey, {});
        EXPECT_OK(openAi);
        QVERIFY(!openAi->isEmpty() && !openAi->at(0).id.isEmpty());
        QVERIFY(!openAi->at(0).price); // OpenAI's list names none
        const auto router =
            m_probe.listModels(endpoint(EndpointKind::OpenRouter, m_server->root() + u"/api/v1"_s), kKey, {});
        EXPECT_OK(router);
        QCOMPARE(router->at(0).contextWindow, 128'000);
        QVERIFY(router->at(0).price && router->at(0).price->isFree());
        const auto ollama = m_probe.listModels(endpoint(EndpointKind::Ollama, m_server->address()), kKey, {});
        EXPECT_OK(ollama); // without /api/show, which this server lacks
        QVERIFY(!ollama->isEmpty());
    }

    void testingARealServer()
    {
        if (!m_server)
            QSKIP("the test servers are not installed (npm)");
        const Endpoint openAi = endpoint(EndpointKind::OpenAi, m_server->address());
        const auto report = m_probe.test(openAi, kKey, {}, {});
        QCOMPARE(report.error, base::Error());
        QVERIFY(report.models > 0);
        QCOMPARE(m_probe.test(openAi, "sk-wrong-9876543210", {}, {}).error.code, ErrorCode::KeyRefused);
        QCOMPARE(m_probe.test(openAi, {}, {}, {}).error.code, ErrorCode::KeyMissing);
        QCOMPARE(m_probe.test(openAi, kKey, u"no-such-model"_s, {}).error.code, ErrorCode::ModelNotFound);
        const Endpoint router = endpoint(EndpointKind::OpenRouter, m_server->root() + u"/api/v1"_s);
        QCOMPARE(m_probe.test(router, kKey, {}, {}).error, base::Error());
        const Endpoint wrong = endpoint(EndpointKind::OpenAi, m_server->root() + u"/wrong"_s);
        QCOMPARE(m_probe.test(wrong, kKey, {}, {}).error.code, ErrorCode::RequestRejected);
    }

    void whatATestCanFind_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<ErrorCode>("code");
        const auto row = [](const char *name, const QByteArray &answer, ErrorCode code) {
            QTest::newRow(name) << answer << code;
        };
        row("an empty list is one", httpAnswer(200, "application/json", R"({"data":[]})"), ErrorCode::None);
        row("a web page", httpAnswer(200, "text/html", "<html>hello</html>"), ErrorCode::EndpointNonsense);
        row("other JSON", httpAnswer(200, "application/json", R"({"ok":true})"), ErrorCode::EndpointNonsense);
        row("text", httpAnswer(200, "text/plain", "Ollama is running"), ErrorCode::EndpointNonsense);
        row("no such page", httpAnswer(404, "text/html", "<html>404</html>"), ErrorCode::RequestRejected);
        row("still loading", httpAnswer(503, "application/json", R"({"error":{"message":"Loading model"}})"),
            ErrorCode::EndpointFailed);
        row("no credit", httpAnswer(402, "application/json", R"({"error":{"message":"no"}})"),
            ErrorCode::OutOfCredit);
        row("too often", httpAnswer(429, "application/json", R"({"error":{"message":"no"}})"),
            ErrorCode::RateLimited);
        row("moved", httpAnswer(302, "text/html", "", "Location: http://127.0.0.1:1/v1\r\n"),
            ErrorCode::RequestRejected);
    }

    void whatATestCanFind()
    {
        QFETCH(QByteArray, answer);
        QFETCH(ErrorCode, code);
        ScriptedServer server([answer](const SeenRequest &) -> Script { return {Step::send(answer)}; });
        const auto report = m_probe.test(endpoint(EndpointKind::Other, server.address()), kKey, {}, {});
        QCOMPARE(base::errorName(report.error.code), base::errorName(code));
        QVERIFY(!report.error.detail.contains(QString::fromLatin1(kKey)));
    }

    void nobodyThereAndNotInTheClear()
    {
        QCOMPARE(
            m_probe.test(endpoint(EndpointKind::Other, u"http://127.0.0.1:1/v1"_s), {}, {}, {}).error.code,
            ErrorCode::EndpointUnreachable);
        QCOMPARE(
            m_probe.test(endpoint(EndpointKind::Other, u"http://192.0.2.1/v1"_s), kKey, {}, {}).error.code,
            ErrorCode::PlainHttpRefused);
    }

    void pricesOfOpenRouterAreExact()
    {
        ScriptedServer server(paths({{"/api/v1/models", kOpenRouter}, {"/api/v1/key", R"({"data":{}})"}}));
        const Endpoint router = endpoint(EndpointKind::OpenRouter, server.root() + u"/api/v1"_s);
        const auto models = m_probe.listModels(router, kKey, {});
        EXPECT_OK(models);
        QCOMPARE(models->size(), 4);
        const ListedModel &luna = models->at(0);
        QCOMPARE(luna.id, u"openai/gpt-6-luna"_s);
        QCOMPARE(luna.name, u"OpenAI: GPT-6 Luna"_s);
        QCOMPARE(luna.contextWindow, 1'050'000);
        QCOMPARE(luna.maxOutput, 128'000);
        QCOMPARE(luna.vision, true);
        QCOMPARE(luna.structuredOutput, true);
        QVERIFY(luna.price);
        QCOMPARE(luna.price->input.picodollars, 100'000);
        QCOMPARE(luna.price->cachedInput.picodollars, 10'000);
        QCOMPARE(luna.price->cacheWrite.picodollars, 100'000); // as input, where nothing is said
        QCOMPARE(luna.price->output.picodollars, 500'000);
        QVERIFY(!models->at(1).price); // "-1": it depends
        QCOMPARE(models->at(1).vision, false);
        QCOMPARE(models->at(1).structuredOutput, false);
        QVERIFY(models->at(2).price && models->at(2).price->isFree());
        QCOMPARE(models->at(2).shutdownDate, QDate(2027, 1, 31));
        QCOMPARE(models->at(2).name, u"free/model:free"_s);
        QVERIFY(!models->at(3).price);
        // A public list proves nothing about the key.
        QCOMPARE(m_probe.test(router, {}, {}, {}).error.code, ErrorCode::KeyMissing);
        ScriptedServer strict([](const SeenRequest &request) -> Script {
            return {Step::send(
                request.path == "/api/v1/key"
                    ? httpAnswer(401, "application/json", R"({"error":{"code":401,"message":"No"}})")
                    : httpAnswer(200, "application/json", kOpenRouter))};
        });
        const Endpoint other = endpoint(EndpointKind::OpenRouter, strict.root() + u"/api/v1"_s);
        QCOMPARE(m_probe.test(other, kKey, {}, {}).error.code, ErrorCode::KeyRefused);
    }

    void pricesForRequestsAndPictures()
    {
        const auto priced = [](const QString &request, const QJsonValue &picture) {
            const QJsonObject pricing{{u"prompt"_s, u"0.000001"_s},
                                      {u"completion"_s, u"0.000005"_s},
                                      {u"request"_s, request},
                                      {u"image"_s, picture}};
            const QJsonObject model{{u"id"_s, u"acme/eye"_s}, {u"pricing"_s, pricing}};
            const auto models =
                ai::readOpenRouterModels(QJsonDocument(QJsonObject{{u"data"_s, QJsonArray{model}}}).toJson());
            return models ? models->value(0).price : std::nullopt;
        };
        const auto both = priced(u"0.005"_s, u"0.0010355"_s);
        QVERIFY(both);
        QCOMPARE(both->request.toDecimal(), u"0.005"_s);
        QCOMPARE(both->picture.toDecimal(), u"0.0010355"_s);
        QCOMPARE(priced(u"0"_s, 0.001)->picture.toDecimal(), u"0.001"_s); // a number, as some write it
        QVERIFY(!priced(u"0"_s, u"-1"_s));
        QVERIFY(!priced(u"-1"_s, u"0"_s));
    }

    void shutDownDatesOfOpenAi()
    {
        const auto models = ai::readOpenAiModels(
            R"({"object":"list","data":[{"id":"gpt-5","shutdown_date":"2026-12-11"},{"id":"gpt-6-luna","shutdown_date":null},{"id":"text-embedding-3-small"}]})");
        EXPECT_OK(models);
        QCOMPARE(models->at(0).shutdownDate, QDate(2026, 12, 11));
        QVERIFY(!models->at(1).shutdownDate.isValid());
        QCOMPARE(models->at(2).embedding, true);
    }

    void embeddersAreToldByTheirNames_data()
    {
        QTest::addColumn<bool>("embeds");
        for (const char *id :
             {"text-embedding-3-small", "nomic-embed-text:latest", "BAAI/bge-m3", "thenlper/gte-large",
              "intfloat/multilingual-e5-large", "sentence-transformers/all-MiniLM-L6-v2"})
            QTest::newRow(id) << true;
        for (const char *id : {"gpt-6-luna", "BAAI/bge-reranker-v2-m3", "acme/integer-8b", "phe5-mini"})
            QTest::newRow(id) << false;
    }

    void embeddersAreToldByTheirNames()
    {
        QFETCH(bool, embeds);
        const QByteArray list = "{\"data\":[{\"id\":\"" + QByteArray(QTest::currentDataTag()) + "\"}]}";
        const auto models = ai::readOpenAiModels(list);
        EXPECT_OK(models);
        QCOMPARE(models->at(0).embedding, embeds);
    }

    void ollamaTellsWhatModelsCanDo()
    {
        ScriptedServer server([](const SeenRequest &request) -> Script {
            if (request.path == "/api/tags")
                return {Step::send(httpAnswer(
                    200, "application/json",
                    R"({"models":[{"name":"llava:7b","details":{"parameter_size":"7B"}},{"name":"nomic-embed-text:latest"}]})"))};
            if (request.path != "/api/show" || request.method != "POST")
                return {Step::send(httpAnswer(404, "text/plain", "404 page not found"))};
            return {Step::send(httpAnswer(
                200, "application/json",
                request.body.contains("llava")
                    ? R"({"capabilities":["completion","vision"],"model_info":{"llama.context_length":32768}})"
                    : R"({"capabilities":["embedding"],"model_info":{"nomic-bert.context_length":2048}})"))};
        });
        const Endpoint ollama = endpoint(EndpointKind::Ollama, server.address());
        const auto models = m_probe.listModels(ollama, {}, {});
        EXPECT_OK(models);
        QCOMPARE(models->at(0).vision, true);
        QCOMPARE(models->at(0).contextWindow, 32'768);
        QCOMPARE(models->at(0).embedding, false);
        QVERIFY(models->at(0).price && models->at(0).price->isFree());
        QCOMPARE(models->at(1).embedding, true);
        QCOMPARE(m_probe.test(ollama, {}, u"nomic-embed-text"_s, {}).error, base::Error()); // :latest
    }

    void lmStudioAndLlamaCpp()
    {
        ScriptedServer studio(paths(
            {{"/api/v0/models",
              R"({"data":[{"id":"qwen-vl","type":"vlm","state":"loaded","max_context_length":131072,"loaded_context_length":8192},{"id":"bge","type":"embeddings"}]})"}}));
        const auto models = m_probe.listModels(endpoint(EndpointKind::LmStudio, studio.address()), {}, {});
        EXPECT_OK(models);
        QCOMPARE(models->at(0).vision, true);
        QCOMPARE(models->at(0).contextWindow, 8192);
        QCOMPARE(models->at(1).embedding, true);
        ScriptedServer old(paths({{"/v1/models", R"({"data":[{"id":"a"}]})"}}));
        QCOMPARE(m_probe.listModels(endpoint(EndpointKind::LmStudio, old.address()), {}, {}).value().size(),
                 1);

        ScriptedServer llama(paths(
            {{"/v1/models",
              R"({"data":[{"id":"/m/x.gguf","owned_by":"llamacpp","meta":{"n_ctx_train":131072}}]})"},
             {"/props", R"({"default_generation_settings":{"n_ctx":4096},"modalities":{"vision":true}})"}}));
        const auto one = m_probe.listModels(endpoint(EndpointKind::LlamaCpp, llama.address()), {}, {});
        EXPECT_OK(one);
        QCOMPARE(one->at(0).contextWindow, 4096); // what it has loaded, not what the model could
        QCOMPARE(one->at(0).vision, true);
        // Still loading: meta is null.
        EXPECT_OK(ai::readOpenAiModels(R"({"data":[{"id":"x","meta":null}]})"));
    }

    void localServersAreFoundByWhatTheySay()
    {
        ScriptedServer ollama(paths({{"/api/tags", R"({"models":null})"}}));
        ScriptedServer llama(
            paths({{"/v1/models", R"({"data":[]})"}, {"/props", R"({"default_generation_settings":{}})"}}));
        ScriptedServer website([](const SeenRequest &) -> Script {
            return {Step::send(httpAnswer(200, "text/html", "<html>"))};
        });
        const QVector<Endpoint> candidates{endpoint(EndpointKind::Ollama, ollama.address()),
                                           endpoint(EndpointKind::LlamaCpp, website.address()),
                                           endpoint(EndpointKind::LlamaCpp, llama.address()),
                                           endpoint(EndpointKind::Ollama, website.address()),
                                           endpoint(EndpointKind::LmStudio, llama.address()),
                                           endpoint(EndpointKind::LmStudio, u"http://127.0.0.1:1/v1"_s)};
        const QVector<Endpoint> expected{candidates.at(0), candidates.at(2)};
        QCOMPARE(m_probe.findLocal(candidates, {}), expected);
        // Something that takes connections and says nothing does not hold the search up.
        ScriptedServer silent([](const SeenRequest &) -> Script { return {Step::hang()}; });
        QElapsedTimer elapsed;
        elapsed.start();
        QVERIFY(m_probe.findLocal({endpoint(EndpointKind::Ollama, silent.address())}, {}).isEmpty());
        QVERIFY2(elapsed.elapsed() < 10'000, qPrintable(QString::number(elapsed.elapsed())));
        const QVector<Endpoint> usual = ai::EndpointProbe::usualLocalEndpoints();
        QCOMPARE(usual.size(), 3);
        QCOMPARE(usual.at(0).address, u"http://127.0.0.1:11434/v1"_s);
        QCOMPARE(usual.at(1).address, u"http://127.0.0.1:1234/v1"_s);
        QCOMPARE(usual.at(2).address, u"http://127.0.0.1:8080/v1"_s);
    }

private:
    net::HttpClient m_http;
    ai::EndpointProbe m_probe{m_http};
    std::unique_ptr<ModelServer> m_server;
};

QTEST_GUILESS_MAIN(EndpointProbeTest)
#include "tst_EndpointProbe.moc"
