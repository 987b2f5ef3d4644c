// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/TokenUsage.h"
#include "presentation/Budgets.h"

#include <QCoreApplication>
#include <QDate>
#include <QString>
#include <QVector>

namespace lectern::presentation {

enum class CostGrouping { Model, Document, Run, Day };

/// One line of the ledger's sums.
struct CostRow {
    QString key;  ///< of the model, document, run or day
    QString name; ///< for people
    qint64 pages = 0;
    qint64 requests = 0;
    domain::TokenUsage usage;
    domain::Money spent;
    bool local = false;   ///< asks no money: its tokens are shown instead
    bool counted = false; ///< some of the amount is our own count, not the provider's
    qint64 unpriced = 0;  ///< requests whose price nobody knows: not in `spent`

    friend bool operator==(const CostRow &, const CostRow &) = default;
};

/// What one model cost on one day.
struct CostDay {
    QDate day;
    QString model;
    domain::Money spent;

    friend bool operator==(const CostDay &, const CostDay &) = default;
};

/// A part of all requests: already counted in the rows.
struct CostPart {
    qint64 requests = 0;
    domain::Money spent;

    friend bool operator==(const CostPart &, const CostPart &) = default;
};

/// Everything the Costs view shows. A plain value. Each request is in exactly one of the rows, so that their
/// sum is the ledger's; the parts say how much of that sum went wrong.
struct CostSummary {
    BudgetUse today;
    BudgetUse month;
    BudgetUse workspace;
    domain::Money committed; ///< estimates of what runs and waits
    CostGrouping grouping = CostGrouping::Model;
    QVector<CostRow> rows;
    CostPart failed;  ///< their answer was of no use, paid or not
    CostPart again;   ///< retries and repairs, failed or not
    CostPart unknown; ///< outcome unknown after a crash, booked at their reservation
    qint64 savedPages = 0;
    domain::Money saved; ///< what stored answers would have cost again
    QVector<CostDay> days;
    QDate pricesOf; ///< date of the price list

    [[nodiscard]] bool isEmpty() const { return rows.isEmpty() && savedPages == 0; }
    friend bool operator==(const CostSummary &, const CostSummary &) = default;
};

/// A run as its cost panel shows it.
struct RunCost {
    qint64 id = 0;
    QString name;    ///< "Analyze 12 documents"
    QString model;   ///< for people
    BudgetUse money; ///< spent, reserved, and the run's cap
    domain::Money estimateLow;
    domain::Money estimateHigh;
    bool free = false;
    qint64 pagesDone = 0;
    qint64 pages = 0;
    qint64 requests = 0;
    qint64 failedRequests = 0;
    domain::TokenUsage usage;
    bool held = false; ///< at a limit
    BudgetScope heldAt = BudgetScope::Run;
    qint64 heldUntil = 0; ///< epoch milliseconds; 0: not by itself

    friend bool operator==(const RunCost &, const RunCost &) = default;
};

/// Words for costs. Pure.
class CostText {
    Q_DECLARE_TR_FUNCTIONS(CostText)

public:
    [[nodiscard]] static QString groupingName(CostGrouping grouping);
    /// "Committed ≈ $3.30", empty for none.
    [[nodiscard]] static QString committed(const CostSummary &summary);
    /// "412 pages were answered from the store: $0.53 saved." Empty for none.
    [[nodiscard]] static QString saved(const CostSummary &summary);
    /// What the unknown outcomes are, in full. Empty for none.
    [[nodiscard]] static QString unknown(const CostSummary &summary);
    /// "Prices of 20 Aug 2026", empty without a date.
    [[nodiscard]] static QString pricesOf(const CostSummary &summary);
    /// The chart in words, newest day first.
    [[nodiscard]] static QString chart(const QVector<CostDay> &days);

    /// "Spent $0.05 of ≈ $0.09 – $0.14".
    [[nodiscard]] static QString run(const RunCost &run);
    /// "Cap $0.20: $0.15 left".
    [[nodiscard]] static QString runCap(const RunCost &run);
    /// "41 of 86 pages · $0.0013 per page · 2.1 M tokens in, 310 K out · 2 failed requests".
    [[nodiscard]] static QString runFacts(const RunCost &run);
    /// Why it waits, empty when it does not.
    [[nodiscard]] static QString runHeld(const RunCost &run, qint64 nowMs);
    [[nodiscard]] static QString spokenRun(const RunCost &run);
};

} // namespace lectern::presentation
