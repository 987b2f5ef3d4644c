// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/PageBooks.h"

#include "base/TimeLog.h"
#include "store/Library.h"
#include "store/Transaction.h"
#include "store/Writer.h"

#include <QDateTime>

#include <algorithm>
#include <chrono>
#include <thread>

namespace lectern::workspace {

using ai::RequestOutcome;
using ai::RequestPurpose;
using ai::RequestSettlement;
using base::ErrorCode;
using domain::Money;
using store::Ledger;
using store::RateLimits;

namespace {

constexpr qint64 kWaitedOutMs = 2'000;    ///< longer waits free the thread
constexpr qint64 kLongestWaitMs = 10'000; ///< so do short ones, one after the other
constexpr qint64 kLookMs = 50;
constexpr int kTooManyRequests = 429;
constexpr int kUnavailable = 503;

store::Purpose purposeOf(RequestPurpose purpose)
{
    switch (purpose) {
    case RequestPurpose::Repair:
        return store::Purpose::Repair;
    case RequestPurpose::Vectors:
        return store::Purpose::Embedding;
    case RequestPurpose::Page:
    case RequestPurpose::Adapted:
    case RequestPurpose::MoreRoom:
        break;
    }
    return store::Purpose::Analysis;
}

store::UsageId usageOf(const ai::RequestTicket &ticket)
{
    return {ticket.id};
}

} // namespace

PageBooks::PageBooks(const engine::JobContext &context, const base::Clock &clock, Page page)
    : m_context(context), m_clock(clock), m_page(std::move(page)), m_isAgain(context.job.attempt > 1)
{
}

base::Result<ai::RequestTicket> PageBooks::beforeSending(const ai::PlannedRequest &planned)
{
    qint64 waited = 0;
    do {
        store::UsageId request;
        const auto admission = ask(planned, request);
        if (!admission)
            return base::fail(admission.error());
        if (m_needless != Needless::No)
            return base::fail(ErrorCode::Cancelled);
        if (admission->granted) {
            m_places.insert(request.value, admission->ticket);
            m_isAgain = true;
            return ai::RequestTicket{request.value};
        }
        m_waitMs = admission->msUntil;
        if (m_waitMs > kWaitedOutMs || waited + m_waitMs > kLongestWaitMs) {
            m_isHeld = admission->why == RateLimits::Wait::Held;
            return base::fail(m_isHeld ? heldFor() : ErrorCode::RateLimited, m_page.model.ref.endpoint);
        }
        waited += m_waitMs;
    } while (waitOut(m_waitMs));
    return base::fail(ErrorCode::Cancelled);
}

// Asking again before the time is up would be answered alike.
bool PageBooks::waitOut(qint64 ms) const
{
    // What was asked about this page is paid for: then only a cancel stops it.
    const auto isStopped = [this] {
        return m_context.cancel.isCancelled() || (m_places.isEmpty() && m_context.pause.isCancelled());
    };
    for (qint64 left = ms; left > 0 && !isStopped(); left -= kLookMs)
        std::this_thread::sleep_for(std::chrono::milliseconds(std::min(left, kLookMs)));
    return !isStopped();
}

ErrorCode PageBooks::heldFor() const
{
    const auto pace = RateLimits::pace(m_context.reader, m_page.model.ref.endpoint, m_clock.nowMs());
    return pace && pace->heldFor != ErrorCode::None ? pace->heldFor : ErrorCode::RateLimited;
}

base::Result<RateLimits::Admission> PageBooks::ask(const ai::PlannedRequest &planned, store::UsageId &request)
{
    store::Reservation reservation;
    reservation.model = m_page.model.ref;
    reservation.purpose = purposeOf(planned.purpose);
    reservation.again = m_isAgain;
    if (const auto price = m_page.model.price())
        reservation.worst = price->mostFor(planned.worstInput, planned.worstOutput, planned.pictures);
    m_refused = reservation.worst.value_or(Money());
    reservation.unpricedAllowed = m_page.isUnpricedAllowed;
    reservation.day = QDateTime::fromMSecsSinceEpoch(m_clock.nowMs()).date();
    reservation.worker = m_context.worker;
    reservation.lease = m_context.job.leaseToken();
    reservation.run = m_context.job.run;
    reservation.document = m_context.job.document;
    reservation.page = m_context.job.page;
    reservation.question = m_page.question;
    reservation.characters = m_page.characters;
    reservation.pictureBytes = m_page.pictureBytes;
    const base::TimeLog time("reserve");
    return m_context.writer.run([&](store::Transaction &transaction) -> base::Result<RateLimits::Admission> {
        const auto needless = lookAround(transaction);
        if (!needless)
            return base::fail(needless.error());
        m_needless = *needless;
        if (m_needless != Needless::No)
            return RateLimits::Admission{};
        auto admission =
            RateLimits::take(transaction, m_page.model.ref, planned.worstInput + planned.worstOutput);
        if (!admission || !admission->granted)
            return admission;
        const auto reserved = Ledger::reserve(transaction, reservation);
        if (!reserved)
            return base::fail(reserved.error());
        request = *reserved;
        return admission;
    });
}

// Asked in the transaction that reserves, so that of all programs only one sends.
base::Result<PageBooks::Needless> PageBooks::lookAround(store::Transaction &transaction) const
{
    if (m_page.question.isEmpty())
        return Needless::No;
    const auto answer = store::Library::findAnswer(transaction, m_page.question);
    if (!answer)
        return base::fail(answer.error());
    if (*answer)
        return Needless::Answered;
    return Ledger::isAsked(transaction, m_page.question).map([](bool asked) {
        return asked ? Needless::Asked : Needless::No;
    });
}

void PageBooks::afterAnswer(const RequestSettlement &settlement)
{
    const base::Status settled = m_context.writer.run(
        [&](store::Transaction &transaction) { return settle(transaction, settlement); });
    Q_UNUSED(settled) // it then stays booked at its reservation, as after a crash
    m_booked += billOf(settlement).value_or(Money());
}

std::optional<Money> PageBooks::billOf(const RequestSettlement &settlement) const
{
    if (settlement.cost)
        return settlement.cost;
    const auto price = m_page.model.price();
    return price ? price->costOf(settlement.usage, settlement.planned.pictures) : std::nullopt;
}

Money PageBooks::costOf(const RequestSettlement &last) const
{
    return m_booked + billOf(last).value_or(Money());
}

base::Status PageBooks::settle(store::Transaction &transaction, const RequestSettlement &settlement) const
{
    const store::UsageId id = usageOf(settlement.ticket);
    const QString &endpoint = m_page.model.ref.endpoint;
    const auto place = m_places.constFind(settlement.ticket.id);
    const auto done = [](const base::Result<bool> &result) {
        return result ? base::Status() : base::Status(base::fail(result.error()));
    };
    if (settlement.status == kTooManyRequests || settlement.status == kUnavailable) {
        if (const base::Status noted =
                RateLimits::noteOverload(transaction, endpoint, m_clock.nowMs() - settlement.totalMs);
            !noted)
            return noted;
    }
    if (settlement.outcome == RequestOutcome::NotSent) {
        if (place != m_places.constEnd()) {
            if (const base::Status given = RateLimits::giveBack(transaction, *place); !given)
                return given;
        }
        return done(Ledger::release(transaction, id, settlement.error.code));
    }
    if (settlement.outcome == RequestOutcome::Unknown ||
        (settlement.outcome == RequestOutcome::Answered && !settlement.usage.reported && !settlement.cost))
        return done(Ledger::giveUp(transaction, id, settlement.error.code));

    store::Settlement booked;
    booked.outcome = settlement.error.code;
    booked.httpStatus = settlement.status;
    booked.requestId = settlement.completionId.isEmpty() ? settlement.requestId : settlement.completionId;
    booked.tokens = settlement.usage;
    booked.source = settlement.cost ? store::CostSource::Provider : store::CostSource::Ours;
    booked.cost = settlement.outcome == RequestOutcome::NotBilled ? Money() : billOf(settlement);
    if (settlement.outcome == RequestOutcome::Answered) {
        if (const base::Status noted = RateLimits::noteAnswer(transaction, endpoint); !noted)
            return noted;
        if (place != m_places.constEnd()) {
            const base::Status corrected =
                RateLimits::correct(transaction, *place, settlement.usage.input + settlement.usage.output);
            if (!corrected)
                return corrected;
        }
    }
    return done(Ledger::settle(transaction, id, booked));
}

} // namespace lectern::workspace
