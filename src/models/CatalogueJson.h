// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "models/ModelFacts.h"

#include <QByteArray>

namespace lectern::models {

/// Reads a catalogue: the built-in one and the user's have the same form, described in resources/MODELS.md.
/// Errors: InvalidArgument with the path of the first wrong field ("models[3].price.input: …").
[[nodiscard]] base::Result<CatalogueData> catalogueFromJson(const QByteArray &json);

/// The same form again, in the order of `data`; what is not known is left out.
[[nodiscard]] QByteArray toJson(const CatalogueData &data);

} // namespace lectern::models
