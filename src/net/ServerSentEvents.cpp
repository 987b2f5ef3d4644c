// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/ServerSentEvents.h"

#include <utility>

namespace lectern::net {

QVector<ServerSentEvent> ServerSentEvents::feed(QByteArrayView chunk)
{
    QVector<ServerSentEvent> events;
    for (const char byte : chunk)
        takeByte(byte, events);
    return events;
}

QVector<ServerSentEvent> ServerSentEvents::finish()
{
    QVector<ServerSentEvent> events;
    if (!m_line.isEmpty())
        takeLine(events);
    takeLine(events);
    return events;
}

void ServerSentEvents::takeByte(char byte, QVector<ServerSentEvent> &events)
{
    const bool secondHalf = m_afterCarriageReturn && byte == '\n';
    m_afterCarriageReturn = byte == '\r';
    if (secondHalf)
        return;
    if (byte == '\n' || byte == '\r')
        takeLine(events);
    else
        m_line.append(byte);
}

void ServerSentEvents::takeLine(QVector<ServerSentEvent> &events)
{
    if (std::exchange(m_atStart, false) && m_line.startsWith("\xef\xbb\xbf"))
        m_line.remove(0, 3);
    const QByteArray line = std::exchange(m_line, {});
    if (line.isEmpty()) {
        if (m_hasData)
            events.append(std::move(m_event));
        m_event = {};
        m_hasData = false;
        return;
    }
    const qsizetype colon = line.indexOf(':');
    const QByteArray field = colon < 0 ? line : line.left(colon);
    qsizetype start = colon < 0 ? line.size() : colon + 1;
    if (start < line.size() && line.at(start) == ' ')
        ++start;
    if (field == "data") {
        if (m_hasData)
            m_event.data.append('\n');
        m_event.data.append(QByteArrayView(line).sliced(start));
        m_hasData = true;
    } else if (field == "event") {
        m_event.name = line.mid(start);
    }
}

} // namespace lectern::net
