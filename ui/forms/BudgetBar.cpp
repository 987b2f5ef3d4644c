// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/BudgetBar.h"

#include "presentation/MoneyText.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/SectionLabel.h"
#include "ui/widgets/TwoFillProgressBar.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace lectern::ui {

using presentation::BudgetText;
using presentation::MoneyText;

namespace {

/// A bar multiplies its numbers by its width: millionths of a dollar leave room for that.
constexpr qint64 kStep = domain::Money::kPicoPerDollar / 1'000'000;

} // namespace

BudgetBar::BudgetBar(presentation::BudgetScope scope, QWidget *parent)
    : QWidget(parent), m_scope(scope),
      m_period(new SectionLabel(BudgetText::period(scope), SectionLabel::Level::Secondary, this)),
      m_amount(new SectionLabel(QString(), SectionLabel::Level::Title, this)),
      m_rest(new ElidedLabel(QString(), this)), m_bar(new TwoFillProgressBar(this))
{
    m_rest->setTone(Tone::Quiet);
    m_rest->setFont(metrics::secondaryFont(font()));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kInner);
    layout->addWidget(m_period);
    layout->addWidget(m_amount);
    layout->addWidget(m_bar);
    layout->addWidget(m_rest);
    layout->addStretch(1);
    setUse({});
}

void BudgetBar::setUse(const presentation::BudgetUse &use)
{
    const QString words = BudgetText::spokenUse(m_scope, use);
    setAccessibleName(words);
    m_bar->setAccessibleName(words);
    m_amount->setText(BudgetText::use(use));
    m_bar->setVisible(use.limit.has_value());
    if (!use.limit) {
        m_rest->setText(tr("No limit"));
        return;
    }
    TwoFillProgressPainter::State state;
    state.stored = use.spent.picodollars / kStep;
    state.ahead = use.reserved.picodollars / kStep;
    state.total = std::max<qint64>(1, use.limit->picodollars / kStep);
    state.failed = use.isReached();
    m_bar->setState(state);
    const QString left = MoneyText::amount(use.left().value_or(domain::Money{}));
    if (use.isReached())
        m_rest->setText(tr("Reached: work waits"));
    else if (!use.reserved.isZero())
        m_rest->setText(tr("%1 left, %2 reserved").arg(left, MoneyText::amount(use.reserved)));
    else
        m_rest->setText(tr("%1 left").arg(left));
}

} // namespace lectern::ui
