// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/BytePairs.h"

#include <algorithm>

namespace lectern::models {

namespace {

/// Up to here looking through all parts for the best merge is faster than keeping a heap.
constexpr size_t kShort = 96;

} // namespace

void BytePairs::encode(std::string_view piece, std::vector<qint32> &tokens)
{
    if (piece.empty())
        return;
    if (const qint32 whole = m_ranks.rankOf(piece); whole != TokenRanks::kNone)
        tokens.push_back(whole);
    else if (piece.size() <= kShort)
        encodeShort(piece, tokens);
    else
        encodeLong(piece, tokens);
}

void BytePairs::encodeShort(std::string_view piece, std::vector<qint32> &tokens)
{
    // One part for every byte, and one for the end, which never merges.
    m_parts.clear();
    for (size_t i = 0; i <= piece.size(); ++i)
        m_parts.push_back(
            {i, i + 2 <= piece.size() ? m_ranks.rankOf(piece.substr(i, 2)) : TokenRanks::kNone});

    const auto rankAt = [&](size_t index) {
        if (index + 2 >= m_parts.size())
            return TokenRanks::kNone;
        const size_t start = m_parts[index].start;
        return m_ranks.rankOf(piece.substr(start, m_parts[index + 2].start - start));
    };
    while (m_parts.size() > 2) {
        size_t best = m_parts.size();
        for (size_t i = 0; i + 2 < m_parts.size(); ++i) {
            const qint32 rank = m_parts[i].rank;
            if (rank != TokenRanks::kNone && (best == m_parts.size() || rank < m_parts[best].rank))
                best = i;
        }
        if (best == m_parts.size())
            break;
        m_parts.erase(m_parts.begin() + static_cast<std::ptrdiff_t>(best) + 1);
        m_parts[best].rank = rankAt(best);
        if (best > 0)
            m_parts[best - 1].rank = rankAt(best - 1);
    }
    for (size_t i = 0; i + 1 < m_parts.size(); ++i)
        tokens.push_back(
            m_ranks.rankOf(piece.substr(m_parts[i].start, m_parts[i + 1].start - m_parts[i].start)));
}

void BytePairs::note(std::string_view piece, size_t start, size_t end)
{
    const qint32 rank = m_ranks.rankOf(piece.substr(start, end - start));
    if (rank == TokenRanks::kNone)
        return;
    m_heap.push_back({rank, start, end});
    std::push_heap(m_heap.begin(), m_heap.end());
}

void BytePairs::encodeLong(std::string_view piece, std::vector<qint32> &tokens)
{
    const size_t size = piece.size();
    m_next.resize(size);
    m_previous.resize(size + 1);
    m_heap.clear();
    for (size_t i = 0; i < size; ++i) {
        m_next[i] = i + 1;
        m_previous[i + 1] = i;
        if (i + 2 <= size)
            note(piece, i, i + 2);
    }
    while (!m_heap.empty()) {
        std::pop_heap(m_heap.begin(), m_heap.end());
        const Merge merge = m_heap.back();
        m_heap.pop_back();
        // Noted before one of its halves was merged with another neighbour: no longer possible.
        const size_t middle = m_next[merge.start];
        if (middle == 0 || middle == size || m_next[middle] != merge.end)
            continue;
        m_next[merge.start] = merge.end;
        m_next[middle] = 0;
        m_previous[merge.end] = merge.start;
        if (merge.end < size)
            note(piece, merge.start, m_next[merge.end]);
        if (merge.start > 0)
            note(piece, m_previous[merge.start], merge.end);
    }
    for (size_t at = 0; at < size; at = m_next[at])
        tokens.push_back(m_ranks.rankOf(piece.substr(at, m_next[at] - at)));
}

} // namespace lectern::models
