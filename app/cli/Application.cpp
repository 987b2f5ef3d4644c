// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Application.h"

#include "app/cli/CommandList.h"
#include "app/cli/Console.h"
#include "app/cli/ErrorLine.h"
#include "app/cli/Help.h"
#include "app/cli/Interruption.h"
#include "app/cli/JsonForms.h"
#include "app/cli/Session.h"
#include "base/Clock.h"

#include <algorithm>
#include <cstdio>

// At global scope, as the macro asks: a static library's resources are not found without it.
static void initializeResources()
{
    Q_INIT_RESOURCE(cli);
}

using namespace Qt::StringLiterals;

namespace lectern::cli {

namespace {

/// Commands whose output is one event a line.
bool printsEvents(const CommandSpec *command)
{
    return command != nullptr &&
           (command->name == u"index"_s || command->name == u"resume"_s || command->name == u"unlock"_s);
}

void report(Console &console, const CommandSpec *command, const Failure &failure)
{
    if (console.isJson()) {
        QJsonObject object = JsonForms::failure(failure);
        if (!printsEvents(command)) {
            console.document(object);
            return;
        }
        object.insert(u"event"_s, u"error"_s);
        console.event(object);
        return;
    }
    if (failure.exitCode != ExitCode::Usage) {
        console.error(u"lectern-cli: %1"_s.arg(ErrorLine::text(failure.error)));
        return;
    }
    console.error(u"lectern-cli: %1"_s.arg(Console::harmless(failure.error.detail)));
    for (const Failure::Candidate &candidate : failure.candidates)
        console.error(u"  %1  %2  %3"_s.arg(QString::number(candidate.id.value), candidate.sha256.left(12),
                                            Console::harmless(candidate.path)));
    if (failure.candidates.isEmpty()) {
        console.error(command == nullptr ? u"“lectern-cli --help” lists the commands."_s
                                         : u"“lectern-cli help %1” explains it."_s.arg(command->name));
    }
}

Outcome<ExitCode> help(Console &console, const QString &topic)
{
    if (topic.isEmpty()) {
        console.text(Help::overview().chopped(1));
        return ExitCode::Done;
    }
    if (topic == u"json"_s) {
        console.text(Help::json().chopped(1));
        return ExitCode::Done;
    }
    const auto &commands = CommandList::all();
    const auto command =
        std::find_if(commands.begin(), commands.end(), [&](const auto &c) { return c.name == topic; });
    if (command == commands.end())
        return failed(Failure::usage(u"There is no command “%1”."_s.arg(topic)));
    console.text(Help::command(*command).chopped(1));
    return ExitCode::Done;
}

int runCommand(const CommandLine &line, Console &console)
{
    Interruption interruption;
    const base::SystemClock clock;
    Outcome<ExitCode> code;
    {
        Session session(line, console, interruption, clock);
        code = CommandList::handlerOf(line.command->name)(session);
    }
    const bool interrupted = interruption.isRequested();
    if (!code && !(interrupted && code.error().error.code == base::ErrorCode::Cancelled))
        report(console, line.command, code.error());
    if (interrupted)
        return interruption.exitCode();
    return static_cast<int>(code ? *code : code.error().exitCode);
}

} // namespace

int Application::run(const QStringList &arguments)
{
    initializeResources();
    Console console(stdout, stderr);
    const auto line = CommandLine::parse(arguments, CommandList::all());
    // Even a command line that makes no sense says whether a program is listening.
    const bool json = line ? line->has(u"json"_s) : arguments.contains(u"--json"_s);
    console.setStyle({json, line && line->has(u"quiet"_s)});
    if (!line) {
        report(console, nullptr, line.error());
        return static_cast<int>(line.error().exitCode);
    }
    if (line->version) {
        console.setStyle({});
        console.text(u"lectern-cli %1"_s.arg(QLatin1String(LECTERN_VERSION)));
        return static_cast<int>(ExitCode::Done);
    }
    const bool helpCommand = line->command != nullptr && line->command->name == u"help"_s;
    if (line->help || helpCommand) {
        console.setStyle({});
        const QString operand = line->operands.value(0);
        const auto told = help(console, helpCommand                ? operand
                                        : line->command == nullptr ? QString()
                                                                   : line->command->name);
        if (!told)
            report(console, nullptr, told.error());
        return static_cast<int>(told ? *told : told.error().exitCode);
    }
    return runCommand(*line, console);
}

} // namespace lectern::cli
