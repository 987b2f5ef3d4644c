// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lectern::store {

// Names that people give. Private to this module.

/// Equal for names that look alike but for case and blanks.
[[nodiscard]] QString nameKeyOf(const QString &name);
/// The name without needless blanks, on one line. Throws Failure (InvalidArgument) when nothing is left.
[[nodiscard]] QString requireName(const QString &name);

} // namespace lectern::store
