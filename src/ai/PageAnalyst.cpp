// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/PageAnalyst.h"

#include "ai/AnswerReader.h"
#include "ai/AnswerSchema.h"
#include "ai/ChatBody.h"
#include "ai/ChatClient.h"
#include "ai/Lessons.h"

#include <QCryptographicHash>
#include <QJsonDocument>

#include <algorithm>
#include <utility>

namespace lectern::ai {

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace {

/// Lessons end by themselves; this is for a server that refuses something else each time.
constexpr int kMostRequests = 8;
constexpr int kFirstByteMs = 120'000;
constexpr int kColdModelMs = 600'000;
/// A server that counts less than half of what we do has not read all of it. Our own count of another
/// tokenizer's tokens is off by a fifth at most.
constexpr qint64 kCutDivisor = 2;
constexpr qint64 kFewestToCompare = 400;
/// What the frame of a conversation costs beside its text.
constexpr qint64 kFrameTokens = 64;
constexpr qint64 kMostPictureTokens = 20'000;
/// What a model may write that refuses every field to bound it.
constexpr qint64 kMostOutputTokens = 131'072;
/// An unusable answer is shown to the model again up to this length.
constexpr qsizetype kLongestQuote = 8000;

/// A mark that the page cannot hold, and the same one for the same page.
QString markOf(const QString &text)
{
    const QByteArray hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex().left(12));
}

/// The conversation about one page.
class Conversation {
public:
    Conversation(const ChatClient &client, const PageQuestion &question, const ModelQuirks &quirks,
                 RequestLedger &ledger, const base::CancelToken &cancel)
        : m_client(client), m_question(question), m_ledger(ledger), m_cancel(cancel),
          m_request(PageAnalyst::requestFor(question))
    {
        m_outcome.quirks = quirks;
    }

    PageOutcome run()
    {
        for (int i = 0; i < kMostRequests; ++i) {
            if (m_cancel.isCancelled()) {
                fail({ErrorCode::Cancelled, {}});
                return std::move(m_outcome);
            }
            const auto ticket = m_ledger.beforeSending(planned());
            if (!ticket) {
                fail(ticket.error());
                return std::move(m_outcome);
            }
            const ChatResult result =
                m_client.ask(m_request, m_outcome.quirks, m_cancel, [this] { countInput(); });
            ++m_outcome.requests;
            note(*ticket, result);
            const bool again = result ? takeReply(*result) : takeFailure(result.error());
            if (!again)
                return std::move(m_outcome);
            m_ledger.afterAnswer(*m_outcome.last);
            m_outcome.last.reset();
        }
        fail({ErrorCode::RequestRejected, u"the server refuses one field after the other"_s});
        return std::move(m_outcome);
    }

private:
    [[nodiscard]] PlannedRequest planned() const
    {
        const auto pictures = static_cast<qint64>(m_question.pictures.size());
        const qint64 counted = m_question.worstInputTokens > 0 ? m_question.worstInputTokens + m_addedBytes
                                                               : mostTextTokens(m_request, m_outcome.quirks) +
                                                                     pictures * kMostPictureTokens;
        const qint64 unbounded = std::max(m_question.mostOutputTokens, kMostOutputTokens);
        const bool bounded = !limitField(m_request, m_outcome.quirks).isEmpty();
        return {m_purpose, counted, bounded ? m_request.maxOutputTokens : unbounded, pictures};
    }

    void countInput()
    {
        if (m_question.countInput && m_ownInputTokens == 0)
            m_ownInputTokens = m_question.countInput();
    }

    /// Keeps what has to be booked of the request just made.
    void note(RequestTicket ticket, const ChatResult &result)
    {
        m_outcome.last = result ? settlementOf(ticket, planned(), result->facts)
                                : settlementOf(ticket, planned(), result.error());
    }

    /// True when another request is to follow.
    bool takeFailure(const ChatFailure &failure)
    {
        if (const auto learned = lessonOf(m_request, m_outcome.quirks, failure)) {
            m_outcome.quirks = *learned;
            m_purpose = RequestPurpose::Adapted;
            return true;
        }
        if (!failure.content.isEmpty())
            m_outcome.rawAnswer = failure.content;
        m_outcome.result = tl::unexpected(failure);
        return false;
    }

    bool takeReply(const ChatReply &reply)
    {
        m_outcome.rawAnswer = reply.content.trimmed().isEmpty() ? reply.refusal : reply.content;
        // Without its own count an answer cannot be billed to the last token: this model is asked without
        // streaming from now on.
        if (reply.streamed && !reply.facts.usage.reported)
            m_outcome.quirks.streams = false;
        if (!reply.refusal.isEmpty())
            return refuse(reply, ErrorCode::AnswerRefused, reply.refusal.simplified().left(300));
        if (reply.finish == FinishReason::ContentFilter)
            return refuse(reply, ErrorCode::AnswerRefused, u"content filter"_s);
        if (isPromptCut(reply))
            return refuse(reply, ErrorCode::PromptCut,
                          u"the server read %1 of about %2 tokens"_s.arg(reply.facts.usage.input)
                              .arg(m_ownInputTokens));
        if (reply.finish == FinishReason::Length)
            return giveRoom(reply);
        if (reply.content.trimmed().isEmpty())
            return refuse(reply, ErrorCode::AnswerEmpty, u"the model wrote nothing"_s);
        const auto analysis =
            readPageAnswer(reply.content, m_question.pageText, !m_question.pictures.isEmpty());
        if (!analysis)
            return repair(reply, analysis.error());
        m_outcome.result = *analysis;
        return false;
    }

    [[nodiscard]] bool isPromptCut(const ChatReply &reply) const
    {
        const domain::TokenUsage &usage = reply.facts.usage;
        return usage.reported && m_ownInputTokens >= kFewestToCompare &&
               usage.input < m_ownInputTokens / kCutDivisor;
    }

    /// It is paid for all the same, and the books say for what.
    void markUseless(ErrorCode code, const QString &detail) { m_outcome.last->error = {code, detail}; }

    /// An answer that cannot be used ends the conversation.
    bool refuse(const ChatReply &reply, ErrorCode code, const QString &detail)
    {
        markUseless(code, detail);
        ChatFailure failure;
        failure.error = {code, detail};
        failure.maySent = true;
        failure.maybeBilled = true;
        failure.facts = reply.facts;
        m_outcome.result = tl::unexpected(std::move(failure));
        return false;
    }

    bool giveRoom(const ChatReply &reply)
    {
        const qint64 most = m_question.mostOutputTokens;
        const qint64 doubled = m_request.maxOutputTokens * 2;
        const qint64 room = most > 0 ? std::min(doubled, most) : doubled;
        if (m_grown || room <= m_request.maxOutputTokens)
            return refuse(reply, ErrorCode::AnswerCut, u"cut at %1 tokens"_s.arg(m_request.maxOutputTokens));
        m_grown = true;
        markUseless(ErrorCode::AnswerCut, u"cut at %1 tokens"_s.arg(m_request.maxOutputTokens));
        m_request.maxOutputTokens = room;
        m_purpose = RequestPurpose::MoreRoom;
        return true;
    }

    bool repair(const ChatReply &reply, const AnswerProblem &problem)
    {
        if (m_repaired)
            return refuse(reply, ErrorCode::AnswerInvalid, problem.words.left(300));
        m_repaired = true;
        markUseless(ErrorCode::AnswerInvalid, problem.words.left(300));
        // An enforced schema cannot be missed: this server takes it without keeping to it.
        if (m_outcome.quirks.format == FormatStep::JsonSchema)
            m_outcome.quirks.schemaInPrompt = true;
        ChatMessage said;
        said.role = ChatMessage::Role::Assistant;
        said.text = reply.content.left(kLongestQuote);
        ChatMessage wanted;
        wanted.text = m_question.prompt.repair({{u"problem"_s, problem.words.left(500)}});
        m_addedBytes += said.text.toUtf8().size() + wanted.text.toUtf8().size() + kFrameTokens +
                        QJsonDocument(m_request.schema).toJson(QJsonDocument::Compact).size();
        m_request.messages << said << wanted;
        m_purpose = RequestPurpose::Repair;
        return true;
    }

    void fail(base::Error error)
    {
        ChatFailure failure;
        failure.error = std::move(error);
        m_outcome.result = tl::unexpected(std::move(failure));
    }

    const ChatClient &m_client;
    const PageQuestion &m_question;
    RequestLedger &m_ledger;
    const base::CancelToken &m_cancel;
    ChatRequest m_request;
    RequestPurpose m_purpose = RequestPurpose::Page;
    bool m_grown = false;
    bool m_repaired = false;
    qint64 m_ownInputTokens = 0; ///< 0: not counted
    qint64 m_addedBytes = 0;     ///< more than the first request held
    PageOutcome m_outcome;
};

} // namespace

PageAnalyst::PageAnalyst(const ChatClient &client) : m_client(client) {}

PageOutcome PageAnalyst::analyse(const PageQuestion &question, const ModelQuirks &quirks,
                                 RequestLedger &ledger, const base::CancelToken &cancel) const
{
    return Conversation(m_client, question, quirks, ledger, cancel).run();
}

ChatRequest PageAnalyst::requestFor(const PageQuestion &question)
{
    const QString picture = question.pictures.isEmpty() ? u"There is no picture of the page."_s
                                                        : u"A picture of the page comes along."_s;
    const QMap<QString, QString> values{
        {u"mark"_s, markOf(question.pageText)}, {u"picture"_s, picture}, {u"page_text"_s, question.pageText}};
    ChatMessage system;
    system.role = ChatMessage::Role::System;
    system.text = question.prompt.system(values);
    ChatMessage user;
    user.text = question.prompt.user(values);
    user.pictures = question.pictures;

    ChatRequest request;
    request.endpoint = question.endpoint;
    request.key = question.key;
    request.model = question.model;
    request.messages = {system, user};
    request.schemaName = pageAnswerSchemaName();
    request.schema = pageAnswerSchema();
    request.maxOutputTokens = question.maxOutputTokens;
    request.parameters = question.parameters;
    request.stream = question.stream;
    const bool isLocal = domain::isLocalKind(question.endpoint.kind);
    request.firstByteMs = question.firstByteMs > 0 ? question.firstByteMs
                          : isLocal                ? kColdModelMs
                                                   : kFirstByteMs;
    request.idleMs = question.idleMs;
    return request;
}

qint64 mostTextTokens(const ChatRequest &request, const ModelQuirks &quirks)
{
    qint64 bytes = kFrameTokens;
    for (const ChatMessage &message : request.messages)
        bytes += message.text.toUtf8().size() + kFrameTokens;
    if (request.schemaName.isEmpty())
        return bytes;
    // The server may put the schema into its prompt; ours can hold it too.
    const qint64 schema = QJsonDocument(request.schema).toJson(QJsonDocument::Compact).size();
    return bytes + schema * (needsSchemaInPrompt(request, quirks) ? 3 : 2);
}

} // namespace lectern::ai
