// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ChunkRows.h"

#include "store/DocumentRows.h"
#include "store/Failure.h"
#include "store/JobQueue.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

namespace {

constexpr const char *kAddChunk =
    "INSERT INTO chunk (page_id, number, start, length, words, language) VALUES (?, ?, ?, ?, ?, ?)";

constexpr const char *kHasSpace = "SELECT 1 FROM embedding_space WHERE state < 2";

} // namespace

void addChunks(Transaction &transaction, domain::PageId page, const QVector<domain::Chunk> &chunks)
{
    for (const domain::Chunk &chunk : chunks) {
        execute(transaction, kAddChunk, page, chunk.number, chunk.start, chunk.length, chunk.words,
                chunk.language);
    }
}

void addEmbedJob(Transaction &transaction, domain::DocumentId document)
{
    if (!exists(transaction, kHasSpace))
        return;
    NewJob job;
    job.kind = domain::JobKind::Embed;
    job.priority = factsOf(transaction, document).priority;
    job.document = document;
    const domain::JobId added = orThrow(JobQueue::enqueue(transaction, job));
    Q_UNUSED(added)
}

} // namespace lectern::store
