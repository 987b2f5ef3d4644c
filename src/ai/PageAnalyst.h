// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ai/ChatReply.h"
#include "ai/ChatRequest.h"
#include "ai/ModelQuirks.h"
#include "ai/PromptTemplate.h"
#include "ai/RequestLedger.h"
#include "base/CancelToken.h"
#include "domain/PageAnalysis.h"

#include <QVector>

#include <functional>
#include <optional>

namespace lectern::ai {

class ChatClient;

/// One page for one model.
struct PageQuestion {
    domain::Endpoint endpoint;
    QByteArray key;
    QString model;
    PromptTemplate prompt;
    QString pageText;
    QVector<ChatPicture> pictures;
    QJsonObject parameters; ///< temperature, reasoning_effort, …
    qint64 maxOutputTokens = 2000;
    qint64 mostOutputTokens = 0; ///< the model's own limit, for the retry with more room; 0: unknown
    /// Counts the words of the first request in tokens, without pictures, by ourselves. Called once, on the
    /// asking thread, while the first answer is waited for. Empty: not to be counted.
    std::function<qint64()> countInput;
    qint64 worstInputTokens = 0; ///< never less than what can be billed; 0: taken from the bytes sent
    bool stream = true;
    int firstByteMs = 0; ///< 0: two minutes; ten for a local server, which may have to load the model first
    int idleMs = 60'000;
};

/// What came of it. Of everything that was sent, `last` alone is not booked yet: the caller books it in the
/// transaction that stores the answer or the failure.
struct PageOutcome {
    tl::expected<domain::PageAnalysis, ChatFailure> result;
    QString rawAnswer;  ///< what the model wrote last, as it is; empty when it wrote nothing
    ModelQuirks quirks; ///< with what was learned; store it if it changed
    std::optional<RequestSettlement> last;
    int requests = 0; ///< sent, or tried to
};

/// Takes one page through a model: asks, adapts to what the model refuses, gives a cut answer twice the room
/// once, has an unusable one repaired once. Anything that only time can heal comes back as a failure with its
/// retryAfterMs. Thread-safe.
class PageAnalyst {
public:
    explicit PageAnalyst(const ChatClient &client);

    /// Errors: what ChatClient::ask and `ledger` report, and AnswerRefused (with the model's words),
    /// AnswerCut, AnswerEmpty, AnswerInvalid, PromptCut.
    [[nodiscard]] PageOutcome analyse(const PageQuestion &question, const ModelQuirks &quirks,
                                      RequestLedger &ledger, const base::CancelToken &cancel) const;

    /// The first request for a page: what an estimate counts. Equal for equal questions.
    [[nodiscard]] static ChatRequest requestFor(const PageQuestion &question);

private:
    const ChatClient &m_client;
};

/// More tokens than this no server makes of a request's words: each takes a byte at least. Pictures are not
/// counted.
[[nodiscard]] qint64 mostTextTokens(const ChatRequest &request, const ModelQuirks &quirks);

} // namespace lectern::ai
