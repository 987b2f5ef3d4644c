// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Endpoint.h"
#include "workspace/EmbeddingModels.h"

#include <QJsonObject>
#include <QStringList>

namespace lectern::cli {

/// How embedding models are printed. Fields of JSON are a promise as in JsonForms.
class EmbeddingForms {
public:
    [[nodiscard]] static QJsonObject estimate(const domain::ModelRef &model,
                                              const workspace::EmbeddingModels::Estimate &estimate);
    [[nodiscard]] static QStringList estimateLines(const domain::ModelRef &model,
                                                   const workspace::EmbeddingModels::Estimate &estimate);
    [[nodiscard]] static QJsonObject standing(const workspace::EmbeddingModels::Standing &standing);
    [[nodiscard]] static QStringList standingLines(const workspace::EmbeddingModels::Standing &standing);
};

} // namespace lectern::cli
