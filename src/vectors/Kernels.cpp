// SPDX-License-Identifier: GPL-3.0-or-later
#include "vectors/Kernels.h"

#include <algorithm>
#include <bit>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace lectern::vectors {

namespace {

/// Compiled once for each kind of processor, as the `target` of the function says that calls it.
[[gnu::always_inline]] inline qint32 productBody(const qint16 *query, const qint8 *upper, const quint8 *lower,
                                                 int dimensions)
{
    const int quarter = dimensions / 4;
    qint32 sum = 0;
    for (int part = 0; part < 4; ++part, query += quarter, upper += quarter) {
        for (int i = 0; i < quarter; ++i) {
            const auto number = static_cast<qint16>(upper[i] * 4 + (lower[i] >> (2 * part) & 3));
            sum += query[i] * number;
        }
    }
    return sum;
}

qint32 plainProduct(const qint16 *query, const qint8 *upper, const quint8 *lower, int dimensions)
{
    return productBody(query, upper, lower, dimensions);
}

void plainDifferences(const quint64 *query, const quint64 *signs, int words, int count, quint16 *results)
{
    for (int vector = 0; vector < count; ++vector, signs += words) {
        int sum = 0;
        for (int word = 0; word < words; ++word)
            sum += std::popcount(query[word] ^ signs[word]);
        results[vector] = static_cast<quint16>(sum);
    }
}

#if defined(__x86_64__)

[[gnu::target("avx2")]] qint32 avx2Product(const qint16 *query, const qint8 *upper, const quint8 *lower,
                                           int dimensions)
{
    return productBody(query, upper, lower, dimensions);
}

/// Counts bits by looking up each half of a byte (W. Muła, N. Kurz, D. Lemire, "Faster Population Counts
/// Using AVX2 Instructions", 2018).
[[gnu::target("avx2")]] void avx2Differences(const quint64 *query, const quint64 *signs, int words, int count,
                                             quint16 *results)
{
    const __m256i bitsOfHalf = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1,
                                                2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    const __m256i half = _mm256_set1_epi8(15);
    for (int vector = 0; vector < count; ++vector, signs += words) {
        __m256i sums = _mm256_setzero_si256();
        for (int word = 0; word < words; word += kSignWords) {
            const __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(query + word));
            const __m256i b = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(signs + word));
            const __m256i both = _mm256_xor_si256(a, b);
            const __m256i low = _mm256_shuffle_epi8(bitsOfHalf, _mm256_and_si256(both, half));
            const __m256i high =
                _mm256_shuffle_epi8(bitsOfHalf, _mm256_and_si256(_mm256_srli_epi16(both, 4), half));
            sums =
                _mm256_add_epi64(sums, _mm256_sad_epu8(_mm256_add_epi8(low, high), _mm256_setzero_si256()));
        }
        const __m128i pair = _mm_add_epi64(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
        results[vector] = static_cast<quint16>(_mm_extract_epi16(pair, 0) + _mm_extract_epi16(pair, 4));
    }
}

#endif

} // namespace

void packNumbers(std::span<const qint16> numbers, qint8 *upper, quint8 *lower)
{
    const auto quarter = static_cast<size_t>(quarterOf(static_cast<int>(numbers.size())));
    std::fill_n(lower, quarter, quint8{0});
    for (size_t start = 0; start < numbers.size(); start += quarter) {
        const size_t shift = 2 * (start / quarter);
        for (size_t j = 0; j < std::min(quarter, numbers.size() - start); ++j) {
            upper[start + j] = static_cast<qint8>(numbers[start + j] >> 2);
            lower[j] = static_cast<quint8>(lower[j] | (numbers[start + j] & 3) << shift);
        }
    }
}

void unpackNumbers(const qint8 *upper, const quint8 *lower, std::span<qint16> numbers)
{
    const auto quarter = static_cast<size_t>(quarterOf(static_cast<int>(numbers.size())));
    for (size_t start = 0; start < numbers.size(); start += quarter) {
        const size_t shift = 2 * (start / quarter);
        for (size_t j = 0; j < std::min(quarter, numbers.size() - start); ++j)
            numbers[start + j] = static_cast<qint16>(upper[start + j] * 4 + (lower[j] >> shift & 3));
    }
}

const Kernels &plainKernels()
{
    static constexpr Kernels plain{plainDifferences, plainProduct};
    return plain;
}

const Kernels *avx2Kernels()
{
#if defined(__x86_64__)
    static constexpr Kernels fast{avx2Differences, avx2Product};
    return __builtin_cpu_supports("avx2") ? &fast : nullptr;
#else
    return nullptr;
#endif
}

const Kernels &kernels()
{
    const Kernels *fast = avx2Kernels();
    return fast ? *fast : plainKernels();
}

} // namespace lectern::vectors
