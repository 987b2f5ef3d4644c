// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/RateLimits.h"

#include "store/Failure.h"
#include "store/LedgerRows.h"
#include "store/Statement.h"
#include "store/Transaction.h"

#include <algorithm>

namespace lectern::store {

using base::ErrorCode;

namespace {

constexpr qint64 kSlotMs = 500;
constexpr qint64 kSlotsPerMinute = 60'000 / kSlotMs;
// The slot that a minute begins in, those of the minute, and two to spare: requests may reach the server up
// to a second closer together than they left.
constexpr qint64 kSlotsCounted = kSlotsPerMinute + 3;
// A slot takes a tenth more than its share, so that what was missed is caught up with.
constexpr qint64 kSharePercent = 110;
constexpr qint64 kConcurrencyPollMs = 50;

constexpr const char *kLimits = R"(
SELECT endpoint.concurrency, endpoint.requests_per_minute, endpoint.tokens_per_minute,
       coalesce(pace.held_until, 0), coalesce(pace.held_code, 'none'), coalesce(pace.allowed, 0)
  FROM endpoint LEFT JOIN endpoint_pace AS pace ON pace.endpoint = endpoint.id
 WHERE endpoint.id = ?)";
constexpr const char *kInFlight = R"(
SELECT count(*) FROM model CROSS JOIN usage ON usage.model_id = model.id AND usage.state = 0
 WHERE model.endpoint = ?)";

constexpr const char *kForgetSlots = "DELETE FROM rate_slot WHERE model_id = ? AND slot <= ?";
constexpr const char *kLaterSlots = "SELECT coalesce(sum(requests), 0), coalesce(sum(tokens), 0) FROM "
                                    "rate_slot WHERE model_id = ? AND slot > ?";
constexpr const char *kForgetLaterSlots = "DELETE FROM rate_slot WHERE model_id = ? AND slot > ?";
constexpr const char *kSent = R"(
SELECT coalesce(sum(requests), 0), coalesce(sum(tokens), 0), coalesce(sum(CASE WHEN slot = ? THEN requests END), 0),
       coalesce(sum(CASE WHEN slot = ? THEN tokens END), 0), coalesce(max(slot), 0)
  FROM rate_slot WHERE model_id = ? AND slot > ?)";
constexpr const char *kSlots =
    "SELECT slot, requests, tokens FROM rate_slot WHERE model_id = ? AND slot > ? ORDER BY slot";
constexpr const char *kTake = R"(
INSERT INTO rate_slot (model_id, slot, requests, tokens) VALUES (?, ?, ?, ?)
    ON CONFLICT (model_id, slot) DO UPDATE SET requests = requests + excluded.requests, tokens = tokens + excluded.tokens)";
constexpr const char *kCorrect = R"(
UPDATE rate_slot SET requests = max(0, requests + ?), tokens = max(0, tokens + ?) WHERE model_id = ? AND slot = ?)";

constexpr const char *kHold = R"(
INSERT INTO endpoint_pace (endpoint, held_until, held_code) SELECT id, ?, ? FROM endpoint WHERE id = ?
    ON CONFLICT (endpoint) DO UPDATE SET held_until = excluded.held_until, held_code = excluded.held_code
 WHERE excluded.held_until > held_until)";
constexpr const char *kEndHold =
    "UPDATE endpoint_pace SET held_until = 0, held_code = 'none' WHERE endpoint = ?";

// A setting that was lowered since counts at once.
constexpr const char *kReduce = R"(
INSERT INTO endpoint_pace (endpoint, allowed, reduced_at) SELECT id, max(1, concurrency / 2), ? FROM endpoint WHERE id = ?
    ON CONFLICT (endpoint) DO UPDATE
   SET allowed = CASE WHEN allowed = 0 THEN excluded.allowed ELSE max(1, min(allowed / 2, excluded.allowed)) END,
       answered = 0, reduced_at = excluded.reduced_at
 WHERE reduced_at < ?)";
constexpr const char *kGrow = R"(
UPDATE endpoint_pace
   SET allowed = CASE WHEN answered + 1 < allowed THEN allowed
                      WHEN allowed + 1 >= (SELECT concurrency FROM endpoint WHERE id = endpoint_pace.endpoint) THEN 0
                      ELSE allowed + 1 END,
       answered = CASE WHEN answered + 1 < allowed THEN answered + 1 ELSE 0 END
 WHERE endpoint = ? AND allowed > 0)";

struct Limits {
    int concurrency = 1;
    qint64 requests = 0; ///< a minute; 0: none
    qint64 tokens = 0;
    qint64 heldUntil = 0;
    ErrorCode heldFor = ErrorCode::None;
    int allowed = 0;
};

Limits limitsOf(Connection &connection, const QString &endpoint)
{
    const auto found = readRow(
        connection, kLimits,
        [](const Statement &row) {
            Limits limits;
            limits.concurrency = row.number(0);
            limits.requests = row.integer(1);
            limits.tokens = row.integer(2);
            limits.heldUntil = row.integer(3);
            limits.heldFor = base::errorFromName(row.text(4));
            const int reduced = row.number(5);
            limits.allowed = reduced > 0 ? std::min(reduced, limits.concurrency) : limits.concurrency;
            return limits;
        },
        endpoint);
    if (!found)
        throw Failure{{ErrorCode::NotFound, QStringLiteral("endpoint ") + endpoint}};
    return *found;
}

int inFlight(Connection &connection, const QString &endpoint)
{
    return static_cast<int>(readInteger(connection, kInFlight, endpoint).value_or(0));
}

/// What a slot takes at least before the next must be waited for.
qint64 shareOf(qint64 perMinute)
{
    return std::max<qint64>(1, (perMinute * kSharePercent + kSlotsPerMinute * 100 - 1) /
                                   (kSlotsPerMinute * 100));
}

RateLimits::Admission refused(RateLimits::Wait why, qint64 msUntil)
{
    return {false, {}, why, std::max<qint64>(1, msUntil)};
}

/// The count of one model's last minute.
class Window {
public:
    Window(Transaction &transaction, qint64 model)
        : m_transaction(transaction), m_model(model), m_slot(transaction.nowMs() / kSlotMs)
    {
        execute(transaction, kForgetSlots, model, m_slot - kSlotsCounted);
        if (read() > m_slot) {
            bringBack();
            read();
        }
    }

    RateLimits::Admission take(const Limits &limits, int requests, qint64 tokens)
    {
        using Wait = RateLimits::Wait;
        if (limits.requests > 0 && m_requests + requests > limits.requests)
            return refused(Wait::Requests, msUntilFits(limits, requests, tokens));
        if (limits.tokens > 0 && m_tokens + tokens > limits.tokens)
            return refused(Wait::Tokens, msUntilFits(limits, requests, tokens));
        if (limits.requests > 0 && m_requestsNow >= shareOf(limits.requests))
            return refused(Wait::Requests, msUntilSlot(m_slot + 1));
        if (limits.tokens > 0 && m_tokensNow >= shareOf(limits.tokens))
            return refused(Wait::Tokens, msUntilSlot(m_slot + 1));
        execute(m_transaction, kTake, m_model, m_slot, requests, tokens);
        return {true, {m_model, m_slot, tokens, requests}, Wait::None, 0};
    }

private:
    /// Returns the latest slot in use.
    qint64 read()
    {
        Statement sent(m_transaction, kSent);
        sent.run(m_slot, m_slot, m_model, m_slot - kSlotsCounted);
        if (!sent.next())
            return 0;
        m_requests = sent.integer(0);
        m_tokens = sent.integer(1);
        m_requestsNow = sent.integer(2);
        m_tokensNow = sent.integer(3);
        return sent.integer(4);
    }

    /// The clock was set back: what was sent "later" was sent by now, at the worst just now.
    void bringBack()
    {
        const auto later = readRow(
            m_transaction, kLaterSlots,
            [](const Statement &row) { return std::pair(row.integer(0), row.integer(1)); }, m_model, m_slot);
        execute(m_transaction, kForgetLaterSlots, m_model, m_slot);
        execute(m_transaction, kTake, m_model, m_slot, later->first, later->second);
    }

    [[nodiscard]] qint64 msUntilSlot(qint64 slot) const { return slot * kSlotMs - m_transaction.nowMs(); }

    /// When enough of what was sent is a minute old.
    qint64 msUntilFits(const Limits &limits, int requests, qint64 tokens)
    {
        qint64 requestsLeft = m_requests;
        qint64 tokensLeft = m_tokens;
        Statement slots(m_transaction, kSlots);
        slots.run(m_model, m_slot - kSlotsCounted);
        while (slots.next()) {
            requestsLeft -= slots.integer(1);
            tokensLeft -= slots.integer(2);
            if ((limits.requests == 0 || requestsLeft + requests <= limits.requests) &&
                (limits.tokens == 0 || tokensLeft + tokens <= limits.tokens))
                return msUntilSlot(slots.integer(0) + kSlotsCounted);
        }
        return kSlotsCounted * kSlotMs;
    }

    Transaction &m_transaction;
    const qint64 m_model;
    const qint64 m_slot;
    qint64 m_requests = 0;
    qint64 m_tokens = 0;
    qint64 m_requestsNow = 0;
    qint64 m_tokensNow = 0;
};

} // namespace

base::Result<RateLimits::Admission> RateLimits::take(Transaction &transaction, const domain::ModelRef &model,
                                                     qint64 tokens, int requests)
{
    return attempt([&] {
        const Limits limits = limitsOf(transaction, model.endpoint);
        if (requests < 1 || tokens < 0)
            throw Failure{{ErrorCode::InvalidArgument, model.text()}};
        if (limits.tokens > 0 && tokens > limits.tokens) {
            throw Failure{{ErrorCode::RequestRejected, QStringLiteral("%1 tokens, %2 allows %3 a minute")
                                                           .arg(tokens)
                                                           .arg(model.endpoint)
                                                           .arg(limits.tokens)}};
        }
        const qint64 now = transaction.nowMs();
        if (limits.heldUntil > now)
            return refused(Wait::Held, limits.heldUntil - now);
        if (inFlight(transaction, model.endpoint) >= limits.allowed)
            return refused(Wait::Concurrency, kConcurrencyPollMs);
        const qint64 row = modelRow(transaction, model);
        if (limits.requests == 0 && limits.tokens == 0)
            return Admission{true, {row, 0, tokens, requests}, Wait::None, 0};
        return Window(transaction, row).take(limits, requests, tokens);
    });
}

base::Status RateLimits::correct(Transaction &transaction, const Ticket &ticket, qint64 tokens)
{
    return attempt([&] {
        if (tokens != ticket.tokens)
            execute(transaction, kCorrect, 0, tokens - ticket.tokens, ticket.model, ticket.slot);
    });
}

base::Status RateLimits::giveBack(Transaction &transaction, const Ticket &ticket)
{
    return attempt(
        [&] { execute(transaction, kCorrect, -ticket.requests, -ticket.tokens, ticket.model, ticket.slot); });
}

base::Status RateLimits::hold(Transaction &transaction, const QString &endpoint, qint64 untilMs,
                              ErrorCode why)
{
    return attempt([&] {
        if (execute(transaction, kHold, untilMs, base::errorName(why), endpoint) > 0)
            transaction.touchWorkspace();
    });
}

base::Status RateLimits::endHold(Transaction &transaction, const QString &endpoint)
{
    return attempt([&] {
        execute(transaction, kEndHold, endpoint);
        transaction.touchWorkspace();
    });
}

base::Status RateLimits::noteOverload(Transaction &transaction, const QString &endpoint, qint64 sentAt)
{
    return attempt([&] { execute(transaction, kReduce, transaction.nowMs(), endpoint, sentAt); });
}

base::Status RateLimits::noteAnswer(Transaction &transaction, const QString &endpoint)
{
    return attempt([&] { execute(transaction, kGrow, endpoint); });
}

base::Result<RateLimits::Pace> RateLimits::pace(Connection &connection, const QString &endpoint, qint64 nowMs)
{
    return attempt([&] {
        const Limits limits = limitsOf(connection, endpoint);
        Pace pace;
        if (limits.heldUntil > nowMs) {
            pace.heldUntil = limits.heldUntil;
            pace.heldFor = limits.heldFor;
        }
        pace.inFlight = inFlight(connection, endpoint);
        pace.allowed = limits.allowed;
        pace.concurrency = limits.concurrency;
        return pace;
    });
}

} // namespace lectern::store
