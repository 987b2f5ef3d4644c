// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/CommandLine.h"

#include <QString>

namespace lectern::cli {

/// The program's help texts.
class Help {
public:
    [[nodiscard]] static QString overview();
    [[nodiscard]] static QString command(const CommandSpec &command);
    /// What `--json` prints, field by field.
    [[nodiscard]] static QString json();
};

} // namespace lectern::cli
