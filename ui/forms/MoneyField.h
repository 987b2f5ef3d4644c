// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Money.h"

#include <QLineEdit>

#include <optional>

class QAction;

namespace lectern::ui {

/// A field for one exact amount of money, with the sign of the currency before it. Says in words what is
/// wrong with what was typed, and never guesses. Return commits and goes no further, so that it can't press a
/// button that spends. GUI thread.
class MoneyField final : public QLineEdit {
    Q_OBJECT

public:
    explicit MoneyField(QWidget *parent = nullptr);
    /// Nothing empties the field. What a person typed stays as it is while it means the same amount.
    void setMoney(std::optional<domain::Money> money);
    /// Nothing when it is empty or can't be read.
    [[nodiscard]] std::optional<domain::Money> money() const;
    /// Whether an empty field has a meaning, and which: the placeholder says it ("No limit").
    void setEmptyMeaning(const QString &meaning);
    [[nodiscard]] bool isUsable() const { return obstacle().isEmpty(); }
    /// What is wrong, in words; empty when nothing is.
    [[nodiscard]] QString obstacle() const;

Q_SIGNALS:
    /// What it says has changed, for good or bad.
    void moneyEdited();
    /// Editing ended with an amount that can be used, and differs from the last one.
    void committed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void commit();
    void updateLook();
    void updateMargins();

    QAction *m_warning;
    QString m_emptyMeaning;
    std::optional<domain::Money> m_committed;
};

} // namespace lectern::ui
