// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/ApiError.h"
#include "ai/ChatBody.h"
#include "ai/ChatStream.h"
#include "ai/ChatUsage.h"
#include "ai/JsonNumber.h"
#include "ai/Lessons.h"
#include "ai/RateLimits.h"

#include "support/Strict.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace lectern;
using ai::FormatStep;
using ai::ModelQuirks;
using base::ErrorCode;
using domain::EndpointKind;

namespace {

constexpr qint64 kNow = 1'795'000'000'000; // 2026-11-18 11:06:40 UTC

QJsonObject json(const QByteArray &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isObject())
        qFatal("not an object: %s", text.constData());
    return document.object();
}

ai::ChatRequest question(EndpointKind kind)
{
    ai::ChatRequest request;
    request.endpoint.kind = kind;
    request.endpoint.address = u"http://127.0.0.1:1/v1"_s;
    request.model = u"m"_s;
    ai::ChatMessage system;
    system.role = ai::ChatMessage::Role::System;
    system.text = u"be brief"_s;
    ai::ChatMessage user;
    user.text = u"the page"_s;
    user.pictures = {{"\xff\xd8", "image/jpeg", ai::PictureDetail::High}};
    request.messages = {system, user};
    request.schemaName = u"answer"_s;
    request.schema = {{u"type"_s, u"object"_s}};
    request.maxOutputTokens = 500;
    request.parameters = {{u"temperature"_s, 0}};
    return request;
}

ai::ChatFailure refusal(const QString &message, const QString &parameter = {}, int status = 400)
{
    ai::ChatFailure failure;
    failure.error = {ErrorCode::RequestRejected, u"HTTP 400: "_s + message};
    failure.facts.status = status;
    failure.parameter = parameter;
    return failure;
}

} // namespace

class ChatProtocolTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }

    void durations_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("ms");
        QTest::newRow("seconds") << "1s"_ba << qint64{1000};
        QTest::newRow("minutes and seconds") << "6m0s"_ba << qint64{360'000};
        QTest::newRow("milliseconds") << "12ms"_ba << qint64{12};
        QTest::newRow("fractions round up") << "0.0215s"_ba << qint64{22};
        QTest::newRow("hours") << "1h2m3.5s"_ba << qint64{3'723'500};
        QTest::newRow("days") << "2d"_ba << qint64{172'800'000};
        QTest::newRow("plain seconds") << " 7 "_ba << qint64{7000};
        QTest::newRow("plain fraction") << "0.5"_ba << qint64{500};
        for (const char *bad :
             {"", "soon", "-1", "-1s", "1x", "s", "1 s", "nan", "inf", "1e300", "99999999999d"})
            QTest::newRow(bad) << QByteArray(bad) << qint64{-1};
    }

    void durations()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, ms);
        QCOMPARE(ai::durationMs(text).value_or(-1), ms);
    }

    void retryAfter()
    {
        QCOMPARE(ai::retryAfterMs("2", kNow), 2000);
        QCOMPARE(ai::retryAfterMs("Wed, 18 Nov 2026 11:07:10 GMT", kNow), 30'000);
        QCOMPARE(ai::retryAfterMs("Wed, 18 Nov 2026 11:06:10 GMT", kNow), 0); // is over
        QCOMPARE(ai::retryAfterMs("999999999", kNow), std::optional<qint64>());
        QCOMPARE(ai::retryAfterMs("100000", kNow), 86'400'000);
        QCOMPARE(ai::retryAfterMs("Wed, 18 Nov 2026", kNow), std::optional<qint64>());
    }

    void limitsFromHeaders()
    {
        const auto limits = ai::RateLimits::fromHeaders({{"X-RateLimit-Limit-Requests", "60"},
                                                         {"x-ratelimit-remaining-requests", "59"},
                                                         {"x-ratelimit-reset-requests", "1s"},
                                                         {"x-ratelimit-limit-tokens", "150000"},
                                                         {"x-ratelimit-remaining-tokens", "-1"},
                                                         {"x-ratelimit-reset-tokens", "6m0s"},
                                                         {"Retry-After", "3"},
                                                         {"retry-after-ms", "2500"}},
                                                        kNow);
        QCOMPARE(limits.requestsLimit, 60);
        QCOMPARE(limits.requestsLeft, 59);
        QCOMPARE(limits.requestsResetMs, 1000);
        QCOMPARE(limits.tokensLimit, 150'000);
        QVERIFY(!limits.tokensLeft);
        QCOMPARE(limits.tokensResetMs, 360'000);
        QCOMPARE(limits.retryAfterMs, 2500);
        QCOMPARE(ai::RateLimits::fromHeaders({}, kNow), ai::RateLimits());
    }

    void moneyIsExact_data()
    {
        QTest::addColumn<QByteArray>("number");
        QTest::addColumn<qint64>("pico");
        QTest::newRow("plain") << "0.00014"_ba << qint64{140'000'000};
        QTest::newRow("exponent") << "9.5e-05"_ba << qint64{95'000'000};
        QTest::newRow("capital") << "1E-12"_ba << qint64{1};
        QTest::newRow("whole") << "3"_ba << qint64{3'000'000'000'000};
        QTest::newRow("zero") << "0"_ba << qint64{0};
        QTest::newRow("noise of a double") << "0.00014250000000000001"_ba << qint64{142'500'000};
        QTest::newRow("noise below") << "1.4249999999999999e-4"_ba << qint64{142'500'000};
        QTest::newRow("half rounds up") << "0.0000000000005"_ba << qint64{1};
        QTest::newRow("carries") << "0.9999999999999"_ba << qint64{1'000'000'000'000};
        QTest::newRow("positive exponent") << "1.5e3"_ba << qint64{1'500'000'000'000'000};
        QTest::newRow("very small") << "1e-300"_ba << qint64{0};
        for (const char *bad : {"-1", "", "1e300", "abc", "1.2.3", "0x10", "99999999999", "+1", "."})
            QTest::newRow(bad) << QByteArray(bad) << qint64{-1};
    }

    void moneyIsExact()
    {
        QFETCH(QByteArray, number);
        QFETCH(qint64, pico);
        const auto money = ai::moneyFromNumber(number);
        QCOMPARE(money ? money->picodollars : -1, pico);
    }

    void numbersAreFoundInTheBytes()
    {
        // Written with ' for ", which moc loses its way in.
        const auto find = [](QByteArray text, const QByteArrayList &path) {
            return ai::scalarTextAt(text.replace('\'', '"'), path);
        };
        const QByteArray answer =
            "{'a':'{\\'usage\\':{\\'cost\\':9}}','list':[1,{'usage':{'cost':8}}], 'usage' : "
            "{'x':{'cost':7},'cost' : 0.00014250000000000001 ,'y':1}}";
        QCOMPARE(find(answer, {"usage", "cost"}), "0.00014250000000000001"_ba);
        QCOMPARE(find(answer, {"usage", "y"}), "1"_ba);
        QCOMPARE(find("{'p':{'q':'0.1'}}", {"p", "q"}), "0.1"_ba);
        const std::optional<QByteArray> nothing;
        QCOMPARE(find(answer, {"usage", "x"}), nothing);
        QCOMPARE(find(answer, {"cost"}), nothing);
        for (const char *bad : {"", "{", "[1,2]", "{'usage':{'cost'", "{'usage':{'cost':", "{'usage",
                                "{'usage':'x\\", "{'u':{{}},'usage':{'cost':1}}"})
            QCOMPARE(find(bad, {"usage", "cost"}), nothing);
        QCOMPARE(find(QByteArray(100'000, '[').prepend("{'a':"), {"usage"}), nothing);
    }

    void usageCountsWhatIsBilled()
    {
        const auto usage =
            ai::usageFromJson(json(R"({"prompt_tokens":1200,"completion_tokens":300,"total_tokens":1500,
                     "prompt_tokens_details":{"cached_tokens":1024,"cache_write_tokens":100},
                     "completion_tokens_details":{"reasoning_tokens":200}})"));
        const domain::TokenUsage expected{1200, 1024, 100, 300, 200, true};
        QCOMPARE(usage, expected);
        QVERIFY(!ai::usageFromJson({}).reported);
        QVERIFY(!ai::usageFromJson(json(R"({"prompt_tokens":0,"completion_tokens":1})")).reported);
        QVERIFY(!ai::usageFromJson(json(R"({"prompt_tokens":-5,"completion_tokens":1})")).reported);
        QVERIFY(!ai::usageFromJson(json(R"({"prompt_tokens":1e18,"completion_tokens":1})")).reported);
        QVERIFY(!ai::usageFromJson(json(R"({"prompt_tokens":"9","completion_tokens":1})")).reported);
        // Parts can never be more than the whole.
        const auto odd = ai::usageFromJson(json(
            R"({"input_tokens":10,"output_tokens":5,"input_tokens_details":{"cached_tokens":50},"output_tokens_details":{"reasoning_tokens":9}})"));
        QCOMPARE(odd.cachedInput, 10);
        QCOMPARE(odd.reasoning, 5);
    }

    void errorsOfEveryShape_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ErrorCode>("code");
        const auto row = [](const char *name, int status, const QByteArray &body, ErrorCode code) {
            QTest::newRow(name) << status << body << code;
        };
        row("OpenAI: wrong key", 401,
            R"({"error":{"message":"Incorrect API key provided","type":"invalid_request_error","code":"invalid_api_key"}})",
            ErrorCode::KeyRefused);
        row("no credit", 402, R"({"error":{"code":402,"message":"Insufficient credits"}})",
            ErrorCode::OutOfCredit);
        row("quota in a 429", 429,
            R"({"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}})",
            ErrorCode::OutOfCredit);
        row("rate limit", 429, R"({"error":{"message":"Rate limit reached","code":"rate_limit_exceeded"}})",
            ErrorCode::RateLimited);
        row("rate limit as a page", 429, "<html>slow down</html>", ErrorCode::RateLimited);
        row("forbidden", 403, R"({"error":{"message":"no access"}})", ErrorCode::KeyRefused);
        row("moderated", 403,
            R"({"error":{"code":403,"message":"flagged","metadata":{"reasons":["violence"]}}})",
            ErrorCode::AnswerRefused);
        row("content filter", 400, R"({"error":{"code":"content_filter","message":"filtered"}})",
            ErrorCode::AnswerRefused);
        row("OpenAI: no model", 404,
            R"({"error":{"message":"The model `gpt-9` does not exist","code":"model_not_found"}})",
            ErrorCode::ModelNotFound);
        row("Ollama: no model", 404, R"({"error":"model 'x' not found, try pulling it first"})",
            ErrorCode::ModelNotFound);
        row("no path", 404, R"({"detail":"Not Found"})", ErrorCode::RequestRejected);
        row("no path, a page", 404, "<!DOCTYPE html><p>404", ErrorCode::RequestRejected);
        row("OpenRouter: no model", 400, R"({"error":{"message":"foo is not a valid model ID","code":400}})",
            ErrorCode::ModelNotFound);
        row("bad field", 400, R"({"error":{"message":"Unsupported parameter","param":"temperature"}})",
            ErrorCode::RequestRejected);
        row("Google: wrong key", 400, R"([{"error":{"code":400,"message":"API key not valid."}}])",
            ErrorCode::KeyRefused);
        row("too large", 413, "Payload Too Large", ErrorCode::RequestRejected);
        row("FastAPI", 422, R"({"detail":[{"loc":["body"],"msg":"field required"}]})",
            ErrorCode::RequestRejected);
        row("time-out", 408, R"({"error":{"code":408,"message":"timed out"}})", ErrorCode::EndpointFailed);
        row("broken", 500, R"({"error":{"message":"oops"}})", ErrorCode::EndpointFailed);
        row("overloaded", 529, "", ErrorCode::EndpointFailed);
        row("proxy", 502, "<html><h1>502 Bad Gateway", ErrorCode::EndpointFailed);
        row("firewall", 403, "<html>blocked</html>", ErrorCode::EndpointNonsense);
        row("proxy wants a password", 407, "<html>", ErrorCode::EndpointUnreachable);
        row("moved", 301, "", ErrorCode::RequestRejected);
        row("200: error", 200, R"({"error":{"code":502,"message":"Provider returned error"}})",
            ErrorCode::EndpointFailed);
        row("200: rate limit", 200, R"({"error":{"code":429,"message":"slow down"}})",
            ErrorCode::RateLimited);
        row("200: credit", 200, R"({"error":{"code":402,"message":"no credits"}})", ErrorCode::OutOfCredit);
        row("200: Portkey", 200, R"({"status":"failure","message":"Something went wrong"})",
            ErrorCode::EndpointFailed);
        row("vLLM", 400, R"({"object":"error","message":"bad","type":"BadRequestError","code":400})",
            ErrorCode::RequestRejected);
    }

    void errorsOfEveryShape()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(ErrorCode, code);
        const bool html = ai::isHtml(body, {});
        QCOMPARE(base::errorName(ai::errorCodeOf(status, ai::ApiError::fromBody(body), html, true)),
                 base::errorName(code));
    }

    void aServerThatWantsAKey()
    {
        QCOMPARE(ai::errorCodeOf(401, {}, false, false), ErrorCode::KeyMissing);
        QVERIFY(!ai::ApiError::fromJson(json(R"({"error":null,"choices":[]})")));
        QVERIFY(!ai::ApiError::fromJson(json(R"({"id":"x","usage":{}})")));
    }

    void bodyForEachServer()
    {
        const auto body = [](const ai::ChatRequest &request, const ModelQuirks &quirks = {}) {
            return json(ai::chatBody(request, quirks));
        };
        const QJsonObject openAi = body(question(EndpointKind::OpenAi));
        QCOMPARE(openAi.value("max_completion_tokens"_L1).toInt(), 500);
        QVERIFY(!openAi.contains("max_tokens"_L1));
        QCOMPARE(openAi.value("response_format"_L1).toObject().value("type"_L1).toString(), u"json_schema"_s);
        QCOMPARE(openAi.value("stream_options"_L1).toObject().value("include_usage"_L1).toBool(), true);
        QVERIFY(!openAi.contains("provider"_L1));
        const QJsonArray parts =
            openAi.value("messages"_L1).toArray().at(1).toObject().value("content"_L1).toArray();
        QCOMPARE(parts.at(0).toObject().value("text"_L1).toString(), u"the page"_s);
        const QJsonObject picture = parts.at(1).toObject().value("image_url"_L1).toObject();
        QCOMPARE(picture.value("url"_L1).toString(), u"data:image/jpeg;base64,/9g="_s);
        QCOMPARE(picture.value("detail"_L1).toString(), u"high"_s);

        const QJsonObject router = body(question(EndpointKind::OpenRouter));
        QCOMPARE(router.value("max_tokens"_L1).toInt(), 500);
        QVERIFY(router.value("provider"_L1).toObject().value("require_parameters"_L1).toBool());
        QVERIFY(router.value("usage"_L1).toObject().value("include"_L1).toBool());

        ModelQuirks quirks;
        quirks.format = FormatStep::JsonObject;
        quirks.dropped = {u"temperature"_s};
        quirks.streams = false;
        const QJsonObject adapted = body(question(EndpointKind::Ollama), quirks);
        QVERIFY(!adapted.contains("temperature"_L1) && !adapted.contains("stream"_L1));
        QCOMPARE(adapted.value("response_format"_L1).toObject(), json(R"({"type":"json_object"})"));
        QVERIFY(adapted.value("messages"_L1)
                    .toArray()
                    .at(0)
                    .toObject()
                    .value("content"_L1)
                    .toString()
                    .contains(u"JSON Schema"_s));
        quirks.format = FormatStep::Prompt;
        QVERIFY(!body(question(EndpointKind::Ollama), quirks).contains("response_format"_L1));
        QCOMPARE(ai::chatBody(question(EndpointKind::Other), {}),
                 ai::chatBody(question(EndpointKind::Other), {}));
    }

    void learnsFromRefusals()
    {
        const ai::ChatRequest openAi = question(EndpointKind::OpenAi);
        const auto other = ai::lessonOf(
            openAi, {},
            refusal(
                u"Unsupported parameter: 'max_completion_tokens' is not supported. Use 'max_tokens' instead."_s));
        QVERIFY(other);
        QCOMPARE(ai::limitField(openAi, *other), u"max_tokens"_s);
        const auto none = ai::lessonOf(openAi, *other, refusal(u"unknown field"_s, u"max_tokens"_s));
        QVERIFY(none);
        QCOMPARE(ai::limitField(openAi, *none), QString());

        const auto temperature = ai::lessonOf(
            openAi, {}, refusal(u"'temperature' does not support 0 with this model."_s, u"temperature"_s));
        QVERIFY(temperature);
        QCOMPARE(temperature->dropped, QStringList{u"temperature"_s});
        QVERIFY(!ai::lessonOf(openAi, *temperature, refusal(u"no"_s, u"temperature"_s)));

        const auto options =
            ai::lessonOf(openAi, {}, refusal(u"Extra inputs are not permitted: stream_options"_s, {}, 422));
        QVERIFY(options);
        QCOMPARE(options->dropped, QStringList{u"stream_options"_s});
        const auto whole = ai::lessonOf(openAi, {}, refusal(u"no streaming here"_s, u"stream"_s));
        QVERIFY(whole && !whole->streams);
        const auto detail =
            ai::lessonOf(openAi, {}, refusal(u"unknown"_s, u"messages[1].content[1].image_url.detail"_s));
        QVERIFY(detail);
        QCOMPARE(detail->dropped, QStringList{u"detail"_s});
    }

    void learnsTheFormOfAnswers()
    {
        const auto step = [](EndpointKind kind, const ModelQuirks &quirks, const ai::ChatFailure &failure) {
            return ai::lessonOf(question(kind), quirks, failure);
        };
        const auto first = step(EndpointKind::Other, {},
                                refusal(u"'response_format.type' must be 'text'"_s, u"response_format"_s));
        QVERIFY(first && first->format == FormatStep::JsonObject);
        const auto second = step(EndpointKind::Other, *first, refusal(u"response_format is not supported"_s));
        QVERIFY(second && second->format == FormatStep::Prompt);
        QVERIFY(!step(EndpointKind::Other, *second, refusal(u"response_format is not supported"_s)));
        const auto studio = step(EndpointKind::LmStudio, {}, refusal(u"json_schema: unsupported keyword"_s));
        QVERIFY(studio && studio->format == FormatStep::Prompt);
        const auto router =
            step(EndpointKind::OpenRouter, {},
                 refusal(u"No endpoints found that can handle the requested parameters"_s, {}, 404));
        QVERIFY(router && router->format == FormatStep::JsonObject);
    }

    void otherRefusalsTeachNothing()
    {
        const ai::ChatRequest request = question(EndpointKind::OpenAi);
        QVERIFY(!ai::lessonOf(
            request, {},
            refusal(u"max_completion_tokens is too large: 500. At most 100."_s, u"max_completion_tokens"_s)));
        QVERIFY(
            !ai::lessonOf(request, {}, refusal(u"maximum context length is 4096 tokens"_s, u"messages"_s)));
        QVERIFY(!ai::lessonOf(request, {}, refusal(u"temperature"_s, u"temperature"_s, 500)));
        QVERIFY(!ai::lessonOf(request, {}, refusal(u"the model does not exist"_s, {}, 404)));
        QVERIFY(!ai::lessonOf(request, {}, refusal(u"your temperatures are wrong"_s)));
    }

    void quirksSurviveStorage()
    {
        ModelQuirks quirks;
        quirks.format = FormatStep::Prompt;
        quirks.dropped = {u"max_tokens"_s, u"temperature"_s};
        quirks.streams = false;
        quirks.schemaInPrompt = true;
        QCOMPARE(ModelQuirks::fromJson(quirks.toJson()), quirks);
        QCOMPARE(ModelQuirks::fromJson({}), ModelQuirks());
        QCOMPARE(ModelQuirks::fromJson(json(R"({"format":"xml","dropped":"x","streams":7})")), ModelQuirks());
    }

    void streamIsPutTogether()
    {
        ai::ChatStream stream;
        QVERIFY(!stream.feed(
            R"(data: {"id":"gen-1","model":"m2","choices":[{"delta":{"role":"assistant","content":""}}]})"
            "\n\n"));
        QVERIFY(!stream.feed(R"(data: {"choices":[{"delta":{"content":"a","reasoning":"hm"}}]})"
                             "\n\n"));
        QVERIFY(!stream.feed(R"(data: {"choices":[{"delta":{"content":"b"},"finish_reason":"length"}]})"
                             "\n\n"));
        QVERIFY(stream.isWhole());
        QVERIFY(stream.feed(
            R"(data: {"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":2,"cost":1.5e-05}})"
            "\n\ndata: [DONE]\n\n"));
        const ai::ChatReply &reply = stream.reply();
        QCOMPARE(reply.content, u"ab"_s);
        QCOMPARE(reply.model, u"m2"_s);
        QCOMPARE(reply.facts.completionId, u"gen-1"_s);
        QCOMPARE(reply.finish, ai::FinishReason::Length);
        QCOMPARE(reply.facts.usage.input, 10);
        QCOMPARE(reply.facts.cost->picodollars, 15'000'000);
    }
};

QTEST_GUILESS_MAIN(ChatProtocolTest)
#include "tst_ChatProtocol.moc"
