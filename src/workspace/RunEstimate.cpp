// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/RunEstimate.h"

#include "ai/AnswerSchema.h"
#include "ai/PageAnalyst.h"
#include "store/Library.h"
#include "store/PastAnswers.h"
#include "workspace/ModelAnalyzeJob.h"
#include "workspace/ModelDirectory.h"

#include <QJsonDocument>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace lectern::workspace {

using base::ErrorCode;

namespace {

models::PastAnswers past(const store::PastAnswers &known)
{
    models::PastAnswers learned;
    learned.answers = known.answers;
    learned.meanOutputTokens = std::llround(known.meanOutput);
    learned.outputSpread =
        std::llround(std::sqrt(std::max(0.0, known.meanSquareOutput - known.meanOutput * known.meanOutput)));
    learned.meanLatencyMs = std::llround(known.meanMs);
    return learned;
}

} // namespace

RunEstimate::RunEstimate(ModelDirectory &directory, const models::Tokenizer &tokenizer)
    : m_directory(directory), m_tokenizer(tokenizer)
{
}

base::Result<models::Estimate> RunEstimate::of(store::Connection &reader,
                                               const QVector<domain::DocumentId> &documents,
                                               const domain::ModelRef &model,
                                               const base::CancelToken &cancel) const
{
    const auto endpoint = m_directory.endpoint(model.endpoint);
    if (!endpoint)
        return base::fail(endpoint.error());
    const auto info = m_directory.info(model);
    if (!info)
        return base::fail(info.error());
    const auto prompt = m_directory.prompt();
    if (!prompt)
        return base::fail(prompt.error());
    const auto known = store::pastAnswers(reader, model);
    if (!known)
        return base::fail(known.error());
    const auto pages = pagesOf(reader, documents, model, cancel);
    if (!pages)
        return base::fail(pages.error());

    models::RunPlan plan;
    plan.model = *info;
    ai::PageQuestion question;
    question.endpoint = *endpoint;
    question.model = model.model;
    question.prompt = *prompt;
    for (const ai::ChatMessage &message : ai::PageAnalyst::requestFor(question).messages)
        plan.promptTokens += m_tokenizer.count(message.text);
    plan.promptTokens += m_tokenizer.count(
        QString::fromUtf8(QJsonDocument(ai::pageAnswerSchema()).toJson(QJsonDocument::Compact)));
    plan.maxOutputTokens = ModelAnalyzeJob::outputLimit(*info);
    plan.past = past(*known);
    plan.concurrency = endpoint->concurrency;
    plan.requestsPerMinute = endpoint->requestsPerMinute;
    plan.tokensPerMinute = endpoint->tokensPerMinute;
    return models::estimate(*pages, plan);
}

base::Result<models::PageSet> RunEstimate::pagesOf(store::Connection &reader,
                                                   const QVector<domain::DocumentId> &documents,
                                                   const domain::ModelRef &model,
                                                   const base::CancelToken &cancel) const
{
    const auto mode = m_directory.pictureMode();
    if (!mode)
        return base::fail(mode.error());
    const auto keyOf = m_directory.answerKeys(model.text());
    if (!keyOf)
        return base::fail(keyOf.error());
    models::PageSet pages;
    QSet<QByteArray> asked;
    for (const domain::DocumentId id : documents) {
        const auto document = store::Library::document(reader, id);
        if (!document)
            return base::fail(document.error());
        for (int number = 1; number <= document->pagesTotal; ++number) {
            if (cancel.isCancelled())
                return base::fail(ErrorCode::Cancelled);
            models::PlannedPage planned;
            const auto record = store::Library::page(reader, id, number);
            const bool isRead =
                record && (record->page.state == domain::PageState::Extracted ||
                           record->page.state == domain::PageState::Done || !record->contentHash.isEmpty());
            if (!isRead) {
                planned.state = models::PlannedPage::State::Skipped;
                pages.add(planned);
                continue;
            }
            const auto answer = store::Library::findAnswer(reader, (*keyOf)(record->contentHash));
            if (!answer)
                return base::fail(answer.error());
            // Equal pages are asked about once.
            const QByteArray key = (*keyOf)(record->contentHash);
            const bool isAnswered = answer->has_value() || asked.contains(key);
            asked.insert(key);
            planned.state =
                isAnswered ? models::PlannedPage::State::Answered : models::PlannedPage::State::ToDo;
            planned.characters = record->text.text.size();
            if (!isAnswered)
                planned.textTokens = m_tokenizer.count(record->text.text);
            planned.picture = models::pictureNeed(*mode, record->page.verdict, record->page.images);
            planned.points = QSizeF(record->page.geometry.width, record->page.geometry.height);
            pages.add(planned);
        }
    }
    return pages;
}

} // namespace lectern::workspace
