// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ai/ApiError.h"
#include "ai/ChatReply.h"
#include "net/HttpMessage.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace lectern::ai {

/// What the clients of OpenAI's protocol say alike of an answer of HTTP, whatever was asked: its facts, and
/// why it is of no use. No text that comes from here holds the key. A value, for one answer.
class AnswerFacts {
public:
    /// `nowMs`: the time of the answer.
    AnswerFacts(QByteArray key, qint64 nowMs);

    /// Fills what all answers say of themselves.
    void addTo(ReplyFacts &facts, const net::HttpAnswer &answer) const;

    /// In all of the following, `known` is what the answer's body told of itself before it turned out to be
    /// of no use: its id, its bill.

    /// An answer that came and cannot be used. `detail` is cut to a bearable length.
    [[nodiscard]] ChatFailure failure(ReplyFacts known, const net::HttpAnswer &answer, base::ErrorCode code,
                                      const QString &detail) const;
    /// An answer that says itself that something went wrong, by its status or by `error`, an error object in
    /// its body.
    [[nodiscard]] ChatFailure refusal(ReplyFacts known, const net::HttpAnswer &answer,
                                      const std::optional<ApiError> &error, bool html) const;
    /// No whole answer came.
    [[nodiscard]] ChatFailure interruption(ReplyFacts known, const net::HttpFailure &failure) const;

    /// Why a body with status 2xx is no answer in JSON.
    [[nodiscard]] static QString notJson(bool html);

private:
    QByteArray m_key;
    qint64 m_nowMs;
};

} // namespace lectern::ai
