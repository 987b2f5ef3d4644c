// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/CostSummary.h"

#include <QChartView>
#include <QStringList>

namespace lectern::ui {

/// What was spent per day, stacked by model. Follows the theme and stands still; the table beside it holds
/// the same numbers, and its accessible description says them in words. GUI thread. objectName "costChart".
class CostChart final : public QChartView {
    Q_OBJECT

public:
    static constexpr int kMostModels = 5; ///< the others are one part
    static constexpr int kMostDays = 31;  ///< the latest ones

    explicit CostChart(QWidget *parent = nullptr);
    /// Any order of days; days between them without spending are filled in.
    void setDays(const QVector<presentation::CostDay> &days);
    /// The parts of the bars, lowest first, as the legend names them.
    [[nodiscard]] const QStringList &models() const { return m_models; }
    [[nodiscard]] int dayCount() const { return m_dayCount; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void rebuild();
    void applyTheme();
    void showTip(bool shown, int day, int model);

    QVector<presentation::CostDay> m_days;
    QStringList m_models;
    int m_dayCount = 0;
    bool m_applying = false;
};

} // namespace lectern::ui
