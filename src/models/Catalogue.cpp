// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/Catalogue.h"

#include "models/CatalogueJson.h"
#include "models/Fitness.h"
#include "models/ModelNames.h"

#include <QFile>

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace lectern::models {

namespace {

using domain::Endpoint;
using domain::EndpointKind;
using domain::ModelPrice;
using domain::ModelRef;
using domain::Money;

/// A page of text with its picture and a usual answer: what the cheapest model is the cheapest for.
constexpr qint64 kTypicalInput = 3'000;
constexpr qint64 kTypicalOutput = 400;

/// Who speaks, for the fields taken from them.
struct Witness {
    Origin origin = Origin::Unknown;
    QString asOf;
    QString source;
};

template <class T> void state(Stated<T> &field, const std::optional<T> &value, const Witness &witness)
{
    if (!field.isKnown() && value)
        field = {value, witness.origin, witness.asOf, witness.source};
}

void applyPrice(ModelInfo &info, const PriceFacts &price, const Witness &fileWitness)
{
    const QString asOf = price.checkedOn.isEmpty() ? fileWitness.asOf : price.checkedOn;
    const Witness witness{fileWitness.origin, asOf, price.source};
    state(info.input, price.input, witness);
    state(info.cachedInput, price.cachedInput, witness);
    state(info.cacheWrite, price.cacheWrite, witness);
    state(info.output, price.output, witness);
    state(info.batchInput, price.batchInput, witness);
    state(info.batchOutput, price.batchOutput, witness);
    state(info.request, price.request, witness);
    state(info.picture, price.picture, witness);
    state(info.longContext, price.longContext, witness);
}

void applyAbilities(ModelInfo &info, const ModelFacts &facts, const Witness &witness)
{
    const auto textOf = [](const QString &text) {
        return text.isEmpty() ? std::nullopt : std::optional(text);
    };
    if (info.name.isEmpty())
        info.name = facts.name;
    state(info.contextWindow, facts.contextWindow, witness);
    state(info.maxOutput, facts.maxOutput, witness);
    state(info.vision, facts.vision, witness);
    state(info.structuredOutput, facts.structuredOutput, witness);
    state(info.reasoning, facts.reasoning, witness);
    state(info.embedding, facts.embedding, witness);
    state(info.tokenizer, textOf(facts.tokenizer), witness);
    state(info.imageRule, facts.imageRule, witness);
    state(info.shutdown, facts.shutdown.isValid() ? std::optional(facts.shutdown) : std::nullopt, witness);
    state(info.replacement, textOf(facts.replacement), witness);
}

PriceFacts factsOf(const ModelPrice &price)
{
    PriceFacts facts;
    facts.input = price.input;
    facts.output = price.output;
    // A list fills in the input price where the server names none: that is no reason to overrule another
    // source that does name one.
    if (price.cachedInput != price.input)
        facts.cachedInput = price.cachedInput;
    if (price.cacheWrite != price.input)
        facts.cacheWrite = price.cacheWrite;
    if (!price.request.isZero())
        facts.request = price.request;
    if (!price.picture.isZero())
        facts.picture = price.picture;
    if (price.longContextFrom > 0)
        facts.longContext = {price.longContextFrom, price.longInputPercent, price.longOutputPercent};
    return facts;
}

QHash<QString, qsizetype> indexOf(const QVector<ModelFacts> &models)
{
    QHash<QString, qsizetype> index;
    for (qsizetype i = 0; i < models.size(); ++i)
        index.insert(models[i].id, i);
    return index;
}

/// In this order the first is the default.
auto rankOf(const ModelInfo &info)
{
    const std::optional<Money> page =
        info.price()->costOf({.input = kTypicalInput, .output = kTypicalOutput}, 1);
    const qint64 cost = page ? page->picodollars : std::numeric_limits<qint64>::max();
    return std::make_tuple(!info.isCatalogued && !info.isLocal(), cost, info.ref.text());
}

bool mayBeDefault(const ModelInfo &info, QDate today)
{
    if (fitness(info, {.role = Role::Analysis, .vision = true, .today = today}) != Fitness::Fit ||
        info.lifecycle(today).state != LifeState::Current)
        return false;
    return info.isLocal() || !info.price()->isFree();
}

} // namespace

base::Result<Catalogue> Catalogue::builtIn()
{
    QFile file(QStringLiteral(":/lectern/models/models.json"));
    if (!file.open(QIODevice::ReadOnly))
        return base::fail(base::ErrorCode::Internal, QStringLiteral("models.json is not in the program"));
    base::Result<CatalogueData> data = catalogueFromJson(file.readAll());
    if (!data)
        return base::fail(base::ErrorCode::Internal, QStringLiteral("models.json: ") + data.error().detail);
    return Catalogue(std::move(*data));
}

Catalogue::Catalogue(CatalogueData builtIn)
    : m_builtIn(std::move(builtIn)), m_builtInById(indexOf(m_builtIn.models))
{
}

void Catalogue::setUser(const CatalogueData &user)
{
    m_user = user;
    m_userById = indexOf(m_user.models);
}

void Catalogue::setListed(const QString &endpoint, const QVector<ListedModel> &models, const QString &asOf)
{
    List list;
    list.asOf = asOf;
    for (const ListedModel &model : models) {
        if (!list.byId.contains(model.id))
            list.order.append(model.id);
        list.byId.insert(model.id, model);
    }
    m_lists.insert(endpoint, list);
}

void Catalogue::forgetListed(const QString &endpoint)
{
    m_lists.remove(endpoint);
}

void Catalogue::applyUser(ModelInfo &info) const
{
    const QVector<ModelName> names = namesInUserFile(info.ref, info.kind);
    const Witness witness{Origin::User, m_user.checkedOn, {}};
    // What is said of this role goes before what is said of the model as such.
    for (const ModelName &name : names) {
        for (const RolePrice &row : m_user.rolePrices) {
            if (row.role == info.role && row.model == name.text)
                applyPrice(info, row.price, witness);
        }
    }
    for (const ModelName &name : names) {
        if (const auto found = m_userById.constFind(name.text); found != m_userById.constEnd()) {
            const ModelFacts &facts = m_user.models[*found];
            applyPrice(info, facts.price, witness);
            applyAbilities(info, facts, witness);
        }
    }
}

void Catalogue::applyLive(ModelInfo &info) const
{
    const auto list = m_lists.constFind(info.ref.endpoint);
    if (list == m_lists.constEnd())
        return;
    const auto found = list->byId.constFind(info.ref.model);
    if (found == list->byId.constEnd())
        return;
    info.isListed = true;
    const Witness witness{Origin::Live, list->asOf, {}};
    // A model on the user's own machine asks for nothing, whatever its server's list says.
    if (found->price && !info.isLocal())
        applyPrice(info, factsOf(*found->price), witness);
    ModelFacts facts;
    facts.name = found->name;
    facts.contextWindow = found->contextWindow;
    facts.maxOutput = found->maxOutput;
    facts.vision = found->vision;
    facts.structuredOutput = found->structuredOutput;
    facts.embedding = found->embedding;
    facts.shutdown = found->shutdownDate;
    applyAbilities(info, facts, witness);
}

void Catalogue::applyBuiltIn(ModelInfo &info) const
{
    for (const ModelName &name : namesInBuiltIn(info.ref, info.kind)) {
        const auto found = m_builtInById.constFind(name.text);
        if (found == m_builtInById.constEnd())
            continue;
        const ModelFacts &facts = m_builtIn.models[*found];
        if (!name.provider.isEmpty() && name.provider != facts.provider)
            continue;
        const Witness witness{Origin::BuiltIn, m_builtIn.checkedOn, {}};
        if (name.pricesApply)
            applyPrice(info, facts.price, witness);
        applyAbilities(info, facts, witness);
        info.isCatalogued = true;
        return;
    }
}

ModelInfo Catalogue::find(const ModelRef &ref, EndpointKind kind, Role role) const
{
    ModelInfo info;
    info.ref = ref;
    info.kind = kind;
    info.role = role;
    applyUser(info);
    applyLive(info);
    applyBuiltIn(info);
    if (info.name.isEmpty())
        info.name = ref.model;
    return info;
}

QVector<ModelInfo> Catalogue::modelsOf(const Endpoint &endpoint, Role role) const
{
    QVector<QString> ids;
    if (const auto list = m_lists.constFind(endpoint.id); list != m_lists.constEnd()) {
        ids = list->order;
    } else if (endpoint.kind == EndpointKind::OpenAi) {
        for (const ModelFacts &model : m_builtIn.models)
            ids.append(model.id);
    }
    const QString prefix = endpoint.id + u'/';
    const auto appendNamed = [&](const QString &name) {
        if (name.startsWith(prefix) && !ids.contains(name.mid(prefix.size())))
            ids.append(name.mid(prefix.size()));
    };
    for (const ModelFacts &model : m_user.models)
        appendNamed(model.id);
    for (const RolePrice &row : m_user.rolePrices)
        appendNamed(row.model);

    QVector<ModelInfo> models;
    models.reserve(ids.size());
    for (const QString &id : std::as_const(ids))
        models.append(find({endpoint.id, id}, endpoint.kind, role));
    return models;
}

std::optional<ModelRef> Catalogue::defaultModel(const QVector<Endpoint> &endpoints, QDate today) const
{
    std::optional<ModelInfo> best;
    for (const Endpoint &endpoint : endpoints) {
        if (!endpoint.enabled)
            continue;
        for (const ModelInfo &info : modelsOf(endpoint, Role::Analysis)) {
            if (mayBeDefault(info, today) && (!best || rankOf(info) < rankOf(*best)))
                best = info;
        }
    }
    return best ? std::optional(best->ref) : std::nullopt;
}

} // namespace lectern::models
