// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/MessageTokens.h"

namespace lectern::workspace {

qint64 MessageTokens::of(const ai::ChatMessage &message)
{
    if (message.role != ai::ChatMessage::Role::System)
        return m_tokenizer.count(message.text);
    {
        const std::lock_guard lock(m_mutex);
        if (m_system == message.text)
            return m_systemTokens;
    }
    const qint64 tokens = m_tokenizer.count(message.text);
    const std::lock_guard lock(m_mutex);
    m_system = message.text;
    m_systemTokens = tokens;
    return tokens;
}

} // namespace lectern::workspace
