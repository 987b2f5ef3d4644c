// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Embeddings.h"

#include "store/ChunkRows.h"
#include "store/Failure.h"
#include "store/JobRows.h"
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

#define LECTERN_SPACE "SELECT id, model, dimensions, coalesce(language, ''), state FROM embedding_space "
constexpr const char *kSpaceOf = LECTERN_SPACE "WHERE model = ?";
constexpr const char *kServing = LECTERN_SPACE "WHERE state = 1";
constexpr const char *kActive = LECTERN_SPACE "WHERE state < 2 ORDER BY state DESC";
constexpr const char *kAddSpace =
    "INSERT INTO embedding_space (model, dimensions, language, state, created_at) VALUES (?, ?, ?, ?, ?)";

// Whether a chunk misses a vector in a space that its language is known to.
#define LECTERN_READABLE                                                                                     \
    "(space.language IS NULL OR chunk.language = space.language OR chunk.language = 'und')"
#define LECTERN_MISSING                                                                                      \
    LECTERN_READABLE " AND NOT EXISTS (SELECT 1 FROM chunk_vector AS made"                                   \
                     " WHERE made.chunk_id = chunk.id AND made.space_id = space.id)"

constexpr const char *kPending = R"(
SELECT chunk.id, chunk.number, chunk.start, chunk.length, chunk.words, chunk.language, page.number, page_text.text
  FROM embedding_space AS space, page JOIN chunk ON chunk.page_id = page.id JOIN page_text ON page_text.page_id = page.id
 WHERE space.id = ? AND page.document_id = ? AND chunk.id > ? AND )" LECTERN_MISSING R"(
 ORDER BY chunk.id LIMIT ?)";
constexpr const char *kMissesSome = R"(
SELECT 1 FROM embedding_space AS space, page JOIN chunk ON chunk.page_id = page.id
 WHERE space.id IN (SELECT value FROM json_each(?)) AND page.document_id = ? AND )" LECTERN_MISSING
                                    " LIMIT 1";
constexpr const char *kIncomplete = R"(
SELECT id FROM document
 WHERE removed_at = 0
   AND NOT EXISTS (SELECT 1 FROM job WHERE job.document_id = document.id AND job.kind = 4 AND job.state < 10)
   AND EXISTS (SELECT 1 FROM embedding_space AS space, page JOIN chunk ON chunk.page_id = page.id
                WHERE space.id = ? AND page.document_id = document.id AND )" LECTERN_MISSING ")";

// What is in the trash is filled when it comes back.
constexpr const char *kFillingMissesSome = R"(
SELECT 1 FROM embedding_space AS space, chunk JOIN page ON page.id = chunk.page_id
       JOIN document ON document.id = page.document_id
 WHERE space.state = 0 AND document.removed_at = 0 AND )" LECTERN_MISSING " LIMIT 1";
constexpr const char *kFilling = LECTERN_SPACE "WHERE state = 0";
constexpr const char *kRetire = "UPDATE embedding_space SET state = 2 WHERE state = 1";
constexpr const char *kPromote = "UPDATE embedding_space SET state = 1 WHERE id = ?";

constexpr const char *kCoverage = R"(
SELECT count(*), coalesce(sum()" LECTERN_READABLE R"(), 0),
       coalesce(sum(EXISTS (SELECT 1 FROM chunk_vector AS made
                             WHERE made.chunk_id = chunk.id AND made.space_id = space.id)), 0)
  FROM embedding_space AS space, chunk JOIN page ON page.id = chunk.page_id
       JOIN document ON document.id = page.document_id
 WHERE space.id = ? AND document.removed_at = 0)";

constexpr const char *kIsWorking = R"(
SELECT 1 FROM json_each(?) AS asked JOIN job ON job.document_id = asked.value
 WHERE job.kind = 4 AND job.state IN (0, 1, 5)
   AND NOT EXISTS (SELECT 1 FROM workspace_setting WHERE key = 'all_paused' AND value = '1') LIMIT 1)";

constexpr const char *kAddVector = R"(
INSERT INTO chunk_vector (space_id, chunk_id, code) SELECT ?, chunk.id, ? FROM chunk WHERE chunk.id = ?
    ON CONFLICT (chunk_id, space_id) DO NOTHING)";
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

EmbeddingSpace spaceOf(const Statement &row)
{
    return {row.id<SpaceId>(0), row.text(1), row.number(2), row.text(3),
            static_cast<EmbeddingSpace::State>(row.number(4))};
}

domain::Chunk chunkOf(const Statement &row, int first)
{
    return {row.number(first), row.number(first + 1), row.number(first + 2), row.number(first + 3),
            row.text(first + 4)};
}

ChunkPlace placeOf(const Statement &row)
{
    return {row.id<ChunkId>(0), row.id<PageId>(1), row.id<DocumentId>(2), row.number(3), chunkOf(row, 4)};
}

void promoteWhenComplete(Transaction &transaction)
{
    const auto filling = readRow(transaction, kFilling, spaceOf);
    if (!filling || exists(transaction, kFillingMissesSome))
        return;
    execute(transaction, kRetire);
    execute(transaction, kPromote, filling->id);
}

} // namespace

base::Result<EmbeddingSpace> Embeddings::ensureSpace(Transaction &transaction, const QString &model,
                                                     int dimensions, const QString &language)
{
    return attempt([&] {
        if (const auto known = readRow(transaction, kSpaceOf, spaceOf, model)) {
            if (known->dimensions != dimensions) {
                throw Failure{{ErrorCode::InvalidArgument, QStringLiteral("%1: %2 dimensions, known with %3")
                                                               .arg(model)
                                                               .arg(dimensions)
                                                               .arg(known->dimensions)}};
            }
            return *known;
        }
        EmbeddingSpace space;
        space.model = model;
        space.dimensions = dimensions;
        space.language = language;
        space.state = readRow(transaction, kServing, spaceOf) ? EmbeddingSpace::State::Filling
                                                              : EmbeddingSpace::State::Serving;
        Statement insert(transaction, kAddSpace);
        insert.run(model, dimensions, language.isEmpty() ? std::nullopt : std::optional(language),
                   space.state, transaction.nowMs());
        space.id.value = insert.insertedId();
        return space;
    });
}

base::Result<std::optional<EmbeddingSpace>> Embeddings::serving(Connection &connection)
{
    return attempt([&] { return readRow(connection, kServing, spaceOf); });
}

base::Result<QVector<EmbeddingSpace>> Embeddings::active(Connection &connection)
{
    return attempt([&] { return readRows(connection, kActive, spaceOf); });
}

base::Result<EmbeddingCoverage> Embeddings::coverage(Connection &connection, const EmbeddingSpace &space)
{
    return attempt([&] {
        const auto found = readRow(
            connection, kCoverage,
            [](const Statement &row) {
                return EmbeddingCoverage{row.integer(1), row.integer(2), row.integer(0) - row.integer(1)};
            },
            space.id);
        return found.value_or(EmbeddingCoverage());
    });
}

base::Result<QVector<DocumentId>> Embeddings::incomplete(Connection &connection, SpaceId space)
{
    return attempt([&] {
        return readRows(
            connection, kIncomplete, [](const Statement &row) { return row.id<DocumentId>(0); }, space);
    });
}

base::Status Embeddings::enqueue(Transaction &transaction, const QVector<DocumentId> &documents)
{
    return attempt([&] {
        for (const DocumentId document : documents)
            addEmbedJob(transaction, document);
    });
}

base::Result<bool> Embeddings::isWorking(Connection &connection, const QVector<DocumentId> &documents)
{
    return attempt([&] { return exists(connection, kIsWorking, jsonArray(documents)); });
}

base::Result<QVector<PendingChunk>> Embeddings::pending(Connection &connection, const EmbeddingSpace &space,
                                                        DocumentId document, ChunkId after, int limit)
{
    return attempt([&] {
        return readRows(
            connection, kPending,
            [](const Statement &row) {
                return PendingChunk{row.id<ChunkId>(0), chunkOf(row, 1), row.number(6), row.text(7)};
            },
            space.id, document, after, limit);
    });
}

base::Status Embeddings::store(Transaction &transaction, JobLease lease, SpaceId space,
                               const QVector<NewVector> &vectors, qint64 milliseconds)
{
    return attempt([&] {
        const RunningJob running = requireLease(transaction, lease);
        int made = 0;
        for (const NewVector &vector : vectors)
            made += execute(transaction, kAddVector, space, vector.code, vector.chunk);
        execute(transaction, kCountMade, made, milliseconds, lease.job);
        forgiveDeaths(transaction, lease.job);
        transaction.touch(running.job.document);
    });
}

base::Status Embeddings::finish(Transaction &transaction, JobLease lease, const QVector<SpaceId> &spaces)
{
    return attempt([&] {
        const RunningJob running = requireLease(transaction, lease);
        if (exists(transaction, kMissesSome, jsonArray(spaces), running.job.document)) {
            parkJob(transaction, running.job, running.job.runAt, 0, {});
            return;
        }
        endJob(transaction, running.job, JobState::Done);
        promoteWhenComplete(transaction);
    });
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
