// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "embed/Matrix.h"

namespace lectern::embed {

/// Rows are multiplied so many at a time: whoever makes arrays of rows makes room for a multiple of it.
inline constexpr int kRowBlock = 4;
/// The longest text in pieces; what comes after is not read, as in the reference.
inline constexpr int kMostPieces = 128;

/// Room that attend() needs for its own use.
struct AttentionRoom {
    alignas(64) float keys[128 * kMostPieces]; ///< of one head, turned: [number][piece]
    alignas(64) float weights[kMostPieces];
};

/// The costly parts of the forward pass. There is one set of functions for every processor and one for those
/// with AVX2; both give the same bits, since whole numbers are exact and floats are rounded in the same
/// order.
struct Arithmetic {
    /// Rows of floats as whole numbers of 15 bits: numbers · step. The rest of the last block becomes 0.
    void (*quantise)(const float *values, int rows, int columns, qint16 *numbers, float *steps);
    /// results[row][output] = bias + steps[row] · numbers[row] · weights. Writes whole blocks of rows.
    void (*multiply)(const Matrix &matrix, const qint16 *numbers, const float *steps, int rows,
                     float *results);
    /// Brings each row to mean 0 and variance 1, then scales and shifts it.
    void (*normalise)(const Norm &norm, const float *values, int rows, float *results);
    /// Four heads of scaled dot-product attention over the pieces of one text, at most kMostPieces.
    /// `values`: queries, keys and values, [rows][3][width]; `results`: [rows][width].
    void (*attend)(const float *values, int rows, int width, AttentionRoom &room, float *results);
};

/// The fastest that this processor can do.
[[nodiscard]] const Arithmetic &arithmetic();
/// What every processor can do.
[[nodiscard]] const Arithmetic &plainArithmetic();
/// Null where the processor has no AVX2.
[[nodiscard]] const Arithmetic *avx2Arithmetic();

} // namespace lectern::embed
