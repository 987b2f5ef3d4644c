// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/CatalogueJson.h"
#include "models/JsonFields.h"

#include <QJsonDocument>
#include <QSet>

namespace lectern::models {

namespace {

using namespace Qt::StringLiterals;

const QString kFormat = QStringLiteral("lectern-models/1");
constexpr qint64 kMostTokens = 1'000'000'000;
constexpr int kMostPixels = 1'000'000;
constexpr int kMostPercent = 10'000;

int pixels(JsonFields &fields, const QString &key, int otherwise)
{
    return static_cast<int>(fields.count(key, 1, kMostPixels).value_or(otherwise));
}

ImageRule readImageRule(const QJsonObject &object, const QString &path, QString &error)
{
    JsonFields fields(object, path, error);
    ImageRule rule;
    const QString kind = fields.text(u"rule"_s).value_or(QString());
    rule.maxSide = pixels(fields, u"maxSide"_s, rule.maxSide);
    rule.exact = fields.flag(u"exact"_s).value_or(false);
    if (kind == u"patches"_s) {
        rule.patchSide = pixels(fields, u"patchSide"_s, rule.patchSide);
        rule.patchBudget = pixels(fields, u"patchBudget"_s, rule.patchBudget);
        rule.perThousand = fields.thousandths(u"multiplier"_s).value_or(rule.perThousand);
        rule.mostPerThousand = fields.thousandths(u"highestMultiplier"_s).value_or(rule.perThousand);
        if (rule.mostPerThousand < rule.perThousand)
            fields.fail(fields.pathOf(u"highestMultiplier"_s), u"must not be below multiplier"_s);
    } else if (kind == u"tiles"_s) {
        rule.kind = ImageRuleKind::Tiles;
        for (const QString &key : {u"base"_s, u"perTile"_s}) {
            if (!fields.has(key))
                fields.fail(fields.pathOf(key), u"is missing"_s);
        }
        rule.baseTokens = pixels(fields, u"base"_s, 0);
        rule.tileTokens = pixels(fields, u"perTile"_s, 0);
        rule.tileSide = pixels(fields, u"tileSide"_s, rule.tileSide);
        rule.shortSide = pixels(fields, u"shortSide"_s, rule.shortSide);
    } else {
        fields.fail(fields.pathOf(u"rule"_s), u"must be \"patches\" or \"tiles\""_s);
    }
    fields.finish();
    return rule;
}

LongContext readLongContext(const QJsonObject &object, const QString &path, QString &error)
{
    JsonFields fields(object, path, error);
    LongContext surcharge;
    for (const QString &key : {u"above"_s, u"inputPercent"_s, u"outputPercent"_s}) {
        if (!fields.has(key))
            fields.fail(fields.pathOf(key), u"is missing"_s);
    }
    surcharge.above = fields.count(u"above"_s, 1, kMostTokens).value_or(0);
    surcharge.inputPercent = static_cast<int>(fields.count(u"inputPercent"_s, 1, kMostPercent).value_or(100));
    surcharge.outputPercent =
        static_cast<int>(fields.count(u"outputPercent"_s, 1, kMostPercent).value_or(100));
    fields.finish();
    return surcharge;
}

PriceFacts readPrice(const QJsonObject &object, const QString &path, QString &error)
{
    JsonFields fields(object, path, error);
    PriceFacts price;
    price.input = fields.perMillion(u"input"_s);
    price.cachedInput = fields.perMillion(u"cachedInput"_s);
    price.cacheWrite = fields.perMillion(u"cacheWrite"_s);
    price.output = fields.perMillion(u"output"_s);
    price.batchInput = fields.perMillion(u"batchInput"_s);
    price.batchOutput = fields.perMillion(u"batchOutput"_s);
    price.request = fields.dollars(u"request"_s);
    price.picture = fields.dollars(u"picture"_s);
    if (const auto surcharge = fields.object(u"longContext"_s))
        price.longContext = readLongContext(*surcharge, fields.pathOf(u"longContext"_s), error);
    price.validFrom = fields.dateOrMonth(u"validFrom"_s).value_or(QString());
    price.checkedOn = fields.dateOrMonth(u"checkedOn"_s).value_or(QString());
    price.source = fields.text(u"source"_s).value_or(QString());
    fields.finish();
    return price;
}

/// The two prices of the short form; they stand where an entry has none of the long form.
void readShortPrices(JsonFields &fields, PriceFacts &price)
{
    const auto read = [&](const QString &key, std::optional<domain::Money> &target) {
        const std::optional<domain::Money> value = fields.perMillion(key, true);
        if (value && target)
            fields.fail(fields.pathOf(key), u"is given in price as well"_s);
        else if (value)
            target = value;
    };
    read(u"inputCostPer1M"_s, price.input);
    read(u"outputCostPer1M"_s, price.output);
}

ModelFacts readModel(const QJsonObject &object, const QString &path, QString &error)
{
    JsonFields fields(object, path, error);
    ModelFacts model;
    model.id = fields.text(u"id"_s).value_or(QString());
    if (model.id.isEmpty())
        fields.fail(fields.pathOf(u"id"_s), u"is missing"_s);
    model.provider = fields.text(u"provider"_s).value_or(QString());
    model.name = fields.text(u"name"_s).value_or(QString());
    if (const auto price = fields.object(u"price"_s))
        model.price = readPrice(*price, fields.pathOf(u"price"_s), error);
    readShortPrices(fields, model.price);
    model.contextWindow = fields.count(u"contextWindow"_s, 1, kMostTokens);
    model.maxOutput = fields.count(u"maxOutput"_s, 1, kMostTokens);
    model.vision = fields.flag(u"vision"_s);
    model.structuredOutput = fields.flag(u"structuredOutput"_s);
    model.reasoning = fields.flag(u"reasoning"_s);
    model.embedding = fields.flag(u"embedding"_s);
    model.tokenizer = fields.text(u"tokenizer"_s).value_or(QString());
    if (const auto rule = fields.object(u"image"_s))
        model.imageRule = readImageRule(*rule, fields.pathOf(u"image"_s), error);
    model.shutdown = fields.date(u"shutdown"_s).value_or(QDate());
    model.replacement = fields.text(u"replacement"_s).value_or(QString());
    fields.finish();
    return model;
}

void readModels(const QJsonArray &array, CatalogueData &data, QString &error)
{
    QSet<QString> seen;
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QString path = u"models[%1]"_s.arg(i);
        JsonFields place({}, path, error);
        if (!array[i].isObject()) {
            place.fail(path, u"must be an object {…}"_s);
            return;
        }
        data.models.append(readModel(array[i].toObject(), path, error));
        const QString id = data.models.last().id;
        if (seen.contains(id))
            place.fail(path + u".id"_s, u"\"%1\" is there twice"_s.arg(id));
        seen.insert(id);
    }
}

void readRole(Role role, const QJsonObject &object, CatalogueData &data, QString &error)
{
    JsonFields models(object, roleName(role), error);
    for (const QString &model : models.keys()) {
        const std::optional<QJsonObject> entry = models.object(model);
        if (!entry)
            return;
        JsonFields fields(*entry, models.pathOf(model), error);
        RolePrice row{role, model, {}};
        readShortPrices(fields, row.price);
        row.price.checkedOn = fields.dateOrMonth(u"checkedOn"_s).value_or(QString());
        fields.finish();
        data.rolePrices.append(row);
    }
}

} // namespace

base::Result<CatalogueData> catalogueFromJson(const QByteArray &json)
{
    QJsonParseError parsing{};
    const QJsonDocument document = QJsonDocument::fromJson(json, &parsing);
    if (parsing.error != QJsonParseError::NoError) {
        const qsizetype line = json.left(parsing.offset).count('\n') + 1;
        return base::fail(base::ErrorCode::InvalidArgument,
                          u"line %1: %2"_s.arg(line).arg(parsing.errorString()));
    }
    if (!document.isObject())
        return base::fail(base::ErrorCode::InvalidArgument, u"must be an object {…}"_s);

    QString error;
    CatalogueData data;
    JsonFields fields(document.object(), {}, error);
    if (const auto format = fields.text(u"format"_s); format && *format != kFormat)
        fields.fail(u"format"_s, u"must be \"%1\""_s.arg(kFormat));
    fields.text(u"about"_s);
    data.checkedOn = fields.dateOrMonth(u"checkedOn"_s).value_or(QString());
    if (const auto models = fields.array(u"models"_s))
        readModels(*models, data, error);
    for (const Role role : {Role::Analysis, Role::Embedding, Role::Chat}) {
        if (const auto prices = fields.object(roleName(role)))
            readRole(role, *prices, data, error);
    }
    fields.finish();
    if (!error.isEmpty())
        return base::fail(base::ErrorCode::InvalidArgument, error);
    return data;
}

} // namespace lectern::models
