// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/AnswerFacts.h"

#include "net/Redaction.h"

#include <QUrl>

#include <utility>

namespace lectern::ai {

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace {

constexpr qsizetype kLongestDetail = 300;
constexpr qsizetype kLongestName = 200;

/// Whether a server that answered with this status may bill the request all the same: behind a gateway that
/// gave up waiting, the model goes on.
bool maybeBilled(int status)
{
    return status < 300 || status == 408 || status == 499 || status == 502 || status == 504 || status == 524;
}

} // namespace

AnswerFacts::AnswerFacts(QByteArray key, qint64 nowMs) : m_key(std::move(key)), m_nowMs(nowMs) {}

void AnswerFacts::addTo(ReplyFacts &facts, const net::HttpAnswer &answer) const
{
    facts.status = answer.status;
    for (const char *name : {"x-request-id", "request-id", "x-generation-id"}) {
        if (facts.requestId.isEmpty())
            facts.requestId =
                net::withoutKeys(QString::fromLatin1(answer.header(name)), m_key).left(kLongestName);
    }
    facts.completionId = net::withoutKeys(facts.completionId, m_key);
    if (facts.requestId.isEmpty())
        facts.requestId = facts.completionId;
    facts.limits = RateLimits::fromHeaders(answer.headers, m_nowMs);
    facts.raw = net::withoutKeys(answer.body, m_key);
    facts.bytesSent = answer.bytesSent;
    facts.firstByteMs = answer.firstByteMs;
    facts.totalMs = answer.totalMs;
}

ChatFailure AnswerFacts::failure(ReplyFacts known, const net::HttpAnswer &answer, ErrorCode code,
                                 const QString &detail) const
{
    ChatFailure result;
    result.error = {code, net::withoutKeys(detail, m_key).left(kLongestDetail)};
    result.maySent = true;
    result.maybeBilled = maybeBilled(answer.status);
    result.facts = std::move(known);
    addTo(result.facts, answer);
    result.retryAfterMs = result.facts.limits.retryAfterMs;
    return result;
}

ChatFailure AnswerFacts::refusal(ReplyFacts known, const net::HttpAnswer &answer,
                                 const std::optional<ApiError> &error, bool html) const
{
    QString detail = u"HTTP %1"_s.arg(answer.status);
    if (error && !error->message.isEmpty())
        detail += u": "_s + error->message.simplified();
    else if (answer.status >= 300 && answer.status < 400)
        detail += u": moved to "_s + QUrl(QString::fromUtf8(answer.header("location"))).host();
    else if (html)
        detail += u": "_s + notJson(true);
    const ErrorCode kind = errorCodeOf(answer.status, error, html, !m_key.isEmpty());
    ChatFailure result = failure(std::move(known), answer, kind, detail);
    if (error) {
        const QString code = error->code.isEmpty() ? error->type : error->code;
        result.parameter = net::withoutKeys(error->parameter, m_key).left(kLongestName);
        result.serverCode = net::withoutKeys(code, m_key).left(kLongestName);
        if (!result.retryAfterMs && error->retryAfterMs > 0)
            result.retryAfterMs = error->retryAfterMs;
    }
    return result;
}

ChatFailure AnswerFacts::interruption(ReplyFacts known, const net::HttpFailure &failure) const
{
    ChatFailure result =
        this->failure(std::move(known), failure.partial, failure.error.code, failure.error.detail);
    result.maySent = failure.maySent;
    result.maybeBilled = failure.maySent && maybeBilled(failure.partial.status);
    return result;
}

QString AnswerFacts::notJson(bool html)
{
    return html ? u"a web page instead of an answer"_s : u"not an answer in JSON"_s;
}

} // namespace lectern::ai
