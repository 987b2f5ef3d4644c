// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lectern::support {

/// Makes any warning printed during the running test function its failure. Call it in `init()`.
void failOnWarnings();

} // namespace lectern::support
