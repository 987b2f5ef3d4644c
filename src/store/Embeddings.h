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

/// A vector on its way to disk.
struct NewVector {
    domain::ChunkId chunk;
    QByteArray code; ///< what vectors::encodeVector() made
    QByteArray key;  ///< of what was paid for, made of model and text; empty: it cost nothing
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

/// Chunks, the jobs that make their vectors, and the vectors.
class Embeddings {
public:
    // The embed job.
    /// Whether such a job of one of these documents runs or will run by itself.
    [[nodiscard]] static base::Result<bool> isWorking(Connection &, const QVector<domain::DocumentId> &);
    /// The same for any document.
    [[nodiscard]] static base::Result<bool> isWorking(Connection &);
    /// Jobs that fill the space, for those of the documents that have none.
    [[nodiscard]] static base::Status enqueue(Transaction &, const domain::EmbeddingSpace &,
                                              const QVector<domain::DocumentId> &);
    /// Chunks of the document without a vector in the space, in the order of their ids, after `after`.
    [[nodiscard]] static base::Result<QVector<PendingChunk>> pending(Connection &,
                                                                     const domain::EmbeddingSpace &,
                                                                     domain::DocumentId,
                                                                     domain::ChunkId after, int limit);
    /// Chunks that went away meanwhile are left out, but kept when they were paid for. Checks the lease.
    [[nodiscard]] static base::Status store(Transaction &, domain::JobLease, domain::SpaceId,
                                            const QVector<NewVector> &, qint64 milliseconds);
    /// Ends the job, or puts it back when chunks have come since that have no vector in its space. A space
    /// that is complete now serves in place of the one before.
    [[nodiscard]] static base::Status finish(Transaction &, domain::JobLease, domain::SpaceId);
    /// Every `step`-th of the chunks that have no vector by this model, as a sample of them. Looks at every
    /// chunk.
    [[nodiscard]] static base::Result<QVector<PendingChunk>> sample(Connection &, const QString &model,
                                                                    qint64 step);

    // Vectors that were paid for are never paid for again.
    /// The code of what was paid for under this key, wherever it stands.
    [[nodiscard]] static base::Result<std::optional<QByteArray>> findPaid(Connection &,
                                                                          const QByteArray &key);
    /// For no chunk, or for none any more.
    [[nodiscard]] static base::Status keep(Transaction &, const QVector<NewVector> &);
    /// Forgets what stands for no chunk since before then. Returns how many.
    [[nodiscard]] static base::Result<int> forgetKept(Transaction &, qint64 before, int limit);

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
