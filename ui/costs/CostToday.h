// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/Budgets.h"

#include <QPushButton>

namespace lectern::ui {

/// What was spent today, for the status bar; a click asks for the Costs view. Hidden while nothing was spent
/// and nothing is limited. objectName "costToday".
class CostToday final : public QPushButton {
    Q_OBJECT

public:
    explicit CostToday(QWidget *parent = nullptr);
    void setUse(const presentation::BudgetUse &today);
};

} // namespace lectern::ui
