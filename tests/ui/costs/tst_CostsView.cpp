// SPDX-License-Identifier: GPL-3.0-or-later
#include "MoneySamples.h"
#include "StrictWindow.h"

#include "presentation/CostTableModel.h"
#include "ui/costs/BudgetsDialog.h"
#include "ui/costs/CostChart.h"
#include "ui/costs/CostPanel.h"
#include "ui/costs/CostToday.h"
#include "ui/costs/CostsView.h"
#include "ui/costs/RunCards.h"
#include "ui/rows/RowView.h"
#include "ui/style/LecternStyle.h"
#include "ui/style/Theme.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/Placeholder.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/TwoFillProgressBar.h"

#include <QApplication>
#include <QBarSet>
#include <QChart>
#include <QHeaderView>
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
    void readingAndFailing();
    void sorting();
    void pricesSayWhereTheyAreFrom();
    void twoRunsAndHowManyMore();
    void weeksAndMonths();
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
    presentation::RunCosts runs;
    runs.live = {samples::run()};
    view.setRuns(runs, 0);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QCOMPARE(view.findChild<QWidget *>(u"budgetToday"_s)->accessibleName(),
             u"Spent today 1 dollar 84 cents of 5 dollars"_s);
    QVERIFY(!view.findChild<QWidget *>(u"budgetWorkspace"_s)->isVisible()); // it has no limit
    // 412 pages less 165, at what 165 did cost
    QCOMPARE(view.findChild<QLabel *>(u"costCommitted"_s)->text(), u"Committed ≈ $0.08"_s);
    QVERIFY(view.findChild<QWidget *>(u"runCards"_s)->isVisible());
    QVERIFY(view.findChild<QLabel *>(u"costSaved"_s)->text().contains(u"$0.53"_s));
    QVERIFY(view.findChild<QWidget *>(u"costUnknown"_s)->isVisible());
    const QAbstractItemModel &table = *view.findChild<RowView *>(u"costTable"_s)->model();
    QCOMPARE(table.rowCount(), 8); // 4 models, their sum, 3 parts of it
    QCOMPARE(table.index(4, presentation::CostTableModel::Spent).data().toString(),
             u"≈ $1.87"_s); // one model did not say what it asked
    view.setRuns({}, 0);
    QVERIFY(!view.findChild<QWidget *>(u"runCards"_s)->isVisible());
    QVERIFY(!view.findChild<QWidget *>(u"costCommitted"_s)->isVisible());
}

void CostsViewTest::readingAndFailing()
{
    CostsView view;
    view.resize(1'000, 700);
    view.show();
    auto &placeholder = *view.findChild<Placeholder *>();
    QCOMPARE(placeholder.text(), u"Reading the costs…"_s); // nothing spent is not known yet
    QVERIFY(!view.findChild<QWidget *>(u"budgetToday"_s)->isVisible());
    view.setProblem({base::ErrorCode::DiskFull, {}});
    QCOMPARE(placeholder.text(), u"The costs can't be read"_s);
    QSignalSpy asked(&view, &CostsView::queryRequested);
    view.findChild<QPushButton *>(u"placeholderAction"_s)->click();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(placeholder.text(), u"Reading the costs…"_s);
    view.setSummary(samples::costs());
    QVERIFY(view.findChild<RowView *>(u"costTable"_s)->isVisible());
    // What is there stays when it can't be read anew.
    view.setProblem({base::ErrorCode::DiskFull, {}});
    QVERIFY(view.findChild<RowView *>(u"costTable"_s)->isVisible());
    QVERIFY(view.findChild<QWidget *>(u"costProblem"_s)->isVisible());
    view.setSummary(samples::costs());
    QVERIFY(!view.findChild<QWidget *>(u"costProblem"_s)->isVisible());
}

void CostsViewTest::sorting()
{
    using Column = presentation::CostTableModel::Column;
    CostsView view;
    view.resize(1'200, 700);
    view.setSummary(samples::costs());
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    auto &table = *view.findChild<RowView *>(u"costTable"_s);
    const auto first = [&table] { return table.model()->index(0, 0).data().toString(); };
    QCOMPARE(first(), u"gpt-6-luna"_s); // what cost most
    const auto click = [&table](int column) {
        const int x = table.header()->sectionViewportPosition(column) + 20;
        QTest::mouseClick(table.header()->viewport(), Qt::LeftButton, {},
                          QPoint(x, table.header()->height() / 2));
    };
    click(Column::Pages);
    click(Column::Pages);
    QCOMPARE(table.header()->sortIndicatorSection(), Column::Pages);
    const bool descending = table.header()->sortIndicatorOrder() == Qt::DescendingOrder;
    QCOMPARE(first(), descending ? u"gpt-6-luna"_s : u"通义千问/视觉理解-最大版"_s);
    QCOMPARE(table.model()->index(4, 0).data().toString(), u"Together"_s);
}

void CostsViewTest::pricesSayWhereTheyAreFrom()
{
    CostsView view;
    view.resize(1'000, 700);
    view.setSummary(samples::costs());
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    auto &link = *view.findChild<QPushButton *>(u"pricesOf"_s);
    QCOMPARE(link.text(), u"Prices of 20 Nov 2026"_s);
    QSignalSpy asked(&view, &CostsView::pricesRequested);
    QSignalSpy lists(&view, &CostsView::listsRequested);
    link.click();
    QCOMPARE(asked.size(), 1);
    auto &popup = *view.findChild<QWidget *>(u"pricesPopup"_s);
    QVERIFY(popup.isVisible());
    view.setPrices({{u"Comes with Lectern"_s, u"5 models, checked on 20 Nov 2026"_s}});
    bool found = false;
    for (const QLabel *label : popup.findChildren<QLabel *>())
        found = found || label->text() == u"5 models, checked on 20 Nov 2026"_s;
    QVERIFY(found);
    popup.findChild<QPushButton *>(u"updatePricesButton"_s)->click();
    QCOMPARE(lists.size(), 1);
    QTest::keyClick(&popup, Qt::Key_Escape);
    QVERIFY(!popup.isVisible());
}

void CostsViewTest::twoRunsAndHowManyMore()
{
    RunCards cards;
    QVERIFY(cards.isHidden());
    QVector<presentation::RunCost> runs(5, samples::run());
    for (int i = 0; i < runs.size(); ++i)
        runs[i].id = i + 1;
    cards.setRuns(runs, 0);
    cards.show();
    int shown = 0;
    for (const CostPanel *panel : cards.findChildren<CostPanel *>())
        shown += panel->isVisible() ? 1 : 0;
    QCOMPARE(shown, 2);
    auto &more = *cards.findChild<QPushButton *>(u"moreRunsButton"_s);
    QCOMPARE(more.text(), u"3 more"_s);
    QSignalSpy jobs(&cards, &RunCards::jobsRequested);
    more.click();
    QCOMPARE(jobs.size(), 1);
    cards.setRuns(runs.mid(0, 1), 0);
    QVERIFY(!more.isVisible());
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
    QSignalSpy asked(&view, &CostsView::queryRequested);
    view.findChild<SegmentedControl *>(u"costGrouping"_s)->setCurrentIndex(3);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.at(0).at(0).value<presentation::CostQuery>().grouping, CostGrouping::Day);
    QCOMPARE(view.query().grouping, CostGrouping::Day);
    // The answer to the question before comes too late.
    CostSummary late = samples::costs();
    late.rows.clear();
    view.setSummary(late);
    QCOMPARE(view.findChild<RowView *>(u"costTable"_s)->model()->rowCount(), 8);
}

void CostsViewTest::rowsOpenByTheirKey()
{
    CostsView view;
    view.resize(1'000, 700);
    view.setSummary(samples::costs());
    view.show();
    QSignalSpy asked(&view, &CostsView::queryRequested);
    QSignalSpy documents(&view, &CostsView::documentRequested);
    QSignalSpy copied(&view, &CostsView::copyRequested);
    auto &table = *view.findChild<RowView *>(u"costTable"_s);
    view.focusTable();
    QTest::keyClick(&table, Qt::Key_Return);
    // A model, run or day: the documents that it is the cost of.
    QCOMPARE(asked.size(), 1);
    const auto query = asked.at(0).at(0).value<presentation::CostQuery>();
    QCOMPARE(query, (presentation::CostQuery{CostGrouping::Document, 0, u"gpt-6-luna"_s, {}}));
    CostSummary inside = samples::costs();
    inside.query = query;
    inside.rows = {inside.rows.at(0), inside.rows.at(1)};
    inside.rows[0].key = u"42"_s;
    inside.rows[1].key = u"0"_s; // of documents that are gone
    view.setSummary(inside);
    QCOMPARE(view.findChild<ElidedLabel *>(u"costNarrowed"_s)->text(), u"Only gpt-6-luna"_s);
    QCOMPARE(view.findChild<SegmentedControl *>(u"costGrouping"_s)->currentIndex(), 1);
    table.setCurrentIndex(table.model()->index(0, 0));
    QTest::keyClick(&table, Qt::Key_Return);
    QCOMPARE(documents.size(), 1);
    QCOMPARE(documents.at(0).at(0).toLongLong(), 42);
    for (const int line : {1, 2}) { // what is gone, and the sum, lead nowhere
        table.setCurrentIndex(table.model()->index(line, 0));
        QTest::keyClick(&table, Qt::Key_Return);
    }
    QCOMPARE(documents.size(), 1);
    QCOMPARE(asked.size(), 1);
    QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(copied.size(), 1);
    const QStringList lines = copied.at(0).at(0).toString().split(u'\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY2(lines.at(1).startsWith(u"Together\t1292\t1323\t2244300"_s), qPrintable(lines.at(1)));
    auto &widen = *view.findChild<QPushButton *>(u"costWiden"_s);
    QVERIFY(widen.isVisible());
    widen.click();
    QCOMPARE(asked.at(1).at(0).value<presentation::CostQuery>(),
             (presentation::CostQuery{CostGrouping::Document, 0, {}, {}}));
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
    QCOMPARE(chart.barCount(), 3); // the day without spending stands between them
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
    QCOMPARE(chart.barCount(), 0);
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
    QCOMPARE(chart.barCount(), CostChart::kMostDays);
    chart.resize(600, 240);
    QVERIFY(!chart.grab().isNull());
}

void CostsViewTest::weeksAndMonths()
{
    CostChart chart;
    const QDate sunday(2026, 11, 22); // where weeks begin with it
    chart.setDays({{sunday, u"a"_s, samples::money("0.5")},
                   {sunday.addDays(-1), u"a"_s, samples::money("0.25")},
                   {sunday.addDays(-7), u"b"_s, samples::money("0.125")},
                   {sunday.addDays(-60), u"a"_s, samples::money("2")}},
                  sunday.addDays(2));
    const auto bar = [&chart](int part, int place) {
        return qobject_cast<QStackedBarSeries *>(chart.chart()->series().value(0))
            ->barSets()
            .at(part)
            ->at(place);
    };
    QCOMPARE(chart.barCount(), CostChart::kMostDays);
    QCOMPARE(chart.barStart(chart.barCount() - 1), sunday.addDays(2)); // to today
    chart.setPeriod(CostChart::Period::Week);
    QCOMPARE(chart.barCount(), 10);
    QCOMPARE(chart.barStart(9), sunday);
    QCOMPARE(bar(0, 9), 0.5);
    QCOMPARE(bar(0, 8), 0.25);
    QCOMPARE(bar(1, 8), 0.125);
    QCOMPARE(bar(0, 0), 2.0);
    chart.setPeriod(CostChart::Period::Month);
    QCOMPARE(chart.barCount(), 6);
    QCOMPARE(chart.barStart(5), QDate(2026, 11, 1));
    QCOMPARE(bar(0, 5), 0.75);
    QCOMPARE(bar(0, 3), 2.0);
    double all = 0;
    for (int i = 0; i < chart.barCount(); ++i)
        all += bar(0, i) + bar(1, i);
    QCOMPARE(all, 2.875); // the same numbers
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
    QCOMPARE(panel.findChild<QLabel *>(u"runTrouble"_s)->text(), u"6 failed requests, 4 sent again"_s);
    QVERIFY(panel.findChild<QLabel *>(u"runSaved"_s)->text().contains(u"36 pages"_s));
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
    run.held = false;
    run.waitsFor = base::ErrorCode::RateLimited;
    run.waitsUntil = 5'000;
    panel.setRun(run, 0); // it comes back by itself: nothing is to be done
    QVERIFY(panel.findChild<QWidget *>(u"runHeld"_s)->isVisible());
    QVERIFY(!panel.findChild<QPushButton *>(u"raiseCapButton"_s)->isVisible());
    run.held = true;
    panel.setRun(run, 0);
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
