// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Chunk.h"
#include "domain/EmbeddingSpace.h"
#include "domain/Ids.h"
#include "domain/Work.h"

#include <QByteArray>
#include <QString>
#include <QVector>

#include <functional>
#include <optional>

namespace lectern::store {

class Connection;
class Transaction;

/// A chunk with what is needed to make its vector.
struct PendingChunk {
    domain::ChunkId id;
    domain::Chunk chunk;
    int page = 0;
    QString pageText;
};

/// A vector on its way to disk: what vectors::encodeVector() made.
struct NewVector {
    domain::ChunkId chunk;
    QByteArray code;
};

/// A vector as the index reads it.
struct StoredVector {
    qint64 id = 0;
    domain::ChunkId chunk;
    domain::DocumentId document;
    QByteArray code;
};

/// A chunk and where it stands.
struct ChunkPlace {
    domain::ChunkId id;
    domain::PageId page;
    domain::DocumentId document;
    int pageNumber = 0;
    domain::Chunk chunk;
};

/// How far a space is filled. Documents in the trash don't count.
struct EmbeddingCoverage {
    qint64 chunks = 0;        ///< that its model can read
    qint64 vectors = 0;       ///< of these
    qint64 otherLanguage = 0; ///< chunks in languages that its model does not know
};

/// Chunks, the spaces of embedding models, and the vectors in them.
class Embeddings {
public:
    // Spaces.
    /// The space of this model; when there is none yet it serves at once if no other does, and otherwise is
    /// filled beside. InvalidArgument when it is known with another number of dimensions.
    [[nodiscard]] static base::Result<domain::EmbeddingSpace>
    ensureSpace(Transaction &, const QString &model, int dimensions, const QString &language);
    [[nodiscard]] static base::Result<std::optional<domain::EmbeddingSpace>> serving(Connection &);
    /// Those that every chunk gets a vector in: the one that serves, and the one that is being filled.
    [[nodiscard]] static base::Result<QVector<domain::EmbeddingSpace>> active(Connection &);
    [[nodiscard]] static base::Result<EmbeddingCoverage> coverage(Connection &,
                                                                  const domain::EmbeddingSpace &);

    // The embed job.
    /// Whether such a job of one of these documents runs or will run by itself.
    [[nodiscard]] static base::Result<bool> isWorking(Connection &, const QVector<domain::DocumentId> &);
    /// Documents that miss vectors in the space and have no job. Looks at every chunk.
    [[nodiscard]] static base::Result<QVector<domain::DocumentId>> incomplete(Connection &, domain::SpaceId);
    [[nodiscard]] static base::Status enqueue(Transaction &, const QVector<domain::DocumentId> &);
    /// Chunks of the document without a vector in the space, in the order of their ids, after `after`.
    [[nodiscard]] static base::Result<QVector<PendingChunk>> pending(Connection &,
                                                                     const domain::EmbeddingSpace &,
                                                                     domain::DocumentId,
                                                                     domain::ChunkId after, int limit);
    /// Chunks that went away meanwhile are left out. Checks the lease.
    [[nodiscard]] static base::Status store(Transaction &, domain::JobLease, domain::SpaceId,
                                            const QVector<NewVector> &, qint64 milliseconds);
    /// Ends the job, or puts it back when chunks have come since that have no vector in one of these spaces,
    /// which it filled. A space that is complete now serves in place of the one before.
    [[nodiscard]] static base::Status finish(Transaction &, domain::JobLease,
                                             const QVector<domain::SpaceId> &spaces);

    // Reading.
    /// Every vector of the space with an id above `after`, ascending, until `take` returns false.
    [[nodiscard]] static base::Status read(Connection &, domain::SpaceId, qint64 after,
                                           const std::function<bool(const StoredVector &)> &take);
    /// Where chunks stand, in the order asked for; those that are gone are left out.
    [[nodiscard]] static base::Result<QVector<ChunkPlace>> places(Connection &,
                                                                  const QVector<domain::ChunkId> &);
    /// The chunks of these pages.
    [[nodiscard]] static base::Result<QVector<ChunkPlace>> chunksOf(Connection &,
                                                                    const QVector<domain::PageId> &);
};

} // namespace lectern::store
