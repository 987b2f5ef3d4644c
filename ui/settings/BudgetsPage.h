// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/Budgets.h"
#include "ui/settings/SettingsPage.h"

namespace lectern::ui {

class BudgetsForm;

/// "Budgets": the limits of what may be spent. Each applies when its field is left.
class BudgetsPage final : public SettingsPage {
    Q_OBJECT

public:
    explicit BudgetsPage(QWidget *parent = nullptr);
    void setBudgets(const presentation::Budgets &budgets);

Q_SIGNALS:
    void budgetsChanged(const lectern::presentation::Budgets &budgets);

private:
    BudgetsForm *m_form;
};

} // namespace lectern::ui
