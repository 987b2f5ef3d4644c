// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/CommandLine.h"

#include <QCommandLineParser>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace lectern::cli {

namespace {

void addOptions(QCommandLineParser &parser, const QVector<OptionSpec> &options)
{
    for (const OptionSpec &option : options)
        parser.addOption(QCommandLineOption(option.name, option.help, option.value));
}

void prepare(QCommandLineParser &parser)
{
    parser.addOption(QCommandLineOption(QStringList{u"h"_s, u"help"_s}));
    parser.addOption(QCommandLineOption(u"version"_s));
    addOptions(parser, CommandLine::globalOptions());
}

// QCommandLineParser wants the program's name in front.
QStringList withProgram(const QStringList &arguments)
{
    return QStringList{u"lectern-cli"_s} + arguments;
}

/// The command's name: the first operand, when the options of every command are known. Option names mean the
/// same in all commands, so this is never ambiguous.
Outcome<QString> commandName(const QStringList &arguments, const QVector<CommandSpec> &commands)
{
    QCommandLineParser parser;
    prepare(parser);
    QSet<QString> known;
    for (const CommandSpec &command : commands) {
        for (const OptionSpec &option : command.options) {
            if (!known.contains(option.name))
                addOptions(parser, {option});
            known.insert(option.name);
        }
    }
    if (!parser.parse(withProgram(arguments)))
        return failed(Failure::usage(parser.errorText()));
    return parser.positionalArguments().isEmpty() ? QString() : parser.positionalArguments().first();
}

CommandLine collect(const QCommandLineParser &parser, const QVector<OptionSpec> &options, CommandLine line)
{
    for (const OptionSpec &option : options) {
        if (!parser.isSet(option.name))
            continue;
        if (option.value.isEmpty())
            line.flags.insert(option.name);
        else
            line.values.insert(option.name, parser.values(option.name));
    }
    return line;
}

Outcome<void> checkOperands(const CommandLine &line)
{
    const CommandSpec &command = *line.command;
    if (line.operands.size() < command.minimumOperands)
        return failed(Failure::usage(u"“%1” needs %2."_s.arg(command.name, command.operands)));
    if (command.maximumOperands >= 0 && line.operands.size() > command.maximumOperands)
        return failed(Failure::usage(
            u"“%1” does not take “%2”."_s.arg(command.name, line.operands.at(command.maximumOperands))));
    return {};
}

} // namespace

const QVector<OptionSpec> &CommandLine::globalOptions()
{
    static const QVector<OptionSpec> options = {
        {u"workspace"_s, u"DIR"_s, u"The workspace to use. Default: the one of the window."_s},
        {u"json"_s, {}, u"Print JSON for programs; the fields are in “lectern-cli help json”."_s},
        {u"jobs"_s, u"N"_s, u"How many documents are read at once. Default: one for each processor core."_s},
        {u"page-time-limit"_s, u"SECONDS"_s,
         u"How long one page may take before it is set aside. Default: 30."_s},
        {u"model-time-limit"_s, u"SECONDS"_s,
         u"How long a model may say nothing before its request is given up. Default: 60, and until it begins "
         u"to answer 120, or 600 on this machine."_s},
        {u"quiet"_s, {}, u"Print nothing but errors and what was asked for."_s},
    };
    return options;
}

Outcome<CommandLine> CommandLine::parse(const QStringList &arguments, const QVector<CommandSpec> &commands)
{
    const auto name = commandName(arguments, commands);
    if (!name)
        return failed(name.error());

    CommandLine line;
    QCommandLineParser parser;
    prepare(parser);
    if (!name->isEmpty()) {
        const auto command =
            std::find_if(commands.begin(), commands.end(), [&](const auto &c) { return c.name == *name; });
        if (command == commands.end())
            return failed(Failure::usage(u"There is no command “%1”."_s.arg(*name)));
        line.command = &*command;
        addOptions(parser, command->options);
    }
    if (!parser.parse(withProgram(arguments)))
        return failed(Failure::usage(parser.errorText()));

    line.operands = parser.positionalArguments().mid(1);
    line.help = parser.isSet(u"help"_s);
    line.version = parser.isSet(u"version"_s);
    line = collect(parser, globalOptions(), std::move(line));
    if (line.command == nullptr) {
        if (!line.help && !line.version)
            return failed(Failure::usage(u"No command was given."_s));
        return line;
    }
    line = collect(parser, line.command->options, std::move(line));
    if (!line.help && !line.version) {
        if (const auto checked = checkOperands(line); !checked)
            return failed(checked.error());
    }
    return line;
}

} // namespace lectern::cli
