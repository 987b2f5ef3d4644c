// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/RunEstimate.h"

#include "ai/AnswerSchema.h"
#include "ai/PageAnalyst.h"
#include "store/Models.h"
#include "store/PageFacts.h"
#include "store/PastAnswers.h"
#include "workspace/ModelAnalyzeJob.h"

#include <QJsonDocument>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <optional>

namespace lectern::workspace {

using base::ErrorCode;
using domain::ModelRef;
using Inquiry = ModelDirectory::Inquiry;

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

/// Tells, page by page, which ones a model would be asked about. Equal pages are asked about once.
class Sorting {
public:
    /// `mayBeAnswered`: false for a model that was never asked, of which no answer can be stored.
    Sorting(store::Connection &reader, const Inquiry &inquiry, bool mayBeAnswered)
        : m_reader(reader), m_inquiry(inquiry), m_mayBeAnswered(mayBeAnswered)
    {
    }

    base::Result<bool> isToDo(const CountedPage &page)
    {
        const QByteArray key = m_inquiry.answerKey(page.contentHash);
        if (m_seen.contains(key))
            return false;
        m_seen.insert(key);
        if (!m_mayBeAnswered)
            return true;
        return store::hasAnswer(m_reader, key).map([](bool has) { return !has; });
    }

    [[nodiscard]] models::PictureNeed pictureOf(const CountedPage &page) const
    {
        return models::pictureNeed(m_inquiry.pictures, page.verdict, page.images);
    }

private:
    store::Connection &m_reader;
    const Inquiry &m_inquiry;
    bool m_mayBeAnswered;
    QSet<QByteArray> m_seen;
};

base::Result<models::PageSet> pageSet(const CountedPages &counted, Sorting sorting,
                                      const base::CancelToken &cancel)
{
    models::PageSet pages;
    for (const CountedPage &page : counted.pages) {
        if (cancel.isCancelled())
            return base::fail(ErrorCode::Cancelled);
        const auto toDo = sorting.isToDo(page);
        if (!toDo)
            return base::fail(toDo.error());
        models::PlannedPage planned;
        planned.state = *toDo ? models::PlannedPage::State::ToDo : models::PlannedPage::State::Answered;
        planned.textTokens = page.textTokens;
        planned.picture = sorting.pictureOf(page);
        planned.points = page.points;
        pages.add(planned);
    }
    models::PlannedPage unread;
    unread.state = models::PlannedPage::State::Skipped;
    for (qint64 i = 0; i < counted.unread; ++i)
        pages.add(unread);
    return pages;
}

} // namespace

RunEstimate::RunEstimate(ModelDirectory &directory, const models::Tokenizer &tokenizer, PageCounter &counter)
    : m_directory(directory), m_tokenizer(tokenizer), m_counter(counter)
{
}

qint64 RunEstimate::promptTokens(const Inquiry &inquiry) const
{
    ai::PageQuestion question;
    question.endpoint = inquiry.endpoint;
    question.model = inquiry.model.ref.model;
    question.prompt = inquiry.prompt;
    qint64 tokens = m_tokenizer.count(
        QString::fromUtf8(QJsonDocument(ai::pageAnswerSchema()).toJson(QJsonDocument::Compact)));
    for (const ai::ChatMessage &message : ai::PageAnalyst::requestFor(question).messages)
        tokens += m_tokenizer.count(message.text);
    return tokens;
}

base::Result<models::RunPlan> RunEstimate::planOf(store::Connection &reader, const Inquiry &inquiry) const
{
    const auto known = store::pastAnswers(reader, inquiry.model.ref);
    if (!known)
        return base::fail(known.error());
    models::RunPlan plan;
    plan.model = inquiry.model;
    plan.maxOutputTokens = ModelAnalyzeJob::outputLimit(inquiry.model);
    plan.past = past(*known);
    plan.concurrency = inquiry.endpoint.concurrency;
    plan.requestsPerMinute = inquiry.endpoint.requestsPerMinute;
    plan.tokensPerMinute = inquiry.endpoint.tokensPerMinute;
    return plan;
}

base::Result<RunEstimate::Estimates> RunEstimate::of(store::Connection &reader, const RunPages &pages,
                                                     const QVector<ModelRef> &models,
                                                     const base::CancelToken &cancel) const
{
    const auto counted = m_counter.count(reader, pages, cancel);
    const auto asked = store::Models::asked(reader);
    if (!counted || !asked)
        return base::fail(counted ? asked.error() : counted.error());
    Estimates estimates;
    std::optional<models::PageSet> unasked; // the same for every model of which no answer can be stored
    std::optional<qint64> prompt;           // all are asked with the same one
    for (const ModelRef &model : models) {
        const auto inquiry = m_directory.inquiry(reader, model);
        if (!inquiry && inquiry.error().code == ErrorCode::NotFound)
            continue;
        auto plan = inquiry ? planOf(reader, *inquiry) : base::fail(inquiry.error());
        if (!plan)
            return base::fail(plan.error());
        if (!prompt)
            prompt = promptTokens(*inquiry);
        plan->promptTokens = *prompt;
        const bool wasAsked = asked->contains(model);
        if (!wasAsked && unasked) {
            estimates.insert(model.text(), models::estimate(*unasked, *plan));
            continue;
        }
        const auto set = pageSet(*counted, Sorting(reader, *inquiry, wasAsked), cancel);
        if (!set)
            return base::fail(set.error());
        if (!wasAsked)
            unasked = *set;
        estimates.insert(model.text(), models::estimate(*set, *plan));
    }
    return estimates;
}

base::Result<QVector<TrialCandidate>> RunEstimate::candidates(store::Connection &reader,
                                                              const RunPages &pages, const ModelRef &model,
                                                              const base::CancelToken &cancel) const
{
    const auto inquiry = m_directory.inquiry(reader, model);
    const auto counted = m_counter.count(reader, pages, cancel);
    if (!inquiry || !counted)
        return base::fail(inquiry ? counted.error() : inquiry.error());
    const bool sees = inquiry->model.vision.valueOr(false);
    Sorting sorting(reader, *inquiry, true);
    QVector<TrialCandidate> candidates;
    for (const CountedPage &page : counted->pages) {
        const auto toDo = sorting.isToDo(page);
        if (!toDo)
            return base::fail(toDo.error());
        if (*toDo)
            candidates.append(
                {page.document, page.number, sees && sorting.pictureOf(page) != models::PictureNeed::None});
    }
    return candidates;
}

} // namespace lectern::workspace
