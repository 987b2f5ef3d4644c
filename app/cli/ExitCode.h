// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lectern::cli {

/// What the program tells its caller. Stable. An interrupted program ends with 128 + the signal's number, as
/// shells do.
enum class ExitCode {
    Done = 0,     ///< everything asked for is done
    Error = 1,    ///< it could not be done
    Usage = 2,    ///< the command line makes no sense, or names a document ambiguously
    SetAside = 3, ///< finished, but some pages or documents failed, are locked or cannot be read
    Paused = 4,   ///< stopped before the end because work is paused or at a limit
};

} // namespace lectern::cli
