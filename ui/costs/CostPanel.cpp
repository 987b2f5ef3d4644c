// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/costs/CostPanel.h"

#include "presentation/MoneyText.h"
#include "ui/forms/NoteBox.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/SectionLabel.h"
#include "ui/widgets/TwoFillProgressBar.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace lectern::ui {

using presentation::CostText;
using presentation::RunCost;

namespace {

/// A bar multiplies its numbers by its width: millionths of a dollar leave room for that.
constexpr qint64 kStep = domain::Money::kPicoPerDollar / 1'000'000;

} // namespace

CostPanel::CostPanel(QWidget *parent)
    : QFrame(parent), m_name(new ElidedLabel(QString(), this)),
      m_money(new SectionLabel(QString(), SectionLabel::Level::Title, this)),
      m_bar(new TwoFillProgressBar(this)),
      m_cap(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)),
      m_facts(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)), m_held(new NoteBox(this)),
      m_raise(new QPushButton(tr("Raise…"), this)),
      m_cheaper(new QPushButton(tr("Use a cheaper model…"), this)),
      m_more(new QPushButton(tr("All costs"), this))
{
    setObjectName(QStringLiteral("costPanel"));
    setFrameShape(NoFrame);
    m_money->setObjectName(QStringLiteral("runMoney"));
    m_money->setWordWrap(true);
    m_cap->setObjectName(QStringLiteral("runCap"));
    m_facts->setObjectName(QStringLiteral("runFacts"));
    m_facts->setWordWrap(true);
    m_held->setObjectName(QStringLiteral("runHeld"));
    m_raise->setObjectName(QStringLiteral("raiseCapButton"));
    m_cheaper->setObjectName(QStringLiteral("cheaperModelButton"));
    m_more->setObjectName(QStringLiteral("allCostsButton"));
    m_name->setElideMode(Qt::ElideMiddle);
    setButtonKind(*m_more, ButtonKind::Link);
    auto *ways = new QHBoxLayout;
    ways->setSpacing(metrics::kGap);
    ways->addWidget(m_raise);
    ways->addWidget(m_cheaper);
    ways->addStretch(1);
    m_held->below().addLayout(ways);

    auto *head = new QHBoxLayout;
    head->addWidget(m_name, 1);
    head->addWidget(m_more);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kInner + 2);
    layout->addLayout(head);
    layout->addWidget(m_money);
    layout->addWidget(m_bar);
    layout->addWidget(m_cap);
    layout->addWidget(m_facts);
    layout->addWidget(m_held);
    connect(m_raise, &QPushButton::clicked, this, [this] { Q_EMIT capRequested(m_run); });
    connect(m_cheaper, &QPushButton::clicked, this, [this] { Q_EMIT cheaperModelRequested(m_run); });
    connect(m_more, &QPushButton::clicked, this, &CostPanel::costsRequested);
}

void CostPanel::setRun(const RunCost &run, qint64 nowMs)
{
    m_run = run.id;
    const QString spoken = CostText::spokenRun(run);
    setAccessibleName(spoken);
    m_name->setText(run.model.isEmpty() ? run.name : tr("%1 · %2", "run, model").arg(run.name, run.model));
    m_money->setText(CostText::run(run));
    m_cap->setText(CostText::runCap(run));
    m_cap->setVisible(!m_cap->text().isEmpty());
    m_facts->setText(CostText::runFacts(run));
    // Against the cap, since that is what stops it; without one, against the estimate.
    const domain::Money whole = run.money.limit.value_or(run.estimateHigh);
    m_bar->setVisible(!run.free && !whole.isZero());
    m_bar->setAccessibleName(spoken);
    TwoFillProgressPainter::State state;
    state.stored = run.money.spent.picodollars / kStep;
    state.ahead = run.money.reserved.picodollars / kStep;
    state.total = std::max<qint64>(1, whole.picodollars / kStep);
    state.active = !run.held;
    m_bar->setState(state);
    m_bar->setToolTip(run.money.reserved.isZero()
                          ? QString()
                          : tr("%1 is reserved for requests under way")
                                .arg(presentation::MoneyText::amount(run.money.reserved)));
    m_held->setNote(NoteBox::Kind::Warning, CostText::runHeld(run, nowMs), true);
}

} // namespace lectern::ui
