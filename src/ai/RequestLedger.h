// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ai/ChatReply.h"
#include "ai/RateLimits.h"
#include "base/Error.h"
#include "base/Result.h"
#include "domain/Money.h"
#include "domain/TokenUsage.h"

#include <QString>

#include <optional>

namespace lectern::ai {

/// Why a request is sent.
enum class RequestPurpose {
    Page,     ///< the question itself
    Adapted,  ///< again, without a field that the model refused
    MoreRoom, ///< again, since the answer was cut at its longest
    Repair,   ///< about an answer that was not what was asked for
    Vectors,  ///< of texts, not of a page
};

/// What a request can come to at worst: more cannot be billed.
struct PlannedRequest {
    RequestPurpose purpose = RequestPurpose::Page;
    qint64 worstInput = 0; ///< tokens
    qint64 worstOutput = 0;
    qint64 pictures = 0;
};

/// What became of a request, as far as money goes.
enum class RequestOutcome {
    NotSent,   ///< never left this machine
    NotBilled, ///< refused before anything was generated
    Answered,  ///< `usage` is the bill, if it is reported; if not, the reservation stays
    Unknown,   ///< may have been billed, nobody said how much: the reservation stays
};

/// Names the row that beforeSending() wrote.
struct RequestTicket {
    qint64 id = 0;

    friend bool operator==(const RequestTicket &, const RequestTicket &) = default;
};

/// The end of one request, to be booked.
struct RequestSettlement {
    RequestTicket ticket;
    PlannedRequest planned;
    RequestOutcome outcome = RequestOutcome::NotSent;
    domain::TokenUsage usage;
    std::optional<domain::Money> cost; ///< by the provider's own bill
    base::Error error;                 ///< why there is no answer, or none of use; None: there is
    int status = 0;                    ///< of HTTP
    QString requestId;
    QString completionId;
    RateLimits limits;
    qint64 bytesSent = 0;
    qint64 totalMs = 0;
};

/// What is to be booked of a request that was answered, and of one that was not.
[[nodiscard]] RequestSettlement settlementOf(RequestTicket ticket, const PlannedRequest &planned,
                                             const ReplyFacts &facts);
[[nodiscard]] RequestSettlement settlementOf(RequestTicket ticket, const PlannedRequest &planned,
                                             const ChatFailure &failure);

/// Reserves before, and books after, every single request. Implemented by whoever keeps the money. Called on
/// the thread of the caller of PageAnalyst.
class RequestLedger {
public:
    virtual ~RequestLedger() = default;

    /// Reserves the worst case and takes what the limits a minute allow. An error (BudgetReached,
    /// RateLimited, …) means that the request is not sent.
    [[nodiscard]] virtual base::Result<RequestTicket> beforeSending(const PlannedRequest &planned) = 0;

    /// Books a request that another one follows. The last one of a page is not booked here but handed back.
    virtual void afterAnswer(const RequestSettlement &settlement) = 0;
};

} // namespace lectern::ai
