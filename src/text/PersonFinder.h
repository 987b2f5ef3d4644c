// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/NameContext.h"

namespace lectern::text {

/// A person's name that begins at token `at`; `value` is empty unless the name is written family name first
/// ("Knuth, D. E." gives "D. E. Knuth").
[[nodiscard]] TokenMatch matchPerson(const NamePassage &passage, const NameContext &context, qsizetype at);

} // namespace lectern::text
