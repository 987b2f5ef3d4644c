// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "domain/TokenUsage.h"
#include "presentation/Budgets.h"

#include <QHash>
#include <QString>
#include <QVector>

#include <optional>

namespace lectern::presentation {

/// A run that asks a model, as its cost panel shows it. A plain value.
struct RunCost {
    qint64 id = 0;
    QString name;    ///< "Analyze 12 documents"
    QString model;   ///< for people
    BudgetUse money; ///< spent, reserved, and the run's cap
    domain::Money estimateLow;
    domain::Money estimateHigh; ///< zero: none was made
    bool free = false;
    bool live = false; ///< some of its work is not settled
    bool paused = false;
    bool asks = false; ///< waits for an answer before it goes on
    qint64 pagesDone = 0;
    qint64 pagesFailed = 0;
    qint64 pages = 0;
    qint64 requests = 0;
    qint64 answeredRequests = 0; ///< with an answer that could be used: one for a page
    qint64 failedRequests = 0;
    qint64 againRequests = 0;
    domain::TokenUsage usage;
    qint64 savedPages = 0; ///< answered from the store
    domain::Money saved;   ///< what these answers had cost
    bool held = false;     ///< at a limit
    BudgetScope heldAt = BudgetScope::Run;
    QString heldAccount;                              ///< the limit's name: "run:7", "day:2026-11-22"
    qint64 heldUntil = 0;                             ///< epoch milliseconds; 0: not by itself
    base::ErrorCode waitsFor = base::ErrorCode::None; ///< why its endpoint is left alone
    qint64 waitsUntil = 0;                            ///< epoch milliseconds

    [[nodiscard]] qint64 pagesLeft() const;
    /// What the pages that are left are going to cost: by what its own pages did cost, before there are any
    /// by its estimate. Zero when nothing is left or nobody can tell; never more than its cap leaves.
    [[nodiscard]] domain::Money expected() const;
    /// The same for one page.
    [[nodiscard]] domain::Money expectedPerPage() const;

    friend bool operator==(const RunCost &, const RunCost &) = default;
};

/// The runs that go on, and one more that somebody looks at. A plain value.
struct RunCosts {
    QVector<RunCost> live; ///< the newest first
    std::optional<RunCost> watched;

    /// Estimates of everything that runs and waits.
    [[nodiscard]] domain::Money committed() const;
    /// By its number; nothing when it is not among them.
    [[nodiscard]] std::optional<RunCost> find(qint64 run) const;

    friend bool operator==(const RunCosts &, const RunCosts &) = default;
};

} // namespace lectern::presentation
