// SPDX-License-Identifier: GPL-3.0-or-later
#include "Sqlite.h"

#include <QDir>
#include <QFile>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace lectern::e2e {

namespace {

constexpr char kColumnEnd = '\x1f';
constexpr char kRowEnd = '\x1e';

} // namespace

QVector<QByteArrayList> Sqlite::rows(const QString &database, const QByteArray &sql)
{
    QProcess sqlite;
    sqlite.start(u"sqlite3"_s,
                 {u"-batch"_s, u"-bail"_s, u"-ascii"_s, u"-cmd"_s, u".timeout 10000"_s, database});
    sqlite.write(sql + ";\n");
    sqlite.closeWriteChannel();
    if (!sqlite.waitForFinished(60'000) || sqlite.exitCode() != 0)
        qFatal("sqlite3 failed: %s", sqlite.readAllStandardError().constData());
    QVector<QByteArrayList> rows;
    for (const QByteArray &row : sqlite.readAllStandardOutput().split(kRowEnd)) {
        if (!row.isEmpty())
            rows.append(row.split(kColumnEnd));
    }
    return rows;
}

QByteArray Sqlite::value(const QString &database, const QByteArray &sql)
{
    return rows(database, sql).value(0).value(0);
}

void Sqlite::execute(const QString &database, const QByteArray &sql)
{
    [[maybe_unused]] const auto none = rows(database, sql);
}

QString Sqlite::copyOf(const QString &database, const QString &folder)
{
    QDir().mkpath(folder);
    const QString copy = folder + u"/copy.db"_s;
    // Not the -shm file: it is rebuilt from the log, as after a power cut.
    for (const QString &ending : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(copy + ending);
    for (const QString &ending : {u""_s, u"-wal"_s}) {
        if (QFile::exists(database + ending))
            QFile::copy(database + ending, copy + ending);
    }
    return copy;
}

} // namespace lectern::e2e
