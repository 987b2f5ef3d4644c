// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Scene.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace lectern::e2e {

/// A workspace's results in a canonical form: what must be equal, byte for byte, however often the work was
/// killed. Left out is what tells of the way there: times, attempts, details of errors, row numbers.
class Snapshot {
public:
    /// Read by the sqlite3 program. Documents whose path ends with one of `apart` have neither their state
    /// nor failed pages in it: how they end depends on where a kill hits them.
    [[nodiscard]] static Snapshot bySqlite(const QString &database, const QStringList &apart = {});
    /// Read by lectern-cli: every page as `pages --full --json` prints it.
    [[nodiscard]] static Snapshot byProgram(const Scene &scene, const QStringList &apart = {});

    [[nodiscard]] const QByteArrayList &lines() const { return m_lines; }
    /// Empty when they are equal, else the first difference.
    [[nodiscard]] QByteArray differenceTo(const Snapshot &other) const;

private:
    QByteArrayList m_lines;
};

/// What must hold of a workspace whenever its queue has come to rest: the broken rules, by the sqlite3
/// program.
[[nodiscard]] QByteArrayList brokenRules(const QString &database);

} // namespace lectern::e2e
