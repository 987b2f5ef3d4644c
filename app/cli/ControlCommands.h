// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Failure.h"

namespace lectern::cli {

class Session;

/// The commands that change what is to be done with documents. They return once it is on disk; whoever works
/// on the workspace sees it within a tenth of a second.
class ControlCommands {
public:
    [[nodiscard]] static Outcome<ExitCode> retry(Session &session);
    [[nodiscard]] static Outcome<ExitCode> cancel(Session &session);
    [[nodiscard]] static Outcome<ExitCode> pause(Session &session);
    [[nodiscard]] static Outcome<ExitCode> goOn(Session &session);
    [[nodiscard]] static Outcome<ExitCode> remove(Session &session);
    [[nodiscard]] static Outcome<ExitCode> restore(Session &session);
    [[nodiscard]] static Outcome<ExitCode> verify(Session &session);
};

} // namespace lectern::cli
