// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/ModelFixtures.h"

#include <QJsonDocument>

namespace lectern::servers {

using namespace Qt::StringLiterals;

namespace {

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QByteArray file(const QString &name, const QJsonArray &list)
{
    return QJsonDocument(QJsonObject{{name, list}}).toJson();
}

QJsonObject fixture(QJsonObject match, const QJsonObject &response)
{
    match.insert(u"endpoint"_s, u"chat"_s); // without it, lists of models would match too
    return {{u"match"_s, match}, {u"response"_s, response}};
}

} // namespace

QString pageAnswer(const QString &title)
{
    return compact({{u"title"_s, title},
                    {u"summary"_s, u"It says something."_s},
                    {u"key_phrases"_s, QJsonArray{u"page"_s}},
                    {u"entities"_s, QJsonArray()},
                    {u"language"_s, u"en"_s}});
}

QJsonObject usage(int tokensIn, int tokensOut)
{
    return {{u"prompt_tokens"_s, tokensIn},
            {u"completion_tokens"_s, tokensOut},
            {u"total_tokens"_s, tokensIn + tokensOut}};
}

QJsonObject answering(const QString &content, const QJsonObject &usage, QJsonObject match)
{
    return fixture(std::move(match), {{u"content"_s, content}, {u"usage"_s, usage}});
}

QJsonObject failing(int status, const QJsonObject &error, int retryAfterSeconds, QJsonObject match)
{
    QJsonObject response{{u"error"_s, error}, {u"status"_s, status}};
    if (retryAfterSeconds > 0)
        response.insert(u"retryAfter"_s, retryAfterSeconds);
    return fixture(std::move(match), response);
}

QByteArray aiMockFile(const QJsonArray &fixtures)
{
    return file(u"fixtures"_s, fixtures);
}

QJsonObject completion(const QJsonObject &message, const QString &finishReason, const QJsonObject &usage)
{
    QJsonObject answer{
        {u"id"_s, u"made"_s},
        {u"model"_s, u"m"_s},
        {u"choices"_s, QJsonArray{QJsonObject{{u"message"_s, message}, {u"finish_reason"_s, finishReason}}}}};
    if (!usage.isEmpty())
        answer.insert(u"usage"_s, usage);
    return answer;
}

QJsonObject mockRule(const QString &match, int status, const QJsonObject &content)
{
    return {{u"path"_s, u"/v1/chat/completions"_s},
            {u"match"_s, match},
            {u"response"_s, QJsonObject{{u"status"_s, status}, {u"content"_s, compact(content)}}}};
}

QByteArray mockLlmFile(const QJsonArray &rules)
{
    return file(u"rules"_s, rules);
}

QJsonObject price(const QString &model, double input, double output, bool vision)
{
    return {{u"id"_s, model},
            {u"inputCostPer1M"_s, input},
            {u"outputCostPer1M"_s, output},
            {u"vision"_s, vision}};
}

QByteArray priceFile(const QJsonArray &prices)
{
    return file(u"models"_s, prices);
}

} // namespace lectern::servers
