// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "presentation/Budgets.h"
#include "presentation/ModelChoice.h"

#include <QCoreApplication>
#include <QString>

#include <optional>

namespace lectern::presentation {

/// An embedding model that this library has vectors of, and how far they are made. A plain value.
struct EmbeddingModelView {
    ModelChoice model;
    int dimensions = 0;
    QString language;         ///< the only one it knows, BCP 47; empty: any
    qint64 passages = 0;      ///< that it can read
    qint64 vectors = 0;       ///< of these
    qint64 otherLanguage = 0; ///< passages in languages that it does not know
    BudgetUse money;          ///< what its vectors cost, and its cap

    [[nodiscard]] qint64 missing() const { return passages > vectors ? passages - vectors : 0; }
    friend bool operator==(const EmbeddingModelView &, const EmbeddingModelView &) = default;
};

/// Which embedding model serves, which one is being prepared beside it, and where one can go back to.
struct EmbeddingStanding {
    std::optional<EmbeddingModelView> serving;
    std::optional<EmbeddingModelView> filling;
    std::optional<EmbeddingModelView> previous;
    bool hasBuiltIn = false; ///< the built-in one is there

    friend bool operator==(const EmbeddingStanding &, const EmbeddingStanding &) = default;
};

/// What it would take to search with another model, or with the same under another cap: everything that the
/// dialog says.
struct EmbeddingOffer {
    enum class State {
        Calculating,
        Ready,
        PriceUnknown, ///< tokens are counted, but nobody knows what they cost
        Failed,       ///< `problem` says why
    };
    ModelChoice model; ///< of no id: there is none to choose
    State state = State::Calculating;
    base::Error problem;
    QString host;            ///< where the passages go; empty: not known yet
    QString language;        ///< the only one it knows, BCP 47; empty: any
    qint64 passages = 0;     ///< to do
    qint64 passagesDone = 0; ///< have their vector from before
    qint64 tokens = 0;       ///< of those to do
    bool areTokensExact = false;
    domain::Money low;
    domain::Money likely;
    domain::Money high;
    std::optional<domain::Money> cap; ///< filled in; nothing: no cap
    bool serves = false;              ///< it is the one in use, and complete

    /// Every passage has its vector, and no later one costs anything either.
    [[nodiscard]] bool hasNothingToDo() const { return state == State::Ready && passages <= 0; }
    friend bool operator==(const EmbeddingOffer &, const EmbeddingOffer &) = default;
};

/// What was decided there.
struct EmbeddingDecision {
    EmbeddingOffer offer; ///< what was agreed to
    std::optional<domain::Money> cap;
    bool unpricedAllowed = false; ///< the price is unknown, and the user said yes to that
};

/// Words for embedding models. Pure.
class EmbeddingText {
    Q_DECLARE_TR_FUNCTIONS(EmbeddingText)

public:
    /// "Built into Lectern", "text-embedding-3-small at OpenAI".
    [[nodiscard]] static QString title(const ModelChoice &model);
    /// The same within a sentence: "the built-in model", "text-embedding-3-small".
    [[nodiscard]] static QString shortName(const ModelChoice &model);
    /// "English · on this computer · free", "1,536 dimensions · spent $0.02 of $1.00".
    [[nodiscard]] static QString facts(const EmbeddingModelView &view);
    /// "4,120 of 4,130 passages have vectors."
    [[nodiscard]] static QString coverage(const EmbeddingModelView &view);
    /// Why not all of them, and what that means; empty when all have theirs.
    [[nodiscard]] static QString gaps(const EmbeddingModelView &view);
    /// No model serves: what that means, and what helps.
    [[nodiscard]] static QString nothingServes(bool hasBuiltIn);

    /// "Preparing text-embedding-3-small at OpenAI".
    [[nodiscard]] static QString preparing(const EmbeddingModelView &filling);
    /// "The built-in model serves until it is complete."
    [[nodiscard]] static QString meanwhile(const EmbeddingStanding &standing);
    /// It waits at its cap; empty when it does not.
    [[nodiscard]] static QString capReached(const EmbeddingModelView &filling);
    /// The button that goes back: "Go back to the built-in model".
    [[nodiscard]] static QString goBack(const EmbeddingModelView &previous);
    /// What going back takes.
    [[nodiscard]] static QString goBackNote(const EmbeddingModelView &previous);

    /// "4,130 passages to embed · 120 have their vector already, free".
    [[nodiscard]] static QString work(const EmbeddingOffer &offer);
    /// "≈ $0.02 – $0.03", "free", "price unknown", "calculating…".
    [[nodiscard]] static QString price(const EmbeddingOffer &offer);
    /// How far the price can be trusted, as a sentence.
    [[nodiscard]] static QString exactness(const EmbeddingOffer &offer);
    /// What leaves this computer, and where to; empty while that is not known.
    [[nodiscard]] static QString leaves(const EmbeddingOffer &offer);
    /// The button that does it: "Embed for ≈ $0.02".
    [[nodiscard]] static QString startButton(const EmbeddingOffer &offer);
    /// Why it can't be done; empty when it can.
    [[nodiscard]] static QString obstacle(const EmbeddingOffer &offer);
};

} // namespace lectern::presentation
