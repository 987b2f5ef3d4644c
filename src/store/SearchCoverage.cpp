// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SearchCoverage.h"

#include "store/Failure.h"
#include "store/Statement.h"

namespace lectern::store {

using domain::DocumentId;
using domain::SearchMode;

namespace {

// The numbers are those of Gap; of states and kinds, those of domain::DocumentState, JobState and JobKind.
#define LECTERN_WORDS_GAP                                                                                    \
    " WHEN document.state = 12 THEN 3"                                                                       \
    " WHEN document.state BETWEEN 13 AND 15 THEN 4"                                                          \
    " WHEN document.pages_total < 0 OR (document.pages_extracted < document.pages_total"                     \
    "      AND (document.state = 16 OR EXISTS (SELECT 1 FROM job WHERE job.document_id = document.id"        \
    "                                            AND job.kind = 1 AND job.page_number = 0 AND job.state < "  \
    "10)))"                                                                                                  \
    "      THEN CASE WHEN document.state = 16 THEN 5"                                                        \
    "                WHEN document.paused OR EXISTS (SELECT 1 FROM workspace_setting"                        \
    "                                                 WHERE key = 'all_paused' AND value = '1') THEN 2"      \
    "                ELSE 1 END"                                                                             \
    " WHEN document.pages_extracted < document.pages_total THEN 6"                                           \
    " WHEN document.pages_with_text = 0 THEN 7"

// A document whose last embed job is done misses nothing: only of the others chunks are looked at, and there
// the first one that misses its vector is enough.
#define LECTERN_LAST_EMBED                                                                                   \
    "(SELECT job.state FROM job WHERE job.document_id = document.id AND job.kind = 4"                        \
    "    AND job.page_number = 0 AND job.space_id = space.id ORDER BY job.id DESC LIMIT 1)"
#define LECTERN_KNOWS(language) "(space.language IS NULL OR " language " IN (space.language, 'und'))"
#define LECTERN_KNOWS_A_PAGE                                                                                 \
    "EXISTS (SELECT 1 FROM page WHERE page.document_id = document.id AND " LECTERN_KNOWS("page.language") ")"
#define LECTERN_LACKS_A_VECTOR                                                                               \
    "EXISTS (SELECT 1 FROM page JOIN chunk ON chunk.page_id = page.id WHERE page.document_id = document.id"  \
    "   AND " LECTERN_KNOWS(                                                                                 \
        "chunk.language") " AND NOT EXISTS (SELECT 1 FROM chunk_vector AS made"                              \
                          "       WHERE made.chunk_id = chunk.id AND made.space_id = space.id))"
#define LECTERN_MEANING_GAP                                                                                  \
    " WHEN space.id IS NULL THEN 8 WHEN NOT " LECTERN_KNOWS_A_PAGE " THEN 9"                                 \
    " WHEN coalesce(" LECTERN_LAST_EMBED ", 0) <> 10 AND " LECTERN_LACKS_A_VECTOR                            \
    " THEN CASE WHEN document.state = 16 THEN 12"                                                            \
    "           ELSE CASE " LECTERN_LAST_EMBED " WHEN 11 THEN 11 WHEN 12 THEN 12 ELSE 10 END END"

#define LECTERN_BY_WORDS                                                                                     \
    "(SELECT document.*, CASE" LECTERN_WORDS_GAP " ELSE 0 END AS gap"                                        \
    "   FROM document WHERE document.removed_at = 0)"
#define LECTERN_BY_MEANING                                                                                   \
    "(SELECT document.*, CASE" LECTERN_WORDS_GAP LECTERN_MEANING_GAP " ELSE 0 END AS gap"                    \
    "   FROM document LEFT JOIN embedding_space AS space ON space.state = 1 WHERE document.removed_at = 0)"

// By both, words find what no vector stands for and none ever will.
#define LECTERN_COVERED "(gap = 0 OR (? AND gap BETWEEN 8 AND 9))"
#define LECTERN_COUNT "SELECT count(*), coalesce(sum(" LECTERN_COVERED "), 0) FROM "
#define LECTERN_MISSING "SELECT id, name, gap, error_code, pages_total - pages_extracted, language FROM "
#define LECTERN_SORTED " WHERE NOT " LECTERN_COVERED " ORDER BY gap, name_key, id LIMIT ?"

constexpr const char *kCountByWords = LECTERN_COUNT LECTERN_BY_WORDS;
constexpr const char *kCountByMeaning = LECTERN_COUNT LECTERN_BY_MEANING;
constexpr const char *kMissingByWords = LECTERN_MISSING LECTERN_BY_WORDS LECTERN_SORTED;
constexpr const char *kMissingByMeaning = LECTERN_MISSING LECTERN_BY_MEANING LECTERN_SORTED;

SearchCoverage::Missing missingOf(const Statement &row)
{
    return {row.id<DocumentId>(0),
            row.text(1),
            static_cast<SearchCoverage::Gap>(row.number(2)),
            base::errorFromName(row.text(3)),
            row.number(4),
            row.text(5)};
}

} // namespace

base::Result<SearchCoverage::Count> SearchCoverage::count(Connection &connection, SearchMode mode)
{
    return attempt([&] {
        return readRow(
                   connection, mode == SearchMode::Words ? kCountByWords : kCountByMeaning,
                   [](const Statement &row) {
                       return Count{row.number(0), row.number(1)};
                   },
                   mode == SearchMode::Both)
            .value_or(Count());
    });
}

base::Result<QVector<SearchCoverage::Missing>> SearchCoverage::missing(Connection &connection,
                                                                       SearchMode mode, int limit)
{
    return attempt([&] {
        return readRows(connection, mode == SearchMode::Words ? kMissingByWords : kMissingByMeaning,
                        missingOf, mode == SearchMode::Both, limit);
    });
}

} // namespace lectern::store
