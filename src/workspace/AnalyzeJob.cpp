// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/AnalyzeJob.h"

#include "store/JobQueue.h"
#include "store/Library.h"
#include "workspace/AnswerKey.h"

namespace lectern::workspace {

using base::ErrorCode;
using domain::JobOutcome;
using engine::JobContext;
using engine::JobResult;

AnalyzeJob::AnalyzeJob(const ai::Analyzer &analyzer, const base::Clock &clock, std::function<double()> random)
    : m_analyzer(analyzer), m_clock(clock), m_random(std::move(random))
{
}

JobResult AnalyzeJob::run(const JobContext &context)
{
    const domain::Job &job = context.job;
    const domain::JobLease lease = job.leaseToken();
    const auto analyse = [&]() -> base::Result<std::pair<QByteArray, domain::PageAnalysis>> {
        const auto record = store::Library::page(context.reader, job.document, job.page);
        if (!record)
            return base::fail(record.error());
        domain::PageContent content;
        content.number = job.page;
        content.label = record->page.label;
        content.geometry = record->page.geometry;
        content.text = record->text;
        const auto analysis = m_analyzer.analyse(content, context.cancel);
        if (!analysis)
            return base::fail(analysis.error());
        return std::pair(answerKey(record->contentHash, m_analyzer.id()), *analysis);
    };

    const auto answer = analyse();
    if (answer) {
        return {[=, analyzer = m_analyzer.id(), document = job.document, page = job.page,
                 answer = *answer](store::Transaction &transaction) {
            return store::Library::storeAnalysis(transaction, lease, document, page, answer.first, analyzer,
                                                 answer.second);
        }};
    }
    const base::Error error = answer.error();
    if (error.code == ErrorCode::Cancelled)
        return JobResult::interrupted();
    const JobOutcome outcome =
        domain::outcomeOf(error, job.attempt, job.maxAttempts, m_clock.nowMs(), m_random());
    if (outcome.kind == JobOutcome::Kind::Failed) {
        return {[=, document = job.document, page = job.page](store::Transaction &transaction) {
            return store::Library::failAnalysis(transaction, lease, document, page, error);
        }};
    }
    return {[=](store::Transaction &transaction) {
        return store::JobQueue::finish(transaction, lease, outcome);
    }};
}

} // namespace lectern::workspace
