// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Failure.h"

namespace lectern::cli {

class Session;

/// The commands that put work into the queue or take it out, and wait for it.
class WorkCommands {
public:
    [[nodiscard]] static Outcome<ExitCode> index(Session &session);
    [[nodiscard]] static Outcome<ExitCode> resume(Session &session);
    [[nodiscard]] static Outcome<ExitCode> unlock(Session &session);
};

} // namespace lectern::cli
