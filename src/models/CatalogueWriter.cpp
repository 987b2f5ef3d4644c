// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/CatalogueJson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace lectern::models {

namespace {

using namespace Qt::StringLiterals;
using domain::Money;

void put(QJsonObject &object, const QString &key, const QString &text)
{
    if (!text.isEmpty())
        object.insert(key, text);
}

template <class T> void put(QJsonObject &object, const QString &key, const std::optional<T> &value)
{
    if (value)
        object.insert(key, QJsonValue(*value));
}

void putPrice(QJsonObject &object, const QString &key, const std::optional<Money> &perToken)
{
    if (perToken)
        object.insert(key, perToken->toDecimalPerMillion());
}

QString decimalOf(int thousandths)
{
    return Money{thousandths * (Money::kPicoPerDollar / 1000)}.toDecimal();
}

QJsonObject priceObject(const PriceFacts &price)
{
    QJsonObject object;
    putPrice(object, u"input"_s, price.input);
    putPrice(object, u"cachedInput"_s, price.cachedInput);
    putPrice(object, u"cacheWrite"_s, price.cacheWrite);
    putPrice(object, u"output"_s, price.output);
    putPrice(object, u"batchInput"_s, price.batchInput);
    putPrice(object, u"batchOutput"_s, price.batchOutput);
    if (price.request)
        object.insert(u"request"_s, price.request->toDecimal());
    if (price.picture)
        object.insert(u"picture"_s, price.picture->toDecimal());
    if (const auto &surcharge = price.longContext)
        object.insert(u"longContext"_s, QJsonObject{{u"above"_s, surcharge->above},
                                                    {u"inputPercent"_s, surcharge->inputPercent},
                                                    {u"outputPercent"_s, surcharge->outputPercent}});
    put(object, u"validFrom"_s, price.validFrom);
    put(object, u"checkedOn"_s, price.checkedOn);
    put(object, u"source"_s, price.source);
    return object;
}

QJsonObject imageObject(const ImageRule &rule)
{
    QJsonObject object;
    if (rule.maxSide > 0)
        object.insert(u"maxSide"_s, rule.maxSide);
    object.insert(u"exact"_s, rule.exact);
    if (rule.kind == ImageRuleKind::Tiles) {
        object.insert(u"rule"_s, u"tiles"_s);
        object.insert(u"base"_s, rule.baseTokens);
        object.insert(u"perTile"_s, rule.tileTokens);
        object.insert(u"tileSide"_s, rule.tileSide);
        object.insert(u"shortSide"_s, rule.shortSide);
        return object;
    }
    object.insert(u"rule"_s, u"patches"_s);
    object.insert(u"patchSide"_s, rule.patchSide);
    if (rule.patchBudget > 0)
        object.insert(u"patchBudget"_s, rule.patchBudget);
    object.insert(u"multiplier"_s, decimalOf(rule.perThousand));
    object.insert(u"highestMultiplier"_s, decimalOf(rule.mostPerThousand));
    return object;
}

QJsonObject modelObject(const ModelFacts &model)
{
    QJsonObject object;
    put(object, u"id"_s, model.id);
    put(object, u"provider"_s, model.provider);
    put(object, u"name"_s, model.name);
    if (const QJsonObject price = priceObject(model.price); !price.isEmpty())
        object.insert(u"price"_s, price);
    put(object, u"contextWindow"_s, model.contextWindow);
    put(object, u"maxOutput"_s, model.maxOutput);
    put(object, u"vision"_s, model.vision);
    put(object, u"structuredOutput"_s, model.structuredOutput);
    put(object, u"reasoning"_s, model.reasoning);
    put(object, u"embedding"_s, model.embedding);
    put(object, u"tokenizer"_s, model.tokenizer);
    if (model.imageRule)
        object.insert(u"image"_s, imageObject(*model.imageRule));
    if (model.shutdown.isValid())
        object.insert(u"shutdown"_s, model.shutdown.toString(Qt::ISODate));
    put(object, u"replacement"_s, model.replacement);
    return object;
}

} // namespace

QByteArray toJson(const CatalogueData &data)
{
    QJsonObject root;
    root.insert(u"format"_s, u"lectern-models/1"_s);
    put(root, u"checkedOn"_s, data.checkedOn);
    if (!data.models.isEmpty()) {
        QJsonArray models;
        for (const ModelFacts &model : data.models)
            models.append(modelObject(model));
        root.insert(u"models"_s, models);
    }
    for (const RolePrice &row : data.rolePrices) {
        QJsonObject prices;
        putPrice(prices, u"inputCostPer1M"_s, row.price.input);
        putPrice(prices, u"outputCostPer1M"_s, row.price.output);
        put(prices, u"checkedOn"_s, row.price.checkedOn);
        QJsonObject role = root.value(roleName(row.role)).toObject();
        role.insert(row.model, prices);
        root.insert(roleName(row.role), role);
    }
    return QJsonDocument(root).toJson(QJsonDocument::Indented);
}

} // namespace lectern::models
