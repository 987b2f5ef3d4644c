// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/EmbeddingSpace.h"

namespace lectern::store {

class Statement;
class Transaction;

// What EmbeddingSpaces and Embeddings share. Private to this module.

#define LECTERN_SPACE                                                                                        \
    "SELECT space.id, space.model, space.dimensions, coalesce(space.language, ''), space.state, "            \
    "coalesce(space.run_id, 0) FROM embedding_space AS space "

/// Whether a document's chunks are to have vectors: it is not in the trash, and nobody cancelled it.
#define LECTERN_WANTED "document.removed_at = 0 AND document.state <> 16"
/// Whether a chunk is in a language that the space's model knows.
#define LECTERN_READABLE                                                                                     \
    "(space.language IS NULL OR chunk.language = space.language OR chunk.language = 'und')"
/// Whether such a chunk has no vector in the space.
#define LECTERN_MISSING                                                                                      \
    LECTERN_READABLE " AND NOT EXISTS (SELECT 1 FROM chunk_vector AS made"                                   \
                     " WHERE made.chunk_id = chunk.id AND made.space_id = space.id)"

/// Of a row of LECTERN_SPACE.
[[nodiscard]] domain::EmbeddingSpace spaceOf(const Statement &row);

/// Throws Failure.
void promoteWhenComplete(Transaction &transaction);

} // namespace lectern::store
