// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "vectors/VectorBlock.h"
#include "vectors/VectorIndex.h"

#include <QVector>

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace lectern::vectors {

/// A query in whole numbers: as fine as 16 bits allow, and so that no sum of products leaves 32 bits.
struct Query {
    std::vector<qint16> numbers; ///< padded as the layout says
    std::vector<quint64> signs;
    float step = 0;

    /// Nothing for a vector without a direction.
    [[nodiscard]] static std::optional<Query> make(std::span<const float> vector, const VectorLayout &layout);
};

/// One search over some blocks. For one thread.
class VectorSearch {
public:
    using Blocks = std::vector<std::shared_ptr<VectorBlock>>;

    VectorSearch(const Query &query, const VectorLayout &layout, int count, const VectorFilter &filter);

    /// Best first; nothing when it was cancelled.
    [[nodiscard]] std::optional<QVector<VectorHit>> run(const Blocks &blocks,
                                                        const base::CancelToken &cancel);

private:
    void measure(const VectorBlock &block);
    [[nodiscard]] bool isOpen(const VectorBlock &block, int slot);
    [[nodiscard]] int limit() const;

    const Query &m_query;
    const VectorLayout &m_layout;
    const int m_count;
    const VectorFilter &m_filter;
    std::vector<quint16> m_differences; ///< of each slot of each block
    std::vector<int> m_counts;          ///< how many slots have so many differences
    bool m_asked = false;               ///< the last document that the filter was asked for, and its answer
    qint64 m_document = 0;
    bool m_documentOpen = false;
};

} // namespace lectern::vectors
