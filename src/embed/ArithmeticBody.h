// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "embed/Arithmetic.h"

#include <algorithm>
#include <bit>
#include <cmath>

/// The bodies of the functions in Arithmetic. They are compiled once for each kind of processor: whoever
/// calls them says by its own `target` attribute for which. Loops have the form that the compiler turns into
/// vector instructions without changing the order in which anything is rounded.
namespace lectern::embed::body {

/// Sums are kept in so many parts, in every processor alike.
inline constexpr int kLanes = 8;
inline constexpr int kHeads = 4;

/// The nearest whole number of a float below 2^22, halves to even: adding 1.5 · 2^23 leaves it in the lowest
/// bits.
[[gnu::always_inline]] inline qint32 rounded(float value)
{
    constexpr float magic = 12582912.0F;
    return std::bit_cast<qint32>(value + magic) - std::bit_cast<qint32>(magic);
}

/// e to the power of `x` <= 0: 2^n times a polynomial (Taylor's, of degree 6) on ±ln 2 / 2; error below 2e-7
/// of the value.
[[gnu::always_inline]] inline float exponential(float x)
{
    x = std::max(x, -87.0F);
    const qint32 n = rounded(x * 1.44269504F);
    const auto power = static_cast<float>(n);
    const float r = (x - power * 0.693359375F) + power * 2.12194440e-4F;
    float sum = 1.0F / 720;
    sum = sum * r + 1.0F / 120;
    sum = sum * r + 1.0F / 24;
    sum = sum * r + 1.0F / 6;
    sum = sum * r + 0.5F;
    sum = sum * r + 1.0F;
    sum = sum * r + 1.0F;
    return sum * std::bit_cast<float>((n + 127) << 23);
}

[[gnu::always_inline]] inline float total(const float *parts)
{
    float sum = 0;
    for (int lane = 0; lane < kLanes; ++lane)
        sum += parts[lane];
    return sum;
}

[[gnu::always_inline]] inline void quantise(const float *values, int rows, int columns, qint16 *numbers,
                                            float *steps)
{
    constexpr float most = 32767;
    for (int row = 0; row < rows; ++row) {
        const float *from = values + static_cast<qsizetype>(row) * columns;
        float parts[kLanes] = {};
        for (int i = 0; i < columns; i += kLanes) {
            for (int lane = 0; lane < kLanes; ++lane) {
                const float size = std::abs(from[i + lane]);
                parts[lane] = parts[lane] > size ? parts[lane] : size;
            }
        }
        const float largest = *std::max_element(parts, parts + kLanes);
        const float scale = largest > 0 ? most / largest : 0;
        qint16 *to = numbers + static_cast<qsizetype>(row) * columns;
        for (int i = 0; i < columns; ++i)
            to[i] = static_cast<qint16>(rounded(from[i] * scale));
        steps[row] = largest / most;
    }
    for (int row = rows; row % kRowBlock != 0; ++row) {
        std::fill_n(numbers + static_cast<qsizetype>(row) * columns, columns, qint16{0});
        steps[row] = 0;
    }
}

[[gnu::always_inline]] inline void normalise(const Norm &norm, const float *values, int rows, float *results)
{
    constexpr float epsilon = 1e-6F;
    for (int row = 0; row < rows; ++row) {
        const float *from = values + static_cast<qsizetype>(row) * norm.width;
        float *to = results + static_cast<qsizetype>(row) * norm.width;
        float parts[kLanes] = {};
        for (int i = 0; i < norm.width; i += kLanes) {
            for (int lane = 0; lane < kLanes; ++lane)
                parts[lane] += from[i + lane];
        }
        const float mean = total(parts) / static_cast<float>(norm.width);
        float squares[kLanes] = {};
        for (int i = 0; i < norm.width; i += kLanes) {
            for (int lane = 0; lane < kLanes; ++lane) {
                const float distance = from[i + lane] - mean;
                squares[lane] += distance * distance;
            }
        }
        const float variance = total(squares) / static_cast<float>(norm.width);
        const float factor = 1.0F / std::sqrt(variance + epsilon);
        for (int i = 0; i < norm.width; ++i)
            to[i] = (from[i] - mean) * (factor * norm.scale[i]) + norm.shift[i];
    }
}

/// What a query's piece takes from each piece: softmax of its products with their keys.
[[gnu::always_inline]] inline void weigh(const float *query, int rows, int size, AttentionRoom &room)
{
    const float scale = 1.0F / std::sqrt(static_cast<float>(size));
    const int whole = (rows + kLanes - 1) / kLanes * kLanes;
    float *weights = room.weights;
    for (int start = 0; start < whole; start += kLanes) {
        float sums[kLanes] = {};
        for (int i = 0; i < size; ++i) {
            const float number = query[i];
            for (int lane = 0; lane < kLanes; ++lane)
                sums[lane] += number * room.keys[i * kMostPieces + start + lane];
        }
        for (int lane = 0; lane < kLanes; ++lane)
            weights[start + lane] = sums[lane] * scale;
    }
    const float largest = *std::max_element(weights, weights + rows);
    for (int i = 0; i < whole; ++i)
        weights[i] = exponential(weights[i] < largest ? weights[i] - largest : 0);
    for (int i = rows; i < whole; ++i)
        weights[i] = 0;
    float parts[kLanes] = {};
    for (int i = 0; i < whole; i += kLanes) {
        for (int lane = 0; lane < kLanes; ++lane)
            parts[lane] += weights[i + lane];
    }
    const float factor = 1.0F / total(parts);
    for (int i = 0; i < whole; ++i)
        weights[i] *= factor;
}

[[gnu::always_inline]] inline void attend(const float *values, int rows, int width, AttentionRoom &room,
                                          float *results)
{
    const int size = width / kHeads;
    const qsizetype stride = 3 * static_cast<qsizetype>(width);
    constexpr int block = 32; // of numbers summed at once: they stay in registers
    for (int head = 0; head < kHeads; ++head) {
        const float *queries = values + head * size;
        const float *keys = queries + width;
        const float *contents = keys + width;
        for (int i = 0; i < size; ++i) {
            for (int row = 0; row < rows; ++row)
                room.keys[i * kMostPieces + row] = keys[row * stride + i];
            for (int row = rows; row % kLanes != 0; ++row)
                room.keys[i * kMostPieces + row] = 0;
        }
        for (int row = 0; row < rows; ++row) {
            weigh(queries + row * stride, rows, size, room);
            float *to = results + static_cast<qsizetype>(row) * width + head * size;
            for (int start = 0; start < size; start += block) {
                float sums[block] = {};
                for (int other = 0; other < rows; ++other) {
                    const float weight = room.weights[other];
                    const float *from = contents + other * stride + start;
                    for (int i = 0; i < block; ++i)
                        sums[i] += weight * from[i];
                }
                std::copy_n(sums, block, to + start);
            }
        }
    }
}

} // namespace lectern::embed::body
