// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Work.h"

#include <QString>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

namespace lectern::store {

/// What the queue promises, written down a second time without SQL: a plain map and plain loops.
class QueueModel {
public:
    enum class Stop { None, Cancel, Wait };
    struct Job {
        qint64 id = 0;
        int document = 0;
        int page = 0;
        domain::JobState state = domain::JobState::Ready;
        int priority = 5;
        qint64 runAt = 0;
        int attempt = 0;
        qint64 lease = 0;
        int crashes = 0;
        int losses = 0;
        Stop stop = Stop::None;
        QString worker;
    };
    struct Document {
        int run = 0;
        bool paused = false;
        bool settled = false; ///< cancelled; here documents have no other end
    };

    std::map<qint64, Job> jobs;
    std::map<int, Document> documents;
    std::map<int, bool> runPaused;
    bool allPaused = false;
    qint64 now = 0;

    std::optional<qint64> liveJob(int document, int page) const
    {
        for (const auto &[id, job] : jobs) {
            if (job.document == document && job.page == page && domain::isLive(job.state))
                return id;
        }
        return std::nullopt;
    }

    void enqueue(qint64 id, int document, int page, int priority, qint64 runAt)
    {
        Job job;
        job.id = id;
        job.document = document;
        job.page = page;
        job.priority = priority;
        job.runAt = runAt;
        job.state = waiting(job);
        jobs[id] = job;
    }

    std::vector<qint64> claim(const QString &worker, int limit, bool oldest)
    {
        std::vector<Job *> ready;
        for (auto &[id, job] : jobs) {
            if (job.state == domain::JobState::Ready && !allPaused)
                ready.push_back(&job);
        }
        std::sort(ready.begin(), ready.end(), [&](const Job *a, const Job *b) {
            const auto rank = [&](const Job *job) {
                return std::tuple(oldest ? 0 : -job->priority, job->runAt, job->id);
            };
            return rank(a) < rank(b);
        });
        ready.resize(std::min(ready.size(), static_cast<std::size_t>(limit)));
        std::vector<qint64> ids;
        for (Job *job : ready) {
            job->state = domain::JobState::Running;
            job->worker = worker;
            job->attempt += 1;
            job->lease += 1;
            job->stop = Stop::None;
            ids.push_back(job->id);
        }
        return ids;
    }

    /// Whether the lease was good.
    bool finish(domain::JobLease lease, const domain::JobOutcome &outcome)
    {
        Job *job = running(lease);
        if (job == nullptr)
            return false;
        using Kind = domain::JobOutcome::Kind;
        if (outcome.kind == Kind::Done || outcome.kind == Kind::Skipped) {
            end(*job, outcome.kind == Kind::Done ? domain::JobState::Done : domain::JobState::Skipped);
        } else if (job->stop == Stop::Cancel) {
            end(*job, domain::JobState::Cancelled);
        } else if (outcome.kind == Kind::Retry || outcome.kind == Kind::Snooze) {
            job->runAt = outcome.runAt;
            park(*job, outcome.kind == Kind::Snooze);
        } else if (outcome.kind == Kind::Cancelled && job->stop == Stop::Wait) {
            park(*job, true);
        } else {
            end(*job,
                outcome.kind == Kind::Cancelled ? domain::JobState::Cancelled : domain::JobState::Failed);
        }
        return true;
    }

    bool release(domain::JobLease lease)
    {
        Job *job = running(lease);
        if (job == nullptr)
            return false;
        if (job->stop == Stop::Cancel)
            end(*job, domain::JobState::Cancelled);
        else
            park(*job, true);
        return true;
    }

    bool noteProgress(domain::JobLease lease)
    {
        Job *job = running(lease);
        if (job != nullptr)
            job->crashes = job->losses = 0;
        return job != nullptr;
    }

    void rescue(const QString &worker, bool crashed)
    {
        for (auto &[id, job] : jobs) {
            if (job.state != domain::JobState::Running || job.worker != worker)
                continue;
            if (job.stop == Stop::Cancel) {
                end(job, domain::JobState::Cancelled);
                continue;
            }
            (crashed ? job.crashes : job.losses) += 1;
            if (job.crashes >= domain::kMaxCrashes || job.losses >= domain::kMaxLosses)
                end(job, domain::JobState::Failed);
            else
                park(job, true);
        }
    }

    void promote()
    {
        for (auto &[id, job] : jobs) {
            if (job.state == domain::JobState::Scheduled && job.runAt <= now)
                job.state = domain::JobState::Ready;
        }
    }

    void applyHolds()
    {
        for (auto &[id, job] : jobs) {
            if (job.state == domain::JobState::Ready || job.state == domain::JobState::Scheduled ||
                job.state == domain::JobState::Held) {
                const bool wasHeld = job.state == domain::JobState::Held;
                if (wasHeld != isHeld(job))
                    job.state = waiting(job);
            }
        }
    }

    void cancel(int document)
    {
        if (documents[document].settled)
            return;
        documents[document].settled = true;
        documents[document].paused = false;
        for (auto &[id, job] : jobs) {
            if (job.document != document || !domain::isLive(job.state))
                continue;
            if (job.state == domain::JobState::Running)
                job.stop = Stop::Cancel;
            else
                end(job, domain::JobState::Cancelled);
        }
    }

private:
    bool isHeld(const Job &job) const
    {
        const Document &document = documents.at(job.document);
        return document.paused || runPaused.at(document.run);
    }
    domain::JobState waiting(const Job &job) const
    {
        if (isHeld(job))
            return domain::JobState::Held;
        return job.runAt > now ? domain::JobState::Scheduled : domain::JobState::Ready;
    }
    void park(Job &job, bool givesAttemptBack)
    {
        job.attempt -= givesAttemptBack ? 1 : 0;
        job.stop = Stop::None;
        job.worker.clear();
        job.state = waiting(job);
    }
    static void end(Job &job, domain::JobState state)
    {
        job.state = state;
        job.stop = Stop::None;
        job.worker.clear();
    }
    Job *running(domain::JobLease lease)
    {
        const auto found = jobs.find(lease.job.value);
        if (found == jobs.end() || found->second.state != domain::JobState::Running ||
            found->second.lease != lease.lease)
            return nullptr;
        return &found->second;
    }
};

} // namespace lectern::store
