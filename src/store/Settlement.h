// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "domain/Document.h"
#include "domain/Ids.h"

namespace lectern::store {

class Transaction;

/// The state of a document of which nothing is live any more.
struct Verdict {
    domain::DocumentState state = domain::DocumentState::Failed;
    base::Error error;
};
[[nodiscard]] Verdict verdictOn(int pagesTotal, int pagesDone, int pagesFailed, const base::Error &error);

/// The state in which an error that ends a document's extraction leaves it.
[[nodiscard]] domain::DocumentState stateAfter(base::ErrorCode code);

/// Gives a document the change number and, when nothing of it is live, its final state. Throws Failure.
void settle(Transaction &transaction, domain::DocumentId document, qint64 change);

} // namespace lectern::store
