// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/CollectionCommand.h"

#include "app/cli/DocumentPicker.h"
#include "app/cli/JsonForms.h"
#include "app/cli/Session.h"
#include "app/cli/Table.h"
#include "presentation/Format.h"
#include "store/Collections.h"
#include "store/Connection.h"
#include "store/Writer.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace lectern::cli {

using domain::Collection;
using presentation::Format;
using store::Collections;

namespace {

using Documents = QVector<domain::DocumentId>;

Outcome<ExitCode> list(Session &session)
{
    const auto collections = Collections::all(session.reader());
    if (!collections)
        return failed(collections.error());
    Console &console = session.console();
    QJsonArray array;
    Table table({{u"DOCUMENTS"_s, Table::Align::Right}, {u"NAME"_s, Table::Align::Left, true}});
    for (const Collection &collection : *collections) {
        array.append(QJsonObject{{u"id"_s, collection.id.value},
                                 {u"name"_s, collection.name},
                                 {u"documents"_s, collection.documents}});
        table.add({Format::count(collection.documents), collection.name});
    }
    if (console.isJson()) {
        console.document(array);
    } else if (table.isEmpty()) {
        console.line(u"No collections."_s);
    } else {
        const QStringList lines = table.lines(console.width());
        console.line(console.bold(lines.first()));
        for (const QString &line : lines.mid(1))
            console.text(line);
    }
    return ExitCode::Done;
}

Outcome<Collection> named(Session &session, const QString &name)
{
    const auto found = Collections::find(session.reader(), name);
    if (!found)
        return failed(found.error());
    if (!*found)
        return failed(base::Error{base::ErrorCode::NotFound, u"no collection “%1”"_s.arg(name)});
    return **found;
}

/// Runs a change and says what was done.
template <class Change>
Outcome<ExitCode> change(Session &session, const QString &name, const Documents &documents,
                         const QString &sentence, Change how)
{
    const base::Status done = session.workspace().database().writer().run(how);
    if (!done)
        return failed(done.error());
    Console &console = session.console();
    if (!console.isJson()) {
        console.line(sentence);
        return ExitCode::Done;
    }
    QJsonArray ids;
    for (const domain::DocumentId id : documents)
        ids.append(id.value);
    console.document(QJsonObject{
        {u"action"_s, session.line().operands.first()}, {u"collection"_s, name}, {u"documents"_s, ids}});
    return ExitCode::Done;
}

Outcome<ExitCode> put(Session &session, const QString &name, const Documents &documents)
{
    return change(session, name, documents,
                  u"%1 in “%2”."_s.arg(Format::documents(documents.size()), Console::harmless(name)),
                  [&](store::Transaction &transaction) -> base::Status {
                      const auto id = Collections::make(transaction, name);
                      return id ? Collections::put(transaction, *id, documents) : base::fail(id.error());
                  });
}

Outcome<ExitCode> take(Session &session, const QString &name, const Documents &documents)
{
    const auto collection = named(session, name);
    if (!collection)
        return failed(collection.error());
    return change(session, collection->name, documents,
                  u"%1 taken out of “%2”."_s.arg(Format::documents(documents.size()),
                                                 Console::harmless(collection->name)),
                  [&](store::Transaction &transaction) {
                      return Collections::take(transaction, collection->id, documents);
                  });
}

Outcome<ExitCode> rename(Session &session, const QString &name, const QString &to)
{
    const auto collection = named(session, name);
    if (!collection)
        return failed(collection.error());
    return change(session, to, {},
                  u"“%1” is called “%2” now."_s.arg(Console::harmless(name), Console::harmless(to)),
                  [&](store::Transaction &transaction) {
                      return Collections::rename(transaction, collection->id, to);
                  });
}

Outcome<ExitCode> remove(Session &session, const QString &name)
{
    const auto collection = named(session, name);
    if (!collection)
        return failed(collection.error());
    return change(
        session, collection->name, {},
        u"The collection “%1” is gone; its documents are still here."_s.arg(
            Console::harmless(collection->name)),
        [&](store::Transaction &transaction) { return Collections::remove(transaction, collection->id); });
}

} // namespace

CommandSpec CollectionCommand::spec()
{
    return {
        u"collections"_s,
        u"[ACTION NAME [DOCUMENT…]]"_s,
        0,
        -1,
        u"List the collections, or change one."_s,
        u"ACTION is “add” or “remove” with DOCUMENT…, “rename” with the new name, or “delete”. “add” makes "
        u"the "
        u"collection where there is none. Documents stay in the library whatever becomes of a collection."_s,
        {},
        {u"lectern-cli collections"_s, u"lectern-cli collections add Thesis survey.pdf 12"_s,
         u"lectern-cli collections rename Thesis 'PhD thesis'"_s,
         u"lectern-cli search --collection 'PhD thesis' nitrate"_s}};
}

Outcome<ExitCode> CollectionCommand::run(Session &session)
{
    const QStringList &operands = session.line().operands;
    const QString action = operands.value(0);
    const QString name = operands.value(1);
    const bool hasDocuments = action == u"add"_s || action == u"remove"_s;
    if (!operands.isEmpty() && !hasDocuments && action != u"rename"_s && action != u"delete"_s)
        return failed(Failure::usage(
            u"“collections” takes “add”, “remove”, “rename” or “delete”, not “%1”."_s.arg(action)));
    if (!operands.isEmpty() && name.simplified().isEmpty())
        return failed(Failure::usage(u"“collections %1” needs the name of a collection."_s.arg(action)));
    if ((hasDocuments && operands.size() < 3) || (action == u"rename"_s && operands.size() != 3) ||
        (action == u"delete"_s && operands.size() != 2))
        return failed(Failure::usage(hasDocuments ? u"“collections %1” needs DOCUMENT…."_s.arg(action)
                                     : action == u"delete"_s
                                         ? u"“collections delete” takes one name."_s
                                         : u"“collections rename” needs the old name and the new one."_s));
    if (const auto opened = session.open(Session::Access::Look, Session::IfMissing::Fail); !opened)
        return failed(opened.error());
    if (operands.isEmpty())
        return list(session);
    if (action == u"rename"_s)
        return rename(session, name, operands.at(2).simplified());
    if (action == u"delete"_s)
        return remove(session, name);
    const auto documents =
        DocumentPicker(session.reader(), DocumentPicker::Where::Library).pickAll(operands.mid(2));
    if (!documents)
        return failed(documents.error());
    return action == u"add"_s ? put(session, name.simplified(), *documents) : take(session, name, *documents);
}

} // namespace lectern::cli
