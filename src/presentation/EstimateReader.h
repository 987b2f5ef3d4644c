// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/EstimateView.h"
#include "presentation/ModelReader.h"
#include "workspace/RunPages.h"

#include <QHash>
#include <QSet>

namespace lectern::presentation {

/// What a run would cost with each model: by ModelChoice::id.
using RunPrices = QHash<QString, EstimateOption>;

/// Prices runs for ModelDesk: all models at once, of which the estimate shows a few. On a thread of the
/// models lane.
class EstimateReader {
public:
    EstimateReader(workspace::Workspace &workspace, const base::Clock &clock)
        : m_workspace(workspace), m_clock(clock)
    {
    }

    /// What waits at a limit of spending, named as the store does.
    [[nodiscard]] static base::Result<workspace::RunPages> pagesAtLimit(workspace::Workspace &workspace,
                                                                        const QString &account);
    /// Waiting pages of no documents: those of every document that waits.
    [[nodiscard]] base::Result<workspace::RunPages> resolved(const workspace::RunPages &pages) const;
    /// Of every model that can be chosen at all. Empty when no page is meant.
    [[nodiscard]] base::Result<RunPrices> prices(const workspace::RunPages &pages,
                                                 const base::CancelToken &cancel) const;
    /// Everything the Estimate dialog says of this model and of some others beside it.
    [[nodiscard]] base::Result<EstimateView>
    estimate(const workspace::RunPages &pages, const QString &modelId, const base::CancelToken &cancel) const;
    /// How the trial stands now.
    [[nodiscard]] base::Result<TrialView> trial(const TrialView &view) const;

private:
    using Estimates = QHash<QString, models::Estimate>;
    [[nodiscard]] base::Result<Estimates> estimates(const workspace::RunPages &pages,
                                                    const QVector<ModelChoice> &choices,
                                                    const base::CancelToken &cancel) const;
    [[nodiscard]] base::Status addBudgets(store::Connection &reader, EstimateView &view) const;

    workspace::Workspace &m_workspace;
    const base::Clock &m_clock;
};

/// What a run costs with this model. Nothing estimated: what asks no money is free, and of all else the price
/// is unknown. Pure.
[[nodiscard]] EstimateOption estimateOption(const ModelChoice &choice, const models::Estimate *estimate);

/// Those that stand beside the chosen one: two that the user likes, used last, or that are the cheapest of
/// those that can do as much; and what asks nobody. Pure.
[[nodiscard]] QVector<EstimateOption> optionsBeside(const EstimateOption &chosen,
                                                    const QVector<EstimateOption> &all);

} // namespace lectern::presentation
