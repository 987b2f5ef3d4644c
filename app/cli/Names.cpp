// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Names.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace lectern::cli {

using domain::DocumentState;
using domain::JobState;

const QVector<DocumentState> &Names::allDocumentStates()
{
    static const QVector<DocumentState> states = {
        DocumentState::Queued,           DocumentState::Indexing,      DocumentState::Done,
        DocumentState::DoneWithFailures, DocumentState::NeedsPassword, DocumentState::Corrupt,
        DocumentState::Unsupported,      DocumentState::Failed,        DocumentState::Cancelled};
    return states;
}

const QVector<JobState> &Names::allJobStates()
{
    static const QVector<JobState> states = {JobState::Ready,     JobState::Scheduled, JobState::Held,
                                             JobState::Running,   JobState::Done,      JobState::Failed,
                                             JobState::Cancelled, JobState::Skipped};
    return states;
}

Outcome<QVector<DocumentState>> Names::documentStates(const QString &name)
{
    if (name == u"paused"_s)
        return QVector<DocumentState>{DocumentState::Queued, DocumentState::Indexing};
    QStringList known;
    for (const DocumentState state : allDocumentStates()) {
        known.append(domain::documentStateName(state));
        if (known.last() == name)
            return QVector<DocumentState>{state};
    }
    return failed(Failure::usage(
        u"There is no document state “%1”. Known: %2, paused."_s.arg(name, known.join(u", "_s))));
}

Outcome<JobState> Names::jobState(const QString &name)
{
    QStringList known;
    for (const JobState state : allJobStates()) {
        known.append(domain::jobStateName(state));
        if (known.last() == name)
            return state;
    }
    return failed(Failure::usage(u"There is no job state “%1”. Known: %2."_s.arg(name, known.join(u", "_s))));
}

} // namespace lectern::cli
