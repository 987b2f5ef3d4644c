// SPDX-License-Identifier: GPL-3.0-or-later
#include "PlainIndex.h"

#include <QRegularExpression>
#include <QStringList>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace lectern::bench {

PlainIndex::PlainIndex(const QString &file)
{
    const char *sql = "SELECT rowid, rank FROM page WHERE page MATCH ? ORDER BY rank LIMIT ?";
    if (sqlite3_open_v2(file.toUtf8().constData(), &m_database, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK ||
        sqlite3_prepare_v2(m_database, sql, -1, &m_statement, nullptr) != SQLITE_OK)
        qFatal("%s: %s", qPrintable(file), sqlite3_errmsg(m_database));
}

PlainIndex::~PlainIndex()
{
    sqlite3_finalize(m_statement);
    sqlite3_close(m_database);
}

int PlainIndex::search(const QString &question, int limit)
{
    static const QRegularExpression between(u"\\W+"_s, QRegularExpression::UseUnicodePropertiesOption);
    const QStringList words = question.split(between, Qt::SkipEmptyParts);
    const QByteArray match = (u'"' + words.join(u"\" OR \""_s) + u'"').toUtf8();
    sqlite3_bind_text(m_statement, 1, match.constData(), static_cast<int>(match.size()), nullptr);
    sqlite3_bind_int(m_statement, 2, limit);
    int found = 0;
    while (sqlite3_step(m_statement) == SQLITE_ROW)
        ++found;
    sqlite3_reset(m_statement);
    return found;
}

} // namespace lectern::bench
