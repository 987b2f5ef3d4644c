// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/TokenRanks.h"

#include <string_view>
#include <vector>

namespace lectern::models {

/// Splits one piece of text into tokens by merging neighbours, lowest rank first and leftmost among equals,
/// until no two neighbours are a sequence of the vocabulary. Reuses its memory from piece to piece: one per
/// thread.
class BytePairs {
public:
    explicit BytePairs(const TokenRanks &ranks) : m_ranks(ranks) {}

    /// Appends the tokens of a piece. Time n·log n in its bytes, however long it is.
    void encode(std::string_view piece, std::vector<qint32> &tokens);

private:
    /// A place where a sequence starts, and the rank it would have together with the next one.
    struct Part {
        size_t start = 0;
        qint32 rank = TokenRanks::kNone;
    };
    /// A merge that was possible when it was noted.
    struct Merge {
        qint32 rank = 0;
        size_t start = 0;
        size_t end = 0;
        /// What comes out of the heap last.
        friend bool operator<(const Merge &a, const Merge &b)
        {
            return a.rank != b.rank ? a.rank > b.rank : a.start > b.start;
        }
    };

    void encodeShort(std::string_view piece, std::vector<qint32> &tokens);
    void encodeLong(std::string_view piece, std::vector<qint32> &tokens);
    void note(std::string_view piece, size_t start, size_t end);

    const TokenRanks &m_ranks;
    std::vector<Part> m_parts;
    std::vector<Merge> m_heap;
    std::vector<size_t> m_next; ///< by start: where the following sequence starts; 0 inside a sequence
    std::vector<size_t> m_previous;
};

} // namespace lectern::models
