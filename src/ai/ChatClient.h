// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ai/ChatReply.h"
#include "ai/ChatRequest.h"
#include "ai/ModelQuirks.h"
#include "base/CancelToken.h"
#include "base/Clock.h"

#include <functional>

namespace lectern::net {
class HttpClient;
}

namespace lectern::ai {

/// Speaks OpenAI's chat protocol. Each call of ask() is exactly one HTTP request, sent at most once: what to
/// do about a failure is the caller's decision, since every request may cost money. Thread-safe.
class ChatClient {
public:
    /// Both outlive this.
    ChatClient(net::HttpClient &http, const base::Clock &clock);

    /// Blocks until the answer is whole. Errors: what HttpClient::send reports, and KeyMissing, KeyRefused,
    /// ModelNotFound, OutOfCredit, RequestRejected, RateLimited, EndpointFailed, EndpointNonsense,
    /// AnswerRefused (declined by a filter before any answer). An answer with a refusal, cut short or empty
    /// is a ChatReply.
    /// `meanwhile` is called here when the request is on its way: work that need not delay it.
    [[nodiscard]] ChatResult ask(const ChatRequest &request, const ModelQuirks &quirks,
                                 const base::CancelToken &cancel,
                                 const std::function<void()> &meanwhile = {}) const;

private:
    net::HttpClient &m_http;
    const base::Clock &m_clock;
};

} // namespace lectern::ai
