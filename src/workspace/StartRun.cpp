// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/StartRun.h"

#include "store/Budgets.h"
#include "store/Connection.h"
#include "store/Library.h"
#include "store/Models.h"
#include "store/Trials.h"
#include "store/Writer.h"

#include <utility>

namespace lectern::workspace {

using base::ErrorCode;
using domain::DocumentId;
using store::Library;
using store::Transaction;

StartRun::StartRun(store::Database &database, ModelDirectory &directory, const RunEstimate &estimate,
                   ResumeCheck &approvals, QString builtIn)
    : m_database(database), m_directory(directory), m_estimate(estimate), m_approvals(approvals),
      m_builtIn(std::move(builtIn))
{
}

QString StartRun::analyzerOf(const RunRequest &request) const
{
    return request.model ? request.model->text() : m_builtIn;
}

base::Result<domain::RunId> StartRun::create(const RunRequest &request) const
{
    store::RunPlan plan = request.plan;
    if (request.model)
        m_approvals.addApproval(*request.model, plan);
    return m_database.writer().run([&](Transaction &transaction) -> base::Result<domain::RunId> {
        const auto run = Library::createRun(transaction, domain::Goal::Analysis, analyzerOf(request));
        if (!run)
            return run;
        if (const base::Status planned = store::Budgets::setRunPlan(transaction, *run, plan); !planned)
            return base::fail(planned.error());
        if (request.model) {
            if (const base::Status noted = store::Models::noteUse(transaction, *request.model); !noted)
                return base::fail(noted.error());
        }
        return run;
    });
}

base::Result<RunReport> StartRun::assign(domain::RunId run, const RunPages &pages,
                                         const RunRequest &request) const
{
    const auto reader = m_database.openReader();
    const auto keyOf =
        reader ? m_directory.answerKeys(**reader, analyzerOf(request)) : base::fail(reader.error());
    if (!keyOf)
        return base::fail(keyOf.error());
    const auto which =
        pages.which == RunPages::Which::Waiting ? Library::Reassign::Waiting : Library::Reassign::Everything;
    RunReport report;
    report.run = run;
    for (const DocumentId document : pages.documents) {
        const auto assigned = m_database.writer().run([&](Transaction &transaction) {
            return Library::assignRun(transaction, run, {document}, *keyOf, which);
        });
        if (!assigned)
            return base::fail(assigned.error());
        report.documents += assigned->documents;
        report.pagesWaiting += assigned->pagesWaiting;
        report.pagesAnswered += assigned->pagesAnswered;
    }
    return report;
}

base::Result<RunReport> StartRun::startTrial(const RunPages &pages, const RunRequest &request) const
{
    if (!request.model)
        return base::fail(ErrorCode::InvalidArgument, QStringLiteral("a trial needs a model"));
    const auto reader = m_database.openReader();
    if (!reader)
        return base::fail(reader.error());
    const auto candidates = m_estimate.candidates(**reader, pages, *request.model, base::CancelToken());
    if (!candidates)
        return base::fail(candidates.error());
    RunReport report;
    QVector<store::TrialPage> chosen;
    for (const TrialCandidate &page : trialPages(*candidates, request.trialPages)) {
        chosen.append({page.document, page.number});
        if (!report.trialDocuments.contains(page.document))
            report.trialDocuments.append(page.document);
    }
    const auto run = create(request);
    if (!run)
        return base::fail(run.error());
    report.run = *run;
    report.documents = static_cast<int>(report.trialDocuments.size());
    const auto started = m_database.writer().run(
        [&](Transaction &transaction) { return store::Trials::start(transaction, *run, chosen); });
    if (!started)
        return base::fail(started.error());
    report.pagesWaiting = *started;
    return report;
}

base::Result<RunReport> StartRun::start(const RunPages &pages, const RunRequest &request) const
{
    if (request.trialPages > 0)
        return startTrial(pages, request);
    const auto run = create(request);
    return run ? assign(*run, pages, request) : base::fail(run.error());
}

} // namespace lectern::workspace
