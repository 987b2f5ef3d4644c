// SPDX-License-Identifier: GPL-3.0-or-later
#include "embed/ArithmeticBody.h"

namespace lectern::embed {

namespace {

void quantise(const float *values, int rows, int columns, qint16 *numbers, float *steps)
{
    body::quantise(values, rows, columns, numbers, steps);
}

void normalise(const Norm &norm, const float *values, int rows, float *results)
{
    body::normalise(norm, values, rows, results);
}

void attend(const float *values, int rows, int width, AttentionRoom &room, float *results)
{
    body::attend(values, rows, width, room, results);
}

/// One row with one panel of the matrix.
void multiplyRow(const Matrix &matrix, int panel, const qint16 *numbers, float step, float *results)
{
    const qsizetype first = static_cast<qsizetype>(panel) * kPanel;
    const qint8 *weights = matrix.weights + first * matrix.inputs * matrix.parts;
    float sums[kPanel] = {};
    for (int start = 0; start < matrix.inputs * matrix.parts; start += kGroup) {
        const qint16 *pairs = numbers + start % matrix.inputs;
        qint32 products[kPanel] = {};
        for (int pair = 0; pair < kGroup / 2; ++pair, pairs += 2, weights += 2 * kPanel) {
            for (int i = 0; i < kPanel; ++i)
                products[i] += pairs[0] * weights[2 * i] + pairs[1] * weights[2 * i + 1];
        }
        const float *steps = matrix.steps + static_cast<qsizetype>(start / kGroup) * matrix.outputs + first;
        for (int i = 0; i < kPanel; ++i)
            sums[i] += static_cast<float>(products[i]) * steps[i];
    }
    for (int i = 0; i < kPanel; ++i)
        results[i] = sums[i] * step + matrix.bias[first + i];
}

void multiply(const Matrix &matrix, const qint16 *numbers, const float *steps, int rows, float *results)
{
    for (int panel = 0; panel < matrix.outputs / kPanel; ++panel) {
        for (int row = 0; row < rows; ++row) {
            multiplyRow(matrix, panel, numbers + static_cast<qsizetype>(row) * matrix.inputs, steps[row],
                        results + static_cast<qsizetype>(row) * matrix.outputs + panel * kPanel);
        }
    }
}

} // namespace

const Arithmetic &plainArithmetic()
{
    static constexpr Arithmetic plain{quantise, multiply, normalise, attend};
    return plain;
}

const Arithmetic &arithmetic()
{
    const Arithmetic *avx2 = avx2Arithmetic();
    return avx2 ? *avx2 : plainArithmetic();
}

} // namespace lectern::embed
