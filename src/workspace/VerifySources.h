// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "store/Database.h"

#include <QString>

namespace lectern::workspace {

/// Looks whether every file of the library is still there with the size and time it had. A missing one is
/// marked, a changed one is read again as a new version; what was stored of the old one stays in the trash.
class VerifySources {
public:
    VerifySources(store::Database &database, QString analyzer);

    /// Returns how many places changed, went missing or came back. Waits for the disk.
    [[nodiscard]] base::Result<int> verify(const base::CancelToken &cancel);

private:
    store::Database &m_database;
    QString m_analyzer;
};

} // namespace lectern::workspace
