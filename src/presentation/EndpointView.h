// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "domain/Endpoint.h"
#include "domain/Money.h"

#include <QString>

#include <optional>

namespace lectern::presentation {

/// Where the key of an endpoint is kept.
enum class KeyPlace {
    None,        ///< there is none
    System,      ///< the system's key store
    Memory,      ///< until Lectern closes
    File,        ///< a file that only the user may read
    Environment, ///< an environment variable: nothing is stored
};

/// An endpoint as the window shows it. A plain value; the key itself is never part of it.
struct EndpointView {
    enum class State {
        Unknown, ///< not asked yet
        Loading, ///< asked for its models; the last known ones stay in the lists
        Ready,
        Failed, ///< `problem` says why
        Off,    ///< switched off by the user
    };
    domain::Endpoint endpoint;
    State state = State::Unknown;
    base::Error problem;
    int models = 0;
    KeyPlace keyPlace = KeyPlace::None;
    QString keyTail; ///< the last four characters of the key, all that is ever shown of it
};

/// One press of Test, or its outcome.
struct EndpointTest {
    bool running = false;
    bool slow = false;                  ///< it runs for some seconds already
    std::optional<base::Error> problem; ///< nothing: it works
    int models = 0;
    qint64 milliseconds = 0;                   ///< until the answer came
    std::optional<domain::Money> creditLeft{}; ///< where the endpoint says so
};

/// A server that answers on this computer and is not an endpoint yet.
struct FoundServer {
    domain::EndpointKind kind = domain::EndpointKind::Other;
    QString address;
    int models = 0;
    int concurrency = 1; ///< requests at once that it bears, as far as its kind tells

    friend bool operator==(const FoundServer &, const FoundServer &) = default;
};

} // namespace lectern::presentation
