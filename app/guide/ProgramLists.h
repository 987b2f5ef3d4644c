// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/guide/Markup.h"

namespace lectern::guide {

/// Lists that the program knows better than any text: "keys", every command that has a shortcut; "errors",
/// what a page or a document can be set aside for. As the rows of a table. Ends the program for any other
/// name.
[[nodiscard]] QVector<Block> programList(const QString &name);

} // namespace lectern::guide
