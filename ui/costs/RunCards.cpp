// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/costs/RunCards.h"

#include "ui/costs/CostPanel.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/Card.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace lectern::ui {

RunCards::RunCards(QWidget *parent) : QWidget(parent), m_more(new QPushButton(this))
{
    setObjectName(QStringLiteral("runCards"));
    setAccessibleName(tr("Runs that go on"));
    m_more->setObjectName(QStringLiteral("moreRunsButton"));
    setButtonKind(*m_more, ButtonKind::Link);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::kPaneMargin, 0, metrics::kPaneMargin, 0);
    row->setSpacing(metrics::kPaneMargin);
    for (int place = 0; place < kMost; ++place) {
        auto *card = new Card(this);
        auto *panel = new CostPanel(card, CostPanel::Form::Compact);
        auto *inner = new QVBoxLayout(card);
        inner->setContentsMargins(metrics::kPaneMargin, metrics::kGap, metrics::kPaneMargin,
                                  metrics::kPaneMargin);
        inner->addWidget(panel);
        inner->addStretch(1);
        row->addWidget(card, 1);
        connect(panel, &CostPanel::capRequested, this, &RunCards::capRequested);
        connect(panel, &CostPanel::cheaperModelRequested, this, &RunCards::cheaperModelRequested);
        m_places.append({card, panel});
    }
    row->addWidget(m_more, 0, Qt::AlignVCenter);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(m_more, &QPushButton::clicked, this, &RunCards::jobsRequested);
    hide();
}

void RunCards::setRuns(const QVector<presentation::RunCost> &runs, qint64 nowMs)
{
    for (int place = 0; place < kMost; ++place) {
        const bool used = place < runs.size();
        if (used)
            m_places.at(place).panel->setRun(runs.at(place), nowMs);
        m_places.at(place).card->setVisible(used);
    }
    const int more = static_cast<int>(runs.size()) - kMost;
    m_more->setText(tr("%Ln more", nullptr, qMax(0, more)));
    m_more->setAccessibleName(tr("%Ln more runs: show the jobs", nullptr, qMax(0, more)));
    m_more->setVisible(more > 0);
    setVisible(!runs.isEmpty());
}

} // namespace lectern::ui
