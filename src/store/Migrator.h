// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"

#include <QString>
#include <QStringList>
#include <QVector>

namespace lectern::store {

class Connection;

/// Brings a workspace's tables up to date. The steps are files `NNNN_name.sql`, numbered from 1 without gaps;
/// the number of the last one applied is the database's `user_version`. Each step and its number are one
/// transaction, so a crash leaves either the old version or the new one. Used on the thread of the connection
/// it is given.
class Migrator {
public:
    /// Where the steps of this program are compiled in.
    [[nodiscard]] static QString builtInSteps();

    /// Errors: Internal when the folder's files are not numbered as they must be.
    [[nodiscard]] static base::Result<Migrator> load(const QString &folder);

    /// The version this program writes.
    [[nodiscard]] int latest() const { return static_cast<int>(m_steps.size()); }

    /// The version of the database: 0 when it is empty. Errors: WorkspaceDamaged when it is somebody else's
    /// database.
    [[nodiscard]] static base::Result<int> versionOf(Connection &connection);

    /// Applies what is missing. Before it changes a database that has a version, the database is copied to
    /// `backupFolder`, where the last three copies are kept. Errors: WorkspaceNewer, and those of any
    /// statement.
    [[nodiscard]] base::Status migrate(Connection &connection, const QString &backupFolder,
                                       const base::Clock &clock) const;

private:
    struct Step {
        QString name;
        QStringList statements;
    };
    void apply(Connection &connection, int version) const;

    QVector<Step> m_steps;
};

} // namespace lectern::store
