// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ChunkRows.h"

#include "domain/Work.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

namespace {

constexpr const char *kAddChunk =
    "INSERT INTO chunk (page_id, number, start, length, words, language) VALUES (?, ?, ?, ?, ?, ?)";

// Held where other work of the document is held.
constexpr const char *kAddJob = R"(
INSERT INTO job (kind, lane, state, priority, run_at, run_id, document_id, created_at)
SELECT 4, ?, CASE WHEN document.paused = 1 OR run.paused = 1 OR document.removed_at <> 0 THEN 3 ELSE 0 END,
       document.priority, ?, document.run_id, document.id, ?
  FROM document JOIN run ON run.id = document.run_id
 WHERE document.id = ? AND EXISTS (SELECT 1 FROM embedding_space WHERE state < 2)
    ON CONFLICT (document_id, kind, page_number) WHERE state < 10 DO NOTHING)";

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
    const qint64 now = transaction.nowMs();
    execute(transaction, kAddJob, domain::localLane(domain::JobKind::Embed), now, now, document);
}

} // namespace lectern::store
