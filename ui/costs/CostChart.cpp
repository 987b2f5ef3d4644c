// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/costs/CostChart.h"

#include "presentation/CostText.h"
#include "presentation/MoneyText.h"
#include "ui/style/Metrics.h"
#include "ui/style/Theme.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QCursor>
#include <QEvent>
#include <QFontMetrics>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLegendMarker>
#include <QLocale>
#include <QMap>
#include <QStackedBarSeries>
#include <QToolTip>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace lectern::ui {

using presentation::CostDay;
using presentation::CostText;
using presentation::MoneyText;

namespace {

/// For the height of a bar only: what is written beside it stays exact.
double barHeight(domain::Money money)
{
    return static_cast<double>(money.picodollars) / static_cast<double>(domain::Money::kPicoPerDollar);
}

/// Colours of the parts: the accent, then hues turned away from it, all equally strong in their theme.
QColor partColor(const Theme &theme, int part, bool rest)
{
    if (rest)
        return theme.mark;
    constexpr int kTurns[] = {0, 182, 67, 317, 267}; // no red: nothing here has failed
    const QColor base = theme.running;
    const int hue = (base.hslHue() + kTurns[part % 5]) % 360;
    return QColor::fromHsl(hue, theme.dark ? 130 : 140, theme.dark ? 165 : 105);
}

constexpr double kLeastShown = 1e-6; ///< dollars that the scale reaches at least
constexpr QChar kInvisible(0x200B);

/// "Nov 2026", "Oct 2026 – Nov 2026".
QString monthsOf(const QDate &first, const QDate &last)
{
    const QString format = QStringLiteral("MMM yyyy");
    const QString from = QLocale().toString(first, format);
    const QString to = QLocale().toString(last, format);
    return from == to ? to : CostChart::tr("%1 – %2", "first and last month").arg(from, to);
}

/// A round number of dollars between two lines of the grid: 1, 2 or 5 times a power of ten.
double niceStep(double highest, int lines)
{
    const double rough = highest / lines;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (rough <= factor * power)
            return factor * power;
    }
    return 10 * power;
}

int decimalsOf(double step)
{
    const int needed = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
    return needed == 1 ? 2 : needed; // cents come in pairs
}

} // namespace

CostChart::CostChart(QWidget *parent) : QChartView(parent)
{
    setObjectName(QStringLiteral("costChart"));
    setAccessibleName(tr("Spending over time, by model"));
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::NoFocus); // the table below is the way of the keyboard
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->setBackgroundVisible(false);
    chart()->setMargins(QMargins(0, 0, 0, 0));
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->legend()->setAlignment(Qt::AlignTop);
    chart()->legend()->setMarkerShape(QLegend::MarkerShapeRectangle);
    chart()->setLocalizeNumbers(true);
    applyTheme();
}

QSize CostChart::sizeHint() const
{
    return {480, metrics::scaled(220, fontMetrics())};
}

void CostChart::setDays(const QVector<CostDay> &days, QDate today)
{
    if (days == m_days && today == m_today && !m_models.isEmpty())
        return;
    m_days = days;
    m_today = today;
    setAccessibleDescription(CostText::chart(days));
    rebuild();
}

void CostChart::setPeriod(Period period)
{
    if (period == m_period)
        return;
    m_period = period;
    rebuild();
}

QDate CostChart::startOf(QDate day) const
{
    switch (m_period) {
    case Period::Week: {
        const int from = (day.dayOfWeek() - static_cast<int>(QLocale().firstDayOfWeek()) + 7) % 7;
        return day.addDays(-from);
    }
    case Period::Month:
        return {day.year(), day.month(), 1};
    case Period::Day:
        break;
    }
    return day;
}

QDate CostChart::later(QDate start, int periods) const
{
    return m_period == Period::Month ? start.addMonths(periods)
                                     : start.addDays(periods * (m_period == Period::Week ? 7 : 1));
}

void CostChart::nameModels()
{
    QMap<QString, domain::Money> byModel;
    for (const CostDay &day : std::as_const(m_days))
        byModel[day.model] += day.spent;
    m_models = byModel.keys();
    std::stable_sort(m_models.begin(), m_models.end(), [&byModel](const auto &one, const auto &other) {
        return byModel.value(one) > byModel.value(other);
    });
    m_hasRest = m_models.size() > kMostModels;
    if (m_hasRest)
        m_models = m_models.mid(0, kMostModels - 1) + QStringList{tr("Other models")};
}

int CostChart::partOf(const QString &model) const
{
    const auto named = m_models.size() - (m_hasRest ? 1 : 0);
    const auto place = m_models.indexOf(model);
    return static_cast<int>(place >= 0 && place < named ? place : m_models.size() - 1);
}

void CostChart::layOutBars()
{
    m_bars.clear();
    if (m_days.isEmpty())
        return;
    const auto [earliest, latest] =
        std::minmax_element(m_days.cbegin(), m_days.cend(),
                            [](const CostDay &one, const CostDay &other) { return one.day < other.day; });
    const QDate last = startOf(m_today.isValid() ? std::max(latest->day, m_today) : latest->day);
    const int most = m_period == Period::Day    ? kMostDays
                     : m_period == Period::Week ? kMostWeeks
                                                : kMostMonths;
    const int fewest = m_period == Period::Day ? 14 : m_period == Period::Week ? 8 : 6;
    QDate first = std::max(startOf(earliest->day), later(last, 1 - most));
    if (m_today.isValid())
        first = std::min(first, later(last, 1 - fewest));
    for (QDate start = first; start <= last; start = later(start, 1))
        m_bars.append(start);
}

QStringList CostChart::labels() const
{
    QStringList labels;
    for (const QDate start : m_bars) {
        QString label = m_period == Period::Month ? QLocale().monthName(start.month(), QLocale::ShortFormat)
                                                  : QLocale().toString(start.day());
        // Two bars may share a number, but an axis wants its labels different.
        while (labels.contains(label))
            label += kInvisible;
        labels.append(label);
    }
    return labels;
}

void CostChart::rebuild()
{
    chart()->removeAllSeries();
    for (QAbstractAxis *axis : chart()->axes()) {
        chart()->removeAxis(axis);
        delete axis;
    }
    m_lines = mostLines();
    nameModels();
    layOutBars();
    if (m_bars.isEmpty())
        return;
    QMap<QDate, QVector<domain::Money>> spent;
    for (const QDate start : std::as_const(m_bars))
        spent.insert(start, QVector<domain::Money>(m_models.size()));
    for (const CostDay &day : std::as_const(m_days)) {
        if (const auto bar = spent.find(startOf(day.day)); bar != spent.end())
            (*bar)[partOf(day.model)] += day.spent;
    }
    QVector<QBarSet *> sets;
    for (const QString &model : std::as_const(m_models))
        sets.append(new QBarSet(model));
    double highest = 0;
    for (const QVector<domain::Money> &parts : std::as_const(spent)) {
        domain::Money total;
        for (int part = 0; part < parts.size(); ++part) {
            sets.at(part)->append(barHeight(parts.at(part)));
            total += parts.at(part);
        }
        highest = std::max(highest, barHeight(total));
    }
    auto *series = new QStackedBarSeries;
    series->setBarWidth(0.7);
    for (QBarSet *set : std::as_const(sets))
        series->append(set);
    chart()->addSeries(series);
    connect(series, &QAbstractBarSeries::hovered, this, [this, series](bool shown, int bar, QBarSet *set) {
        showTip(shown, bar, static_cast<int>(series->barSets().indexOf(set)));
    });
    addAxes(*series, highest);
    applyTheme();
}

void CostChart::addAxes(QAbstractSeries &series, double highest)
{
    auto *bars = new QBarCategoryAxis;
    bars->append(labels());
    const QString months = monthsOf(m_bars.constFirst(), m_bars.constLast());
    bars->setTitleText(m_period == Period::Week ? tr("Weeks by their first day, %1").arg(months) : months);
    auto *amounts = new QValueAxis;
    const double step = niceStep(std::max(highest, kLeastShown), m_lines);
    const int lines = std::clamp(static_cast<int>(std::ceil(highest / step - 1e-9)), 1, 10);
    amounts->setTickCount(lines + 1);
    amounts->setRange(0, lines * step);
    amounts->setLabelFormat(QStringLiteral("%1%.%2f").arg(MoneyText::currencySign()).arg(decimalsOf(step)));
    chart()->addAxis(bars, Qt::AlignBottom);
    chart()->addAxis(amounts, layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    series.attachAxis(bars);
    series.attachAxis(amounts);
}

void CostChart::applyTheme()
{
    if (m_applying)
        return;
    m_applying = true;
    const Theme &theme = Theme::of(palette());
    const QFont small = metrics::secondaryFont(font());
    setBackgroundBrush(Qt::transparent);
    viewport()->setAutoFillBackground(false);
    chart()->legend()->setFont(small);
    chart()->legend()->setLabelColor(theme.text);
    chart()->legend()->setVisible(!m_models.isEmpty());
    for (QAbstractAxis *axis : chart()->axes()) {
        axis->setLabelsFont(small);
        axis->setLabelsColor(theme.quiet);
        axis->setTitleFont(small);
        axis->setTitleBrush(theme.quiet);
        axis->setLinePenColor(theme.border);
        axis->setGridLineColor(theme.border);
        axis->setGridLineVisible(axis->orientation() == Qt::Vertical);
    }
    for (QAbstractSeries *each : chart()->series()) {
        auto *series = qobject_cast<QStackedBarSeries *>(each);
        if (!series)
            continue;
        const QList<QBarSet *> sets = series->barSets();
        for (int part = 0; part < sets.size(); ++part) {
            const bool rest = m_hasRest && part == sets.size() - 1;
            sets.at(part)->setColor(partColor(theme, part, rest));
            sets.at(part)->setBorderColor(theme.surface);
        }
    }
    m_applying = false;
}

void CostChart::showTip(bool shown, int bar, int model)
{
    if (!shown || model < 0 || bar < 0 || bar >= m_bars.size()) {
        QToolTip::hideText();
        return;
    }
    const QDate start = m_bars.at(bar);
    domain::Money spent;
    for (const CostDay &each : std::as_const(m_days)) {
        if (startOf(each.day) == start && partOf(each.model) == model)
            spent += each.spent;
    }
    const QLocale locale;
    QString when = locale.toString(start, QLocale::ShortFormat);
    if (m_period == Period::Week)
        when = tr("%1 – %2", "first and last day")
                   .arg(when, locale.toString(start.addDays(6), QLocale::ShortFormat));
    else if (m_period == Period::Month)
        when = locale.toString(start, QStringLiteral("MMMM yyyy"));
    const QString text =
        tr("%1, %2: %3", "day, model: amount").arg(when, m_models.at(model), MoneyText::amount(spent));
    QToolTip::showText(QCursor::pos(), text.toHtmlEscaped(), this);
}

int CostChart::mostLines() const
{
    // Legend, labels and months take their part of the height.
    const int line = 2 * QFontMetrics(metrics::secondaryFont(font())).height();
    return std::clamp(height() / line - 3, 2, 5);
}

void CostChart::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    if (mostLines() != m_lines)
        rebuild();
}

void CostChart::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyTheme();
    else if (event->type() == QEvent::LayoutDirectionChange || event->type() == QEvent::LocaleChange)
        rebuild();
}

} // namespace lectern::ui
