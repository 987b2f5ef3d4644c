// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/Budgets.h"

#include <QDialog>

class QPushButton;

namespace lectern::ui {

class MoneyField;
class SectionLabel;

/// What a run may spend, raised or taken away. The default button is Cancel: Return never spends. GUI thread.
/// objectName "capDialog".
class CapDialog final : public QDialog {
    Q_OBJECT

public:
    explicit CapDialog(const presentation::BudgetHold &hold, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Nothing: no cap any more. The dialog has closed.
    void capChosen(std::optional<lectern::domain::Money> cap);

private:
    void updateButton();

    presentation::BudgetHold m_hold;
    MoneyField *m_field;
    SectionLabel *m_note;
    QPushButton *m_raise;
};

} // namespace lectern::ui
