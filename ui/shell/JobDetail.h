// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"
#include "presentation/RunCost.h"

#include <QWidget>

namespace lectern::presentation {
class LibraryFeed;
}

namespace lectern::ui {

class CostPanel;
class LogPanel;

/// Beside the Jobs view: what the run of the chosen job costs, and the log of its document. Where none is
/// chosen, the newest run that goes on. GUI thread. objectName "jobDetail".
class JobDetail final : public QWidget {
    Q_OBJECT

public:
    explicit JobDetail(presentation::LibraryFeed &feed, QWidget *parent = nullptr);
    /// Of a document and the run it belongs to; 0: none is chosen.
    void setDocument(domain::DocumentId document, qint64 run);
    void setRuns(const presentation::RunCosts &runs, qint64 nowMs);
    [[nodiscard]] CostPanel &costs() { return *m_costs; }

Q_SIGNALS:
    void copyRequested(const QString &text);
    /// setRuns() is to bring this run; 0: those that go on are enough.
    void runWanted(qint64 run);

private:
    void showRun();

    presentation::RunCosts m_runs;
    qint64 m_run = 0;
    qint64 m_nowMs = 0;
    QWidget *m_costBox;
    CostPanel *m_costs;
    LogPanel *m_log;
};

} // namespace lectern::ui
