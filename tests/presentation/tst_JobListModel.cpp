// SPDX-License-Identifier: GPL-3.0-or-later
#include "FeedFixture.h"
#include "presentation/CommandId.h"
#include "presentation/JobListModel.h"
#include "support/Strict.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QPersistentModelIndex>
#include <QTest>

#include <memory>

using namespace lectern;
using domain::DocumentId;
using presentation::FeedFixture;
using presentation::JobListModel;
using store::JobQueue;
using store::Library;
using store::Transaction;
using support::must;
using Column = JobListModel::Column;
using Segment = JobListModel::Segment;

class JobListModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void init()
    {
        support::failOnWarnings();
        m_fixture = std::make_unique<FeedFixture>();
        m_model = std::make_unique<JobListModel>(m_fixture->feed, m_fixture->clock);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_fixture.reset();
    }

    void runningComesBeforeQueuedBeforeDone()
    {
        const DocumentId done = m_fixture->addExtracted(QStringLiteral("/a/done.pdf"), 2);
        QCOMPARE(m_fixture->analyseAll(), 2);
        const DocumentId running =
            m_fixture->add(QStringLiteral("/a/running.pdf"), m_fixture->createRun()).document;
        (void)m_fixture->startExtraction(running, 5);
        const DocumentId queued =
            m_fixture->add(QStringLiteral("/a/queued.pdf"), m_fixture->createRun()).document;
        QVERIFY(untilIds({running, queued, done}));
        QVERIFY(loaded());
        QCOMPARE(text(0, Column::Job), QStringLiteral("running.pdf"));
        QCOMPARE(text(0, Column::Number), QStringLiteral("1"));
        QCOMPARE(text(0, Column::Fetched), QStringLiteral("✓"));
        QCOMPARE(text(0, Column::Rendered), QStringLiteral("0"));
        QCOMPARE(text(1, Column::Fetched), QStringLiteral("—"));
        QCOMPARE(text(2, Column::Analyzed), QStringLiteral("2"));
        QCOMPARE(text(2, Column::State), QStringLiteral("Done"));
    }

    void segmentsAndTheirCounts()
    {
        const QVector<DocumentId> all = m_fixture->addMany(4);
        must(m_fixture->write([&](Transaction &t) { return JobQueue::cancelDocument(t, all.at(0)); }));
        (void)m_fixture->startExtraction(all.at(1), 5);
        QVERIFY(FeedFixture::until([this] { return m_model->segmentCount(Segment::Running) == 1; }));
        QCOMPARE(m_model->segmentCount(Segment::Queued), 2);
        QCOMPARE(m_model->segmentCount(Segment::Failed), 0);
        QCOMPARE(m_model->segmentCount(Segment::Done), 1);
        QCOMPARE(m_model->segmentCount(Segment::All), 4);
        m_model->setSegment(Segment::Queued);
        QVERIFY(untilIds({all.at(2), all.at(3)}));
        m_model->setSegment(Segment::Done);
        QVERIFY(untilIds({all.at(0)}));
        m_model->setSegment(Segment::Running);
        QVERIFY(untilIds({all.at(1)}));
        for (int segment = 0; segment < JobListModel::kSegmentCount; ++segment)
            QVERIFY(!JobListModel::segmentText(static_cast<Segment>(segment)).isEmpty());
    }

    void childrenAreProblemsOnly()
    {
        const DocumentId id = m_fixture->addExtracted(QStringLiteral("/a/one.pdf"), 4);
        const std::optional<domain::Job> failing = m_fixture->claimOne();
        const std::optional<domain::Job> waiting = m_fixture->claimOne();
        QVERIFY(failing && waiting);
        const base::Error error{base::ErrorCode::PageTimedOut, {}};
        const qint64 later = m_fixture->clock.nowMs() + 38'000;
        must(m_fixture->write([&](Transaction &t) {
            return Library::failAnalysis(t, failing->leaseToken(), id, failing->page, error);
        }));
        must(m_fixture->write([&](Transaction &t) {
            return JobQueue::finish(t, waiting->leaseToken(), domain::JobOutcome::retry(error, later));
        }));
        QVERIFY(untilIds({id}));
        QVERIFY(loaded());
        const QModelIndex top = m_model->index(0, 0);
        QVERIFY(FeedFixture::until([&] { return m_model->rowCount(m_model->index(0, 0)) == 2; }));
        const QModelIndex failed = m_model->index(0, Column::State, top);
        const QModelIndex next = m_model->index(1, Column::State, top);
        QCOMPARE(failed.parent(), top);
        QCOMPARE(failed.data(presentation::PageRole).toInt(), failing->page);
        QCOMPARE(failed.data(presentation::ActionCommandRole).toString(), presentation::command::kRetryPage);
        QVERIFY(failed.data().toString().contains(QStringLiteral("Page takes too long")));
        QCOMPARE(next.data().toString(),
                 QStringLiteral("attempt 1 of %1 · Page takes too long · next try in 38 s")
                     .arg(waiting->maxAttempts));
        QCOMPARE(m_model->documentOf(next), id);
        QVERIFY(m_model->problemOf(failed)->failed);
        QVERIFY(!m_model->problemOf(top));
        QVERIFY(m_model->hasChildren(top));
        // A problem that is solved goes away, and the row with it.
        m_fixture->clock.advance(40'000);
        must(m_fixture->write(
            [&](Transaction &t) { return JobQueue::promoteScheduled(t, m_fixture->clock.nowMs()); }));
        QCOMPARE(m_fixture->analyseAll(), 3);
        QVERIFY(FeedFixture::until([&] { return m_model->rowCount(m_model->index(0, 0)) == 1; }));
        must(m_fixture->write([&](Transaction &t) { return JobQueue::retryPage(t, id, failing->page); }));
        QCOMPARE(m_fixture->analyseAll(), 1);
        QVERIFY(FeedFixture::until([&] { return m_model->rowCount(m_model->index(0, 0)) == 0; }));
        QVERIFY(!m_model->hasChildren(m_model->index(0, 0)));
    }

    void childrenMoveAndGoWithTheirDocument()
    {
        const DocumentId id = m_fixture->addExtracted(QStringLiteral("/a/one.pdf"), 2);
        const std::optional<domain::Job> failing = m_fixture->claimOne();
        QVERIFY(failing);
        must(m_fixture->write([&](Transaction &t) {
            return Library::failAnalysis(t, failing->leaseToken(), id, failing->page,
                                         {base::ErrorCode::Internal, {}});
        }));
        QVERIFY(untilIds({id}));
        QVERIFY(loaded());
        QVERIFY(FeedFixture::until([&] { return m_model->rowCount(m_model->index(0, 0)) == 1; }));
        const QPersistentModelIndex child = m_model->index(0, 1, m_model->index(0, 0));
        // It settles with its failure and moves behind those that wait.
        const QVector<DocumentId> others = m_fixture->addMany(3);
        const std::optional<domain::Job> rest = m_fixture->claimOne();
        QVERIFY(rest);
        // Whatever job came first, let the document's own last page be done.
        must(m_fixture->write([&](Transaction &t) { return JobQueue::release(t, rest->leaseToken()); }));
        must(m_fixture->write([&](Transaction &t) { return JobQueue::cancelDocument(t, id); }));
        QVERIFY(FeedFixture::until([&] { return m_model->count() == 4 && m_model->rowOf(id) == 3; }));
        QVERIFY(child.isValid());
        QCOMPARE(child.parent().row(), 3);
        must(m_fixture->write([&](Transaction &t) { return Library::remove(t, {id}); }));
        QVERIFY(FeedFixture::until([&] { return m_model->count() == 3; }));
        QVERIFY(!child.isValid());
        QVERIFY(untilIds(others));
    }

    void headersSayWhatTheLettersMean()
    {
        for (int column = 0; column < JobListModel::kColumnCount; ++column) {
            QVERIFY(!m_model->headerData(column, Qt::Horizontal).toString().isEmpty());
            QVERIFY(!m_model->headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
        }
    }

private:
    bool untilIds(const QVector<DocumentId> &expected)
    {
        return FeedFixture::until([&] {
            QVector<DocumentId> ids;
            for (int row = 0; row < m_model->rowCount(); ++row)
                ids << m_model->idAt(row);
            return ids == expected;
        });
    }
    bool loaded()
    {
        return FeedFixture::until(
            [this] { return m_model->data(m_model->index(0, 0), presentation::LoadedRole).toBool(); });
    }
    [[nodiscard]] QString text(int row, Column column) const
    {
        return m_model->data(m_model->index(row, column)).toString();
    }

    std::unique_ptr<FeedFixture> m_fixture;
    std::unique_ptr<JobListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(JobListModelTest)
#include "tst_JobListModel.moc"
