// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/Budgets.h"
#include "presentation/ModelChoice.h"
#include "presentation/TrialView.h"

#include <QCoreApplication>
#include <QDate>
#include <QPair>
#include <QString>
#include <QVector>

#include <optional>

namespace lectern::presentation {

/// What a run would cost with one model.
struct EstimateOption {
    enum class State {
        Calculating,
        Ready,
        PriceUnknown, ///< tokens are counted, but nobody knows what they cost
    };
    ModelChoice model;
    State state = State::Calculating;
    domain::Money low;
    domain::Money likely;
    domain::Money high;
    qint64 milliseconds = 0;                 ///< 0: not known
    std::optional<domain::Money> budgetLeft; ///< of the scarcest budget after the run; nothing without one

    friend bool operator==(const EstimateOption &, const EstimateOption &) = default;
};

/// Everything the Estimate dialog says. A plain value.
struct EstimateView {
    enum class Exactness {
        Exact,     ///< every page counted by the model's own tokenizer, output learned from past answers
        Counted,   ///< text counted exactly, output guessed
        Estimated, ///< counted by another model's tokenizer
        Sampled,   ///< pages are still being read: their number is extrapolated
    };
    int documents = 0;
    qint64 pagesToDo = 0;
    qint64 pagesAnswered = 0; ///< free
    qint64 pagesSkipped = 0;
    qint64 pagesWithPicture = 0; ///< of those to do

    EstimateOption chosen;
    QVector<EstimateOption> others; ///< at most three
    Exactness exactness = Exactness::Counted;
    qint64 textTokens = 0;
    qint64 pictureTokens = 0;
    qint64 outputTokens = 0;
    qint64 learnedFrom = 0; ///< answers of this library that the output was learned from; 0: none
    QDate priceDate;
    QString priceSource; ///< "openai.com", "your own price"
    int trialPages = 3;
    std::optional<TrialView> trial; ///< with this model, under way or just over

    std::optional<domain::Money> cap; ///< filled in; nothing: no cap
    /// A limit that this run would reach before its end.
    struct Shortage {
        BudgetScope scope = BudgetScope::Day;
        domain::Money left;

        friend bool operator==(const Shortage &, const Shortage &) = default;
    };
    std::optional<Shortage> shortage;

    [[nodiscard]] bool hasNothingToDo() const { return pagesToDo <= 0; }
    /// A few pages may be tried before the rest.
    [[nodiscard]] bool mayTry() const
    {
        return pagesToDo > trialPages && !chosen.model.builtIn && (!trial || trial->hasFailed());
    }
};

/// What the user decided there.
struct EstimateDecision {
    QString modelId;
    std::optional<domain::Money> cap;
    bool unpricedAllowed = false; ///< the price is unknown, and the user said yes to that
    int trialPages = 0;           ///< above 0: only so many pages first

    friend bool operator==(const EstimateDecision &, const EstimateDecision &) = default;
};

/// Words for estimates. Pure.
class EstimateText {
    Q_DECLARE_TR_FUNCTIONS(EstimateText)

public:
    static constexpr int kMostOthers = 3;

    /// "Analyze 12 documents".
    [[nodiscard]] static QString title(const EstimateView &view);
    /// "412 pages to do · 36 already answered, free · 3 skipped".
    [[nodiscard]] static QString pages(const EstimateView &view);
    /// "≈ $0.09 – $0.14", "free", "price unknown", "calculating…".
    [[nodiscard]] static QString price(const EstimateOption &option);
    /// How far the price can be trusted, as a sentence.
    [[nodiscard]] static QString exactness(const EstimateView &view);
    /// "about 14 min" or "—".
    [[nodiscard]] static QString time(const EstimateOption &option);
    /// "$2.90 of the budget left after"; empty without a budget.
    [[nodiscard]] static QString budgetLeft(const EstimateOption &option);
    /// "Only $0.03 of the daily budget is left: …".
    [[nodiscard]] static QString shortage(const EstimateView &view);
    /// The button that starts it: "Analyze for ≈ $0.12".
    [[nodiscard]] static QString startButton(const EstimateView &view);
    [[nodiscard]] static QString trialButton(const EstimateView &view);
    /// Name and value of everything under "Details".
    [[nodiscard]] static QVector<QPair<QString, QString>> details(const EstimateView &view);
    /// One option for a screen reader.
    [[nodiscard]] static QString spoken(const EstimateOption &option);
};

} // namespace lectern::presentation
