// SPDX-License-Identifier: GPL-3.0-or-later
#include "embed/PieceTokenizer.h"

#include <QByteArrayView>
#include <QVector>

#include <algorithm>
#include <map>

namespace lectern::embed {

namespace {

constexpr char16_t kSpace = 0x2581; // "▁"

/// The code points of the text as the vocabulary has them. A lone surrogate is one of its own.
std::vector<char32_t> symbolsOf(QStringView text)
{
    const QString normal =
        text.left(PieceTokenizer::kMostUnits).toString().normalized(QString::NormalizationForm_KC);
    std::vector<char32_t> symbols;
    if (normal.isEmpty())
        return symbols;
    symbols.reserve(static_cast<size_t>(normal.size()) + 1);
    symbols.push_back(kSpace);
    for (qsizetype i = 0; i < normal.size(); ++i) {
        const QChar unit = normal.at(i);
        if (unit.isHighSurrogate() && i + 1 < normal.size() && normal.at(i + 1).isLowSurrogate())
            symbols.push_back(QChar::surrogateToUcs4(unit, normal.at(++i)));
        else
            symbols.push_back(unit == u' ' ? kSpace : unit.unicode());
    }
    return symbols;
}

} // namespace

PieceTokenizer::PieceTokenizer(const std::vector<std::string_view> &pieces, const double *scores)
    : m_scores(scores, scores + pieces.size())
{
    // Built with a map for each place, then laid out flat.
    struct Draft {
        std::map<char32_t, int> children;
        int piece = -1;
    };
    std::vector<Draft> drafts(1);
    for (size_t number = kReserved; number < pieces.size(); ++number) {
        const std::string_view piece = pieces[number];
        int at = 0;
        const auto size = static_cast<qsizetype>(piece.size());
        for (const char32_t symbol : QString::fromUtf8(piece.data(), size).toUcs4()) {
            const auto next =
                drafts[static_cast<size_t>(at)].children.try_emplace(symbol, static_cast<int>(drafts.size()));
            if (next.second)
                drafts.emplace_back();
            at = next.first->second;
        }
        drafts[static_cast<size_t>(at)].piece = static_cast<int>(number);
    }
    for (const Draft &draft : drafts) {
        m_nodes.push_back(
            {static_cast<int>(m_edges.size()), static_cast<int>(draft.children.size()), draft.piece});
        for (const auto &[symbol, node] : draft.children)
            m_edges.push_back({symbol, node});
    }
    for (const auto &[symbol, node] : drafts.front().children)
        m_roots.insert(symbol, node);
}

int PieceTokenizer::childOf(int node, char32_t symbol) const
{
    const Node &from = m_nodes[static_cast<size_t>(node)];
    const auto begin = m_edges.begin() + from.firstEdge;
    const auto end = begin + from.edges;
    const auto found = std::lower_bound(begin, end, symbol,
                                        [](const Edge &edge, char32_t value) { return edge.symbol < value; });
    return found != end && found->symbol == symbol ? found->node : -1;
}

std::vector<int> PieceTokenizer::encode(QStringView text) const
{
    const std::vector<char32_t> symbols = symbolsOf(text);
    struct Ending {
        double best = 0; // 0: nothing yet, as in the reference
        int piece = kUnknown;
        int length = 1;
    };
    std::vector<Ending> endings(symbols.size() + 1);
    for (size_t start = 0; start < symbols.size(); ++start) {
        const double before = endings[start].best;
        const auto offer = [&](size_t length, int piece, double score) {
            Ending &ending = endings[start + length];
            if (ending.best == 0 || before + score >= ending.best)
                ending = {before + score, piece, static_cast<int>(length)};
        };
        bool found = false;
        int node = m_roots.value(symbols[start], -1);
        for (size_t length = 1; node >= 0; ++length) {
            const int piece = m_nodes[static_cast<size_t>(node)].piece;
            if (piece >= 0)
                offer(length, piece, m_scores[static_cast<size_t>(piece)]);
            found = found || piece >= 0;
            node = start + length < symbols.size() ? childOf(node, symbols[start + length]) : -1;
        }
        if (!found)
            offer(1, kUnknown, 0);
    }

    std::vector<int> pieces;
    for (size_t at = symbols.size(); at > 0; at -= static_cast<size_t>(endings[at].length)) {
        if (pieces.empty() || pieces.back() != kUnknown || endings[at].piece != kUnknown)
            pieces.push_back(endings[at].piece);
    }
    std::reverse(pieces.begin(), pieces.end());
    return pieces;
}

} // namespace lectern::embed
