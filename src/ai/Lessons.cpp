// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/Lessons.h"

#include "ai/ChatBody.h"

#include <QRegularExpression>

#include <algorithm>

namespace lectern::ai {

using namespace Qt::StringLiterals;

namespace {

bool containsAny(const QString &text, const QStringList &words)
{
    return std::any_of(words.begin(), words.end(), [&](const QString &word) { return text.contains(word); });
}

/// A wrong amount is not an unknown field: "max_tokens is too large: 99999".
bool isAboutAmount(const QString &text)
{
    return containsAny(text, {u"too large"_s, u"too small"_s, u"at most"_s, u"at least"_s, u"maximum"_s,
                              u"exceed"_s, u"greater than"_s, u"less than"_s, u"context length"_s});
}

/// Every field beside the question itself that the request carried.
QStringList sentFields(const ChatRequest &request, const ModelQuirks &quirks)
{
    QStringList fields = request.parameters.keys();
    fields << limitField(request, quirks);
    if (request.stream && quirks.streams)
        fields << u"stream_options"_s << u"stream"_s;
    if (request.endpoint.kind == domain::EndpointKind::OpenRouter)
        fields << u"provider"_s << u"usage"_s;
    const bool pictures = std::any_of(request.messages.begin(), request.messages.end(),
                                      [](const ChatMessage &message) { return !message.pictures.isEmpty(); });
    if (pictures)
        fields << u"detail"_s;
    fields.removeAll(QString());
    for (const QString &field : quirks.dropped)
        fields.removeAll(field);
    return fields;
}

bool names(const QString &text, const QString &field)
{
    return QRegularExpression(u"(?<![\\w])"_s + QRegularExpression::escape(field) + u"(?![\\w])"_s)
        .match(text)
        .hasMatch();
}

/// The field that the server objects to; empty when it names none that was sent.
QString refusedField(const QStringList &sent, const QString &parameter, const QString &text)
{
    QString top = parameter.section(QRegularExpression(u"[.\\[]"_s), 0, 0);
    if (sent.contains(top))
        return top;
    if (parameter.endsWith(".detail"_L1) && sent.contains(u"detail"_s))
        return u"detail"_s;
    // A message names the field to use instead as well: the one that was sent, and stands first, is meant.
    QString first;
    qsizetype firstAt = -1;
    for (const QString &field : sent) {
        if (!names(text, field))
            continue;
        const qsizetype at = text.indexOf(field);
        if (firstAt < 0 || at < firstAt || (at == firstAt && field.size() > first.size())) {
            first = field;
            firstAt = at;
        }
    }
    return first;
}

bool isAboutFormat(const ChatRequest &request, const ModelQuirks &quirks, const QString &parameter,
                   const QString &text)
{
    if (request.schemaName.isEmpty() || quirks.format == FormatStep::Prompt)
        return false;
    if (parameter.startsWith("response_format"_L1))
        return true;
    return parameter.isEmpty() &&
           containsAny(text, {u"response_format"_s, u"json_schema"_s, u"json_object"_s, u"json schema"_s,
                              u"structured output"_s, u"response format"_s, u"grammar"_s, u"json mode"_s});
}

FormatStep nextStep(FormatStep step, domain::EndpointKind kind)
{
    // LM Studio refuses json_object outright.
    const bool hasJsonObject = kind != domain::EndpointKind::LmStudio;
    return step == FormatStep::JsonSchema && hasJsonObject ? FormatStep::JsonObject : FormatStep::Prompt;
}

} // namespace

std::optional<ModelQuirks> lessonOf(const ChatRequest &request, const ModelQuirks &quirks,
                                    const ChatFailure &failure)
{
    const int status = failure.facts.status;
    const QString parameter = failure.parameter.toLower();
    const QString text = (failure.serverCode + u' ' + failure.error.detail).toLower();
    // OpenRouter: no provider of the model takes all that was asked for.
    const bool noProvider = status == 404 && text.contains("no endpoints found"_L1) &&
                            !request.schemaName.isEmpty() && quirks.format != FormatStep::Prompt;
    if (status != 400 && status != 422 && status != 501 && !noProvider)
        return std::nullopt;
    ModelQuirks learned = quirks;
    if (noProvider || isAboutFormat(request, quirks, parameter, text)) {
        learned.format = nextStep(quirks.format, request.endpoint.kind);
        return learned;
    }
    const QString field = refusedField(sentFields(request, quirks), parameter, text);
    if (field.isEmpty() || isAboutAmount(text))
        return std::nullopt;
    if (field == "stream"_L1) {
        learned.streams = false;
        return learned;
    }
    learned.dropped.append(field);
    learned.dropped.sort();
    return learned;
}

} // namespace lectern::ai
