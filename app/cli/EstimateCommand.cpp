// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/EstimateCommand.h"

#include "app/cli/ModelForms.h"
#include "app/cli/OptionValues.h"
#include "app/cli/Session.h"
#include "app/cli/WorkFollower.h"
#include "presentation/Format.h"
#include "store/Connection.h"
#include "store/Trials.h"
#include "store/Waiting.h"
#include "workspace/ModelDirectory.h"

using namespace Qt::StringLiterals;

namespace lectern::cli {

using domain::ModelRef;
using presentation::Format;

namespace {

constexpr int kLookIntervalMs = 100;
constexpr int kMostTried = 100;

/// Asks about a few pages and waits for them; what can't be had before somebody does something is given up.
Outcome<store::Trials::State> tryPages(Session &session, const QVector<domain::DocumentId> &documents,
                                       const ModelRef &model, int pages)
{
    workspace::RunRequest request;
    request.model = model;
    request.trialPages = pages;
    if (const auto cap = moneyOf(session.line(), u"cap"_s); cap)
        request.plan.cap = *cap;
    const auto report = session.workspace().analyse({documents}, request);
    if (!report)
        return failed(report.error());
    while (true) {
        const auto state = store::Trials::state(session.reader(), report->run, report->trialDocuments);
        if (!state)
            return failed(state.error());
        if (state->isOver())
            return *state;
        session.console().status(
            u"Trying %1: %2 answered."_s.arg(Format::pages(state->pages), Format::count(state->answered)));
        const auto waiting = store::waitsForSomebody(session.reader(), session.clock().nowMs());
        if (!waiting)
            return failed(waiting.error());
        if (*waiting || session.interruption().waitFor(kLookIntervalMs)) {
            const base::Status ended = session.workspace().cancelTrial(report->run, report->trialDocuments);
            if (!ended)
                return failed(ended.error());
            auto last = store::Trials::state(session.reader(), report->run, report->trialDocuments);
            if (!last)
                return failed(last.error());
            last->problem = waiting->value_or(last->problem);
            return *last;
        }
    }
}

} // namespace

CommandSpec EstimateCommand::spec()
{
    return {u"estimate"_s,
            u"PATH…"_s,
            1,
            -1,
            u"Say what it would cost to analyse files and folders with a model."_s,
            u"Their text is read first, which is free; nothing is sent, unless pages are tried."_s,
            {{u"model"_s, u"ENDPOINT/MODEL"_s, u"Which one; otherwise the default."_s},
             {u"try"_s, u"N"_s,
              u"First ask about N pages that stand for all: this costs money. What they take is "
              u"learned, and a run pays nothing for them."_s},
             {u"cap"_s, u"USD"_s, u"With --try: never spend more than this on it."_s}},
            {u"lectern-cli estimate --model openai/gpt-6-luna ~/Papers"_s,
             u"lectern-cli estimate --model openai/gpt-6-luna --try 3 --cap 0.10 ~/Papers"_s}};
}

Outcome<ExitCode> EstimateCommand::run(Session &session)
{
    const CommandLine &line = session.line();
    std::optional<ModelRef> model;
    if (!line.value(u"model"_s).isEmpty()) {
        const auto named = modelOf(line.value(u"model"_s));
        if (!named)
            return failed(named.error());
        model = *named;
    }
    const auto wanted = numberOf(line, u"try"_s, 0);
    const auto cap = moneyOf(line, u"cap"_s);
    if (!wanted || !cap)
        return failed(wanted ? cap.error() : wanted.error());
    if (*wanted > kMostTried)
        return failed(Failure::usage(u"--try takes a number up to %1."_s.arg(kMostTried)));
    if (*wanted == 0 && *cap)
        return failed(Failure::usage(u"--cap goes with --try"_s));
    if (const auto opened = session.open(Session::Access::Work, Session::IfMissing::Create); !opened)
        return failed(opened.error());
    if (!model) {
        const auto chosen = session.workspace().directory().defaultModel();
        if (!chosen)
            return failed(chosen.error());
        if (!*chosen)
            return failed(Failure::usage(
                u"without an endpoint the built-in analyser works, for nothing; name a --model"_s));
        model = *chosen;
    }
    // What is not read yet is read first: that is free.
    const auto report =
        session.workspace().add(line.operands, domain::Goal::Text, session.interruption().token());
    if (!report)
        return failed(report.error());
    const auto read =
        WorkFollower(session, WorkFollower::Voice::Silent).followDocuments(report->documents, line.operands);
    if (!read)
        return failed(read.error());
    std::optional<store::Trials::State> trial;
    if (*wanted > 0) {
        const auto tried = tryPages(session, report->documents, *model, static_cast<int>(*wanted));
        if (!tried)
            return failed(tried.error());
        trial = *tried;
    }
    const auto estimate =
        session.workspace().estimate({report->documents}, *model, session.interruption().token());
    if (!estimate)
        return failed(estimate.error());
    const ExitCode code = !trial || trial->answered == trial->pages ? ExitCode::Done
                          : trial->failed > 0                       ? ExitCode::SetAside
                                                                    : ExitCode::Paused;
    if (session.console().isJson()) {
        QJsonObject json = ModelForms::estimate(*model, *estimate);
        if (trial)
            json.insert(u"trial"_s, ModelForms::trial(*trial));
        session.console().document(json);
        return code;
    }
    if (trial)
        session.console().line(ModelForms::trialLine(*trial));
    for (const QString &sentence : ModelForms::estimateLines(*model, *estimate))
        session.console().line(sentence);
    return code;
}

} // namespace lectern::cli
