// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ai/RateLimits.h"
#include "base/Error.h"
#include "domain/Money.h"
#include "domain/TokenUsage.h"

#include <QByteArray>
#include <QString>

#include <tl/expected.hpp>

#include <optional>

namespace lectern::ai {

enum class FinishReason {
    Missing, ///< the server names none
    Stop,
    Length, ///< cut at its longest
    ContentFilter,
    ToolCalls,
    Other,
};

/// What every answer says of itself, good or bad.
struct ReplyFacts {
    int status = 0;       ///< of HTTP, 0 when none came
    QString requestId;    ///< by which the provider finds the request: its header, else the answer's own id
    QString completionId; ///< the answer's own id ("chatcmpl-…", "gen-…")
    domain::TokenUsage usage;          ///< all zero unless `usage.reported`
    std::optional<domain::Money> cost; ///< the provider's own bill, where it sends one
    RateLimits limits;
    QByteArray raw; ///< the whole body, without the key
    qint64 bytesSent = 0;
    qint64 firstByteMs = 0;
    qint64 totalMs = 0;
};

/// An answer of a model. No text of it holds the key.
struct ChatReply {
    ReplyFacts facts;
    QString content;
    QString refusal; ///< why the model declines; empty when it does not
    FinishReason finish = FinishReason::Missing;
    QString model; ///< that answered, by its own name
    bool streamed = false;
};

/// Why there is no answer. No text of it holds the key.
struct ChatFailure {
    base::Error error;
    std::optional<qint64> retryAfterMs;
    bool maySent = false;     ///< the request may have reached the server
    bool maybeBilled = false; ///< the server may have generated, and will bill it
    QString parameter;        ///< the field that a server names as its reason
    QString serverCode;       ///< the server's own code or type ("unsupported_parameter")
    QString content;          ///< what had come of an answer until it failed
    ReplyFacts facts;
};

using ChatResult = tl::expected<ChatReply, ChatFailure>;

} // namespace lectern::ai
