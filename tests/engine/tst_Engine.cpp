// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/Engine.h"

#include "engine/WorkerLock.h"
#include "store/Connection.h"
#include "store/JobQueue.h"
#include "store/Library.h"

#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <mutex>
#include <thread>

using namespace lectern;
using domain::JobState;
using engine::JobContext;
using engine::JobResult;
using store::JobQueue;
using store::Library;
using store::Transaction;

namespace {

/// Does what the test tells it to; counts how often each page was worked on.
class ScriptedHandler final : public engine::JobHandler {
public:
    std::function<JobResult(const JobContext &)> script;

    [[nodiscard]] JobResult run(const JobContext &context) override
    {
        {
            const std::lock_guard lock(m_mutex);
            ++m_runs[context.job.id.value];
        }
        ++started;
        return script(context);
    }

    [[nodiscard]] QHash<qint64, int> runs() const
    {
        const std::lock_guard lock(m_mutex);
        return m_runs;
    }

    std::atomic<int> started{0};

private:
    mutable std::mutex m_mutex;
    QHash<qint64, int> m_runs;
};

JobResult finishedAs(const JobContext &context, const domain::JobOutcome &outcome)
{
    return {[lease = context.job.leaseToken(), outcome](Transaction &transaction) {
        return JobQueue::finish(transaction, lease, outcome);
    }};
}

JobResult waitForToken(const JobContext &context, const base::CancelToken &token)
{
    while (!token.isCancelled())
        std::this_thread::yield();
    return finishedAs(context, domain::JobOutcome::done());
}

} // namespace

class EngineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto database = store::Database::open({m_folder->path(), 30'000}, m_clock);
        QVERIFY2(database, database ? "" : qPrintable(database.error().detail));
        m_database = std::move(*database);
        auto reader = m_database->openReader();
        QVERIFY(reader.has_value());
        m_reader = std::move(*reader);
        m_handler = std::make_unique<ScriptedHandler>();
        m_handler->script = [](const JobContext &context) {
            return finishedAs(context, domain::JobOutcome::done());
        };
    }

    void cleanup()
    {
        m_reader.reset();
        m_database.reset();
        m_handler.reset();
        m_folder.reset();
    }

    void every_job_is_done_once()
    {
        addDocuments(40);
        const auto engine = start(4);
        QTRY_COMPARE(count(JobState::Done), 40);
        for (const int runs : m_handler->runs())
            QCOMPARE(runs, 1);
    }

    void job_added_later_starts_without_waiting_for_a_restart()
    {
        const auto engine = start(1);
        addDocuments(1);
        engine->wake();
        QTRY_COMPARE(count(JobState::Done), 1);
    }

    void lane_never_runs_more_than_its_slots()
    {
        addDocuments(20);
        std::atomic<int> atOnce{0};
        std::atomic<int> most{0};
        m_handler->script = [&](const JobContext &context) {
            const int now = ++atOnce;
            int seen = most.load();
            while (now > seen && !most.compare_exchange_weak(seen, now)) {
            }
            --atOnce;
            return finishedAs(context, domain::JobOutcome::done());
        };
        const auto engine = start(2);
        QTRY_COMPARE(count(JobState::Done), 20);
        QVERIFY(most.load() <= 2);
    }

    void temporary_error_is_tried_again_and_counts()
    {
        addDocuments(1);
        m_handler->script = [](const JobContext &context) {
            if (context.job.attempt == 1)
                return finishedAs(context, domain::JobOutcome::retry({base::ErrorCode::PageTimedOut, {}}, 1));
            return finishedAs(context, domain::JobOutcome::done());
        };
        const auto engine = start(1);
        QTRY_COMPARE(count(JobState::Done), 1);
        QCOMPARE(m_handler->started.load(), 2);
    }

    void cancelled_document_stops_running_work()
    {
        const domain::DocumentId document = addDocuments(1).first();
        m_handler->script = [](const JobContext &context) {
            while (!context.cancel.isCancelled())
                std::this_thread::yield();
            return JobResult::interrupted();
        };
        const auto engine = start(1);
        QTRY_COMPARE(m_handler->started.load(), 1);
        write([&](Transaction &transaction) { return JobQueue::cancelDocument(transaction, document); });
        engine->wake();
        QTRY_COMPARE_WITH_TIMEOUT(count(JobState::Cancelled), 1, 1000);
        QCOMPARE(count(JobState::Running), 0);
    }

    void pause_stops_at_the_next_page_and_resume_goes_on()
    {
        addDocuments(1);
        m_handler->script = [](const JobContext &context) {
            while (!context.pause.isCancelled())
                std::this_thread::yield();
            return JobResult::interrupted();
        };
        const auto engine = start(1);
        QTRY_COMPARE(m_handler->started.load(), 1);
        write([](Transaction &transaction) { return JobQueue::setAllPaused(transaction, true); });
        engine->wake();
        QTRY_COMPARE(count(JobState::Running), 0);
        QCOMPARE(count(JobState::Done), 0);
        m_handler->script = [](const JobContext &context) {
            return finishedAs(context, domain::JobOutcome::done());
        };
        write([](Transaction &transaction) { return JobQueue::setAllPaused(transaction, false); });
        engine->wake();
        QTRY_COMPARE(count(JobState::Done), 1);
    }

    void stopping_gives_running_work_back_without_using_an_attempt()
    {
        addDocuments(1);
        m_handler->script = [](const JobContext &context) {
            while (!context.pause.isCancelled())
                std::this_thread::yield();
            return JobResult::interrupted();
        };
        start(1).reset(); // may stop before the job began
        {
            const auto engine = start(1);
            QTRY_VERIFY(m_handler->started.load() >= 1);
        }
        const auto jobs = JobQueue::list(*m_reader, {});
        QVERIFY(jobs.has_value());
        QCOMPARE(jobs->size(), 1);
        QCOMPARE(jobs->first().state, JobState::Ready);
        QCOMPARE(jobs->first().attempt, 0);
        const auto workers = JobQueue::workers(*m_reader);
        QVERIFY(workers.has_value());
        QVERIFY(workers->isEmpty());
    }

    void jobs_of_a_dead_worker_are_taken_over_at_once()
    {
        addDocuments(3);
        const QString dead = QStringLiteral("00000000-dead-4000-8000-000000000000");
        write([&](Transaction &transaction) {
            return JobQueue::registerWorker(transaction, dead, QStringLiteral("test"), 1);
        });
        store::ClaimRequest request;
        request.lane = domain::localLane(domain::JobKind::Extract);
        request.worker = dead;
        request.limit = 2;
        request.nowMs = m_clock.nowMs();
        const auto claimed = m_database->writer().run(
            [&](Transaction &transaction) { return JobQueue::claim(transaction, request); });
        QVERIFY(claimed.has_value());
        QCOMPARE(claimed->size(), 2);
        const auto engine = start(1);
        QCOMPARE(engine->resumed().jobs, 2);
        QTRY_COMPARE(count(JobState::Done), 3);
    }

    void kill_counts_against_a_job_only_after_a_long_flight()
    {
        addDocuments(1);
        const QString dead = QStringLiteral("00000000-dead-4000-8000-000000000000");
        const auto lossesAfterFlightOf = [&](qint64 flightMs) {
            store::ClaimRequest request;
            request.lane = domain::localLane(domain::JobKind::Extract);
            request.worker = dead;
            request.nowMs = m_clock.nowMs();
            const auto claimed = m_database->writer().run(
                [&](Transaction &transaction) { return JobQueue::claim(transaction, request); });
            if (!claimed || claimed->size() != 1)
                return -1;
            const qint64 lastSeenAt = claimed->first().startedAt + flightMs;
            write([&](Transaction &transaction) -> base::Status {
                const auto rescued = JobQueue::rescue(transaction, dead, false, lastSeenAt);
                return rescued ? base::Status() : base::fail(rescued.error());
            });
            return JobQueue::list(*m_reader, {})->first().losses;
        };
        QCOMPARE(lossesAfterFlightOf(domain::kLossCountsAfterMs - 1), 0);
        QCOMPARE(lossesAfterFlightOf(domain::kLossCountsAfterMs), 1);
        QCOMPARE(count(JobState::Ready), 1);
    }

    void result_of_a_job_that_was_taken_over_is_discarded()
    {
        const domain::DocumentId document = addDocuments(1).first();
        std::atomic<bool> mayEnd{false};
        m_handler->script = [&](const JobContext &context) {
            while (!mayEnd.load())
                std::this_thread::yield();
            return finishedAs(context, domain::JobOutcome::failed({base::ErrorCode::Corrupt, {}}));
        };
        const auto engine = start(1);
        QTRY_COMPARE(m_handler->started.load(), 1);
        const QString worker = engine->workerId();
        write([&](Transaction &transaction) -> base::Status {
            const auto rescued = JobQueue::rescue(transaction, worker, false);
            return rescued ? JobQueue::setDocumentPaused(transaction, document, true)
                           : base::fail(rescued.error());
        });
        mayEnd = true;
        QTRY_COMPARE(count(JobState::Held), 1);
        QCOMPARE(count(JobState::Failed), 0);
    }

    void what_stops_a_lane_is_asked_once_and_not_by_every_job()
    {
        addDocuments(20);
        std::atomic<bool> goesOn{false};
        m_handler->script = [&](const JobContext &context) {
            if (context.job.kind == domain::JobKind::Analyze || goesOn.load())
                return finishedAs(context, domain::JobOutcome::done());
            const qint64 until = m_clock.nowMs() + 3'600'000;
            JobResult waits =
                finishedAs(context, domain::JobOutcome::snooze({base::ErrorCode::RateLimited, {}}, until));
            waits.laneWaitsUntil = until;
            return waits;
        };
        const QString other = QStringLiteral("other");
        const auto engine = start(2, {{other, 1, {}}});
        QTRY_VERIFY(count(JobState::Scheduled) > 0);
        // Another lane goes on, and the loop with it.
        for (int page = 1; page <= 5; ++page) {
            addPage(other, page);
            engine->wake();
            QTRY_COMPARE(count(JobState::Done), page);
        }
        QVERIFY(m_handler->started.load() <=
                5 + 4); // two at once, and two let in before the first had said so
        const int waiting = count(JobState::Scheduled);
        QCOMPARE(count(JobState::Ready), 20 - waiting);
        // The user has changed what the lane waits for.
        goesOn = true;
        engine->setLane({domain::localLane(domain::JobKind::Extract), 2, {}});
        QTRY_COMPARE(count(JobState::Done), 5 + 20 - waiting);
    }

    void lane_yields_to_another()
    {
        addDocuments(1);
        m_handler->script = [](const JobContext &context) { return waitForToken(context, context.pause); };
        engine::Engine::Options options;
        options.program = QStringLiteral("test");
        const QString extract = domain::localLane(domain::JobKind::Extract);
        options.lanes = {{extract, 1, {}}, {QStringLiteral("second"), 4, extract}};
        options.random = [] { return 0.5; };
        auto engine = engine::Engine::start(
            *m_database, m_clock, [this](domain::JobKind) { return m_handler.get(); }, options);
        QVERIFY(engine.has_value());
        QTRY_COMPARE(m_handler->started.load(), 1);
        for (int page = 1; page <= 4; ++page)
            addPage(QStringLiteral("second"), page);
        (*engine)->wake();
        QTRY_COMPARE(m_handler->started.load(), 2);
        QCOMPARE(count(JobState::Running), 2);
        QCOMPARE(count(JobState::Ready), 3);
    }

private:
    std::unique_ptr<engine::Engine> start(int slotCount, const QVector<engine::Lane> &more = {})
    {
        engine::Engine::Options options;
        options.program = QStringLiteral("test");
        options.lanes = {{domain::localLane(domain::JobKind::Extract), slotCount, {}}};
        options.lanes += more;
        options.random = [] { return 0.5; };
        auto engine = engine::Engine::start(
            *m_database, m_clock, [this](domain::JobKind) { return m_handler.get(); }, options);
        return engine ? std::move(*engine) : nullptr;
    }

    void addPage(const QString &lane, int page)
    {
        store::NewJob job;
        job.kind = domain::JobKind::Analyze;
        job.lane = lane;
        job.run = m_run;
        job.document = domain::DocumentId{1};
        job.page = page;
        write([&](Transaction &transaction) -> base::Status {
            const auto id = JobQueue::enqueue(transaction, job);
            return id ? base::Status() : base::fail(id.error());
        });
    }

    QVector<domain::DocumentId> addDocuments(int count)
    {
        QVector<domain::DocumentId> documents;
        write([&](Transaction &transaction) -> base::Status {
            const auto run = Library::createRun(transaction, domain::Goal::Text, QStringLiteral("test"));
            if (!run)
                return base::fail(run.error());
            m_run = *run;
            for (int i = 0; i < count; ++i) {
                const auto added = Library::addSource(
                    transaction, {QStringLiteral("/nowhere/%1.pdf").arg(i), 1, 1, *run, domain::Goal::Text});
                if (!added)
                    return base::fail(added.error());
                documents.append(added->document);
            }
            return {};
        });
        return documents;
    }

    template <class Write> void write(Write statements)
    {
        const base::Status written = m_database->writer().run(
            [&](Transaction &transaction) -> base::Status { return statements(transaction); });
        QVERIFY2(written,
                 written ? "" : qPrintable(base::errorName(written.error().code) + written.error().detail));
    }

    [[nodiscard]] int count(JobState state)
    {
        const auto counts = JobQueue::counts(*m_reader);
        return counts ? static_cast<int>(counts->of(state)) : -1;
    }

    base::SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<store::Connection> m_reader;
    std::unique_ptr<ScriptedHandler> m_handler;
    domain::RunId m_run;
};

QTEST_GUILESS_MAIN(EngineTest)
#include "tst_Engine.moc"
