// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ai/ChatReply.h"
#include "ai/ChatRequest.h"
#include "ai/ModelQuirks.h"

#include <optional>

namespace lectern::ai {

/// What to know of a model after it refused `request`: the next step for the answer's form, the other name of
/// the length limit, a field left out. Nothing when the refusal is not about such a field, or there is
/// nothing left to change. Each lesson takes something away, so that learning ends.
[[nodiscard]] std::optional<ModelQuirks> lessonOf(const ChatRequest &request, const ModelQuirks &quirks,
                                                  const ChatFailure &failure);

} // namespace lectern::ai
