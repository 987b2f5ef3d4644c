// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/CommandLine.h"
#include "app/cli/Failure.h"

namespace lectern::cli {

class Session;

/// “embed”: the model that meaning is searched for with, and the vectors that are missing.
class EmbedCommand {
public:
    [[nodiscard]] static CommandSpec spec();
    [[nodiscard]] static Outcome<ExitCode> run(Session &session);
};

} // namespace lectern::cli
