// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/Budgets.h"

#include <QWidget>

class QGridLayout;

namespace lectern::ui {

class MoneyField;
class NoteBox;
class SectionLabel;

/// The limits of what may be spent, for the Budgets dialog and the settings. Fields: "budgetDayField",
/// "budgetMonthField", "budgetWorkspaceField", "budgetRunField", "budgetAskField".
class BudgetsForm final : public QWidget {
    Q_OBJECT

public:
    explicit BudgetsForm(QWidget *parent = nullptr);
    void setBudgets(const presentation::Budgets &budgets);
    /// What the fields say; one that can't be read keeps the value it was given.
    [[nodiscard]] presentation::Budgets budgets() const;
    [[nodiscard]] bool isUsable() const;
    void focusFirst();

Q_SIGNALS:
    /// Something was typed: ask isUsable() again.
    void edited();
    /// One field was left with a new amount that can be used, and all others can be too.
    void committed(const lectern::presentation::Budgets &budgets);

private:
    MoneyField *addRow(QGridLayout &grid, const QString &label, const QString &hint, const QString &name);
    void updateNote();

    presentation::Budgets m_given;
    MoneyField *m_day;
    MoneyField *m_month;
    MoneyField *m_workspace;
    MoneyField *m_run;
    MoneyField *m_ask;
    NoteBox *m_note;
};

} // namespace lectern::ui
