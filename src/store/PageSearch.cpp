// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/PageSearch.h"

#include "store/ChunkRows.h"
#include "store/Failure.h"
#include "store/SearchRows.h"
#include "store/Statement.h"
#include "store/Transaction.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <utility>

namespace lectern::store {

using base::ErrorCode;
using domain::DocumentId;
using domain::PageHit;
using domain::PageId;
using domain::SearchFilter;

namespace {

// FTS5 hands out its rows in the order of their rank, so that the joins are made for no more rows than are
// shown. Filters that are NULL let everything through; the lists are read once.
#define LECTERN_DOCUMENT_FILTER                                                                              \
    "(? IS NULL OR document.id IN (SELECT document_id FROM collection_document WHERE collection_id = ?))"    \
    "   AND (? IS NULL OR document.added_at >= ?) AND (? IS NULL OR document.added_at < ?)"
#define LECTERN_FILTER                                                                                       \
    "   AND document.removed_at = 0"                                                                         \
    "   AND (? IS NULL OR page.document_id IN (SELECT value FROM json_each(?)))"                             \
    "   AND (? IS NULL OR page.language IN (SELECT value FROM json_each(?)))"                                \
    "   AND (? IS NULL OR page.verdict IN (SELECT value FROM json_each(?)))"                                 \
    "   AND (? IS NULL OR page.answer_id IN (SELECT rowid FROM answer_entity WHERE answer_entity MATCH ?))"  \
    "   AND " LECTERN_DOCUMENT_FILTER
#define LECTERN_FOUND_PAGES                                                                                  \
    "  FROM page_search JOIN page ON page.id = page_search.rowid"                                            \
    "                   JOIN document ON document.id = page.document_id"                                     \
    " WHERE page_search MATCH ?" LECTERN_FILTER

constexpr const char *kFind =
    "SELECT page.id, page.document_id, page.number, page_search.rank" LECTERN_FOUND_PAGES
    " ORDER BY page_search.rank LIMIT ?";
constexpr const char *kCount = "SELECT count(*)" LECTERN_FOUND_PAGES;
constexpr const char *kOpen = "SELECT page.id FROM page JOIN document ON document.id = page.document_id"
                              " WHERE page.id IN (SELECT value FROM json_each(?))" LECTERN_FILTER;
constexpr const char *kDocumentsOf =
    "SELECT document.id FROM document WHERE (? IS NULL OR document.id IN (SELECT value FROM json_each(?)))"
    "   AND " LECTERN_DOCUMENT_FILTER;
// By the index of pages by answer.
constexpr const char *kNaming = R"(
SELECT page.id FROM answer_entity JOIN page ON page.answer_id = answer_entity.rowid
 WHERE answer_entity MATCH ? LIMIT ?)";
constexpr const char *kAnswersNaming = R"(
SELECT answer.result, (SELECT count(*) FROM page WHERE page.answer_id = answer.id)
  FROM answer_entity JOIN answer ON answer.id = answer_entity.rowid
 WHERE answer_entity MATCH ? ORDER BY answer_entity.rowid DESC LIMIT ?)";
constexpr const char *kMatching = "SELECT rowid FROM page_search WHERE page_search MATCH ?"
                                  " AND rowid IN (SELECT value FROM json_each(?))";
constexpr const char *kStems =
    "SELECT rowid, stems FROM page_search WHERE rowid IN (SELECT value FROM json_each(?))";
constexpr const char *kFrequency = "SELECT doc FROM page_term WHERE term = ? AND col = 'stems'";
constexpr const char *kAllPages = "SELECT count(*) FROM page_search_docsize";
constexpr const char *kLanguages = "SELECT language FROM search_language ORDER BY language";
constexpr const char *kText = R"(
SELECT page.label, page.language, page_text.text, page.width, page.height
  FROM page JOIN page_text ON page_text.page_id = page.id WHERE page.id = ?)";

// One small row a page, where the index itself would have to be read through.
constexpr const char *kUnindexed = R"(
SELECT page.id, page.document_id, page.number, page.width, page.height, page.rotation, page_text.text, page_text.layout,
       document.name, document.title
  FROM page_text JOIN page ON page.id = page_text.page_id JOIN document ON document.id = page.document_id
 WHERE NOT EXISTS (SELECT 1 FROM page_search_docsize WHERE page_search_docsize.id = page_text.page_id)
 ORDER BY page.id DESC LIMIT ?)";
constexpr const char *kIsStored = "SELECT 1 FROM page_text WHERE page_id = ?";
constexpr const char *kIsIndexed = "SELECT 1 FROM page_search WHERE rowid = ?";
constexpr const char *kSetLanguage = "UPDATE page SET language = ? WHERE id = ?";

/// Of the newest: enough to know what pages name, and read in some milliseconds.
constexpr int kAnswersLookedAt = 400;

std::optional<QString> listOf(const QStringList &values)
{
    if (values.isEmpty())
        return std::nullopt;
    return QString::fromUtf8(
        QJsonDocument(QJsonArray::fromStringList(values)).toJson(QJsonDocument::Compact));
}

std::optional<QString> listOf(const std::optional<QVector<DocumentId>> &documents)
{
    return documents ? std::optional(jsonArray(*documents)) : std::nullopt;
}

/// The names of the verdicts that are good enough: the best come first in the enum.
std::optional<QString> listOf(const std::optional<domain::TextVerdict> &worst)
{
    if (!worst)
        return std::nullopt;
    QStringList names;
    for (int verdict = 0; verdict <= static_cast<int>(*worst); ++verdict)
        names.append(domain::verdictName(static_cast<domain::TextVerdict>(verdict)));
    return listOf(names);
}

/// Words as FTS5 takes them side by side; the last one unfinished where it `goesOn`.
QString phraseOf(const QString &words, bool goesOn = false)
{
    return QStringLiteral("\"%1\"").arg(QString(words).replace(u'"', QLatin1String("\"\""))) +
           (goesOn ? QStringLiteral("*") : QString());
}

template <class... More>
void run(Statement &statement, const QString &match, const SearchFilter &filter, const More &...more)
{
    const auto documents = listOf(filter.documents);
    const auto languages = listOf(filter.languages);
    const auto verdicts = listOf(filter.worstText);
    const auto named = filter.named.isEmpty() ? std::nullopt : std::optional(phraseOf(filter.named));
    // Each twice: Qt's driver knows no numbered places.
    statement.run(match, documents, documents, languages, languages, verdicts, verdicts, named, named,
                  filter.collection, filter.collection, filter.addedFrom, filter.addedFrom,
                  filter.addedBefore, filter.addedBefore, more...);
}

// FTS5 reports an expression it can't parse as a plain error (1), which a statement that was prepared has no
// other reason for.
base::Error blameTheExpression(const base::Error &error, const QString &match)
{
    return error.detail.endsWith(QStringLiteral("SQLite 1)")) ? base::Error{ErrorCode::InvalidArgument, match}
                                                              : error;
}

QSet<qint64> matching(Connection &connection, const QVector<PageId> &pages, const QString &match)
{
    QSet<qint64> found;
    Statement statement(connection, kMatching);
    statement.run(match, jsonArray(pages));
    while (statement.next())
        found.insert(statement.integer(0));
    return found;
}

/// As the index sees letters: without case and marks.
QString folded(const QString &text)
{
    QString plain = text.normalized(QString::NormalizationForm_KD).toCaseFolded().simplified();
    plain.removeIf([](QChar unit) { return unit.category() == QChar::Mark_NonSpacing; });
    return plain;
}

/// The index was asked for all that a page names; this is of one thing.
bool isMeant(const domain::Entity &entity, const QString &typed)
{
    return folded(entity.text).contains(typed) || folded(entity.value).contains(typed);
}

bool hasWords(const QString &text)
{
    return std::any_of(text.begin(), text.end(),
                       [](QChar unit) { return unit.isLetterOrNumber() || unit.isSurrogate(); });
}

PageSearch::Unindexed unindexedOf(const Statement &row)
{
    PageSearch::Unindexed page;
    page.page = row.id<PageId>(0);
    page.document = row.id<DocumentId>(1);
    page.content.number = row.number(2);
    page.content.geometry = {row.real(3), row.real(4), row.number(5)};
    page.content.text.text = row.text(6);
    orThrow(domain::decodeLayout(row.bytes(7), page.content.text));
    page.documentName = row.text(8);
    page.documentTitle = row.text(9);
    return page;
}

} // namespace

base::Result<QVector<PageHit>> PageSearch::find(Connection &connection, const QString &match,
                                                const SearchFilter &filter, int limit)
{
    return attempt([&] {
               QVector<PageHit> hits;
               Statement statement(connection, kFind);
               run(statement, match, filter, limit);
               while (statement.next()) {
                   hits.append({statement.id<PageId>(0),
                                statement.id<DocumentId>(1),
                                statement.number(2),
                                -statement.real(3),
                                true,
                                {}});
               }
               return hits;
           })
        .map_error([&](const base::Error &error) { return blameTheExpression(error, match); });
}

base::Result<qint64> PageSearch::count(Connection &connection, const QString &match,
                                       const SearchFilter &filter)
{
    return attempt([&] {
               Statement statement(connection, kCount);
               run(statement, match, filter);
               const qint64 count = statement.next() ? statement.integer(0) : 0;
               return count;
           })
        .map_error([&](const base::Error &error) { return blameTheExpression(error, match); });
}

base::Result<QSet<qint64>> PageSearch::open(Connection &connection, const QVector<PageId> &pages,
                                            const QString &demanded, const QString &excluded,
                                            const SearchFilter &filter)
{
    return attempt([&] {
               QSet<qint64> open;
               Statement statement(connection, kOpen);
               run(statement, jsonArray(pages), filter);
               while (statement.next())
                   open.insert(statement.integer(0));
               if (!demanded.isEmpty())
                   open.intersect(matching(connection, pages, demanded));
               if (!excluded.isEmpty())
                   open.subtract(matching(connection, pages, excluded));
               return open;
           })
        .map_error([&](const base::Error &error) { return blameTheExpression(error, demanded + excluded); });
}

base::Result<QHash<qint64, QString>> PageSearch::stems(Connection &connection, const QVector<PageId> &pages)
{
    return attempt([&] {
        QHash<qint64, QString> stems;
        Statement statement(connection, kStems);
        statement.run(jsonArray(pages));
        while (statement.next())
            stems.insert(statement.integer(0), statement.text(1));
        return stems;
    });
}

base::Result<PageSearch::Frequencies> PageSearch::frequencies(Connection &connection,
                                                              const QStringList &stems)
{
    return attempt([&] {
        Frequencies frequencies;
        frequencies.allPages = readInteger(connection, kAllPages).value_or(0);
        for (const QString &stem : stems)
            frequencies.pages.insert(stem, readInteger(connection, kFrequency, stem).value_or(0));
        return frequencies;
    });
}

base::Result<QStringList> PageSearch::languages(Connection &connection)
{
    return attempt([&] {
        return QStringList(
            readRows(connection, kLanguages, [](const Statement &row) { return row.text(0); }));
    });
}

base::Result<std::optional<QVector<DocumentId>>> PageSearch::documentsOf(Connection &connection,
                                                                         const SearchFilter &filter)
{
    if (!filter.documents && !filter.collection && !filter.addedFrom && !filter.addedBefore)
        return std::optional<QVector<DocumentId>>();
    return attempt([&] {
        const auto documents = listOf(filter.documents);
        return std::optional(readRows(
            connection, kDocumentsOf, [](const Statement &row) { return row.id<DocumentId>(0); }, documents,
            documents, filter.collection, filter.collection, filter.addedFrom, filter.addedFrom,
            filter.addedBefore, filter.addedBefore));
    });
}

base::Result<std::optional<QVector<PageId>>> PageSearch::pagesNaming(Connection &connection,
                                                                     const QString &name, int limit)
{
    return attempt([&] {
        std::optional<QVector<PageId>> pages = readRows(
            connection, kNaming, [](const Statement &row) { return row.id<PageId>(0); }, phraseOf(name),
            limit + 1);
        if (pages->size() > limit)
            pages.reset();
        return pages;
    });
}

base::Result<QVector<domain::Entity>> PageSearch::entities(Connection &connection, const QString &typed,
                                                           int limit)
{
    const QString wanted = folded(typed);
    if (!hasWords(wanted))
        return QVector<domain::Entity>();
    return attempt([&] {
        QHash<QString, qsizetype> known; // by kind and folded text
        QVector<std::pair<domain::Entity, qint64>> found;
        Statement statement(connection, kAnswersNaming);
        statement.run(phraseOf(wanted, true), kAnswersLookedAt);
        while (statement.next()) {
            const auto analysis = domain::pageAnalysisFromJson(statement.text(0).toUtf8());
            if (!analysis)
                continue; // damaged: the others still serve
            for (const domain::Entity &entity : analysis->entities) {
                if (!isMeant(entity, wanted))
                    continue;
                const QString key = domain::entityKindName(entity.kind) + u' ' + folded(entity.text);
                const auto at = known.constFind(key);
                if (at != known.cend())
                    found[*at].second += statement.integer(1);
                else {
                    known.insert(key, found.size());
                    found.append({entity, statement.integer(1)});
                }
            }
        }
        std::stable_sort(found.begin(), found.end(),
                         [](const auto &one, const auto &other) { return one.second > other.second; });
        QVector<domain::Entity> entities;
        for (const auto &[entity, pages] : found.mid(0, limit))
            entities.append(entity);
        return entities;
    });
}

base::Result<PageSearch::PageText> PageSearch::text(Connection &connection, PageId page)
{
    return attempt([&] {
        const auto found = readRow(
            connection, kText,
            [](const Statement &row) {
                return PageText{row.text(0), row.text(1), row.text(2), row.real(3), row.real(4)};
            },
            page);
        if (!found)
            throw Failure{{ErrorCode::NotFound, QStringLiteral("page %1").arg(page.value)}};
        return *found;
    });
}

base::Result<QVector<PageSearch::Unindexed>> PageSearch::unindexed(Connection &connection, int limit)
{
    return attempt([&] { return readRows(connection, kUnindexed, unindexedOf, limit); });
}

base::Status PageSearch::index(Transaction &transaction, PageId page, const SearchColumns &columns,
                               const QString &language, const QVector<domain::Chunk> &chunks)
{
    return attempt([&] {
        if (!exists(transaction, kIsStored, page) || exists(transaction, kIsIndexed, page))
            return;
        execute(transaction, kSetLanguage, language, page);
        addSearchRow(transaction, page.value, columns, language);
        addChunks(transaction, page, chunks);
    });
}

} // namespace lectern::store
