// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

namespace lectern::net {

/// The address stays on this machine: localhost, 127.0.0.0/8 or ::1.
[[nodiscard]] bool isLoopback(const QUrl &url);

/// Equal scheme, host and port, with the usual ports filled in.
[[nodiscard]] bool isSameOrigin(const QUrl &a, const QUrl &b);

/// Would send in the clear what must not be: plain http beyond this machine, unless it is allowed.
[[nodiscard]] bool isPlainHttpRefused(const QUrl &url, bool plainHttpAllowed);

/// "example.org:8443", for error texts: without path, query and user.
[[nodiscard]] QString placeOf(const QUrl &url);

} // namespace lectern::net
