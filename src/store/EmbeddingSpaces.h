// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/EmbeddingSpace.h"
#include "domain/Ids.h"

#include <QString>
#include <QVector>

#include <optional>

namespace lectern::store {

class Connection;
class Transaction;

/// How far a space is filled. Documents in the trash, and cancelled ones, don't count.
struct EmbeddingCoverage {
    qint64 chunks = 0;        ///< that its model can read
    qint64 vectors = 0;       ///< of these
    qint64 otherLanguage = 0; ///< chunks in languages that its model does not know
};

/// What a model that knows every language has to read: chunks without a vector in its space.
struct EmbeddingWork {
    qint64 chunks = 0;
    qint64 characters = 0; ///< of these, UTF-16 units
    qint64 done = 0;       ///< chunks that have their vector
};

/// The spaces of embedding models: one serves, and one may be filled beside it.
class EmbeddingSpaces {
public:
    /// The model is to serve. The first of all does so at once, and so does one whose vectors are complete;
    /// any other is filled beside the one that serves, and takes over when it is complete. One that was being
    /// filled for another model is given up: its vectors stay, its jobs end. `space`: what is known of the
    /// model; its id and state are not looked at. InvalidArgument when the model is known with another number
    /// of dimensions.
    [[nodiscard]] static base::Result<domain::EmbeddingSpace> choose(Transaction &,
                                                                     const domain::EmbeddingSpace &space);
    [[nodiscard]] static base::Result<std::optional<domain::EmbeddingSpace>> serving(Connection &);
    [[nodiscard]] static base::Result<std::optional<domain::EmbeddingSpace>> filling(Connection &);
    /// Those that every chunk gets a vector in: the one that serves, then the one that is filled.
    [[nodiscard]] static base::Result<QVector<domain::EmbeddingSpace>> active(Connection &);
    /// The way back: of those kept, the one that was used last.
    [[nodiscard]] static base::Result<std::optional<domain::EmbeddingSpace>> previous(Connection &);
    [[nodiscard]] static base::Result<std::optional<domain::EmbeddingSpace>> find(Connection &,
                                                                                  const QString &model);
    /// That an embed job fills. NotFound for another job.
    [[nodiscard]] static base::Result<domain::EmbeddingSpace> ofJob(Connection &, domain::JobId);

    // These look at every chunk.
    [[nodiscard]] static base::Result<EmbeddingCoverage> coverage(Connection &,
                                                                  const domain::EmbeddingSpace &);
    [[nodiscard]] static base::Result<EmbeddingWork> work(Connection &, const QString &model);
    /// Documents that miss vectors in the space and have no job for it.
    [[nodiscard]] static base::Result<QVector<domain::DocumentId>> incomplete(Connection &, domain::SpaceId);

    /// A space that was being filled and misses nothing serves from now on.
    [[nodiscard]] static base::Status promoteWhenComplete(Transaction &);
};

} // namespace lectern::store
