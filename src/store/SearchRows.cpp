// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SearchRows.h"

#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

namespace {

constexpr const char *kAddSearch =
    "INSERT INTO page_search (rowid, title, headings, body, stems) VALUES (?, ?, ?, ?, ?)";
constexpr const char *kAddLanguage = "INSERT OR IGNORE INTO search_language (language) VALUES (?)";

} // namespace

void addSearchRow(Transaction &transaction, qint64 page, const SearchColumns &columns,
                  const QString &language)
{
    execute(transaction, kAddSearch, page, columns.title, columns.headings, columns.body, columns.stems);
    execute(transaction, kAddLanguage, language);
}

} // namespace lectern::store
