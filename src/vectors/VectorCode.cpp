// SPDX-License-Identifier: GPL-3.0-or-later
#include "vectors/VectorCode.h"

#include "vectors/Kernels.h"

#include <QtEndian>

#include <algorithm>
#include <bit>
#include <cmath>

namespace lectern::vectors {

namespace {

// Byte 0 the version, 1 zero, 2 to 3 the dimensions, 4 to 7 the step (a float), 8 to 11 the check sum, then
// the numbers. Little endian.
constexpr char kVersion = 1;
constexpr qsizetype kHeader = 12;
constexpr qsizetype kCheckSum = 8;
constexpr float kMostSteps = 511;

qsizetype sizeFor(int dimensions)
{
    return kHeader + dimensions + quarterOf(dimensions);
}

/// FNV-1a of everything but the check sum itself.
quint32 checkSumOf(QByteArrayView bytes)
{
    quint32 hash = 2166136261U;
    const auto take = [&](QByteArrayView part) {
        for (const char byte : part)
            hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619U;
    };
    take(bytes.first(kCheckSum));
    take(bytes.sliced(kHeader));
    return hash;
}

} // namespace

base::Result<QByteArray> encodeVector(std::span<const float> vector)
{
    double squares = 0;
    float largest = 0;
    for (const float number : vector) {
        squares += static_cast<double>(number) * static_cast<double>(number);
        largest = std::max(largest, std::abs(number));
    }
    if (vector.size() > kMostDimensions || !std::isfinite(squares) || largest < 1e-30F)
        return base::fail(base::ErrorCode::InvalidArgument, QStringLiteral("a vector without a direction"));

    std::vector<qint16> numbers;
    numbers.reserve(vector.size());
    double product = 0; // of the vector and its whole numbers
    double length = 0;  // of the whole numbers, squared
    for (const float number : vector) {
        const float whole = std::round(number / largest * kMostSteps);
        numbers.push_back(static_cast<qint16>(whole));
        product += static_cast<double>(whole) * static_cast<double>(number);
        length += static_cast<double>(whole) * static_cast<double>(whole);
    }
    const auto dimensions = static_cast<int>(vector.size());
    QByteArray bytes(sizeFor(dimensions), '\0');
    bytes[0] = kVersion;
    qToLittleEndian(static_cast<quint16>(dimensions), bytes.data() + 2);
    // The step that leaves the least error, for the vector brought to length 1.
    const auto step = static_cast<float>(product / length / std::sqrt(squares));
    qToLittleEndian(std::bit_cast<quint32>(step), bytes.data() + 4);
    auto *upper = reinterpret_cast<qint8 *>(bytes.data() + kHeader);
    packNumbers(numbers, upper, reinterpret_cast<quint8 *>(upper) + dimensions);
    qToLittleEndian(checkSumOf(bytes), bytes.data() + kCheckSum);
    return bytes;
}

base::Result<VectorCode> decodeVector(QByteArrayView bytes)
{
    const auto damaged = [] {
        return base::fail(base::ErrorCode::Database, QStringLiteral("a damaged vector"));
    };
    if (bytes.size() <= kHeader || bytes[0] != kVersion || bytes[1] != 0)
        return damaged();
    const int dimensions = qFromLittleEndian<quint16>(bytes.data() + 2);
    if (dimensions < 1 || dimensions > kMostDimensions || bytes.size() != sizeFor(dimensions) ||
        qFromLittleEndian<quint32>(bytes.data() + kCheckSum) != checkSumOf(bytes))
        return damaged();
    VectorCode code;
    code.step = std::bit_cast<float>(qFromLittleEndian<quint32>(bytes.data() + 4));
    code.numbers.resize(static_cast<size_t>(dimensions));
    const auto *upper = reinterpret_cast<const qint8 *>(bytes.data() + kHeader);
    unpackNumbers(upper, reinterpret_cast<const quint8 *>(upper) + dimensions, code.numbers);
    // One of another length would stand before or behind all others in every search.
    double squares = 0;
    for (const qint16 number : code.numbers)
        squares += static_cast<double>(number) * number;
    const double length = std::sqrt(squares) * static_cast<double>(code.step);
    if (!(std::abs(length - 1) < 0.05))
        return damaged();
    return code;
}

} // namespace lectern::vectors
