// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <span>
#include <vector>

namespace lectern::vectors {

/// More numbers than any embedding model gives a vector.
inline constexpr int kMostDimensions = 8192;

/// A vector in 10 bits a number. Each is a whole number of steps, -511 to 511. Its length is 1 but for
/// rounding, so that the inner product of two is the cosine between what they stand for.
struct VectorCode {
    float step = 0;
    std::vector<qint16> numbers;
};

/// A direction as bytes, as it is stored: 12, and five for each four dimensions. Ten bits, since with eight
/// the nearest ten of a million are no longer found as reliably as they should be. Errors: InvalidArgument
/// for a vector without a direction (empty, all zeros, or with a number that is none) or with more than
/// kMostDimensions.
[[nodiscard]] base::Result<QByteArray> encodeVector(std::span<const float> vector);

/// The reverse. Errors: Database when the bytes are not exactly what encodeVector() made.
[[nodiscard]] base::Result<VectorCode> decodeVector(QByteArrayView bytes);

} // namespace lectern::vectors
