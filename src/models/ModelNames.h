// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Endpoint.h"

#include <QString>
#include <QVector>

namespace lectern::models {

/// A name under which a catalogue may know a model, and what of its entry may be believed.
struct ModelName {
    QString text;
    QString provider;        ///< the entry's provider must be this one; empty: any
    bool pricesApply = true; ///< else only what the model can do

    friend bool operator==(const ModelName &, const ModelName &) = default;
};

/// Under which names a user's file may speak of a model, the most specific first: "ENDPOINT/MODEL", "MODEL",
/// and both without the date of a snapshot or a provider in front.
[[nodiscard]] QVector<ModelName> namesInUserFile(const domain::ModelRef &ref, domain::EndpointKind kind);

/// The same for the built-in catalogue, which is by provider: OpenAI's models there and as "openai/…" on
/// OpenRouter; on other servers only what such a model can do; none for a model on the user's machine.
[[nodiscard]] QVector<ModelName> namesInBuiltIn(const domain::ModelRef &ref, domain::EndpointKind kind);

/// "gpt-6-luna-2026-10-01" → "gpt-6-luna"; the same text when it does not end in a date.
[[nodiscard]] QString withoutSnapshotDate(const QString &model);

} // namespace lectern::models
