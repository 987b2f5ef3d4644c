// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/ListedModels.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace lectern::workspace {

using domain::ModelPrice;
using domain::Money;
using models::ListedModel;

namespace {

using namespace Qt::StringLiterals;

// Amounts are text: a number of JSON is a double to many who read it.
QString text(Money money)
{
    return QString::number(money.picodollars);
}

Money moneyOf(const QJsonValue &value)
{
    return {value.toString().toLongLong()};
}

QJsonObject toJson(const ModelPrice &price)
{
    return {{u"input"_s, text(price.input)},
            {u"cached_input"_s, text(price.cachedInput)},
            {u"cache_write"_s, text(price.cacheWrite)},
            {u"output"_s, text(price.output)},
            {u"request"_s, text(price.request)},
            {u"picture"_s, text(price.picture)}};
}

ModelPrice priceOf(const QJsonObject &json)
{
    ModelPrice price;
    price.input = moneyOf(json.value(u"input"_s));
    price.cachedInput = moneyOf(json.value(u"cached_input"_s));
    price.cacheWrite = moneyOf(json.value(u"cache_write"_s));
    price.output = moneyOf(json.value(u"output"_s));
    price.request = moneyOf(json.value(u"request"_s));
    price.picture = moneyOf(json.value(u"picture"_s));
    return price;
}

std::optional<bool> flagOf(const QJsonValue &value)
{
    return value.isBool() ? std::optional(value.toBool()) : std::nullopt;
}

std::optional<qint64> numberOf(const QJsonValue &value)
{
    return value.isDouble() ? std::optional(value.toInteger()) : std::nullopt;
}

} // namespace

QByteArray toJson(const QVector<ListedModel> &models)
{
    QJsonArray list;
    for (const ListedModel &model : models) {
        QJsonObject json{{u"id"_s, model.id}, {u"name"_s, model.name}};
        const auto put = [&](const QString &key, const auto &value) {
            if (value)
                json.insert(key, *value);
        };
        put(u"context_window"_s, model.contextWindow);
        put(u"max_output"_s, model.maxOutput);
        put(u"vision"_s, model.vision);
        put(u"structured_output"_s, model.structuredOutput);
        put(u"embedding"_s, model.embedding);
        if (model.price)
            json.insert(u"price"_s, toJson(*model.price));
        if (model.shutdownDate.isValid())
            json.insert(u"shutdown_date"_s, model.shutdownDate.toString(Qt::ISODate));
        list.append(json);
    }
    return QJsonDocument(list).toJson(QJsonDocument::Compact);
}

QVector<ListedModel> listedModelsFromJson(const QByteArray &bytes)
{
    QVector<ListedModel> models;
    for (const QJsonValue &value : QJsonDocument::fromJson(bytes).array()) {
        const QJsonObject json = value.toObject();
        ListedModel model;
        model.id = json.value(u"id"_s).toString();
        if (model.id.isEmpty())
            continue;
        model.name = json.value(u"name"_s).toString();
        model.contextWindow = numberOf(json.value(u"context_window"_s));
        model.maxOutput = numberOf(json.value(u"max_output"_s));
        model.vision = flagOf(json.value(u"vision"_s));
        model.structuredOutput = flagOf(json.value(u"structured_output"_s));
        model.embedding = flagOf(json.value(u"embedding"_s));
        if (json.contains(u"price"_s))
            model.price = priceOf(json.value(u"price"_s).toObject());
        model.shutdownDate = QDate::fromString(json.value(u"shutdown_date"_s).toString(), Qt::ISODate);
        models.append(model);
    }
    return models;
}

} // namespace lectern::workspace
