// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/EndpointProbe.h"

#include "ai/ApiError.h"
#include "ai/ModelLists.h"
#include "net/HttpClient.h"
#include "net/Redaction.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace lectern::ai {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using domain::Endpoint;
using domain::EndpointKind;
using models::ListedModel;
using net::HttpAnswer;

namespace {

constexpr int kConnectMs = 10'000;
constexpr int kAnswerMs = 30'000;
constexpr int kGlanceMs = 2'000;
/// A list is still shown when the server has more models than these: what is left out is what they can do.
constexpr qsizetype kMostShown = 60;

/// The server's own paths lie beside those of OpenAI's protocol.
QString rootOf(const Endpoint &endpoint)
{
    QString root = endpoint.address;
    if (root.endsWith("/v1"_L1))
        root.chop(3);
    return root;
}

net::HttpRequest request(const QString &address, const QByteArray &key, int answerMs)
{
    net::HttpRequest request;
    request.url = QUrl(address);
    request.key = key;
    request.headers = {{"Accept", "application/json"}};
    request.connectMs = std::min(kConnectMs, answerMs);
    request.firstByteMs = answerMs;
    request.idleMs = answerMs;
    return request;
}

base::Error errorOf(const HttpAnswer &answer, const QByteArray &key)
{
    const auto error = ApiError::fromBody(answer.body);
    const bool html = isHtml(answer.body, answer.header("content-type"));
    ErrorCode code = errorCodeOf(answer.status, error, html, !key.isEmpty());
    // No model was asked for: nothing answers at this address.
    if (code == ErrorCode::ModelNotFound)
        code = ErrorCode::RequestRejected;
    QString detail = u"HTTP %1"_s.arg(answer.status);
    if (error && !error->message.isEmpty())
        detail += u": "_s + error->message.simplified();
    else if (html)
        detail += u": a web page"_s;
    return {code, net::withoutKeys(detail, key).left(300)};
}

} // namespace

EndpointProbe::EndpointProbe(net::HttpClient &http) : m_http(http) {}

Result<HttpAnswer> EndpointProbe::get(const Endpoint &endpoint, const QByteArray &key, const QString &address,
                                      const base::CancelToken &cancel) const
{
    return send(request(address, key, kAnswerMs), endpoint, cancel);
}

/// What answers at an address of this machine, without a key and without patience.
Result<HttpAnswer> EndpointProbe::look(const Endpoint &endpoint, const QString &address,
                                       const base::CancelToken &cancel) const
{
    return send(request(address, {}, kGlanceMs), endpoint, cancel);
}

Result<HttpAnswer> EndpointProbe::send(net::HttpRequest request, const Endpoint &endpoint,
                                       const base::CancelToken &cancel) const
{
    const QByteArray key = request.key;
    request.plainHttpAllowed = endpoint.plainHttpAllowed;
    net::HttpResult result = m_http.send(std::move(request), cancel);
    if (!result)
        return base::fail(result.error().error);
    if (result->status < 200 || result->status >= 300)
        return base::fail(errorOf(*result, key));
    return std::move(*result);
}

Result<QVector<ListedModel>> EndpointProbe::listModels(const Endpoint &endpoint, const QByteArray &key,
                                                       const base::CancelToken &cancel) const
{
    if (endpoint.kind == EndpointKind::Ollama)
        return listOllama(endpoint, key, cancel);
    if (endpoint.kind == EndpointKind::LlamaCpp)
        return listLlamaCpp(endpoint, key, cancel);
    if (endpoint.kind == EndpointKind::LmStudio) {
        const auto own = get(endpoint, key, rootOf(endpoint) + u"/api/v0/models"_s, cancel);
        if (own)
            return readLmStudioModels(own->body);
        if (own.error().code != ErrorCode::RequestRejected)
            return base::fail(own.error());
        // An old version: its list in OpenAI's form still serves.
    }
    const auto answer = get(endpoint, key, endpoint.address + u"/models"_s, cancel);
    if (!answer)
        return base::fail(answer.error());
    if (isHtml(answer->body, answer->header("content-type")))
        return base::fail(ErrorCode::EndpointNonsense, u"a web page instead of a list of models"_s);
    return endpoint.kind == EndpointKind::OpenRouter ? readOpenRouterModels(answer->body)
                                                     : readOpenAiModels(answer->body);
}

Result<QVector<ListedModel>> EndpointProbe::listOllama(const Endpoint &endpoint, const QByteArray &key,
                                                       const base::CancelToken &cancel) const
{
    const auto answer = get(endpoint, key, rootOf(endpoint) + u"/api/tags"_s, cancel);
    if (!answer)
        return base::fail(answer.error());
    auto models = readOllamaTags(answer->body);
    if (!models)
        return models;
    for (qsizetype i = 0; i < std::min(models->size(), kMostShown); ++i) {
        ListedModel &model = (*models)[i];
        const QJsonObject body{{u"model"_s, model.id}};
        net::HttpRequest show = request(rootOf(endpoint) + u"/api/show"_s, key, kAnswerMs);
        show.method = "POST";
        show.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
        show.headers.append(net::HttpHeader{"Content-Type", "application/json"});
        const auto shown = send(std::move(show), endpoint, cancel);
        if (!shown && shown.error().code == ErrorCode::Cancelled)
            return base::fail(shown.error());
        if (!shown)
            continue; // the list is worth more than what one model can do
        if (const auto known = readOllamaModel(model, shown->body))
            model = *known;
    }
    return models;
}

Result<QVector<ListedModel>> EndpointProbe::listLlamaCpp(const Endpoint &endpoint, const QByteArray &key,
                                                         const base::CancelToken &cancel) const
{
    const auto answer = get(endpoint, key, endpoint.address + u"/models"_s, cancel);
    if (!answer)
        return base::fail(answer.error());
    auto models = readOpenAiModels(answer->body);
    if (!models)
        return models;
    const auto properties = get(endpoint, key, rootOf(endpoint) + u"/props"_s, cancel);
    for (ListedModel &model : *models) {
        model.price = domain::ModelPrice{};
        model.structuredOutput = !model.embedding.value_or(false);
        if (!properties)
            continue;
        if (const auto known = readLlamaCppProperties(model, properties->body))
            model = *known;
    }
    return models;
}

EndpointReport EndpointProbe::test(const Endpoint &endpoint, const QByteArray &key, const QString &model,
                                   const base::CancelToken &cancel) const
{
    EndpointReport report;
    QElapsedTimer elapsed;
    elapsed.start();
    const auto models = listModels(endpoint, key, cancel);
    report.answerMs = elapsed.elapsed();
    if (!models) {
        report.error = models.error();
        return report;
    }
    report.models = static_cast<int>(models->size());
    if (endpoint.kind == EndpointKind::OpenRouter) {
        // Its list is public; only this tells whether the key is good.
        if (key.isEmpty()) {
            report.error = {ErrorCode::KeyMissing, {}};
            return report;
        }
        if (const auto answer = get(endpoint, key, endpoint.address + u"/key"_s, cancel); !answer) {
            report.error = answer.error();
            return report;
        }
    }
    const bool known =
        model.isEmpty() || std::any_of(models->begin(), models->end(), [&](const auto &listed) {
            return listed.id == model || listed.id == model + u":latest"_s;
        });
    if (!known)
        report.error = {ErrorCode::ModelNotFound, model};
    return report;
}

bool EndpointProbe::answersAsItsKind(const Endpoint &endpoint, const base::CancelToken &cancel) const
{
    const QString root = rootOf(endpoint);
    switch (endpoint.kind) {
    case EndpointKind::Ollama: {
        const auto answer = look(endpoint, root + u"/api/tags"_s, cancel);
        return answer && readOllamaTags(answer->body);
    }
    case EndpointKind::LmStudio: {
        const auto answer = look(endpoint, root + u"/api/v0/models"_s, cancel);
        return answer && readLmStudioModels(answer->body);
    }
    case EndpointKind::LlamaCpp: {
        // Much listens on 8080: only llama.cpp has these two together.
        const auto answer = look(endpoint, root + u"/props"_s, cancel);
        if (!answer ||
            !QJsonDocument::fromJson(answer->body).object().contains("default_generation_settings"_L1))
            return false;
        const auto models = look(endpoint, endpoint.address + u"/models"_s, cancel);
        return models && readOpenAiModels(models->body);
    }
    default: {
        const auto answer = look(endpoint, endpoint.address + u"/models"_s, cancel);
        return answer && readOpenAiModels(answer->body);
    }
    }
}

QVector<Endpoint> EndpointProbe::findLocal(const QVector<Endpoint> &candidates,
                                           const base::CancelToken &cancel) const
{
    QVector<Endpoint> found;
    for (const Endpoint &candidate : candidates) {
        if (!cancel.isCancelled() && answersAsItsKind(candidate, cancel))
            found.append(candidate);
    }
    return found;
}

QVector<Endpoint> EndpointProbe::usualLocalEndpoints()
{
    const auto local = [](const QString &id, const QString &name, EndpointKind kind, int port) {
        Endpoint endpoint;
        endpoint.id = id;
        endpoint.name = name;
        endpoint.kind = kind;
        endpoint.address = u"http://127.0.0.1:%1/v1"_s.arg(port);
        endpoint.concurrency = domain::usualConcurrency(kind);
        return endpoint;
    };
    return {local(u"ollama"_s, u"Ollama"_s, EndpointKind::Ollama, 11434),
            local(u"lmstudio"_s, u"LM Studio"_s, EndpointKind::LmStudio, 1234),
            local(u"llamacpp"_s, u"llama.cpp"_s, EndpointKind::LlamaCpp, 8080)};
}

} // namespace lectern::ai
