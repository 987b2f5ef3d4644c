// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lectern::store {

/// Whether a folder is on a file system shared between computers, where SQLite's log, which needs shared
/// memory, loses data. Unknown file systems are taken for local ones.
[[nodiscard]] bool isOnNetworkDrive(const QString &folder);

} // namespace lectern::store
