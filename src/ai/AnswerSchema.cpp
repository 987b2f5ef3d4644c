// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/AnswerSchema.h"

#include <QJsonArray>

#include <array>

namespace lectern::ai {

using namespace Qt::StringLiterals;
using domain::EntityKind;

namespace {

constexpr std::array kKinds{EntityKind::Person,     EntityKind::Organisation, EntityKind::Date,
                            EntityKind::Money,      EntityKind::Percentage,   EntityKind::Email,
                            EntityKind::WebAddress, EntityKind::Doi};

QJsonObject typed(const QString &type)
{
    return {{u"type"_s, type}};
}

QJsonObject closedObject(const QJsonObject &properties)
{
    return {{u"type"_s, u"object"_s},
            {u"properties"_s, properties},
            {u"required"_s, QJsonArray::fromStringList(properties.keys())},
            {u"additionalProperties"_s, false}};
}

QJsonObject listOf(const QJsonObject &items)
{
    return {{u"type"_s, u"array"_s}, {u"items"_s, items}};
}

QJsonObject madeSchema()
{
    QJsonArray kinds;
    for (const EntityKind kind : kKinds)
        kinds.append(domain::entityKindName(kind));
    const QJsonObject entity =
        closedObject({{u"kind"_s, QJsonObject{{u"type"_s, u"string"_s}, {u"enum"_s, kinds}}},
                      {u"text"_s, typed(u"string"_s)},
                      {u"value"_s, QJsonObject{{u"type"_s, QJsonArray{u"string"_s, u"null"_s}}}}});
    return closedObject({{u"title"_s, typed(u"string"_s)},
                         {u"summary"_s, typed(u"string"_s)},
                         {u"key_phrases"_s, listOf(typed(u"string"_s))},
                         {u"entities"_s, listOf(entity)},
                         {u"language"_s, typed(u"string"_s)}});
}

} // namespace

QJsonObject pageAnswerSchema()
{
    static const QJsonObject schema = madeSchema();
    return schema;
}

QString pageAnswerSchemaName()
{
    return u"page_analysis_1"_s;
}

std::optional<EntityKind> entityKindFromAnswer(const QString &name)
{
    const QString lower = name.trimmed().toLower();
    if (lower == "organization"_L1)
        return EntityKind::Organisation;
    for (const EntityKind kind : kKinds) {
        if (domain::entityKindName(kind) == lower)
            return kind;
    }
    return std::nullopt;
}

} // namespace lectern::ai
