// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/ChatBody.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace lectern::ai {

using namespace Qt::StringLiterals;

namespace {

QString roleName(ChatMessage::Role role)
{
    switch (role) {
    case ChatMessage::Role::System:
        return u"system"_s;
    case ChatMessage::Role::User:
        return u"user"_s;
    case ChatMessage::Role::Assistant:
        return u"assistant"_s;
    }
    return {};
}

QString detailName(PictureDetail detail)
{
    switch (detail) {
    case PictureDetail::Low:
        return u"low"_s;
    case PictureDetail::High:
        return u"high"_s;
    case PictureDetail::Original:
        return u"original"_s;
    case PictureDetail::Auto:
        return u"auto"_s;
    }
    return {};
}

QJsonObject picturePart(const ChatPicture &picture, bool withDetail)
{
    const QString data = u"data:"_s + QString::fromLatin1(picture.mediaType) + u";base64,"_s +
                         QString::fromLatin1(picture.bytes.toBase64());
    QJsonObject address{{u"url"_s, data}};
    if (withDetail)
        address.insert(u"detail"_s, detailName(picture.detail));
    return {{u"type"_s, u"image_url"_s}, {u"image_url"_s, address}};
}

QJsonObject messageObject(const ChatMessage &message, const QString &addition, bool withDetail)
{
    const QString text = message.text + addition;
    QJsonValue content = text;
    if (!message.pictures.isEmpty()) {
        QJsonArray parts{QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, text}}};
        for (const ChatPicture &picture : message.pictures)
            parts.append(picturePart(picture, withDetail));
        content = parts;
    }
    return {{u"role"_s, roleName(message.role)}, {u"content"_s, content}};
}

QString schemaInWords(const QJsonObject &schema)
{
    return u"\n\nAnswer with one JSON object and nothing else: no code fence, no words around it. It follows "
           u"this JSON Schema:\n"_s +
           QString::fromUtf8(QJsonDocument(schema).toJson(QJsonDocument::Compact));
}

void addFormat(const ChatRequest &request, const ModelQuirks &quirks, QJsonObject &body)
{
    if (request.schemaName.isEmpty() || quirks.format == FormatStep::Prompt)
        return;
    if (quirks.format == FormatStep::JsonObject) {
        body.insert(u"response_format"_s, QJsonObject{{u"type"_s, u"json_object"_s}});
        return;
    }
    const QJsonObject named{
        {u"name"_s, request.schemaName}, {u"strict"_s, true}, {u"schema"_s, request.schema}};
    body.insert(u"response_format"_s, QJsonObject{{u"type"_s, u"json_schema"_s}, {u"json_schema"_s, named}});
}

} // namespace

QString limitField(const ChatRequest &request, const ModelQuirks &quirks)
{
    if (request.maxOutputTokens <= 0)
        return {};
    const QString current = u"max_completion_tokens"_s;
    const QString old = u"max_tokens"_s;
    const bool prefersCurrent = request.endpoint.kind == domain::EndpointKind::OpenAi;
    QString first = prefersCurrent ? current : old;
    const QString second = prefersCurrent ? old : current;
    if (!quirks.dropped.contains(first))
        return first;
    return quirks.dropped.contains(second) ? QString() : second;
}

bool needsSchemaInPrompt(const ChatRequest &request, const ModelQuirks &quirks)
{
    return !request.schemaName.isEmpty() &&
           (quirks.format != FormatStep::JsonSchema || quirks.schemaInPrompt);
}

QByteArray chatBody(const ChatRequest &request, const ModelQuirks &quirks)
{
    const auto allowed = [&](const QString &field) { return !quirks.dropped.contains(field); };
    QJsonObject body;
    for (auto field = request.parameters.begin(); field != request.parameters.end(); ++field) {
        if (allowed(field.key()))
            body.insert(field.key(), field.value());
    }

    QString addition = needsSchemaInPrompt(request, quirks) ? schemaInWords(request.schema) : QString();
    QJsonArray messages;
    for (const ChatMessage &message : request.messages) {
        // Behind the first message: there the server's cache of common beginnings serves all pages.
        messages.append(messageObject(message, addition, allowed(u"detail"_s)));
        addition.clear();
    }
    body.insert(u"model"_s, request.model);
    body.insert(u"messages"_s, messages);
    addFormat(request, quirks, body);
    if (const QString limit = limitField(request, quirks); !limit.isEmpty())
        body.insert(limit, request.maxOutputTokens);
    if (request.stream && quirks.streams) {
        body.insert(u"stream"_s, true);
        if (allowed(u"stream_options"_s))
            body.insert(u"stream_options"_s, QJsonObject{{u"include_usage"_s, true}});
    }
    if (request.endpoint.kind == domain::EndpointKind::OpenRouter) {
        if (allowed(u"usage"_s))
            body.insert(u"usage"_s, QJsonObject{{u"include"_s, true}});
        // Otherwise it may pick a provider that passes over response_format.
        if (allowed(u"provider"_s) && body.contains("response_format"_L1))
            body.insert(u"provider"_s, QJsonObject{{u"require_parameters"_s, true}});
    }
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

} // namespace lectern::ai
