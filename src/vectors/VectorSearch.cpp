// SPDX-License-Identifier: GPL-3.0-or-later
#include "vectors/VectorSearch.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace lectern::vectors {

namespace {

/// Vectors whose whole code is looked at. With these numbers the nearest ten and the nearest hundred of real
/// sentences are as complete as when every code is looked at, up to a million of them.
constexpr int kFewestCandidates = 1000;
constexpr int kPartOfAll = 100;
constexpr int kForEachHit = 30;

constexpr quint16 kClosed = std::numeric_limits<quint16>::max(); ///< more differences than there can be

bool isBetter(const VectorHit &a, const VectorHit &b)
{
    return a.score > b.score || (a.score == b.score && a.id < b.id);
}

/// The best hits so far, at most a fixed number.
class NearestVectors {
public:
    explicit NearestVectors(int most) : m_most(static_cast<size_t>(most)) {}

    void offer(const VectorHit &hit)
    {
        if (m_hits.size() == m_most) {
            if (!isBetter(hit, m_hits.front()))
                return;
            std::pop_heap(m_hits.begin(), m_hits.end(), isBetter);
            m_hits.pop_back();
        }
        m_hits.push_back(hit);
        std::push_heap(m_hits.begin(), m_hits.end(), isBetter);
    }

    /// Best first, each id once: a vector that is being replaced can have been offered twice. Leaves nothing.
    [[nodiscard]] QVector<VectorHit> take()
    {
        std::sort_heap(m_hits.begin(), m_hits.end(), isBetter);
        QVector<VectorHit> hits;
        QSet<qint64> seen;
        for (const VectorHit &hit : m_hits) {
            if (!seen.contains(hit.id))
                hits.append(hit);
            seen.insert(hit.id);
        }
        m_hits.clear();
        return hits;
    }

private:
    size_t m_most;
    std::vector<VectorHit> m_hits; ///< a heap with the worst in front
};

} // namespace

std::optional<Query> Query::make(std::span<const float> vector, const VectorLayout &layout)
{
    double squares = 0;
    double largest = 0;
    for (const float number : vector) {
        squares += static_cast<double>(number) * static_cast<double>(number);
        largest = std::max(largest, std::abs(static_cast<double>(number)));
    }
    if (!std::isfinite(squares) || largest < 1e-30)
        return std::nullopt;
    // A code is at most 511 · √padded long, and no product is larger than both lengths (Cauchy and Schwarz).
    const double length = std::sqrt(squares);
    const double room = 2.1e9 / (511 * std::sqrt(layout.padded));
    const double scale = std::min(32'000 / largest, room / length);
    Query query;
    query.step = static_cast<float>(1 / (scale * length));
    query.numbers.resize(static_cast<size_t>(layout.padded));
    std::transform(vector.begin(), vector.end(), query.numbers.begin(), [scale](float number) {
        return static_cast<qint16>(std::lround(static_cast<double>(number) * scale));
    });
    query.signs.resize(static_cast<size_t>(layout.signWords));
    layout.signsOf(query.numbers, query.step, query.signs.data());
    return query;
}

VectorSearch::VectorSearch(const Query &query, const VectorLayout &layout, int count,
                           const VectorFilter &filter)
    : m_query(query), m_layout(layout), m_count(count), m_filter(filter),
      m_counts(static_cast<size_t>(layout.signWords) * 64 + 1)
{
}

/// Whether the filter lets it through.
bool VectorSearch::isOpen(const VectorBlock &block, int slot)
{
    const qint64 document = block.document(slot);
    if (m_filter.documents && (!m_asked || document != m_document)) {
        m_documentOpen = m_filter.documents->contains(document);
        m_document = document;
        m_asked = true;
    }
    if (m_filter.documents && !m_documentOpen)
        return false;
    return !m_filter.accepts || m_filter.accepts(block.id(slot), document);
}

/// Notes the differences of a block's vectors.
void VectorSearch::measure(const VectorBlock &block)
{
    const int count = block.count();
    const size_t first = m_differences.size();
    m_differences.resize(first + static_cast<size_t>(count));
    quint16 *differences = m_differences.data() + first;
    // Without signs none differs, so that all are candidates.
    if (m_layout.signWords > 0)
        block.differences(m_query.signs.data(), 0, count, differences);
    const bool filters = m_filter.documents || m_filter.accepts;
    for (int slot = 0; slot < count; ++slot) {
        if (!block.isRemoved(slot) && (!filters || isOpen(block, slot)))
            ++m_counts[differences[slot]];
        else
            differences[slot] = kClosed;
    }
}

/// Candidates are those with at most so many differences.
int VectorSearch::limit() const
{
    const int all = std::accumulate(m_counts.begin(), m_counts.end(), 0);
    const int wanted = std::max({kFewestCandidates, all / kPartOfAll, m_count * kForEachHit});
    int limit = 0;
    for (int sum = m_counts.front(); sum < std::min(wanted, all); sum += m_counts[static_cast<size_t>(limit)])
        ++limit;
    return limit;
}

std::optional<QVector<VectorHit>> VectorSearch::run(const Blocks &blocks, const base::CancelToken &cancel)
{
    m_differences.reserve(blocks.size() * VectorBlock::kSlots);
    std::vector<int> sizes; // a block may grow meanwhile
    for (const auto &block : blocks) {
        if (cancel.isCancelled())
            return std::nullopt;
        const size_t before = m_differences.size();
        measure(*block);
        sizes.push_back(static_cast<int>(m_differences.size() - before));
    }
    const int most = limit();
    const quint16 *differences = m_differences.data();
    NearestVectors nearest(m_count);
    std::vector<int> candidates; // of one block
    for (size_t i = 0; i < blocks.size(); differences += sizes[i++]) {
        if (cancel.isCancelled())
            return std::nullopt;
        const VectorBlock &block = *blocks[i];
        candidates.clear();
        for (int slot = 0; slot < sizes[i]; ++slot) {
            if (differences[slot] > most)
                continue;
            block.fetch(slot); // they lie far apart, and memory is slow
            candidates.push_back(slot);
        }
        for (const int slot : candidates) {
            const float score = block.product(m_query.numbers.data(), slot) * m_query.step;
            nearest.offer({block.id(slot), block.document(slot), score});
        }
    }
    return nearest.take();
}

} // namespace lectern::vectors
