// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/RequestLedger.h"

namespace lectern::ai {

namespace {

RequestOutcome outcomeOf(const ChatFailure &failure)
{
    if (!failure.maySent)
        return RequestOutcome::NotSent;
    if (failure.facts.usage.reported)
        return RequestOutcome::Answered;
    return failure.maybeBilled ? RequestOutcome::Unknown : RequestOutcome::NotBilled;
}

} // namespace

RequestSettlement settlementOf(RequestTicket ticket, const PlannedRequest &planned, const ReplyFacts &facts)
{
    RequestSettlement settlement;
    settlement.ticket = ticket;
    settlement.planned = planned;
    settlement.outcome = RequestOutcome::Answered;
    settlement.usage = facts.usage;
    settlement.cost = facts.cost;
    settlement.status = facts.status;
    settlement.requestId = facts.requestId;
    settlement.completionId = facts.completionId;
    settlement.limits = facts.limits;
    settlement.bytesSent = facts.bytesSent;
    settlement.totalMs = facts.totalMs;
    return settlement;
}

RequestSettlement settlementOf(RequestTicket ticket, const PlannedRequest &planned,
                               const ChatFailure &failure)
{
    RequestSettlement settlement = settlementOf(ticket, planned, failure.facts);
    settlement.outcome = outcomeOf(failure);
    settlement.error = failure.error;
    return settlement;
}

} // namespace lectern::ai
