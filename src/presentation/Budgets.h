// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Money.h"
#include "presentation/Notices.h"

#include <QCoreApplication>
#include <QString>

#include <optional>

namespace lectern::presentation {

/// What may be spent. Nothing: no limit.
struct Budgets {
    std::optional<domain::Money> day;
    std::optional<domain::Money> month;
    std::optional<domain::Money> workspace;
    std::optional<domain::Money> run;                          ///< what a new run's cap is filled in with
    domain::Money askFrom{domain::Money::kPicoPerDollar / 20}; ///< runs that may cost less start unasked

    friend bool operator==(const Budgets &, const Budgets &) = default;
};

enum class BudgetScope { Run, Day, Month, Workspace };

/// A limit and what counts against it.
struct BudgetUse {
    std::optional<domain::Money> limit;
    domain::Money spent;
    domain::Money reserved; ///< for requests in flight

    [[nodiscard]] bool isReached() const { return limit && spent + reserved >= *limit; }
    /// Never below zero; nothing without a limit.
    [[nodiscard]] std::optional<domain::Money> left() const
    {
        if (!limit)
            return {};
        const domain::Money left = *limit - spent - reserved;
        return left.picodollars > 0 ? left : domain::Money{};
    }
    friend bool operator==(const BudgetUse &, const BudgetUse &) = default;
};

/// Work waits at a limit.
struct BudgetHold {
    BudgetScope scope = BudgetScope::Day;
    QString account; ///< the limit as the store names it ("run:7"): follows the commands after a colon
    domain::Money limit;
    QString runName;      ///< for BudgetScope::Run
    bool hasPages = true; ///< pages wait for a model, which may be another one; false: only vectors
    int waiting = 0;      ///< documents
    int inFlight = 0;
    domain::Money inFlightCost;
    qint64 until = 0; ///< epoch milliseconds when it goes on by itself; 0: never

    friend bool operator==(const BudgetHold &, const BudgetHold &) = default;
};

/// Words for limits, and the banner when one is reached. Pure.
class BudgetText {
    Q_DECLARE_TR_FUNCTIONS(BudgetText)

public:
    // What the banner's buttons ask for; the banner's id says which limit.
    static QString raiseCommand() { return QStringLiteral("budget.raise"); }
    static QString waitCommand() { return QStringLiteral("budget.wait"); }
    static QString cheaperCommand() { return QStringLiteral("budget.cheaperModel"); }
    static QString noticeId(const BudgetHold &hold);

    /// "Daily budget $5.00 reached: 7 documents wait. …" with the ways on: raise it, use a cheaper model, and
    /// until when it waits otherwise.
    [[nodiscard]] static Notice reached(const BudgetHold &hold, qint64 nowMs);
    /// "Daily budget", "Cap of this run".
    [[nodiscard]] static QString name(BudgetScope scope);
    /// "Today", "This month", "This library", "This run".
    [[nodiscard]] static QString period(BudgetScope scope);
    /// "$1.84 of $5.00", or "$1.84" without a limit.
    [[nodiscard]] static QString use(const BudgetUse &use);
    /// For a screen reader: "Spent today 1 dollar 84 cents of 5 dollars".
    [[nodiscard]] static QString spokenUse(BudgetScope scope, const BudgetUse &use);
    /// For the status bar: "Today $1.84 / $5.00".
    [[nodiscard]] static QString statusToday(const BudgetUse &today);
    /// What contradicts itself, as a day above its month; empty when nothing does.
    [[nodiscard]] static QString contradiction(const Budgets &budgets);
};

} // namespace lectern::presentation
