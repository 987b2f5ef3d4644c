// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/EstimateView.h"

#include <QAbstractButton>

namespace lectern::ui {

/// One model's price for a run, as a card that can be chosen: name, price, time, what is left of the budget.
class OptionCard final : public QAbstractButton {
    Q_OBJECT

public:
    explicit OptionCard(QWidget *parent = nullptr);
    void setOption(const presentation::EstimateOption &option);
    [[nodiscard]] const presentation::EstimateOption &option() const { return m_option; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    presentation::EstimateOption m_option;
};

} // namespace lectern::ui
