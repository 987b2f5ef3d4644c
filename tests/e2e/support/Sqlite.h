// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QVector>

namespace lectern::e2e {

/// The plain sqlite3 program, so that nothing of ours judges itself.
class Sqlite {
public:
    /// Each row's columns. Fails the whole test program when sqlite3 does.
    [[nodiscard]] static QVector<QByteArrayList> rows(const QString &database, const QByteArray &sql);
    /// The first column of the first row.
    [[nodiscard]] static QByteArray value(const QString &database, const QByteArray &sql);
    static void execute(const QString &database, const QByteArray &sql);

    /// A copy of the files a killed program left, so that looking does not repair them. No program may be
    /// running.
    [[nodiscard]] static QString copyOf(const QString &database, const QString &folder);
};

} // namespace lectern::e2e
