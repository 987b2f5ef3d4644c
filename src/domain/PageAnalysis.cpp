// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/PageAnalysis.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace lectern::domain {

using base::ErrorCode;

namespace {

constexpr std::array kVerdicts = {
    std::pair{TextVerdict::Good, u"good"},
    std::pair{TextVerdict::Doubtful, u"doubtful"},
    std::pair{TextVerdict::Garbled, u"garbled"},
    std::pair{TextVerdict::Missing, u"missing"},
};

constexpr std::array kEntityKinds = {
    std::pair{EntityKind::Person, u"person"},
    std::pair{EntityKind::Organisation, u"organisation"},
    std::pair{EntityKind::Date, u"date"},
    std::pair{EntityKind::Money, u"money"},
    std::pair{EntityKind::Percentage, u"percentage"},
    std::pair{EntityKind::Email, u"email"},
    std::pair{EntityKind::WebAddress, u"web_address"},
    std::pair{EntityKind::Doi, u"doi"},
};

template <class Table, class Value> QString nameIn(const Table &table, Value value)
{
    const auto row =
        std::find_if(table.begin(), table.end(), [&](const auto &r) { return r.first == value; });
    return row == table.end() ? QString() : QString::fromUtf16(row->second);
}

// Scores are stored with three decimals, so that equal pages give equal bytes on every machine.
double rounded(double score)
{
    return std::round(score * 1000) / 1000;
}

base::Result<QJsonObject> objectOf(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return base::fail(ErrorCode::Database, QStringLiteral("damaged analysis"));
    return document.object();
}

} // namespace

QString verdictName(TextVerdict verdict)
{
    return nameIn(kVerdicts, verdict);
}

TextVerdict verdictFromName(const QString &name)
{
    const auto *row = std::find_if(kVerdicts.begin(), kVerdicts.end(),
                                   [&](const auto &r) { return name == QStringView(r.second); });
    return row == kVerdicts.end() ? TextVerdict::Missing : row->first;
}

QString entityKindName(EntityKind kind)
{
    return nameIn(kEntityKinds, kind);
}

QByteArray toJson(const PageAnalysis &analysis)
{
    QJsonArray entities;
    for (const Entity &entity : analysis.entities) {
        QJsonObject row{{QStringLiteral("kind"), entityKindName(entity.kind)},
                        {QStringLiteral("text"), entity.text},
                        {QStringLiteral("offset"), entity.offset},
                        {QStringLiteral("length"), entity.length}};
        if (!entity.value.isEmpty())
            row.insert(QStringLiteral("value"), entity.value);
        entities.append(row);
    }
    const QJsonObject object{{QStringLiteral("title"), analysis.title},
                             {QStringLiteral("summary"), analysis.summary},
                             {QStringLiteral("key_phrases"), QJsonArray::fromStringList(analysis.keyPhrases)},
                             {QStringLiteral("entities"), entities},
                             {QStringLiteral("language"), analysis.language}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

base::Result<PageAnalysis> pageAnalysisFromJson(const QByteArray &json)
{
    const auto object = objectOf(json);
    if (!object)
        return base::fail(object.error());
    PageAnalysis analysis;
    analysis.title = object->value(QStringLiteral("title")).toString();
    analysis.summary = object->value(QStringLiteral("summary")).toString();
    analysis.language = object->value(QStringLiteral("language")).toString();
    for (const QJsonValue phrase : object->value(QStringLiteral("key_phrases")).toArray())
        analysis.keyPhrases.append(phrase.toString());
    for (const QJsonValue item : object->value(QStringLiteral("entities")).toArray()) {
        const QJsonObject row = item.toObject();
        const QString kindName = row.value(QStringLiteral("kind")).toString();
        const auto *kind = std::find_if(kEntityKinds.begin(), kEntityKinds.end(),
                                        [&](const auto &r) { return kindName == QStringView(r.second); });
        if (kind == kEntityKinds.end())
            continue; // a kind of a later version: the rest of the analysis still serves
        analysis.entities.append({kind->first, row.value(QStringLiteral("text")).toString(),
                                  row.value(QStringLiteral("value")).toString(),
                                  row.value(QStringLiteral("offset")).toInt(),
                                  row.value(QStringLiteral("length")).toInt()});
    }
    return analysis;
}

QByteArray toJson(const TextQuality &quality)
{
    QJsonArray fonts;
    for (const FontQuality &font : quality.fonts) {
        fonts.append(QJsonObject{{QStringLiteral("font"), font.font},
                                 {QStringLiteral("characters"), font.characters},
                                 {QStringLiteral("score"), rounded(font.score)}});
    }
    const QJsonObject object{{QStringLiteral("verdict"), verdictName(quality.verdict)},
                             {QStringLiteral("score"), rounded(quality.score)},
                             {QStringLiteral("fonts"), fonts}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

base::Result<TextQuality> textQualityFromJson(const QByteArray &json)
{
    const auto object = objectOf(json);
    if (!object)
        return base::fail(object.error());
    TextQuality quality;
    quality.verdict = verdictFromName(object->value(QStringLiteral("verdict")).toString());
    quality.score = object->value(QStringLiteral("score")).toDouble();
    for (const QJsonValue item : object->value(QStringLiteral("fonts")).toArray()) {
        const QJsonObject row = item.toObject();
        quality.fonts.append({row.value(QStringLiteral("font")).toString(),
                              row.value(QStringLiteral("characters")).toInt(),
                              row.value(QStringLiteral("score")).toDouble()});
    }
    return quality;
}

} // namespace lectern::domain
