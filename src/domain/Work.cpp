// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/Work.h"

#include <algorithm>

namespace lectern::domain {

namespace {

constexpr qint64 kFirstBackoffMs = 1'000;
constexpr qint64 kLongestBackoffMs = 600'000;
constexpr int kLargestShift = 20;

} // namespace

QString jobKindName(JobKind kind)
{
    switch (kind) {
    case JobKind::Extract:
        return QStringLiteral("extract");
    case JobKind::Analyze:
        return QStringLiteral("analyze");
    case JobKind::Trial:
        return QStringLiteral("trial");
    case JobKind::Embed:
        return QStringLiteral("embed");
    }
    return {};
}

QString localLane(JobKind kind)
{
    return jobKindName(kind);
}

QString jobStateName(JobState state)
{
    switch (state) {
    case JobState::Ready:
        return QStringLiteral("ready");
    case JobState::Scheduled:
        return QStringLiteral("scheduled");
    case JobState::Held:
        return QStringLiteral("held");
    case JobState::Running:
        return QStringLiteral("running");
    case JobState::Done:
        return QStringLiteral("done");
    case JobState::Failed:
        return QStringLiteral("failed");
    case JobState::Cancelled:
        return QStringLiteral("cancelled");
    case JobState::Skipped:
        return QStringLiteral("skipped");
    }
    return {};
}

qint64 backoffMs(int attempt, double random)
{
    const qint64 full = kFirstBackoffMs << std::clamp(attempt - 1, 0, kLargestShift);
    const qint64 bounded = std::min(full, kLongestBackoffMs);
    return bounded / 2 + static_cast<qint64>(static_cast<double>(bounded) / 2 * random);
}

JobOutcome outcomeOf(const base::Error &error, int attempt, int maxAttempts, qint64 nowMs, double random)
{
    if (error.code == base::ErrorCode::Cancelled)
        return JobOutcome::cancelled();
    if (base::isTemporary(error.code) && attempt < maxAttempts)
        return JobOutcome::retry(error, nowMs + backoffMs(attempt, random));
    return JobOutcome::failed(error);
}

} // namespace lectern::domain
