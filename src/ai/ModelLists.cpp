// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/ModelLists.h"

#include "ai/JsonNumber.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace lectern::ai {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using domain::ModelPrice;
using domain::Money;
using models::ListedModel;

namespace {

constexpr qsizetype kMostModels = 5000;
constexpr qsizetype kLongestText = 300;
constexpr qint64 kMostTokens = 1'000'000'000;

QString shortText(const QJsonValue &value)
{
    return value.toString().simplified().left(kLongestText);
}

std::optional<qint64> tokens(const QJsonValue &value)
{
    const qint64 count = value.toInteger(0);
    return count > 0 && count <= kMostTokens ? std::optional(count) : std::nullopt;
}

base::Result<QJsonObject> objectOf(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return base::fail(ErrorCode::EndpointNonsense, u"not JSON"_s);
    return document.object();
}

/// The objects of a list in `field`.
base::Result<QVector<QJsonObject>> listOf(const QByteArray &json, const QString &field)
{
    const auto object = objectOf(json);
    if (!object)
        return base::fail(object.error());
    const QJsonValue list = object->value(field);
    // An empty list is null where its maker wrote it in Go.
    if (!list.isArray() && !(list.isNull() && object->contains(field)))
        return base::fail(ErrorCode::EndpointNonsense, u"not a list of models"_s);
    QVector<QJsonObject> objects;
    for (const QJsonValue item : list.toArray()) {
        if (item.isObject() && objects.size() < kMostModels)
            objects.append(item.toObject());
    }
    return objects;
}

/// One model for each object with an id; `fill` adds what the kind of server says.
template <class Fill>
base::Result<QVector<ListedModel>> modelsIn(const QByteArray &json, const QString &field, const QString &id,
                                            Fill fill)
{
    const auto objects = listOf(json, field);
    if (!objects)
        return base::fail(objects.error());
    QVector<ListedModel> found;
    for (const QJsonObject &object : *objects) {
        ListedModel model;
        model.id = object.value(id).toString().left(kLongestText);
        if (model.id.isEmpty())
            continue;
        fill(object, model);
        if (model.name.isEmpty())
            model.name = model.id;
        found.append(model);
    }
    return found;
}

bool contains(const QJsonValue &list, QLatin1String name)
{
    const QJsonArray items = list.toArray();
    return std::any_of(items.begin(), items.end(), [&](const auto &item) { return item.toString() == name; });
}

/// By its name, where the server says nothing else: "embed" in it, or one of the families that do without.
bool looksLikeEmbedding(const QString &id)
{
    static const QRegularExpression name(
        u"embed|(^|[/_-])(bge|gte|e5|minilm|sbert|sentence)[-_]|[-_]minilm[-_]"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression other(u"rerank"_s, QRegularExpression::CaseInsensitiveOption);
    return name.match(id).hasMatch() && !other.match(id).hasMatch();
}

/// A price for a token, a request or a picture; nothing when it is told but cannot be understood ("-1" for
/// "it depends").
std::optional<Money> priceOf(const QJsonObject &pricing, QLatin1String field, Money fallback)
{
    const QJsonValue value = pricing.value(field);
    if (value.isUndefined() || value.isNull())
        return fallback;
    // A number has gone through a double on our side: its shortest form is what the sender wrote.
    const QByteArray text = value.isDouble()
                                ? QByteArray::number(value.toDouble(), 'g', QLocale::FloatingPointShortest)
                                : value.toString().toLatin1();
    return moneyFromNumber(text);
}

std::optional<ModelPrice> openRouterPrice(const QJsonObject &pricing)
{
    if (!pricing.contains("prompt"_L1) || !pricing.contains("completion"_L1))
        return std::nullopt;
    const auto input = priceOf(pricing, "prompt"_L1, {});
    const auto output = priceOf(pricing, "completion"_L1, {});
    const auto request = priceOf(pricing, "request"_L1, {});
    const auto picture = priceOf(pricing, "image"_L1, {});
    if (!input || !output || !request || !picture)
        return std::nullopt;
    const auto cached = priceOf(pricing, "input_cache_read"_L1, *input);
    const auto written = priceOf(pricing, "input_cache_write"_L1, *input);
    if (!cached || !written)
        return std::nullopt;
    ModelPrice price;
    price.input = *input;
    price.output = *output;
    price.request = *request;
    price.picture = *picture;
    price.cachedInput = *cached;
    price.cacheWrite = *written;
    return price;
}

} // namespace

base::Result<QVector<ListedModel>> readOpenAiModels(const QByteArray &json)
{
    return modelsIn(json, u"data"_s, u"id"_s, [](const QJsonObject &object, ListedModel &model) {
        model.name = shortText(object.value("name"_L1));
        model.embedding = looksLikeEmbedding(model.id);
        model.shutdownDate = QDate::fromString(object.value("shutdown_date"_L1).toString(), Qt::ISODate);
        const QJsonObject meta = object.value("meta"_L1).toObject();
        model.contextWindow = tokens(meta.value("n_ctx_train"_L1));
        // vLLM and its kin.
        if (!model.contextWindow)
            model.contextWindow = tokens(object.value("max_model_len"_L1));
        if (!model.contextWindow)
            model.contextWindow = tokens(object.value("context_length"_L1));
        const QJsonValue inputs = object.value("architecture"_L1).toObject().value("input_modalities"_L1);
        if (inputs.isArray())
            model.vision = contains(inputs, "image"_L1);
    });
}

base::Result<QVector<ListedModel>> readOpenRouterModels(const QByteArray &json)
{
    return modelsIn(json, u"data"_s, u"id"_s, [](const QJsonObject &object, ListedModel &model) {
        model.name = shortText(object.value("name"_L1));
        model.contextWindow = tokens(object.value("context_length"_L1));
        model.maxOutput =
            tokens(object.value("top_provider"_L1).toObject().value("max_completion_tokens"_L1));
        const QJsonObject architecture = object.value("architecture"_L1).toObject();
        model.vision = contains(architecture.value("input_modalities"_L1), "image"_L1);
        const QJsonValue outputs = architecture.value("output_modalities"_L1);
        model.embedding = contains(outputs, "embeddings"_L1) ||
                          (!contains(outputs, "text"_L1) && looksLikeEmbedding(model.id));
        const QJsonValue parameters = object.value("supported_parameters"_L1);
        if (parameters.isArray())
            model.structuredOutput = contains(parameters, "structured_outputs"_L1);
        model.price = openRouterPrice(object.value("pricing"_L1).toObject());
        model.shutdownDate =
            QDate::fromString(object.value("expiration_date"_L1).toString().left(10), Qt::ISODate);
    });
}

base::Result<QVector<ListedModel>> readOllamaTags(const QByteArray &json)
{
    return modelsIn(json, u"models"_s, u"name"_s, [](const QJsonObject &object, ListedModel &model) {
        const QJsonObject details = object.value("details"_L1).toObject();
        const QString size = shortText(details.value("parameter_size"_L1));
        model.name = size.isEmpty() ? model.id : model.id + u" ("_s + size + u')';
        model.embedding = looksLikeEmbedding(model.id);
        model.price = ModelPrice{};
    });
}

base::Result<ListedModel> readOllamaModel(ListedModel model, const QByteArray &json)
{
    const auto object = objectOf(json);
    if (!object)
        return base::fail(object.error());
    const QJsonObject information = object->value("model_info"_L1).toObject();
    for (auto field = information.begin(); field != information.end(); ++field) {
        if (field.key().endsWith(".context_length"_L1)) // "llama.context_length", by family
            model.contextWindow = tokens(field.value());
    }
    const QJsonValue capabilities = object->value("capabilities"_L1);
    if (capabilities.isArray()) { // older versions tell nothing
        model.vision = contains(capabilities, "vision"_L1);
        model.embedding = contains(capabilities, "embedding"_L1);
    }
    model.structuredOutput = !model.embedding.value_or(false);
    return model;
}

base::Result<QVector<ListedModel>> readLmStudioModels(const QByteArray &json)
{
    return modelsIn(json, u"data"_s, u"id"_s, [](const QJsonObject &object, ListedModel &model) {
        const QString type = object.value("type"_L1).toString();
        model.vision = type == "vlm"_L1;
        model.embedding = type == "embeddings"_L1;
        model.structuredOutput = !model.embedding.value_or(false);
        // What is loaded may be smaller than what the model could take.
        model.contextWindow = tokens(object.value("loaded_context_length"_L1));
        if (!model.contextWindow)
            model.contextWindow = tokens(object.value("max_context_length"_L1));
        model.price = ModelPrice{};
    });
}

base::Result<ListedModel> readLlamaCppProperties(ListedModel model, const QByteArray &json)
{
    const auto object = objectOf(json);
    if (!object)
        return base::fail(object.error());
    const QJsonObject settings = object->value("default_generation_settings"_L1).toObject();
    const auto context = std::max(tokens(object->value("n_ctx"_L1)), tokens(settings.value("n_ctx"_L1)));
    if (context)
        model.contextWindow = context;
    if (const QJsonValue vision = object->value("modalities"_L1).toObject().value("vision"_L1);
        vision.isBool())
        model.vision = vision.toBool();
    return model;
}

} // namespace lectern::ai
