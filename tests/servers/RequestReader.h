// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace lectern::servers {

/// One request as it came in.
struct SeenRequest {
    QByteArray method;
    QByteArray path;
    QByteArray head; ///< first line and headers
    QByteArray body;
};

/// Takes the bytes of a connection apart into requests of HTTP/1.1 with a length.
class RequestReader {
public:
    void feed(const QByteArray &bytes) { m_input += bytes; }
    /// The next request that is whole; nothing while there is none.
    [[nodiscard]] std::optional<SeenRequest> next();

private:
    QByteArray m_input;
};

} // namespace lectern::servers
