// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "models/ListedModel.h"

#include <QByteArray>
#include <QVector>

namespace lectern::ai {

// The lists of models as each kind of server writes them. All bounded: 5000 models, short texts. Error:
// EndpointNonsense for anything that is no such list.

/// GET /v1/models of OpenAI and whoever copies it; a `shutdown_date` is read. llama.cpp adds `meta` and
/// `architecture` to it.
[[nodiscard]] base::Result<QVector<models::ListedModel>> readOpenAiModels(const QByteArray &json);
/// GET /api/v1/models of OpenRouter, with exact prices for each token.
[[nodiscard]] base::Result<QVector<models::ListedModel>> readOpenRouterModels(const QByteArray &json);
/// GET /api/tags of Ollama: names alone.
[[nodiscard]] base::Result<QVector<models::ListedModel>> readOllamaTags(const QByteArray &json);
/// POST /api/show of Ollama: what one model can do.
[[nodiscard]] base::Result<models::ListedModel> readOllamaModel(models::ListedModel model,
                                                                const QByteArray &json);
/// GET /api/v0/models of LM Studio.
[[nodiscard]] base::Result<QVector<models::ListedModel>> readLmStudioModels(const QByteArray &json);
/// GET /props of llama.cpp: context and vision of the one model it has loaded.
[[nodiscard]] base::Result<models::ListedModel> readLlamaCppProperties(models::ListedModel model,
                                                                       const QByteArray &json);

} // namespace lectern::ai
