// SPDX-License-Identifier: GPL-3.0-or-later
// What the queue does at full durability: enqueue, claim and finish through the real Writer and JobQueue.
// Every number is of jobs that were on disk (commit with synchronous=FULL) before the next step began. Prints
// one JSON object.
#include "base/Clock.h"
#include "store/Connection.h"
#include "store/Database.h"
#include "store/JobQueue.h"
#include "store/Library.h"
#include "store/Transaction.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTextStream>

#include <algorithm>
#include <deque>
#include <future>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

using namespace lectern;
using namespace lectern::store;
using domain::DocumentId;
using domain::Job;
using domain::JobId;
using domain::JobKind;
using domain::JobOutcome;

namespace {

constexpr int kPagesPerDocument = 1000;
constexpr int kBulk = 500;
constexpr int kProbes = 200;

template <class T> T must(base::Result<T> result)
{
    if (!result)
        qFatal("%s: %s", qPrintable(base::errorName(result.error().code)), qPrintable(result.error().detail));
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

// What one flush of the disk costs just now: every figure below depends on it.
double medianFlushMs(const QString &folder)
{
    QFile file(folder + QStringLiteral("/probe"));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("no probe file");
    const QByteArray page(4096, 'x');
    std::vector<double> times;
    for (int i = 0; i < kProbes; ++i) {
        QElapsedTimer timer;
        timer.start();
        if (::write(file.handle(), page.constData(), static_cast<size_t>(page.size())) < 0 ||
            ::fdatasync(file.handle()) != 0)
            qFatal("the probe cannot be written");
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    file.remove();
    std::nth_element(times.begin(), times.begin() + kProbes / 2, times.end());
    return times[kProbes / 2];
}

double cpuSeconds()
{
    struct rusage usage = {};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Hands out (document, page) pairs that have no job yet.
class Targets {
public:
    Targets(Writer &writer, int count)
    {
        const auto run = must(writer.run([](Transaction &t) {
            return Library::createRun(t, domain::Goal::Analysis, QStringLiteral("bench"));
        }));
        for (int i = 0; i <= count / kPagesPerDocument; ++i) {
            m_documents.push_back(must(writer.run([&](Transaction &t) {
                                      return Library::addSource(t, {QStringLiteral("/bench/%1.pdf").arg(i), 1,
                                                                    1, run, domain::Goal::Analysis});
                                  })).document);
        }
        // The extract jobs of these documents are not what is measured.
        must(writer.run([](Transaction &t) -> base::Status {
            auto jobs = JobQueue::claim(
                t, {domain::localLane(JobKind::Extract), QStringLiteral("bench"), 1'000'000, 1, false});
            return jobs ? base::Status() : base::fail(jobs.error());
        }));
    }

    NewJob next()
    {
        NewJob job;
        job.kind = JobKind::Analyze;
        job.document = m_documents[static_cast<size_t>(m_next / kPagesPerDocument)];
        job.page = m_next % kPagesPerDocument + 1;
        ++m_next;
        return job;
    }

private:
    std::vector<DocumentId> m_documents;
    int m_next = 0;
};

double perSecond(int count, const QElapsedTimer &timer)
{
    return static_cast<double>(count) / (static_cast<double>(timer.nsecsElapsed()) / 1e9);
}

double enqueueOneByOne(Writer &writer, Targets &targets, int count)
{
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < count; ++i) {
        const NewJob job = targets.next();
        must(writer.run([&](Transaction &t) { return JobQueue::enqueue(t, job); }));
    }
    return perSecond(count, timer);
}

double enqueueInFlight(Writer &writer, Targets &targets, int count, int inFlight)
{
    QElapsedTimer timer;
    timer.start();
    std::deque<std::future<base::Result<JobId>>> waiting;
    for (int i = 0; i < count; ++i) {
        if (static_cast<int>(waiting.size()) >= inFlight) {
            must(waiting.front().get());
            waiting.pop_front();
        }
        waiting.push_back(writer.submit<JobId>(
            [job = targets.next()](Transaction &t) { return JobQueue::enqueue(t, job); }));
    }
    while (!waiting.empty()) {
        must(waiting.front().get());
        waiting.pop_front();
    }
    return perSecond(count, timer);
}

double enqueueBulk(Writer &writer, Targets &targets, int count)
{
    QElapsedTimer timer;
    timer.start();
    for (int done = 0; done < count; done += kBulk) {
        must(writer.run([&](Transaction &t) -> base::Status {
            for (int i = 0; i < kBulk; ++i) {
                const auto id = JobQueue::enqueue(t, targets.next());
                if (!id)
                    return base::fail(id.error());
            }
            return {};
        }));
    }
    return perSecond(count, timer);
}

// Never more than `inFlight` jobs are claimed and not yet finished. Each ends by its own closure, as it does
// when jobs run on threads of a pool; the writer gathers them. The next claim waits in the same queue.
double process(Writer &writer, int count, int inFlight)
{
    const ClaimRequest request{domain::localLane(JobKind::Analyze), QStringLiteral("bench"), inFlight, 1,
                               false};
    const auto submitClaim = [&] {
        return writer.submit<QVector<Job>>([request](Transaction &t) { return JobQueue::claim(t, request); });
    };
    QElapsedTimer timer;
    timer.start();
    int finished = 0;
    QVector<Job> jobs = must(submitClaim().get());
    while (!jobs.isEmpty()) {
        std::vector<std::future<base::Status>> ends;
        for (const Job &job : std::as_const(jobs)) {
            ends.push_back(writer.submit<void>([lease = job.leaseToken()](Transaction &t) {
                return JobQueue::finish(t, lease, JobOutcome::done());
            }));
        }
        auto next = submitClaim();
        for (auto &end : ends)
            must(end.get());
        finished += static_cast<int>(jobs.size());
        jobs = must(next.get());
    }
    if (finished != count)
        qFatal("%d of %d jobs were finished", finished, count);
    return perSecond(count, timer);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption jobsOption(QStringLiteral("jobs"), QStringLiteral("how many"),
                                        QStringLiteral("N"), QStringLiteral("20000"));
    const QCommandLineOption folderOption(QStringLiteral("folder"),
                                          QStringLiteral("where; a new folder is made in it"),
                                          QStringLiteral("DIR"), QStringLiteral("."));
    const QCommandLineOption inFlightOption(QStringLiteral("in-flight"),
                                            QStringLiteral("jobs running at once"), QStringLiteral("N"),
                                            QStringLiteral("16"));
    parser.addHelpOption();
    parser.addOptions({jobsOption, folderOption, inFlightOption});
    parser.process(application);
    const int bulk = std::max(parser.value(jobsOption).toInt() / kBulk, 1) * kBulk;
    const int single = bulk / 10;
    const int inFlight = parser.value(inFlightOption).toInt();

    QTemporaryDir folder(parser.value(folderOption) + QStringLiteral("/bench-queue-XXXXXX"));
    const base::SystemClock clock;
    Database::Options options;
    options.folder = folder.filePath(QStringLiteral("workspace"));
    const auto database = must(Database::open(options, clock));
    Writer &writer = database->writer();
    Targets targets(writer, bulk + 2 * single);

    QJsonObject result{{QStringLiteral("jobs"), bulk + 2 * single}, {QStringLiteral("in_flight"), inFlight}};
    result.insert(QStringLiteral("fdatasync_ms_before"), medianFlushMs(folder.path()));
    result.insert(QStringLiteral("enqueue_one_by_one_per_s"), enqueueOneByOne(writer, targets, single));
    result.insert(QStringLiteral("enqueue_per_s"), enqueueInFlight(writer, targets, single, inFlight));
    result.insert(QStringLiteral("enqueue_bulk_per_s"), enqueueBulk(writer, targets, bulk));
    const double cpuBefore = cpuSeconds();
    result.insert(QStringLiteral("process_per_s"), process(writer, bulk + 2 * single, inFlight));
    result.insert(QStringLiteral("process_cpu_us_per_job"),
                  (cpuSeconds() - cpuBefore) * 1e6 / (bulk + 2 * single));
    result.insert(QStringLiteral("fdatasync_ms_after"), medianFlushMs(folder.path()));
    QTextStream(stdout) << QJsonDocument(result).toJson(QJsonDocument::Compact) << '\n';
    return 0;
}
