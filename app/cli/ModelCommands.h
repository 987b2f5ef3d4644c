// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/CommandLine.h"
#include "workspace/Workspace.h"

namespace lectern::cli {

class Session;

/// The commands about who can be asked and what it costs.
class ModelCommands {
public:
    [[nodiscard]] static QVector<CommandSpec> specs();

    [[nodiscard]] static Outcome<ExitCode> endpoints(Session &session);
    [[nodiscard]] static Outcome<ExitCode> models(Session &session);
    [[nodiscard]] static Outcome<ExitCode> estimate(Session &session);
    [[nodiscard]] static Outcome<ExitCode> costs(Session &session);
    [[nodiscard]] static Outcome<ExitCode> budget(Session &session);
};

/// What `index --model` asks for; without that option nothing but the built-in analyser.
[[nodiscard]] Outcome<workspace::RunRequest> runRequestOf(const CommandLine &line);

} // namespace lectern::cli
