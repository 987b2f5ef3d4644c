// SPDX-License-Identifier: GPL-3.0-or-later
#include "MoneySamples.h"
#include "StrictWindow.h"

#include "presentation/CostTableModel.h"
#include "ui/costs/BudgetsDialog.h"
#include "ui/costs/CostChart.h"
#include "ui/costs/CostPanel.h"
#include "ui/costs/CostToday.h"
#include "ui/costs/CostsView.h"
#include "ui/rows/RowView.h"
#include "ui/style/LecternStyle.h"
#include "ui/style/Theme.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/TwoFillProgressBar.h"

#include <QApplication>
#include <QBarSet>
#include <QChart>
#include <QLabel>
#include <QLegend>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedBarSeries>
#include <QTest>

using namespace lectern;
using namespace lectern::ui;
using namespace Qt::StringLiterals;
using presentation::CostGrouping;
using presentation::CostSummary;

class CostsViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        QApplication::setStyle(new LecternStyle);
    }
    void init() { failOnWarnings(); }
    void cleanup() { QApplication::setPalette(Theme::light().palette()); }
    void showsEverything();
    void empty();
    void groupingIsAskedFor();
    void rowsOpenByTheirKey();
    void buttons();
    void chartHoldsTheNumbersOfTheDays();
    void chartNamesFiveModelsAtMost();
    void chartFollowsTheTheme();
    void manyDays();
    void panelOfARun();
    void heldRunShowsTheWaysOn();
    void statusBar();
    void budgetsDialog();
};

void CostsViewTest::showsEverything()
{
    CostsView view;
    view.resize(1'000, 700);
    view.setSummary(samples::costs());
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QCOMPARE(view.findChild<QWidget *>(u"budgetToday"_s)->accessibleName(),
             u"Spent today 1 dollar 84 cents of 5 dollars"_s);
    QVERIFY(!view.findChild<QWidget *>(u"budgetWorkspace"_s)->isVisible()); // it has no limit
    QCOMPARE(view.findChild<QLabel *>(u"costCommitted"_s)->text(), u"Committed ≈ $3.30"_s);
    QVERIFY(view.findChild<QLabel *>(u"costSaved"_s)->text().contains(u"$0.53"_s));
    QVERIFY(view.findChild<QWidget *>(u"costUnknown"_s)->isVisible());
    const QAbstractItemModel &table = *view.findChild<RowView *>(u"costTable"_s)->model();
    QCOMPARE(table.rowCount(), 8); // 4 models, their sum, 3 parts of it
    QCOMPARE(table.index(4, presentation::CostTableModel::Spent).data().toString(),
             u"≈ $1.87"_s); // one model did not say what it asked
}

void CostsViewTest::empty()
{
    CostsView view;
    view.setSummary({});
    view.show();
    QVERIFY(!view.findChild<RowView *>(u"costTable"_s)->isVisible());
    QVERIFY(view.findChild<QWidget *>(u"placeholder"_s)->isVisible());
    QSignalSpy models(&view, &CostsView::modelsRequested);
    view.findChild<QPushButton *>(u"placeholderAction"_s)->click();
    QCOMPARE(models.size(), 1);
    QVERIFY(!view.findChild<QPushButton *>(u"exportCostsButton"_s)->isEnabled());
}

void CostsViewTest::groupingIsAskedFor()
{
    CostsView view;
    view.setSummary(samples::costs());
    QSignalSpy asked(&view, &CostsView::groupingRequested);
    view.findChild<SegmentedControl *>(u"costGrouping"_s)->setCurrentIndex(3);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.at(0).at(0).value<CostGrouping>(), CostGrouping::Day);
    QCOMPARE(view.grouping(), CostGrouping::Day);
}

void CostsViewTest::rowsOpenByTheirKey()
{
    CostsView view;
    view.resize(1'000, 700);
    view.setSummary(samples::costs());
    view.show();
    QSignalSpy opened(&view, &CostsView::rowOpened);
    QSignalSpy copied(&view, &CostsView::copyRequested);
    auto &table = *view.findChild<RowView *>(u"costTable"_s);
    view.focusTable();
    QTest::keyClick(&table, Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.at(0).at(1).toString(), u"gpt-6-luna"_s);
    table.setCurrentIndex(table.model()->index(4, 0)); // the sum leads nowhere
    QTest::keyClick(&table, Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(copied.size(), 1);
    QVERIFY(copied.at(0).at(0).toString().startsWith(u"Together\t1,376\t1,407"_s));
}

void CostsViewTest::buttons()
{
    CostsView view;
    view.setSummary(samples::costs());
    QSignalSpy exported(&view, &CostsView::exportRequested);
    QSignalSpy budgets(&view, &CostsView::budgetsRequested);
    view.findChild<QPushButton *>(u"exportCostsButton"_s)->click();
    view.findChild<QPushButton *>(u"budgetsButton"_s)->click();
    QCOMPARE(exported.size(), 1);
    QCOMPARE(budgets.size(), 1);
}

void CostsViewTest::chartHoldsTheNumbersOfTheDays()
{
    CostChart chart;
    const QDate last(2026, 11, 22);
    chart.setDays({{last, u"a"_s, samples::money("0.5")},
                   {last.addDays(-2), u"a"_s, samples::money("0.25")},
                   {last, u"b"_s, samples::money("0.125")}});
    QCOMPARE(chart.dayCount(), 3); // the day without spending stands between them
    QCOMPARE(chart.models(), (QStringList{u"a"_s, u"b"_s}));
    auto *series = qobject_cast<QStackedBarSeries *>(chart.chart()->series().value(0));
    QVERIFY(series);
    QCOMPARE(series->barSets().at(0)->at(0), 0.25);
    QCOMPARE(series->barSets().at(0)->at(1), 0.0);
    QCOMPARE(series->barSets().at(0)->at(2), 0.5);
    QCOMPARE(series->barSets().at(1)->at(2), 0.125);
    QVERIFY(chart.accessibleDescription().contains(u"$0.63"_s)); // 0.5 and 0.125
    QVERIFY(chart.accessibleDescription().contains(u"a $0.50"_s));
    chart.setDays({});
    QCOMPARE(chart.dayCount(), 0);
}

void CostsViewTest::chartNamesFiveModelsAtMost()
{
    CostChart chart;
    QVector<presentation::CostDay> days;
    for (int model = 0; model < 9; ++model)
        days.append(
            {samples::today(), u"m%1"_s.arg(model), domain::Money{qint64{9 - model} * 1'000'000'000}});
    chart.setDays(days);
    QCOMPARE(chart.models().size(), CostChart::kMostModels);
    QCOMPARE(chart.models().first(), u"m0"_s); // the dearest first
    QCOMPARE(chart.models().last(), u"Other models"_s);
    auto *series = qobject_cast<QStackedBarSeries *>(chart.chart()->series().value(0));
    double total = 0;
    for (QBarSet *set : series->barSets())
        total += set->at(0);
    QVERIFY(qFuzzyCompare(total, 0.045));
}

void CostsViewTest::chartFollowsTheTheme()
{
    CostChart chart;
    chart.setDays(samples::costs().days);
    chart.show();
    const auto color = [&chart] {
        return qobject_cast<QStackedBarSeries *>(chart.chart()->series().value(0))->barSets().at(0)->color();
    };
    QApplication::setPalette(Theme::light().palette());
    const QColor light = color();
    QVERIFY(contrastRatio(light, Theme::light().surface) >= 3.0);
    QApplication::setPalette(Theme::darkTheme().palette());
    QTRY_VERIFY(color() != light); // the change comes with the next events
    for (QBarSet *set : qobject_cast<QStackedBarSeries *>(chart.chart()->series().value(0))->barSets())
        QVERIFY2(contrastRatio(set->color(), Theme::darkTheme().surface) >= 3.0, qPrintable(set->label()));
    QCOMPARE(chart.chart()->legend()->labelColor(), Theme::darkTheme().text);
    QCOMPARE(chart.chart()->animationOptions(), QChart::NoAnimation);
}

void CostsViewTest::manyDays()
{
    CostChart chart;
    QVector<presentation::CostDay> days;
    for (int day = 0; day < 400; ++day)
        days.append({samples::today().addDays(-day), u"a"_s, samples::money("0.000001")});
    chart.setDays(days);
    QCOMPARE(chart.dayCount(), CostChart::kMostDays);
    chart.resize(600, 240);
    QVERIFY(!chart.grab().isNull());
}

void CostsViewTest::panelOfARun()
{
    CostPanel panel;
    panel.setRun(samples::run(), 0);
    panel.show();
    QCOMPARE(panel.findChild<QLabel *>(u"runMoney"_s)->text(), u"Spent $0.05, estimate ≈ $0.09 – $0.14"_s);
    QCOMPARE(panel.findChild<QLabel *>(u"runCap"_s)->text(), u"Cap $0.50: $0.44 left"_s);
    QVERIFY(panel.findChild<QLabel *>(u"runFacts"_s)->text().contains(u"165 of 412 pages"_s));
    QVERIFY(panel.findChild<QLabel *>(u"runFacts"_s)->text().contains(u"6 failed requests"_s));
    QVERIFY(!panel.findChild<QWidget *>(u"runHeld"_s)->isVisible());
    QCOMPARE(panel.findChild<TwoFillProgressBar *>()->value(), 10); // of the cap
    presentation::RunCost free = samples::run();
    free.free = true;
    panel.setRun(free, 0);
    QCOMPARE(panel.findChild<QLabel *>(u"runMoney"_s)->text(), u"Free"_s);
    QVERIFY(!panel.findChild<TwoFillProgressBar *>()->isVisible());
}

void CostsViewTest::heldRunShowsTheWaysOn()
{
    CostPanel panel;
    presentation::RunCost run = samples::run();
    run.held = true;
    panel.setRun(run, 0);
    panel.show();
    QVERIFY(panel.findChild<QWidget *>(u"runHeld"_s)->isVisible());
    QSignalSpy cap(&panel, &CostPanel::capRequested);
    QSignalSpy cheaper(&panel, &CostPanel::cheaperModelRequested);
    panel.findChild<QPushButton *>(u"raiseCapButton"_s)->click();
    panel.findChild<QPushButton *>(u"cheaperModelButton"_s)->click();
    QCOMPARE(cap.at(0).at(0).toLongLong(), 7);
    QCOMPARE(cheaper.at(0).at(0).toLongLong(), 7);
}

void CostsViewTest::statusBar()
{
    QWidget bar;
    CostToday today(&bar);
    QCOMPARE(today.objectName(), u"costToday"_s);
    QVERIFY(today.isHidden()); // nothing spent, nothing limited
    today.setUse(samples::costs().today);
    QVERIFY(!today.isHidden());
    QCOMPARE(today.text(), u"Today $1.84 / $5.00"_s);
    QCOMPARE(today.accessibleName(), u"Spent today 1 dollar 84 cents of 5 dollars"_s);
    QVERIFY(today.icon().isNull());
    today.setUse({samples::money("5"), samples::money("5"), {}});
    QVERIFY(!today.icon().isNull());
}

void CostsViewTest::budgetsDialog()
{
    presentation::Budgets budgets;
    budgets.day = samples::money("5");
    BudgetsDialog dialog(budgets);
    dialog.show();
    auto &save = *dialog.findChild<QPushButton *>(u"saveBudgetsButton"_s);
    auto &day = *dialog.findChild<QLineEdit *>(u"budgetDayField"_s);
    QSignalSpy saved(&dialog, &BudgetsDialog::saved);
    QVERIFY(!save.isDefault());
    day.setText(u"seven"_s);
    QVERIFY(!save.isEnabled());
    day.setText(u"7.125"_s);
    dialog.findChild<QLineEdit *>(u"budgetMonthField"_s)->setText(u"60"_s);
    save.click();
    QCOMPARE(saved.size(), 1);
    const auto result = saved.at(0).at(0).value<presentation::Budgets>();
    QCOMPARE(result.day, samples::money("7.125"));
    QCOMPARE(result.month, samples::money("60"));
    QVERIFY(!result.workspace.has_value());
    QCOMPARE(result.askFrom, samples::money("0.05"));
}

QTEST_MAIN(CostsViewTest)
#include "tst_CostsView.moc"
