// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ModelInfo.h"

namespace lectern::models {

using domain::ModelPrice;
using domain::Money;

namespace {

constexpr qint64 kWarningDays = 30;

} // namespace

QString originName(Origin origin)
{
    switch (origin) {
    case Origin::BuiltIn:
        return QStringLiteral("built-in");
    case Origin::Live:
        return QStringLiteral("live");
    case Origin::User:
        return QStringLiteral("user");
    case Origin::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

QString priceStateName(PriceState state)
{
    switch (state) {
    case PriceState::Free:
        return QStringLiteral("free");
    case PriceState::Priced:
        return QStringLiteral("priced");
    case PriceState::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

bool ModelInfo::isEmbedder() const
{
    return embedding.valueOr(role == Role::Embedding);
}

PriceState ModelInfo::priceState() const
{
    if (input.isKnown() && (output.isKnown() || isEmbedder()))
        return PriceState::Priced;
    // A price given for half of a local model is one somebody means; the other half is not known then.
    const bool nothingSaid = !input.isKnown() && !output.isKnown();
    return isLocal() && nothingSaid ? PriceState::Free : PriceState::Unknown;
}

std::optional<ModelPrice> ModelInfo::price() const
{
    const PriceState state = priceState();
    if (state == PriceState::Unknown)
        return std::nullopt;
    if (state == PriceState::Free)
        return ModelPrice{};
    ModelPrice price;
    price.input = input.valueOr({});
    price.cachedInput = cachedInput.valueOr(price.input);
    price.cacheWrite = cacheWrite.valueOr(price.input);
    price.output = output.valueOr({});
    price.request = request.valueOr({});
    price.picture = picture.valueOr({});
    if (longContext.isKnown()) {
        price.longContextFrom = longContext.value->above;
        price.longInputPercent = longContext.value->inputPercent;
        price.longOutputPercent = longContext.value->outputPercent;
    }
    return price;
}

std::optional<ModelPrice> ModelInfo::batchPrice() const
{
    if (!batchInput.isKnown() || (!batchOutput.isKnown() && !isEmbedder()))
        return std::nullopt;
    std::optional<ModelPrice> batch = price();
    if (!batch)
        return std::nullopt;
    batch->input = batch->cachedInput = batch->cacheWrite = *batchInput.value;
    batch->output = batchOutput.valueOr({});
    return batch;
}

bool ModelInfo::countsExactly() const
{
    return tokenizer.value == QStringLiteral("o200k_base");
}

Lifecycle ModelInfo::lifecycle(QDate today) const
{
    if (!shutdown.isKnown())
        return {};
    Lifecycle life;
    life.shutdown = *shutdown.value;
    life.replacement = replacement.valueOr({});
    const qint64 days = today.daysTo(life.shutdown);
    if (days <= 0) {
        life.state = LifeState::Retired;
        return life;
    }
    life.daysLeft = days;
    life.state = days <= kWarningDays ? LifeState::Retiring : LifeState::Announced;
    return life;
}

} // namespace lectern::models
