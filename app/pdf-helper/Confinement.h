// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace lectern::helper {

/// What a helper is allowed to use.
struct Limits {
    qint64 memoryBytes = 2'147'483'648; ///< address space
    int cpuSecondsPerRequest = 30;
};

/// What came of it, in words for people.
struct Confinement {
    QStringList inForce;
    QStringList missing; ///< what this system does not offer
};

/// Gives up, for good and before the first byte of a document is read, everything that reading a PDF does not
/// need: no other files than fonts and Poppler's tables, no network, no programs, no processes, bounded
/// memory.
[[nodiscard]] Confinement confine(const Limits &limits);

/// Lets the process use so many more seconds of processor time; the kernel ends it with SIGXCPU after that.
void allowProcessorTime(int seconds);

/// Ends this process with its parent, however the parent ends. False when the parent is gone already.
[[nodiscard]] bool followParent(qint64 parent);

} // namespace lectern::helper
