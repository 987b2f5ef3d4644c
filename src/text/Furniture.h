// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/LineStatistics.h"
#include "text/PageLayout.h"

namespace lectern::text {

/// Marks page numbers, running headers and footers among the lines of `layout` by where they stand and how
/// they look.
void markFurniture(PageLayout &layout, const QVector<LineStatistics> &statistics);

} // namespace lectern::text
