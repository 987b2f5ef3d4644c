// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/WorkFollower.h"

#include "app/cli/ErrorLine.h"
#include "app/cli/JsonForms.h"
#include "presentation/Format.h"
#include "store/Connection.h"
#include "store/Embeddings.h"
#include "store/JobQueue.h"
#include "store/Library.h"
#include "store/Questions.h"
#include "store/Waiting.h"

#include <QMap>

#include <algorithm>
#include <cmath>
#include <csignal>

using namespace Qt::StringLiterals;

namespace lectern::cli {

using domain::Document;
using domain::DocumentState;
using domain::JobState;
using presentation::Format;

namespace {

constexpr int kLookIntervalMs = 100;
constexpr qint64 kProgressIntervalMs = 500; // at most two a second
constexpr qint64 kPlainProgressIntervalMs = 10'000;
constexpr qint64 kProblemPatienceMs = 3'000;
constexpr double kMillisecondsPerSecond = 1'000;
constexpr double kSecondsPerMinute = 60;

QString outcomeName(ExitCode code)
{
    switch (code) {
    case ExitCode::Done:
        return u"done"_s;
    case ExitCode::SetAside:
        return u"set-aside"_s;
    case ExitCode::Paused:
        return u"paused"_s;
    case ExitCode::Error:
    case ExitCode::Usage:
        break;
    }
    return u"error"_s;
}

bool isProblem(DocumentState state)
{
    return domain::isSettled(state) && state != DocumentState::Done;
}

QString documentLine(const LibraryWatch::Change &change)
{
    const Document &document = change.document;
    QStringList facts;
    if (document.pagesTotal >= 0)
        facts.append(Format::pages(document.pagesTotal));
    if (document.pagesFailed > 0)
        facts.append(u"%1 failed"_s.arg(Format::count(document.pagesFailed)));
    if (document.error.code != base::ErrorCode::None)
        facts.append(ErrorLine::text(document.error));
    const QString name = Console::harmless(document.name);
    return facts.isEmpty() ? u"%1: %2"_s.arg(change.state, name)
                           : u"%1: %2 (%3)"_s.arg(change.state, name, facts.join(u", "_s));
}

} // namespace

WorkFollower::WorkFollower(Session &session, Voice voice)
    : m_session(session), m_voice(voice), m_watch(session.reader()),
      m_startedAt(session.clock().monotonicMs())
{
}

Outcome<ExitCode> WorkFollower::followDocuments(const QVector<domain::DocumentId> &documents,
                                                const QStringList &paths)
{
    if (const auto added = m_watch.add(documents); !added)
        return failed(added.error());
    while (true) {
        if (const auto looked = look(); !looked)
            return failed(looked.error());
        const auto over = isOver(paths);
        if (!over)
            return failed(over.error());
        if (*over || m_session.interruption().waitFor(kLookIntervalMs))
            return finish(codeOfWatched());
    }
}

Outcome<ExitCode> WorkFollower::followEverything()
{
    if (const auto added = m_watch.addUnfinished(); !added)
        return failed(added.error());
    while (true) {
        const auto over = isQueueOver(); // before the look, so that the last changes are seen
        if (!over)
            return failed(over.error());
        if (const auto looked = look(); !looked)
            return failed(looked.error());
        if (!*over && !m_session.interruption().waitFor(kLookIntervalMs))
            continue;
        const auto code = codeOfLibrary();
        if (!code)
            return failed(code.error());
        return finish(*code);
    }
}

Outcome<void> WorkFollower::look()
{
    const auto changes = m_watch.update();
    if (!changes)
        return failed(changes.error());
    for (const LibraryWatch::Change &change : *changes) {
        if (m_voice == Voice::Normal)
            report(change);
    }
    if (const auto stuck = lastingProblem())
        return failed(*stuck);
    if (m_voice == Voice::Normal)
        showProgress();
    if (m_session.console().isClosed())
        m_session.interruption().request(SIGPIPE);
    return {};
}

// A full disk or a locked database may pass; the engine tries again by itself.
std::optional<base::Error> WorkFollower::lastingProblem()
{
    const auto problem = m_session.workspace().problem();
    const qint64 nowMs = m_session.clock().monotonicMs();
    if (!problem) {
        m_problemSince = -1;
        return {};
    }
    if (m_problemSince < 0)
        m_problemSince = nowMs;
    return nowMs - m_problemSince >= kProblemPatienceMs ? problem : std::nullopt;
}

Outcome<bool> WorkFollower::isOver(const QStringList &paths)
{
    if (!m_watch.isAtRest())
        return waits();
    // Documents that turned out to be known ones: wait for those instead, they may still be at work.
    if (m_watch.takeVanished() || !m_placesWatched) {
        m_placesWatched = true;
        if (const auto added = m_watch.addPlacesUnder(paths); !added)
            return failed(added.error());
        return false;
    }
    const auto embedding = store::Embeddings::isWorking(
        m_session.reader(), {m_watch.documents().keyBegin(), m_watch.documents().keyEnd()});
    if (!embedding)
        return failed(embedding.error());
    return *embedding ? waits() : true;
}

// There is no use in waiting for what only a person can change.
Outcome<bool> WorkFollower::waits()
{
    const auto waiting = store::waitsForSomebody(m_session.reader(), m_session.clock().nowMs());
    if (!waiting)
        return failed(waiting.error());
    m_waiting = *waiting;
    return m_waiting.has_value();
}

Outcome<bool> WorkFollower::isQueueOver()
{
    if (const auto waiting = waits(); !waiting || *waiting)
        return waiting;
    const auto counts = store::JobQueue::counts(m_session.reader());
    if (!counts)
        return failed(counts.error());
    if (counts->of(JobState::Running) > 0)
        return false;
    const auto paused = store::JobQueue::allPaused(m_session.reader());
    if (!paused)
        return failed(paused.error());
    return *paused || counts->of(JobState::Ready) + counts->of(JobState::Scheduled) == 0;
}

void WorkFollower::report(const LibraryWatch::Change &change)
{
    const Document &document = change.document;
    Console &console = m_session.console();
    if (console.isJson()) {
        console.event(JsonForms::documentEvent(document, change.state));
        return;
    }
    // On a terminal the bar tells of what goes well; a log has a line for every document.
    if (isProblem(document.state) || change.paused || (change.settled && !console.isTerminal()))
        console.line(documentLine(change));
}

void WorkFollower::showProgress()
{
    const qint64 nowMs = m_session.clock().monotonicMs();
    const Progress now = measure();
    const qint64 steps = now.pagesExtracted + now.pagesDone + now.pagesFailed + now.documentsFinished;
    if (nowMs < m_nextProgressAt)
        return;
    Console &console = m_session.console();
    const bool isLog = !console.isJson() && !console.isTerminal();
    const bool first = m_lastShownSteps < 0;
    m_nextProgressAt = nowMs + (isLog ? kPlainProgressIntervalMs : kProgressIntervalMs);
    if (console.isJson()) {
        if (steps != m_lastShownSteps)
            console.event(now.toJson());
    } else if (console.isTerminal()) {
        console.status(now.line(console.width()));
    } else if (!first && steps != m_lastShownSteps) {
        console.line(now.plainLine());
    }
    m_lastShownSteps = steps;
}

Progress WorkFollower::measure()
{
    Progress progress;
    qint64 stepsLeft = 0;
    for (const Document &document : m_watch.documents()) {
        if (document.isInTrash())
            continue;
        ++progress.documents;
        progress.documentsFinished += domain::isSettled(document.state) ? 1 : 0;
        progress.pages += std::max(document.pagesTotal, 0);
        progress.pagesExtracted += document.pagesExtracted;
        progress.pagesDone += document.pagesDone;
        progress.pagesFailed += document.pagesFailed;
        if (domain::isSettled(document.state))
            continue;
        progress.documentsUncounted += document.pagesTotal < 0 ? 1 : 0;
        stepsLeft += presentation::TimeLeft::stepsLeft(document).value_or(0);
    }
    const qint64 nowMs = m_session.clock().monotonicMs();
    m_timeLeft.note(nowMs, stepsLeft);
    m_pace.note(nowMs, progress.pagesDone + progress.pagesFailed);
    progress.pagesPerSecond = m_pace.perSecond();
    if (progress.documentsUncounted == 0)
        progress.millisecondsLeft = m_timeLeft.remainingMs();
    progress.current = m_watch.current();
    return progress;
}

Outcome<ExitCode> WorkFollower::finish(ExitCode ifDone)
{
    const bool interrupted = m_session.interruption().isRequested();
    QMap<QString, int> states;
    int documents = 0;
    for (const Document &document : m_watch.documents()) {
        if (document.isInTrash())
            continue;
        ++documents;
        ++states[m_watch.pauses().stateName(document)];
    }
    const auto asking = store::Questions::asking(m_session.reader());
    if (!asking)
        return failed(asking.error());
    const ExitCode code = m_waiting && m_waiting->code != base::ErrorCode::BudgetReached ? ExitCode::Error
                          : m_waiting || m_watch.hasPaused()                             ? ExitCode::Paused
                                                                                         : ifDone;
    if (m_voice == Voice::Silent)
        return code;
    const Progress last = measure();
    const double seconds =
        static_cast<double>(m_session.clock().monotonicMs() - m_startedAt) / kMillisecondsPerSecond;

    Console &console = m_session.console();
    if (console.isJson()) {
        QJsonObject byState;
        for (auto state = states.cbegin(); state != states.cend(); ++state)
            byState.insert(state.key(), state.value());
        console.event(
            {{u"event"_s, u"finished"_s},
             {u"outcome"_s, interrupted ? u"interrupted"_s : outcomeName(code)},
             {u"exit_code"_s, interrupted ? m_session.interruption().exitCode() : static_cast<int>(code)},
             {u"documents_total"_s, documents},
             {u"documents"_s, byState},
             {u"pages_total"_s, last.pages},
             {u"pages_done"_s, last.pagesDone},
             {u"pages_failed"_s, last.pagesFailed},
             {u"asking"_s, asking->size()},
             {u"waits_for"_s, m_waiting ? JsonForms::error(*m_waiting) : QJsonValue()},
             {u"seconds"_s, std::round(seconds * 10) / 10}});
        return code;
    }
    QStringList facts;
    for (auto state = states.cbegin(); state != states.cend(); ++state)
        facts.append(u"%1 %2"_s.arg(Format::count(state.value()), state.key()));
    facts.append(last.pagesFailed > 0
                     ? u"%1, %2 failed"_s.arg(Format::pages(last.pages), Format::count(last.pagesFailed))
                     : Format::pages(last.pages));
    facts.append(seconds < kSecondsPerMinute
                     ? u"%1 s"_s.arg(seconds, 0, 'f', 1)
                     : Format::duration(static_cast<qint64>(seconds * kMillisecondsPerSecond)));
    console.line(u"%1: %2"_s.arg(Format::documents(documents), facts.join(u" · "_s)));
    if (interrupted)
        console.line(u"Stopping at the next page. What is done is kept; “lectern-cli resume” goes on."_s);
    else if (m_waiting)
        console.line(u"The rest waits: %1. %2"_s.arg(
            ErrorLine::text(*m_waiting), m_waiting->code == base::ErrorCode::BudgetReached
                                             ? u"“lectern-cli budget” raises it, then “resume” goes on."_s
                                             : u"Put that right, then “lectern-cli resume” goes on."_s));
    else if (code == ExitCode::Paused && !asking->isEmpty())
        console.line(u"%1 for your answer. “lectern-cli resume --accept” lets the work go on."_s.arg(
            asking->size() == 1 ? u"One run waits"_s : u"%1 runs wait"_s.arg(asking->size())));
    else if (code == ExitCode::Paused)
        console.line(u"Paused. “lectern-cli continue” lets it go on."_s);
    return code;
}

ExitCode WorkFollower::codeOfWatched() const
{
    const auto &documents = m_watch.documents();
    const bool setAside = std::any_of(documents.cbegin(), documents.cend(), [](const Document &document) {
        return !document.isInTrash() && isProblem(document.state);
    });
    return setAside ? ExitCode::SetAside : ExitCode::Done;
}

base::Result<ExitCode> WorkFollower::codeOfLibrary() const
{
    store::Library::DocumentQuery query;
    query.states = {DocumentState::DoneWithFailures, DocumentState::NeedsPassword, DocumentState::Corrupt,
                    DocumentState::Unsupported,      DocumentState::Failed,        DocumentState::Cancelled};
    return store::Library::find(m_session.reader(), query).map([](const QVector<domain::DocumentId> &ids) {
        return ids.isEmpty() ? ExitCode::Done : ExitCode::SetAside;
    });
}

} // namespace lectern::cli
