// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/EstimateReader.h"

#include "store/Connection.h"
#include "store/Library.h"
#include "store/Trials.h"
#include "workspace/ModelDirectory.h"

#include <algorithm>
#include <tuple>

namespace lectern::presentation {

using domain::ModelRef;
using domain::Money;
using workspace::RunPages;

namespace {

constexpr int kBeside = 2; ///< models beside the chosen one that ask somebody

void addDetails(EstimateView &view, const models::Estimate &estimate)
{
    view.pagesToDo = estimate.pagesToDo;
    view.pagesAnswered = estimate.pagesAnswered;
    view.pagesSkipped = estimate.pagesSkipped;
    view.pagesWithPicture = estimate.pagesWithPicture;
    view.textTokens = estimate.textTokens.expected;
    view.pictureTokens = estimate.imageTokens.expected;
    view.outputTokens = estimate.outputTokens.expected;
    view.learnedFrom = estimate.learnedFrom;
    view.exactness = estimate.isTextExact && estimate.isOutputLearned ? EstimateView::Exactness::Exact
                     : estimate.isTextExact                           ? EstimateView::Exactness::Counted
                                                                      : EstimateView::Exactness::Estimated;
}

/// Where the money of a budget goes when the run is through.
void addLeft(EstimateOption &option, Money left)
{
    if (option.state != EstimateOption::State::Ready || option.model.isFree())
        return;
    const Money after = std::max(Money(), left - option.likely);
    if (!option.budgetLeft || after < *option.budgetLeft)
        option.budgetLeft = after;
}

} // namespace

EstimateOption estimateOption(const ModelChoice &choice, const models::Estimate *estimate)
{
    EstimateOption option;
    option.model = choice;
    option.state = EstimateOption::State::Ready;
    if (choice.builtIn)
        return option;
    if (estimate == nullptr || !estimate->cost) {
        option.state = choice.isFree() ? EstimateOption::State::Ready : EstimateOption::State::PriceUnknown;
    } else {
        option.low = estimate->cost->low;
        option.likely = estimate->cost->expected;
        option.high = estimate->cost->high;
        option.model.estimate = option.likely;
    }
    if (estimate == nullptr)
        return option;
    option.milliseconds = estimate->durationMs.expected;
    if (choice.unfit != ModelChoice::Unfit::None)
        return option; // for a reason that no page changes
    if (estimate->pagesNeedingVision > 0) {
        option.model.unfit = ModelChoice::Unfit::NeedsVision;
        option.model.unfitPages = estimate->pagesNeedingVision;
    } else if (choice.contextTokens > 0 && estimate->largestInputTokens > choice.contextTokens) {
        option.model.unfit = ModelChoice::Unfit::ContextTooSmall;
        option.model.unfitPages = 1;
    }
    return option;
}

QVector<EstimateOption> optionsBeside(const EstimateOption &chosen, const QVector<EstimateOption> &all)
{
    QVector<EstimateOption> beside;
    QVector<EstimateOption> builtIn;
    for (const EstimateOption &option : all) {
        const ModelChoice &model = option.model;
        if (model.id == chosen.model.id || model.unfit != ModelChoice::Unfit::None)
            continue;
        if (model.builtIn)
            builtIn.append(option);
        else if (model.favourite || model.lastUsedMs > 0 ||
                 (option.state == EstimateOption::State::Ready && !model.isFree() &&
                  (model.vision || !chosen.model.vision)))
            beside.append(option);
    }
    std::stable_sort(beside.begin(), beside.end(),
                     [](const EstimateOption &one, const EstimateOption &other) {
                         const auto rank = [](const EstimateOption &option) {
                             return std::tuple(!option.model.favourite, -option.model.lastUsedMs,
                                               option.likely.picodollars);
                         };
                         return rank(one) < rank(other);
                     });
    if (beside.size() > kBeside)
        beside.resize(kBeside);
    return beside + builtIn;
}

base::Result<RunPages> EstimateReader::pagesAtLimit(workspace::Workspace &workspace, const QString &account)
{
    const auto reader = workspace.database().openReader();
    if (!reader)
        return base::fail(reader.error());
    return store::Budgets::heldDocuments(**reader, account)
        .map([](const QVector<domain::DocumentId> &documents) {
            return RunPages{documents, RunPages::Which::Waiting};
        });
}

base::Result<RunPages> EstimateReader::resolved(const RunPages &pages) const
{
    if (!pages.documents.isEmpty() || pages.which == RunPages::Which::All)
        return pages;
    const auto reader = m_workspace.database().openReader();
    if (!reader)
        return base::fail(reader.error());
    store::Library::DocumentQuery query;
    query.states = {domain::DocumentState::Queued, domain::DocumentState::Indexing};
    return store::Library::find(**reader, query).map([](const QVector<domain::DocumentId> &waiting) {
        return RunPages{waiting, RunPages::Which::Waiting};
    });
}

base::Result<EstimateReader::Estimates> EstimateReader::estimates(const RunPages &pages,
                                                                  const QVector<ModelChoice> &choices,
                                                                  const base::CancelToken &cancel) const
{
    QVector<ModelRef> models;
    for (const ModelChoice &choice : choices) {
        if (const auto ref = ModelRef::fromText(choice.id); ref && !choice.builtIn)
            models.append(*ref);
    }
    return m_workspace.estimates(pages, models, cancel);
}

base::Result<RunPrices> EstimateReader::prices(const RunPages &asked, const base::CancelToken &cancel) const
{
    const auto pages = resolved(asked);
    if (!pages)
        return base::fail(pages.error());
    if (pages->documents.isEmpty())
        return RunPrices();
    const auto reader = m_workspace.database().openReader();
    const auto choices =
        reader ? ModelReader(m_workspace, m_clock).choices(**reader) : base::fail(reader.error());
    if (!choices)
        return base::fail(choices.error());
    const auto found = estimates(*pages, *choices, cancel);
    if (!found)
        return base::fail(found.error());
    RunPrices prices;
    for (const ModelChoice &choice : *choices) {
        const auto estimate = found->constFind(choice.id);
        prices.insert(choice.id,
                      estimateOption(choice, estimate != found->constEnd() ? &*estimate : nullptr));
    }
    return prices;
}

base::Result<EstimateView> EstimateReader::estimate(const RunPages &asked, const QString &modelId,
                                                    const base::CancelToken &cancel) const
{
    const auto pages = resolved(asked);
    const auto reader = m_workspace.database().openReader();
    if (!pages || !reader)
        return base::fail(pages ? reader.error() : pages.error());
    const ModelReader known(m_workspace, m_clock);
    const auto choices = known.choices(**reader);
    const auto budgets = known.budgets(**reader);
    if (!choices || !budgets)
        return base::fail(choices ? budgets.error() : choices.error());
    const auto found = std::find_if(choices->cbegin(), choices->cend(),
                                    [&](const ModelChoice &choice) { return choice.id == modelId; });
    if (found == choices->cend())
        return base::fail(base::ErrorCode::ModelNotFound, modelId);
    const auto counted = estimates(*pages, *choices, cancel);
    if (!counted)
        return base::fail(counted.error());
    const auto optionOf = [&](const ModelChoice &choice) {
        const auto estimate = counted->constFind(choice.id);
        return estimateOption(choice, estimate != counted->constEnd() ? &*estimate : nullptr);
    };
    EstimateView view;
    view.documents = static_cast<int>(pages->documents.size());
    view.cap = budgets->run;
    view.chosen = optionOf(*found);
    if (const auto estimate = counted->constFind(modelId); estimate != counted->constEnd())
        addDetails(view, *estimate);
    if (found->builtIn && !counted->isEmpty()) {
        // It answers every page, whatever models have answered.
        const models::Estimate &any = *counted->cbegin();
        view.pagesToDo = any.pagesToDo + any.pagesAnswered;
        view.pagesSkipped = any.pagesSkipped;
    }
    if (const auto ref = ModelRef::fromText(modelId)) {
        if (const auto info = m_workspace.directory().info(*ref)) {
            view.priceDate = QDate::fromString(info->input.asOf, Qt::ISODate);
            view.priceSource = found->ownPrice ? ModelDesk::tr("your own price") : info->input.source;
        }
    }
    QVector<EstimateOption> all;
    for (const ModelChoice &choice : *choices)
        all.append(optionOf(choice));
    view.others = optionsBeside(view.chosen, all);
    if (const base::Status added = addBudgets(**reader, view); !added)
        return base::fail(added.error());
    return view;
}

base::Status EstimateReader::addBudgets(store::Connection &reader, EstimateView &view) const
{
    using Period = store::Budgets::Period;
    const QDate today = ModelReader(m_workspace, m_clock).today();
    for (const auto &[period, scope] :
         {std::pair(Period::Day, BudgetScope::Day), std::pair(Period::Month, BudgetScope::Month),
          std::pair(Period::Workspace, BudgetScope::Workspace)}) {
        const auto account = store::Budgets::ofPeriod(reader, period, today);
        if (!account)
            return base::fail(account.error());
        const auto left = account->left();
        if (!left)
            continue;
        addLeft(view.chosen, *left);
        for (EstimateOption &other : view.others)
            addLeft(other, *left);
        if (*left < view.chosen.high && !view.shortage)
            view.shortage = EstimateView::Shortage{scope, *left};
    }
    return {};
}

base::Result<TrialView> EstimateReader::trial(const TrialView &view) const
{
    const auto reader = m_workspace.database().openReader();
    if (!reader)
        return base::fail(reader.error());
    const auto state = store::Trials::state(**reader, view.run, view.documents);
    const auto account = store::Budgets::ofRun(**reader, view.run);
    if (!state || !account)
        return base::fail(state ? account.error() : state.error());
    TrialView now = view;
    now.pages = state->pages;
    now.answered = state->answered;
    now.failed = state->failed;
    now.cancelled = state->cancelled;
    now.problem = state->problem;
    now.spent = account->spent;
    return now;
}

} // namespace lectern::presentation
