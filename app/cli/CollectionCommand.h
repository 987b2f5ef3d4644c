// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/CommandLine.h"
#include "app/cli/ExitCode.h"

namespace lectern::cli {

class Session;

/// Documents that belong together.
class CollectionCommand {
public:
    [[nodiscard]] static CommandSpec spec();
    [[nodiscard]] static Outcome<ExitCode> run(Session &session);
};

} // namespace lectern::cli
