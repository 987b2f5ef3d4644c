// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/PageFacts.h"

#include "store/Failure.h"
#include "store/Statement.h"

namespace lectern::store {

namespace {

constexpr const char *kFacts = R"(
SELECT id, number, state, content_hash, verdict, images, width, height FROM page WHERE document_id = ? ORDER BY number)";
constexpr const char *kText = "SELECT text FROM page_text WHERE page_id = ?";
constexpr const char *kHasAnswer = "SELECT 1 FROM answer WHERE key = ?";

} // namespace

base::Result<QVector<PageFacts>> pageFacts(Connection &connection, domain::DocumentId document)
{
    return attempt([&] {
        return readRows(
            connection, kFacts,
            [](const Statement &row) {
                PageFacts facts;
                facts.id = row.id<domain::PageId>(0);
                facts.number = row.number(1);
                facts.state = static_cast<domain::PageState>(row.number(2));
                facts.contentHash = row.bytes(3);
                facts.verdict = domain::verdictFromName(row.text(4));
                facts.images = row.number(5);
                facts.width = row.real(6);
                facts.height = row.real(7);
                return facts;
            },
            document);
    });
}

base::Result<QString> pageText(Connection &connection, domain::PageId page)
{
    return attempt([&] {
        return readRow(
                   connection, kText, [](const Statement &row) { return row.text(0); }, page)
            .value_or(QString());
    });
}

base::Result<bool> hasAnswer(Connection &connection, const QByteArray &key)
{
    return attempt([&] { return exists(connection, kHasAnswer, key); });
}

} // namespace lectern::store
