// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/CommandLine.h"
#include "app/cli/ExitCode.h"

namespace lectern::cli {

class Session;

/// Finds pages.
class SearchCommand {
public:
    [[nodiscard]] static CommandSpec spec();
    [[nodiscard]] static Outcome<ExitCode> run(Session &session);
};

} // namespace lectern::cli
