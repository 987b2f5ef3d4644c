// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/PageCells.h"

#include <QTest>

using namespace lectern::ui;

class TestPageCells : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneCellAPageUpToFourHundred();
    void severalPagesACellAbove_data();
    void severalPagesACellAbove();
    void worstStateWins();
    void aChangeIsToldOnlyWhenItShows();
    void clickMeansTheFirstPageOfThatState();
    void countsFollow();
    void emptyIsHarmless();
};

void TestPageCells::oneCellAPageUpToFourHundred()
{
    PageCells cells;
    cells.setStates(QVector<PageState>(400, PageState::Queued));
    QCOMPARE(cells.pagesPerCell(), 1);
    QCOMPARE(cells.cellCount(), 400);
    QCOMPARE(cells.cellOf(1), 0);
    QCOMPARE(cells.cellOf(400), 399);
    QCOMPARE(cells.cellOf(401), -1);
    QCOMPARE(cells.cellOf(0), -1);
}

void TestPageCells::severalPagesACellAbove_data()
{
    QTest::addColumn<int>("pages");
    QTest::addColumn<int>("perCell");
    QTest::addColumn<int>("cells");
    QTest::newRow("401") << 401 << 2 << 201;
    QTest::newRow("800") << 800 << 2 << 400;
    QTest::newRow("801") << 801 << 3 << 267;
    QTest::newRow("10000") << 10'000 << 25 << 400;
    QTest::newRow("100001") << 100'001 << 251 << 399;
}

void TestPageCells::severalPagesACellAbove()
{
    QFETCH(int, pages);
    QFETCH(int, perCell);
    QFETCH(int, cells);
    PageCells grouped;
    grouped.setStates(QVector<PageState>(pages, PageState::Done));
    QCOMPARE(grouped.pagesPerCell(), perCell);
    QCOMPARE(grouped.cellCount(), cells);
    QCOMPARE(grouped.lastPage(grouped.cellCount() - 1), pages);
    QCOMPARE(grouped.cellOf(pages), grouped.cellCount() - 1);
    for (int cell = 1; cell < grouped.cellCount(); ++cell)
        QCOMPARE(grouped.firstPage(cell), grouped.lastPage(cell - 1) + 1);
}

void TestPageCells::worstStateWins()
{
    PageCells cells;
    QVector<PageState> pages(2000, PageState::Done); // five a cell
    cells.setStates(pages);
    QCOMPARE(cells.pagesPerCell(), 5);
    QCOMPARE(cells.cellState(1), PageState::Done);
    cells.setState(7, PageState::Rendered);
    QCOMPARE(cells.cellState(1), PageState::Rendered);
    cells.setState(8, PageState::Queued);
    QCOMPARE(cells.cellState(1), PageState::Queued);
    cells.setState(9, PageState::Running);
    QCOMPARE(cells.cellState(1), PageState::Running);
    cells.setState(10, PageState::Failed);
    QCOMPARE(cells.cellState(1), PageState::Failed);
    QCOMPARE(cells.cellState(0), PageState::Done);
    QCOMPARE(cells.cellState(2), PageState::Done);
    cells.setState(10, PageState::Done);
    QCOMPARE(cells.cellState(1), PageState::Running);
}

void TestPageCells::aChangeIsToldOnlyWhenItShows()
{
    PageCells cells;
    cells.setStates(QVector<PageState>(2000, PageState::Queued));
    QCOMPARE(cells.setState(1, PageState::Failed), 0);
    QCOMPARE(cells.setState(2, PageState::Done), -1); // the failed page beside it is worse
    QCOMPARE(cells.setState(1, PageState::Failed), -1);
    QCOMPARE(cells.setState(0, PageState::Failed), -1);
    QCOMPARE(cells.setState(2001, PageState::Failed), -1);
}

void TestPageCells::clickMeansTheFirstPageOfThatState()
{
    PageCells cells;
    cells.setStates(QVector<PageState>(2000, PageState::Done));
    QCOMPARE(cells.pageFor(3), 16);
    cells.setState(18, PageState::Failed);
    QCOMPARE(cells.pageFor(3), 18);
}

void TestPageCells::countsFollow()
{
    PageCells cells;
    cells.setStates(QVector<PageState>(86, PageState::Queued));
    cells.setState(3, PageState::Failed);
    cells.setState(4, PageState::Failed);
    cells.setState(4, PageState::Done);
    QCOMPARE(cells.count(PageState::Failed), 1);
    QCOMPARE(cells.count(PageState::Done), 1);
    QCOMPARE(cells.count(PageState::Queued), 84);
    QCOMPARE(cells.countIn(2, PageState::Failed), 1);
}

void TestPageCells::emptyIsHarmless()
{
    PageCells cells;
    cells.setStates({});
    QCOMPARE(cells.cellCount(), 0);
    QCOMPARE(cells.cellOf(1), -1);
    QCOMPARE(cells.setState(1, PageState::Done), -1);
}

QTEST_MAIN(TestPageCells)
#include "tst_PageCells.moc"
