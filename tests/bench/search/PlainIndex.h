// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

struct sqlite3;
struct sqlite3_stmt;

namespace lectern::bench {

/// SQLite FTS5 as it comes, over the same pages: what a search by words is compared with.
class PlainIndex {
public:
    explicit PlainIndex(const QString &file);
    ~PlainIndex();
    PlainIndex(const PlainIndex &) = delete;
    PlainIndex &operator=(const PlainIndex &) = delete;

    /// How many pages there are among the `limit` best with any of the words; their numbers and ranks are
    /// read.
    int search(const QString &question, int limit);

private:
    sqlite3 *m_database = nullptr;
    sqlite3_stmt *m_statement = nullptr;
};

} // namespace lectern::bench
