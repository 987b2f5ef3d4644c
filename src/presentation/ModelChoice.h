// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ModelPrice.h"

#include <QCoreApplication>
#include <QDate>
#include <QString>
#include <QStringList>

#include <optional>

namespace lectern::presentation {

/// A model as a person chooses it. A plain value.
struct ModelChoice {
    /// Why it can't do what is to be done now.
    enum class Unfit {
        None,
        NeedsVision,     ///< `unfitPages` have no text to read
        ContextTooSmall, ///< `unfitPages` are longer than it can read
        VectorsOnly,     ///< it turns text into vectors and answers nothing
        ShutDown,        ///< its day is past
        KeyMissing,      ///< its endpoint needs a key first
        EndpointOff,     ///< the user switched its endpoint off
    };

    QString id;       ///< "built-in/1", or as domain::ModelRef writes it
    QString name;     ///< for people
    QString provider; ///< the endpoint's name
    bool builtIn = false;
    bool local = false; ///< runs on this computer or the user's own server: asks no money
    bool vision = false;
    bool structuredOutput = false;
    qint64 contextTokens = 0; ///< 0: not known
    std::optional<domain::ModelPrice> price;
    bool ownPrice = false; ///< the user entered it
    QDate shutdownDate;    ///< invalid: none announced
    bool favourite = false;
    qint64 lastUsedMs = 0;
    Unfit unfit = Unfit::None;
    qint64 unfitPages = 0;
    bool estimating = false;               ///< the estimate is being made
    std::optional<domain::Money> estimate; ///< of the run being prepared

    [[nodiscard]] bool isFree() const { return builtIn || local || (price && price->isFree()); }
    [[nodiscard]] bool isPriceKnown() const { return isFree() || price.has_value(); }

    friend bool operator==(const ModelChoice &, const ModelChoice &) = default;
};

/// Words for models. Pure.
class ModelText {
    Q_DECLARE_TR_FUNCTIONS(ModelText)

public:
    /// How long before its end a model is marked as retiring.
    static constexpr int kRetiringDays = 120;

    /// "Vision", "JSON", "Local", "Free": in this order.
    [[nodiscard]] static QStringList badges(const ModelChoice &choice);
    /// Why it can't be chosen; empty when it can.
    [[nodiscard]] static QString obstacle(const ModelChoice &choice);
    /// What to know before choosing it: that it ends, that nobody knows its price. Empty when nothing.
    [[nodiscard]] static QString warning(const ModelChoice &choice, const QDate &today);
    /// For a million tokens: "$0.10", "free" or "unknown".
    [[nodiscard]] static QString inputPrice(const ModelChoice &choice);
    [[nodiscard]] static QString outputPrice(const ModelChoice &choice);
    /// "1.05 M" or "—".
    [[nodiscard]] static QString context(const ModelChoice &choice);
    /// "≈ $0.12", "free", "price unknown", "…" while it is being made; empty without a run.
    [[nodiscard]] static QString estimate(const ModelChoice &choice);
    /// Everything of a row, for a screen reader.
    [[nodiscard]] static QString spoken(const ModelChoice &choice, const QDate &today);
    /// On the button: "gpt-6-luna".
    [[nodiscard]] static QString button(const ModelChoice &choice);
    /// Its accessible name: "Model: gpt-6-luna, vision, about 12 cents for this run".
    [[nodiscard]] static QString spokenButton(const ModelChoice &choice);
};

} // namespace lectern::presentation
