// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/RequestReader.h"

#include <QList>

namespace lectern::servers {

namespace {

qsizetype bodyLength(const QByteArray &head)
{
    const QByteArray name = "content-length:";
    const qsizetype at = head.toLower().indexOf(name);
    if (at < 0)
        return 0;
    const QByteArray rest = head.mid(at + name.size());
    return rest.left(rest.indexOf('\r')).trimmed().toLongLong();
}

} // namespace

std::optional<SeenRequest> RequestReader::next()
{
    const qsizetype end = m_input.indexOf("\r\n\r\n");
    if (end < 0)
        return std::nullopt;
    SeenRequest request;
    request.head = m_input.left(end + 2);
    const qsizetype start = end + 4;
    const qsizetype length = bodyLength(request.head);
    if (m_input.size() < start + length)
        return std::nullopt;
    request.head.chop(2);
    request.body = m_input.mid(start, length);
    m_input.remove(0, start + length);
    const QList<QByteArray> words = request.head.left(request.head.indexOf('\r')).split(' ');
    request.method = words.value(0);
    request.path = words.value(1);
    return request;
}

} // namespace lectern::servers
