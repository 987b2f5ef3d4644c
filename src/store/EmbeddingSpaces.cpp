// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/EmbeddingSpaces.h"

#include "store/Failure.h"
#include "store/SpaceRows.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

using base::ErrorCode;
using domain::DocumentId;
using domain::EmbeddingSpace;
using domain::JobId;
using domain::SpaceId;
using State = EmbeddingSpace::State;

namespace {

constexpr const char *kSpaceOf = LECTERN_SPACE "WHERE space.model = ?";
constexpr const char *kInState = LECTERN_SPACE "WHERE space.state = ?";
constexpr const char *kActive = LECTERN_SPACE "WHERE space.state < 2 ORDER BY space.state DESC";
constexpr const char *kPrevious =
    LECTERN_SPACE "WHERE space.state = 2 ORDER BY space.retired_at DESC, space.id DESC LIMIT 1";
constexpr const char *kOfJob = LECTERN_SPACE "JOIN job ON job.space_id = space.id WHERE job.id = ?";

constexpr const char *kAdd = R"(
INSERT INTO embedding_space (model, dimensions, language, state, run_id, created_at) VALUES (?, ?, nullif(?, ''), ?, nullif(?, 0), ?))";
constexpr const char *kSetRun = "UPDATE embedding_space SET run_id = nullif(?, 0) WHERE id = ?";
constexpr const char *kSetState = "UPDATE embedding_space SET state = ? WHERE id = ?";
constexpr const char *kRetire = "UPDATE embedding_space SET state = 2, retired_at = ? WHERE id = ?";

// Nobody needs its vectors now.
constexpr const char *kEndWaiting = R"(
UPDATE job SET state = 12, finished_at = ?, error_code = 'cancelled', error_detail = ''
 WHERE kind = 4 AND space_id = ? AND state < 10 AND state <> 5)";
constexpr const char *kEndRunning =
    "UPDATE job SET stop_request = 1 WHERE state = 5 AND worker_id IS NOT NULL AND kind = 4 AND space_id = ?";

constexpr const char *kIncomplete = R"(
SELECT id FROM document
 WHERE )" LECTERN_WANTED R"(
   AND NOT EXISTS (SELECT 1 FROM job WHERE job.document_id = document.id AND job.kind = 4 AND job.page_number = 0
                                       AND job.space_id = ? AND job.state < 10)
   AND EXISTS (SELECT 1 FROM embedding_space AS space, page JOIN chunk ON chunk.page_id = page.id
                WHERE space.id = ? AND page.document_id = document.id AND )" LECTERN_MISSING ")";

// What is in the trash is filled when it comes back.
constexpr const char *kFillingMissesSome = R"(
SELECT 1 FROM embedding_space AS space, chunk JOIN page ON page.id = chunk.page_id
       JOIN document ON document.id = page.document_id
 WHERE space.state = 0 AND )" LECTERN_WANTED " AND " LECTERN_MISSING " LIMIT 1";

#define LECTERN_HAS_VECTOR                                                                                   \
    "EXISTS (SELECT 1 FROM chunk_vector AS made WHERE made.chunk_id = chunk.id AND made.space_id = "         \
    "space.id)"
constexpr const char *kCoverage = R"(
SELECT count(*), coalesce(sum()" LECTERN_READABLE R"(), 0), coalesce(sum()" LECTERN_HAS_VECTOR R"(), 0)
  FROM embedding_space AS space, chunk JOIN page ON page.id = chunk.page_id
       JOIN document ON document.id = page.document_id
 WHERE space.id = ? AND )" LECTERN_WANTED;
constexpr const char *kWork = R"(
SELECT coalesce(sum(1 - has), 0), coalesce(sum((1 - has) * length), 0), coalesce(sum(has), 0)
  FROM (SELECT chunk.length, EXISTS (SELECT 1 FROM chunk_vector AS made JOIN embedding_space AS space ON space.id = made.space_id
                                      WHERE made.chunk_id = chunk.id AND space.model = ?) AS has
          FROM chunk JOIN page ON page.id = chunk.page_id JOIN document ON document.id = page.document_id
         WHERE )" LECTERN_WANTED ")";

std::optional<EmbeddingSpace> inState(Connection &connection, State state)
{
    return readRow(connection, kInState, spaceOf, state);
}

void retire(Transaction &transaction, SpaceId space)
{
    execute(transaction, kRetire, transaction.nowMs(), space);
    execute(transaction, kEndWaiting, transaction.nowMs(), space);
    execute(transaction, kEndRunning, space);
}

EmbeddingSpace add(Transaction &transaction, EmbeddingSpace space)
{
    Statement insert(transaction, kAdd);
    insert.run(space.model, space.dimensions, space.language, space.state, space.run, transaction.nowMs());
    space.id.value = insert.insertedId();
    return space;
}

void setState(Transaction &transaction, const EmbeddingSpace &space, State state)
{
    execute(transaction, kSetState, state, space.id);
}

} // namespace

EmbeddingSpace spaceOf(const Statement &row)
{
    return {
        row.id<SpaceId>(0),      row.text(1), row.number(2), row.text(3), static_cast<State>(row.number(4)),
        row.id<domain::RunId>(5)};
}

void promoteWhenComplete(Transaction &transaction)
{
    const auto filling = inState(transaction, State::Filling);
    if (!filling || exists(transaction, kFillingMissesSome))
        return;
    if (const auto serving = inState(transaction, State::Serving))
        retire(transaction, serving->id);
    setState(transaction, *filling, State::Serving);
    transaction.touchWorkspace();
}

base::Result<EmbeddingSpace> EmbeddingSpaces::choose(Transaction &transaction, const EmbeddingSpace &space)
{
    return attempt([&] {
        const auto serving = inState(transaction, State::Serving);
        const auto filling = inState(transaction, State::Filling);
        auto chosen = readRow(transaction, kSpaceOf, spaceOf, space.model);
        if (chosen && chosen->dimensions != space.dimensions) {
            throw Failure{{ErrorCode::InvalidArgument, QStringLiteral("%1: %2 dimensions, known with %3")
                                                           .arg(space.model)
                                                           .arg(space.dimensions)
                                                           .arg(chosen->dimensions)}};
        }
        // Only one version of the built-in model is in a program: another one can't be asked any more.
        const bool isOutdated =
            serving && serving->isBuiltIn() && space.isBuiltIn() && serving->model != space.model;
        if (isOutdated)
            retire(transaction, serving->id);
        else if (filling && (!chosen || filling->id != chosen->id))
            retire(transaction, filling->id);
        const State state = serving && !isOutdated ? State::Filling : State::Serving;
        if (!chosen) {
            EmbeddingSpace added = space;
            added.state = state;
            chosen = add(transaction, added);
        } else {
            execute(transaction, kSetRun, space.run, chosen->id);
            if (chosen->state == State::Kept)
                setState(transaction, *chosen, state);
        }
        store::promoteWhenComplete(transaction);
        transaction.touchWorkspace();
        return *readRow(transaction, kSpaceOf, spaceOf, space.model);
    });
}

base::Result<std::optional<EmbeddingSpace>> EmbeddingSpaces::serving(Connection &connection)
{
    return attempt([&] { return inState(connection, State::Serving); });
}

base::Result<std::optional<EmbeddingSpace>> EmbeddingSpaces::filling(Connection &connection)
{
    return attempt([&] { return inState(connection, State::Filling); });
}

base::Result<QVector<EmbeddingSpace>> EmbeddingSpaces::active(Connection &connection)
{
    return attempt([&] { return readRows(connection, kActive, spaceOf); });
}

base::Result<std::optional<EmbeddingSpace>> EmbeddingSpaces::previous(Connection &connection)
{
    return attempt([&] { return readRow(connection, kPrevious, spaceOf); });
}

base::Result<std::optional<EmbeddingSpace>> EmbeddingSpaces::find(Connection &connection,
                                                                  const QString &model)
{
    return attempt([&] { return readRow(connection, kSpaceOf, spaceOf, model); });
}

base::Result<EmbeddingSpace> EmbeddingSpaces::ofJob(Connection &connection, JobId job)
{
    return attempt([&] {
        const auto space = readRow(connection, kOfJob, spaceOf, job);
        if (!space)
            throw Failure{{ErrorCode::NotFound, QStringLiteral("job %1").arg(job.value)}};
        return *space;
    });
}

base::Result<EmbeddingCoverage> EmbeddingSpaces::coverage(Connection &connection, const EmbeddingSpace &space)
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

base::Result<EmbeddingWork> EmbeddingSpaces::work(Connection &connection, const QString &model)
{
    return attempt([&] {
        const auto found = readRow(
            connection, kWork,
            [](const Statement &row) {
                return EmbeddingWork{row.integer(0), row.integer(1), row.integer(2)};
            },
            model);
        return found.value_or(EmbeddingWork());
    });
}

base::Result<QVector<DocumentId>> EmbeddingSpaces::incomplete(Connection &connection, SpaceId space)
{
    return attempt([&] {
        return readRows(
            connection, kIncomplete, [](const Statement &row) { return row.id<DocumentId>(0); }, space,
            space);
    });
}

base::Status EmbeddingSpaces::promoteWhenComplete(Transaction &transaction)
{
    return attempt([&] { store::promoteWhenComplete(transaction); });
}

} // namespace lectern::store
