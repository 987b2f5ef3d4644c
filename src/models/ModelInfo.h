// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Endpoint.h"
#include "domain/ModelPrice.h"
#include "models/ModelFacts.h"

#include <QDate>
#include <QString>

#include <optional>

namespace lectern::models {

/// Who says something of a model. A later one goes before an earlier one.
enum class Origin { Unknown, BuiltIn, Live, User };

/// Stable names ("built-in", "live", "user", "unknown").
[[nodiscard]] QString originName(Origin origin);

/// Something said of a model, with who says so and as of when.
template <class T> struct Stated {
    std::optional<T> value;
    Origin origin = Origin::Unknown;
    QString asOf;   ///< ISO 8601 date or month; empty: not known
    QString source; ///< where that source has it from; may be empty

    [[nodiscard]] bool isKnown() const { return value.has_value(); }
    [[nodiscard]] T valueOr(const T &otherwise) const { return value.value_or(otherwise); }
};

enum class PriceState {
    Unknown, ///< nobody named one: never taken for free
    Free,    ///< a model on the user's own machine
    Priced,
};

[[nodiscard]] QString priceStateName(PriceState state);

enum class LifeState {
    Current,
    Announced, ///< will be shut down, in more than 30 days
    Retiring,  ///< within 30 days
    Retired,
};

/// How long a model will still be there: what to warn of.
struct Lifecycle {
    LifeState state = LifeState::Current;
    QDate shutdown;      ///< invalid when none is announced
    qint64 daysLeft = 0; ///< 0 when retired
    QString replacement; ///< may be empty

    [[nodiscard]] bool isWarning() const
    {
        return state == LifeState::Retiring || state == LifeState::Retired;
    }
    friend bool operator==(const Lifecycle &, const Lifecycle &) = default;
};

/// A model as it is offered by one endpoint, for one role: what all sources say, the best one for each field.
struct ModelInfo {
    domain::ModelRef ref;
    domain::EndpointKind kind = domain::EndpointKind::Other;
    Role role = Role::Analysis;
    QString name;              ///< for people, never empty
    bool isListed = false;     ///< in the endpoint's own list
    bool isCatalogued = false; ///< in the built-in catalogue

    // Prices: for one token each, for a request, for a picture.
    Stated<domain::Money> input;
    Stated<domain::Money> cachedInput;
    Stated<domain::Money> cacheWrite;
    Stated<domain::Money> output;
    Stated<domain::Money> batchInput;
    Stated<domain::Money> batchOutput;
    Stated<domain::Money> request;
    Stated<domain::Money> picture;
    Stated<LongContext> longContext;

    Stated<qint64> contextWindow;
    Stated<qint64> maxOutput;
    Stated<bool> vision;
    Stated<bool> structuredOutput;
    Stated<bool> reasoning;
    Stated<bool> embedding;
    Stated<QString> tokenizer;
    Stated<ImageRule> imageRule;
    Stated<QDate> shutdown;
    Stated<QString> replacement;

    [[nodiscard]] bool isLocal() const { return domain::isLocalKind(kind); }
    /// Turns text into vectors and answers nothing: has no output price.
    [[nodiscard]] bool isEmbedder() const;
    [[nodiscard]] PriceState priceState() const;
    /// All zero when free; nothing when unknown.
    [[nodiscard]] std::optional<domain::ModelPrice> price() const;
    /// Of work handed in as a batch; nothing where none is known. What a batch pays for its cache is not
    /// documented, so the batch's own input price is taken for it.
    [[nodiscard]] std::optional<domain::ModelPrice> batchPrice() const;
    /// By the model's rule, or the stated guess for those that have none.
    [[nodiscard]] ImageRule pictureRule() const { return imageRule.valueOr(ImageRule::unknown()); }
    /// Tokenizer counts this model's tokens exactly.
    [[nodiscard]] bool countsExactly() const;
    [[nodiscard]] Lifecycle lifecycle(QDate today) const;
};

} // namespace lectern::models
