// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/costs/BudgetsDialog.h"

#include "ui/forms/BudgetsForm.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/SectionLabel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace lectern::ui {

BudgetsDialog::BudgetsDialog(const presentation::Budgets &budgets, QWidget *parent)
    : QDialog(parent), m_form(new BudgetsForm(this)), m_save(new QPushButton(tr("Save"), this))
{
    setObjectName(QStringLiteral("budgetsDialog"));
    setWindowTitle(tr("Budgets"));
    auto *title = new SectionLabel(tr("What may be spent"), SectionLabel::Level::Title, this);
    auto *hint = new SectionLabel(
        tr("At a limit, work waits with nothing lost, and Lectern says so. No request is sent that could "
           "cost more than what is left."),
        SectionLabel::Level::Secondary, this);
    hint->setWordWrap(true);
    m_form->setBudgets(budgets);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelButton"));
    cancel->setDefault(true);
    m_save->setObjectName(QStringLiteral("saveBudgetsButton"));
    setButtonKind(*m_save, ButtonKind::Primary);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_save);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kDialogMargin, metrics::kDialogMargin, metrics::kDialogMargin,
                               metrics::kDialogMargin);
    layout->setSpacing(metrics::kPaneMargin);
    layout->addWidget(title);
    layout->addWidget(hint);
    layout->addWidget(m_form);
    layout->addStretch(1);
    layout->addLayout(buttons);
    resize(metrics::scaled(620, fontMetrics()), sizeHint().height());
    connect(m_form, &BudgetsForm::edited, this, [this] { m_save->setEnabled(m_form->isUsable()); });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT saved(m_form->budgets());
    });
    m_form->focusFirst();
}

} // namespace lectern::ui
