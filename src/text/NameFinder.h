// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/PageAnalysis.h"
#include "text/PageLayout.h"

#include <QVector>

namespace lectern::text {

/// People and organisations named on a page, in order, each once. `addresses`: the e-mail addresses found on
/// it, which confirm names. Precision comes first: a capitalised word alone is no name.
[[nodiscard]] QVector<domain::Entity> findNames(const PageLayout &layout,
                                                const QVector<domain::Entity> &addresses);

} // namespace lectern::text
