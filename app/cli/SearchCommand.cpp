// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/SearchCommand.h"

#include "app/cli/DocumentPicker.h"
#include "app/cli/ErrorLine.h"
#include "app/cli/JsonForms.h"
#include "app/cli/OptionValues.h"
#include "app/cli/Session.h"
#include "presentation/Format.h"
#include "store/Collections.h"
#include "store/Connection.h"
#include "store/SavedSearches.h"

#include <QDateTime>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace lectern::cli {

using presentation::Format;

namespace {

constexpr int kDefaultHits = 20;

Outcome<domain::SearchMode> modeOf(const CommandLine &line)
{
    const QString text = line.value(u"mode"_s);
    if (text.isEmpty() || text == u"words"_s)
        return domain::SearchMode::Words;
    if (text == u"both"_s)
        return domain::SearchMode::Both;
    if (text == u"meaning"_s)
        return domain::SearchMode::Meaning;
    return failed(Failure::usage(u"--mode takes “words”, “meaning” or “both”, not “%1”."_s.arg(text)));
}

Outcome<std::optional<domain::TextVerdict>> worstTextOf(const CommandLine &line)
{
    const QString text = line.value(u"text"_s);
    if (text.isEmpty())
        return std::optional<domain::TextVerdict>();
    if (text == u"good"_s)
        return std::optional(domain::TextVerdict::Good);
    if (text == u"readable"_s)
        return std::optional(domain::TextVerdict::Doubtful);
    return failed(Failure::usage(u"--text takes “good” or “readable”, not “%1”."_s.arg(text)));
}

/// The first moment of a day as people here count days; `later` days after it.
Outcome<std::optional<qint64>> dayOf(const CommandLine &line, const QString &option, int later)
{
    const QString text = line.value(option);
    if (text.isEmpty())
        return std::optional<qint64>();
    const QDate day = QDate::fromString(text, Qt::ISODate);
    if (!day.isValid())
        return failed(Failure::usage(u"--%1 takes a day such as 2026-03-31, not “%2”."_s.arg(option, text)));
    return std::optional(day.addDays(later).startOfDay().toMSecsSinceEpoch());
}

/// What the line alone says.
Outcome<workspace::SearchRequest> requestOf(const CommandLine &line)
{
    workspace::SearchRequest request;
    request.words = line.operands.join(u' ');
    if (request.words.isEmpty() && line.value(u"saved"_s).isEmpty())
        return failed(Failure::usage(u"“search” needs WORDS, or --saved."_s));
    const auto limit = limitOf(line, kDefaultHits);
    if (!limit)
        return failed(limit.error());
    request.limit = *limit;
    const auto mode = modeOf(line);
    if (!mode)
        return failed(mode.error());
    request.mode = *mode;
    const auto worst = worstTextOf(line);
    if (!worst)
        return failed(worst.error());
    request.filter.worstText = *worst;
    request.filter.languages = line.valuesOf(u"language"_s);
    request.filter.named = line.value(u"names"_s).simplified();
    const auto from = dayOf(line, u"added-from"_s, 0);
    if (!from)
        return failed(from.error());
    request.filter.addedFrom = *from;
    const auto to = dayOf(line, u"added-to"_s, 1);
    if (!to)
        return failed(to.error());
    request.filter.addedBefore = *to;
    return request;
}

/// What was saved, with whatever the line says in its place.
Outcome<workspace::SearchRequest> withSaved(Session &session, const workspace::SearchRequest &given)
{
    const QString name = session.line().value(u"saved"_s);
    if (name.isEmpty())
        return given;
    const auto saved = store::SavedSearches::find(session.reader(), name);
    if (!saved)
        return failed(saved.error());
    if (!*saved)
        return failed(base::Error{base::ErrorCode::NotFound, u"no saved search “%1”"_s.arg(name)});
    const domain::SavedSearch &search = **saved;
    workspace::SearchRequest request = given;
    if (given.words.isEmpty())
        request.words = search.words;
    if (session.line().value(u"mode"_s).isEmpty())
        request.mode = search.mode;
    const domain::SearchFilter &filter = search.filter;
    request.filter.documents = filter.documents;
    request.filter.collection = filter.collection;
    if (given.filter.languages.isEmpty())
        request.filter.languages = filter.languages;
    if (given.filter.named.isEmpty())
        request.filter.named = filter.named;
    if (!given.filter.worstText)
        request.filter.worstText = filter.worstText;
    if (!given.filter.addedFrom)
        request.filter.addedFrom = filter.addedFrom;
    if (!given.filter.addedFrom && search.addedInDays > 0) {
        const QDate today = QDateTime::fromMSecsSinceEpoch(session.clock().nowMs()).date();
        request.filter.addedFrom = today.addDays(1 - search.addedInDays).startOfDay().toMSecsSinceEpoch();
    }
    if (!given.filter.addedBefore)
        request.filter.addedBefore = filter.addedBefore;
    return request;
}

/// What names documents, which only the open workspace knows.
Outcome<workspace::SearchRequest> withPlaces(Session &session, workspace::SearchRequest request)
{
    const CommandLine &line = session.line();
    if (const QStringList documents = line.valuesOf(u"in"_s); !documents.isEmpty()) {
        const auto ids = DocumentPicker(session.reader(), DocumentPicker::Where::Library).pickAll(documents);
        if (!ids)
            return failed(ids.error());
        request.filter.documents = *ids;
    }
    if (const QString name = line.value(u"collection"_s); !name.isEmpty()) {
        const auto collection = store::Collections::find(session.reader(), name);
        if (!collection)
            return failed(collection.error());
        if (!*collection)
            return failed(base::Error{base::ErrorCode::NotFound, u"no collection “%1”"_s.arg(name)});
        request.filter.collection = (*collection)->id;
    }
    return request;
}

QString orDash(const QString &text)
{
    return text.isEmpty() ? Format::none() : text;
}

QString highlighted(const Console &console, const workspace::FoundPage &hit)
{
    QString result;
    int done = 0;
    for (const auto &[offset, length] : hit.marks) {
        if (offset < done)
            continue;
        result += Console::harmless(hit.snippet.mid(done, offset - done));
        result += console.bold(Console::harmless(hit.snippet.mid(offset, length)));
        done = offset + length;
    }
    result += Console::harmless(hit.snippet.mid(done));
    return result.replace(u'\n', u' ');
}

void print(Console &console, const workspace::SearchReport &report)
{
    bool hasAllWords = report.pagesWithAll > 0;
    for (const auto &page : report.pages) {
        if (report.mode == domain::SearchMode::Words && hasAllWords && !page.hit.hasAllWords)
            console.text(console.dim(u"Pages with some of the words:"_s));
        hasAllWords = page.hit.hasAllWords;
        console.text(
            console.bold(
                u"%1, page %2"_s.arg(Console::harmless(orDash(page.documentName))).arg(page.hit.number)) +
            console.dim(u"  %1"_s.arg(Console::harmless(page.path))));
        console.text(u"    "_s + highlighted(console, page));
    }
    if (report.pages.isEmpty())
        console.line(u"Nothing found."_s);
}

} // namespace

CommandSpec SearchCommand::spec()
{
    return {
        u"search"_s,
        u"[WORDS…]"_s,
        0,
        -1,
        u"Find pages by words, by meaning or by both, best first."_s,
        u"By words: pages with every word, in any of its forms, and after them those with some; \"several "
        u"words\" stand side by side; -word must not occur; word* is a beginning; title:word is in the "
        u"title. By meaning: pages that say it in whatever words. Options narrow it down: a page must fit all."_s,
        {{u"limit"_s, u"N"_s, u"At most so many pages."_s},
         {u"mode"_s, u"MODE"_s, u"“words” (as it is without this), “meaning” or “both”."_s},
         {u"in"_s, u"DOCUMENT"_s, u"Only pages of this document; may be given several times."_s},
         {u"collection"_s, u"NAME"_s, u"Only documents of this collection."_s},
         {u"language"_s, u"CODE"_s,
          u"Only pages in this language, such as “en”; may be given several times."_s},
         {u"names"_s, u"NAME"_s,
          u"Only pages on which an analysis found this person, organisation, date, amount or address."_s},
         {u"text"_s, u"QUALITY"_s, u"“good”, or “readable”: good or in parts doubtful."_s},
         {u"added-from"_s, u"DAY"_s, u"Only documents added on this day (2026-03-31) or later."_s},
         {u"added-to"_s, u"DAY"_s, u"Only documents added on this day or before."_s},
         {u"saved"_s, u"NAME"_s,
          u"The search that the window keeps under this name; what is said here goes before it."_s}},
        {u"lectern-cli search reserve requirement"_s,
         u"lectern-cli search --mode meaning 'how much money must be kept back'"_s,
         u"lectern-cli search --names 'World Bank' --language en drought"_s,
         u"lectern-cli search --json --limit 5 'water quality'"_s, u"lectern-cli search --saved Droughts"_s}};
}

Outcome<ExitCode> SearchCommand::run(Session &session)
{
    const auto given = requestOf(session.line());
    if (!given)
        return failed(given.error());
    if (const auto opened = session.open(Session::Access::Look, Session::IfMissing::Fail); !opened)
        return failed(opened.error());
    const auto known = withSaved(session, *given);
    if (!known)
        return failed(known.error());
    const auto request = withPlaces(session, *known);
    if (!request)
        return failed(request.error());
    const auto found = session.workspace().search(*request, {});
    if (!found)
        return failed(found.error());
    if (found->meaningFailed.code != base::ErrorCode::None)
        session.console().error(u"Only the words were searched for. "_s +
                                ErrorLine::text(found->meaningFailed));
    if (session.console().isJson()) {
        QJsonArray array;
        for (const auto &page : found->pages)
            array.append(JsonForms::foundPage(page));
        session.console().document(array);
    } else {
        print(session.console(), *found);
    }
    return ExitCode::Done;
}

} // namespace lectern::cli
