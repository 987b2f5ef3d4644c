// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/BudgetsPage.h"

#include "ui/forms/BudgetsForm.h"

#include <QVBoxLayout>

namespace lectern::ui {

BudgetsPage::BudgetsPage(QWidget *parent)
    : SettingsPage(
          tr("Budgets"),
          tr("At a limit, work waits with nothing lost, and Lectern says so. No request is sent that "
             "could cost more than what is left."),
          parent),
      m_form(new BudgetsForm(content()))
{
    setObjectName(QStringLiteral("budgetsPage"));
    setResettable(true);
    body().addWidget(m_form);
    body().addStretch(1);
    connect(m_form, &BudgetsForm::committed, this, &BudgetsPage::budgetsChanged);
    connect(this, &SettingsPage::resetRequested, this, [this] {
        m_form->setBudgets({});
        Q_EMIT budgetsChanged({});
    });
}

void BudgetsPage::setBudgets(const presentation::Budgets &budgets)
{
    m_form->setBudgets(budgets);
}

} // namespace lectern::ui
