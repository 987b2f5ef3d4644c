// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "embed/Arithmetic.h"
#include "embed/Embedding.h"
#include "embed/ModelFile.h"

#include <span>
#include <vector>

namespace lectern::embed {

/// The forward pass of Universal Sentence Encoder Lite: a transformer of two layers with four heads each over
/// the pieces of a text, their mean, one more layer (D. Cer et al., "Universal Sentence Encoder", 2018; A.
/// Vaswani et al., "Attention Is All You Need", 2017). Several texts go through the matrices together, so
/// that each weight is fetched once for all; a text's vector does not depend on its company. Immutable: any
/// thread may use it, each with its own Room.
class Transformer {
public:
    /// `model` must outlive this object.
    explicit Transformer(const ModelFile &model, const Arithmetic &arithmetic = embed::arithmetic());

    /// So many pieces go through at once.
    static constexpr int kMostRows = 132;

    /// Working memory, 2.6 MB.
    class Room {
    public:
        Room();

    private:
        friend class Transformer;
        std::vector<float> m_pieces;   ///< [row][kWidth]
        std::vector<float> m_residual; ///< [row][kDimensions]
        std::vector<float> m_narrow;   ///< [row][kDimensions]
        std::vector<float> m_wide;     ///< [row][3 * kDimensions]
        std::vector<qint16> m_numbers; ///< [row][3 * kDimensions]
        std::vector<float> m_steps;    ///< [row]
        AttentionRoom m_attention;
    };

    /// The vectors of texts given as pieces, of which the first kMostPieces of each are read. Together they
    /// must be at most kMostRows, and as many texts. A text without pieces gets the vector of nothing at all.
    void embed(std::span<const std::vector<int>> texts, Room &room, Embedding *results) const;

    /// How many rows a text takes.
    [[nodiscard]] static int rowsOf(const std::vector<int> &text);

private:
    void look(std::span<const std::vector<int>> texts, float *rows) const;
    void multiply(const Matrix &matrix, const float *values, int rows, Room &room, float *results) const;
    void attend(const Layer &layer, std::span<const std::vector<int>> texts, const float *values, int rows,
                Room &room) const;
    void feedForward(const Layer &layer, int rows, Room &room) const;
    void conclude(std::span<const std::vector<int>> texts, Room &room, Embedding *results) const;

    const ModelFile &m_model;
    const Arithmetic &m_arithmetic;
    std::vector<float> m_places; ///< what is added to a piece for its place, [kMostPieces][kWidth]
};

} // namespace lectern::embed
