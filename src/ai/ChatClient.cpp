// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/ChatClient.h"

#include "ai/AnswerFacts.h"
#include "ai/ChatBody.h"
#include "ai/ChatStream.h"
#include "base/TimeLog.h"
#include "net/HttpClient.h"
#include "net/Redaction.h"

#include <QJsonDocument>

#include <future>
#include <memory>
#include <utility>

namespace lectern::ai {

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace {

/// A page is described in a few kilobytes; the frames of a stream multiply that.
constexpr qint64 kMostAnswerBytes = 16LL * 1024 * 1024;

net::HttpRequest httpRequest(const ChatRequest &request, const ModelQuirks &quirks)
{
    net::HttpRequest http;
    http.method = QByteArrayLiteral("POST");
    http.url = QUrl(request.endpoint.address + u"/chat/completions"_s);
    http.key = request.key;
    http.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json, text/event-stream"}};
    http.body = chatBody(request, quirks);
    http.firstByteMs = request.firstByteMs;
    http.idleMs = request.idleMs;
    http.maxAnswerBytes = kMostAnswerBytes;
    http.plainHttpAllowed = request.endpoint.plainHttpAllowed;
    return http;
}

bool isStream(const net::HttpAnswer &answer)
{
    if (answer.header("content-type").toLower().startsWith("text/event-stream"))
        return true;
    const QByteArray start = answer.body.left(64).trimmed();
    return start.startsWith("data:") || start.startsWith("event:") || start.startsWith(": ");
}

/// What a model wrote, which is stored word for word. A server that puts the key into it would have it on
/// disk.
QString written(const QString &text, const QByteArray &key)
{
    if (key.isEmpty() || !text.contains(QString::fromUtf8(key)))
        return text;
    return QString::fromUtf8(net::withoutKeys(text.toUtf8(), key));
}

/// Reads one answer of HTTP, or what came of it.
class Reading {
public:
    Reading(const ChatRequest &request, ChatStream &stream, qint64 nowMs)
        : m_request(request), m_stream(stream), m_facts(request.key, nowMs)
    {
    }

    ChatResult answer(const net::HttpAnswer &answer)
    {
        const bool html = isHtml(answer.body, answer.header("content-type"));
        if (answer.status < 200 || answer.status >= 300)
            return refused(answer, ApiError::fromBody(answer.body), html);
        if (isStream(answer)) {
            m_stream.finish();
        } else {
            const QJsonDocument document = QJsonDocument::fromJson(answer.body);
            if (!document.isObject())
                return nonsense(answer, AnswerFacts::notJson(html));
            m_stream.takeWhole(document.object(), answer.body);
        }
        if (m_stream.error())
            return refused(answer, m_stream.error(), false);
        if (!m_stream.hasAnswer())
            return nonsense(answer, u"an answer without choices"_s);
        if (!m_stream.isWhole())
            return nonsense(answer, u"the answer broke off"_s);
        ChatReply reply = m_stream.reply();
        reply.content = written(reply.content, m_request.key);
        reply.refusal = written(reply.refusal, m_request.key);
        m_facts.addTo(reply.facts, answer);
        return reply;
    }

    ChatResult failure(const net::HttpFailure &failure)
    {
        m_stream.finish();
        // An error in the stream is the better reason for its end.
        if (m_stream.error() && failure.error.code != ErrorCode::Cancelled)
            return refused(failure.partial, m_stream.error(), false);
        return withContent(m_facts.interruption(m_stream.reply().facts, failure));
    }

private:
    ChatResult withContent(ChatFailure failure)
    {
        failure.content = written(m_stream.reply().content, m_request.key);
        return tl::unexpected(std::move(failure));
    }

    ChatResult nonsense(const net::HttpAnswer &answer, const QString &what)
    {
        return withContent(
            m_facts.failure(m_stream.reply().facts, answer, ErrorCode::EndpointNonsense, what));
    }

    ChatResult refused(const net::HttpAnswer &answer, const std::optional<ApiError> &error, bool html)
    {
        return withContent(m_facts.refusal(m_stream.reply().facts, answer, error, html));
    }

    const ChatRequest &m_request;
    ChatStream &m_stream;
    AnswerFacts m_facts;
};

} // namespace

ChatClient::ChatClient(net::HttpClient &http, const base::Clock &clock) : m_http(http), m_clock(clock) {}

ChatResult ChatClient::ask(const ChatRequest &request, const ModelQuirks &quirks,
                           const base::CancelToken &cancel, const std::function<void()> &meanwhile) const
{
    net::HttpRequest http = httpRequest(request, quirks);
    // Used on the network thread while the body comes, and here after it has come: never at one time. Shared,
    // since the sink lives as long as the exchange.
    const auto stream = std::make_shared<ChatStream>();
    if (request.stream && quirks.streams) {
        http.sink = [stream](QByteArrayView chunk) { return stream->feed(chunk); };
    }
    const bool fed = static_cast<bool>(http.sink);
    const net::HttpResult result = [&] {
        const base::TimeLog time("http");
        std::future<net::HttpResult> answer = m_http.post(std::move(http), cancel);
        if (meanwhile)
            meanwhile();
        return answer.get();
    }();
    ChatStream whole;
    const net::HttpAnswer &answer = result ? *result : result.error().partial;
    ChatStream *reader = stream.get();
    if (!fed || !isStream(answer)) {
        reader = &whole; // what was fed was no stream, or nothing was
        if (isStream(answer))
            whole.feed(answer.body);
    }
    Reading reading(request, *reader, m_clock.nowMs());
    return result ? reading.answer(*result) : reading.failure(result.error());
}

} // namespace lectern::ai
