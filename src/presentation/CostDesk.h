// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Error.h"
#include "presentation/CostSummary.h"
#include "presentation/Details.h"
#include "presentation/RunCost.h"

#include <QObject>
#include <QTimer>

namespace lectern::presentation {

class WorkspaceClient;

/// The window's way to what was spent. Lives on the GUI thread and never blocks it: everything is read apart
/// from what may wait for a server (WorkspaceClient::askCosts), and the runs once a second at most.
class CostDesk final : public QObject {
    Q_OBJECT

public:
    CostDesk(WorkspaceClient &client, const base::Clock &clock, QObject *parent = nullptr);

    /// The runs that ask models, and the one that is watched; read anew while work goes on.
    [[nodiscard]] const RunCosts &runs() const { return m_runs; }
    /// Reads this run too, even when it does not go on; 0: none.
    void watchRun(qint64 run);
    /// Reads the runs now: something about them was changed here.
    void refresh();

    void askCosts(const CostQuery &query);
    /// What stands behind the date of the prices.
    void askPrices();
    /// Every request as comma-separated values, UTF-8.
    void exportCosts(const QString &path);

Q_SIGNALS:
    void runsChanged();
    void costsRead(const lectern::presentation::CostSummary &summary);
    void costsFailed(const lectern::base::Error &error);
    void pricesRead(const QVector<lectern::presentation::Fact> &facts);
    void exported(const QString &path);
    /// `what` is what was tried, as a phrase for people.
    void failed(const lectern::base::Error &error, const QString &what);

private:
    WorkspaceClient &m_client;
    const base::Clock &m_clock;
    RunCosts m_runs;
    qint64 m_watchedRun = 0;
    bool m_reading = false; ///< a large ledger is not asked again before it has answered
    QTimer m_timer;
};

} // namespace lectern::presentation
