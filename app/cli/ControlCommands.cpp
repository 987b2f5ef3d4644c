// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ControlCommands.h"

#include "app/cli/DocumentPicker.h"
#include "app/cli/Session.h"
#include "presentation/Format.h"
#include "store/Connection.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace lectern::cli {

using Documents = QVector<domain::DocumentId>;
using Where = DocumentPicker::Where;
using presentation::Format;

namespace {

/// Opens the workspace and finds the documents named; none named gives none.
Outcome<Documents> openAndPick(Session &session, Where where)
{
    if (const auto opened = session.open(Session::Access::Look, Session::IfMissing::Fail); !opened)
        return failed(opened.error());
    return DocumentPicker(session.reader(), where).pickAll(session.line().operands);
}

ExitCode tell(Session &session, const QString &action, const Documents &documents, const QString &sentence)
{
    Console &console = session.console();
    if (console.isJson()) {
        QJsonArray ids;
        for (const domain::DocumentId id : documents)
            ids.append(id.value);
        console.document(QJsonObject{{u"action"_s, action}, {u"documents"_s, ids}});
    } else {
        console.line(sentence);
    }
    return ExitCode::Done;
}

Outcome<ExitCode> setPaused(Session &session, bool paused)
{
    const auto documents = openAndPick(session, Where::Library);
    if (!documents)
        return failed(documents.error());
    const base::Status done = documents->isEmpty() ? session.workspace().pauseAll(paused)
                                                   : session.workspace().pauseDocuments(*documents, paused);
    if (!done)
        return failed(done.error());
    const QString what = documents->isEmpty() ? u"Everything"_s : Format::documents(documents->size());
    return tell(
        session, paused ? u"pause"_s : u"continue"_s, *documents,
        paused
            ? u"%1 paused. What is being read stops at the next page."_s.arg(what)
            : u"%1 may go on. “lectern-cli resume” works on it, unless a program does already."_s.arg(what));
}

} // namespace

Outcome<ExitCode> ControlCommands::retry(Session &session)
{
    const auto documents = openAndPick(session, Where::Library);
    if (!documents)
        return failed(documents.error());
    const auto jobs = session.workspace().retryDocuments(*documents);
    if (!jobs)
        return failed(jobs.error());
    Console &console = session.console();
    if (console.isJson()) {
        console.document(QJsonObject{{u"action"_s, u"retry"_s}, {u"jobs"_s, *jobs}});
        return ExitCode::Done;
    }
    console.line(*jobs == 0
                     ? u"Nothing failed that could be tried again."_s
                     : u"%1 jobs wait for another try. “lectern-cli resume” works on them, unless a program "
                       "does already."_s.arg(*jobs));
    return ExitCode::Done;
}

Outcome<ExitCode> ControlCommands::cancel(Session &session)
{
    const auto documents = openAndPick(session, Where::Library);
    if (!documents)
        return failed(documents.error());
    if (const auto done = session.workspace().cancelDocuments(*documents); !done)
        return failed(done.error());
    return tell(session, u"cancel"_s, *documents,
                u"%1 cancelled. Pages that are stored stay; “lectern-cli retry” starts the rest again."_s.arg(
                    Format::documents(documents->size())));
}

Outcome<ExitCode> ControlCommands::pause(Session &session)
{
    return setPaused(session, true);
}

Outcome<ExitCode> ControlCommands::goOn(Session &session)
{
    return setPaused(session, false);
}

Outcome<ExitCode> ControlCommands::remove(Session &session)
{
    const auto documents = openAndPick(session, Where::Library);
    if (!documents)
        return failed(documents.error());
    if (const auto done = session.workspace().remove(*documents); !done)
        return failed(done.error());
    return tell(
        session, u"remove"_s, *documents,
        u"%1 moved to the trash, where they stay for 30 days; “lectern-cli restore” brings them back."_s.arg(
            Format::documents(documents->size())));
}

Outcome<ExitCode> ControlCommands::restore(Session &session)
{
    const auto documents = openAndPick(session, Where::Trash);
    if (!documents)
        return failed(documents.error());
    if (const auto done = session.workspace().restore(*documents); !done)
        return failed(done.error());
    return tell(session, u"restore"_s, *documents,
                u"%1 back from the trash."_s.arg(Format::documents(documents->size())));
}

Outcome<ExitCode> ControlCommands::verify(Session &session)
{
    if (const auto opened = session.open(Session::Access::Look, Session::IfMissing::Fail); !opened)
        return failed(opened.error());
    const auto changes = session.workspace().verifySources(session.interruption().token());
    if (!changes)
        return failed(changes.error());
    Console &console = session.console();
    if (console.isJson())
        console.document(QJsonObject{{u"action"_s, u"verify"_s}, {u"changes"_s, *changes}});
    else
        console.line(*changes == 0
                         ? u"Every file is where it was, and unchanged."_s
                         : u"%1 moved, disappeared, came back or changed."_s.arg(Format::files(*changes)));
    return ExitCode::Done;
}

} // namespace lectern::cli
