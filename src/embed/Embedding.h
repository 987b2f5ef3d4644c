// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

namespace lectern::embed {

/// Numbers in a vector of the built-in embedding.
inline constexpr int kDimensions = 512;

/// What a text means, as a direction: its length is 1, and the inner product of two is the cosine between
/// them.
using Embedding = std::array<float, kDimensions>;

} // namespace lectern::embed
