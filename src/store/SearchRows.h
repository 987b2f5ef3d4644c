// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Library.h"

namespace lectern::store {

class Transaction;

/// The row of a page in the full-text index, and its language among those to search in. Throws Failure.
void addSearchRow(Transaction &transaction, qint64 page, const SearchColumns &columns,
                  const QString &language);

} // namespace lectern::store
