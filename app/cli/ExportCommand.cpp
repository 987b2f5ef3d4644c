// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ExportCommand.h"

#include "app/cli/DocumentPicker.h"
#include "app/cli/Session.h"
#include "presentation/CsvCell.h"
#include "store/Connection.h"
#include "store/Embeddings.h"
#include "store/Library.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <memory>

using namespace Qt::StringLiterals;

namespace lectern::cli {

using domain::Document;
using presentation::CsvCell;
using store::Library;

namespace {

constexpr int kPagesAtOnce = 256;

enum class What { Pages, Analyses, Chunks };
enum class Form { JsonLines, Markdown, Csv };

/// One row of the export: its fields in order, ready for any form.
struct Row {
    QJsonObject fields;
    QString heading; ///< for Markdown: of the page
    QString body;
};

const QStringList &columnsOf(What what)
{
    static const QStringList pages{u"document"_s, u"name"_s, u"path"_s, u"page"_s, u"label"_s, u"text"_s};
    static const QStringList analyses{u"document"_s,    u"name"_s,     u"path"_s,    u"page"_s,
                                      u"label"_s,       u"analyzer"_s, u"title"_s,   u"summary"_s,
                                      u"key_phrases"_s, u"entities"_s, u"language"_s};
    static const QStringList chunks{u"document"_s, u"name"_s,     u"path"_s,   u"page"_s,
                                    u"label"_s,    u"chunk"_s,    u"offset"_s, u"length"_s,
                                    u"words"_s,    u"language"_s, u"text"_s};
    return what == What::Pages ? pages : what == What::Analyses ? analyses : chunks;
}

QString cellOf(const QJsonValue &value)
{
    if (value.isArray()) {
        QStringList parts;
        for (const QJsonValue part : value.toArray())
            parts.append(part.isObject() ? part[u"text"_s].toString() : part.toString());
        return parts.join(u"; "_s);
    }
    return value.isDouble() ? QString::number(value.toInteger()) : value.toString();
}

/// Writes rows in one form, to the output or to a file that appears when it is whole.
class Writer {
public:
    Writer(Console &console, What what, Form form) : m_console(console), m_what(what), m_form(form) {}

    Outcome<void> open(const QString &path)
    {
        if (path.isEmpty())
            return {};
        m_file = std::make_unique<QSaveFile>(path);
        if (!m_file->open(QIODevice::WriteOnly))
            return failed(base::Error{base::ErrorCode::ReadOnly, path});
        return {};
    }

    void begin()
    {
        if (m_form != Form::Csv)
            return;
        QByteArrayList cells;
        for (const QString &column : columnsOf(m_what))
            cells.append(CsvCell::quoted(column));
        put(cells.join(','));
    }

    void document(const Document &document)
    {
        if (m_form == Form::Markdown)
            put("# " + escaped(document.name) + "\n");
    }

    void row(const Row &row)
    {
        switch (m_form) {
        case Form::JsonLines:
            if (m_file)
                put(QJsonDocument(row.fields).toJson(QJsonDocument::Compact));
            else
                m_console.event(row.fields);
            break;
        case Form::Csv: {
            QByteArrayList cells;
            for (const QString &column : columnsOf(m_what))
                cells.append(CsvCell::quoted(cellOf(row.fields.value(column))));
            put(cells.join(','));
            break;
        }
        case Form::Markdown:
            if (row.heading != m_heading)
                put("## " + escaped(row.heading) + "\n");
            m_heading = row.heading;
            put(escaped(row.body) + "\n");
            break;
        }
    }

    Outcome<void> end()
    {
        if (m_file && !m_file->commit())
            return failed(base::Error{base::ErrorCode::DiskFull, m_file->fileName()});
        return {};
    }

private:
    // What pages say must not become headings, links or markup of the export.
    static QByteArray escaped(const QString &text)
    {
        QString safe;
        for (const QChar unit : text) {
            if (u"\\`*_[]<>#|"_s.contains(unit))
                safe += u'\\';
            safe += unit;
        }
        return safe.toUtf8();
    }

    void put(const QByteArray &line)
    {
        if (m_file)
            m_file->write(line + '\n');
        else
            m_console.text(QString::fromUtf8(line));
    }

    Console &m_console;
    const What m_what;
    const Form m_form;
    QString m_heading;
    std::unique_ptr<QSaveFile> m_file;
};

QString headingOf(const domain::Page &page)
{
    return page.label.isEmpty() ? u"Page %1"_s.arg(page.number)
                                : u"Page %1 (%2)"_s.arg(page.number).arg(page.label);
}

QJsonObject placeOf(const Document &document, const domain::Page &page)
{
    return {{u"document"_s, document.id.value},
            {u"name"_s, document.name},
            {u"path"_s, document.path},
            {u"page"_s, page.number},
            {u"label"_s, page.label.isEmpty() ? QJsonValue() : QJsonValue(page.label)}};
}

Row pageRow(const Document &document, const domain::PageRecord &record)
{
    Row row{placeOf(document, record.page), headingOf(record.page), record.text.text};
    row.fields.insert(u"text"_s, record.text.text);
    return row;
}

Row analysisRow(const Document &document, const domain::PageRecord &record)
{
    const domain::PageAnalysis &analysis = record.analysis;
    Row row{placeOf(document, record.page), headingOf(record.page), {}};
    row.fields.insert(u"analyzer"_s, record.analyzer);
    const QJsonObject stored = QJsonDocument::fromJson(domain::toJson(analysis)).object();
    for (auto field = stored.begin(); field != stored.end(); ++field)
        row.fields.insert(field.key(), field.value());
    row.body = analysis.title + u"\n\n"_s + analysis.summary;
    if (!analysis.keyPhrases.isEmpty())
        row.body += u"\n\n"_s + analysis.keyPhrases.join(u" · "_s);
    return row;
}

Row chunkRow(const Document &document, const domain::PageRecord &record, const domain::Chunk &chunk)
{
    const QString text = record.text.text.mid(chunk.start, chunk.length);
    Row row{placeOf(document, record.page), headingOf(record.page), text};
    row.fields.insert(u"chunk"_s, chunk.number);
    row.fields.insert(u"offset"_s, chunk.start);
    row.fields.insert(u"length"_s, chunk.length);
    row.fields.insert(u"words"_s, chunk.words);
    row.fields.insert(u"language"_s, chunk.language.isEmpty() ? QJsonValue() : QJsonValue(chunk.language));
    row.fields.insert(u"text"_s, text);
    return row;
}

Outcome<void> exportPage(store::Connection &reader, const Document &document, int number, What what,
                         Writer &writer)
{
    const auto record = Library::page(reader, document.id, number);
    if (!record)
        return failed(record.error());
    if (what == What::Pages) {
        writer.row(pageRow(document, *record));
    } else if (what == What::Analyses) {
        if (!record->analyzer.isEmpty())
            writer.row(analysisRow(document, *record));
    } else {
        const auto chunks = store::Embeddings::chunksOf(reader, {record->page.id});
        if (!chunks)
            return failed(chunks.error());
        for (const store::ChunkPlace &place : *chunks)
            writer.row(chunkRow(document, *record, place.chunk));
    }
    return {};
}

Outcome<void> exportDocument(Session &session, const Document &document, What what, Writer &writer)
{
    writer.document(document);
    for (int after = 0;;) {
        const auto pages = Library::pages(session.reader(), document.id, after, kPagesAtOnce);
        if (!pages)
            return failed(pages.error());
        if (pages->isEmpty() || session.console().isClosed())
            return {};
        for (const domain::Page &page : *pages) {
            const bool hasText =
                page.state == domain::PageState::Extracted || page.state == domain::PageState::Done;
            if (!hasText)
                continue;
            if (const auto done = exportPage(session.reader(), document, page.number, what, writer); !done)
                return done;
        }
        after = pages->last().number;
    }
}

Outcome<What> whatOf(const CommandLine &line)
{
    const QString text = line.value(u"what"_s);
    if (text.isEmpty() || text == u"pages"_s)
        return What::Pages;
    if (text == u"analyses"_s)
        return What::Analyses;
    if (text == u"chunks"_s)
        return What::Chunks;
    return failed(Failure::usage(u"--what takes “pages”, “analyses” or “chunks”, not “%1”."_s.arg(text)));
}

Outcome<Form> formOf(const CommandLine &line)
{
    const QString text = line.value(u"format"_s);
    if (text.isEmpty() || text == u"jsonl"_s)
        return Form::JsonLines;
    if (text == u"markdown"_s)
        return Form::Markdown;
    if (text == u"csv"_s)
        return Form::Csv;
    return failed(Failure::usage(u"--format takes “jsonl”, “markdown” or “csv”, not “%1”."_s.arg(text)));
}

Outcome<QVector<Document>> documentsOf(Session &session)
{
    store::Connection &reader = session.reader();
    QVector<domain::DocumentId> ids;
    if (session.line().operands.isEmpty()) {
        const auto all = Library::find(reader, Library::DocumentQuery());
        if (!all)
            return failed(all.error());
        ids = *all;
    } else {
        const auto picked =
            DocumentPicker(reader, DocumentPicker::Where::Library).pickAll(session.line().operands);
        if (!picked)
            return failed(picked.error());
        ids = *picked;
    }
    const auto documents = Library::documents(reader, ids);
    if (!documents)
        return failed(documents.error());
    return *documents;
}

} // namespace

CommandSpec ExportCommand::spec()
{
    return {u"export"_s,
            u"[DOCUMENT…]"_s,
            0,
            -1,
            u"Write out pages, analyses or chunks, of some documents or of all."_s,
            u"JSON Lines have an object on each line, CSV a row; Markdown has a heading for each document "
            u"and page. Pages "
            u"without text are left out."_s,
            {{u"what"_s, u"WHAT"_s, u"“pages” (as it is without this), “analyses” or “chunks”."_s},
             {u"format"_s, u"FORMAT"_s, u"“jsonl” (as it is without this), “markdown” or “csv”."_s},
             {u"output"_s, u"FILE"_s, u"Write to FILE, which is replaced when all is written."_s}},
            {u"lectern-cli export --what chunks > chunks.jsonl"_s,
             u"lectern-cli export report.pdf --format markdown --output report.md"_s}};
}

Outcome<ExitCode> ExportCommand::run(Session &session)
{
    const auto what = whatOf(session.line());
    const auto form = formOf(session.line());
    if (!what)
        return failed(what.error());
    if (!form)
        return failed(form.error());
    if (session.console().isJson() && *form != Form::JsonLines)
        return failed(Failure::usage(u"--json and --format contradict each other."_s));
    if (const auto opened = session.open(Session::Access::Look, Session::IfMissing::Fail); !opened)
        return failed(opened.error());
    const auto documents = documentsOf(session);
    if (!documents)
        return failed(documents.error());
    Writer writer(session.console(), *what, *form);
    if (const auto opened = writer.open(session.line().value(u"output"_s)); !opened)
        return failed(opened.error());
    writer.begin();
    for (const Document &document : *documents) {
        if (const auto exported = exportDocument(session, document, *what, writer); !exported)
            return failed(exported.error());
    }
    if (const auto ended = writer.end(); !ended)
        return failed(ended.error());
    return ExitCode::Done;
}

} // namespace lectern::cli
