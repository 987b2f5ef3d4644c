// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/costs/CostChart.h"

#include "presentation/MoneyText.h"
#include "ui/style/Metrics.h"
#include "ui/style/Theme.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QCursor>
#include <QEvent>
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
double niceStep(double highest)
{
    const double rough = highest / 4;
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
    setAccessibleName(tr("Spending per day and model"));
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::NoFocus); // the table below is the way of the keyboard
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->setBackgroundVisible(false);
    chart()->setMargins(QMargins(0, 0, 0, 0));
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->legend()->setAlignment(Qt::AlignBottom);
    chart()->legend()->setMarkerShape(QLegend::MarkerShapeRectangle);
    chart()->setLocalizeNumbers(true);
    applyTheme();
}

QSize CostChart::sizeHint() const
{
    return {480, metrics::scaled(220, fontMetrics())};
}

void CostChart::setDays(const QVector<CostDay> &days)
{
    if (days == m_days && !m_models.isEmpty())
        return;
    m_days = days;
    setAccessibleDescription(CostText::chart(days));
    rebuild();
}

void CostChart::rebuild()
{
    chart()->removeAllSeries();
    for (QAbstractAxis *axis : chart()->axes()) {
        chart()->removeAxis(axis);
        delete axis;
    }
    QMap<QString, domain::Money> byModel;
    QMap<QDate, QMap<QString, domain::Money>> byDay;
    for (const CostDay &day : std::as_const(m_days)) {
        byModel[day.model] += day.spent;
        byDay[day.day][day.model] += day.spent;
    }
    m_models = byModel.keys();
    std::stable_sort(m_models.begin(), m_models.end(), [&byModel](const auto &one, const auto &other) {
        return byModel.value(one) > byModel.value(other);
    });
    const bool rest = m_models.size() > kMostModels;
    const QStringList named = m_models.mid(0, rest ? kMostModels - 1 : kMostModels);
    m_models = named;
    if (rest)
        m_models.append(tr("Other models"));
    m_dayCount = 0;
    if (byDay.isEmpty())
        return;

    const QDate last = byDay.lastKey();
    const QDate first = std::max(byDay.firstKey(), last.addDays(1 - kMostDays));
    QVector<QBarSet *> sets;
    for (const QString &model : std::as_const(m_models))
        sets.append(new QBarSet(model));
    QStringList labels;
    double highest = 0;
    for (QDate day = first; day <= last; day = day.addDays(1)) {
        // Two months may share a number, but an axis wants its labels different.
        labels.append(QLocale().toString(day.day()) +
                      QString(day.month() == first.month() ? 0 : 1, kInvisible));
        QVector<domain::Money> parts(m_models.size());
        const QMap<QString, domain::Money> spent = byDay.value(day);
        for (auto part = spent.cbegin(); part != spent.cend(); ++part) {
            const auto place = named.indexOf(part.key());
            parts[place < 0 ? parts.size() - 1 : place] += part.value();
        }
        domain::Money total;
        for (int part = 0; part < parts.size(); ++part) {
            sets.at(part)->append(barHeight(parts.at(part)));
            total += parts.at(part);
        }
        highest = std::max(highest, barHeight(total));
        ++m_dayCount;
    }
    auto *series = new QStackedBarSeries;
    series->setBarWidth(0.7);
    for (QBarSet *set : std::as_const(sets))
        series->append(set);
    chart()->addSeries(series);
    connect(series, &QAbstractBarSeries::hovered, this, [this, series](bool shown, int day, QBarSet *set) {
        showTip(shown, day, static_cast<int>(series->barSets().indexOf(set)));
    });

    auto *days = new QBarCategoryAxis;
    days->append(labels);
    days->setTitleText(monthsOf(first, last));
    auto *amounts = new QValueAxis;
    const double step = niceStep(std::max(highest, kLeastShown));
    const int lines = std::clamp(static_cast<int>(std::ceil(highest / step - 1e-9)), 1, 10);
    amounts->setTickCount(lines + 1);
    amounts->setRange(0, lines * step);
    amounts->setLabelFormat(QStringLiteral("%1%.%2f").arg(MoneyText::currencySign()).arg(decimalsOf(step)));
    chart()->addAxis(days, Qt::AlignBottom);
    chart()->addAxis(amounts, layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    series->attachAxis(days);
    series->attachAxis(amounts);
    applyTheme();
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
            const bool rest = m_models.size() == kMostModels && part == kMostModels - 1 &&
                              m_models.last() == tr("Other models");
            sets.at(part)->setColor(partColor(theme, part, rest));
            sets.at(part)->setBorderColor(theme.surface);
        }
    }
    m_applying = false;
}

void CostChart::showTip(bool shown, int day, int model)
{
    if (!shown || model < 0 || day < 0 || m_days.isEmpty()) {
        QToolTip::hideText();
        return;
    }
    QDate last;
    for (const CostDay &each : std::as_const(m_days))
        last = std::max(last, each.day);
    const QDate date = last.addDays(day + 1 - m_dayCount);
    domain::Money spent;
    for (const CostDay &each : std::as_const(m_days)) {
        const auto place = m_models.indexOf(each.model);
        if (each.day == date && (place == model || (place < 0 && model == m_models.size() - 1)))
            spent += each.spent;
    }
    const QString text = tr("%1, %2: %3", "day, model: amount")
                             .arg(QLocale().toString(date, QLocale::ShortFormat), m_models.at(model),
                                  MoneyText::amount(spent));
    QToolTip::showText(QCursor::pos(), text.toHtmlEscaped(), this);
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
