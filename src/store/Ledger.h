// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Endpoint.h"
#include "domain/Ids.h"
#include "domain/Money.h"
#include "domain/TokenUsage.h"
#include "domain/Work.h"
#include "store/Usage.h"

#include <QByteArray>
#include <QDate>
#include <QString>

#include <optional>

namespace lectern::store {

class Transaction;

/// A request that is about to be sent.
struct Reservation {
    domain::ModelRef model;
    Purpose purpose = Purpose::Analysis;
    bool again = false; ///< repeats a request for the same thing: after a failure, with more room, to repair
    std::optional<domain::Money> worst; ///< the most it can cost; none: the price is unknown
    bool unpricedAllowed = false;       ///< for a request outside of runs; a run says so itself
    QDate day;                          ///< local: whose day and month pay for it
    QString worker;                     ///< id of the program that sends it
    domain::JobLease lease;             ///< of the job it is for; none: it is for no job
    domain::RunId run;                  ///< none: outside of runs
    domain::DocumentId document;
    int page = 0;
    QByteArray question;     ///< the key that the answer will have; empty: asked for its own sake
    qint64 characters = 0;   ///< of text that leave this machine
    qint64 pictureBytes = 0; ///< of pictures that leave this machine
};

/// What became of a request.
struct Settlement {
    std::optional<domain::Money> cost; ///< none: the price is unknown
    CostSource source = CostSource::Ours;
    domain::TokenUsage tokens;
    base::ErrorCode outcome = base::ErrorCode::None; ///< why its answer was of no use; None: it was
    int httpStatus = 0;
    QString requestId; ///< the provider's name for it
};

/// The books: one row for each request to a model, written with its worst case before it is sent and settled
/// with what it did cost. Sums are kept per run, day, month and workspace in the same transaction, so that
/// `spent + reserved` is never above a limit, whoever sends. Writer's thread.
class Ledger {
public:
    /// Errors: BudgetReached, with the scope of the first limit that has no room (run, day, month, workspace)
    /// as its detail; PriceUnknown; StaleLease when the job is no longer the caller's, so that nothing is
    /// paid for a result nobody may store. A request that costs nothing is never refused for money.
    [[nodiscard]] static base::Result<UsageId> reserve(Transaction &, const Reservation &);

    /// Whether somebody is asking this already: a request with the question is in flight.
    [[nodiscard]] static base::Result<bool> isAsked(Transaction &, const QByteArray &question);

    /// Books what it did cost, more than was reserved too. The first settlement counts: true for it, false
    /// (and nothing changes) for any other. A request that was booked as unknown, since its program was taken
    /// for dead, is corrected: what the provider said replaces the guess.
    [[nodiscard]] static base::Result<bool> settle(Transaction &, UsageId, const Settlement &);

    /// It was never sent: costs nothing. No-op once settled; corrects one that was booked as unknown.
    [[nodiscard]] static base::Result<bool> release(Transaction &, UsageId, base::ErrorCode why);

    /// It was sent, and nobody will say what it cost: stays booked at its reservation, and marked. No-op once
    /// the outcome is known; a later settlement corrects it.
    [[nodiscard]] static base::Result<bool> giveUp(Transaction &, UsageId, base::ErrorCode why);

    /// The requests in flight of a worker that is gone: whether they were billed nobody knows, so they stay
    /// booked at their reservation, and marked. JobQueue::rescue() and removeWorker() do this by themselves.
    /// Also those of workers that were never registered, ten minutes after they were sent. Returns how many.
    [[nodiscard]] static base::Result<int> bookUnknown(Transaction &, const QString &worker);
};

} // namespace lectern::store
