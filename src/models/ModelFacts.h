// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Money.h"
#include "models/ImageRule.h"
#include "models/Role.h"

#include <QDate>
#include <QString>
#include <QVector>

#include <optional>

namespace lectern::models {

/// Requests with more input tokens than `above` cost these percentages as a whole.
struct LongContext {
    qint64 above = 0;
    int inputPercent = 100;
    int outputPercent = 100;

    friend bool operator==(const LongContext &, const LongContext &) = default;
};

/// What one source says of a model's prices, each for one token, `request` for one
/// request and `picture` for each picture sent.
struct PriceFacts {
    std::optional<domain::Money> input;
    std::optional<domain::Money> cachedInput;
    std::optional<domain::Money> cacheWrite;
    std::optional<domain::Money> output;
    std::optional<domain::Money> batchInput;
    std::optional<domain::Money> batchOutput;
    std::optional<domain::Money> request;
    std::optional<domain::Money> picture;
    std::optional<LongContext> longContext;
    QString validFrom; ///< ISO 8601 date the prices hold from; empty: not known
    QString
        checkedOn;  ///< ISO 8601 date, or year and month, on which somebody looked; empty: that of the file
    QString source; ///< where they were read

    friend bool operator==(const PriceFacts &, const PriceFacts &) = default;
};

/// What one source says of a model. Empty is "not said", never "no".
struct ModelFacts {
    QString id;       ///< as it is written in requests; in a user's file also "ENDPOINT/MODEL"
    QString provider; ///< whose prices these are ("openai"); empty: of whatever endpoint serves the model
    QString name;     ///< for people
    PriceFacts price;
    std::optional<qint64> contextWindow; ///< tokens, question and answer together
    std::optional<qint64> maxOutput;     ///< tokens
    std::optional<bool> vision;
    std::optional<bool> structuredOutput;
    std::optional<bool> reasoning;
    std::optional<bool> embedding;
    QString tokenizer;
    std::optional<ImageRule> imageRule;
    QDate shutdown;
    QString replacement;

    friend bool operator==(const ModelFacts &, const ModelFacts &) = default;
};

/// Prices of a model in one role, from a file's short form.
struct RolePrice {
    Role role = Role::Analysis;
    QString model; ///< "MODEL" or "ENDPOINT/MODEL"
    PriceFacts price;

    friend bool operator==(const RolePrice &, const RolePrice &) = default;
};

/// A catalogue file.
struct CatalogueData {
    QString checkedOn; ///< ISO 8601 date
    QVector<ModelFacts> models;
    QVector<RolePrice> rolePrices;

    [[nodiscard]] bool isEmpty() const { return models.isEmpty() && rolePrices.isEmpty(); }
    friend bool operator==(const CatalogueData &, const CatalogueData &) = default;
};

} // namespace lectern::models
