// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace lectern::ai {

/// What a server says went wrong, from whatever shape it says it in.
struct ApiError {
    QString message;
    QString type;
    QString code;
    QString parameter;
    int status = 0;          ///< a status of HTTP inside the object, as OpenRouter sends; 0: none
    bool flagged = false;    ///< OpenRouter: the input was declined by a moderator
    qint64 retryAfterMs = 0; ///< inside the object; 0: none

    /// Nothing when `answer` is no error: {"error": {…}}, {"error": "…"}, {"object": "error", …}, {"detail":
    /// …},
    /// {"message": …} or {"status": "failure", …} without choices.
    [[nodiscard]] static std::optional<ApiError> fromJson(const QJsonObject &answer);
    /// The same for a body that may be anything, in a list too.
    [[nodiscard]] static std::optional<ApiError> fromBody(const QByteArray &body);
};

/// The body is a page for people: a proxy or a web server spoke, not the model's server.
[[nodiscard]] bool isHtml(const QByteArray &body, const QByteArray &contentType);

/// The project's code for an answer of this status. `error` is empty when the body said nothing, `hasKey`
/// whether a key was sent.
[[nodiscard]] base::ErrorCode errorCodeOf(int status, const std::optional<ApiError> &error, bool html,
                                          bool hasKey);

} // namespace lectern::ai
