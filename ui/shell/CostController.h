// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "presentation/CostDesk.h"

#include <QObject>
#include <QString>

#include <functional>

namespace lectern::ui {

class CostsView;
class CostToday;
class JobDetail;
class ModelController;

/// Brings what is spent to the window: the Costs view, today's sum, the panel of a run. Shows what ModelDesk
/// knows and passes on what is asked. GUI thread.
class CostController final : public QObject {
    Q_OBJECT

public:
    /// All of it outlives this.
    CostController(presentation::WorkspaceClient &client, ModelController &models, const base::Clock &clock,
                   QObject *parent);

    // The parts of the window that show something of it.
    void setCostsView(CostsView &view);
    void setCostToday(CostToday &today);
    void setJobDetail(JobDetail &detail);

    /// Reads what the Costs view shows.
    void showCosts();
    /// The file that the costs are written to is the person's choice.
    void setFileChooser(std::function<QString()> chooser) { m_chooseFile = std::move(chooser); }

Q_SIGNALS:
    void said(const QString &text);
    void failed(const lectern::base::Error &error, const QString &what);
    void runsChanged(const lectern::presentation::RunCosts &runs);

private:
    void showMoney();
    void showRuns();
    /// The limit at which the run waits; empty: it does not.
    [[nodiscard]] QString accountOf(qint64 run) const;

    ModelController &m_models;
    presentation::CostDesk m_desk;
    const base::Clock &m_clock;
    std::function<QString()> m_chooseFile;
    CostsView *m_costs = nullptr;
    CostToday *m_today = nullptr;
    JobDetail *m_job = nullptr;
};

} // namespace lectern::ui
