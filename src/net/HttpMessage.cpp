// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/HttpMessage.h"

namespace lectern::net {

QByteArray HttpAnswer::header(QByteArrayView name) const
{
    for (const HttpHeader &header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            return header.value;
    }
    return {};
}

} // namespace lectern::net
