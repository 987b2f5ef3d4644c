// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lectern::base {

/// Called at a named moment at which a crash would be worst ("before-commit", "after-claim", …).
using CrashPointHandler = void (*)(const char *name);

/// Installed only by the test programs that kill themselves there. Set before any thread starts.
void setCrashPointHandler(CrashPointHandler handler);

/// Marks such a moment. Costs one load when no handler is set, which is always so in the released programs.
void crashPoint(const char *name);

} // namespace lectern::base
