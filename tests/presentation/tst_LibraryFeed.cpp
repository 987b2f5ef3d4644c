// SPDX-License-Identifier: GPL-3.0-or-later
#include "FeedFixture.h"
#include "support/Strict.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <memory>
#include <thread>

using namespace lectern;
using presentation::FeedFixture;
using presentation::LibraryFeed;
using presentation::LibrarySnapshot;
using presentation::ProblemPage;
using store::JobQueue;
using store::Library;
using store::Transaction;
using support::must;

class LibraryFeedTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        support::failOnWarnings();
        m_fixture = std::make_unique<FeedFixture>();
    }
    void cleanup() { m_fixture.reset(); }

    void theFirstDeltaIsEverything()
    {
        QVERIFY(FeedFixture::until([this] { return m_fixture->snapshots > 0; }));
        QVERIFY(m_fixture->sawEverything);
        QCOMPARE(m_fixture->feed.snapshot().totals.documents, 0);
        QVERIFY(!m_fixture->feed.snapshot().hasWork());
    }

    void anotherConnectionIsSeen()
    {
        QVERIFY(FeedFixture::until([this] { return m_fixture->snapshots > 0; }));
        // A second database object has connections and a writer of its own, as another program has.
        store::Database::Options options;
        options.folder = m_fixture->workspace.folder();
        const std::unique_ptr<store::Database> other = must(store::Database::open(options, m_fixture->clock));
        QElapsedTimer timer;
        timer.start();
        must(other->writer().run([](Transaction &t) -> base::Result<domain::RunId> {
            const base::Result<domain::RunId> run =
                Library::createRun(t, domain::Goal::Text, QStringLiteral("builtin"));
            if (run && !Library::addSource(t, {QStringLiteral("/a/b.pdf"), 1, 1, *run, domain::Goal::Text}))
                return base::fail(base::ErrorCode::Internal);
            return run;
        }));
        QVERIFY(FeedFixture::until([this] { return m_fixture->feed.snapshot().totals.documents == 1; }));
        qInfo("seen after %lld ms", static_cast<long long>(timer.elapsed()));
        QCOMPARE(m_fixture->changed.size(), 1);
        QCOMPARE(m_fixture->changed.first().path, QStringLiteral("/a/b.pdf"));
        QVERIFY(m_fixture->feed.snapshot().hasWork());
    }

    void nothingNewIsNotSaid()
    {
        QVERIFY(FeedFixture::until([this] { return m_fixture->snapshots > 0; }));
        const int before = m_fixture->snapshots;
        QTest::qWait(5 * LibraryFeed::kPollMs);
        QCOMPARE(m_fixture->snapshots, before);
    }

    void changesAreMerged()
    {
        QVERIFY(FeedFixture::until([this] { return m_fixture->snapshots > 0; }));
        const QVector<domain::DocumentId> ids = m_fixture->addMany(3);
        QVERIFY(FeedFixture::until([this] { return m_fixture->changed.size() >= 3; }));
        const int before = m_fixture->deltas;
        QElapsedTimer timer;
        timer.start();
        int writes = 0;
        while (timer.elapsed() < 1'000) {
            must(m_fixture->write([&](Transaction &t) {
                return JobQueue::setDocumentPaused(t, ids.at(writes % 3), writes % 2 == 0);
            }));
            ++writes;
            QCoreApplication::sendPostedEvents();
            QTest::qWait(1);
        }
        const int sent = m_fixture->deltas - before;
        qInfo("%d writes, %d deltas in %lld ms", writes, sent, static_cast<long long>(timer.elapsed()));
        QVERIFY(writes > sent);
        QVERIFY(sent >= 1);
        QVERIFY(sent <= timer.elapsed() / LibraryFeed::kPollMs + 2);
    }

    void aBusyWindowGetsOneDelta()
    {
        QVERIFY(FeedFixture::until([this] { return m_fixture->snapshots > 0; }));
        const int before = m_fixture->deltas;
        // While nobody takes the delta, no second one is queued behind it.
        // Fewer than a delta may hold, however fast the machine is.
        constexpr int kMostAdded = 50;
        int added = 0;
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 5 * LibraryFeed::kPollMs) {
            if (added == kMostAdded) {
                std::this_thread::yield();
                continue;
            }
            m_fixture->addMany(1);
            ++added;
        }
        QVERIFY(FeedFixture::until(
            [this, added] { return m_fixture->feed.snapshot().totals.documents == added; }));
        QVERIFY(m_fixture->deltas - before <= 2);
        QCOMPARE(m_fixture->changed.size(), added);
    }

    void tooManyChangesAreEverything()
    {
        QVERIFY(FeedFixture::until([this] { return m_fixture->snapshots > 0; }));
        m_fixture->sawEverything = false;
        m_fixture->addMany(2'000);
        QVERIFY(FeedFixture::until([this] { return m_fixture->feed.snapshot().totals.documents == 2'000; }));
        QVERIFY(m_fixture->sawEverything);
        QVERIFY(m_fixture->changed.isEmpty());
    }

    void theSnapshotKnowsWhatRunsAndWaits()
    {
        const domain::DocumentId first = m_fixture->addExtracted(QStringLiteral("/a/one.pdf"), 2);
        const std::optional<domain::Job> running = m_fixture->claimOne();
        QVERIFY(running);
        const std::optional<domain::Job> waiting = m_fixture->claimOne();
        QVERIFY(waiting);
        const qint64 later = m_fixture->clock.nowMs() + 38'000;
        must(m_fixture->write([&](Transaction &t) {
            return JobQueue::finish(
                t, waiting->leaseToken(),
                domain::JobOutcome::retry({base::ErrorCode::PageTimedOut, QStringLiteral("slow")}, later));
        }));
        QVERIFY(FeedFixture::until([this] { return !m_fixture->feed.snapshot().nextTryAt.isEmpty(); }));
        const LibrarySnapshot snapshot = m_fixture->feed.snapshot();
        QCOMPARE(snapshot.nextTryAt.value(first), later);
        QCOMPARE(snapshot.running.size(), 1);
        QCOMPARE(snapshot.running.first().documentName, QStringLiteral("one.pdf"));
        QVERIFY(snapshot.runningDocuments.contains(first));
        QVERIFY(!snapshot.paused);
        must(m_fixture->write([](Transaction &t) { return JobQueue::setAllPaused(t, true); }));
        QVERIFY(FeedFixture::until([this] { return m_fixture->feed.snapshot().paused; }));
    }

    void problemsAreMergedByPage()
    {
        const domain::DocumentId id = m_fixture->addExtracted(QStringLiteral("/a/one.pdf"), 3);
        const std::optional<domain::Job> first = m_fixture->claimOne();
        const std::optional<domain::Job> second = m_fixture->claimOne();
        QVERIFY(first && second);
        const base::Error error{base::ErrorCode::PageTimedOut, {}};
        const qint64 later = m_fixture->clock.nowMs() + 38'000;
        must(m_fixture->write([&](Transaction &t) {
            return Library::failAnalysis(t, first->leaseToken(), id, first->page, error);
        }));
        must(m_fixture->write([&](Transaction &t) {
            return JobQueue::finish(t, second->leaseToken(), domain::JobOutcome::retry(error, later));
        }));
        const auto answer = m_fixture->await<QVector<ProblemPage>>(
            [&](auto then) { m_fixture->feed.problems(id, 100, nullptr, then); });
        QVERIFY(answer && *answer);
        const QVector<ProblemPage> problems = **answer;
        QCOMPARE(problems.size(), 2);
        QCOMPARE(problems.at(0).page, first->page);
        QVERIFY(problems.at(0).failed);
        QCOMPARE(problems.at(0).error.code, base::ErrorCode::PageTimedOut);
        QCOMPARE(problems.at(1).page, second->page);
        QVERIFY(!problems.at(1).failed);
        QCOMPARE(problems.at(1).nextTryAt, later);
        QCOMPARE(problems.at(1).attempts, 1);
        QVERIFY(problems.at(1).maxAttempts > 1);
    }

    void listsOfSeveralQuestionsHaveNoRepeats()
    {
        const QVector<domain::DocumentId> ids = m_fixture->addMany(5);
        Library::DocumentQuery ascending;
        Library::DocumentQuery descending;
        descending.descending = true;
        const auto answer = m_fixture->await<presentation::FoundDocuments>([&](auto then) {
            m_fixture->feed.findEach({ascending, descending}, {2, 3}, nullptr, then);
        });
        QVERIFY(answer && *answer);
        QCOMPARE((**answer).ids,
                 (QVector<domain::DocumentId>{ids.at(0), ids.at(1), ids.at(4), ids.at(3), ids.at(2)}));
    }

    void answersWithoutAContextAreDropped()
    {
        bool called = false;
        auto context = std::make_unique<QObject>();
        m_fixture->feed.find({}, context.get(), [&called](const auto &) { called = true; });
        context.reset();
        const auto answer = m_fixture->await<presentation::FoundDocuments>(
            [&](auto then) { m_fixture->feed.find({}, nullptr, then); });
        QVERIFY(answer && *answer);
        QVERIFY(!called);
    }

    void aStoppedFeedSaysSo()
    {
        bool late = false;
        m_fixture->feed.find({}, nullptr, [&late](const auto &) { late = true; });
        m_fixture->feed.stop();
        const auto answer = m_fixture->await<presentation::FoundDocuments>(
            [&](auto then) { m_fixture->feed.find({}, nullptr, then); });
        QVERIFY(answer);
        EXPECT_ERROR(*answer, base::ErrorCode::NotFound);
        QVERIFY(!late);
        // And it can be started again.
        m_fixture->feed.start(*m_fixture->database);
        m_fixture->addMany(1);
        QVERIFY(FeedFixture::until([this] { return m_fixture->feed.snapshot().totals.documents == 1; }));
    }

    void oneAnswerForEachQuestionInOrder()
    {
        m_fixture->addExtracted(QStringLiteral("/a/one.pdf"), 2);
        QStringList order;
        const domain::DocumentId id{1};
        m_fixture->feed.document(id, nullptr,
                                 [&order](const auto &r) { order << (r ? r->name : QString()); });
        m_fixture->feed.pageStates(
            id, nullptr, [&order](const auto &r) { order << (r ? QString::number(r->size()) : QString()); });
        m_fixture->feed.page(id, 2, nullptr,
                             [&order](const auto &r) { order << (r ? r->text.text : QString()); });
        m_fixture->feed.places(id, nullptr,
                               [&order](const auto &r) { order << (r ? r->value(0).path : QString()); });
        m_fixture->feed.log(id, 500, nullptr, [&order](const auto &r) {
            order << (r && !r->isEmpty() ? r->constLast().kind : QString());
        });
        m_fixture->feed.pages(id, 0, 10, nullptr, [&order](const auto &r) {
            order << (r ? QString::number(r->size()) : QString());
        });
        m_fixture->feed.document({99}, nullptr, [&order](const auto &r) {
            order << (r ? QString() : base::errorName(r.error().code));
        });
        QVERIFY(FeedFixture::until([&order] { return order.size() == 7; }));
        QCOMPARE(order, (QStringList{QStringLiteral("one.pdf"), QStringLiteral("2"),
                                     QStringLiteral("Document 1 page 2 tells of lighthouses"),
                                     QStringLiteral("/a/one.pdf"), QStringLiteral("enqueued"),
                                     QStringLiteral("2"), QStringLiteral("not_found")}));
    }

private:
    std::unique_ptr<FeedFixture> m_fixture;
};

QTEST_GUILESS_MAIN(LibraryFeedTest)
#include "tst_LibraryFeed.moc"
