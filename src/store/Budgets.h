// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Ids.h"
#include "domain/Money.h"

#include <QDate>
#include <QString>
#include <QVector>

#include <optional>

namespace lectern::store {

class Connection;
class Transaction;

/// What the user approved for a run.
struct RunPlan {
    std::optional<domain::Money> estimateLow;
    std::optional<domain::Money> estimateHigh;
    std::optional<domain::Money> cap; ///< none: no cap
    bool unpricedAllowed = false;     ///< models without a price may be asked
    std::optional<domain::Money> estimateLikely;
    qint64 estimatePages = 0; ///< that the estimate is for; 0: not known
    // What the next start compares with: see workspace::ResumeCheck.
    std::optional<domain::Money> pagePrice; ///< of a page of usual length; none: the price was not known
    bool modelListed = false;               ///< by its endpoint

    friend bool operator==(const RunPlan &, const RunPlan &) = default;
};

/// The limits of what may be spent, and the jobs that wait at one of them. Scopes are those of Scope.h.
class Budgets {
public:
    // The numbers are stored: never renumber.
    enum class Period { Day = 1, Month = 2, Workspace = 3 };

    /// None: no limit. Jobs that were held at a limit of this kind are let go when it is raised or removed;
    /// those for which there is still no room come back at their first request.
    [[nodiscard]] static base::Status setLimit(Transaction &, Period, std::optional<domain::Money>);
    [[nodiscard]] static base::Result<std::optional<domain::Money>> limit(Connection &, Period);

    /// The same for a run's cap. Errors: NotFound.
    [[nodiscard]] static base::Status setRunPlan(Transaction &, domain::RunId, const RunPlan &);
    [[nodiscard]] static base::Status setRunCap(Transaction &, domain::RunId, std::optional<domain::Money>);
    [[nodiscard]] static base::Result<RunPlan> runPlan(Connection &, domain::RunId);

    /// How things stand under one limit.
    struct Account {
        domain::Money spent;
        domain::Money reserved; ///< for requests in flight
        std::optional<domain::Money> limit;
        /// What may still be reserved; none: without end. Never below zero.
        [[nodiscard]] std::optional<domain::Money> left() const;
    };
    [[nodiscard]] static base::Result<Account> ofRun(Connection &, domain::RunId);
    [[nodiscard]] static base::Result<Account> ofPeriod(Connection &, Period, QDate today);

    /// Every ready job that would spend under this scope waits until then, with the error BudgetReached and
    /// the scope as its detail. No attempt is used up. A run: its jobs in the lanes of endpoints; a day, a
    /// month, the workspace: all of those lanes but the ones of servers that ask no money. Returns how many.
    [[nodiscard]] static base::Result<int> holdForBudget(Transaction &, const QString &scope, qint64 untilMs);
    /// They are ready again. Returns how many.
    [[nodiscard]] static base::Result<int> releaseForBudget(Transaction &, const QString &scope);

    /// By the name of its scope.
    [[nodiscard]] static base::Result<Account> ofScope(Connection &, const QString &scope);

    /// Whether so much fits under the limit of this scope once all requests in flight have given back what
    /// they do not use. When it does not, waiting for them is of no use.
    [[nodiscard]] static base::Result<bool> mayFit(Connection &, const QString &scope, domain::Money amount);

    struct Held {
        QString scope;
        qint64 jobs = 0;   ///< pages, and documents whose vectors are to be made
        qint64 pages = 0;  ///< of these jobs
        int documents = 0; ///< of all these jobs
        qint64 until = 0;  ///< when the first of them tries again by itself
    };
    /// What waits at which limit; empty: nothing.
    [[nodiscard]] static base::Result<QVector<Held>> held(Connection &);

    /// The documents of which something waits at this limit.
    [[nodiscard]] static base::Result<QVector<domain::DocumentId>> heldDocuments(Connection &,
                                                                                 const QString &scope);

    /// When a scope has room again by itself: the next midnight or month of local time. A cap of a run and
    /// that of the workspace have no such moment: kNever.
    [[nodiscard]] static qint64 opensAgainAt(const QString &scope);
    static constexpr qint64 kNever = 253'402'300'800'000; ///< the year 10000
};

} // namespace lectern::store
