// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace lectern::embed {

/// Inputs of a matrix that share one step.
inline constexpr int kGroup = 64;
/// Outputs of a matrix that stand together.
inline constexpr int kPanel = 16;

/// A layer of the network, read in place: outputs = inputs · weights + bias. A weight is a whole number of
/// steps; with two parts it is a number of steps and then one of much smaller steps.
struct Matrix {
    int inputs = 0;                 ///< a multiple of kGroup
    int outputs = 0;                ///< a multiple of kPanel
    int parts = 1;                  ///< 1 or 2
    const float *bias = nullptr;    ///< [outputs]
    const float *steps = nullptr;   ///< [parts][inputs / kGroup][outputs]
    const qint8 *weights = nullptr; ///< [outputs / kPanel][parts][inputs / 2][kPanel][2]
};

/// Scale and shift of a normalisation.
struct Norm {
    int width = 0;
    const float *scale = nullptr;
    const float *shift = nullptr;
};

} // namespace lectern::embed
