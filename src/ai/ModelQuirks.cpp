// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/ModelQuirks.h"

#include <QJsonArray>

#include <array>

namespace lectern::ai {

using namespace Qt::StringLiterals;

namespace {

struct StepName {
    FormatStep step;
    QLatin1String name;
};

constexpr std::array kSteps{
    StepName{FormatStep::JsonSchema, QLatin1String("json_schema")},
    StepName{FormatStep::JsonObject, QLatin1String("json_object")},
    StepName{FormatStep::Prompt, QLatin1String("prompt")},
};

} // namespace

QJsonObject ModelQuirks::toJson() const
{
    QString formatName;
    for (const StepName &row : kSteps) {
        if (row.step == format)
            formatName = row.name;
    }
    return {{u"format"_s, formatName},
            {u"dropped"_s, QJsonArray::fromStringList(dropped)},
            {u"streams"_s, streams},
            {u"schema_in_prompt"_s, schemaInPrompt}};
}

ModelQuirks ModelQuirks::fromJson(const QJsonObject &json)
{
    ModelQuirks quirks;
    const QString formatName = json.value("format"_L1).toString();
    for (const StepName &row : kSteps) {
        if (row.name == formatName)
            quirks.format = row.step;
    }
    for (const QJsonValue field : json.value("dropped"_L1).toArray()) {
        if (const QString name = field.toString(); !name.isEmpty())
            quirks.dropped.append(name);
    }
    quirks.dropped.sort();
    quirks.dropped.removeDuplicates();
    quirks.streams = json.value("streams"_L1).toBool(true);
    quirks.schemaInPrompt = json.value("schema_in_prompt"_L1).toBool(false);
    return quirks;
}

} // namespace lectern::ai
