// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/ChatStream.h"

#include "ai/ChatUsage.h"
#include "ai/JsonNumber.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace lectern::ai {

using namespace Qt::StringLiterals;

namespace {

FinishReason finishReason(const QString &name)
{
    if (name == "stop"_L1 || name == "end_turn"_L1 || name == "eos"_L1)
        return FinishReason::Stop;
    if (name == "length"_L1 || name == "max_tokens"_L1)
        return FinishReason::Length;
    if (name == "content_filter"_L1)
        return FinishReason::ContentFilter;
    if (name == "tool_calls"_L1 || name == "function_call"_L1)
        return FinishReason::ToolCalls;
    return FinishReason::Other;
}

/// Text, or the texts of a list of parts.
QString contentText(const QJsonValue &content)
{
    if (!content.isArray())
        return content.toString();
    QString text;
    for (const QJsonValue part : content.toArray())
        text += part.toObject().value("text"_L1).toString();
    return text;
}

} // namespace

bool ChatStream::feed(QByteArrayView chunk)
{
    takeEvents(m_events.feed(chunk));
    return m_done;
}

void ChatStream::finish()
{
    takeEvents(m_events.finish());
}

void ChatStream::takeWhole(const QJsonObject &answer, QByteArrayView json)
{
    takeObject(answer, json);
    // Nothing can be missing behind the end of an object; a server may leave its reason out.
    m_done = true;
}

void ChatStream::takeEvents(const QVector<net::ServerSentEvent> &events)
{
    for (const net::ServerSentEvent &event : events) {
        const QByteArray data = event.data.trimmed();
        if (data == "[DONE]") {
            m_done = true;
            continue;
        }
        const QJsonDocument document = QJsonDocument::fromJson(data);
        if (document.isObject())
            takeObject(document.object(), data);
        else if (!data.isEmpty())
            m_broken = true;
    }
    m_reply.streamed = true;
}

void ChatStream::takeObject(const QJsonObject &object, QByteArrayView json)
{
    if (const auto error = ApiError::fromJson(object); error && !m_error)
        m_error = error;
    ReplyFacts &facts = m_reply.facts;
    if (const QString id = object.value("id"_L1).toString(); !id.isEmpty())
        facts.completionId = id.left(200);
    if (const QString model = object.value("model"_L1).toString(); !model.isEmpty())
        m_reply.model = model.left(200);
    if (const QJsonValue usage = object.value("usage"_L1); usage.isObject()) {
        // Some send running totals: the last counts.
        if (const domain::TokenUsage tokens = usageFromJson(usage.toObject()); tokens.reported)
            facts.usage = tokens;
        if (const auto cost = scalarTextAt(json, {"usage", "cost"}))
            facts.cost = moneyFromNumber(*cost);
    }
    if (const QJsonValue choices = object.value("choices"_L1); choices.isArray()) {
        m_hasAnswer = true;
        takeChoice(choices.toArray().first().toObject());
    }
}

void ChatStream::takeChoice(const QJsonObject &choice)
{
    const QJsonValue whole = choice.value("message"_L1);
    const QJsonObject message = (whole.isObject() ? whole : choice.value("delta"_L1)).toObject();
    m_reply.content += contentText(message.value("content"_L1));
    m_reply.refusal += message.value("refusal"_L1).toString();
    if (const QString reason = choice.value("finish_reason"_L1).toString(); !reason.isEmpty())
        m_reply.finish = finishReason(reason);
    // OpenRouter names the provider's error inside the choice that it cut short.
    if (const QJsonValue error = choice.value("error"_L1); error.isObject() && !m_error)
        m_error = ApiError::fromJson(choice);
}

} // namespace lectern::ai
