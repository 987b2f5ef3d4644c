// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/WorkCommands.h"

#include "app/cli/DocumentPicker.h"
#include "app/cli/ErrorLine.h"
#include "app/cli/JsonForms.h"
#include "app/cli/ModelForms.h"
#include "app/cli/OptionValues.h"
#include "app/cli/PasswordInput.h"
#include "app/cli/Session.h"
#include "app/cli/WorkFollower.h"
#include "presentation/ResumeText.h"
#include "store/Connection.h"

#include <QJsonArray>

#include <chrono>
#include <future>

using namespace Qt::StringLiterals;

namespace lectern::cli {

namespace {

constexpr auto kLookInterval = std::chrono::milliseconds(100);

void reportLaunch(Session &session)
{
    const workspace::LaunchReport launch = session.workspace().launchReport();
    Console &console = session.console();
    if (console.isJson()) {
        console.event({{u"event"_s, u"resumed"_s},
                       {u"workspace"_s, session.workspace().folder()},
                       {u"jobs_taken_over"_s, launch.jobsResumed},
                       {u"jobs_set_aside"_s, launch.jobsSetAside},
                       {u"documents_unfinished"_s, launch.totals.documentsUnfinished()}});
        return;
    }
    if (launch.jobsResumed > 0)
        console.line(u"Going on where an earlier program stopped: %1 jobs were in its hands."_s.arg(
            launch.jobsResumed));
    if (launch.jobsSetAside > 0)
        console.line(
            u"Set aside, because the program ended twice while reading them: %1. See “lectern-cli documents "
            "--state failed”."_s.arg(launch.jobsSetAside));
}

/// Runs that are no longer what was approved wait for a yes: it is said, and given when the user told so.
Outcome<void> settleQuestions(Session &session, bool accept)
{
    const auto runs = session.workspace().openRuns();
    if (!runs)
        return failed(runs.error());
    for (const workspace::OpenRun &run : *runs) {
        if (run.question == store::Question::None)
            continue;
        if (session.console().isJson())
            session.console().event(ModelForms::question(run, accept));
        else
            session.console().line(u"Run %1: %2%3"_s.arg(
                QString::number(run.run.value), Console::harmless(presentation::ResumeText::sentence(run)),
                accept ? u" Accepted: it goes on."_s : QString()));
        if (!accept)
            continue;
        if (const base::Status accepted = session.workspace().acceptRun(run.run); !accepted)
            return failed(accepted.error());
    }
    return {};
}

void reportAdded(Session &session, const workspace::AddReport &report)
{
    Console &console = session.console();
    if (console.isJson()) {
        QJsonArray documents;
        for (const domain::DocumentId id : report.documents)
            documents.append(id.value);
        console.event({{u"event"_s, u"added"_s},
                       {u"run"_s, report.run.value},
                       {u"added"_s, report.added},
                       {u"known"_s, report.known},
                       {u"unsupported"_s, report.unsupported},
                       {u"documents"_s, documents},
                       {u"missing"_s, QJsonArray::fromStringList(report.missing)}});
        return;
    }
    for (const QString &path : report.missing)
        console.error(ErrorLine::text({base::ErrorCode::FileMissing, path}));
    QStringList facts{u"%1 added"_s.arg(report.added)};
    if (report.known > 0)
        facts.append(u"%1 already here"_s.arg(report.known));
    if (report.unsupported > 0)
        facts.append(u"%1 of a kind that cannot be read yet"_s.arg(report.unsupported));
    console.line(facts.join(u", "_s) + u'.');
}

Outcome<domain::Goal> goalOf(const CommandLine &line)
{
    const QString only = line.value(u"only"_s);
    if (only.isEmpty())
        return domain::Goal::Analysis;
    if (only == u"extract"_s)
        return domain::Goal::Text;
    return failed(Failure::usage(u"--only takes “extract”, not “%1”."_s.arg(only)));
}

} // namespace

Outcome<ExitCode> WorkCommands::index(Session &session)
{
    const CommandLine &line = session.line();
    const auto goal = goalOf(line);
    if (!goal)
        return failed(goal.error());
    const auto request = runRequestOf(line);
    if (!request)
        return failed(request.error());
    if (request->model && *goal == domain::Goal::Text)
        return failed(Failure::usage(u"--only extract and --model do not go together"_s));
    const bool wait = !line.has(u"no-wait"_s);
    const auto opened =
        session.open(wait ? Session::Access::Work : Session::Access::Look, Session::IfMissing::Create);
    if (!opened)
        return failed(opened.error());
    if (wait) {
        reportLaunch(session);
        if (const auto told = settleQuestions(session, false); !told)
            return failed(told.error());
    }

    // Large folders take a while to walk; the documents found first are being read meanwhile.
    auto adding = std::async(std::launch::async, [&] {
        return request->model
                   ? session.workspace().addForRun(line.operands, *request, session.interruption().token())
                   : session.workspace().add(line.operands, *goal, session.interruption().token());
    });
    while (adding.wait_for(kLookInterval) != std::future_status::ready)
        session.console().status(u"Looking for files…"_s);
    const auto report = adding.get();
    if (!report)
        return failed(report.error());
    reportAdded(session, *report);

    const ExitCode ifDone = report->missing.isEmpty() ? ExitCode::Done : ExitCode::Error;
    if (report->documents.isEmpty() || !wait)
        return ifDone;
    WorkFollower follower(session);
    const auto code = follower.followDocuments(report->documents, line.operands);
    return code && ifDone == ExitCode::Error ? ifDone : code;
}

Outcome<ExitCode> WorkCommands::resume(Session &session)
{
    if (const auto opened = session.open(Session::Access::Work, Session::IfMissing::Fail); !opened)
        return failed(opened.error());
    reportLaunch(session);
    if (const auto settled = settleQuestions(session, session.line().has(u"accept"_s)); !settled)
        return failed(settled.error());
    return WorkFollower(session).followEverything();
}

Outcome<ExitCode> WorkCommands::unlock(Session &session)
{
    const CommandLine &line = session.line();
    if (const auto opened = session.open(Session::Access::Work, Session::IfMissing::Fail); !opened)
        return failed(opened.error());
    const DocumentPicker picker(session.reader(), DocumentPicker::Where::Library);
    const auto document = picker.pick(line.operands.first());
    if (!document)
        return failed(document.error());
    if (document->state != domain::DocumentState::NeedsPassword) {
        return failed(base::Error{base::ErrorCode::InvalidArgument, u"%1 does not wait for a password"_s.arg(
                                                                        Console::harmless(document->name))});
    }
    const auto password =
        PasswordInput::read(line.value(u"password-file"_s), document->name, session.interruption());
    if (!password)
        return failed(password.error());
    if (const auto unlocked = session.workspace().unlock(document->id, *password); !unlocked)
        return failed(unlocked.error());
    QVector<domain::DocumentId> opened{document->id};
    if (line.has(u"try-others"_s)) {
        const auto others = session.workspace().tryPasswordOnOthers(*password);
        if (!others)
            return failed(others.error());
        opened += *others;
    }
    return WorkFollower(session).followDocuments(opened, {});
}

} // namespace lectern::cli
