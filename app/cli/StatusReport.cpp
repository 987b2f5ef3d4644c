// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/StatusReport.h"

#include "app/cli/ErrorLine.h"
#include "app/cli/JsonForms.h"
#include "app/cli/Names.h"
#include "app/cli/Progress.h"
#include "presentation/Format.h"
#include "store/Connection.h"
#include "store/Library.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace lectern::cli {

using domain::PageState;
using presentation::Format;
using store::Library;

namespace {

constexpr int kBarCells = 40;

/// "3 done · 1 failed", leaving out what there is none of.
QString sentence(const QMap<QString, qint64> &counts, const QStringList &order)
{
    QStringList parts;
    for (const QString &state : order) {
        if (counts.value(state) > 0)
            parts.append(u"%1 %2"_s.arg(Format::count(counts.value(state)), state));
    }
    return parts.isEmpty() ? Format::none() : parts.join(u" · "_s);
}

QJsonObject toObject(const QMap<QString, qint64> &counts)
{
    QJsonObject object;
    for (auto count = counts.cbegin(); count != counts.cend(); ++count)
        object.insert(count.key(), count.value());
    return object;
}

QMap<QString, qint64> byName(const store::JobCounts &jobs)
{
    QMap<QString, qint64> result;
    for (const domain::JobState state : Names::allJobStates())
        result.insert(domain::jobStateName(state), jobs.of(state));
    return result;
}

QStringList jobOrder()
{
    QStringList order;
    for (const domain::JobState state : Names::allJobStates())
        order.append(domain::jobStateName(state));
    return order;
}

QStringList documentOrder()
{
    QStringList order;
    for (const domain::DocumentState state : Names::allDocumentStates())
        order.append(domain::documentStateName(state));
    order.append(u"paused"_s);
    return order;
}

} // namespace

base::Result<StatusReport> StatusReport::read(store::Connection &reader)
{
    StatusReport report;
    const auto paused = store::JobQueue::allPaused(reader);
    const auto totals = Library::totals(reader);
    const auto jobs = store::JobQueue::counts(reader);
    const auto extracted = Library::pageCountOf(reader, PageState::Extracted);
    const auto waiting = store::waitingJobs(reader);
    if (!paused)
        return base::fail(paused.error());
    if (!totals)
        return base::fail(totals.error());
    if (!jobs)
        return base::fail(jobs.error());
    if (!extracted)
        return base::fail(extracted.error());
    if (!waiting)
        return base::fail(waiting.error());
    report.waiting = *waiting;
    report.paused = *paused;
    report.totals = *totals;
    report.jobs = *jobs;
    report.pagesWaitingForAnalysis = *extracted;

    for (const domain::DocumentState state : Names::allDocumentStates()) {
        Library::DocumentQuery query;
        query.states = {state};
        const auto all = Library::find(reader, query);
        query.pausedOnly = true;
        const auto pausedOnes = Library::find(reader, query);
        if (!all || !pausedOnes)
            return base::fail(all ? pausedOnes.error() : all.error());
        qint64 stopped = 0;
        if (!domain::isSettled(state))
            stopped = report.paused ? all->size() : pausedOnes->size();
        report.documents[domain::documentStateName(state)] = all->size() - stopped;
        report.documents[u"paused"_s] += stopped;
    }
    return report;
}

QMap<QString, qint64> StatusReport::pagesByState() const
{
    const qint64 unfinished = totals.pages - totals.pagesDone - totals.pagesFailed;
    const qint64 extracted = std::min(pagesWaitingForAnalysis, unfinished);
    return {{domain::pageStateName(PageState::Queued), unfinished - extracted},
            {domain::pageStateName(PageState::Extracted), extracted},
            {domain::pageStateName(PageState::Done), totals.pagesDone},
            {domain::pageStateName(PageState::Failed), totals.pagesFailed}};
}

QJsonObject StatusReport::toJson(const QString &folder) const
{
    return {{u"workspace"_s, folder},
            {u"paused"_s, paused},
            {u"documents_total"_s, totals.documents},
            {u"documents"_s, toObject(documents)},
            {u"documents_in_trash"_s, totals.documentsInTrash},
            {u"pages_total"_s, totals.pages},
            {u"pages"_s, toObject(pagesByState())},
            {u"jobs"_s, toObject(byName(jobs))},
            {u"waiting"_s, waitingArray()}};
}

QJsonArray StatusReport::waitingArray() const
{
    QJsonArray array;
    for (const store::WaitingJobs &group : waiting)
        array.append(QJsonObject{{u"error"_s, JsonForms::error(group.why)},
                                 {u"jobs"_s, group.jobs},
                                 {u"until"_s, JsonForms::time(group.until)}});
    return array;
}

QStringList StatusReport::lines(const QString &folder) const
{
    QStringList lines{u"Workspace  %1%2"_s.arg(folder, paused ? u"  (everything is paused)"_s : QString())};
    if (totals.pages > 0) {
        const qint64 finished = totals.pagesDone + totals.pagesFailed;
        lines.append(u"           %1 %2"_s.arg(
            Progress::bar(finished, finished + pagesWaitingForAnalysis, totals.pages, kBarCells),
            Format::percent(finished, totals.pages)));
    }
    lines.append(u"Documents  %1"_s.arg(sentence(documents, documentOrder())));
    lines.append(u"Pages      %1"_s.arg(
        sentence(pagesByState(),
                 {domain::pageStateName(PageState::Done), domain::pageStateName(PageState::Extracted),
                  domain::pageStateName(PageState::Queued), domain::pageStateName(PageState::Failed)})));
    lines.append(u"Jobs       %1"_s.arg(sentence(byName(jobs), jobOrder())));
    for (const store::WaitingJobs &group : waiting) {
        const bool hasReason = group.why.code != base::ErrorCode::None;
        QStringList facts{u"Waiting    %1"_s.arg(Format::count(group.jobs))};
        if (hasReason)
            facts.append(ErrorLine::text(group.why));
        if (group.until > 0)
            facts.append(u"until %1"_s.arg(Format::logMoment(group.until)));
        lines.append(facts.join(u" · "_s));
    }
    if (totals.documentsInTrash > 0)
        lines.append(u"Trash      %1"_s.arg(Format::documents(totals.documentsInTrash)));
    return lines;
}

} // namespace lectern::cli
