// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"

#include <QByteArrayView>
#include <QHash>
#include <QSet>
#include <QVector>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>

namespace lectern::vectors {

class VectorBlock;
struct VectorLayout;

/// A vector that was found.
struct VectorHit {
    qint64 id = 0;
    qint64 document = 0;
    float score = 0; ///< cosine between it and the query, -1 to 1

    friend bool operator==(const VectorHit &, const VectorHit &) = default;
};

/// Which vectors may be found. Each that is set must agree.
struct VectorFilter {
    std::optional<QSet<qint64>> documents;
    /// Asked of every vector of these documents, in no order, by the thread that searches: it must be quick.
    std::function<bool(qint64 id, qint64 document)> accepts;
};

/// Finds the vectors nearest to a query, in memory. A search counts for every vector in how many signs it
/// differs from the query, and then looks at the whole code of those that differ least (1 %, at least 1,000):
/// nothing is trained but the place from which signs are counted, what is added is found at once, and a
/// filter makes a search faster and no less exact. 0.75 KB a vector of 512 dimensions; times are in
/// BENCHMARKS.md. Any thread may call anything: changes wait for each other, searches for nothing. A search
/// finds what was there when it began and was neither removed nor replaced since, and perhaps some of what
/// came since; never an id twice.
class VectorIndex {
public:
    /// All vectors have so many dimensions, at most kMostDimensions.
    explicit VectorIndex(int dimensions);

    [[nodiscard]] int dimensions() const { return m_dimensions; }
    [[nodiscard]] qsizetype size() const;
    /// Memory that it takes, near enough. For a moment it can take twice as much: when it has grown to 1,024
    /// vectors, and then whenever it has grown sixteenfold.
    [[nodiscard]] qint64 bytes() const;

    /// Adds a vector as encodeVector() made it, in place of one with the same id. Errors: Database for
    /// damaged bytes, InvalidArgument for another number of dimensions.
    [[nodiscard]] base::Status add(qint64 id, qint64 document, QByteArrayView code);
    /// Whether it was there.
    bool remove(qint64 id);
    /// Removes all of a document; returns how many. Looks at every vector's document.
    qsizetype removeDocument(qint64 document);

    static constexpr int kMostHits = 10'000;

    /// The `count` nearest vectors that the filter lets through, best first, equals in the order of ids.
    /// Looks at `cancel` every millisecond. Errors: InvalidArgument for a query without a direction or with
    /// another number of dimensions, or a count that is not 1 to kMostHits; Cancelled.
    [[nodiscard]] base::Result<QVector<VectorHit>> search(std::span<const float> query, int count,
                                                          const VectorFilter &filter = {},
                                                          const base::CancelToken &cancel = {}) const;

private:
    struct State;
    struct Place {
        VectorBlock *block = nullptr; ///< one of the state's
        int slot = 0;
    };

    [[nodiscard]] std::shared_ptr<const State> state() const;
    void publish(State state);
    void tidy();
    void rebuild(const std::shared_ptr<const VectorLayout> &layout);
    [[nodiscard]] std::shared_ptr<const VectorLayout> centredLayout() const;

    const int m_dimensions;
    mutable std::mutex m_changing;        ///< held by whoever changes the index
    QHash<qint64, Place> m_places;        ///< under m_changing
    qsizetype m_centreAt;                 ///< the size at which the centre is taken anew; under m_changing
    mutable std::mutex m_reading;         ///< held for a moment, to take or replace what follows
    std::shared_ptr<const State> m_state; ///< what a search sees; under m_reading
};

} // namespace lectern::vectors
