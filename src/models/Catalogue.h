// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Endpoint.h"
#include "models/ListedModel.h"
#include "models/ModelFacts.h"
#include "models/ModelInfo.h"

#include <QDate>
#include <QHash>
#include <QString>
#include <QVector>

#include <optional>

namespace lectern::models {

/// All that is known of models: the built-in catalogue, what endpoints list, and what the user says, merged
/// field by field with the user first and the built-in last. A value: copy it to another thread.
class Catalogue {
public:
    /// With the built-in data. Errors: Internal when those are damaged, with what is wrong.
    [[nodiscard]] static base::Result<Catalogue> builtIn();
    explicit Catalogue(CatalogueData builtIn);

    void setUser(const CatalogueData &user);
    /// `asOf`: ISO 8601 date on which the endpoint gave this list. Replaces its earlier one.
    void setListed(const QString &endpoint, const QVector<ListedModel> &models, const QString &asOf);
    void forgetListed(const QString &endpoint);

    /// The day the built-in prices were last checked, ISO 8601.
    [[nodiscard]] QString builtInDate() const { return m_builtIn.checkedOn; }

    /// What is known of a model, be it nothing but its name.
    [[nodiscard]] ModelInfo find(const domain::ModelRef &ref, domain::EndpointKind kind, Role role) const;

    /// The models to choose from at an endpoint: its own list; for OpenAI before its list has arrived, those
    /// in the built-in catalogue; and those that the user's file names for it.
    [[nodiscard]] QVector<ModelInfo> modelsOf(const domain::Endpoint &endpoint, Role role) const;

    /// What analyses pages where nobody has chosen: nothing (the built-in analyser) without an enabled
    /// endpoint; else the cheapest model, for a typical page, that sees, is current and has a price or is
    /// the user's own. Models that the built-in catalogue knows go first, and trial offers at price zero do
    /// not count. Nothing when no model is fit.
    [[nodiscard]] std::optional<domain::ModelRef> defaultModel(const QVector<domain::Endpoint> &endpoints,
                                                               QDate today) const;

private:
    struct List {
        QHash<QString, ListedModel> byId;
        QVector<QString> order;
        QString asOf;
    };

    void applyUser(ModelInfo &info) const;
    void applyLive(ModelInfo &info) const;
    void applyBuiltIn(ModelInfo &info) const;

    CatalogueData m_builtIn;
    QHash<QString, qsizetype> m_builtInById;
    CatalogueData m_user;
    QHash<QString, qsizetype> m_userById;
    QHash<QString, List> m_lists; ///< by endpoint
};

} // namespace lectern::models
