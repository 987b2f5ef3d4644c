// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"

#include <QString>

namespace lectern::store {

/// A row of the ledger: one request to a model.
using UsageId = domain::Id<struct UsageTag>;

// The numbers of these enums are stored: never renumber.

/// What a request was for.
enum class Purpose {
    Analysis = 1,
    Repair = 2, ///< to put right an answer that was not what was asked for
    Test = 3,   ///< of an endpoint
    Embedding = 4,
    Chat = 5,
};

enum class UsageState {
    AboutToSend = 0, ///< reserved; in flight, as far as is known
    Settled = 1,
    Unknown = 2,   ///< the program died or gave up before it knew: booked at its reservation
    NotBilled = 3, ///< was never sent
};

enum class CostSource {
    Reservation = 0, ///< nobody yet: the worst case
    Provider = 1,    ///< the provider named the amount
    Ours = 2,        ///< tokens times price
    UnknownPrice = 3 ///< there is no price: counted as nothing, and said to be unknown
};

/// Stable names for `--json` and CSV ("about-to-send", "unknown-price").
[[nodiscard]] QString purposeName(Purpose purpose);
[[nodiscard]] QString usageStateName(UsageState state);
[[nodiscard]] QString costSourceName(CostSource source);

} // namespace lectern::store
