// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/costs/CostToday.h"

#include "ui/style/ButtonKind.h"
#include "ui/style/IconSet.h"

namespace lectern::ui {

using presentation::BudgetScope;
using presentation::BudgetText;

CostToday::CostToday(QWidget *parent) : QPushButton(parent)
{
    setObjectName(QStringLiteral("costToday"));
    setButtonKind(*this, ButtonKind::Flat);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setUse({});
}

void CostToday::setUse(const presentation::BudgetUse &today)
{
    setText(BudgetText::statusToday(today));
    setAccessibleName(BudgetText::spokenUse(BudgetScope::Day, today));
    // A reached budget is no news here, but it is seen: an icon, and the banner says the rest.
    setIcon(today.isReached() ? IconSet::icon(Glyph::Waiting, Tone::Waiting) : QIcon());
    setToolTip(today.isReached() ? tr("Daily budget reached: work waits") : tr("Show the costs"));
    setVisible(today.limit.has_value() || !today.spent.isZero());
}

} // namespace lectern::ui
