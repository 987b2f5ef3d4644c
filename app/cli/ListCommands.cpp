// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ListCommands.h"

#include "app/cli/DocumentPicker.h"
#include "app/cli/ErrorLine.h"
#include "app/cli/JsonForms.h"
#include "app/cli/Names.h"
#include "app/cli/OptionValues.h"
#include "app/cli/Session.h"
#include "app/cli/StatusReport.h"
#include "app/cli/Table.h"
#include "presentation/Format.h"
#include "store/Connection.h"
#include "store/JobQueue.h"
#include "store/Library.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace lectern::cli {

using domain::Document;
using presentation::Format;
using store::JobQueue;
using store::Library;

namespace {

constexpr int kBatch = 500;
constexpr int kDefaultJobs = 1'000;

Outcome<void> openToLook(Session &session)
{
    return session.open(Session::Access::Look, Session::IfMissing::Fail);
}

void print(Console &console, const Table &table, const QString &ifEmpty)
{
    if (table.isEmpty()) {
        console.line(ifEmpty);
        return;
    }
    const QStringList lines = table.lines(console.width());
    console.line(console.bold(lines.first()));
    for (const QString &line : lines.mid(1))
        console.text(line);
}

using PlacesByDocument = QHash<domain::DocumentId, QVector<store::Place>>;

base::Result<PlacesByDocument> readPlaces(store::Connection &reader)
{
    PlacesByDocument result;
    for (qint64 after = 0;;) {
        const auto places = Library::allPlaces(reader, after, kBatch);
        if (!places)
            return base::fail(places.error());
        for (const store::Place &place : *places) {
            after = place.id.value;
            result[place.document].append(place);
        }
        if (places->isEmpty())
            return result;
    }
}

base::Result<QVector<Document>> readDocuments(store::Connection &reader, const Library::DocumentQuery &query)
{
    const auto ids = Library::find(reader, query);
    if (!ids)
        return base::fail(ids.error());
    QVector<Document> documents;
    documents.reserve(ids->size());
    for (qsizetype start = 0; start < ids->size(); start += kBatch) {
        const auto batch = Library::documents(reader, ids->mid(start, kBatch));
        if (!batch)
            return base::fail(batch.error());
        documents += *batch;
    }
    return documents;
}

QString pagesCell(const Document &document)
{
    if (document.pagesTotal < 0)
        return Format::none();
    const int finished = document.pagesDone + document.pagesFailed;
    return finished == document.pagesTotal
               ? Format::count(document.pagesTotal)
               : u"%1/%2"_s.arg(Format::count(finished), Format::count(document.pagesTotal));
}

Outcome<QVector<domain::Page>> readPages(store::Connection &reader, const Document &document)
{
    QVector<domain::Page> stored;
    for (int after = 0;;) {
        const auto batch = Library::pages(reader, document.id, after, kBatch);
        if (!batch)
            return failed(batch.error());
        if (batch->isEmpty())
            break;
        stored += *batch;
        after = batch->last().number;
    }
    // A page without a row waits: it is part of the list all the same.
    QVector<domain::Page> pages;
    auto next = stored.cbegin();
    for (int number = 1; number <= document.pagesTotal; ++number) {
        if (next != stored.cend() && next->number == number) {
            pages.append(*next++);
            continue;
        }
        domain::Page page;
        page.document = document.id;
        page.number = number;
        pages.append(page);
    }
    return pages;
}

QString qualityCell(const domain::Page &page)
{
    if (page.state != domain::PageState::Extracted && page.state != domain::PageState::Done)
        return Format::none();
    return u"%1 %2"_s.arg(domain::verdictName(page.verdict)).arg(page.quality, 0, 'f', 2);
}

void printAnalysis(Console &console, const domain::PageRecord &record)
{
    if (record.analyzer.isEmpty())
        return;
    const domain::PageAnalysis &analysis = record.analysis;
    const auto field = [&](const QString &name, const QString &value) {
        if (!value.isEmpty())
            console.line(console.dim(name.leftJustified(14)) + Console::harmless(value));
    };
    field(u"Title"_s, analysis.title);
    field(u"Summary"_s, analysis.summary);
    field(u"Key phrases"_s, analysis.keyPhrases.join(u", "_s));
    for (const domain::Entity &entity : analysis.entities)
        field(QString(domain::entityKindName(entity.kind)).replace(u'_', u' '), entity.text);
    field(u"Language"_s, Format::language(analysis.language));
}

} // namespace

Outcome<ExitCode> ListCommands::status(Session &session)
{
    if (const auto opened = openToLook(session); !opened)
        return failed(opened.error());
    const auto report = StatusReport::read(session.reader());
    if (!report)
        return failed(report.error());
    Console &console = session.console();
    if (console.isJson()) {
        console.document(report->toJson(session.workspace().folder()));
    } else {
        for (const QString &line : report->lines(session.workspace().folder()))
            console.text(line);
    }
    return ExitCode::Done;
}

Outcome<ExitCode> ListCommands::documents(Session &session)
{
    const CommandLine &line = session.line();
    Library::DocumentQuery query;
    query.filter = line.value(u"filter"_s);
    query.trash = line.has(u"trash"_s);
    const QString wanted = line.value(u"state"_s);
    if (!wanted.isEmpty()) {
        const auto states = Names::documentStates(wanted);
        if (!states)
            return failed(states.error());
        query.states = *states;
    }
    if (const auto opened = openToLook(session); !opened)
        return failed(opened.error());
    const auto documents = readDocuments(session.reader(), query);
    if (!documents)
        return failed(documents.error());
    const auto pauses = PauseView::read(session.reader());
    if (!pauses)
        return failed(pauses.error());
    const auto places = readPlaces(session.reader());
    if (!places)
        return failed(places.error());

    QJsonArray array;
    Table table({{u"ID"_s, Table::Align::Right},
                 {u"STATE"_s},
                 {u"PAGES"_s, Table::Align::Right},
                 {u"FAILED"_s, Table::Align::Right},
                 {u"NAME"_s, Table::Align::Left, true},
                 {u"PROBLEM"_s, Table::Align::Left, true}});
    for (const Document &document : *documents) {
        const QString state = pauses->stateName(document);
        if (!wanted.isEmpty() && state != wanted)
            continue;
        if (session.console().isJson()) {
            array.append(JsonForms::document(document, *pauses, places->value(document.id)));
            continue;
        }
        const bool hasError = document.error.code != base::ErrorCode::None;
        table.add({QString::number(document.id.value), state, pagesCell(document),
                   document.pagesFailed > 0 ? Format::count(document.pagesFailed) : QString(), document.name,
                   hasError ? ErrorLine::text(document.error) : QString()});
    }
    if (session.console().isJson())
        session.console().document(array);
    else
        print(session.console(), table, query.trash ? u"The trash is empty."_s : u"No documents."_s);
    return ExitCode::Done;
}

Outcome<ExitCode> ListCommands::pages(Session &session)
{
    const bool full = session.line().has(u"full"_s);
    if (full && !session.console().isJson())
        return failed(Failure::usage(u"--full needs --json."_s));
    if (const auto opened = openToLook(session); !opened)
        return failed(opened.error());
    const auto document = DocumentPicker(session.reader(), DocumentPicker::Where::Library)
                              .pick(session.line().operands.first());
    if (!document)
        return failed(document.error());
    const auto pages = readPages(session.reader(), *document);
    if (!pages)
        return failed(pages.error());

    QJsonArray array;
    Table table({{u"PAGE"_s, Table::Align::Right},
                 {u"LABEL"_s},
                 {u"STATE"_s},
                 {u"TRIES"_s, Table::Align::Right},
                 {u"CHARACTERS"_s, Table::Align::Right},
                 {u"TEXT"_s},
                 {u"PROBLEM"_s, Table::Align::Left, true}});
    for (const domain::Page &page : *pages) {
        if (full) {
            const auto record = Library::page(session.reader(), document->id, page.number);
            if (!record)
                return failed(record.error());
            array.append(JsonForms::pageRecord(*record));
            continue;
        }
        if (session.console().isJson()) {
            array.append(JsonForms::page(page));
            continue;
        }
        const bool hasError = page.error.code != base::ErrorCode::None;
        table.add({QString::number(page.number), page.label, domain::pageStateName(page.state),
                   Format::count(page.attempts), Format::count(page.characters), qualityCell(page),
                   hasError ? ErrorLine::text(page.error) : QString()});
    }
    if (session.console().isJson())
        session.console().document(array);
    else
        print(session.console(), table, u"The pages of this document are not known yet."_s);
    return ExitCode::Done;
}

Outcome<ExitCode> ListCommands::page(Session &session)
{
    const QString text = session.line().operands.at(1);
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (!isNumber || number < 1)
        return failed(
            Failure::usage(u"A page is named by its number, counted from 1, not “%1”."_s.arg(text)));
    if (const auto opened = openToLook(session); !opened)
        return failed(opened.error());
    const auto document = DocumentPicker(session.reader(), DocumentPicker::Where::Library)
                              .pick(session.line().operands.first());
    if (!document)
        return failed(document.error());
    const auto record = Library::page(session.reader(), document->id, number);
    if (!record)
        return failed(record.error());

    Console &console = session.console();
    if (console.isJson()) {
        console.document(JsonForms::pageRecord(*record));
        return ExitCode::Done;
    }
    const domain::Page &page = record->page;
    const QString label = page.label.isEmpty() ? QString() : u" (“%1”)"_s.arg(page.label);
    console.line(console.bold(
        u"%1, page %2%3 of %4: %5"_s.arg(Console::harmless(document->name))
            .arg(number)
            .arg(label, Format::count(document->pagesTotal), domain::pageStateName(page.state))));
    if (page.error.code != base::ErrorCode::None)
        console.line(ErrorLine::text(page.error));
    if (!record->unusableAnswer.isEmpty()) {
        console.line(console.dim(u"What the model wrote:"_s));
        console.text(Console::harmless(record->unusableAnswer));
    }
    printAnalysis(console, *record);
    console.line({});
    console.text(Console::harmless(record->text.text));
    return ExitCode::Done;
}

Outcome<ExitCode> ListCommands::jobs(Session &session)
{
    const CommandLine &line = session.line();
    store::JobFilter filter;
    if (const QString state = line.value(u"state"_s); !state.isEmpty()) {
        const auto known = Names::jobState(state);
        if (!known)
            return failed(known.error());
        filter.state = *known;
    }
    const auto limit = limitOf(line, kDefaultJobs);
    if (!limit)
        return failed(limit.error());
    filter.limit = *limit;
    if (const auto opened = openToLook(session); !opened)
        return failed(opened.error());
    if (const QString operand = line.value(u"document"_s); !operand.isEmpty()) {
        const auto document = DocumentPicker(session.reader(), DocumentPicker::Where::Library).pick(operand);
        if (!document)
            return failed(document.error());
        filter.document = document->id;
    }
    const auto jobs = JobQueue::list(session.reader(), filter);
    if (!jobs)
        return failed(jobs.error());

    QJsonArray array;
    Table table({{u"ID"_s, Table::Align::Right},
                 {u"KIND"_s},
                 {u"STATE"_s},
                 {u"DOCUMENT"_s, Table::Align::Right},
                 {u"PAGE"_s, Table::Align::Right},
                 {u"TRY"_s, Table::Align::Right},
                 {u"NEXT TRY"_s},
                 {u"PROBLEM"_s, Table::Align::Left, true}});
    for (const domain::Job &job : *jobs) {
        if (session.console().isJson()) {
            array.append(JsonForms::job(job));
            continue;
        }
        const bool hasError = job.error.code != base::ErrorCode::None;
        table.add({QString::number(job.id.value), domain::jobKindName(job.kind),
                   domain::jobStateName(job.state), QString::number(job.document.value),
                   job.page == 0 ? QString() : QString::number(job.page),
                   u"%1/%2"_s.arg(job.attempt).arg(job.maxAttempts),
                   job.state == domain::JobState::Scheduled ? Format::logMoment(job.runAt) : QString(),
                   hasError ? ErrorLine::text(job.error) : QString()});
    }
    if (session.console().isJson())
        session.console().document(array);
    else
        print(session.console(), table, u"No jobs."_s);
    return ExitCode::Done;
}

Outcome<ExitCode> ListCommands::doctor(Session &session)
{
    QVector<workspace::Workspace::Finding> findings;
    const auto opened = openToLook(session);
    if (!opened && opened.error().exitCode == ExitCode::Usage)
        return failed(opened.error());
    findings.append({u"workspace"_s, opened.has_value(),
                     opened ? session.workspace().folder() : ErrorLine::text(opened.error().error)});
    if (opened) {
        const auto diagnosed = session.workspace().diagnose();
        if (!diagnosed)
            return failed(diagnosed.error());
        findings += *diagnosed;
    }

    Console &console = session.console();
    QJsonArray array;
    for (const auto &finding : findings) {
        array.append(
            QJsonObject{{u"check"_s, finding.check}, {u"ok"_s, finding.ok}, {u"detail"_s, finding.detail}});
        const QString detail = Console::harmless(finding.detail).replace(u'\n', u"\n      "_s);
        console.text(u"%1  %2%3"_s.arg(finding.ok ? u"ok  "_s : u"BAD "_s, finding.check,
                                       detail.isEmpty() ? QString() : u": "_s + detail));
    }
    const bool ok =
        std::all_of(findings.cbegin(), findings.cend(), [](const auto &finding) { return finding.ok; });
    if (console.isJson())
        console.document(QJsonObject{{u"ok"_s, ok}, {u"findings"_s, array}});
    return ok ? ExitCode::Done : ExitCode::Error;
}

} // namespace lectern::cli
