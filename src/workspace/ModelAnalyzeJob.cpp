// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/ModelAnalyzeJob.h"

#include "base/TimeLog.h"
#include "models/Fitness.h"
#include "store/JobQueue.h"
#include "store/Library.h"
#include "store/Models.h"
#include "store/Transaction.h"
#include "store/Writer.h"
#include "workspace/PageBooks.h"
#include "workspace/PagePicture.h"
#include "workspace/RequestTrouble.h"

#include <QDateTime>
#include <QJsonDocument>

#include <algorithm>

namespace lectern::workspace {

using base::Error;
using base::ErrorCode;
using engine::JobContext;
using engine::JobResult;

namespace {

constexpr qint64 kMaxOutputTokens = 2'000;
constexpr qint64 kTwinPauseMs = 500; ///< while a page that holds the same is being asked about

/// One page on its way through a model.
class Asking {
public:
    Asking(const JobContext &context, ModelDirectory &directory, const base::Clock &clock,
           std::function<double()> random)
        : m_context(context), m_directory(directory), m_clock(clock), m_random(std::move(random))
    {
    }

    /// What is known before anything is sent; an error ends the try.
    base::Status prepare(MessageTokens &tokens, PageRenderer &renderer);
    void limitSilence(int ms);
    JobResult ask(const ai::PageAnalyst &analyst);
    JobResult giveUp(const Error &error, std::optional<qint64> retryAfterMs = {}, bool maySent = false);
    [[nodiscard]] bool isAnswered() const { return m_isAnswered; }
    JobResult reuse() const;

private:
    base::Status choosePicture(const domain::PageRecord &record, models::PictureMode mode,
                               PageRenderer &renderer);
    JobResult book(const PageBooks &books, const ai::PageOutcome &outcome);
    [[nodiscard]] RequestTrouble trouble() const;

    const JobContext &m_context;
    ModelDirectory &m_directory;
    const base::Clock &m_clock;
    std::function<double()> m_random;

    models::ModelInfo m_model;
    ai::PageQuestion m_question;
    ai::ModelQuirks m_quirks;
    PageBooks::Page m_page;
    QByteArray m_key; ///< of the answer
    bool m_isAnswered = false;
    domain::Money m_refused; ///< the worst case for which there was no room
    QString m_written;       ///< by the model, usable or not
};

base::Status Asking::prepare(MessageTokens &tokens, PageRenderer &renderer)
{
    const base::TimeLog time("prepare");
    const domain::Job &job = m_context.job;
    const auto run = store::Library::run(m_context.reader, job.run);
    if (!run)
        return base::fail(run.error());
    const auto model = domain::ModelRef::fromText(run->analyzer);
    if (!model)
        return base::fail(ErrorCode::ModelNotFound, run->analyzer);
    const auto record = store::Library::page(m_context.reader, job.document, job.page);
    if (!record)
        return base::fail(record.error());
    const auto inquiry = m_directory.inquiry(m_context.reader, *model);
    if (!inquiry) {
        const bool isGone = inquiry.error().code == ErrorCode::NotFound;
        return base::fail(isGone ? Error{ErrorCode::ModelNotFound, model->text()} : inquiry.error());
    }
    m_key = inquiry->answerKey(record->contentHash);
    const auto stored = store::Library::findAnswer(m_context.reader, m_key);
    if (!stored)
        return base::fail(stored.error());
    m_isAnswered = stored->has_value();
    if (m_isAnswered)
        return {};

    const auto quirks = store::Models::quirks(m_context.reader, *model);
    if (!quirks)
        return base::fail(quirks.error());
    m_model = inquiry->model;
    m_quirks = ai::ModelQuirks::fromJson(QJsonDocument::fromJson(*quirks).object());
    m_question.endpoint = inquiry->endpoint;
    m_question.model = model->model;
    const auto secret = m_directory.key(model->endpoint);
    if (!secret)
        return base::fail(secret.error());
    m_question.key = secret->reveal();
    m_question.prompt = inquiry->prompt;
    m_question.pageText = record->text.text;
    m_question.maxOutputTokens = ModelAnalyzeJob::outputLimit(m_model);
    m_question.mostOutputTokens = m_model.maxOutput.valueOr(0);
    if (const base::Status chosen = choosePicture(*record, inquiry->pictures, renderer); !chosen)
        return chosen;

    m_question.countInput = [this, &tokens] {
        qint64 count = 0;
        for (const ai::ChatMessage &message : ai::PageAnalyst::requestFor(m_question).messages)
            count += tokens.of(message);
        return count;
    };
    m_page.model = m_model;
    m_page.question = m_key;
    m_page.characters = record->text.text.size();
    for (const ai::ChatPicture &picture : m_question.pictures)
        m_page.pictureBytes += picture.bytes.size();
    return {};
}

base::Status Asking::choosePicture(const domain::PageRecord &record, models::PictureMode mode,
                                   PageRenderer &renderer)
{
    const auto need = models::pictureNeed(mode, record.page.verdict, record.page.images);
    const bool sees = m_model.vision.valueOr(false);
    if (need == models::PictureNeed::None || (!sees && !models::isUselessWithoutPicture(need)))
        return {};
    if (!sees)
        return base::fail(ErrorCode::RequestRejected,
                          QStringLiteral("the page has no readable text, and the model does not see"));
    const QSizeF points(record.page.geometry.width, record.page.geometry.height);
    if (points.isEmpty())
        return {}; // nothing is on such a page: asked as a page without text, it ends as an empty one
    auto picture = drawForModel(renderer, m_context.job.document, m_context.job.page, points,
                                m_model.pictureRule(), m_context.cancel);
    if (!picture)
        return base::fail(picture.error());
    m_question.pictures.append(picture->picture);
    m_question.worstInputTokens = picture->mostTokens;
    return {};
}

JobResult Asking::reuse() const
{
    return {[lease = m_context.job.leaseToken(), document = m_context.job.document, page = m_context.job.page,
             key = m_key](store::Transaction &transaction) -> base::Status {
        const auto used = store::Library::reuseAnswer(transaction, lease, document, page, key);
        if (!used)
            return base::fail(used.error());
        // It was thrown away a moment ago: ask after all.
        return *used ? base::Status() : store::JobQueue::release(transaction, lease);
    }};
}

void Asking::limitSilence(int ms)
{
    if (ms > 0)
        m_question.firstByteMs = m_question.idleMs = ms;
}

JobResult Asking::ask(const ai::PageAnalyst &analyst)
{
    if (m_question.worstInputTokens > 0)
        m_question.worstInputTokens += ai::mostTextTokens(ai::PageAnalyst::requestFor(m_question), m_quirks);
    PageBooks books(m_context, m_clock, m_page);
    const ai::PageOutcome outcome = analyst.analyse(m_question, m_quirks, books, m_context.cancel);
    m_refused = books.refused();
    m_written = outcome.rawAnswer;
    if (outcome.quirks != m_quirks) {
        const base::Status learned = m_context.writer.run([&](store::Transaction &transaction) {
            return store::Models::setQuirks(
                transaction, m_model.ref,
                QJsonDocument(outcome.quirks.toJson()).toJson(QJsonDocument::Compact));
        });
        Q_UNUSED(learned) // it is learned again
    }
    if (books.needless() == PageBooks::Needless::Answered)
        return reuse();
    if (books.needless() == PageBooks::Needless::Asked)
        return trouble().waitUntil({}, m_clock.nowMs() + kTwinPauseMs);
    if (outcome.result || outcome.last)
        return book(books, outcome);
    const ai::ChatFailure &failure = outcome.result.error();
    if (books.isHeld())
        return trouble().waitUntil(failure.error, m_clock.nowMs() + books.waitMs());
    const auto retryAfter = failure.error.code == ErrorCode::RateLimited && !failure.retryAfterMs
                                ? std::optional(books.waitMs())
                                : failure.retryAfterMs;
    return giveUp(failure.error, retryAfter, failure.maySent);
}

// The bill and the answer go to disk together. When another worker has the job meanwhile, the answer is kept
// all the same: it is paid for.
JobResult Asking::book(const PageBooks &books, const ai::PageOutcome &outcome)
{
    const domain::JobLease lease = m_context.job.leaseToken();
    const domain::DocumentId document = m_context.job.document;
    const int page = m_context.job.page;
    if (outcome.result) {
        store::NewAnswer answer;
        answer.key = m_key;
        answer.analyzer = m_model.ref.text();
        answer.analysis = *outcome.result;
        answer.raw = outcome.rawAnswer;
        answer.cost = outcome.last ? books.costOf(*outcome.last) : domain::Money();
        return {[=](store::Transaction &transaction) -> base::Status {
            if (outcome.last) {
                if (const base::Status settled = books.settle(transaction, *outcome.last); !settled)
                    return settled;
            }
            const base::Status stored =
                store::Library::storeAnalysis(transaction, lease, document, page, answer);
            if (!stored && stored.error().code == ErrorCode::StaleLease)
                return store::Library::keepAnswer(transaction, answer);
            return stored;
        }};
    }
    const ai::ChatFailure &failure = outcome.result.error();
    const ai::RequestSettlement last = *outcome.last;
    if (failure.error.code == ErrorCode::Cancelled) {
        const base::Status settled = m_context.writer.run(
            [&](store::Transaction &transaction) { return books.settle(transaction, last); });
        Q_UNUSED(settled) // it then stays booked at its reservation, as after a crash
        return JobResult::interrupted();
    }
    JobResult result = trouble().end(failure.error, failure.retryAfterMs, failure.maySent);
    result.commit = [=, end = result.commit](store::Transaction &transaction) -> base::Status {
        if (const base::Status settled = books.settle(transaction, last); !settled)
            return settled;
        const base::Status ended = end(transaction);
        return !ended && ended.error().code == ErrorCode::StaleLease ? base::Status() : ended;
    };
    return result;
}

JobResult Asking::giveUp(const Error &error, std::optional<qint64> retryAfterMs, bool maySent)
{
    if (error.code == ErrorCode::Cancelled)
        return JobResult::interrupted();
    return trouble().end(error, retryAfterMs, maySent);
}

RequestTrouble Asking::trouble() const
{
    const domain::Job &job = m_context.job;
    return {m_context,
            {m_question.endpoint.id, m_question.model},
            m_clock,
            m_random(),
            [lease = job.leaseToken(), document = job.document, page = job.page,
             written = m_written](store::Transaction &transaction, const Error &error) {
                return store::Library::failAnalysis(transaction, lease, document, page, error, written);
            },
            m_refused};
}

} // namespace

ModelAnalyzeJob::ModelAnalyzeJob(ModelDirectory &directory, net::HttpClient &http, PageRenderer &renderer,
                                 const base::Clock &clock, const models::Tokenizer &tokenizer,
                                 std::function<double()> random, qint64 silenceMs)
    : m_directory(directory), m_renderer(renderer), m_clock(clock), m_random(std::move(random)),
      m_client(http, clock), m_analyst(m_client), m_tokens(tokenizer), m_silenceMs(silenceMs)
{
}

qint64 ModelAnalyzeJob::outputLimit(const models::ModelInfo &model)
{
    return std::min(kMaxOutputTokens, model.maxOutput.valueOr(kMaxOutputTokens));
}

JobResult ModelAnalyzeJob::run(const JobContext &context)
{
    Asking asking(context, m_directory, m_clock, m_random);
    if (const base::Status prepared = asking.prepare(m_tokens, m_renderer); !prepared)
        return asking.giveUp(prepared.error());
    asking.limitSilence(static_cast<int>(m_silenceMs));
    return asking.isAnswered() ? asking.reuse() : asking.ask(m_analyst);
}

} // namespace lectern::workspace
