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
    const auto inquiry = m_directory.inquiry(reader, model);
    if (!inquiry)
        return base::fail(inquiry.error());
    const auto known = store::pastAnswers(reader, model);
    if (!known)
        return base::fail(known.error());
    const auto pages = pagesOf(reader, documents, *inquiry, cancel);
    if (!pages)
        return base::fail(pages.error());

    models::RunPlan plan;
    plan.model = inquiry->model;
    ai::PageQuestion question;
    question.endpoint = inquiry->endpoint;
    question.model = model.model;
    question.prompt = inquiry->prompt;
    for (const ai::ChatMessage &message : ai::PageAnalyst::requestFor(question).messages)
        plan.promptTokens += m_tokenizer.count(message.text);
    plan.promptTokens += m_tokenizer.count(
        QString::fromUtf8(QJsonDocument(ai::pageAnswerSchema()).toJson(QJsonDocument::Compact)));
    plan.maxOutputTokens = ModelAnalyzeJob::outputLimit(inquiry->model);
    plan.past = past(*known);
    plan.concurrency = inquiry->endpoint.concurrency;
    plan.requestsPerMinute = inquiry->endpoint.requestsPerMinute;
    plan.tokensPerMinute = inquiry->endpoint.tokensPerMinute;
    return models::estimate(*pages, plan);
}

base::Result<models::PageSet> RunEstimate::pagesOf(store::Connection &reader,
                                                   const QVector<domain::DocumentId> &documents,
                                                   const ModelDirectory::Inquiry &inquiry,
                                                   const base::CancelToken &cancel) const
{
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
            const auto answer = store::Library::findAnswer(reader, inquiry.answerKey(record->contentHash));
            if (!answer)
                return base::fail(answer.error());
            // Equal pages are asked about once.
            const QByteArray key = inquiry.answerKey(record->contentHash);
            const bool isAnswered = answer->has_value() || asked.contains(key);
            asked.insert(key);
            planned.state =
                isAnswered ? models::PlannedPage::State::Answered : models::PlannedPage::State::ToDo;
            planned.characters = record->text.text.size();
            if (!isAnswered)
                planned.textTokens = m_tokenizer.count(record->text.text);
            planned.picture =
                models::pictureNeed(inquiry.pictures, record->page.verdict, record->page.images);
            planned.points = QSizeF(record->page.geometry.width, record->page.geometry.height);
            pages.add(planned);
        }
    }
    return pages;
}

} // namespace lectern::workspace
