// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/ApiError.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>

#include <algorithm>

namespace lectern::ai {

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace {

QString textOf(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isDouble())
        return QString::number(value.toInteger());
    if (value.isArray()) // FastAPI: [{"loc": …, "msg": "field required"}]
        return textOf(value.toArray().first().toObject().value("msg"_L1));
    return {};
}

ApiError fromErrorObject(const QJsonObject &object)
{
    ApiError error;
    error.message = textOf(object.value("message"_L1));
    error.type = textOf(object.value("type"_L1));
    error.code = textOf(object.value("code"_L1));
    error.parameter = textOf(object.value("param"_L1));
    bool isNumber = false;
    const int number = error.code.toInt(&isNumber);
    if (isNumber && number >= 400 && number < 600)
        error.status = number;
    const QJsonObject metadata = object.value("metadata"_L1).toObject();
    error.flagged = metadata.contains("reasons"_L1) || metadata.contains("flagged_input"_L1);
    // OpenRouter hands on what its provider said, which is the part that helps.
    if (const QString upstream = textOf(metadata.value("raw"_L1)); !upstream.isEmpty())
        error.message += u" — "_s + upstream;
    const double wait = metadata.value("retry_after_seconds"_L1).toDouble();
    if (wait > 0 && wait < 86'400)
        error.retryAfterMs = static_cast<qint64>(wait * 1000);
    return error;
}

bool says(const ApiError &error, const QStringList &words)
{
    const QString all = (error.code + u' ' + error.type + u' ' + error.message).toLower();
    return std::any_of(words.begin(), words.end(), [&](const QString &word) { return all.contains(word); });
}

bool isOutOfCredit(const ApiError &error)
{
    return says(error, {u"insufficient_quota"_s, u"billing_hard_limit"_s, u"billing_not_active"_s,
                        u"exceeded your current quota"_s, u"insufficient credits"_s,
                        u"insufficient balance"_s, u"credit balance is too low"_s});
}

bool isContentRefused(const ApiError &error)
{
    return error.flagged || says(error, {u"content_filter"_s, u"content_policy"_s, u"responsibleai"_s,
                                         u"moderation_blocked"_s, u"invalid_prompt"_s});
}

bool isKeyRefused(const ApiError &error)
{
    return says(error, {u"invalid_api_key"_s, u"incorrect api key"_s, u"api key not valid"_s,
                        u"invalid api key"_s, u"authentication_error"_s});
}

bool isModelMissing(const ApiError &error)
{
    return says(error, {u"model_not_found"_s, u"is not a valid model"_s, u"model_not_available"_s}) ||
           (says(error, {u"model"_s}) && says(error, {u"does not exist"_s, u"not found"_s}));
}

ErrorCode codeOfClientError(int status, const ApiError &error, bool hasKey)
{
    switch (status) {
    case 401:
        return hasKey ? ErrorCode::KeyRefused : ErrorCode::KeyMissing;
    case 402:
        return ErrorCode::OutOfCredit;
    case 403:
        if (isContentRefused(error))
            return ErrorCode::AnswerRefused;
        return hasKey ? ErrorCode::KeyRefused : ErrorCode::KeyMissing;
    case 407:
        return ErrorCode::EndpointUnreachable;
    case 408:
    case 409:
    case 425:
        return ErrorCode::EndpointFailed;
    case 429:
        return isOutOfCredit(error) ? ErrorCode::OutOfCredit : ErrorCode::RateLimited;
    default:
        break;
    }
    if (isOutOfCredit(error))
        return ErrorCode::OutOfCredit;
    if (isContentRefused(error))
        return ErrorCode::AnswerRefused;
    if (isKeyRefused(error))
        return ErrorCode::KeyRefused;
    return isModelMissing(error) ? ErrorCode::ModelNotFound : ErrorCode::RequestRejected;
}

/// An error without a usable status: inside HTTP 200, or in the middle of a stream.
ErrorCode codeOfWords(const ApiError &error, bool hasKey)
{
    if (error.status >= 400 && error.status < 500)
        return codeOfClientError(error.status, error, hasKey);
    if (isOutOfCredit(error))
        return ErrorCode::OutOfCredit;
    if (isContentRefused(error))
        return ErrorCode::AnswerRefused;
    if (isKeyRefused(error))
        return ErrorCode::KeyRefused;
    if (says(error, {u"rate_limit"_s, u"rate limit"_s, u"too many requests"_s}))
        return ErrorCode::RateLimited;
    return ErrorCode::EndpointFailed;
}

} // namespace

std::optional<ApiError> ApiError::fromJson(const QJsonObject &answer)
{
    const QJsonValue error = answer.value("error"_L1);
    if (error.isObject()) {
        ApiError found = fromErrorObject(error.toObject());
        if (found.message.isEmpty())
            found.message = textOf(answer.value("message"_L1));
        return found;
    }
    if (error.isString())
        return ApiError{error.toString(), {}, {}, {}, 0, false, 0};
    if (answer.contains("choices"_L1))
        return std::nullopt;
    if (answer.value("object"_L1).toString() == "error"_L1 || answer.value("message"_L1).isString())
        return fromErrorObject(answer);
    const QString detail = textOf(answer.value("detail"_L1));
    return detail.isEmpty() ? std::nullopt : std::optional(ApiError{detail, {}, {}, {}, 0, false, 0});
}

std::optional<ApiError> ApiError::fromBody(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    return fromJson(document.isArray() ? document.array().first().toObject() : document.object());
}

bool isHtml(const QByteArray &body, const QByteArray &contentType)
{
    const QByteArray start = body.left(512).trimmed().left(15).toLower();
    return contentType.toLower().startsWith("text/html") || start.startsWith("<!doctype") ||
           start.startsWith("<html");
}

ErrorCode errorCodeOf(int status, const std::optional<ApiError> &error, bool html, bool hasKey)
{
    if (status >= 500)
        return error && isOutOfCredit(*error) ? ErrorCode::OutOfCredit : ErrorCode::EndpointFailed;
    if (status >= 400) {
        // What a web server in between says of an address or a rule of its own is not about key or model.
        if (html && status != 429 && status != 407 && status != 408)
            return status == 404 ? ErrorCode::RequestRejected : ErrorCode::EndpointNonsense;
        // "Not found" without a word about a model means that the address leads nowhere.
        if (status == 404)
            return error && says(*error, {u"model"_s, u"endpoints"_s}) ? ErrorCode::ModelNotFound
                                                                       : ErrorCode::RequestRejected;
        return codeOfClientError(status, error.value_or(ApiError{}), hasKey);
    }
    if (status >= 300)
        return ErrorCode::RequestRejected;
    return error ? codeOfWords(*error, hasKey) : ErrorCode::EndpointNonsense;
}

} // namespace lectern::ai
