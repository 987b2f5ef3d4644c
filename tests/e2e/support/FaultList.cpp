// SPDX-License-Identifier: GPL-3.0-or-later
#include "FaultList.h"

#include "servers/ModelFixtures.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace lectern::e2e {

namespace {

using servers::Script;
using servers::Step;
using Server = Fault::Server;

const QString kPaid = u"settled none 3000+50 0.00325"_s;
const QString kProse = u"It is about wells."_s;
const QString kHalf = uR"({"title": "A page", "summ)"_s;

QJsonObject bill()
{
    return servers::usage(3'000, 50);
}

QJsonObject errorOf(const QString &message, const QString &code = {}, const QString &parameter = {})
{
    QJsonObject error{{u"message"_s, message}, {u"type"_s, u"invalid_request_error"_s}};
    if (!code.isEmpty())
        error.insert(u"code"_s, code);
    if (!parameter.isEmpty())
        error.insert(u"param"_s, parameter);
    return error;
}

QString useless(const QString &outcome)
{
    return u"settled %1 3000+50 0.00325"_s.arg(outcome);
}

/// Nobody was asked to pay.
QString unpaid(const QString &outcome)
{
    return u"settled %1 0+0 0"_s.arg(outcome);
}

/// Nobody says what it cost.
QString unknown(const QString &outcome)
{
    return u"unknown %1 0+0 reserved"_s.arg(outcome);
}

/// One fault after the other is put together with these.
class List {
public:
    [[nodiscard]] QVector<Fault> faults() const { return m_faults; }

    /// AiMock, which answers the first request as `first` says (if at all) and all others as `others` does.
    Fault &aiMock(const QString &name, const QJsonObject &others, const QVector<QJsonObject> &first = {})
    {
        Fault &fault = add(name, Server::AiMock);
        int sequence = 0;
        for (const QJsonObject &one : first)
            fault.fixtures.append(forModel(one, name, sequence++));
        fault.fixtures.append(forModel(others, name));
        return fault;
    }

    /// MockLlm, about a model that is known not to stream: only so does it say what it is told.
    Fault &mockLlm(const QString &name, const QJsonArray &rules)
    {
        Fault &fault = add(name, Server::MockLlm);
        fault.fixtures = rules;
        fault.quirks = {{u"format"_s, u"json_schema"_s}, {u"streams"_s, false}};
        return fault;
    }

    Fault &scripted(const QString &name, const QVector<Script> &scripts)
    {
        Fault &fault = add(name, Server::Scripted);
        fault.scripts = scripts;
        fault.silence = u"2"_s;
        return fault;
    }

    static Fault &failed(Fault &fault, const QString &code, const QStringList &rows, int attempts = 1)
    {
        fault.state = u"failed"_s;
        fault.code = code;
        fault.rows = rows;
        fault.attempts = attempts;
        return fault;
    }

    /// Tried three times, and nobody knows what it cost.
    static Fault &lost(Fault &fault, const QString &code)
    {
        const QString row = unknown(code);
        return failed(fault, code, {row, row, row}, 3);
    }

    /// The endpoint is held, for all pages alike.
    static Fault &held(Fault &fault, const QString &code)
    {
        fault.state = u"extracted"_s;
        fault.waitsFor = code;
        fault.rows = QStringList{unpaid(code)};
        fault.attempts = 0;
        return fault;
    }

private:
    Fault &add(const QString &name, Server server)
    {
        Fault fault;
        fault.name = name;
        fault.server = server;
        m_faults.append(fault);
        return m_faults.last();
    }

    static QJsonObject forModel(QJsonObject fixture, const QString &model, int sequence = -1)
    {
        QJsonObject match = fixture.value(u"match"_s).toObject();
        match.insert(u"model"_s, model);
        if (sequence >= 0)
            match.insert(u"sequenceIndex"_s, sequence);
        fixture.insert(u"match"_s, match);
        return fixture;
    }

    QVector<Fault> m_faults;
};

QJsonObject good()
{
    return servers::answering(servers::pageAnswer(), bill());
}

/// The same in the protocol's own form.
QJsonObject right()
{
    return servers::completion({{u"content"_s, servers::pageAnswer()}}, u"stop"_s, bill());
}

QJsonObject finishing(const QString &content, const QString &reason)
{
    QJsonObject fixture = servers::answering(content, bill());
    QJsonObject response = fixture.value(u"response"_s).toObject();
    response.insert(u"finishReason"_s, reason);
    fixture.insert(u"response"_s, response);
    return fixture;
}

QJsonObject with(QJsonObject fixture, const QString &name, const QJsonValue &value)
{
    fixture.insert(name, value);
    return fixture;
}

/// Answers that are what was asked for, under something else.
void addWrappings(List &list)
{
    const QString answer = servers::pageAnswer();
    const auto wrapped = [&](const QString &name, const QString &content) {
        list.aiMock(name, servers::answering(content, bill())).rows = QStringList{kPaid};
    };
    wrapped(u"fences"_s, u"```json\n"_s + answer + u"\n```"_s);
    wrapped(u"prose-around"_s,
            u"Here is what I found {on this page}:\n"_s + answer + u"\nI hope it helps."_s);
    wrapped(u"text-behind"_s, answer + u" That is all."_s);
    wrapped(u"thoughts-before"_s, u"<think>{\"title\": \"perhaps\"}</think>\n"_s + answer);
}

/// Answers of no use.
void addUseless(List &list)
{
    list.aiMock(u"cut-once"_s, good(), {finishing(kHalf, u"length"_s)}).rows = {useless(u"answer_cut"_s),
                                                                                kPaid};
    List::failed(list.aiMock(u"cut-always"_s, finishing(kHalf, u"length"_s)), u"answer_cut"_s,
                 {useless(u"answer_cut"_s), useless(u"answer_cut"_s)})
        .written = kHalf;
    List::failed(list.aiMock(u"filtered"_s, finishing(kHalf, u"content_filter"_s)), u"answer_refused"_s,
                 {useless(u"answer_refused"_s)})
        .written = kHalf;
    const QString empty = useless(u"answer_empty"_s);
    List::failed(list.aiMock(u"empty"_s, servers::answering({}, bill())), u"answer_empty"_s,
                 {empty, empty, empty}, 3);
    list.aiMock(u"repaired"_s, good(), {servers::answering(kProse, bill())}).rows = {
        useless(u"answer_invalid"_s), kPaid};
    List::failed(list.aiMock(u"never-repaired"_s, servers::answering(kProse, bill())), u"answer_invalid"_s,
                 {useless(u"answer_invalid"_s), useless(u"answer_invalid"_s)})
        .written = kProse;
    List::failed(
        list.aiMock(u"prompt-cut"_s, servers::answering(servers::pageAnswer(), servers::usage(40, 50))),
        u"prompt_cut"_s, {u"settled prompt_cut 40+50 0.00029"_s})
        .written = servers::pageAnswer();
    const QString refusal = u"I cannot help with <that>."_s;
    List::failed(list.mockLlm(u"refused"_s,
                              {servers::mockRule(
                                  u"@"_s, 200,
                                  servers::completion({{u"content"_s, QJsonValue()}, {u"refusal"_s, refusal}},
                                                      u"stop"_s, bill()))}),
                 u"answer_refused"_s, {useless(u"answer_refused"_s)})
        .written = refusal;

    Fault &one = list.aiMock(u"one-of-three-filtered"_s, good());
    QJsonObject filtered = finishing(kProse, u"content_filter"_s);
    filtered.insert(u"match"_s, QJsonObject{{u"endpoint"_s, u"chat"_s},
                                            {u"model"_s, one.name},
                                            {u"userMessage"_s, u"Chapter 2 of"_s}});
    one.fixtures.prepend(filtered);
    one.pages = 3;
    one.page = 2;
    List::failed(one, u"answer_refused"_s, {kPaid, useless(u"answer_refused"_s), kPaid}).written = kProse;
}

/// Statuses of HTTP.
void addStatuses(List &list)
{
    const QJsonObject limit = errorOf(u"Rate limit reached"_s, u"rate_limit_exceeded"_s);
    // The longest wait of all comes first. AiMock always says for how long.
    QJsonObject once = servers::mockRule(u"@"_s, 429, {{u"error"_s, limit}});
    once.insert(u"sequence"_s, 0);
    list.mockLlm(u"429-without-retry-after"_s, {servers::mockRule(u"@"_s, 200, right()), once}).rows = {
        unpaid(u"rate_limited"_s), kPaid};
    list.aiMock(u"429-with-retry-after"_s, good(), {servers::failing(429, limit, 2)}).rows = {
        unpaid(u"rate_limited"_s), kPaid};
    List::held(list.aiMock(u"quota"_s, servers::failing(429, errorOf(u"You exceeded your current quota"_s,
                                                                     u"insufficient_quota"_s))),
               u"out_of_credit"_s);
    List::held(
        list.aiMock(u"401"_s, servers::failing(401, errorOf(u"Incorrect API key"_s, u"invalid_api_key"_s))),
        u"key_refused"_s);
    List::held(list.aiMock(u"402"_s, servers::failing(402, errorOf(u"Insufficient credits"_s))),
               u"out_of_credit"_s);
    List::held(list.aiMock(u"403"_s, servers::failing(403, errorOf(u"This key may not do that"_s))),
               u"key_refused"_s);
    QJsonObject flagged = errorOf(u"Your input was flagged"_s);
    flagged.insert(u"metadata"_s, QJsonObject{{u"reasons"_s, QJsonArray{u"violence"_s}}});
    List::failed(list.mockLlm(u"403-moderated"_s, {servers::mockRule(u"@"_s, 403, {{u"error"_s, flagged}})}),
                 u"answer_refused"_s, {unpaid(u"answer_refused"_s)});
    List::failed(list.aiMock(u"404-model"_s, servers::failing(404, errorOf(u"The model does not exist"_s,
                                                                           u"model_not_found"_s))),
                 u"model_not_found"_s, {unpaid(u"model_not_found"_s)});
    List::failed(list.aiMock(u"404-address"_s, servers::failing(404, errorOf(u"Not found"_s))),
                 u"request_rejected"_s, {unpaid(u"request_rejected"_s)});
    List::lost(list.aiMock(u"408"_s, servers::failing(408, errorOf(u"Timed out"_s))), u"endpoint_failed"_s);
    const QString failure = unpaid(u"endpoint_failed"_s);
    List::failed(list.aiMock(u"500"_s, servers::failing(500, errorOf(u"Oops"_s))), u"endpoint_failed"_s,
                 {failure, failure, failure}, 3);
    Fault &twice =
        list.aiMock(u"500-twice"_s, good(),
                    {servers::failing(500, errorOf(u"Oops"_s)), servers::failing(500, errorOf(u"Oops"_s))});
    twice.rows = {failure, failure, kPaid};
    twice.attempts = 3;
    // AiMock names a time for 429 alone.
    const QByteArray answer = QJsonDocument(right()).toJson();
    Fault &busy =
        list.scripted(u"503-with-retry-after"_s,
                      {{Step::send(servers::httpAnswer(503, "application/json", "{}", "Retry-After: 3\r\n"))},
                       {Step::send(servers::httpAnswer(200, "application/json", answer))}});
    busy.rows = {failure, kPaid};
    busy.attempts = 2;
}

/// Requests that a server does not take as they are. What was learned serves the second page.
void addLessons(List &list)
{
    const auto refusing = [](const QString &type) {
        return servers::failing(
            400, errorOf(u"Invalid value: response_format"_s, u"unsupported_value"_s, u"response_format"_s),
            0, {{u"responseFormat"_s, type}});
    };
    const QString rejected = unpaid(u"request_rejected"_s);
    Fault &ladder = list.aiMock(u"no-response-format"_s, good());
    for (const QString &type : {u"json_object"_s, u"json_schema"_s}) {
        QJsonObject fixture = refusing(type);
        QJsonObject match = fixture.value(u"match"_s).toObject();
        match.insert(u"model"_s, ladder.name);
        fixture.insert(u"match"_s, match);
        ladder.fixtures.prepend(fixture);
    }
    ladder.pages = 2;
    ladder.rows = {rejected, rejected, kPaid, kPaid};

    Fault &field = list.mockLlm(
        u"no-max-tokens"_s,
        {servers::mockRule(u"@"_s, 200, right()),
         servers::mockRule(
             u"body.max_tokens"_s, 400,
             {{u"error"_s, errorOf(u"Unsupported parameter: 'max_tokens' is not supported with this model. "
                                   "Use 'max_completion_tokens' instead."_s,
                                   u"unsupported_parameter"_s, u"max_tokens"_s)}})});
    field.pages = 2;
    field.rows = {rejected, kPaid, kPaid};

    Fault &streams = list.mockLlm(u"no-usage-in-streams"_s, {servers::mockRule(u"@"_s, 200, right())});
    streams.quirks = {};
    streams.pages = 2;
    streams.rows = {unknown(u"none"_s), kPaid};
}

/// Bills with more in them than tokens in and out.
void addBills(List &list)
{
    QJsonObject usage = bill();
    usage.insert(u"prompt_tokens_details"_s, QJsonObject{{u"cached_tokens"_s, 1'000}});
    usage.insert(u"completion_tokens_details"_s, QJsonObject{{u"reasoning_tokens"_s, 20}});
    Fault &details = list.mockLlm(
        u"cached-and-reasoning"_s,
        {servers::mockRule(u"@"_s, 200,
                           servers::completion({{u"content"_s, servers::pageAnswer()}}, u"stop"_s, usage))});
    details.prices = {QJsonObject{
        {u"id"_s, QString(u"mock/"_s + details.name)},
        {u"vision"_s, true},
        {u"price"_s,
         QJsonObject{{u"input"_s, u"1"_s}, {u"cachedInput"_s, u"0.1"_s}, {u"output"_s, u"5"_s}}}}};
    details.rows = {u"settled none 3000+50 0.00235"_s}; // 2,000 at 1, 1,000 at 0.1, 50 at 5 dollars a million

    QJsonObject own = usage;
    own.insert(u"cost"_s, 0.0123);
    Fault &provider = list.aiMock(u"providers-own-bill"_s, servers::answering(servers::pageAnswer(), own));
    provider.path = u"/api/v1"_s;
    provider.endpointOptions = {u"--kind"_s, u"openrouter"_s};
    provider.rows = {u"settled none 3000+50 0.0123"_s};
}

/// What is not the protocol, or does not end.
void addBrokenAnswers(List &list)
{
    const QJsonObject malformed{{u"malformedRate"_s, 1}};
    const QJsonObject dropped{{u"disconnectRate"_s, 1}};
    List::lost(list.aiMock(u"malformed"_s, with(good(), u"chaos"_s, malformed)), u"endpoint_nonsense"_s);
    List::lost(list.aiMock(u"dropped"_s, with(good(), u"chaos"_s, dropped)), u"endpoint_unreachable"_s);
    List::lost(
        list.aiMock(u"cut-stream"_s, with(with(good(), u"truncateAfterChunks"_s, 3), u"latency"_s, 20)),
        u"endpoint_nonsense"_s)
        .written = servers::pageAnswer().left(20);
    const QJsonObject provider{
        {u"error"_s, QJsonObject{{u"message"_s, u"Provider returned error"_s}, {u"code"_s, 502}}}};
    List::lost(list.mockLlm(u"error-in-200"_s, {servers::mockRule(u"@"_s, 200, provider)}),
               u"endpoint_failed"_s);
    Fault &inStream = list.mockLlm(u"error-in-a-stream"_s, {servers::mockRule(u"@"_s, 200, provider)});
    inStream.quirks = {}; // it streams what it has, an error too
    List::lost(inStream, u"endpoint_failed"_s);

    const QByteArray page = "<!DOCTYPE html><html><body>Please log in</body></html>";
    List::lost(list.scripted(u"web-page"_s, {{Step::send(servers::httpAnswer(200, "text/html", page))}}),
               u"endpoint_nonsense"_s);
    List::lost(list.scripted(u"web-page-502"_s, {{Step::send(servers::httpAnswer(502, "text/html", page))}}),
               u"endpoint_failed"_s);
    List::lost(list.scripted(u"hangs"_s, {{Step::hang()}}), u"endpoint_stalled"_s);
    const QByteArray piece = servers::streamEvent(R"({"choices":[{"delta":{"content":"It is ab"}}]})");
    List::lost(list.scripted(u"stalls"_s, {{Step::send(servers::streamHead() + piece), Step::hang()}}),
               u"endpoint_stalled"_s)
        .written = u"It is ab"_s;
    const QByteArray broken = servers::streamEvent(R"({"error":{"message":"upstream lost","code":502}})");
    List::lost(list.scripted(u"error-behind-a-beginning"_s,
                             {{Step::send(servers::streamHead() + piece + broken), Step::close()}}),
               u"endpoint_failed"_s)
        .written = u"It is ab"_s;

    // The answer is whole, its bill was lost with the end of the stream.
    const QJsonObject choice{{u"delta"_s, QJsonObject{{u"content"_s, servers::pageAnswer()}}},
                             {u"finish_reason"_s, u"stop"_s}};
    const QByteArray whole = servers::streamEvent(
        QJsonDocument(QJsonObject{{u"choices"_s, QJsonArray{choice}}}).toJson(QJsonDocument::Compact));
    list.scripted(u"no-bill"_s, {{Step::send(servers::streamHead() + whole), Step::close()}}).rows = {
        unknown(u"none"_s)};
}

} // namespace

QVector<Fault> allFaults()
{
    List list;
    addStatuses(list);
    addWrappings(list);
    addUseless(list);
    addLessons(list);
    addBills(list);
    addBrokenAnswers(list);
    return list.faults();
}

} // namespace lectern::e2e
