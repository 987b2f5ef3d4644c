// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QVector>

namespace lectern::net {

/// One event of a stream. `name` is empty for the usual, unnamed one.
struct ServerSentEvent {
    QByteArray name;
    QByteArray data;

    friend bool operator==(const ServerSentEvent &, const ServerSentEvent &) = default;
};

/// Takes a text/event-stream apart, in pieces cut anywhere (WHATWG HTML, "Server-sent events"): lines end
/// with LF, CR or both, comments and unknown fields are passed over, the lines of `data` are joined. Linear
/// in the bytes. Lives on one thread.
class ServerSentEvents {
public:
    /// The events that `chunk` completes.
    [[nodiscard]] QVector<ServerSentEvent> feed(QByteArrayView chunk);

    /// What the end of the stream completes: many servers leave out the last empty line.
    [[nodiscard]] QVector<ServerSentEvent> finish();

private:
    void takeByte(char byte, QVector<ServerSentEvent> &events);
    void takeLine(QVector<ServerSentEvent> &events);

    QByteArray m_line;
    ServerSentEvent m_event;
    bool m_hasData = false;
    bool m_afterCarriageReturn = false;
    bool m_atStart = true;
};

} // namespace lectern::net
