// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "SourceFile.h"

namespace lectern::architecture {

/// Arrows between modules: who includes whom, who may see Poppler, who may write SQL.
[[nodiscard]] QList<Finding> checkLayers(const QList<SourceFile> &files);

/// What the whole project agreed not to write, and how a file has to look.
[[nodiscard]] QList<Finding> checkHouse(const QList<SourceFile> &files);

} // namespace lectern::architecture
