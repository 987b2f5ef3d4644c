// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <QStringView>

#include <string_view>
#include <vector>

namespace lectern::embed {

/// Cuts a text into pieces of a SentencePiece unigram vocabulary: NFKC, "▁" for each space and in front, then
/// the sequence of pieces with the highest sum of scores. Follows the reference implementation in what is its
/// own: among equals the shorter last piece wins, a sum of 0 counts as none, a character that begins no piece
/// costs nothing, and a run of such characters is one unknown piece. Immutable, so any thread may use it.
class PieceTokenizer {
public:
    /// `pieces`: UTF-8, in the order of their numbers; `scores` as many.
    PieceTokenizer(const std::vector<std::string_view> &pieces, const double *scores);

    /// No more UTF-16 units of a text are read: four times what the longest pieces fill at their most.
    static constexpr qsizetype kMostUnits = 8192;
    static constexpr int kUnknown = 0;  ///< the piece of characters that are in no other
    static constexpr int kReserved = 6; ///< so many pieces in front stand for no text

    /// The numbers of the pieces. Linear. Any text is accepted, lone surrogates too.
    [[nodiscard]] std::vector<int> encode(QStringView text) const;

private:
    /// A place in the tree of beginnings of pieces. Its children are edges [firstEdge, firstEdge + edges).
    struct Node {
        int firstEdge = 0;
        int edges = 0;
        int piece = -1; ///< the piece that ends here
    };
    struct Edge {
        char32_t symbol = 0;
        int node = 0;
    };

    [[nodiscard]] int childOf(int node, char32_t symbol) const;

    std::vector<Node> m_nodes;
    std::vector<Edge> m_edges;
    QHash<char32_t, int> m_roots; ///< first symbols, of which there are many
    std::vector<double> m_scores;
};

} // namespace lectern::embed
