// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace lectern::net {

/// Text of a server or a library with the key taken out, and whatever else looks like one: servers like to
/// quote the key they refuse, whole or in part.
[[nodiscard]] QString withoutKeys(QString text, const QByteArray &key);
[[nodiscard]] QByteArray withoutKeys(QByteArray text, const QByteArray &key);

} // namespace lectern::net
