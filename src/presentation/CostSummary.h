// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/TokenUsage.h"
#include "presentation/Budgets.h"
#include "presentation/RunCost.h"

#include <QDate>
#include <QString>
#include <QVector>

namespace lectern::presentation {

enum class CostGrouping { Model, Document, Run, Day };

/// What the table of the costs is about.
struct CostQuery {
    CostGrouping grouping = CostGrouping::Model;
    // Only requests of one of these; empty: of all.
    qint64 run = 0;
    QString model; ///< "ENDPOINT/MODEL"
    QDate day;

    [[nodiscard]] bool isNarrowed() const { return run != 0 || !model.isEmpty() || day.isValid(); }
    /// The same question about everything.
    [[nodiscard]] CostQuery widened() const { return {grouping, 0, {}, {}}; }
    friend bool operator==(const CostQuery &, const CostQuery &) = default;
};

/// One line of the ledger's sums.
struct CostRow {
    QString key;  ///< of the model, document, run or day; "0" and "" lead nowhere
    QString name; ///< for people
    qint64 pages = 0;
    qint64 requests = 0;
    domain::TokenUsage usage;
    domain::Money spent;
    bool local = false;   ///< asks no money: its tokens are shown instead
    bool counted = false; ///< some of the amount is a guess of ours, not the provider's bill
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
    CostQuery query; ///< what the rows and the parts are of
    QVector<CostRow> rows;
    qint64 more = 0;  ///< of the rows, how many the last one stands for; 0: it is one like the others
    CostPart failed;  ///< their answer was of no use, paid or not
    CostPart again;   ///< retries and repairs, failed or not
    CostPart unknown; ///< outcome unknown after a crash, booked at their reservation
    qint64 savedPages = 0;
    domain::Money saved;   ///< what stored answers would have cost again
    QVector<CostDay> days; ///< of everything, whatever the rows are of; two years at most
    QDate day;             ///< the one it is
    QDate pricesOf;        ///< date of the price list

    /// Nothing was ever asked of a model.
    [[nodiscard]] bool isEmpty() const { return rows.isEmpty() && savedPages == 0 && !query.isNarrowed(); }
    friend bool operator==(const CostSummary &, const CostSummary &) = default;
};

} // namespace lectern::presentation
