// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "presentation/CostSummary.h"
#include "presentation/Details.h"
#include "presentation/RunCost.h"
#include "store/UsageReport.h"

#include <QSet>
#include <QString>
#include <QVector>

namespace lectern::store {
class Connection;
struct RunStanding;
} // namespace lectern::store

namespace lectern::workspace {
class Workspace;
} // namespace lectern::workspace

namespace lectern::presentation {

/// Puts together what the window shows of money that was spent. On a thread of WorkspaceClient.
class CostReader {
public:
    /// More lines than these are one: a table of a hundred thousand documents helps nobody.
    static constexpr int kMostRows = 1'000;

    CostReader(workspace::Workspace &workspace, const base::Clock &clock)
        : m_workspace(workspace), m_clock(clock)
    {
    }

    [[nodiscard]] base::Result<CostSummary> costs(const CostQuery &query) const;
    /// What goes on, and `watched` (0: none) whether it does or not.
    [[nodiscard]] base::Result<RunCosts> runs(qint64 watched) const;
    /// What stands behind "Prices of …": whose they are, of when, and how many.
    [[nodiscard]] base::Result<QVector<Fact>> prices() const;
    /// Every request as comma-separated values: UTF-8 with its mark, amounts as exact decimals, and no cell
    /// that a spreadsheet would take for a formula. Errors: ReadOnly.
    [[nodiscard]] base::Status exportTo(const QString &path) const;

private:
    [[nodiscard]] QDate today() const;
    [[nodiscard]] base::Result<QSet<QString>> localEndpoints() const;
    [[nodiscard]] base::Result<RunCost> run(store::Connection &reader, domain::RunId id) const;
    [[nodiscard]] base::Status addWait(store::Connection &reader, const QString &endpoint,
                                       RunCost &cost) const;

    workspace::Workspace &m_workspace;
    const base::Clock &m_clock;
};

} // namespace lectern::presentation
