// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/ModelDefault.h"

#include <algorithm>

namespace lectern::workspace {

using domain::Endpoint;
using domain::ModelRef;
using models::Role;

namespace {

const QString kBuiltIn = QStringLiteral("built-in");

} // namespace

QString modelVariable(Role role)
{
    switch (role) {
    case Role::Embedding:
        return QStringLiteral("EMBEDDING_MODEL");
    case Role::Chat:
        return QStringLiteral("CHAT_MODEL");
    case Role::Analysis:
        break;
    }
    return QStringLiteral("ANALYSIS_MODEL");
}

QString describe(const ModelDefault &found)
{
    const QString role = models::roleName(found.role);
    QString model = found.model                    ? found.model->text()
                    : found.role == Role::Analysis ? kBuiltIn
                                                   : QStringLiteral("none");
    if (found.origin == ModelDefault::Origin::Environment)
        model += QStringLiteral(" (%1)").arg(found.variable);
    if (!found.unusable.isEmpty())
        model += QStringLiteral(", since no endpoint has the “%1” of %2").arg(found.unusable, found.variable);
    return role + QStringLiteral(": ") + model;
}

std::optional<ModelRef> modelNamed(const QString &name, const QVector<Endpoint> &endpoints,
                                   const models::Catalogue &catalogue)
{
    if (name.isEmpty())
        return std::nullopt;
    const auto written = ModelRef::fromText(name);
    const auto isIt = [&](const Endpoint &endpoint) { return written && endpoint.id == written->endpoint; };
    if (std::any_of(endpoints.begin(), endpoints.end(), isIt))
        return written;
    const Endpoint *first = nullptr;
    for (const Endpoint &endpoint : endpoints) {
        if (!endpoint.enabled)
            continue;
        if (first == nullptr)
            first = &endpoint;
        const QVector<models::ModelInfo> models = catalogue.modelsOf(endpoint, Role::Analysis);
        if (std::any_of(models.begin(), models.end(),
                        [&](const models::ModelInfo &info) { return info.ref.model == name; }))
            return ModelRef{endpoint.id, name};
    }
    // A slash may be part of a model's name, but here it may as well name an endpoint that is gone.
    return first == nullptr || written ? std::nullopt : std::optional(ModelRef{first->id, name});
}

ModelDefault modelDefault(Role role, const QString &chosen, const QString &variable,
                          const QVector<Endpoint> &endpoints, const models::Catalogue &catalogue, QDate today)
{
    using Origin = ModelDefault::Origin;
    ModelDefault found;
    found.role = role;
    found.variable = modelVariable(role);
    if (const auto model = ModelRef::fromText(chosen); model || chosen == kBuiltIn) {
        found.model = model;
        found.origin = Origin::Setting;
        return found;
    }
    if (variable == kBuiltIn && role == Role::Analysis) {
        found.origin = Origin::Environment;
        return found;
    }
    if (const auto model = modelNamed(variable, endpoints, catalogue)) {
        found.model = model;
        found.origin = Origin::Environment;
        return found;
    }
    found.unusable = variable;
    if (role != Role::Analysis)
        return found;
    found.model = catalogue.defaultModel(endpoints, today);
    if (found.model)
        found.origin = Origin::Catalogue;
    return found;
}

} // namespace lectern::workspace
