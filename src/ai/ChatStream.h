// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ai/ApiError.h"
#include "ai/ChatReply.h"
#include "net/ServerSentEvents.h"

#include <QByteArrayView>
#include <QJsonObject>

#include <optional>

namespace lectern::ai {

/// Puts an answer together, from the pieces of a stream or from one object. One thread at a time.
class ChatStream {
public:
    /// A piece of the stream. True once the answer is whole.
    bool feed(QByteArrayView chunk);
    /// The stream has ended.
    void finish();
    /// An answer that came in one piece. `json` are its bytes, for numbers that must stay exact.
    void takeWhole(const QJsonObject &answer, QByteArrayView json);

    /// The server said that it is done, by its last event or by a reason to finish.
    [[nodiscard]] bool isWhole() const { return m_done || m_reply.finish != FinishReason::Missing; }
    /// At least one event was part of an answer.
    [[nodiscard]] bool hasAnswer() const { return m_hasAnswer; }
    [[nodiscard]] bool hasUsage() const { return m_reply.facts.usage.reported; }
    [[nodiscard]] bool isBroken() const { return m_broken; } ///< an event was not what it should be
    [[nodiscard]] const std::optional<ApiError> &error() const { return m_error; }
    [[nodiscard]] const ChatReply &reply() const { return m_reply; }

private:
    void takeEvents(const QVector<net::ServerSentEvent> &events);
    void takeObject(const QJsonObject &object, QByteArrayView json);
    void takeChoice(const QJsonObject &choice);

    net::ServerSentEvents m_events;
    ChatReply m_reply;
    std::optional<ApiError> m_error;
    bool m_done = false;
    bool m_hasAnswer = false;
    bool m_broken = false;
};

} // namespace lectern::ai
