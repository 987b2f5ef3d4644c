// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/Budgets.h"

#include <QWidget>

namespace lectern::ui {

class ElidedLabel;
class SectionLabel;
class TwoFillProgressBar;

/// What was spent of one limit: period, amounts, and a bar whose solid part is spent and whose pale part is
/// reserved. Without a limit it says so, and shows no bar.
class BudgetBar final : public QWidget {
    Q_OBJECT

public:
    explicit BudgetBar(presentation::BudgetScope scope, QWidget *parent = nullptr);
    void setUse(const presentation::BudgetUse &use);

private:
    presentation::BudgetScope m_scope;
    SectionLabel *m_period;
    SectionLabel *m_amount;
    ElidedLabel *m_rest;
    TwoFillProgressBar *m_bar;
};

} // namespace lectern::ui
