// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/EmbeddingForms.h"

#include "app/cli/Console.h"
#include "app/cli/ModelForms.h"
#include "presentation/Format.h"

using namespace Qt::StringLiterals;

namespace lectern::cli {

using presentation::Format;
using workspace::EmbeddingModels;

namespace {

QJsonValue part(const std::optional<EmbeddingModels::Part> &part)
{
    if (!part)
        return {};
    return QJsonObject{{u"model"_s, part->space.model},
                       {u"dimensions"_s, part->space.dimensions},
                       {u"language"_s, part->space.language},
                       {u"passages"_s, part->coverage.chunks},
                       {u"vectors"_s, part->coverage.vectors},
                       {u"passages_other_language"_s, part->coverage.otherLanguage},
                       {u"money"_s, part->space.run.isValid() ? QJsonValue(ModelForms::account(part->money))
                                                              : QJsonValue()}};
}

QString partLine(const QString &what, const EmbeddingModels::Part &part)
{
    QString line = u"%1 %2, %3 numbers: %4 of %5 passages"_s.arg(
        what, Console::harmless(part.space.model), Format::count(part.space.dimensions),
        Format::count(part.coverage.vectors), Format::count(part.coverage.chunks));
    if (part.coverage.otherLanguage > 0)
        line += u", %1 in languages it does not know"_s.arg(Format::count(part.coverage.otherLanguage));
    if (part.space.run.isValid()) {
        line += u"; spent %1 USD"_s.arg(ModelForms::amount(part.money.spent));
        if (part.money.limit)
            line += u" of %1"_s.arg(ModelForms::amount(*part.money.limit));
    }
    return line + u'.';
}

} // namespace

QJsonObject EmbeddingForms::estimate(const domain::ModelRef &model, const EmbeddingModels::Estimate &estimate)
{
    QJsonObject json{{u"model"_s, model.text()},
                     {u"passages"_s, estimate.passages},
                     {u"passages_done"_s, estimate.passagesDone},
                     {u"tokens"_s, QJsonObject{{u"low"_s, estimate.tokens.low},
                                               {u"expected"_s, estimate.tokens.expected},
                                               {u"high"_s, estimate.tokens.high}}},
                     {u"exact"_s, estimate.isExact},
                     {u"price"_s, models::priceStateName(estimate.priceState)},
                     {u"cost_usd"_s, QJsonValue()}};
    if (estimate.cost) {
        json.insert(u"cost_usd"_s, QJsonObject{{u"low"_s, estimate.cost->low.toDecimal()},
                                               {u"expected"_s, estimate.cost->expected.toDecimal()},
                                               {u"high"_s, estimate.cost->high.toDecimal()}});
    }
    return json;
}

QStringList EmbeddingForms::estimateLines(const domain::ModelRef &model,
                                          const EmbeddingModels::Estimate &estimate)
{
    QStringList lines{u"%1 passages to do with %2, %3 have their vector already."_s.arg(
        Format::count(estimate.passages), Console::harmless(model.text()),
        Format::count(estimate.passagesDone))};
    lines.append(u"Tokens: %1%2."_s.arg(Format::count(estimate.tokens.expected),
                                        estimate.isExact ? QString() : u" (estimated)"_s));
    if (estimate.priceState == models::PriceState::Free)
        lines.append(u"It costs nothing: the model runs on your own machine."_s);
    else if (estimate.cost)
        lines.append(u"Cost: %1 USD, between %2 and %3."_s.arg(ModelForms::amount(estimate.cost->expected),
                                                               ModelForms::amount(estimate.cost->low),
                                                               ModelForms::amount(estimate.cost->high)));
    else
        lines.append(u"Cost: nobody knows what this model costs. Set its price in models.json."_s);
    return lines;
}

QJsonObject EmbeddingForms::standing(const EmbeddingModels::Standing &standing)
{
    return {{u"built_in"_s, standing.hasBuiltIn},
            {u"serving"_s, part(standing.serving)},
            {u"filling"_s, part(standing.filling)},
            {u"previous"_s, part(standing.previous)}};
}

QStringList EmbeddingForms::standingLines(const EmbeddingModels::Standing &standing)
{
    QStringList lines;
    if (standing.serving)
        lines.append(partLine(u"Meaning is searched for with"_s, *standing.serving));
    if (standing.filling)
        lines.append(partLine(u"Being prepared beside it:"_s, *standing.filling));
    if (standing.previous)
        lines.append(partLine(u"The way back:"_s, *standing.previous));
    return lines;
}

} // namespace lectern::cli
