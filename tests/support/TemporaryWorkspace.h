// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTemporaryDir>

namespace lectern::support {

/// A folder for a workspace that disappears with the test, and a look into its database with the plain
/// `sqlite3` program.
class TemporaryWorkspace {
public:
    TemporaryWorkspace();

    /// Does not exist yet: whoever opens the workspace creates it.
    [[nodiscard]] QString folder() const;
    [[nodiscard]] QString databaseFile() const;
    /// A place beside the workspace for files of the test.
    [[nodiscard]] QString pathOf(const QString &name) const;

    /// What `sqlite3` prints for a statement: rows in lines, columns apart by `|`. On failure the text starts
    /// with "error". Not while this process has the database open: SQLite's locks are per process, and the
    /// program is another one, so that is fine for reading; but it must not write then.
    QString sqlite3(const QString &sql) const;

private:
    QTemporaryDir m_root;
};

/// The same for any database file.
QString runSqlite3(const QString &databaseFile, const QString &sql);

} // namespace lectern::support
