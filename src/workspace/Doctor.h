// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "workspace/Workspace.h"

#include <QString>

namespace lectern::workspace {

/// Looks for what could keep Lectern from working, and says it plainly. Changes nothing. Slow: seconds.
class Doctor {
public:
    Doctor(store::Database &database, QString helperProgram);

    [[nodiscard]] base::Result<QVector<Workspace::Finding>> examine() const;

private:
    [[nodiscard]] Workspace::Finding checkIntegrity() const;
    [[nodiscard]] Workspace::Finding checkHelper() const;
    [[nodiscard]] Workspace::Finding checkDiskSpace() const;
    [[nodiscard]] base::Result<Workspace::Finding> checkQueue() const;
    [[nodiscard]] base::Result<Workspace::Finding> checkSources() const;

    store::Database &m_database;
    QString m_helperProgram;
};

} // namespace lectern::workspace
