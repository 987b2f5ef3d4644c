// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/CommandLine.h"
#include "app/cli/ExitCode.h"

namespace lectern::cli {

class Session;

/// What the library holds, for other programs and for people.
class ExportCommand {
public:
    [[nodiscard]] static CommandSpec spec();
    [[nodiscard]] static Outcome<ExitCode> run(Session &session);
};

} // namespace lectern::cli
