// SPDX-License-Identifier: GPL-3.0-or-later
// Library: looking at documents.
#include "store/Library.h"

#include "store/DocumentRows.h"
#include "store/Failure.h"
#include "store/Statement.h"

#include <QHash>

namespace lectern::store {

using base::ErrorCode;
using domain::Document;
using domain::DocumentId;
using domain::DocumentKind;
using domain::DocumentState;
using domain::Goal;
using domain::Priority;
using domain::RunId;
using domain::SourceId;
using domain::Totals;

namespace {

constexpr const char *kDocuments = R"(
SELECT document.id, run_id, sha256, kind, name, state, (document.paused = 1 OR run.paused = 1) AND state < 10,
       document.goal, priority, bytes, title, author, language, copy_allowed, pages_total, pages_extracted,
       pages_with_text, pages_done, pages_failed, error_code, error_detail, added_at, started_at, finished_at, removed_at,
       (SELECT path FROM source WHERE source.document_id = document.id ORDER BY source.id LIMIT 1),
       (SELECT count(*) FROM source WHERE source.document_id = document.id),
       (SELECT coalesce(sum(spent), 0) FROM cost_total
         WHERE cost_total.document_id = document.id AND document_id <> 0 AND kind < 3)
  FROM json_each(?) AS wanted JOIN document ON document.id = wanted.value JOIN run ON run.id = document.run_id)";

constexpr const char *kChangeSeq = "SELECT value FROM change_counter WHERE id = 1";
constexpr const char *kChangedSince =
    "SELECT id FROM document WHERE change_seq > ? ORDER BY change_seq, id LIMIT ?";

// One pass over the documents without sorting them into groups. The states are those of
// domain::DocumentState.
#define LECTERN_TOTALS                                                                                       \
    "SELECT count(*), total(state = 0), total(state = 1), "                                                  \
    "total(state < 10 AND (paused = 1 OR run_id IN (SELECT id FROM run WHERE run.paused = 1))), "            \
    "total(state = 10), total(state = 11), total(state = 12), total(state IN (13, 14, 15)), total(state = "  \
    "16), "                                                                                                  \
    "total(max(pages_total, 0)), total(pages_extracted), total(pages_done), total(pages_failed) "            \
    "FROM document WHERE removed_at = 0"
constexpr const char *kTotals = LECTERN_TOTALS;
constexpr const char *kTotalsOfRun = LECTERN_TOTALS " AND run_id = ?";
constexpr const char *kTrashCount = "SELECT count(*) FROM document WHERE removed_at <> 0";
constexpr const char *kTrashCountOfRun = "SELECT count(*) FROM document WHERE removed_at <> 0 AND run_id = ?";

constexpr const char *kPlaces = R"(
SELECT id, document_id, path, bytes, modified_at, missing FROM source WHERE document_id = ? ORDER BY id)";
constexpr const char *kAllPlaces = R"(
SELECT id, document_id, path, bytes, modified_at, missing FROM source WHERE id > ? ORDER BY id LIMIT ?)";
constexpr const char *kByPath = "SELECT document_id FROM source WHERE path = ?";

Document documentOf(const Statement &row)
{
    Document document;
    document.id = row.id<DocumentId>(0);
    document.run = row.id<RunId>(1);
    document.sha256 = row.bytes(2);
    document.kind = static_cast<DocumentKind>(row.number(3));
    document.name = row.text(4);
    document.state = static_cast<DocumentState>(row.number(5));
    document.paused = row.flag(6);
    document.goal = static_cast<Goal>(row.number(7));
    document.priority = static_cast<Priority>(row.number(8));
    document.bytes = row.integer(9);
    document.title = row.text(10);
    document.author = row.text(11);
    document.language = row.text(12);
    document.copyAllowed = row.flag(13);
    document.pagesTotal = row.number(14);
    document.pagesExtracted = row.number(15);
    document.pagesWithText = row.number(16);
    document.pagesDone = row.number(17);
    document.pagesFailed = row.number(18);
    document.error = {base::errorFromName(row.text(19)), row.text(20)};
    document.addedAt = row.integer(21);
    document.startedAt = row.integer(22);
    document.finishedAt = row.integer(23);
    document.removedAt = row.integer(24);
    document.path = row.text(25);
    document.places = row.number(26);
    document.spent = domain::Money{row.integer(27)};
    return document;
}

QVector<Document> readDocuments(Connection &connection, const QVector<DocumentId> &ids)
{
    QHash<DocumentId, Document> found;
    Statement statement(connection, kDocuments);
    statement.run(jsonArray(ids));
    while (statement.next()) {
        const Document document = documentOf(statement);
        found.insert(document.id, document);
    }
    QVector<Document> documents;
    documents.reserve(ids.size());
    for (const DocumentId id : ids) {
        if (const auto it = found.constFind(id); it != found.constEnd())
            documents.append(*it);
    }
    return documents;
}

Place placeOf(const Statement &row)
{
    return {row.id<SourceId>(0), row.id<DocumentId>(1), row.text(2),
            row.integer(3),      row.integer(4),        row.flag(5)};
}

DocumentId firstId(const Statement &row)
{
    return row.id<DocumentId>(0);
}

Totals totalsOf(const Statement &row)
{
    Totals totals;
    totals.documents = row.number(0);
    totals.documentsQueued = row.number(1);
    totals.documentsIndexing = row.number(2);
    totals.documentsPaused = row.number(3);
    totals.documentsDone = row.number(4);
    totals.documentsWithFailures = row.number(5);
    totals.documentsNeedPassword = row.number(6);
    totals.documentsSetAside = row.number(7);
    totals.documentsCancelled = row.number(8);
    totals.pages = row.integer(9);
    totals.pagesExtracted = row.integer(10);
    totals.pagesDone = row.integer(11);
    totals.pagesFailed = row.integer(12);
    return totals;
}

QString orderOf(Library::SortKey key)
{
    switch (key) {
    case Library::SortKey::Added:
        return QStringLiteral("document.id");
    case Library::SortKey::Name:
        return QStringLiteral("document.name_key");
    case Library::SortKey::Pages:
        return QStringLiteral("document.pages_total");
    case Library::SortKey::Text:
        return QStringLiteral("CAST(document.pages_with_text AS REAL) / max(document.pages_total, 1)");
    case Library::SortKey::State:
        return QStringLiteral("document.state");
    case Library::SortKey::Progress:
        return QStringLiteral(
            "CAST(document.pages_done + document.pages_failed AS REAL) / max(document.pages_total, 1)");
    case Library::SortKey::Bytes:
        return QStringLiteral("document.bytes");
    case Library::SortKey::Language:
        return QStringLiteral("document.language");
    case Library::SortKey::Cost:
        return QStringLiteral(
            "(SELECT sum(spent) FROM cost_total WHERE cost_total.document_id = document.id AND "
            "cost_total.document_id <> 0 AND kind < 3)");
    }
    return QStringLiteral("document.id");
}

QString findSql(const Library::DocumentQuery &query, qsizetype wordCount)
{
    QString sql = QStringLiteral("SELECT document.id FROM document");
    if (wordCount > 0)
        sql += QStringLiteral(" JOIN document_words ON document_words.document_id = document.id");
    sql += query.trash ? QStringLiteral(" WHERE document.removed_at <> 0")
                       : QStringLiteral(" WHERE document.removed_at = 0");
    for (qsizetype i = 0; i < wordCount; ++i)
        sql +=
            QStringLiteral(" AND (instr(document_words.words, ?) > 0 OR instr(document.error_code, ?) > 0)");
    if (query.states) {
        QStringList numbers;
        for (const DocumentState state : *query.states)
            numbers.append(QString::number(static_cast<int>(state)));
        sql += QStringLiteral(" AND document.state IN (%1)").arg(numbers.join(u','));
    }
    if (query.pausedOnly) {
        sql += QStringLiteral(" AND document.state < 10 AND (document.paused = 1 "
                              "OR document.run_id IN (SELECT id FROM run WHERE paused = 1))");
    }
    if (query.run)
        sql += QStringLiteral(" AND document.run_id = %1").arg(query.run->value);
    if (query.collection)
        sql += QStringLiteral(" AND document.id IN (SELECT document_id FROM collection_document "
                              "WHERE collection_id = %1)")
                   .arg(query.collection->value);
    const QString direction = query.descending ? QStringLiteral(" DESC") : QString();
    sql += QStringLiteral(" ORDER BY ") + orderOf(query.sort) + direction;
    if (query.sort != Library::SortKey::Added && query.sort != Library::SortKey::Name)
        sql += QStringLiteral(", document.name_key");
    if (query.sort != Library::SortKey::Added)
        sql +=
            QStringLiteral(", document.id") + (query.sort == Library::SortKey::Name ? direction : QString());
    return sql;
}

} // namespace

base::Result<Document> Library::document(Connection &connection, DocumentId id)
{
    return attempt([&] {
        const QVector<Document> found = readDocuments(connection, {id});
        if (found.isEmpty())
            throw Failure{{ErrorCode::NotFound, QStringLiteral("document %1").arg(id.value)}};
        return found.first();
    });
}

base::Result<QVector<Document>> Library::documents(Connection &connection, const QVector<DocumentId> &ids)
{
    return attempt([&] { return readDocuments(connection, ids); });
}

base::Result<QVector<DocumentId>> Library::find(Connection &connection, const DocumentQuery &query)
{
    return attempt([&] {
        const QStringList words = query.filter.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
        Statement statement(connection, findSql(query, words.size()));
        QVector<QString> values;
        for (const QString &word : words)
            values << word << word;
        statement.runList(values);
        QVector<DocumentId> ids;
        while (statement.next())
            ids.append(firstId(statement));
        return ids;
    });
}

base::Result<qint64> Library::changeSeq(Connection &connection)
{
    return attempt([&] { return readInteger(connection, kChangeSeq).value_or(0); });
}

base::Result<QVector<DocumentId>> Library::changedSince(Connection &connection, qint64 seq, int limit)
{
    return attempt([&] { return readRows(connection, kChangedSince, firstId, seq, limit); });
}

base::Result<Totals> Library::totals(Connection &connection, std::optional<RunId> run)
{
    return attempt([&] {
        const auto found =
            run ? readRow(connection, kTotalsOfRun, totalsOf, *run) : readRow(connection, kTotals, totalsOf);
        const auto trash =
            run ? readInteger(connection, kTrashCountOfRun, *run) : readInteger(connection, kTrashCount);
        Totals totals = found.value_or(Totals{});
        totals.documentsInTrash = static_cast<int>(trash.value_or(0));
        return totals;
    });
}

base::Result<QVector<Place>> Library::places(Connection &connection, DocumentId document)
{
    return attempt([&] { return readRows(connection, kPlaces, placeOf, document); });
}

base::Result<QVector<Place>> Library::allPlaces(Connection &connection, qint64 afterId, int limit)
{
    return attempt([&] { return readRows(connection, kAllPlaces, placeOf, afterId, limit); });
}

base::Result<std::optional<DocumentId>> Library::findByHash(Connection &connection, const QByteArray &sha256)
{
    return attempt([&] { return findDocument(connection, sha256); });
}

base::Result<std::optional<DocumentId>> Library::findByPath(Connection &connection, const QString &path)
{
    return attempt([&] { return readRow(connection, kByPath, firstId, path); });
}

} // namespace lectern::store
