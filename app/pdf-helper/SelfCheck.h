// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pdf-helper/Confinement.h"

namespace lectern::helper {

/// Confines this process, then tries what a hostile document would like to do, and prints what came of it.
/// Returns the exit code: 0 when everything was refused, 1 otherwise.
[[nodiscard]] int selfCheck(const Limits &limits);

} // namespace lectern::helper
