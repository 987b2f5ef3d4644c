// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/JobDetail.h"

#include "ui/costs/CostPanel.h"
#include "ui/rows/LogPanel.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/Card.h"

#include <QVBoxLayout>

namespace lectern::ui {

JobDetail::JobDetail(presentation::LibraryFeed &feed, QWidget *parent)
    : QWidget(parent), m_costBox(new QWidget(this)), m_costs(new CostPanel(this)),
      m_log(new LogPanel(feed, this))
{
    setObjectName(QStringLiteral("jobDetail"));
    setAccessibleName(tr("Details"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *card = new Card(m_costBox);
    auto *inner = new QVBoxLayout(card);
    inner->setContentsMargins(metrics::kPaneMargin, metrics::kGap, metrics::kPaneMargin,
                              metrics::kPaneMargin);
    inner->addWidget(m_costs);
    auto *box = new QVBoxLayout(m_costBox);
    box->setContentsMargins(metrics::kPaneMargin, metrics::kPaneMargin, metrics::kPaneMargin, 0);
    box->addWidget(card);
    m_costBox->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_costBox->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kGap);
    layout->addWidget(m_costBox);
    layout->addWidget(m_log, 1);
    connect(m_log, &LogPanel::copyRequested, this, &JobDetail::copyRequested);
}

void JobDetail::setDocument(domain::DocumentId document, qint64 run)
{
    m_log->setDocument(document);
    if (run == m_run)
        return;
    m_run = run;
    Q_EMIT runWanted(run);
    showRun();
}

void JobDetail::setRuns(const presentation::RunCosts &runs, qint64 nowMs)
{
    m_runs = runs;
    m_nowMs = nowMs;
    showRun();
}

void JobDetail::showRun()
{
    const auto shown = m_run != 0              ? m_runs.find(m_run)
                       : m_runs.live.isEmpty() ? std::nullopt
                                               : std::optional(m_runs.live.constFirst());
    if (shown)
        m_costs->setRun(*shown, m_nowMs);
    m_costBox->setVisible(shown.has_value());
}

} // namespace lectern::ui
