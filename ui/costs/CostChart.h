// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/CostSummary.h"

#include <QChartView>
#include <QDate>
#include <QStringList>

namespace lectern::ui {

/// What was spent per day, week or month, stacked by model. Follows the theme and stands still; the table
/// beside it holds the same numbers, and its accessible description says them in words. GUI thread.
/// objectName "costChart".
class CostChart final : public QChartView {
    Q_OBJECT

public:
    enum class Period { Day, Week, Month };
    static constexpr int kMostModels = 5; ///< the others are one part
    static constexpr int kMostDays = 31;  ///< the latest ones
    static constexpr int kMostWeeks = 26;
    static constexpr int kMostMonths = 24;

    explicit CostChart(QWidget *parent = nullptr);
    /// Any order of days; days between them without spending are filled in, and with `today` a few before,
    /// since a single day would be one huge bar.
    void setDays(const QVector<presentation::CostDay> &days, QDate today = {});
    void setPeriod(Period period);
    [[nodiscard]] Period period() const { return m_period; }
    /// The parts of the bars, lowest first, as the legend names them.
    [[nodiscard]] const QStringList &models() const { return m_models; }
    [[nodiscard]] int barCount() const { return static_cast<int>(m_bars.size()); }
    /// The first day of what a bar stands for.
    [[nodiscard]] QDate barStart(int bar) const { return m_bars.value(bar); }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void rebuild();
    void nameModels();
    /// The bars from the first with spending to today.
    void layOutBars();
    [[nodiscard]] QStringList labels() const;
    void addAxes(QAbstractSeries &series, double highest);
    void applyTheme();
    void showTip(bool shown, int bar, int model);
    [[nodiscard]] QDate startOf(QDate day) const;
    [[nodiscard]] QDate later(QDate start, int periods) const;
    /// Which part of its bar a model is; the last is all that have none of their own.
    /// How many lines the scale has room for.
    [[nodiscard]] int mostLines() const;
    [[nodiscard]] int partOf(const QString &model) const;

    QVector<presentation::CostDay> m_days;
    QDate m_today;
    Period m_period = Period::Day;
    QStringList m_models;
    bool m_hasRest = false; ///< the last of them is all others together
    QVector<QDate> m_bars;
    int m_lines = 0;
    bool m_applying = false;
};

} // namespace lectern::ui
