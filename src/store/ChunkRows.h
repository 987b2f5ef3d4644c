// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Chunk.h"
#include "domain/EmbeddingSpace.h"
#include "domain/Ids.h"

#include <QVector>

namespace lectern::store {

class Transaction;

/// The rows of a page's chunks. Throws Failure.
void addChunks(Transaction &transaction, domain::PageId page, const QVector<domain::Chunk> &chunks);

/// An embed job for the document in this space, unless it has one. Throws Failure.
void addEmbedJob(Transaction &transaction, domain::DocumentId document, const domain::EmbeddingSpace &space);
/// One for each space that is in use. Throws Failure.
void addEmbedJobs(Transaction &transaction, domain::DocumentId document);

} // namespace lectern::store
