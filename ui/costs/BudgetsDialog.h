// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/Budgets.h"

#include <QDialog>

class QPushButton;

namespace lectern::ui {

class BudgetsForm;

/// The limits of what may be spent. Raising one lets waiting work go on, so the default button is Cancel.
/// GUI thread. objectName "budgetsDialog".
class BudgetsDialog final : public QDialog {
    Q_OBJECT

public:
    explicit BudgetsDialog(const presentation::Budgets &budgets, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Save was pressed; the dialog has closed.
    void saved(const lectern::presentation::Budgets &budgets);

private:
    BudgetsForm *m_form;
    QPushButton *m_save;
};

} // namespace lectern::ui
