// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/JsonForms.h"

#include "app/cli/ErrorLine.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace lectern::cli {

namespace {

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QString goalName(domain::Goal goal)
{
    return goal == domain::Goal::Text ? u"text"_s : u"analysis"_s;
}

QString priorityName(domain::Priority priority)
{
    switch (priority) {
    case domain::Priority::Low:
        return u"low"_s;
    case domain::Priority::Normal:
        return u"normal"_s;
    case domain::Priority::High:
        return u"high"_s;
    }
    return {};
}

QJsonArray placesArray(const QVector<store::Place> &places)
{
    QJsonArray array;
    for (const store::Place &place : places)
        array.append(QJsonObject{{u"path"_s, place.path}, {u"missing"_s, place.missing}});
    return array;
}

QJsonArray wordsArray(const domain::PageText &text)
{
    QJsonArray array;
    for (const domain::WordBox &word : text.words) {
        array.append(QJsonObject{{u"text"_s, text.text.mid(word.offset, word.length)},
                                 {u"offset"_s, word.offset},
                                 {u"length"_s, word.length},
                                 {u"x"_s, static_cast<double>(word.x)},
                                 {u"y"_s, static_cast<double>(word.y)},
                                 {u"width"_s, static_cast<double>(word.width)},
                                 {u"height"_s, static_cast<double>(word.height)},
                                 {u"font"_s, word.font < 0 ? QJsonValue() : QJsonValue(word.font)}});
    }
    return array;
}

QJsonArray fontsArray(const domain::PageText &text)
{
    QJsonArray array;
    for (const domain::FontUse &font : text.fonts) {
        array.append(QJsonObject{{u"name"_s, font.name},
                                 {u"characters"_s, font.characters},
                                 {u"size"_s, static_cast<double>(font.size)},
                                 {u"embedded"_s, font.embedded},
                                 {u"has_to_unicode"_s, font.hasToUnicode}});
    }
    return array;
}

QJsonValue analysisValue(const domain::PageRecord &record)
{
    if (record.analyzer.isEmpty())
        return {};
    QJsonObject object = QJsonDocument::fromJson(domain::toJson(record.analysis)).object();
    object.insert(u"analyzer"_s, record.analyzer);
    return object;
}

} // namespace

QJsonValue JsonForms::error(const base::Error &error)
{
    if (error.code == base::ErrorCode::None)
        return {};
    return QJsonObject{{u"code"_s, base::errorName(error.code)},
                       {u"title"_s, ErrorLine::title(error)},
                       {u"detail"_s, textOrNull(error.detail)}};
}

QJsonObject JsonForms::failure(const Failure &failure)
{
    QJsonObject object{{u"error"_s, error(failure.error)}};
    if (!failure.candidates.isEmpty()) {
        QJsonArray candidates;
        for (const Failure::Candidate &candidate : failure.candidates)
            candidates.append(QJsonObject{{u"id"_s, candidate.id.value},
                                          {u"path"_s, candidate.path},
                                          {u"sha256"_s, textOrNull(candidate.sha256)}});
        object.insert(u"candidates"_s, candidates);
    }
    return object;
}

QJsonValue JsonForms::time(qint64 msSinceEpoch)
{
    if (msSinceEpoch == 0)
        return {};
    return QDateTime::fromMSecsSinceEpoch(msSinceEpoch, Qt::UTC).toString(Qt::ISODateWithMs);
}

QJsonObject JsonForms::document(const domain::Document &document, const PauseView &pauses,
                                const QVector<store::Place> &places)
{
    return {{u"id"_s, document.id.value},
            {u"path"_s, document.path},
            {u"name"_s, document.name},
            {u"kind"_s, domain::documentKindName(document.kind)},
            {u"state"_s, pauses.stateName(document)},
            {u"pages_total"_s, document.pagesTotal < 0 ? QJsonValue() : QJsonValue(document.pagesTotal)},
            {u"pages_extracted"_s, document.pagesExtracted},
            {u"pages_with_text"_s, document.pagesWithText},
            {u"pages_done"_s, document.pagesDone},
            {u"pages_failed"_s, document.pagesFailed},
            {u"error"_s, error(document.error)},
            {u"places"_s, placesArray(places)},
            {u"goal"_s, goalName(document.goal)},
            {u"priority"_s, priorityName(document.priority)},
            {u"title"_s, textOrNull(document.title)},
            {u"author"_s, textOrNull(document.author)},
            {u"language"_s, textOrNull(document.language)},
            {u"copy_allowed"_s, document.copyAllowed},
            {u"bytes"_s, document.bytes},
            {u"sha256"_s, textOrNull(QString::fromLatin1(document.sha256.toHex()))},
            {u"added_at"_s, time(document.addedAt)},
            {u"started_at"_s, time(document.startedAt)},
            {u"finished_at"_s, time(document.finishedAt)},
            {u"removed_at"_s, time(document.removedAt)}};
}

QJsonObject JsonForms::documentEvent(const domain::Document &document, const QString &state)
{
    return {{u"event"_s, u"document"_s},
            {u"id"_s, document.id.value},
            {u"path"_s, document.path},
            {u"name"_s, document.name},
            {u"kind"_s, domain::documentKindName(document.kind)},
            {u"state"_s, state},
            {u"pages_total"_s, document.pagesTotal < 0 ? QJsonValue() : QJsonValue(document.pagesTotal)},
            {u"pages_done"_s, document.pagesDone},
            {u"pages_failed"_s, document.pagesFailed},
            {u"error"_s, error(document.error)}};
}

QJsonObject JsonForms::page(const domain::Page &page)
{
    const bool judged = page.state == domain::PageState::Extracted || page.state == domain::PageState::Done;
    return {{u"number"_s, page.number},
            {u"label"_s, page.label.isEmpty() ? QString::number(page.number) : page.label},
            {u"state"_s, domain::pageStateName(page.state)},
            {u"attempts"_s, page.attempts},
            {u"characters"_s, page.characters},
            {u"text_quality"_s, judged ? QJsonValue(page.quality) : QJsonValue()},
            {u"text_verdict"_s, judged ? QJsonValue(domain::verdictName(page.verdict)) : QJsonValue()},
            {u"error"_s, error(page.error)}};
}

QJsonObject JsonForms::pageRecord(const domain::PageRecord &record)
{
    QJsonObject object = page(record.page);
    object.insert(u"text_quality_fonts"_s,
                  QJsonDocument::fromJson(domain::toJson(record.quality)).object().value(u"fonts"_s));
    object.insert(u"document"_s, record.page.document.value);
    object.insert(u"width"_s, record.page.geometry.width);
    object.insert(u"height"_s, record.page.geometry.height);
    object.insert(u"rotation"_s, record.page.geometry.rotation);
    object.insert(u"text"_s, record.text.text);
    object.insert(u"analysis"_s, analysisValue(record));
    object.insert(u"unusable_answer"_s, textOrNull(record.unusableAnswer));
    object.insert(u"words"_s, wordsArray(record.text));
    object.insert(u"fonts"_s, fontsArray(record.text));
    return object;
}

QJsonObject JsonForms::job(const domain::Job &job)
{
    return {{u"id"_s, job.id.value},
            {u"kind"_s, domain::jobKindName(job.kind)},
            {u"state"_s, domain::jobStateName(job.state)},
            {u"document"_s, job.document.value},
            {u"page"_s, job.page == 0 ? QJsonValue() : QJsonValue(job.page)},
            {u"run"_s, job.run.value},
            {u"lane"_s, job.lane},
            {u"priority"_s, priorityName(job.priority)},
            {u"attempt"_s, job.attempt},
            {u"max_attempts"_s, job.maxAttempts},
            {u"crashes"_s, job.crashes},
            {u"losses"_s, job.losses},
            {u"worker"_s, textOrNull(job.worker)},
            {u"next_try_at"_s, job.state == domain::JobState::Scheduled ? time(job.runAt) : QJsonValue()},
            {u"created_at"_s, time(job.createdAt)},
            {u"started_at"_s, time(job.startedAt)},
            {u"finished_at"_s, time(job.finishedAt)},
            {u"vectors"_s, job.vectors},
            {u"milliseconds"_s, job.milliseconds},
            {u"error"_s, error(job.error)}};
}

QJsonObject JsonForms::foundPage(const workspace::FoundPage &page)
{
    QJsonArray marks;
    for (const auto &[offset, length] : page.marks)
        marks.append(QJsonObject{{u"offset"_s, offset}, {u"length"_s, length}});
    const domain::Chunk &chunk = page.hit.passage;
    const QJsonValue passage =
        chunk.length > 0
            ? QJsonObject{{u"chunk"_s, chunk.number}, {u"offset"_s, chunk.start}, {u"length"_s, chunk.length}}
            : QJsonValue(QJsonValue::Null);
    return {{u"document"_s, page.hit.document.value},
            {u"path"_s, page.path},
            {u"page"_s, page.hit.number},
            {u"label"_s, textOrNull(page.label)},
            {u"language"_s, textOrNull(page.language)},
            {u"score"_s, page.hit.score},
            {u"all_words"_s, page.hit.hasAllWords},
            {u"snippet"_s, page.snippet},
            {u"marks"_s, marks},
            {u"passage"_s, passage},
            {u"name"_s, page.documentName}};
}

} // namespace lectern::cli
