// SPDX-License-Identifier: GPL-3.0-or-later
#include "Fixture.h"
#include "QueueModel.h"
#include "support/Strict.h"

#include <QTest>

#include <random>

using namespace lectern;
using namespace lectern::store;
using base::Error;
using base::ErrorCode;
using domain::DocumentId;
using domain::JobId;
using domain::JobKind;
using domain::JobLease;
using domain::JobOutcome;
using domain::RunId;

namespace {

constexpr int kSteps = 250;

/// Plays the same random game on the queue and on the model.
class Game {
public:
    Game(Fixture &fixture, unsigned seed) : f(fixture), m_random(seed)
    {
        m_model.now = f.clock.nowMs();
        for (int run = 0; run < 2; ++run) {
            m_runs.push_back(f.createRun());
            m_model.runPaused[run] = false;
        }
        for (int document = 0; document < 4; ++document)
            addDocument(document % 2);
    }

    /// What differs after the step; empty when all is well.
    QString step()
    {
        switch (pick(14)) {
        case 0:
        case 1:
        case 2:
            enqueue();
            break;
        case 3:
        case 4:
        case 5:
            claim();
            break;
        case 6:
        case 7:
        case 8:
            finish();
            break;
        case 9:
            pause();
            break;
        case 10:
            pauseEverything();
            break;
        case 11:
            rescue();
            break;
        case 12:
            passTime();
            break;
        case 13:
            cancelOrRelease();
            break;
        }
        return difference();
    }

    QString lastStep;

private:
    int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(m_random); }
    QString worker() { return QStringLiteral("w%1").arg(pick(3)); }

    void addDocument(int run)
    {
        const auto number = static_cast<int>(m_documents.size());
        m_documents.push_back(
            f.add(QStringLiteral("/%1.pdf").arg(number), m_runs[static_cast<size_t>(run)]).document);
        m_model.documents[number] = {run, m_model.allPaused, false};
        m_model.documents[number].paused = false;
    }

    int openDocument()
    {
        for (int tries = 0; tries < 8; ++tries) {
            const int document = pick(static_cast<int>(m_documents.size()));
            if (!m_model.documents[document].settled)
                return document;
        }
        addDocument(pick(2));
        return static_cast<int>(m_documents.size()) - 1;
    }

    void enqueue()
    {
        const int document = openDocument();
        NewJob job;
        job.kind = JobKind::Analyze;
        job.document = m_documents[static_cast<size_t>(document)];
        job.page = 1 + pick(6);
        constexpr int kPriorities[] = {3, 5, 10};
        job.priority = static_cast<domain::Priority>(kPriorities[pick(3)]);
        job.runAt = f.clock.nowMs() + (pick(3) == 0 ? pick(2000) : 0);
        const JobId id = support::must(f.write([&](Transaction &t) { return JobQueue::enqueue(t, job); }));
        if (const auto live = m_model.liveJob(document, job.page)) {
            lastStep = QStringLiteral("enqueue what is live");
            if (*live != id.value)
                lastStep += QStringLiteral(" gave another job");
            return;
        }
        lastStep = QStringLiteral("enqueue job %1").arg(id.value);
        m_model.enqueue(id.value, document, job.page, static_cast<int>(job.priority), job.runAt);
    }

    void claim()
    {
        const QString name = worker();
        const int limit = 1 + pick(3);
        const bool oldest = pick(3) == 0;
        const auto jobs = support::must(f.write([&](Transaction &t) {
            return JobQueue::claim(
                t, {domain::localLane(JobKind::Analyze), name, limit, f.clock.nowMs(), oldest});
        }));
        const std::vector<qint64> expected = m_model.claim(name, limit, oldest);
        lastStep = QStringLiteral("claim %1").arg(limit);
        std::vector<qint64> got;
        for (const domain::Job &job : jobs) {
            got.push_back(job.id.value);
            m_leases.push_back(job.leaseToken());
        }
        if (got != expected)
            m_difference = QStringLiteral("claimed other jobs");
    }

    JobOutcome outcome()
    {
        const Error trouble{ErrorCode::PageTimedOut, {}};
        switch (pick(7)) {
        case 0:
            return JobOutcome::retry(trouble, f.clock.nowMs() + pick(1000));
        case 1:
            return JobOutcome::snooze(trouble, f.clock.nowMs() + pick(1000));
        case 2:
            return JobOutcome::failed(trouble);
        case 3:
            return JobOutcome::cancelled();
        case 4:
            return JobOutcome::skipped();
        default:
            return JobOutcome::done();
        }
    }

    // Any lease ever given, so that most old ones are stale.
    void finish()
    {
        if (m_leases.empty())
            return;
        const JobLease lease = recentLease();
        if (pick(8) == 0) {
            lastStep = QStringLiteral("progress of job %1").arg(lease.job.value);
            compare(f.write([&](Transaction &t) { return JobQueue::noteProgress(t, lease); }),
                    m_model.noteProgress(lease));
            return;
        }
        const JobOutcome how = outcome();
        lastStep =
            QStringLiteral("finish job %1 with %2").arg(lease.job.value).arg(static_cast<int>(how.kind));
        compare(f.write([&](Transaction &t) { return JobQueue::finish(t, lease, how); }),
                m_model.finish(lease, how));
    }

    JobLease recentLease()
    {
        const int back = std::min(static_cast<int>(m_leases.size()), 6);
        return m_leases[m_leases.size() - 1 - static_cast<size_t>(pick(back))];
    }

    void pause()
    {
        const bool paused = pick(2) == 0;
        if (pick(3) == 0) {
            const int run = pick(2);
            lastStep = QStringLiteral("pause run %1: %2").arg(run).arg(paused);
            support::must(f.write([&](Transaction &t) {
                return JobQueue::setRunPaused(t, m_runs[static_cast<size_t>(run)], paused);
            }));
            m_model.runPaused[run] = paused;
        } else {
            const int document = openDocument();
            lastStep = QStringLiteral("pause document %1: %2").arg(document).arg(paused);
            support::must(f.write([&](Transaction &t) {
                return JobQueue::setDocumentPaused(t, m_documents[static_cast<size_t>(document)], paused);
            }));
            m_model.documents[document].paused = paused;
        }
        m_model.applyHolds();
    }

    void pauseEverything()
    {
        const bool paused = pick(3) == 0;
        lastStep = QStringLiteral("pause everything: %1").arg(paused);
        support::must(f.write([&](Transaction &t) { return JobQueue::setAllPaused(t, paused); }));
        m_model.allPaused = paused;
    }

    void rescue()
    {
        const QString name = worker();
        const bool crashed = pick(2) == 0;
        lastStep = QStringLiteral("rescue %1").arg(name);
        support::must(f.write([&](Transaction &t) { return JobQueue::rescue(t, name, crashed); }));
        m_model.rescue(name, crashed);
    }

    void passTime()
    {
        lastStep = QStringLiteral("time passes");
        if (pick(10) == 0)
            f.clock.set(f.clock.nowMs() - pick(500)); // and sometimes runs backwards
        else
            f.clock.advance(pick(800));
        m_model.now = f.clock.nowMs();
        support::must(
            f.write([&](Transaction &t) { return JobQueue::promoteScheduled(t, f.clock.nowMs()); }));
        m_model.promote();
    }

    void cancelOrRelease()
    {
        if (pick(3) == 0) {
            const int document = openDocument();
            lastStep = QStringLiteral("cancel document %1").arg(document);
            support::must(f.write([&](Transaction &t) {
                return JobQueue::cancelDocument(t, m_documents[static_cast<size_t>(document)]);
            }));
            m_model.cancel(document);
        } else if (!m_leases.empty()) {
            const JobLease lease = recentLease();
            lastStep = QStringLiteral("release job %1").arg(lease.job.value);
            compare(f.write([&](Transaction &t) { return JobQueue::release(t, lease); }),
                    m_model.release(lease));
        }
    }

    void compare(const base::Status &got, bool expected)
    {
        const bool isStale = !got && got.error().code == ErrorCode::StaleLease;
        if (got.has_value() != expected || (!expected && !isStale))
            m_difference = QStringLiteral("the lease was judged otherwise");
    }

    QString difference()
    {
        JobFilter all;
        all.limit = 1'000'000;
        for (const domain::Job &job : support::must(JobQueue::list(*f.reader, all))) {
            if (job.kind != JobKind::Analyze)
                continue;
            const QueueModel::Job &expected = m_model.jobs[job.id.value];
            const auto got =
                std::tuple(job.state, job.attempt, job.lease, job.crashes, job.losses, job.worker, job.runAt);
            if (got != std::tuple(expected.state, expected.attempt, expected.lease, expected.crashes,
                                  expected.losses, expected.worker, expected.runAt)) {
                m_difference += QStringLiteral(" job %1 is %2 (attempt %3, lease %4), expected %5 (%6, %7)")
                                    .arg(job.id.value)
                                    .arg(domain::jobStateName(job.state))
                                    .arg(job.attempt)
                                    .arg(job.lease)
                                    .arg(domain::jobStateName(expected.state))
                                    .arg(expected.attempt)
                                    .arg(expected.lease);
            }
        }
        return m_difference;
    }

    Fixture &f;
    std::mt19937 m_random;
    QueueModel m_model;
    std::vector<RunId> m_runs;
    std::vector<DocumentId> m_documents;
    std::vector<JobLease> m_leases;
    QString m_difference;
};

} // namespace

class tst_QueueProperties : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void behavesAsTheModel_data();
    void behavesAsTheModel();
};

void tst_QueueProperties::behavesAsTheModel_data()
{
    QTest::addColumn<unsigned>("seed");
    // LECTERN_SEEDS=500 plays longer games at night.
    const int seeds = std::max(qEnvironmentVariableIntValue("LECTERN_SEEDS"), 12);
    for (int seed = 1; seed <= seeds; ++seed)
        QTest::newRow(qPrintable(QStringLiteral("seed %1").arg(seed))) << static_cast<unsigned>(seed);
}

void tst_QueueProperties::behavesAsTheModel()
{
    QFETCH(unsigned, seed);
    Fixture f;
    Game game(f, seed);
    for (int step = 0; step < kSteps; ++step) {
        const QString difference = game.step();
        QVERIFY2(difference.isEmpty(),
                 qPrintable(QStringLiteral("step %1, %2: %3").arg(step).arg(game.lastStep, difference)));
    }
    QCOMPARE(f.broken(), QString());
}

QTEST_GUILESS_MAIN(tst_QueueProperties)
#include "tst_QueueProperties.moc"
