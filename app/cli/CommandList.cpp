// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/CommandList.h"

#include "app/cli/CollectionCommand.h"
#include "app/cli/ControlCommands.h"
#include "app/cli/EmbedCommand.h"
#include "app/cli/EstimateCommand.h"
#include "app/cli/ExportCommand.h"
#include "app/cli/ListCommands.h"
#include "app/cli/ModelCommands.h"
#include "app/cli/SearchCommand.h"
#include "app/cli/WorkCommands.h"

using namespace Qt::StringLiterals;

namespace lectern::cli {

namespace {

constexpr int kAnyNumber = -1;

QVector<CommandSpec> workCommands()
{
    return {
        {u"index"_s,
         u"PATH…"_s,
         1,
         kAnyNumber,
         u"Add files and folders, and wait until they are read and analysed."_s,
         u"Files that are known and unchanged are not read again. The command ends when every document of "
         u"PATH is done "
         "or cannot go on; interrupt it at any time, nothing is lost. Work that an earlier program left is done too."_s,
         {{u"no-wait"_s,
           {},
           u"Only put the documents into the queue; another program or “resume” works on them."_s},
          {u"only"_s, u"extract"_s, u"“extract”: make the text searchable, without analysis."_s},
          {u"model"_s, u"ENDPOINT/MODEL"_s, u"Let this model analyse the pages; see “lectern-cli models”."_s},
          {u"cap"_s, u"USD"_s, u"Never spend more than this on the run; the rest waits."_s},
          {u"allow-unknown-price"_s, {}, u"Ask a model although nobody knows what it costs."_s}},
         {u"lectern-cli index ~/Papers"_s, u"lectern-cli index --only extract manual.pdf"_s,
          u"lectern-cli index --no-wait ~/Papers && lectern-cli resume --json"_s}},
        {u"resume"_s,
         {},
         0,
         0,
         u"Work on everything in the queue until nothing is left."_s,
         u"Takes over what programs left that were killed or crashed. Runs of models go on within what was "
         u"approved. A run waits, and the exit code is 4, when its model costs more than a fifth more than "
         u"at "
         u"that time or can't be had any more, a budget has too little left, a file has changed, or the "
         u"program "
         u"crashed while it was at work. The exit code speaks of the whole library."_s,
         {{u"accept"_s, {}, u"Yes to whatever such runs ask: they go on at the prices of today."_s}},
         {u"lectern-cli resume"_s, u"lectern-cli resume --jobs 1"_s, u"lectern-cli resume --accept"_s}},
        {u"unlock"_s,
         u"DOCUMENT"_s,
         1,
         1,
         u"Give the password of a locked document, and wait until it is read."_s,
         u"The password is asked for, or read from the first line of the input or of a file; it is never stored."_s,
         {{u"password-file"_s, u"FILE"_s, u"Read the password from the first line of FILE."_s},
          {u"try-others"_s, {}, u"Try the password on every other locked document too."_s}},
         {u"lectern-cli unlock contract.pdf"_s,
          u"lectern-cli unlock 12 --password-file ~/.secrets/contract"_s}},
    };
}

QVector<CommandSpec> listCommands()
{
    const OptionSpec limit{u"limit"_s, u"N"_s, u"At most so many lines."_s};
    return {
        {u"status"_s,
         {},
         0,
         0,
         u"Count documents, pages and jobs by state."_s,
         {},
         {},
         {u"lectern-cli status"_s}},
        {u"documents"_s,
         {},
         0,
         0,
         u"List the documents."_s,
         {},
         {{u"state"_s, u"STATE"_s, u"Only those in this state, such as “needs-password”."_s},
          {u"filter"_s, u"WORDS"_s, u"Only those with these words in their name, path, title or problem."_s},
          {u"trash"_s, {}, u"Those in the trash instead."_s}},
         {u"lectern-cli documents"_s, u"lectern-cli documents --state needs-password"_s,
          u"lectern-cli documents --json | jq '.[] | select(.pages_failed > 0) | .path'"_s}},
        {u"pages"_s,
         u"DOCUMENT"_s,
         1,
         1,
         u"List the pages of a document."_s,
         {},
         {{u"full"_s, {}, u"With --json: every page as “page” prints it, with text, analysis and words."_s}},
         {u"lectern-cli pages report.pdf"_s}},
        {u"page"_s,
         u"DOCUMENT N"_s,
         2,
         2,
         u"Show the text and the analysis of page N."_s,
         u"N counts the document's pages from 1, whatever is printed on them."_s,
         {},
         {u"lectern-cli page report.pdf 12"_s,
          u"lectern-cli page report.pdf 12 --json | jq .analysis.summary"_s}},
        {u"jobs"_s,
         {},
         0,
         0,
         u"List the jobs of the queue, with their tries and problems."_s,
         {},
         {{u"state"_s, u"STATE"_s, u"Only those in this state, such as “failed”."_s},
          {u"document"_s, u"DOCUMENT"_s, u"Only those of this document."_s},
          limit},
         {u"lectern-cli jobs --state failed"_s, u"lectern-cli jobs --document report.pdf"_s}},
        SearchCommand::spec(),
        CollectionCommand::spec(),
    };
}

QVector<CommandSpec> controlCommands()
{
    return {
        {u"pause"_s,
         u"[DOCUMENT…]"_s,
         0,
         kAnyNumber,
         u"Pause documents, or everything when none is named."_s,
         {},
         {},
         {u"lectern-cli pause"_s, u"lectern-cli pause manual.pdf"_s}},
        {u"continue"_s,
         u"[DOCUMENT…]"_s,
         0,
         kAnyNumber,
         u"End the pause of documents, or of everything."_s,
         {},
         {},
         {u"lectern-cli continue"_s}},
        {u"cancel"_s,
         u"DOCUMENT…"_s,
         1,
         kAnyNumber,
         u"Stop working on documents. Stored pages stay."_s,
         {},
         {},
         {u"lectern-cli cancel manual.pdf"_s}},
        {u"retry"_s,
         u"[DOCUMENT…]"_s,
         0,
         kAnyNumber,
         u"Try failed pages and documents again: of these, or of all."_s,
         {},
         {},
         {u"lectern-cli retry && lectern-cli resume"_s}},
        {u"remove"_s,
         u"DOCUMENT…"_s,
         1,
         kAnyNumber,
         u"Move documents to the trash. The files themselves are not touched."_s,
         {},
         {},
         {u"lectern-cli remove old-draft.pdf"_s}},
        {u"restore"_s,
         u"DOCUMENT…"_s,
         1,
         kAnyNumber,
         u"Bring documents back from the trash."_s,
         {},
         {},
         {u"lectern-cli restore old-draft.pdf"_s}},
        {u"verify"_s,
         {},
         0,
         0,
         u"Look whether the files of the library are still there and unchanged."_s,
         u"Changed files are put into the queue to be read again."_s,
         {},
         {u"lectern-cli verify && lectern-cli resume"_s}},
        {u"doctor"_s,
         {},
         0,
         0,
         u"Check the workspace, the helper program and the disk."_s,
         {},
         {},
         {u"lectern-cli doctor"_s}},
        {u"help"_s,
         u"[COMMAND]"_s,
         0,
         1,
         u"Explain a command; “help json” explains what --json prints."_s,
         {},
         {},
         {u"lectern-cli help index"_s, u"lectern-cli help json"_s}},
    };
}

} // namespace

const QVector<CommandSpec> &CommandList::all()
{
    static const QVector<CommandSpec> commands = workCommands() + listCommands() +
                                                 QVector{EmbedCommand::spec(), ExportCommand::spec()} +
                                                 ModelCommands::specs() + controlCommands();
    return commands;
}

CommandList::Handler CommandList::handlerOf(const QString &command)
{
    static const QHash<QString, Handler> handlers = {
        {u"index"_s, &WorkCommands::index},
        {u"resume"_s, &WorkCommands::resume},
        {u"unlock"_s, &WorkCommands::unlock},
        {u"status"_s, &ListCommands::status},
        {u"documents"_s, &ListCommands::documents},
        {u"pages"_s, &ListCommands::pages},
        {u"page"_s, &ListCommands::page},
        {u"jobs"_s, &ListCommands::jobs},
        {u"embed"_s, &EmbedCommand::run},
        {u"export"_s, &ExportCommand::run},
        {u"search"_s, &SearchCommand::run},
        {u"collections"_s, &CollectionCommand::run},
        {u"doctor"_s, &ListCommands::doctor},
        {u"pause"_s, &ControlCommands::pause},
        {u"continue"_s, &ControlCommands::goOn},
        {u"cancel"_s, &ControlCommands::cancel},
        {u"retry"_s, &ControlCommands::retry},
        {u"verify"_s, &ControlCommands::verify},
        {u"remove"_s, &ControlCommands::remove},
        {u"restore"_s, &ControlCommands::restore},
        {u"endpoints"_s, &ModelCommands::endpoints},
        {u"models"_s, &ModelCommands::models},
        {u"estimate"_s, &EstimateCommand::run},
        {u"costs"_s, &ModelCommands::costs},
        {u"budget"_s, &ModelCommands::budget},
    };
    return handlers.value(command, nullptr);
}

} // namespace lectern::cli
