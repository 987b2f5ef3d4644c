// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/CommandLine.h"

namespace lectern::cli {

class Session;

/// Every command of the program, and what runs it.
class CommandList {
public:
    using Handler = Outcome<ExitCode> (*)(Session &);

    /// In the order of the help.
    [[nodiscard]] static const QVector<CommandSpec> &all();
    [[nodiscard]] static Handler handlerOf(const QString &command);
};

} // namespace lectern::cli
