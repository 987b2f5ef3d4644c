// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <span>

namespace lectern::vectors {

/// Numbers of a code in memory are padded with zeros to a multiple of so many.
inline constexpr int kPadding = 64;
/// Signs take whole multiples of so many words of 64 bits.
inline constexpr int kSignWords = 4;

/// Lays numbers out as they are stored and kept in memory: the upper eight bits of each, then the lower two,
/// four in a byte: byte j has those of the numbers j, j + quarter, j + 2 · quarter and j + 3 · quarter, where
/// a quarter is as long as there are such bytes. So a processor unpacks many at once.
void packNumbers(std::span<const qint16> numbers, qint8 *upper, quint8 *lower);
/// The reverse.
void unpackNumbers(const qint8 *upper, const quint8 *lower, std::span<qint16> numbers);
/// Length of `lower` for so many numbers.
[[nodiscard]] constexpr int quarterOf(int dimensions)
{
    return (dimensions + 3) / 4;
}

/// What searches spend their time with. There is one set of functions for every processor and one for those
/// with AVX2; both give the same numbers.
struct Kernels {
    /// In how many signs the query and each of `count` vectors differ. `words`: of one, a multiple of
    /// kSignWords.
    void (*differences)(const quint64 *query, const quint64 *signs, int words, int count, quint16 *results);
    /// Inner product of a query with a code packed by packNumbers(). The sum must fit 32 bits: the caller
    /// scales the query so. `dimensions`: a multiple of kPadding.
    qint32 (*product)(const qint16 *query, const qint8 *upper, const quint8 *lower, int dimensions);
};

/// The fastest that this processor can do.
[[nodiscard]] const Kernels &kernels();
[[nodiscard]] const Kernels &plainKernels();
/// Null where the processor has no AVX2.
[[nodiscard]] const Kernels *avx2Kernels();

} // namespace lectern::vectors
