// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/EmbeddingClient.h"

#include "ai/AnswerFacts.h"
#include "ai/ChatUsage.h"
#include "ai/JsonNumber.h"
#include "base/TimeLog.h"
#include "net/HttpClient.h"
#include "net/Redaction.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>
#include <utility>

namespace lectern::ai {

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace {

/// 64 texts of 8,192 numbers with 24 characters each are 13 MB, and twice that where a server sets each
/// number on a line of its own.
constexpr qint64 kMostAnswerBytes = 32LL * 1024 * 1024;

constexpr qsizetype kLongestName = 200;

/// Or why there is none.
template <class T> using OrReason = tl::expected<T, QString>;

net::HttpRequest httpRequest(const EmbeddingRequest &request)
{
    // Numbers in plain sight: the shorter form in base64 is not known to every server.
    const QJsonObject body{{u"model"_s, request.model},
                           {u"input"_s, QJsonArray::fromStringList(request.texts)},
                           {u"encoding_format"_s, u"float"_s}};
    net::HttpRequest http;
    http.method = QByteArrayLiteral("POST");
    http.url = QUrl(request.endpoint.address + u"/embeddings"_s);
    http.key = request.key;
    http.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
    http.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    http.firstByteMs = request.firstByteMs;
    http.idleMs = request.idleMs;
    http.maxAnswerBytes = kMostAnswerBytes;
    http.plainHttpAllowed = request.endpoint.plainHttpAllowed;
    return http;
}

/// The direction of what a server sent, with length 1.
OrReason<std::vector<float>> directionOf(const QJsonArray &numbers)
{
    if (numbers.size() < EmbeddingClient::kFewestDimensions ||
        numbers.size() > EmbeddingClient::kMostDimensions)
        return tl::unexpected(u"a vector of %1 numbers"_s.arg(numbers.size()));
    double squares = 0;
    for (const QJsonValue number : numbers) {
        // What no float can hold is no number of a model either.
        if (!number.isDouble() || !std::isfinite(static_cast<float>(number.toDouble())))
            return tl::unexpected(u"a vector that holds something else than numbers"_s);
        squares += number.toDouble() * number.toDouble();
    }
    const double length = std::sqrt(squares);
    if (!(length > 0))
        return tl::unexpected(u"a vector of zeros"_s);
    std::vector<float> direction;
    direction.reserve(static_cast<size_t>(numbers.size()));
    for (const QJsonValue number : numbers)
        direction.push_back(static_cast<float>(number.toDouble() / length));
    return direction;
}

/// Which text an entry of the list is for: its own word, else its position. Servers that work on several
/// texts at once may send them in any order.
OrReason<size_t> indexOf(const QJsonObject &entry, qsizetype position, qsizetype count)
{
    const QJsonValue index = entry.value("index"_L1);
    if (index.isUndefined() || index.isNull())
        return static_cast<size_t>(position);
    const double told = index.toDouble(-1);
    if (told < 0 || told >= static_cast<double>(count) || told != std::floor(told))
        return tl::unexpected(u"a vector for a text that was not asked about"_s);
    return static_cast<size_t>(told);
}

OrReason<std::vector<std::vector<float>>> vectorsIn(const QJsonArray &data, qsizetype count)
{
    if (data.size() != count)
        return tl::unexpected(u"%1 vectors for %2 texts"_s.arg(data.size()).arg(count));
    std::vector<std::vector<float>> vectors(static_cast<size_t>(count));
    size_t dimensions = 0;
    for (qsizetype i = 0; i < count; ++i) {
        const QJsonObject entry = data.at(i).toObject();
        const auto index = indexOf(entry, i, count);
        if (!index)
            return tl::unexpected(index.error());
        if (!vectors[*index].empty())
            return tl::unexpected(u"two vectors for one text"_s);
        if (!entry.value("embedding"_L1).isArray())
            return tl::unexpected(u"an entry without a vector"_s);
        auto direction = directionOf(entry.value("embedding"_L1).toArray());
        if (!direction)
            return tl::unexpected(direction.error());
        if (i == 0)
            dimensions = direction->size();
        if (direction->size() != dimensions)
            return tl::unexpected(
                u"vectors of %1 and of %2 numbers in one answer"_s.arg(dimensions).arg(direction->size()));
        vectors[*index] = std::move(*direction);
    }
    return vectors;
}

QString nameIn(const QJsonObject &object, QLatin1String field, const QByteArray &key)
{
    return net::withoutKeys(object.value(field).toString(), key).left(kLongestName);
}

/// What the answer says beside its vectors.
ReplyFacts factsIn(const QJsonObject &object, const QByteArray &json, const QByteArray &key)
{
    ReplyFacts facts;
    facts.completionId = nameIn(object, "id"_L1, key);
    if (const QJsonValue usage = object.value("usage"_L1); usage.isObject()) {
        facts.usage = inputFromJson(usage.toObject());
        if (const auto cost = scalarTextAt(json, {"usage", "cost"}))
            facts.cost = moneyFromNumber(*cost);
    }
    return facts;
}

EmbeddingResult read(const EmbeddingRequest &request, const AnswerFacts &facts, const net::HttpAnswer &answer)
{
    const bool html = isHtml(answer.body, answer.header("content-type"));
    if (answer.status < 200 || answer.status >= 300)
        return tl::unexpected(facts.refusal({}, answer, ApiError::fromBody(answer.body), html));
    const QJsonDocument document = QJsonDocument::fromJson(answer.body);
    const auto nonsense = [&](ReplyFacts known, const QString &what) {
        return tl::unexpected(facts.failure(std::move(known), answer, ErrorCode::EndpointNonsense, what));
    };
    if (!document.isObject())
        return nonsense({}, AnswerFacts::notJson(html));

    const QJsonObject object = document.object();
    EmbeddingReply reply;
    reply.facts = factsIn(object, answer.body, request.key);
    const QJsonValue data = object.value("data"_L1);
    if (const auto error = ApiError::fromJson(object); error && data.toArray().isEmpty())
        return tl::unexpected(facts.refusal(reply.facts, answer, error, false));
    if (!data.isArray())
        return nonsense(reply.facts, u"an answer without vectors"_s);
    auto vectors = vectorsIn(data.toArray(), request.texts.size());
    if (!vectors)
        return nonsense(reply.facts, vectors.error());
    reply.vectors = std::move(*vectors);
    reply.model = nameIn(object, "model"_L1, request.key);
    facts.addTo(reply.facts, answer);
    reply.facts.raw.clear();
    return reply;
}

} // namespace

EmbeddingClient::EmbeddingClient(net::HttpClient &http, const base::Clock &clock)
    : m_http(http), m_clock(clock)
{
}

EmbeddingResult EmbeddingClient::ask(const EmbeddingRequest &request, const base::CancelToken &cancel) const
{
    const net::HttpResult result = [&] {
        const base::TimeLog time("http");
        return m_http.send(httpRequest(request), cancel);
    }();
    const AnswerFacts facts(request.key, m_clock.nowMs());
    if (!result)
        return tl::unexpected(facts.interruption({}, result.error()));
    return read(request, facts, *result);
}

} // namespace lectern::ai
