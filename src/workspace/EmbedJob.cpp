// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/EmbedJob.h"

#include "store/EmbeddingSpaces.h"
#include "store/Embeddings.h"
#include "store/JobQueue.h"
#include "store/Writer.h"
#include "text/Chunks.h"
#include "vectors/VectorCode.h"

#include <QElapsedTimer>

#include <utility>

namespace lectern::workspace {

using base::Error;
using base::ErrorCode;
using domain::EmbeddingSpace;
using engine::JobContext;
using engine::JobResult;

namespace {

constexpr int kChunksAtOnce = 64;

base::Result<QVector<store::NewVector>> vectorsOf(const embed::SentenceEmbedder &embedder,
                                                  const QVector<store::PendingChunk> &chunks,
                                                  const base::CancelToken &cancel)
{
    QStringList texts;
    for (const store::PendingChunk &chunk : chunks)
        texts.append(text::chunkText(chunk.pageText, chunk.chunk));
    const auto embedded = embedder.embed(texts, cancel);
    if (!embedded)
        return base::fail(embedded.error());
    QVector<store::NewVector> vectors;
    for (qsizetype i = 0; i < chunks.size(); ++i) {
        const auto code = vectors::encodeVector(embedded->at(i));
        if (!code)
            return base::fail(code.error());
        vectors.append({chunks.at(i).id, *code, {}});
    }
    return vectors;
}

/// Batch after batch, until every chunk of the document has its vector.
base::Status fillSpace(const JobContext &context, const EmbeddingSpace &space,
                       const embed::SentenceEmbedder &embedder)
{
    domain::ChunkId last;
    while (true) {
        if (context.cancel.isCancelled() || context.pause.isCancelled())
            return base::fail(ErrorCode::Cancelled);
        const auto chunks =
            store::Embeddings::pending(context.reader, space, context.job.document, last, kChunksAtOnce);
        if (!chunks)
            return base::fail(chunks.error());
        if (chunks->isEmpty())
            return {};
        QElapsedTimer timer;
        timer.start();
        const auto vectors = vectorsOf(embedder, *chunks, context.cancel);
        if (!vectors)
            return base::fail(vectors.error());
        const base::Status stored = context.writer.run([&](store::Transaction &transaction) {
            return store::Embeddings::store(transaction, context.job.leaseToken(), space.id, *vectors,
                                            timer.elapsed());
        });
        if (!stored)
            return stored;
        last = chunks->last().id;
    }
}

} // namespace

EmbedJob::EmbedJob(BuiltInEmbedder &builtIn, const base::Clock &clock, std::function<double()> random)
    : m_builtIn(builtIn), m_clock(clock), m_random(std::move(random))
{
}

base::Result<domain::SpaceId> EmbedJob::fill(const JobContext &context) const
{
    const auto space = store::EmbeddingSpaces::ofJob(context.reader, context.job.id);
    if (!space)
        return base::fail(space.error());
    const auto embedder = m_builtIn.embedder();
    if (!embedder)
        return base::fail(embedder.error());
    if (space->model != BuiltInEmbedder::modelName(*embedder))
        return base::fail(ErrorCode::EmbeddingMissing, space->model); // of another version of this program
    if (const base::Status filled = fillSpace(context, *space, *embedder); !filled)
        return base::fail(filled.error());
    return space->id;
}

JobResult EmbedJob::run(const JobContext &context)
{
    const auto filled = fill(context);
    const domain::JobLease lease = context.job.leaseToken();
    if (filled) {
        return {[=, space = *filled](store::Transaction &transaction) {
            return store::Embeddings::finish(transaction, lease, space);
        }};
    }
    const Error error = filled.error();
    if (error.code == ErrorCode::Cancelled || error.code == ErrorCode::Database ||
        error.code == ErrorCode::DiskFull || error.code == ErrorCode::StaleLease)
        return JobResult::interrupted();
    const domain::JobOutcome outcome =
        domain::outcomeOf(error, context.job.attempt, context.job.maxAttempts, m_clock.nowMs(), m_random());
    return {[=](store::Transaction &transaction) {
        return store::JobQueue::finish(transaction, lease, outcome);
    }};
}

} // namespace lectern::workspace
