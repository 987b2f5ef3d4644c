// SPDX-License-Identifier: GPL-3.0-or-later
#include "embed/ArithmeticBody.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace lectern::embed {

#if defined(__x86_64__)

namespace {

[[gnu::target("avx2")]] void quantise(const float *values, int rows, int columns, qint16 *numbers,
                                      float *steps)
{
    body::quantise(values, rows, columns, numbers, steps);
}

[[gnu::target("avx2")]] void normalise(const Norm &norm, const float *values, int rows, float *results)
{
    body::normalise(norm, values, rows, results);
}

[[gnu::target("avx2")]] void attend(const float *values, int rows, int width, AttentionRoom &room,
                                    float *results)
{
    body::attend(values, rows, width, room, results);
}

/// A block of rows with one panel of the matrix: two registers of eight outputs for each row. One instruction
/// multiplies 16 pairs of 16-bit numbers and adds neighbours, which is why inputs come in pairs.
[[gnu::target("avx2")]] void multiplyBlock(const Matrix &matrix, int panel, const qint16 *numbers,
                                           const float *rowSteps, float *results)
{
    const qsizetype first = static_cast<qsizetype>(panel) * kPanel;
    const qint8 *weights = matrix.weights + first * matrix.inputs * matrix.parts;
    alignas(32) float sums[kRowBlock][kPanel] = {};
    for (int start = 0; start < matrix.inputs * matrix.parts; start += kGroup) {
        const qint16 *pairs = numbers + start % matrix.inputs;
        __m256i products[kRowBlock][2] = {};
        for (int pairOf = 0; pairOf < kGroup / 2; ++pairOf, pairs += 2, weights += 2 * kPanel) {
            const auto *bytes = reinterpret_cast<const __m128i *>(weights);
            const __m256i low = _mm256_cvtepi8_epi16(_mm_loadu_si128(bytes));
            const __m256i high = _mm256_cvtepi8_epi16(_mm_loadu_si128(bytes + 1));
#pragma GCC unroll 4
            for (int row = 0; row < kRowBlock; ++row) {
                qint32 pair = 0;
                __builtin_memcpy(&pair, pairs + static_cast<qsizetype>(row) * matrix.inputs, sizeof pair);
                const __m256i both = _mm256_set1_epi32(pair);
                products[row][0] = _mm256_add_epi32(products[row][0], _mm256_madd_epi16(both, low));
                products[row][1] = _mm256_add_epi32(products[row][1], _mm256_madd_epi16(both, high));
            }
        }
        const float *steps = matrix.steps + static_cast<qsizetype>(start / kGroup) * matrix.outputs + first;
#pragma GCC unroll 4
        for (int row = 0; row < kRowBlock; ++row) {
            for (int half = 0; half < 2; ++half) {
                float *sum = sums[row] + 8 * half;
                const __m256 scaled =
                    _mm256_mul_ps(_mm256_cvtepi32_ps(products[row][half]), _mm256_loadu_ps(steps + 8 * half));
                _mm256_store_ps(sum, _mm256_add_ps(_mm256_load_ps(sum), scaled));
            }
        }
    }
    for (int row = 0; row < kRowBlock; ++row) {
        float *to = results + static_cast<qsizetype>(row) * matrix.outputs + first;
        for (int i = 0; i < kPanel; ++i)
            to[i] = sums[row][i] * rowSteps[row] + matrix.bias[first + i];
    }
}

[[gnu::target("avx2")]] void multiply(const Matrix &matrix, const qint16 *numbers, const float *steps,
                                      int rows, float *results)
{
    for (int panel = 0; panel < matrix.outputs / kPanel; ++panel) {
        for (int row = 0; row < rows; row += kRowBlock) {
            multiplyBlock(matrix, panel, numbers + static_cast<qsizetype>(row) * matrix.inputs, steps + row,
                          results + static_cast<qsizetype>(row) * matrix.outputs);
        }
    }
}

} // namespace

const Arithmetic *avx2Arithmetic()
{
    static constexpr Arithmetic fast{quantise, multiply, normalise, attend};
    return __builtin_cpu_supports("avx2") ? &fast : nullptr;
}

#else

const Arithmetic *avx2Arithmetic()
{
    return nullptr;
}

#endif

} // namespace lectern::embed
