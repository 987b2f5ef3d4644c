// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ai/ChatRequest.h"
#include "ai/ModelQuirks.h"

#include <QByteArray>
#include <QString>

namespace lectern::ai {

/// The body of POST /chat/completions, with what was learned of the model applied. Equal bytes for equal
/// input.
[[nodiscard]] QByteArray chatBody(const ChatRequest &request, const ModelQuirks &quirks);

/// The field that will bound the answer's length: "max_completion_tokens", or "max_tokens" for servers that
/// know only that; empty when no limit is asked for or the model refuses both.
[[nodiscard]] QString limitField(const ChatRequest &request, const ModelQuirks &quirks);

/// The schema has to be part of the prompt, since the server does not enforce it.
[[nodiscard]] bool needsSchemaInPrompt(const ChatRequest &request, const ModelQuirks &quirks);

} // namespace lectern::ai
