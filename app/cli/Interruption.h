// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"

namespace lectern::cli {

/// SIGINT and SIGTERM as a request that the main thread sees: the first asks for an orderly stop, the second
/// ends the process at once. One per process, on the main thread; the signals' former handlers come back when
/// it ends.
class Interruption {
public:
    Interruption();
    ~Interruption();
    Interruption(const Interruption &) = delete;
    Interruption &operator=(const Interruption &) = delete;

    /// The signal that asked for the stop, 0 while nobody did.
    [[nodiscard]] int signal() const;
    [[nodiscard]] bool isRequested() const { return signal() != 0; }
    /// What the process ends with after the request, as shells say it: 128 + the signal's number.
    [[nodiscard]] int exitCode() const;
    /// Cancelled together with the request, for work that runs on other threads.
    [[nodiscard]] base::CancelToken token() const;
    /// Waits for the request, at most so long. True when it is there.
    [[nodiscard]] bool waitFor(int milliseconds) const;
    /// The program's own wish to stop, as if by `signal`: somebody closed the output.
    void request(int signal);
};

} // namespace lectern::cli
