// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Reading.h"

#include "store/DocumentRows.h"
#include "store/Failure.h"
#include "store/Statement.h"

#include <algorithm>

namespace lectern::store {

using domain::DocumentId;
using domain::PageState;

namespace {

constexpr const char *kFrames = "SELECT number, width, height, state, error_code, label FROM page "
                                "WHERE document_id = ? ORDER BY number";
constexpr const char *kWords = "SELECT page.number, page_text.text FROM page "
                               "JOIN page_text ON page_text.page_id = page.id "
                               "WHERE page.document_id = ? AND page.number > ? AND page.number <= ? "
                               "ORDER BY page.number";

} // namespace

base::Result<QVector<PageFrame>> Reading::frames(Connection &connection, DocumentId document)
{
    return attempt([&] {
        QVector<PageFrame> frames(std::max(pagesTotalOf(connection, document), 0));
        Statement statement(connection, kFrames);
        statement.run(document);
        while (statement.next()) {
            const int index = statement.number(0) - 1;
            if (index >= frames.size())
                break;
            PageFrame &frame = frames[index];
            frame.width = statement.real(1);
            frame.height = statement.real(2);
            frame.state = static_cast<PageState>(statement.number(3));
            if (frame.state == PageState::Failed)
                frame.error = base::errorFromName(statement.text(4));
            frame.label = statement.text(5);
        }
        return frames;
    });
}

base::Result<QVector<PageWords>> Reading::words(Connection &connection, DocumentId document, int after,
                                                int limit)
{
    return attempt([&] {
        const auto last = static_cast<qint64>(after) + limit;
        return readRows(
            connection, kWords,
            [](const Statement &row) {
                return PageWords{row.number(0), row.text(1)};
            },
            document, after, last);
    });
}

} // namespace lectern::store
