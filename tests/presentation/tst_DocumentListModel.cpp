// SPDX-License-Identifier: GPL-3.0-or-later
#include "FeedFixture.h"
#include "presentation/DocumentListModel.h"
#include "support/Strict.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QItemSelectionModel>
#include <QLocale>
#include <QRandomGenerator>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <ctime>
#include <memory>
#include <utility>

using namespace lectern;
using domain::DocumentId;
using presentation::DocumentListModel;
using presentation::FeedFixture;
using store::JobQueue;
using store::Library;
using store::Transaction;
using support::must;
using Column = DocumentListModel::Column;
using Filter = DocumentListModel::StateFilter;

namespace {

/// The longest piece of work of this thread between two rounds of its event loop, in processor time, so that
/// what else the computer does is left out.
class StallMeter {
public:
    StallMeter()
    {
        QObject::connect(&m_beat, &QTimer::timeout, &m_beat, [this] { note(); });
        m_beat.start(0);
    }
    /// In microseconds; starts anew.
    qint64 take()
    {
        note();
        return std::exchange(m_longest, 0);
    }

private:
    static qint64 threadTime()
    {
        timespec time = {};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return qint64{time.tv_sec} * 1'000'000 + time.tv_nsec / 1'000;
    }
    void note()
    {
        const qint64 now = threadTime();
        m_longest = std::max(m_longest, now - std::exchange(m_last, now));
    }

    QTimer m_beat;
    qint64 m_last = threadTime();
    qint64 m_longest = 0;
};

} // namespace

class DocumentListModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void init()
    {
        support::failOnWarnings();
        m_fixture = std::make_unique<FeedFixture>();
        m_model = std::make_unique<DocumentListModel>(m_fixture->feed, m_fixture->clock);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_fixture.reset();
    }

    void rowsAppearAndArePlaceholdersFirst()
    {
        m_fixture->addMany(3);
        QVERIFY(untilCount(3));
        QVERIFY(!m_model->isLoading());
        // Newest first, by default.
        QCOMPARE(m_model->idAt(0).value, 3);
        QCOMPARE(m_model->data(m_model->index(0, 0), presentation::DocumentIdRole).toLongLong(), 3);
        QVERIFY(FeedFixture::until(
            [this] { return m_model->data(m_model->index(0, 0), presentation::LoadedRole).toBool(); }));
        QCOMPARE(text(0, Column::Name), QStringLiteral("document-00003.pdf"));
        QCOMPARE(text(0, Column::Phase), QStringLiteral("Queued"));
        QCOMPARE(text(0, Column::Pages), QStringLiteral("—"));
        QCOMPARE(text(0, Column::TimeLeft), QStringLiteral("—"));
    }

    void onlyRowsThatAreLookedAtAreRead()
    {
        m_fixture->addMany(3'000);
        QVERIFY(untilCount(3'000));
        QVERIFY(loaded(1'500));
        QVERIFY(m_model->documentAt(1'500).has_value());
        QVERIFY(!m_model->documentAt(2'500).has_value());
        // Scrolling past everything reads what was looked at last.
        for (int row = 0; row < 3'000; ++row)
            (void)m_model->data(m_model->index(row, 0), Qt::DisplayRole);
        QVERIFY(loaded(2'999));
    }

    void aRowFollowsItsDocument()
    {
        const DocumentId id = m_fixture->add(QStringLiteral("/a/b.pdf"), m_fixture->createRun()).document;
        QVERIFY(untilCount(1));
        QVERIFY(loaded(0));
        const domain::Job job = m_fixture->startExtraction(id, 4);
        QVERIFY(untilText(0, Column::Phase, QStringLiteral("Rendering 0 of 4")));
        must(m_fixture->storePages(job, {1, 2, 3, 4},
                                   {m_fixture->answerKey(id, 1), m_fixture->answerKey(id, 2),
                                    m_fixture->answerKey(id, 3), m_fixture->answerKey(id, 4)}));
        QVERIFY(untilText(0, Column::Phase, QStringLiteral("Analyzing 0 of 4")));
        QCOMPARE(text(0, Column::Text), QStringLiteral("yes"));
        QCOMPARE(text(0, Column::Progress), QStringLiteral("0/4"));
        QCOMPARE(role(0, presentation::ProgressExtractedRole).toInt(), 4);
        QCOMPARE(role(0, presentation::ProgressTotalRole).toInt(), 4);
        QVERIFY(role(0, presentation::ProgressActiveRole).toBool());
        QCOMPARE(m_model->data(m_model->index(0, Column::Phase), Qt::AccessibleTextRole).toString(),
                 QStringLiteral("Analyzing, 0 of 4 pages"));
        must(m_fixture->write(
            [&](Transaction &t) { return Library::finishExtraction(t, job.leaseToken(), id); }));
        const std::optional<domain::Job> failing = m_fixture->claimOne();
        QVERIFY(failing);
        must(m_fixture->write([&](Transaction &t) {
            return Library::failAnalysis(t, failing->leaseToken(), id, failing->page,
                                         {base::ErrorCode::Internal, {}});
        }));
        QCOMPARE(m_fixture->analyseAll(), 3);
        QVERIFY(untilText(0, Column::Phase, QStringLiteral("1 of 4 pages failed")));
        QCOMPARE(role(0, presentation::SentenceRole).toString(), QStringLiteral("1 of 4 pages failed"));
        QCOMPARE(role(0, presentation::ActionTextRole).toString(), QStringLiteral("Show 1 page"));
        QCOMPARE(role(0, presentation::ProgressFailedRole).toInt(), 1);
        QVERIFY(m_model->data(m_model->index(0, Column::Progress), Qt::ToolTipRole)
                    .toString()
                    .contains(QStringLiteral("Failed: 1")));
    }

    void pausingEverythingChangesEveryRow()
    {
        m_fixture->addMany(2);
        QVERIFY(untilCount(2));
        QVERIFY(loaded(0));
        must(m_fixture->write([](Transaction &t) { return JobQueue::setAllPaused(t, true); }));
        QVERIFY(untilText(0, Column::Phase, QStringLiteral("Paused by you")));
        QVERIFY(role(1, presentation::PausedRole).toBool());
        QVERIFY(!role(1, presentation::ProgressActiveRole).toBool());
    }

    void waitingCountsDown()
    {
        m_fixture->add(QStringLiteral("/a/b.pdf"), m_fixture->createRun());
        const std::optional<domain::Job> job = m_fixture->claimOne();
        QVERIFY(job);
        must(m_fixture->write([&](Transaction &t) {
            return JobQueue::finish(t, job->leaseToken(),
                                    domain::JobOutcome::retry({base::ErrorCode::FileUnreadable, {}},
                                                              m_fixture->clock.nowMs() + 38'000));
        }));
        QVERIFY(untilCount(1));
        QVERIFY(loaded(0));
        QVERIFY(untilText(0, Column::Phase, QStringLiteral("Waiting: next try in 38 s")));
        m_fixture->clock.advance(8'000);
        bool told = false;
        connect(m_model.get(), &QAbstractItemModel::dataChanged, this, [&told] { told = true; });
        QVERIFY(FeedFixture::until([&told] { return told; }));
        QCOMPARE(text(0, Column::Phase), QStringLiteral("Waiting: next try in 30 s"));
    }

    void filterAndOrder()
    {
        m_fixture->addMany(30);
        QVERIFY(untilCount(30));
        m_model->setFilter(QStringLiteral("  document-0000  "));
        QVERIFY(m_model->isLoading());
        QVERIFY(m_model->isFiltered());
        QVERIFY(untilCount(9));
        QCOMPARE(m_model->unfilteredCount(), 30);
        m_model->sort(Column::Name, Qt::AscendingOrder);
        QVERIFY(FeedFixture::until([this] { return !m_model->isLoading(); }));
        QCOMPARE(ids(), query(Library::SortKey::Name, false, QStringLiteral("document-0000")));
        m_model->sort(Column::Name, Qt::DescendingOrder);
        QVERIFY(FeedFixture::until([this] { return !m_model->isLoading(); }));
        QCOMPARE(ids(), query(Library::SortKey::Name, true, QStringLiteral("document-0000")));
        m_model->sort(Column::TimeLeft, Qt::AscendingOrder); // has no order of its own
        QCOMPARE(m_model->sortColumn(), Column::Name);
        m_model->setFilter({});
        QVERIFY(untilCount(30));
        QVERIFY(!m_model->isFiltered());
    }

    void theNewestFilterWins()
    {
        m_fixture->addMany(30);
        QVERIFY(untilCount(30));
        QVector<int> counts;
        connect(m_model.get(), &DocumentListModel::countChanged, this,
                [&counts](int count) { counts << count; });
        m_model->setFilter(QStringLiteral("document-0000"));
        m_model->setFilter(QStringLiteral("document-00007"));
        QVERIFY(untilCount(1));
        QCOMPARE(counts, QVector<int>{1});
    }

    void statesAndTrash()
    {
        const QVector<DocumentId> all = m_fixture->addMany(4);
        QVERIFY(untilCount(4));
        must(m_fixture->write([&](Transaction &t) { return Library::remove(t, {all.at(1)}); }));
        QVERIFY(untilCount(3));
        m_model->setStateFilter(Filter::Trash);
        QVERIFY(untilCount(1));
        QCOMPARE(m_model->idAt(0), all.at(1));
        QVERIFY(!m_model->isFiltered());
        QCOMPARE(m_model->unfilteredCount(), 1);
        must(m_fixture->write([&](Transaction &t) { return Library::purge(t, {all.at(1)}); }));
        QVERIFY(untilCount(0));
        m_model->setStateFilter(Filter::Paused);
        QVERIFY(FeedFixture::until([this] { return !m_model->isLoading(); }));
        QCOMPARE(m_model->count(), 0);
        must(m_fixture->write(
            [&](Transaction &t) { return JobQueue::setDocumentPaused(t, all.at(2), true); }));
        QVERIFY(untilCount(1));
        QCOMPARE(m_model->idAt(0), all.at(2));
        m_model->setStateFilter(Filter::Done);
        QVERIFY(untilCount(0));
        m_model->setStateFilter(Filter::All);
        QVERIFY(untilCount(3));
    }

    void aSelectionStaysWithItsDocuments()
    {
        const QVector<DocumentId> all = m_fixture->addMany(200);
        QVERIFY(untilCount(200));
        QItemSelectionModel selection(m_model.get());
        const QSet<DocumentId> chosen = {all.at(3), all.at(50), all.at(51), all.at(199)};
        for (const DocumentId id : chosen)
            selection.select(m_model->index(m_model->rowOf(id), 0),
                             QItemSelectionModel::Select | QItemSelectionModel::Rows);
        m_model->sort(Column::Name, Qt::AscendingOrder);
        QVERIFY(FeedFixture::until([this] { return !m_model->isLoading(); }));
        QCOMPARE(asSet(m_model->idsOf(selection.selectedRows())), chosen);
        m_fixture->addMany(5);
        QVERIFY(untilCount(205));
        QCOMPARE(asSet(m_model->idsOf(selection.selectedRows())), chosen);
        must(m_fixture->write([&](Transaction &t) { return Library::remove(t, {all.at(50), all.at(2)}); }));
        QVERIFY(untilCount(203));
        QSet<DocumentId> left = chosen;
        left.remove(all.at(50));
        QCOMPARE(asSet(m_model->idsOf(selection.selectedRows())), left);
    }

    void randomChangesEndInTheSameList()
    {
        QRandomGenerator random(7);
        QVector<DocumentId> all = m_fixture->addMany(300);
        QVERIFY(untilCount(300));
        QItemSelectionModel selection(m_model.get());
        for (int i = 0; i < 40; ++i)
            selection.select(m_model->index(i * 7, 0),
                             QItemSelectionModel::Select | QItemSelectionModel::Rows);
        QSet<DocumentId> chosen = asSet(m_model->idsOf(selection.selectedRows()));
        const QVector<Column> columns = {Column::Name, Column::Added, Column::Size, Column::Phase,
                                         Column::Progress};
        const QStringList filters = {QString(), QStringLiteral("document-000"), QStringLiteral("1"),
                                     QStringLiteral("7"), QStringLiteral("nothing such")};
        for (int round = 0; round < 60; ++round) {
            switch (random.bounded(6)) {
            case 0:
                all += m_fixture->addMany(random.bounded(1, 40));
                break;
            case 1:
                removeSome(random, all);
                break;
            case 2:
                restoreSome(random, all);
                break;
            case 3:
                m_model->sort(columns.at(random.bounded(static_cast<int>(columns.size()))),
                              random.bounded(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
                break;
            case 4:
                m_model->setFilter(filters.at(random.bounded(static_cast<int>(filters.size()))));
                break;
            default:
                must(m_fixture->write([&](Transaction &t) {
                    return JobQueue::cancelDocument(t, all.at(random.bounded(static_cast<int>(all.size()))));
                }));
            }
            if (random.bounded(3) == 0)
                QVERIFY(agrees());
            // What left the list is not selected any more; what stayed is.
            const QSet<DocumentId> now = asSet(m_model->idsOf(selection.selectedRows()));
            for (const DocumentId id : now)
                QVERIFY(chosen.contains(id));
            if (random.bounded(3) == 0)
                chosen = now;
        }
        QVERIFY(agrees());
    }

    void manyDocuments()
    {
        m_tester.reset(); // it walks through every row at each change
        const int documents = std::max(10'000, qEnvironmentVariableIntValue("LECTERN_MANY_DOCUMENTS"));
        const DocumentId first = m_fixture->addMany(documents).first();
        StallMeter stalls;
        QElapsedTimer timer;
        timer.start();
        QVERIFY(untilCount(documents));
        qInfo("%d documents listed after %lld ms; longest stall %lld µs", documents,
              static_cast<long long>(timer.elapsed()), static_cast<long long>(stalls.take()));
        for (const QString &words :
             {QStringLiteral("7"), QStringLiteral("document-00"), QStringLiteral("no such"), QString()}) {
            timer.restart();
            m_model->setFilter(words);
            QVERIFY(FeedFixture::until([this] { return !m_model->isLoading(); }));
            qInfo("filter '%s': %d rows after %lld ms; longest stall %lld µs", qPrintable(words),
                  m_model->count(), static_cast<long long>(timer.elapsed()),
                  static_cast<long long>(stalls.take()));
        }
        for (const Column column : {Column::Name, Column::Size, Column::Added}) {
            timer.restart();
            m_model->sort(column, Qt::AscendingOrder);
            QVERIFY(FeedFixture::until([this] { return !m_model->isLoading(); }));
            qInfo("sorted by %s after %lld ms; longest stall %lld µs",
                  qPrintable(DocumentListModel::columnName(column)), static_cast<long long>(timer.elapsed()),
                  static_cast<long long>(stalls.take()));
        }
        const DocumentId added = m_fixture->addMany(1).first();
        timer.restart();
        QVERIFY(untilCount(documents + 1));
        QVERIFY(loaded(m_model->rowOf(first)) && loaded(m_model->rowOf(added)));
        qInfo("a new document is shown after %lld ms; longest stall %lld µs",
              static_cast<long long>(timer.elapsed()), static_cast<long long>(stalls.take()));
        QVERIFY(agrees());
    }

    void headersAndNames()
    {
        QSet<QString> names;
        for (int column = 0; column < DocumentListModel::kColumnCount; ++column) {
            QVERIFY(!m_model->headerData(column, Qt::Horizontal).toString().isEmpty());
            names.insert(DocumentListModel::columnName(static_cast<Column>(column)));
        }
        QCOMPARE(names.size(), DocumentListModel::kColumnCount);
        QVERIFY(DocumentListModel::isShownByDefault(Column::Added));
        QVERIFY(!DocumentListModel::isShownByDefault(Column::Path));
        for (int filter = 0; filter <= static_cast<int>(Filter::Trash); ++filter)
            QVERIFY(!DocumentListModel::stateFilterText(static_cast<Filter>(filter)).isEmpty());
    }

private:
    static QSet<DocumentId> asSet(const QVector<DocumentId> &ids) { return {ids.cbegin(), ids.cend()}; }

    bool untilCount(int count)
    {
        return FeedFixture::until(
            [this, count] { return m_model->count() == count && !m_model->isLoading(); });
    }
    bool loaded(int row)
    {
        return FeedFixture::until(
            [this, row] { return m_model->data(m_model->index(row, 0), presentation::LoadedRole).toBool(); });
    }
    bool untilText(int row, Column column, const QString &expected)
    {
        return FeedFixture::until([&] { return text(row, column) == expected; });
    }
    [[nodiscard]] QString text(int row, Column column) const
    {
        return m_model->data(m_model->index(row, column)).toString();
    }
    [[nodiscard]] QVariant role(int row, int which) const
    {
        return m_model->data(m_model->index(row, 0), which);
    }
    [[nodiscard]] QVector<DocumentId> ids() const
    {
        QVector<DocumentId> result;
        for (int row = 0; row < m_model->rowCount(); ++row)
            result << DocumentId{
                m_model->data(m_model->index(row, 0), presentation::DocumentIdRole).toLongLong()};
        return result;
    }
    [[nodiscard]] QVector<DocumentId> query(Library::SortKey key, bool descending,
                                            const QString &filter) const
    {
        Library::DocumentQuery query;
        query.sort = key;
        query.descending = descending;
        query.filter = filter;
        return must(Library::find(*m_fixture->reader, query));
    }
    /// The model holds what a fresh question answers.
    bool agrees()
    {
        static const QHash<int, Library::SortKey> keys = {{Column::Name, Library::SortKey::Name},
                                                          {Column::Added, Library::SortKey::Added},
                                                          {Column::Size, Library::SortKey::Bytes},
                                                          {Column::Phase, Library::SortKey::State},
                                                          {Column::Progress, Library::SortKey::Progress}};
        return FeedFixture::until([this] {
            return !m_model->isLoading() &&
                   ids() == query(keys.value(m_model->sortColumn()),
                                  m_model->sortOrder() == Qt::DescendingOrder, m_model->filter());
        });
    }
    void removeSome(QRandomGenerator &random, const QVector<DocumentId> &all)
    {
        QVector<DocumentId> some;
        const int step = random.bounded(2, 20);
        for (int i = random.bounded(step); i < all.size(); i += step)
            some << all.at(i);
        must(m_fixture->write([&](Transaction &t) { return Library::remove(t, some); }));
    }
    void restoreSome(QRandomGenerator &random, const QVector<DocumentId> &all)
    {
        QVector<DocumentId> some;
        for (int i = random.bounded(3); i < all.size(); i += random.bounded(1, 6))
            some << all.at(i);
        must(m_fixture->write([&](Transaction &t) { return Library::restore(t, some); }));
    }

    std::unique_ptr<FeedFixture> m_fixture;
    std::unique_ptr<DocumentListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(DocumentListModelTest)
#include "tst_DocumentListModel.moc"
