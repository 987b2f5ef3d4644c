// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "workspace/Workspace.h"

#include <QString>

namespace lectern::workspace {

/// Looks for what could keep Lectern from working, and says it plainly. Changes nothing. Slow: seconds.
class Doctor {
public:
    Doctor(store::Database &database, ModelDirectory &directory, QString helperProgram);

    [[nodiscard]] base::Result<QVector<Workspace::Finding>> examine() const;

private:
    [[nodiscard]] Workspace::Finding checkIntegrity() const;
    [[nodiscard]] Workspace::Finding checkHelper() const;
    [[nodiscard]] Workspace::Finding checkDiskSpace() const;
    [[nodiscard]] base::Result<Workspace::Finding> checkQueue() const;
    [[nodiscard]] base::Result<Workspace::Finding> checkSources() const;
    [[nodiscard]] Workspace::Finding checkPrices() const;
    /// Which model is taken for what where nobody names one, and who says so.
    [[nodiscard]] base::Result<Workspace::Finding> checkModels() const;

    store::Database &m_database;
    ModelDirectory &m_directory;
    QString m_helperProgram;
};

} // namespace lectern::workspace
