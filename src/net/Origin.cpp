// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/Origin.h"

#include <QHostAddress>

namespace lectern::net {

using namespace Qt::StringLiterals;

namespace {

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == "https"_L1 ? 443 : 80);
}

} // namespace

bool isLoopback(const QUrl &url)
{
    const QString host = url.host();
    if (host == "localhost"_L1 || host.endsWith(".localhost"_L1))
        return true;
    QHostAddress address;
    return address.setAddress(host) && address.isLoopback();
}

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && portOf(a) == portOf(b);
}

bool isPlainHttpRefused(const QUrl &url, bool plainHttpAllowed)
{
    return url.scheme() != "https"_L1 && !plainHttpAllowed && !isLoopback(url);
}

QString placeOf(const QUrl &url)
{
    return url.port() < 0 ? url.host() : url.host() + u':' + QString::number(url.port());
}

} // namespace lectern::net
