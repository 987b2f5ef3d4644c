// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/BudgetsForm.h"

#include "ui/forms/MoneyField.h"
#include "ui/forms/NoteBox.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/SectionLabel.h"

#include <QGridLayout>
#include <QVBoxLayout>

namespace lectern::ui {

using presentation::Budgets;
using presentation::BudgetText;

namespace {

constexpr int kFieldWidth = 160;

} // namespace

BudgetsForm::BudgetsForm(QWidget *parent) : QWidget(parent), m_note(new NoteBox(this))
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(metrics::kPaneMargin);
    grid->setVerticalSpacing(metrics::kPaneMargin);
    grid->setColumnStretch(2, 1);
    m_day = addRow(*grid, tr("A &day"), tr("Work waits until midnight."), QStringLiteral("budgetDayField"));
    m_month = addRow(*grid, tr("A &month"), tr("Work waits until the first of the next one."),
                     QStringLiteral("budgetMonthField"));
    m_workspace = addRow(*grid, tr("This &library, in all"), tr("Work waits until you raise it."),
                         QStringLiteral("budgetWorkspaceField"));
    m_run = addRow(*grid, tr("A &run"), tr("Filled in as the cap of every new run."),
                   QStringLiteral("budgetRunField"));
    m_ask = addRow(*grid, tr("&Ask before runs from"), tr("Cheaper ones start at once. 0 always asks."),
                   QStringLiteral("budgetAskField"));
    m_run->setEmptyMeaning(tr("No cap"));
    for (MoneyField *field : {m_day, m_month, m_workspace})
        field->setEmptyMeaning(tr("No limit"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kPaneMargin);
    layout->addLayout(grid);
    layout->addWidget(m_note);
    m_note->setObjectName(QStringLiteral("budgetNote"));
    for (MoneyField *field : {m_day, m_month, m_workspace, m_run, m_ask}) {
        connect(field, &MoneyField::moneyEdited, this, [this] {
            updateNote();
            Q_EMIT edited();
        });
        connect(field, &MoneyField::committed, this, [this] {
            if (isUsable())
                Q_EMIT committed(budgets());
        });
    }
    setBudgets({});
}

MoneyField *BudgetsForm::addRow(QGridLayout &grid, const QString &label, const QString &hint,
                                const QString &name)
{
    const int row = grid.rowCount();
    auto *title = new SectionLabel(label, SectionLabel::Level::Body, this);
    auto *field = new MoneyField(this);
    field->setObjectName(name);
    field->setFixedWidth(kFieldWidth);
    field->setAccessibleName(QString(label).remove(QLatin1Char('&')));
    title->setBuddy(field);
    auto *note = new SectionLabel(hint, SectionLabel::Level::Secondary, this);
    note->setWordWrap(true);
    grid.addWidget(title, row, 0);
    grid.addWidget(field, row, 1);
    grid.addWidget(note, row, 2);
    return field;
}

void BudgetsForm::setBudgets(const Budgets &budgets)
{
    m_given = budgets;
    m_day->setMoney(budgets.day);
    m_month->setMoney(budgets.month);
    m_workspace->setMoney(budgets.workspace);
    m_run->setMoney(budgets.run);
    m_ask->setMoney(budgets.askFrom);
    updateNote();
}

Budgets BudgetsForm::budgets() const
{
    Budgets budgets = m_given;
    const auto read = [](const MoneyField &field, std::optional<domain::Money> &value) {
        if (field.isUsable())
            value = field.money();
    };
    read(*m_day, budgets.day);
    read(*m_month, budgets.month);
    read(*m_workspace, budgets.workspace);
    read(*m_run, budgets.run);
    budgets.askFrom = m_ask->money().value_or(m_given.askFrom);
    return budgets;
}

bool BudgetsForm::isUsable() const
{
    for (const MoneyField *field : {m_day, m_month, m_workspace, m_run, m_ask}) {
        if (!field->isUsable())
            return false;
    }
    return true;
}

void BudgetsForm::focusFirst()
{
    m_day->setFocus(Qt::OtherFocusReason);
    m_day->selectAll();
}

void BudgetsForm::updateNote()
{
    for (const MoneyField *field : {m_day, m_month, m_workspace, m_run, m_ask}) {
        if (!field->isUsable()) {
            m_note->setNote(
                NoteBox::Kind::Error,
                tr("%1: %2", "field: what is wrong").arg(field->accessibleName(), field->obstacle()));
            return;
        }
    }
    m_note->setNote(NoteBox::Kind::Warning, BudgetText::contradiction(budgets()));
}

} // namespace lectern::ui
