// SPDX-License-Identifier: GPL-3.0-or-later
#include "FeedFixture.h"

#include <QTest>

namespace lectern::presentation {

FeedFixture::FeedFixture() : feed(clock)
{
    QObject::connect(&feed, &LibraryFeed::changed, &feed, [this](const LibraryDelta &delta) {
        ++deltas;
        changed += delta.documents;
        sawEverything = sawEverything || delta.everything;
    });
    QObject::connect(&feed, &LibraryFeed::snapshotChanged, &feed, [this] { ++snapshots; });
    feed.start(*database);
}

QVector<domain::DocumentId> FeedFixture::addMany(int count, domain::Goal goal)
{
    const domain::RunId run = createRun(goal);
    return support::must(
        write([&](store::Transaction &transaction) -> base::Result<QVector<domain::DocumentId>> {
            QVector<domain::DocumentId> ids;
            for (int i = 0; i < count; ++i) {
                const QString path =
                    QStringLiteral("/documents/document-%1.pdf").arg(++m_added, 5, 10, QLatin1Char('0'));
                const base::Result<store::AddedSource> added =
                    store::Library::addSource(transaction, {path, 100 + i, 1, run, goal});
                if (!added)
                    return base::fail(added.error());
                ids << added->document;
            }
            return ids;
        }));
}

bool FeedFixture::until(const std::function<bool()> &condition)
{
    return QTest::qWaitFor(condition, 10'000);
}

} // namespace lectern::presentation
