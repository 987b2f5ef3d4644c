// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/CostSortModel.h"
#include "presentation/CostTableModel.h"
#include "presentation/CostText.h"
#include "support/Strict.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace lectern::presentation;
using lectern::domain::Money;
using namespace Qt::StringLiterals;

namespace {

CostRow row(const QString &name, qint64 pages, qint64 requests, qint64 spent)
{
    CostRow row;
    row.key = name;
    row.name = name;
    row.pages = pages;
    row.requests = requests;
    row.usage.input = requests * 1'000;
    row.usage.output = requests * 100;
    row.spent = Money{spent};
    return row;
}

QString cell(const CostTableModel &model, int line, CostTableModel::Column column)
{
    return model.index(line, column).data().toString();
}

} // namespace

class CostTableModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { lectern::support::failOnWarnings(); }

    void sumIsExact()
    {
        CostTableModel model;
        const QAbstractItemModelTester tester(&model);
        CostSummary summary;
        qint64 wanted = 0;
        for (int each = 0; each < 1'000; ++each) {
            const qint64 spent = 1'234'567'891 + each * 37;
            wanted += spent;
            summary.rows.append(row(u"m%1"_s.arg(each), 3, 4, spent));
        }
        summary.failed = {12, Money{5'000'000}};
        model.setSummary(summary);
        QCOMPARE(model.total().spent.picodollars, wanted); // parts are in the rows already
        QCOMPARE(model.total().requests, 4'000);
        QCOMPARE(model.total().usage.input, qint64{4'000'000});
    }

    void failedAndUnknownAreLinesOfTheirOwn()
    {
        CostTableModel model;
        CostSummary summary;
        summary.rows = {row(u"gpt"_s, 10, 13, 20'000'000'000)};
        summary.failed = {3, Money{4'000'000'000}};
        summary.again = {2, Money{3'000'000'000}};
        summary.unknown = {1, Money{1'000'000'000}};
        model.setSummary(summary);
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(cell(model, 1, CostTableModel::Name), u"Together"_s);
        QCOMPARE(cell(model, 1, CostTableModel::Spent), u"$0.02"_s);
        QCOMPARE(cell(model, 2, CostTableModel::Requests), u"3"_s);
        QCOMPARE(cell(model, 2, CostTableModel::Spent), u"$0.004"_s);
        QVERIFY(cell(model, 3, CostTableModel::Name).contains(u"again"_s));
        QVERIFY(cell(model, 4, CostTableModel::Name).contains(u"unknown"_s));
        QVERIFY(cell(model, 4, CostTableModel::Pages).isEmpty());
    }

    void moneyThatIsNotAsked()
    {
        CostTableModel model;
        CostSummary summary;
        CostRow local = row(u"llama"_s, 80, 80, 0);
        local.local = true;
        CostRow unpriced = row(u"secret"_s, 4, 4, 0);
        unpriced.unpriced = 4;
        CostRow counted = row(u"counted"_s, 1, 1, 20'000'000'000);
        counted.counted = true;
        summary.rows = {local, unpriced, counted};
        model.setSummary(summary);
        QCOMPARE(cell(model, 0, CostTableModel::Spent), u"free"_s);
        QCOMPARE(cell(model, 0, CostTableModel::PerPage), u"—"_s);
        QCOMPARE(cell(model, 1, CostTableModel::Spent), u"unknown"_s);
        QVERIFY(!model.index(1, CostTableModel::Spent).data(Qt::ToolTipRole).toString().isEmpty());
        QCOMPARE(cell(model, 2, CostTableModel::Spent), u"≈ $0.02"_s);
    }

    void everyRowIsSpoken()
    {
        CostTableModel model;
        CostSummary summary;
        summary.rows = {row(u"gpt"_s, 10, 13, 1'840'000'000'000)};
        model.setSummary(summary);
        QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(),
                 u"gpt: 1 dollar 84 cents, 13 requests, 13,000 tokens in, 1,300 out"_s);
    }

    void groupingNamesTheColumn()
    {
        CostTableModel model;
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        CostSummary summary;
        summary.rows = {row(u"gpt"_s, 1, 1, 1)};
        model.setSummary(summary);
        summary.rows = {row(u"gpt"_s, 2, 2, 2)};
        model.setSummary(summary);
        QCOMPARE(reset.size(), 1); // the same rows change in place
        summary.query.grouping = CostGrouping::Day;
        model.setSummary(summary);
        QCOMPARE(reset.size(), 2);
        QCOMPARE(model.headerData(0, Qt::Horizontal).toString(), u"Day"_s);
    }

    void sortedByTheValuesBehind()
    {
        CostTableModel model;
        CostSortModel sorted;
        const QAbstractItemModelTester tester(&sorted);
        sorted.setSourceModel(&model);
        CostSummary summary;
        summary.rows = {row(u"b9"_s, 9, 100, 20'000'000'000), row(u"b10"_s, 10, 20, 3'000'000'000),
                        row(u"A"_s, 1'200, 3, 100'000'000'000)};
        summary.failed = {3, Money{4'000'000'000}};
        model.setSummary(summary);
        const auto names = [&sorted] {
            QStringList found;
            for (int line = 0; line < sorted.rowCount(); ++line)
                found << sorted.index(line, 0).data().toString();
            return found;
        };
        const QStringList end{u"Together"_s, u"of these: failed requests"_s};
        for (const auto &[column, ascending] :
             {std::pair(CostTableModel::Name, QStringList{u"A"_s, u"b9"_s, u"b10"_s}),
              std::pair(CostTableModel::Pages, QStringList{u"b9"_s, u"b10"_s, u"A"_s}),
              std::pair(CostTableModel::Requests, QStringList{u"A"_s, u"b10"_s, u"b9"_s}),
              std::pair(CostTableModel::Input, QStringList{u"A"_s, u"b10"_s, u"b9"_s}),
              std::pair(CostTableModel::Output, QStringList{u"A"_s, u"b10"_s, u"b9"_s}),
              std::pair(CostTableModel::Spent, QStringList{u"b10"_s, u"b9"_s, u"A"_s}),
              std::pair(CostTableModel::PerPage, QStringList{u"A"_s, u"b10"_s, u"b9"_s})}) {
            sorted.sort(column, Qt::AscendingOrder);
            QCOMPARE(names(), ascending + end); // the sum stays where it is
            sorted.sort(column, Qt::DescendingOrder);
            QCOMPARE(names(), QStringList(ascending.crbegin(), ascending.crend()) + end);
        }
        // New numbers find their place.
        sorted.sort(CostTableModel::Spent, Qt::DescendingOrder);
        summary.rows[1].spent = Money{900'000'000'000};
        model.setSummary(summary);
        QCOMPARE(names().constFirst(), u"b10"_s);
    }

    void daysAndRunsSortByWhatTheyAre()
    {
        CostTableModel model;
        CostSortModel sorted;
        sorted.setSourceModel(&model);
        CostSummary summary;
        summary.query.grouping = CostGrouping::Day;
        CostRow early = row(u"2/1/26"_s, 1, 1, 1);
        early.key = u"2026-02-01"_s;
        CostRow late = row(u"11/1/26"_s, 1, 1, 1);
        late.key = u"2026-11-01"_s;
        summary.rows = {early, late};
        model.setSummary(summary);
        sorted.sort(CostTableModel::Name, Qt::DescendingOrder);
        QCOMPARE(sorted.index(0, 0).data().toString(), u"11/1/26"_s);
        summary.query.grouping = CostGrouping::Run;
        summary.rows[0].key = u"10"_s;
        summary.rows[1].key = u"9"_s;
        model.setSummary(summary);
        QCOMPARE(sorted.index(0, 0).data().toString(), u"2/1/26"_s);
    }

    void copiedRowsCanBeReckonedWith()
    {
        CostTableModel model;
        CostSummary summary;
        CostRow one = row(u"=HYPERLINK(\"x\")\tand more"_s, 1'204, 1'231, 1'621'400'000'000);
        one.usage.cachedInput = 610'000;
        summary.rows = {one};
        model.setSummary(summary);
        QCOMPARE(
            model.index(0, 0).data(CopyRole).toString(),
            u"'=HYPERLINK(\"x\") and more\t1204\t1231\t1231000\t610000\t123100\t1.6214\t0.001346677741"_s);
        QCOMPARE(model.copyHeader(),
                 u"Model\tPages\tRequests\tIn tokens\tCached\tOut tokens\tSpent\tper page"_s);
    }

    void wordsBesideTheTable()
    {
        CostSummary summary;
        QVERIFY(summary.isEmpty());
        QVERIFY(CostText::saved(0, {}).isEmpty());
        QVERIFY(CostText::unknown(summary).isEmpty());
        QVERIFY(CostText::committed({}).isEmpty());
        summary.unknown = {2, Money{8'600'000'000}};
        QCOMPARE(CostText::saved(412, Money{530'000'000'000}),
                 u"412 pages were answered from the store: $0.53 saved."_s);
        QVERIFY(CostText::unknown(summary).contains(u"$0.0086"_s));
        QCOMPARE(CostText::committed(Money{3'300'000'000'000}), u"Committed ≈ $3.30"_s);
        const QString chart = CostText::chart({{QDate(2026, 11, 21), u"gpt"_s, Money{10'000'000'000}},
                                               {QDate(2026, 11, 22), u"gpt"_s, Money{20'000'000'000}}});
        QVERIFY2(chart.indexOf(u"$0.02"_s) < chart.indexOf(u"$0.01"_s), qPrintable(chart));
    }

    void runsInWords()
    {
        RunCost run;
        run.name = u"Analyze 12 documents"_s;
        run.money = {Money{500'000'000'000}, Money{52'100'000'000}, Money{4'100'000'000}};
        run.estimateLow = Money{92'000'000'000};
        run.estimateHigh = Money{140'000'000'000};
        run.pagesDone = 40;
        run.answeredRequests = 40;
        run.pages = 86;
        QCOMPARE(CostText::run(run), u"Spent $0.05, estimate ≈ $0.09 – $0.14"_s);
        QCOMPARE(CostText::runCap(run), u"Cap $0.50: $0.44 left"_s);
        QVERIFY(CostText::runFacts(run).contains(u"$0.001303 per page"_s));
        QVERIFY(CostText::runHeld(run, 0).isEmpty());
        run.held = true;
        QVERIFY(CostText::runHeld(run, 0).contains(u"until you raise it"_s));
        run.free = true;
        QCOMPARE(CostText::run(run), u"Free"_s);
    }
};

QTEST_MAIN(CostTableModelTest)
#include "tst_CostTableModel.moc"
