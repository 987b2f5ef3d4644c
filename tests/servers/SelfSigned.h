// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslConfiguration>

#include <optional>

namespace lectern::servers {

/// For a server with a certificate that nobody has signed, for 127.0.0.1, made anew. Nothing without the
/// program openssl.
[[nodiscard]] std::optional<QSslConfiguration> selfSigned();

} // namespace lectern::servers
