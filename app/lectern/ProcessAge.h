// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace lectern::app {

/// Milliseconds since the kernel started this process, to 10 ms; since the call of main() where that can't be
/// told.
[[nodiscard]] double processAgeMs();

/// Notes when main() began; call it first.
void noteProgramStart();

} // namespace lectern::app
