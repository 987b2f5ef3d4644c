// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Failure.h"

namespace lectern::cli {

class Session;

/// The commands that only look.
class ListCommands {
public:
    [[nodiscard]] static Outcome<ExitCode> status(Session &session);
    [[nodiscard]] static Outcome<ExitCode> documents(Session &session);
    [[nodiscard]] static Outcome<ExitCode> pages(Session &session);
    [[nodiscard]] static Outcome<ExitCode> page(Session &session);
    [[nodiscard]] static Outcome<ExitCode> jobs(Session &session);
    [[nodiscard]] static Outcome<ExitCode> doctor(Session &session);
};

} // namespace lectern::cli
