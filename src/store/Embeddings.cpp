// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Embeddings.h"

#include "store/ChunkRows.h"
#include "store/Failure.h"
#include "store/JobRows.h"
#include "store/SpaceRows.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

using base::ErrorCode;
using domain::ChunkId;
using domain::DocumentId;
using domain::EmbeddingSpace;
using domain::JobLease;
using domain::JobState;
using domain::PageId;
using domain::SpaceId;

namespace {

constexpr const char *kPending = R"(
SELECT chunk.id, chunk.number, chunk.start, chunk.length, chunk.words, chunk.language, page.number, page_text.text
  FROM embedding_space AS space, page JOIN chunk ON chunk.page_id = page.id JOIN page_text ON page_text.page_id = page.id
 WHERE space.id = ? AND page.document_id = ? AND chunk.id > ? AND )" LECTERN_MISSING R"(
 ORDER BY chunk.id LIMIT ?)";
constexpr const char *kMissesSome = R"(
SELECT 1 FROM embedding_space AS space, page JOIN chunk ON chunk.page_id = page.id
 WHERE space.id = ? AND space.state < 2 AND page.document_id = ? AND )" LECTERN_MISSING " LIMIT 1";
constexpr const char *kSample = R"(
SELECT chunk.id, chunk.number, chunk.start, chunk.length, chunk.words, chunk.language, page.number, page_text.text
  FROM chunk JOIN page ON page.id = chunk.page_id JOIN page_text ON page_text.page_id = page.id
       JOIN document ON document.id = page.document_id
 WHERE )" LECTERN_WANTED R"( AND chunk.id % ? = 0
   AND NOT EXISTS (SELECT 1 FROM chunk_vector AS made JOIN embedding_space AS space ON space.id = made.space_id
                    WHERE made.chunk_id = chunk.id AND space.model = ?))";

constexpr const char *kIsWorking = R"(
SELECT 1 FROM json_each(?) AS asked JOIN job ON job.document_id = asked.value
 WHERE job.kind = 4 AND job.state IN (0, 1, 5)
   AND NOT EXISTS (SELECT 1 FROM workspace_setting WHERE key = 'all_paused' AND value = '1') LIMIT 1)";

// Each state has an index that holds nothing but such jobs.
constexpr const char *kIsAnyWorking = R"(
SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM workspace_setting WHERE key = 'all_paused' AND value = '1')
           AND (EXISTS (SELECT 1 FROM job WHERE state = 0 AND kind = 4)
             OR EXISTS (SELECT 1 FROM job WHERE state = 1 AND kind = 4)
             OR EXISTS (SELECT 1 FROM job WHERE state = 5 AND kind = 4)))";

constexpr const char *kAddVector = R"(
INSERT INTO chunk_vector (space_id, chunk_id, code, key) SELECT ?, chunk.id, ?, nullif(?, x'') FROM chunk WHERE chunk.id = ?
    ON CONFLICT (chunk_id, space_id) DO NOTHING)";
constexpr const char *kFindPaid = R"(
SELECT code FROM chunk_vector WHERE key = ? UNION ALL SELECT code FROM kept_vector WHERE key = ? LIMIT 1)";
constexpr const char *kKeep =
    "INSERT INTO kept_vector (key, code, kept_at) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING";
constexpr const char *kForgetKept =
    "DELETE FROM kept_vector WHERE key IN (SELECT key FROM kept_vector WHERE kept_at < ? LIMIT ?)";
constexpr const char *kCountMade =
    "UPDATE job SET vectors = vectors + ?, milliseconds = milliseconds + ? WHERE id = ?";

constexpr const char *kRead = R"(
SELECT chunk_vector.id, chunk_vector.chunk_id, page.document_id, chunk_vector.code
  FROM chunk_vector JOIN chunk ON chunk.id = chunk_vector.chunk_id JOIN page ON page.id = chunk.page_id
 WHERE chunk_vector.space_id = ? AND chunk_vector.id > ? ORDER BY chunk_vector.id)";

#define LECTERN_PLACE                                                                                        \
    "SELECT chunk.id, page.id, page.document_id, page.number, chunk.number, chunk.start, chunk.length, "     \
    "chunk.words, chunk.language"
constexpr const char *kPlaces = LECTERN_PLACE R"(
  FROM json_each(?) AS asked JOIN chunk ON chunk.id = asked.value JOIN page ON page.id = chunk.page_id ORDER BY asked.key)";
constexpr const char *kChunksOf = LECTERN_PLACE R"(
  FROM json_each(?) AS asked JOIN page ON page.id = asked.value JOIN chunk ON chunk.page_id = page.id ORDER BY chunk.id)";

domain::Chunk chunkOf(const Statement &row, int first)
{
    return {row.number(first), row.number(first + 1), row.number(first + 2), row.number(first + 3),
            row.text(first + 4)};
}

ChunkPlace placeOf(const Statement &row)
{
    return {row.id<ChunkId>(0), row.id<PageId>(1), row.id<DocumentId>(2), row.number(3), chunkOf(row, 4)};
}

PendingChunk pendingOf(const Statement &row)
{
    return {row.id<ChunkId>(0), chunkOf(row, 1), row.number(6), row.text(7)};
}

void keepVector(Transaction &transaction, const NewVector &vector)
{
    if (!vector.key.isEmpty())
        execute(transaction, kKeep, vector.key, vector.code, transaction.nowMs());
}

} // namespace

base::Result<bool> Embeddings::isWorking(Connection &connection, const QVector<DocumentId> &documents)
{
    return attempt([&] { return exists(connection, kIsWorking, jsonArray(documents)); });
}

base::Result<bool> Embeddings::isWorking(Connection &connection)
{
    return attempt([&] { return exists(connection, kIsAnyWorking); });
}

base::Status Embeddings::enqueue(Transaction &transaction, const EmbeddingSpace &space,
                                 const QVector<DocumentId> &documents)
{
    return attempt([&] {
        for (const DocumentId document : documents)
            addEmbedJob(transaction, document, space);
    });
}

base::Result<QVector<PendingChunk>> Embeddings::pending(Connection &connection, const EmbeddingSpace &space,
                                                        DocumentId document, ChunkId after, int limit)
{
    return attempt(
        [&] { return readRows(connection, kPending, pendingOf, space.id, document, after, limit); });
}

base::Status Embeddings::store(Transaction &transaction, JobLease lease, SpaceId space,
                               const QVector<NewVector> &vectors, qint64 milliseconds)
{
    return attempt([&] {
        const RunningJob running = requireLease(transaction, lease);
        int made = 0;
        for (const NewVector &vector : vectors) {
            const int added = execute(transaction, kAddVector, space, vector.code, vector.key, vector.chunk);
            if (added == 0)
                keepVector(transaction, vector);
            made += added;
        }
        execute(transaction, kCountMade, made, milliseconds, lease.job);
        forgiveDeaths(transaction, lease.job);
        transaction.touch(running.job.document);
    });
}

base::Status Embeddings::finish(Transaction &transaction, JobLease lease, SpaceId space)
{
    return attempt([&] {
        const RunningJob running = requireLease(transaction, lease);
        if (exists(transaction, kMissesSome, space, running.job.document)) {
            parkJob(transaction, running.job, running.job.runAt, 0, {});
            return;
        }
        endJob(transaction, running.job, JobState::Done);
        addJobEvent(transaction, running.job, QStringLiteral("embedded"));
        promoteWhenComplete(transaction);
    });
}

base::Result<QVector<PendingChunk>> Embeddings::sample(Connection &connection, const QString &model,
                                                       qint64 step)
{
    return attempt([&] { return readRows(connection, kSample, pendingOf, step, model); });
}

base::Result<std::optional<QByteArray>> Embeddings::findPaid(Connection &connection, const QByteArray &key)
{
    return attempt([&] {
        return readRow(
            connection, kFindPaid, [](const Statement &row) { return row.bytes(0); }, key, key);
    });
}

base::Status Embeddings::keep(Transaction &transaction, const QVector<NewVector> &vectors)
{
    return attempt([&] {
        for (const NewVector &vector : vectors)
            keepVector(transaction, vector);
    });
}

base::Result<int> Embeddings::forgetKept(Transaction &transaction, qint64 before, int limit)
{
    return attempt([&] { return execute(transaction, kForgetKept, before, limit); });
}

base::Status Embeddings::read(Connection &connection, SpaceId space, qint64 after,
                              const std::function<bool(const StoredVector &)> &take)
{
    return attempt([&] {
        Statement statement(connection, kRead);
        statement.run(space, after);
        while (statement.next()) {
            if (!take({statement.integer(0), statement.id<ChunkId>(1), statement.id<DocumentId>(2),
                       statement.bytes(3)}))
                return;
        }
    });
}

base::Result<QVector<ChunkPlace>> Embeddings::places(Connection &connection, const QVector<ChunkId> &chunks)
{
    return attempt([&] { return readRows(connection, kPlaces, placeOf, jsonArray(chunks)); });
}

base::Result<QVector<ChunkPlace>> Embeddings::chunksOf(Connection &connection, const QVector<PageId> &pages)
{
    return attempt([&] { return readRows(connection, kChunksOf, placeOf, jsonArray(pages)); });
}

} // namespace lectern::store
