// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/EmbedCommand.h"

#include "app/cli/EmbeddingForms.h"
#include "app/cli/ErrorLine.h"
#include "app/cli/OptionValues.h"
#include "app/cli/Session.h"
#include "presentation/Format.h"
#include "store/Connection.h"
#include "store/Embeddings.h"
#include "store/Waiting.h"
#include "workspace/EmbeddingModels.h"

using namespace Qt::StringLiterals;

namespace lectern::cli {

using presentation::Format;
using workspace::EmbeddingModels;

namespace {

constexpr int kLookIntervalMs = 100;
const QString kBuiltIn = u"built-in"_s;

Outcome<ExitCode> tellEstimate(Session &session, const domain::ModelRef &model)
{
    const auto estimate = session.workspace().embeddings().estimate(model, session.interruption().token());
    if (!estimate)
        return failed(estimate.error());
    if (session.console().isJson()) {
        session.console().document(EmbeddingForms::estimate(model, *estimate));
        return ExitCode::Done;
    }
    for (const QString &sentence : EmbeddingForms::estimateLines(model, *estimate))
        session.console().line(sentence);
    return ExitCode::Done;
}

/// What --model, --cap and --back ask for; with none of them nothing changes.
Outcome<void> chooseModel(Session &session)
{
    const CommandLine &line = session.line();
    EmbeddingModels &models = session.workspace().embeddings();
    base::Status chosen;
    if (line.has(u"back"_s)) {
        chosen = models.goBack();
    } else if (const QString name = line.value(u"model"_s); name == kBuiltIn) {
        chosen = models.choose(std::nullopt, {}, session.interruption().token());
    } else if (!name.isEmpty()) {
        const auto request = runRequestOf(line);
        if (!request)
            return failed(request.error());
        store::RunPlan plan = request->plan;
        if (const auto estimate = models.estimate(*request->model, session.interruption().token());
            estimate && estimate->cost) {
            plan.estimateLow = estimate->cost->low;
            plan.estimateLikely = estimate->cost->expected;
            plan.estimateHigh = estimate->cost->high;
        }
        chosen = models.choose(request->model, plan, session.interruption().token());
    }
    if (!chosen)
        return failed(chosen.error());
    return {};
}

void showProgress(Session &session)
{
    const auto space = store::EmbeddingSpaces::filling(session.reader());
    const auto serving = store::EmbeddingSpaces::serving(session.reader());
    const auto &shown = space && *space ? space : serving;
    if (!shown || !*shown)
        return;
    const auto coverage = store::EmbeddingSpaces::coverage(session.reader(), **shown);
    if (coverage)
        session.console().status(u"%1: %2 of %3 passages."_s.arg(Console::harmless((*shown)->model),
                                                                 Format::count(coverage->vectors),
                                                                 Format::count(coverage->chunks)));
}

/// Until no embed job is left that runs by itself. True: what is left waits for somebody.
Outcome<std::optional<base::Error>> follow(Session &session)
{
    constexpr int kLooksBetweenProgress = 10;
    for (int looks = 0;; ++looks) {
        const auto working = store::Embeddings::isWorking(session.reader());
        if (!working)
            return failed(working.error());
        if (!*working)
            return std::optional<base::Error>();
        const auto waiting = store::waitsForSomebody(session.reader(), session.clock().nowMs());
        if (!waiting)
            return failed(waiting.error());
        if (*waiting)
            return *waiting;
        if (looks % kLooksBetweenProgress == 0)
            showProgress(session);
        if (session.interruption().waitFor(kLookIntervalMs))
            return std::optional<base::Error>(base::Error{base::ErrorCode::Cancelled, {}});
    }
}

} // namespace

CommandSpec EmbedCommand::spec()
{
    return {
        u"embed"_s,
        {},
        0,
        0,
        u"Make the vectors for searching by meaning, or choose their model."_s,
        u"Without an option: what is missing is made, by the model that serves. Another model is prepared "
        u"beside it and takes over when it is complete; what it made is kept for the way back. Passages of "
        u"documents that come later are sent to it too, within --cap."_s,
        {{u"model"_s, u"ENDPOINT/MODEL"_s,
          u"This model from now on; “built-in” for the one that comes with Lectern."_s},
         {u"cap"_s, u"USD"_s, u"Never spend more than this on its vectors, now and later."_s},
         {u"allow-unknown-price"_s, {}, u"Ask a model although nobody knows what it costs."_s},
         {u"estimate"_s, {}, u"With --model: only say what it would take; nothing is sent."_s},
         {u"back"_s, {}, u"Back to the model before, whose vectors are still here."_s}},
        {u"lectern-cli embed"_s, u"lectern-cli embed --model openai/text-embedding-3-small --estimate"_s,
         u"lectern-cli embed --model openai/text-embedding-3-small --cap 0.50"_s,
         u"lectern-cli embed --back"_s}};
}

Outcome<ExitCode> EmbedCommand::run(Session &session)
{
    const CommandLine &line = session.line();
    const QString name = line.value(u"model"_s);
    if (line.has(u"back"_s) && !name.isEmpty())
        return failed(Failure::usage(u"--back and --model do not go together"_s));
    const bool isEstimate = line.has(u"estimate"_s);
    if (isEstimate && (name.isEmpty() || name == kBuiltIn))
        return failed(Failure::usage(u"--estimate goes with the --model of an endpoint"_s));
    const auto access = isEstimate ? Session::Access::Look : Session::Access::Work;
    if (const auto opened = session.open(access, Session::IfMissing::Fail); !opened)
        return failed(opened.error());
    if (isEstimate) {
        const auto model = modelOf(name);
        return model ? tellEstimate(session, *model) : failed(model.error());
    }
    if (const auto chosen = chooseModel(session); !chosen)
        return failed(chosen.error());
    EmbeddingModels &models = session.workspace().embeddings();
    if (const auto made = models.makeMissing(); !made)
        return failed(made.error());
    const auto waiting = follow(session);
    if (!waiting)
        return failed(waiting.error());
    const auto standing = models.standing();
    if (!standing)
        return failed(standing.error());
    if (session.console().isJson()) {
        session.console().document(EmbeddingForms::standing(*standing));
    } else {
        for (const QString &sentence : EmbeddingForms::standingLines(*standing))
            session.console().line(sentence);
        if (*waiting && (*waiting)->code != base::ErrorCode::Cancelled)
            session.console().error(ErrorLine::text(**waiting));
    }
    if (*waiting)
        return ExitCode::Paused;
    const auto &part = standing->filling ? standing->filling : standing->serving;
    return part && part->coverage.vectors < part->coverage.chunks ? ExitCode::SetAside : ExitCode::Done;
}

} // namespace lectern::cli
