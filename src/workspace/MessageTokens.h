// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ai/ChatRequest.h"
#include "models/Tokenizer.h"

#include <mutex>

namespace lectern::workspace {

/// Counts the tokens of messages. What the system is told is the same for nearly every page of a run, and as
/// long as a page: it is counted once. Thread-safe.
class MessageTokens {
public:
    explicit MessageTokens(const models::Tokenizer &tokenizer) : m_tokenizer(tokenizer) {}

    [[nodiscard]] qint64 of(const ai::ChatMessage &message);

private:
    const models::Tokenizer &m_tokenizer;
    std::mutex m_mutex;
    QString m_system; ///< guarded by m_mutex: the last one counted
    qint64 m_systemTokens = 0;
};

} // namespace lectern::workspace
