// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Endpoint.h"

#include <QString>

namespace lectern::store {

class Connection;
class Transaction;

/// What keeps requests within an endpoint's limits: requests and tokens a minute for each of its models,
/// requests at once, and the time until which it wants to be left alone. All of it is in the database, so
/// that it holds for all programs together. Times are those of the transaction. Writer's thread, but for
/// pace().
///
/// What was sent is counted in slots of half a second; a request is let through when, with it, no minute in
/// any position would hold more than the limit, with a second to spare for what networks delay. Nor are a
/// minute's requests sent all at once: a slot takes little more than its share. A clock that is set back
/// makes requests wait at most a minute too long.
class RateLimits {
public:
    enum class Wait {
        None,        ///< granted
        Held,        ///< the endpoint asked to be left alone
        Concurrency, ///< as many requests as it bears are in flight
        Requests,    ///< a minute
        Tokens,      ///< a minute
    };

    /// What was taken, to correct it later.
    struct Ticket {
        qint64 model = 0;
        qint64 slot = 0;
        qint64 tokens = 0;
        int requests = 0;
    };

    struct Admission {
        bool granted = false;
        Ticket ticket;         ///< when granted
        Wait why = Wait::None; ///< when not
        qint64 msUntil = 0;    ///< when not: worth asking again after this
    };

    /// Asks to send requests with so many tokens, the longest possible answer included. Follow it with
    /// Ledger::reserve() in the same closure, since what is in flight is counted there. Errors: NotFound (no
    /// such endpoint), RequestRejected (more tokens than the endpoint takes in a minute).
    [[nodiscard]] static base::Result<Admission> take(Transaction &, const domain::ModelRef &, qint64 tokens,
                                                      int requests = 1);

    /// The true number of tokens is known.
    [[nodiscard]] static base::Status correct(Transaction &, const Ticket &, qint64 tokens);
    /// It was not sent after all.
    [[nodiscard]] static base::Status giveBack(Transaction &, const Ticket &);

    /// Nothing is sent to the endpoint until then, by no program. Never shortens what is asked already.
    [[nodiscard]] static base::Status hold(Transaction &, const QString &endpoint, qint64 untilMs,
                                           base::ErrorCode why);
    /// Ends it: the user has put right what was wrong.
    [[nodiscard]] static base::Status endHold(Transaction &, const QString &endpoint);

    /// It answered 429 or 503 to a request sent at `sentAt`: half as many at once from now on. Of all the
    /// requests that were in flight together only the first counts.
    [[nodiscard]] static base::Status noteOverload(Transaction &, const QString &endpoint, qint64 sentAt);
    /// It answered: after as many good answers as it bears at once, it may bear one more.
    [[nodiscard]] static base::Status noteAnswer(Transaction &, const QString &endpoint);

    /// How an endpoint is doing.
    struct Pace {
        qint64 heldUntil = 0; ///< 0: it is not held
        base::ErrorCode heldFor = base::ErrorCode::None;
        int inFlight = 0;
        int allowed = 0;     ///< at once, at this time
        int concurrency = 0; ///< at once, by its settings
    };
    [[nodiscard]] static base::Result<Pace> pace(Connection &, const QString &endpoint, qint64 nowMs);
};

} // namespace lectern::store
