// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Endpoint.h"
#include "models/Catalogue.h"
#include "models/Role.h"

#include <QDate>
#include <QString>
#include <QVector>

#include <optional>

namespace lectern::workspace {

/// The model for a kind of work where nobody names another, and who says so. A plain value.
struct ModelDefault {
    enum class Origin {
        Nobody,      ///< there is none
        Setting,     ///< chosen in this workspace
        Environment, ///< `variable` names it
        Catalogue,   ///< the cheapest current one that sees
    };
    models::Role role = models::Role::Analysis;
    /// None: the built-in analyser for analysis, and nothing at all for the other roles.
    std::optional<domain::ModelRef> model;
    Origin origin = Origin::Nobody;
    QString variable; ///< of the environment, for this role: "CHAT_MODEL"
    /// What the variable says when that is no model of any endpoint: nothing is taken from it then.
    QString unusable;

    friend bool operator==(const ModelDefault &, const ModelDefault &) = default;
};

/// ANALYSIS_MODEL, EMBEDDING_MODEL or CHAT_MODEL.
[[nodiscard]] QString modelVariable(models::Role role);

/// "openai/gpt-6-luna (CHAT_MODEL)": for the doctor.
[[nodiscard]] QString describe(const ModelDefault &found);

/// What a person or a variable calls a model: "ENDPOINT/MODEL", or a model's name alone, as other programs
/// write it. That is looked for among what the endpoints have, then given to the first of them, since many
/// servers do not list all they serve. Nothing without an endpoint.
[[nodiscard]] std::optional<domain::ModelRef> modelNamed(const QString &name,
                                                         const QVector<domain::Endpoint> &endpoints,
                                                         const models::Catalogue &catalogue);

/// `chosen` is the workspace's own setting ("built-in" for the built-in analyser, empty for none) and goes
/// before `variable`, the value of the role's variable. Only analysis falls back to the catalogue: nothing
/// else may cost money unasked. Pure.
[[nodiscard]] ModelDefault modelDefault(models::Role role, const QString &chosen, const QString &variable,
                                        const QVector<domain::Endpoint> &endpoints,
                                        const models::Catalogue &catalogue, QDate today);

} // namespace lectern::workspace
