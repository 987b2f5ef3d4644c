// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/CommandLine.h"
#include "app/cli/ExitCode.h"

namespace lectern::cli {

class Session;

/// The commands about who can be asked and what it costs.
class ModelCommands {
public:
    [[nodiscard]] static QVector<CommandSpec> specs();

    [[nodiscard]] static Outcome<ExitCode> endpoints(Session &session);
    [[nodiscard]] static Outcome<ExitCode> models(Session &session);
    [[nodiscard]] static Outcome<ExitCode> costs(Session &session);
    [[nodiscard]] static Outcome<ExitCode> budget(Session &session);
};

} // namespace lectern::cli
