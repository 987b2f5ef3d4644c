// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Help.h"

#include "app/cli/CommandList.h"

#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace lectern::cli {

namespace {

constexpr int kWidth = 80;
constexpr int kIndent = 2;
constexpr int kGap = 2;

/// Breaks `text` into lines of at most kWidth, each after the first indented.
QString wrapped(const QString &text, int indent)
{
    QString result;
    int column = indent;
    for (const QString &word : text.split(u' ')) {
        const int length = static_cast<int>(word.size());
        if (column > indent && column + 1 + length > kWidth) {
            result += u'\n' + QString(indent, u' ');
            column = indent;
        } else if (column > indent) {
            result += u' ';
            ++column;
        }
        result += word;
        column += length;
    }
    return result;
}

QString list(const QVector<std::pair<QString, QString>> &rows)
{
    qsizetype widest = 0;
    for (const auto &[name, text] : rows)
        widest = std::max(widest, name.size());
    const int indent = kIndent + static_cast<int>(widest) + kGap;
    QString result;
    for (const auto &[name, text] : rows)
        result += QString(kIndent, u' ') + name.leftJustified(widest + kGap) + wrapped(text, indent) + u'\n';
    return result;
}

QString optionList(const QVector<OptionSpec> &options)
{
    QVector<std::pair<QString, QString>> rows;
    for (const OptionSpec &option : options)
        rows.append({u"--"_s + option.name + (option.value.isEmpty() ? QString() : u' ' + option.value),
                     option.help});
    return list(rows);
}

} // namespace

QString Help::overview()
{
    QVector<std::pair<QString, QString>> commands;
    for (const CommandSpec &command : CommandList::all())
        commands.append({command.operands.isEmpty() ? command.name : command.name + u' ' + command.operands,
                         command.summary});
    return u"Usage: lectern-cli [OPTION…] COMMAND …\n\n"
           "Reads documents page by page, analyses them and makes them searchable, without a\n"
           "window. The window and any number of these may work on one workspace at a time.\n\nCommands:\n"_s +
           list(commands) + u"\nOptions:\n"_s + optionList(CommandLine::globalOptions()) +
           list({{u"--help"_s, u"Explain the program, or a command."_s},
                 {u"--version"_s, u"Print the version."_s}}) +
           u"\nDOCUMENT is an id, a path, a file name, or the first digits of its SHA-256.\n\n"
           "Exit codes:\n"_s +
           list(
               {{u"0"_s, u"All done."_s},
                {u"1"_s, u"It could not be done."_s},
                {u"2"_s, u"The command line makes no sense, or DOCUMENT may mean several."_s},
                {u"3"_s,
                 u"Finished, but some pages or documents failed, are locked, cannot be read or were cancelled."_s},
                {u"4"_s,
                 u"Stopped before the end: paused, at a limit, or waiting for an answer (see “resume”)."_s},
                {u"130, 143"_s,
                 u"Interrupted (SIGINT, SIGTERM); work done is kept. A second signal quits at once."_s}});
}

QString Help::command(const CommandSpec &command)
{
    QString text = u"Usage: lectern-cli %1 [OPTION…]%2\n\n%3\n"_s.arg(
        command.name, command.operands.isEmpty() ? QString() : u' ' + command.operands, command.summary);
    if (!command.details.isEmpty())
        text += wrapped(command.details, 0) + u'\n';
    text += u"\nOptions:\n"_s + optionList(command.options + CommandLine::globalOptions());
    if (!command.examples.isEmpty())
        text += u"\nExamples:\n  "_s + command.examples.join(u"\n  "_s) + u'\n';
    return text;
}

QString Help::json()
{
    QFile file(u":/lectern-cli/json.txt"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace lectern::cli
