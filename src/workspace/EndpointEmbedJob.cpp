// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/EndpointEmbedJob.h"

#include "store/EmbeddingSpaces.h"
#include "store/Embeddings.h"
#include "store/JobQueue.h"
#include "store/Transaction.h"
#include "store/Writer.h"
#include "text/Chunks.h"
#include "vectors/VectorCode.h"
#include "workspace/RequestTrouble.h"

#include <QElapsedTimer>

#include <optional>
#include <utility>

namespace lectern::workspace {

using base::Error;
using base::ErrorCode;
using domain::EmbeddingSpace;
using engine::JobContext;
using engine::JobResult;

namespace {

constexpr int kChunksAtOnce = 64; ///< in one request

/// Chunks without a vector, and what is known of them.
struct Batch {
    QVector<store::NewVector> vectors; ///< that were paid for before, or made now
    QVector<domain::ChunkId> chunks;   ///< of the others
    QVector<QByteArray> keys;
    QStringList texts;
};

/// A document on its way through a model.
class Filling {
public:
    Filling(const JobContext &context, const EmbeddingSpace &space, EndpointEmbedder &embedder,
            const base::Clock &clock, double random)
        : m_context(context), m_space(space), m_embedder(embedder), m_clock(clock), m_random(random)
    {
    }

    JobResult run();

private:
    base::Result<Batch> prepare(const QVector<store::PendingChunk> &pending) const;
    base::Status take(Batch &batch, const std::vector<EndpointEmbedder::Vector> &vectors) const;
    /// Nothing: the next batch may come.
    std::optional<JobResult> fill(Batch &batch, const EndpointEmbedder::Model &model);
    base::Status store(const Batch &batch, const PageBooks &books,
                       const std::optional<ai::RequestSettlement> &bill, qint64 milliseconds) const;
    JobResult giveUp(const PageBooks &books, const ai::ChatFailure &failure) const;
    JobResult interruptedBy(const Error &error) const;
    RequestTrouble trouble(domain::Money refused) const;

    const JobContext &m_context;
    const EmbeddingSpace &m_space;
    EndpointEmbedder &m_embedder;
    const base::Clock &m_clock;
    double m_random;
};

JobResult Filling::run()
{
    const auto ref = domain::ModelRef::fromText(m_space.model);
    const auto model = ref ? m_embedder.model(*ref) : base::fail(ErrorCode::ModelNotFound, m_space.model);
    if (!model)
        return interruptedBy(model.error());
    domain::ChunkId last;
    while (!m_context.cancel.isCancelled() && !m_context.pause.isCancelled()) {
        const auto pending = store::Embeddings::pending(m_context.reader, m_space, m_context.job.document,
                                                        last, kChunksAtOnce);
        if (!pending)
            return interruptedBy(pending.error());
        if (pending->isEmpty()) {
            return {
                [lease = m_context.job.leaseToken(), space = m_space.id](store::Transaction &transaction) {
                    return store::Embeddings::finish(transaction, lease, space);
                }};
        }
        auto batch = prepare(*pending);
        if (!batch)
            return interruptedBy(batch.error());
        if (auto end = fill(*batch, *model))
            return *std::move(end);
        last = pending->last().id;
    }
    return JobResult::interrupted();
}

base::Result<Batch> Filling::prepare(const QVector<store::PendingChunk> &pending) const
{
    Batch batch;
    for (const store::PendingChunk &chunk : pending) {
        const QString text = text::chunkText(chunk.pageText, chunk.chunk);
        const QByteArray key = EndpointEmbedder::keyOf(m_space.model, text);
        const auto paid = store::Embeddings::findPaid(m_context.reader, key);
        if (!paid)
            return base::fail(paid.error());
        if (*paid) {
            batch.vectors.append({chunk.id, **paid, key});
            continue;
        }
        batch.chunks.append(chunk.id);
        batch.keys.append(key);
        batch.texts.append(text);
    }
    return batch;
}

std::optional<JobResult> Filling::fill(Batch &batch, const EndpointEmbedder::Model &model)
{
    QElapsedTimer timer;
    timer.start();
    PageBooks::Page page;
    page.model = model.info;
    for (const QString &text : std::as_const(batch.texts))
        page.characters += text.size();
    PageBooks books(m_context, m_clock, page);
    std::optional<ai::ChatFailure> failure;
    std::optional<ai::RequestSettlement> bill;
    if (!batch.texts.isEmpty()) {
        const EndpointEmbedder::Answer answer = m_embedder.ask(model, batch.texts, books, m_context.cancel);
        bill = answer.last;
        if (!answer.vectors) {
            failure = answer.vectors.error();
        } else if (const base::Status taken = take(batch, *answer.vectors); !taken) {
            failure.emplace().error = taken.error();
            failure->maySent = true;
            bill->error = taken.error(); // it is paid for all the same, and the books say for what
        }
    }
    if (const base::Status stored = store(batch, books, bill, timer.elapsed()); !stored)
        return interruptedBy(stored.error());
    return failure ? std::optional(giveUp(books, *failure)) : std::nullopt;
}

base::Status Filling::take(Batch &batch, const std::vector<EndpointEmbedder::Vector> &vectors) const
{
    QVector<store::NewVector> made;
    for (qsizetype i = 0; i < batch.chunks.size(); ++i) {
        const EndpointEmbedder::Vector &vector = vectors.at(static_cast<size_t>(i));
        if (const base::Status fits = EndpointEmbedder::checkSize(m_space, vector); !fits)
            return fits;
        const auto code = vectors::encodeVector(vector);
        if (!code)
            return base::fail(code.error());
        made.append({batch.chunks.at(i), *code, batch.keys.at(i)});
    }
    batch.vectors.append(made);
    return {};
}

// The bill and the vectors go to disk together. When somebody else has the job meanwhile, the vectors are
// kept all the same: they are paid for.
base::Status Filling::store(const Batch &batch, const PageBooks &books,
                            const std::optional<ai::RequestSettlement> &bill, qint64 milliseconds) const
{
    return m_context.writer.run([&](store::Transaction &transaction) -> base::Status {
        if (bill) {
            if (const base::Status settled = books.settle(transaction, *bill); !settled)
                return settled;
        }
        if (batch.vectors.isEmpty())
            return {};
        const base::Status stored = store::Embeddings::store(transaction, m_context.job.leaseToken(),
                                                             m_space.id, batch.vectors, milliseconds);
        return !stored && stored.error().code == ErrorCode::StaleLease
                   ? store::Embeddings::keep(transaction, batch.vectors)
                   : stored;
    });
}

JobResult Filling::giveUp(const PageBooks &books, const ai::ChatFailure &failure) const
{
    if (failure.error.code == ErrorCode::Cancelled)
        return JobResult::interrupted();
    if (books.isHeld())
        return trouble({}).waitUntil(failure.error, m_clock.nowMs() + books.waitMs());
    const auto retryAfter = failure.error.code == ErrorCode::RateLimited && !failure.retryAfterMs
                                ? std::optional(books.waitMs())
                                : failure.retryAfterMs;
    return trouble(books.refused()).end(failure.error, retryAfter, failure.maySent);
}

JobResult Filling::interruptedBy(const Error &error) const
{
    if (error.code == ErrorCode::Database || error.code == ErrorCode::DiskFull ||
        error.code == ErrorCode::StaleLease)
        return JobResult::interrupted();
    return trouble({}).end(error, {}, false);
}

RequestTrouble Filling::trouble(domain::Money refused) const
{
    const auto fail = [lease = m_context.job.leaseToken()](store::Transaction &transaction,
                                                           const Error &error) {
        return store::JobQueue::finish(transaction, lease, domain::JobOutcome::failed(error));
    };
    return {m_context, domain::ModelRef::fromText(m_space.model).value_or(domain::ModelRef()),
            m_clock,   m_random,
            fail,      refused};
}

} // namespace

EndpointEmbedJob::EndpointEmbedJob(EndpointEmbedder &embedder, const base::Clock &clock,
                                   std::function<double()> random)
    : m_embedder(embedder), m_clock(clock), m_random(std::move(random))
{
}

JobResult EndpointEmbedJob::run(const JobContext &context)
{
    const auto space = store::EmbeddingSpaces::ofJob(context.reader, context.job.id);
    if (!space)
        return JobResult::interrupted();
    return Filling(context, *space, m_embedder, m_clock, m_random()).run();
}

} // namespace lectern::workspace
