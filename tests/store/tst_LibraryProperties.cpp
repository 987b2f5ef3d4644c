// SPDX-License-Identifier: GPL-3.0-or-later
#include "Fixture.h"
#include "support/Strict.h"

#include <QTest>

#include <random>

using namespace lectern;
using namespace lectern::store;
using base::Error;
using base::ErrorCode;
using base::Status;
using domain::DocumentId;
using domain::Goal;
using domain::Job;
using domain::JobKind;
using domain::JobOutcome;

namespace {

constexpr int kSteps = 200;

/// Users, workers and accidents at random. Nothing here knows what should come out; the invariants do.
class Chaos {
public:
    Chaos(Fixture &fixture, unsigned seed) : f(fixture), m_random(seed) {}

    void step()
    {
        f.clock.advance(pick(50));
        if (pick(3) == 0)
            userDoesSomething();
        else
            workerDoesSomething();
    }

    /// Lets everything go and works until nothing is left. Returns what is still live.
    qint64 finishEverything()
    {
        allow([&](Transaction &t) { return JobQueue::setAllPaused(t, false); });
        for (const domain::RunId run : m_runs)
            allow([&](Transaction &t) { return JobQueue::setRunPaused(t, run, false); });
        for (const DocumentId document : existing()) {
            allow([&](Transaction &t) { return Library::restore(t, {document}); });
            allow([&](Transaction &t) { return JobQueue::setDocumentPaused(t, document, false); });
        }
        for (int i = 0; i < 3; ++i) {
            const QString worker = QStringLiteral("w%1").arg(i);
            allow([&](Transaction &t) { return JobQueue::rescue(t, worker, false); });
        }
        m_jobs.clear();
        m_calm = true;
        for (int i = 0; i < 5000 && support::must(JobQueue::liveCount(*f.reader)) > 0; ++i) {
            f.clock.advance(10'000);
            allow([&](Transaction &t) { return JobQueue::promoteScheduled(t, f.clock.nowMs()); });
            claim();
            while (!m_jobs.empty())
                work();
        }
        return support::must(JobQueue::liveCount(*f.reader));
    }

private:
    int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(m_random); }

    /// Some steps come too late or make no sense; then they are refused, and nothing else.
    template <class Work> bool allow(Work work)
    {
        const auto done = f.write(work);
        if (!done && done.error().code != ErrorCode::StaleLease && done.error().code != ErrorCode::NotFound &&
            done.error().code != ErrorCode::FileChanged)
            qFatal("%s", qPrintable(support::describe(done)));
        return done.has_value();
    }

    QVector<DocumentId> existing()
    {
        Library::DocumentQuery trash;
        trash.trash = true;
        return support::must(Library::find(*f.reader, {})) + support::must(Library::find(*f.reader, trash));
    }
    DocumentId someDocument()
    {
        const QVector<DocumentId> documents = existing();
        return documents.isEmpty() ? DocumentId{999} : documents.at(pick(static_cast<int>(documents.size())));
    }

    void add()
    {
        if (m_runs.empty() || pick(4) == 0)
            m_runs.push_back(f.createRun(pick(2) == 0 ? Goal::Text : Goal::Analysis));
        const domain::RunId run = m_runs[static_cast<size_t>(pick(static_cast<int>(m_runs.size())))];
        const NewSource source{QStringLiteral("/%1.pdf").arg(pick(8)), 100, 1 + pick(2), run,
                               pick(2) == 0 ? Goal::Text : Goal::Analysis};
        if (pick(10) == 0)
            allow([&](Transaction &t) { return Library::addUnsupported(t, source, QStringLiteral("odd")); });
        else
            allow([&](Transaction &t) { return Library::addSource(t, source); });
    }

    void userDoesSomething()
    {
        const DocumentId document = someDocument();
        const bool flag = pick(2) == 0;
        switch (pick(13)) {
        case 0:
        case 1:
        case 2:
            return add();
        case 3:
            allow([&](Transaction &t) { return JobQueue::setDocumentPaused(t, document, flag); });
            break;
        case 4:
            if (const auto found = Library::document(*f.reader, document)) {
                const domain::RunId run = found->run;
                allow([&](Transaction &t) { return JobQueue::setRunPaused(t, run, flag); });
            }
            break;
        case 5:
            allow([&](Transaction &t) { return JobQueue::setAllPaused(t, pick(4) == 0); });
            break;
        case 6:
            allow([&](Transaction &t) { return JobQueue::cancelDocument(t, document); });
            break;
        case 7:
            allow([&](Transaction &t) { return JobQueue::retryDocument(t, document); });
            break;
        case 8:
            allow([&](Transaction &t) { return JobQueue::retryPage(t, document, 1 + pick(4)); });
            break;
        case 9:
            allow([&](Transaction &t) { return Library::remove(t, {document}); });
            break;
        case 10:
            allow([&](Transaction &t) { return Library::restore(t, {document}); });
            break;
        case 11:
            if (pick(3) == 0)
                allow([&](Transaction &t) { return Library::purge(t, {document}); });
            else
                allow([&](Transaction &t) { return JobQueue::runNext(t, document); });
            break;
        case 12:
            allow([&](Transaction &t) { return Library::unlock(t, document, QStringLiteral("w1")); });
            break;
        }
    }

    void workerDoesSomething()
    {
        switch (pick(8)) {
        case 0:
        case 1:
            claim();
            break;
        case 2:
            if (pick(3) == 0) {
                const QString worker = QStringLiteral("w%1").arg(pick(3));
                const bool crashed = pick(3) == 0;
                if (pick(3) == 0)
                    allow([&](Transaction &t) { return JobQueue::removeWorker(t, worker); });
                else
                    allow([&](Transaction &t) { return JobQueue::rescue(t, worker, crashed); });
            } else {
                allow([&](Transaction &t) { return JobQueue::promoteScheduled(t, f.clock.nowMs()); });
            }
            break;
        default:
            if (!m_jobs.empty())
                work();
        }
    }

    void claim()
    {
        const QString worker = QStringLiteral("w%1").arg(m_calm ? 1 : pick(3));
        for (const JobKind kind : {JobKind::Extract, JobKind::Analyze}) {
            const auto jobs = support::must(f.write([&](Transaction &t) {
                return JobQueue::claim(t,
                                       {domain::localLane(kind), worker, 2, f.clock.nowMs(), pick(2) == 0});
            }));
            for (const Job &job : jobs)
                m_jobs.push_back(job);
        }
    }

    void work()
    {
        const auto at = static_cast<size_t>(pick(static_cast<int>(m_jobs.size())));
        const Job job = m_jobs[at];
        const bool isOver = job.kind == JobKind::Extract ? extractSome(job) : analyse(job);
        if (isOver)
            m_jobs.erase(m_jobs.begin() + static_cast<std::ptrdiff_t>(at));
    }

    /// Whether the job is over.
    bool extractSome(const Job &job)
    {
        const auto lease = job.leaseToken();
        const auto document = Library::document(*f.reader, job.document);
        if (!document)
            return true;
        const Error error{pick(2) == 0 ? ErrorCode::PasswordNeeded : ErrorCode::FileMissing, {}};
        switch (m_calm ? 9 : pick(12)) {
        case 0:
            allow([&](Transaction &t) { return Library::failDocument(t, lease, job.document, error); });
            return true;
        case 1:
            allow([&](Transaction &t) { return JobQueue::release(t, lease); });
            return true;
        case 2:
            allow([&](Transaction &t) { return JobQueue::finish(t, lease, JobOutcome::cancelled()); });
            return true;
        case 3:
            allow([&](Transaction &t) {
                return JobQueue::finish(t, lease, JobOutcome::retry(error, f.clock.nowMs() + 20));
            });
            return true;
        case 4:
            allow([&](Transaction &t) { return JobQueue::finish(t, lease, JobOutcome::failed(error)); });
            return true;
        default:
            return document->pagesTotal < 0 ? probe(job) : extractPages(job);
        }
    }

    bool probe(const Job &job)
    {
        // Few contents, so that many files are the same.
        const int content = pick(5);
        const Fetched fetched{Fixture::hashOf(QString::number(content)), 100, 1, domain::DocumentKind::Pdf};
        std::optional<DocumentId> merged;
        const bool ok = allow([&](Transaction &t) -> Status {
            const auto result = Library::setFetched(t, job.leaseToken(), job.document, fetched);
            if (!result)
                return base::fail(result.error());
            merged = *result;
            return {};
        });
        if (!ok && m_calm)
            allow([&](Transaction &t) {
                return Library::failDocument(t, job.leaseToken(), job.document, {ErrorCode::FileChanged, {}});
            });
        if (!ok || merged)
            return true;
        return !allow([&](Transaction &t) {
            return Library::setProbed(t, job.leaseToken(), job.document, {1 + content, {}, {}, true});
        });
    }

    bool extractPages(const Job &job)
    {
        const auto missing = Library::pagesToExtract(*f.reader, job.document, 0, 2);
        if (!missing || missing->isEmpty()) {
            allow(
                [&](Transaction &t) { return Library::finishExtraction(t, job.leaseToken(), job.document); });
            return true;
        }
        if (pick(4) == 0) {
            return !allow([&](Transaction &t) {
                return Library::failPage(t, job.leaseToken(), job.document, missing->first(),
                                         {ErrorCode::PageCrashed, {}}, 2);
            });
        }
        QVector<ExtractedPage> pages;
        QVector<QByteArray> keys;
        for (const int number : *missing) {
            pages.append(Fixture::extractedPage(job.document, number));
            keys.append(sharedKey(job.document, number));
        }
        return !allow([&](Transaction &t) {
            return Library::storePages(t, job.leaseToken(), job.document, pages, keys);
        });
    }

    // Some answers fit several pages.
    static QByteArray sharedKey(DocumentId document, int page)
    {
        return Fixture::hashOf(QStringLiteral("%1").arg((document.value * 7 + page) % 23));
    }

    bool analyse(const Job &job)
    {
        const auto lease = job.leaseToken();
        const Error error{ErrorCode::PageUnreadable, {}};
        switch (m_calm ? 9 : pick(10)) {
        case 0:
            allow([&](Transaction &t) {
                return Library::failAnalysis(t, lease, job.document, job.page, error);
            });
            break;
        case 1:
            allow([&](Transaction &t) { return JobQueue::finish(t, lease, JobOutcome::failed(error)); });
            break;
        case 2:
            allow([&](Transaction &t) {
                return JobQueue::finish(t, lease, JobOutcome::retry(error, f.clock.nowMs() + 30));
            });
            break;
        case 3:
            allow([&](Transaction &t) { return JobQueue::release(t, lease); });
            break;
        default:
            allow([&](Transaction &t) {
                return Library::storeAnalysis(t, lease, job.document, job.page,
                                              sharedKey(job.document, job.page), QStringLiteral("builtin"),
                                              Fixture::analysis(QStringLiteral("t")));
            });
        }
        return true;
    }

    Fixture &f;
    std::mt19937 m_random;
    std::vector<domain::RunId> m_runs;
    std::vector<Job> m_jobs;
    bool m_calm = false;
};

} // namespace

class tst_LibraryProperties : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void countsAlwaysAddUp_data();
    void countsAlwaysAddUp();
};

void tst_LibraryProperties::countsAlwaysAddUp_data()
{
    QTest::addColumn<unsigned>("seed");
    const int seeds = std::max(qEnvironmentVariableIntValue("LECTERN_SEEDS"), 12);
    for (int seed = 1; seed <= seeds; ++seed)
        QTest::newRow(qPrintable(QStringLiteral("seed %1").arg(seed))) << static_cast<unsigned>(seed);
}

void tst_LibraryProperties::countsAlwaysAddUp()
{
    QFETCH(unsigned, seed);
    Fixture f;
    Chaos chaos(f, seed);
    for (int step = 0; step < kSteps; ++step) {
        chaos.step();
        const QString broken = brokenInvariantsHere(f.workspace.databaseFile());
        QVERIFY2(broken.isEmpty(), qPrintable(QStringLiteral("step %1: %2").arg(step).arg(broken)));
    }
    QCOMPARE(f.broken(), QString());
    QCOMPARE(chaos.finishEverything(), 0);
    QCOMPARE(f.broken(), QString());
    const domain::Totals totals = support::must(Library::totals(*f.reader));
    QCOMPARE(totals.documentsUnfinished(), 0);
    QCOMPARE(totals.documents, totals.documentsDone + totals.documentsWithFailures +
                                   totals.documentsNeedPassword + totals.documentsSetAside +
                                   totals.documentsCancelled);
}

QTEST_GUILESS_MAIN(tst_LibraryProperties)
#include "tst_LibraryProperties.moc"
