// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/NameContext.h"

namespace lectern::text {

/// An organisation's name that begins at token `at`.
[[nodiscard]] TokenMatch matchOrganisation(const NamePassage &passage, const NameContext &context,
                                           qsizetype at);

} // namespace lectern::text
