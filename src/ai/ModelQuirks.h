// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QStringList>

namespace lectern::ai {

/// How an answer is kept in form, best first. A server that refuses one gets the next.
enum class FormatStep {
    JsonSchema, ///< response_format json_schema, strict: the server enforces it
    JsonObject, ///< response_format json_object, the schema in the prompt
    Prompt,     ///< the schema in the prompt alone
};

/// What was learned about one model of one endpoint by being refused. A value: the caller stores it and
/// hands it in again, so that each lesson is paid for once.
struct ModelQuirks {
    FormatStep format = FormatStep::JsonSchema;
    QStringList dropped;         ///< fields the model refuses ("temperature", "max_tokens"), sorted
    bool streams = true;         ///< false: refuses to stream, or keeps its usage to itself while streaming
    bool schemaInPrompt = false; ///< accepts a schema without keeping to it

    /// Stable JSON for storage.
    [[nodiscard]] QJsonObject toJson() const;
    /// Unknown or damaged fields count as not yet learned.
    [[nodiscard]] static ModelQuirks fromJson(const QJsonObject &json);
    friend bool operator==(const ModelQuirks &, const ModelQuirks &) = default;
};

} // namespace lectern::ai
