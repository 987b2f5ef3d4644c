// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lectern::helper {

/// Makes running out of memory end the process with kExitOutOfMemory, so that the parent can tell it from a
/// crash. C++ allocations are caught by a new-handler. Poppler's own print a line and abort: standard error
/// becomes a small piece of memory in which an abort looks for that line. It also keeps libraries from
/// filling a log.
void watchMemory();

/// Forgets what was printed so far.
void startRequest();

/// Gives memory that a large document left behind back to the system.
void trimMemory();

} // namespace lectern::helper
