// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Endpoint.h"
#include "domain/Ids.h"
#include "domain/Money.h"
#include "store/Usage.h"

#include <QDate>

#include <optional>

namespace lectern::store {

class Connection;
class Transaction;

// Steps on rows of the ledger that several classes share. Private to this module; all throw Failure.

/// The row of a model; made when it is not there yet.
[[nodiscard]] qint64 modelRow(Transaction &transaction, const domain::ModelRef &model);
[[nodiscard]] std::optional<qint64> findModelRow(Connection &connection, const domain::ModelRef &model);

/// How a day is stored: 20261122.
[[nodiscard]] qint64 dayNumber(QDate day);
[[nodiscard]] QDate dayOfNumber(qint64 number);

/// Adds a settled or unknown row of the ledger to the sums that reports are made of; sign -1 takes it out.
void addToTotals(Transaction &transaction, UsageId usage, int sign);

/// A page was answered from the store. Counts when its answer is a model's, at what that once cost.
void bookSaving(Transaction &transaction, domain::RunId run, domain::DocumentId document,
                const QString &analyzer, domain::Money cost);

/// The sums of a document that goes for good count as those of none.
void forgetDocumentInTotals(Transaction &transaction, domain::DocumentId document);

/// What is in flight of this worker is booked as unknown. Returns how many requests that were.
int bookOpenRequests(Transaction &transaction, const QString &worker);

} // namespace lectern::store
