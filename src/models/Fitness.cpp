// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/Fitness.h"

namespace lectern::models {

QString fitnessName(Fitness fitness)
{
    switch (fitness) {
    case Fitness::Fit:
        return QStringLiteral("fit");
    case Fitness::ShutDown:
        return QStringLiteral("shut-down");
    case Fitness::EmbeddingOnly:
        return QStringLiteral("embedding-only");
    case Fitness::NotAnEmbedder:
        return QStringLiteral("not-an-embedder");
    case Fitness::NeedsVision:
        return QStringLiteral("needs-vision");
    case Fitness::ContextTooSmall:
        return QStringLiteral("context-too-small");
    case Fitness::PriceUnknown:
        return QStringLiteral("price-unknown");
    }
    return {};
}

Fitness fitness(const ModelInfo &model, const Needs &needs)
{
    if (model.lifecycle(needs.today).state == LifeState::Retired)
        return Fitness::ShutDown;
    if (needs.role != Role::Embedding && model.embedding.valueOr(false))
        return Fitness::EmbeddingOnly;
    if (needs.role == Role::Embedding && !model.embedding.valueOr(true))
        return Fitness::NotAnEmbedder;
    if (needs.vision && !model.vision.valueOr(false))
        return Fitness::NeedsVision;
    if (model.contextWindow.isKnown() && needs.inputTokens + needs.outputTokens > *model.contextWindow.value)
        return Fitness::ContextTooSmall;
    if (model.priceState() == PriceState::Unknown && !needs.unknownPriceAccepted)
        return Fitness::PriceUnknown;
    return Fitness::Fit;
}

} // namespace lectern::models
