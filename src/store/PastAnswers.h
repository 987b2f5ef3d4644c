// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Endpoint.h"

namespace lectern::store {

class Connection;

/// What the ledger says of a model's latest good answers to the question about a page.
struct PastAnswers {
    qint64 answers = 0;
    double meanOutput = 0;       ///< tokens
    double meanSquareOutput = 0; ///< of the same
    double meanMs = 0;           ///< from sending to settling
};

/// Looks at the last few thousand requests of the workspace.
[[nodiscard]] base::Result<PastAnswers> pastAnswers(Connection &, const domain::ModelRef &);

} // namespace lectern::store
