// SPDX-License-Identifier: GPL-3.0-or-later
// Library: looking at pages, and searching them.
#include "store/Library.h"

#include "store/DocumentRows.h"
#include "store/Failure.h"
#include "store/Statement.h"

#include <algorithm>

namespace lectern::store {

using base::ErrorCode;
using domain::DocumentId;
using domain::Page;
using domain::PageId;
using domain::PageRecord;
using domain::PageState;

namespace {

constexpr const char *kStates = "SELECT number, state FROM page WHERE document_id = ? ORDER BY number";

#define LECTERN_PAGE_COLUMNS                                                                                 \
    "SELECT id, document_id, number, label, state, attempts, characters, verdict, quality, width, height, "  \
    "rotation, "                                                                                             \
    "error_code, error_detail, images"

constexpr const char *kPages =
    LECTERN_PAGE_COLUMNS " FROM page WHERE document_id = ? AND number > ? AND number <= ? ORDER BY number";
constexpr const char *kProblems =
    LECTERN_PAGE_COLUMNS " FROM page WHERE document_id = ? AND error_code <> 'none' ORDER BY number LIMIT ?";
constexpr const char *kPage = LECTERN_PAGE_COLUMNS
    ", quality_details, content_hash, answer_id FROM page WHERE document_id = ? AND number = ?";
constexpr const char *kText = "SELECT text, layout FROM page_text WHERE page_id = ?";
constexpr const char *kAnswer = "SELECT analyzer, result FROM answer WHERE id = ?";
constexpr const char *kWritten = "SELECT text FROM unusable_answer WHERE page_id = ?";

// Failed and done pages are counted in their documents, waiting ones have an index; queued ones are the rest.
constexpr const char *kCountWaiting = R"(
SELECT (SELECT count(*) FROM page WHERE state = 1)
     - (SELECT count(*) FROM document CROSS JOIN page ON page.document_id = document.id AND page.state = 1
         WHERE document.removed_at <> 0))";
constexpr const char *kCountInDocuments = R"(
SELECT coalesce(sum(max(pages_total, 0)), 0), coalesce(sum(pages_done), 0), coalesce(sum(pages_failed), 0)
  FROM document WHERE removed_at = 0)";

constexpr const char *kRecentDone = "SELECT done_at FROM page WHERE state = 2 ORDER BY done_at DESC LIMIT ?";

Page pageOf(const Statement &row)
{
    Page page;
    page.id = row.id<PageId>(0);
    page.document = row.id<DocumentId>(1);
    page.number = row.number(2);
    page.label = row.text(3);
    page.state = static_cast<PageState>(row.number(4));
    page.attempts = row.number(5);
    page.characters = row.number(6);
    page.verdict = domain::verdictFromName(row.text(7));
    page.quality = row.real(8);
    page.geometry = {row.real(9), row.real(10), row.number(11)};
    page.error = {base::errorFromName(row.text(12)), row.text(13)};
    page.images = row.number(14);
    return page;
}

Page queuedPage(DocumentId document, int number)
{
    Page page;
    page.document = document;
    page.number = number;
    return page;
}

struct PageRow {
    PageRecord record;
    qint64 answer = 0;
};

PageRow recordOf(const Statement &row)
{
    PageRow found;
    found.record.page = pageOf(row);
    const QByteArray details = row.text(15).toUtf8();
    if (!details.isEmpty())
        found.record.quality = orThrow(domain::textQualityFromJson(details));
    found.record.contentHash = row.bytes(16);
    found.answer = row.integer(17);
    return found;
}

void readText(Connection &connection, PageRecord &record)
{
    Statement statement(connection, kText);
    statement.run(record.page.id);
    if (statement.next()) {
        record.text.text = statement.text(0);
        orThrow(domain::decodeLayout(statement.bytes(1), record.text));
    }
}

void readAnalysis(Connection &connection, qint64 answer, PageRecord &record)
{
    Statement statement(connection, kAnswer);
    statement.run(answer);
    if (statement.next()) {
        record.analyzer = statement.text(0);
        record.analysis = orThrow(domain::pageAnalysisFromJson(statement.text(1).toUtf8()));
    }
}

} // namespace

base::Result<QByteArray> Library::pageStates(Connection &connection, DocumentId document)
{
    return attempt([&] {
        QByteArray states(std::max(pagesTotalOf(connection, document), 0),
                          static_cast<char>(PageState::Queued));
        Statement statement(connection, kStates);
        statement.run(document);
        while (statement.next()) {
            const int index = statement.number(0) - 1;
            if (index < states.size())
                states[index] = static_cast<char>(statement.number(1));
        }
        return states;
    });
}

base::Result<QVector<Page>> Library::pages(Connection &connection, DocumentId document, int after, int limit)
{
    return attempt([&] {
        const int last =
            static_cast<int>(std::min<qint64>(pagesTotalOf(connection, document), qint64{after} + limit));
        QVector<Page> pages;
        for (int number = after + 1; number <= last; ++number)
            pages.append(queuedPage(document, number));
        for (const Page &page : readRows(connection, kPages, pageOf, document, after, last))
            pages[page.number - after - 1] = page;
        return pages;
    });
}

base::Result<QVector<Page>> Library::problemPages(Connection &connection, DocumentId document, int limit)
{
    return attempt([&] { return readRows(connection, kProblems, pageOf, document, limit); });
}

base::Result<PageRecord> Library::page(Connection &connection, DocumentId document, int number)
{
    return attempt([&] {
        auto row = readRow(connection, kPage, recordOf, document, number);
        if (!row) {
            if (number < 1 || number > pagesTotalOf(connection, document))
                throw Failure{{ErrorCode::NotFound, QStringLiteral("page %1").arg(number)}};
            PageRecord record;
            record.page = queuedPage(document, number);
            return record;
        }
        readText(connection, row->record);
        if (row->answer != 0)
            readAnalysis(connection, row->answer, row->record);
        if (row->record.page.state == PageState::Failed)
            row->record.unusableAnswer =
                readRow(
                    connection, kWritten, [](const Statement &written) { return written.text(0); },
                    row->record.page.id)
                    .value_or(QString());
        return row->record;
    });
}

base::Result<qint64> Library::pageCountOf(Connection &connection, PageState state)
{
    return attempt([&] {
        struct Sums {
            qint64 total = 0;
            qint64 done = 0;
            qint64 failed = 0;
        };
        const Sums sums = readRow(connection, kCountInDocuments, [](const Statement &row) {
                              return Sums{row.integer(0), row.integer(1), row.integer(2)};
                          }).value_or(Sums{});
        if (state == PageState::Done)
            return sums.done;
        if (state == PageState::Failed)
            return sums.failed;
        const qint64 waiting = readInteger(connection, kCountWaiting).value_or(0);
        return state == PageState::Extracted ? waiting : sums.total - sums.done - sums.failed - waiting;
    });
}

base::Result<QVector<qint64>> Library::recentDoneTimes(Connection &connection, int limit)
{
    return attempt([&] {
        return readRows(
            connection, kRecentDone, [](const Statement &row) { return row.integer(0); }, limit);
    });
}

} // namespace lectern::store
