// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QUrl>
#include <QVector>

#include <tl/expected.hpp>

#include <functional>

namespace lectern::net {

struct HttpHeader {
    QByteArray name;
    QByteArray value;

    friend bool operator==(const HttpHeader &, const HttpHeader &) = default;
};

/// Sees the body while it arrives, on the network thread, so it must not block. Says true once the message
/// is whole by its own rules: a server that then leaves the connection open is not waited for.
using BodySink = std::function<bool(QByteArrayView chunk)>;

/// What to ask. All times are milliseconds.
struct HttpRequest {
    QByteArray method = QByteArrayLiteral("GET");
    QUrl url;
    QVector<HttpHeader> headers;
    QByteArray key; ///< sent as bearer token; never part of an error text; empty: none
    QByteArray body;
    int connectMs = 20'000; ///< to reach the server
    int firstByteMs =
        120'000;         ///< from the request's last byte to the answer's first: a cold model loads here
    int idleMs = 60'000; ///< between two pieces of the answer; there is no limit on the whole
    qint64 maxAnswerBytes = 32LL * 1024 * 1024;
    bool plainHttpAllowed = false; ///< beyond this machine
    BodySink sink;                 ///< optional; called for answers with status 2xx only
};

/// An answer of any status. `body` is whole, also when a sink has seen it.
struct HttpAnswer {
    int status = 0;
    QVector<HttpHeader> headers;
    QByteArray body;
    qint64 firstByteMs = 0; ///< from the call of send()
    qint64 totalMs = 0;
    qint64 bytesSent = 0; ///< of the request's body

    /// The first header of this name, in any case; empty when there is none.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
};

/// Why there is no answer, and what had come until then.
struct HttpFailure {
    base::Error error;
    bool maySent = false; ///< the server may have got the request, and acted on it
    HttpAnswer partial;   ///< status 0 when not even the headers came
};

using HttpResult = tl::expected<HttpAnswer, HttpFailure>;

} // namespace lectern::net
