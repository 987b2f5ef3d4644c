// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ai/RequestLedger.h"
#include "base/Clock.h"
#include "domain/Work.h"
#include "engine/JobHandler.h"
#include "models/ModelInfo.h"
#include "store/Ledger.h"
#include "store/RateLimits.h"

#include <QHash>

#include <optional>

namespace lectern::store {
class Transaction;
class Writer;
} // namespace lectern::store

namespace lectern::workspace {

/// The books and the limits of the requests about one page, or for one batch of vectors: before each one its
/// worst case is reserved and a place within the endpoint's limits taken, in one transaction; after it, what
/// it did cost is booked. One thread.
class PageBooks final : public ai::RequestLedger {
public:
    struct Page {
        models::ModelInfo model;
        QByteArray question; ///< the key of the answer
        bool isUnpricedAllowed = false;
        qint64 characters = 0;
        qint64 pictureBytes = 0;
    };
    PageBooks(const engine::JobContext &context, const base::Clock &clock, Page page);

    /// Why a request is not to be sent that could be.
    enum class Needless {
        No,
        Answered, ///< the answer was stored meanwhile: another page holds the same
        Asked,    ///< and such a page is being asked about just now
    };

    /// RateLimited, or why the endpoint is held: waitMs() says for how long. A short wait is waited out here.
    /// Cancelled: see needless().
    [[nodiscard]] base::Result<ai::RequestTicket> beforeSending(const ai::PlannedRequest &planned) override;
    void afterAnswer(const ai::RequestSettlement &settlement) override;

    /// Books one request in the caller's transaction. Nothing when it was booked before.
    [[nodiscard]] base::Status settle(store::Transaction &transaction,
                                      const ai::RequestSettlement &settlement) const;

    [[nodiscard]] qint64 waitMs() const { return m_waitMs; }
    [[nodiscard]] Needless needless() const { return m_needless; }
    /// The endpoint is held, for the reason that beforeSending() gave: waiting is all there is to do.
    [[nodiscard]] bool isHeld() const { return m_isHeld; }
    /// After BudgetReached: the worst case for which there was no room.
    [[nodiscard]] domain::Money refused() const { return m_refused; }
    /// Of all requests of this page that were settled with settle() or afterAnswer(), as far as it is known.
    [[nodiscard]] domain::Money costOf(const ai::RequestSettlement &last) const;

private:
    /// False when the job was told to stop meanwhile.
    [[nodiscard]] bool waitOut(qint64 ms) const;
    [[nodiscard]] base::ErrorCode heldFor() const;
    [[nodiscard]] base::Result<Needless> lookAround(store::Transaction &transaction) const;
    [[nodiscard]] base::Result<store::RateLimits::Admission> ask(const ai::PlannedRequest &planned,
                                                                 store::UsageId &request);
    [[nodiscard]] std::optional<domain::Money> billOf(const ai::RequestSettlement &settlement) const;

    const engine::JobContext &m_context;
    const base::Clock &m_clock;
    Page m_page;
    QHash<qint64, store::RateLimits::Ticket> m_places; ///< by ticket
    domain::Money m_booked;
    domain::Money m_refused;
    qint64 m_waitMs = 0;
    bool m_isAgain = false;
    bool m_isHeld = false;
    Needless m_needless = Needless::No;
};

} // namespace lectern::workspace
