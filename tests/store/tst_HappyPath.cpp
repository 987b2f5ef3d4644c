// SPDX-License-Identifier: GPL-3.0-or-later
#include "Fixture.h"
#include "store/PageSearch.h"
#include "support/Strict.h"

#include <QTest>

using namespace lectern;
using namespace lectern::store;
using domain::DocumentState;
using domain::Goal;

/// A document's whole way through the store.
class tst_HappyPath : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void fromTheDropToDone();
    void textAloneIsDoneWithItsText();
};

void tst_HappyPath::fromTheDropToDone()
{
    Fixture f;
    const auto run = f.createRun();
    const AddedSource added = f.add(QStringLiteral("/books/Keeper.pdf"), run);
    QVERIFY(added.isNew);
    QCOMPARE(f.document(added.document).state, DocumentState::Queued);
    QCOMPARE(f.broken(), QString());

    const domain::Job job = f.startExtraction(added.document, 3);
    QCOMPARE(f.document(added.document).state, DocumentState::Indexing);
    EXPECT_OK(f.storePages(job, {1, 2}));
    QCOMPARE(support::must(Library::pagesToExtract(*f.reader, added.document, 0, 10)), QVector<int>{3});
    EXPECT_OK(f.storePages(job, {3}));
    EXPECT_OK(f.write(
        [&](Transaction &t) { return Library::finishExtraction(t, job.leaseToken(), added.document); }));
    QCOMPARE(f.broken(), QString());
    QCOMPARE(f.document(added.document).pagesExtracted, 3);

    const auto hits = support::must(PageSearch::find(*f.reader, QStringLiteral("lighthouses"), {}, 10));
    QCOMPARE(hits.size(), 3);
    QCOMPARE(hits.first().document, added.document);
    QVERIFY(hits.first().score > 0);

    QCOMPARE(f.analyseAll(), 3);
    const domain::Document done = f.document(added.document);
    QCOMPARE(done.state, DocumentState::Done);
    QCOMPARE(done.pagesDone, 3);
    QCOMPARE(done.language, QStringLiteral("en"));
    QCOMPARE(done.title, QStringLiteral("Title"));
    QCOMPARE(support::must(Library::pageStates(*f.reader, added.document)), QByteArray("\2\2\2"));
    const auto page = support::must(Library::page(*f.reader, added.document, 2));
    QCOMPARE(page.analysis.title, QStringLiteral("Page 2"));
    QCOMPARE(page.analyzer, QStringLiteral("builtin"));
    QVERIFY(page.text == Fixture::extractedPage(added.document, 2).content.text);
    QCOMPARE(support::must(JobQueue::liveCount(*f.reader)), 0);
    QCOMPARE(f.broken(), QString());
    QCOMPARE(support::must(f.database->checkIntegrity()), QStringList());
    const domain::Totals totals = support::must(Library::totals(*f.reader));
    QCOMPARE(totals.documentsDone, 1);
    QCOMPARE(totals.pagesDone, 3);
}

void tst_HappyPath::textAloneIsDoneWithItsText()
{
    Fixture f;
    const auto id = f.addExtracted(QStringLiteral("/a.pdf"), 4, Goal::Text);
    QCOMPARE(f.document(id).state, DocumentState::Done);
    QVERIFY(!f.claimOne());
    QCOMPARE(f.broken(), QString());

    // Asked for more later: only what is missing is done.
    const auto run = f.createRun(Goal::Analysis);
    const AddedSource again = f.add(QStringLiteral("/a.pdf"), run, Goal::Analysis);
    QVERIFY(!again.isNew);
    QCOMPARE(again.document, id);
    QCOMPARE(f.document(id).state, DocumentState::Indexing);
    QCOMPARE(f.document(id).run, run);
    QCOMPARE(f.broken(), QString());
    QCOMPARE(f.analyseAll(), 4);
    QCOMPARE(f.document(id).state, DocumentState::Done);
    QCOMPARE(f.broken(), QString());
}

QTEST_GUILESS_MAIN(tst_HappyPath)
#include "tst_HappyPath.moc"
