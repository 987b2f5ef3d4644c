// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Failure.h"

#include <QString>

namespace lectern::cli {

class Interruption;

/// Where a password comes from: a file, the terminal without echo, or the first line of the input. Never the
/// command line, which other users of the machine can read.
class PasswordInput {
public:
    /// `file` empty: ask on the terminal, or read the input when it is none. Errors: FileMissing,
    /// FileUnreadable, Cancelled when a signal came instead, InvalidArgument (usage) when there is no
    /// password.
    [[nodiscard]] static Outcome<QString> read(const QString &file, const QString &documentName,
                                               const Interruption &interruption);
};

} // namespace lectern::cli
