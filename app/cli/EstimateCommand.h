// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/CommandLine.h"
#include "app/cli/ExitCode.h"

namespace lectern::cli {

class Session;

/// What it would cost, counted; and tried out on a few pages when asked to.
class EstimateCommand {
public:
    [[nodiscard]] static CommandSpec spec();
    [[nodiscard]] static Outcome<ExitCode> run(Session &session);
};

} // namespace lectern::cli
