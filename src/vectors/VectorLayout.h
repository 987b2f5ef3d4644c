// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vectors/Kernels.h"

#include <algorithm>
#include <span>
#include <vector>

namespace lectern::vectors {

/// How vectors of an index lie in memory, and from where signs are counted. Immutable.
struct VectorLayout {
    /// Below this many dimensions signs say too little, and a search looks at every code.
    static constexpr int kFewestForSigns = 256;

    explicit VectorLayout(int dimensions)
        : padded((dimensions + kPadding - 1) / kPadding * kPadding),
          signWords(dimensions < kFewestForSigns ? 0
                                                 : (padded / 64 + kSignWords - 1) / kSignWords * kSignWords),
          centre(static_cast<size_t>(dimensions))
    {
    }

    /// One bit for each number that is above the centre. `result`: signWords words.
    void signsOf(std::span<const qint16> numbers, float step, quint64 *result) const
    {
        std::fill_n(result, signWords, quint64{0});
        for (size_t i = 0; i < centre.size() && signWords > 0; ++i) {
            const bool above = static_cast<float>(numbers[i]) * step > centre[i];
            result[i / 64] |= static_cast<quint64>(above) << (i % 64);
        }
    }

    int padded;    ///< numbers of a code
    int signWords; ///< words of 64 bits for the signs of a vector, 0 where there are none
    /// Where the vectors lie in the mean: those of many models lie to one side of zero, and signs counted
    /// from there would hardly tell them apart.
    std::vector<float> centre;
};

} // namespace lectern::vectors
