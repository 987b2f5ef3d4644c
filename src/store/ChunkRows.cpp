// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ChunkRows.h"

#include "store/DocumentRows.h"
#include "store/EmbeddingSpaces.h"
#include "store/Failure.h"
#include "store/JobQueue.h"
#include "store/JobRows.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

namespace {

constexpr const char *kAddChunk =
    "INSERT INTO chunk (page_id, number, start, length, words, language) VALUES (?, ?, ?, ?, ?, ?)";

} // namespace

void addChunks(Transaction &transaction, domain::PageId page, const QVector<domain::Chunk> &chunks)
{
    for (const domain::Chunk &chunk : chunks) {
        execute(transaction, kAddChunk, page, chunk.number, chunk.start, chunk.length, chunk.words,
                chunk.language);
    }
}

void addEmbedJob(Transaction &transaction, domain::DocumentId document, const domain::EmbeddingSpace &space)
{
    const auto model = modelOfAnalyzer(space.model);
    NewJob job;
    job.kind = domain::JobKind::Embed;
    job.lane = model ? domain::endpointLane(model->endpoint) : QString();
    job.priority = factsOf(transaction, document).priority;
    job.run = space.run;
    job.document = document;
    job.space = space.id;
    const domain::JobId added = orThrow(JobQueue::enqueue(transaction, job));
    Q_UNUSED(added)
}

void addEmbedJobs(Transaction &transaction, domain::DocumentId document)
{
    for (const domain::EmbeddingSpace &space : orThrow(EmbeddingSpaces::active(transaction)))
        addEmbedJob(transaction, document, space);
}

} // namespace lectern::store
