// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/Strict.h"
#include "ui/reader/JumpList.h"
#include "ui/reader/PageFlow.h"
#include "ui/reader/PagePieces.h"

#include <QElapsedTimer>
#include <QRegion>
#include <QTest>

#include <limits>

using namespace lectern;
using presentation::PagePiece;
using ui::JumpList;
using ui::PageFlow;
using ui::PagePieces;
using ui::PagePlace;
using ui::ReaderSpot;
using Fit = PageFlow::Fit;

namespace {

const QSizeF kA4(595, 842);
const QSize kRoom(900, 700);

PageFlow flowOf(const QVector<QSizeF> &pages, Fit fit, double zoom = 1, int rotation = 0)
{
    PageFlow flow;
    flow.setPages(pages);
    flow.setLook(fit, zoom, rotation, kRoom);
    return flow;
}

bool isNear(const QPointF &a, const QPointF &b)
{
    return std::abs(a.x() - b.x()) < 1e-6 && std::abs(a.y() - b.y()) < 1e-6;
}

} // namespace

/// Where pages stand, how they are cut into pieces, and where jumps lead.
class PageFlowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }

    void pagesFollowOneAnother()
    {
        const PageFlow flow = flowOf({kA4, QSizeF(300, 100), kA4}, Fit::None, 0.75);
        QCOMPARE(flow.scale(1), 1.0);
        QCOMPARE(flow.pageRect(1).size(), kA4);
        QCOMPARE(flow.pageRect(1).top(), double(PageFlow::kMargin));
        for (int page = 2; page <= 3; ++page)
            QCOMPARE(flow.pageRect(page).top(), flow.pageRect(page - 1).bottom() + PageFlow::kGap);
        QCOMPARE(double(flow.size().height()), flow.pageRect(3).bottom() + PageFlow::kMargin);
        // Each in the middle.
        QVERIFY(std::abs(flow.pageRect(2).center().x() - kRoom.width() / 2.0) <= 1);
    }

    void fittedEachForItself()
    {
        const QVector<QSizeF> pages{kA4, QSizeF(1190, 842), QSizeF(100'000, 50)};
        const PageFlow wide = flowOf(pages, Fit::Width);
        for (int page = 1; page <= 3; ++page)
            QCOMPARE(wide.pageRect(page).width(), kRoom.width() - 2.0 * PageFlow::kMargin);
        const PageFlow whole = flowOf(pages, Fit::Page);
        QCOMPARE(whole.pageRect(1).height(), kRoom.height() - 2.0 * PageFlow::kMargin);
        QVERIFY(whole.pageRect(2).width() <= kRoom.width() - 2.0 * PageFlow::kMargin + 0.01);
    }

    void findsPages()
    {
        const PageFlow flow = flowOf(QVector<QSizeF>(50, kA4), Fit::None, 0.75);
        QCOMPARE(flow.pageAt(-100), 1);
        QCOMPARE(flow.pageAt(0), 1);
        QCOMPARE(flow.pageAt(flow.pageRect(7).center().y()), 7);
        QCOMPARE(flow.pageAt(flow.pageRect(7).bottom() + 3), 8); // in the gap
        QCOMPARE(flow.pageAt(1e9), 50);
        const auto range = flow.pagesBetween(flow.pageRect(7).bottom() + 1, flow.pageRect(9).top() + 1);
        QCOMPARE(range.first, 8);
        QCOMPARE(range.last, 9);
        const auto gap = flow.pagesBetween(flow.pageRect(7).bottom() + 1, flow.pageRect(8).top() - 1);
        QVERIFY(gap.first > gap.last);
        QCOMPARE(flowOf({}, Fit::Width).pageAt(10), 0);
        QVERIFY(flowOf({}, Fit::Width).pagesBetween(0, 100).first >
                flowOf({}, Fit::Width).pagesBetween(0, 100).last);
    }

    // The top left corner of the page is where its rotation puts it.
    void turnsClockwise_data()
    {
        QTest::addColumn<int>("rotation");
        QTest::addColumn<QPointF>("share"); // of the shown rectangle, where the page's own corner stands
        QTest::addRow("0") << 0 << QPointF(0, 0);
        QTest::addRow("90") << 90 << QPointF(1, 0);
        QTest::addRow("180") << 180 << QPointF(1, 1);
        QTest::addRow("270") << 270 << QPointF(0, 1);
    }

    void turnsClockwise()
    {
        QFETCH(int, rotation);
        QFETCH(QPointF, share);
        const PageFlow flow = flowOf({kA4, kA4}, Fit::None, 1.5, rotation);
        const QRectF rect = flow.pageRect(2);
        QCOMPARE(rect.width() > rect.height(), rotation % 180 != 0);
        const QPointF corner(rect.left() + share.x() * rect.width(), rect.top() + share.y() * rect.height());
        QVERIFY(isNear(flow.transform(2).map(QPointF(0, 0)), corner));
        QVERIFY(isNear(flow.pointOf({2, QPointF(0, 0)}), corner));
        const QRectF all = flow.transform(2).mapRect(QRectF(QPointF(0, 0), kA4));
        QVERIFY(isNear(all.topLeft(), rect.topLeft()));
        QVERIFY(isNear(all.bottomRight(), rect.bottomRight()));
        const PagePlace place{2, QPointF(0.25, 0.75)};
        const PagePlace again = flow.placeAt(flow.pointOf(place));
        QCOMPARE(again.page, 2);
        QVERIFY(isNear(again.share, place.share));
    }

    void sizesThatNoPaperHas()
    {
        const double infinite = std::numeric_limits<double>::infinity();
        const QVector<QSizeF> pages{QSizeF(1e15, 1e15), QSizeF(infinite, 5),      QSizeF(0, -3),
                                    QSizeF(1e15, 1),    QSizeF(std::nan(""), 10), kA4};
        for (const Fit fit : {Fit::None, Fit::Width, Fit::Page}) {
            const PageFlow flow = flowOf(pages, fit, 8);
            QVERIFY(flow.size().height() > 0);
            QVERIFY(flow.size().width() <= 250'000);
            for (int page = 1; page <= flow.pageCount(); ++page)
                QVERIFY(flow.pageRect(page).isValid());
        }
        const PageFlow many = flowOf(QVector<QSizeF>(100'000, QSizeF(14'400, 14'400)), Fit::None, 8);
        QVERIFY(many.size().height() > 0); // still a number that scroll bars can hold
        QCOMPARE(many.pageAt(many.size().height()), 100'000);
    }

    void twoThousandPagesAreQuick()
    {
        PageFlow flow;
        flow.setPages(QVector<QSizeF>(2'400, kA4));
        QElapsedTimer timer;
        timer.start();
        for (int round = 0; round < 100; ++round) {
            flow.setLook(Fit::None, 0.5 + round / 100.0, 0, kRoom);
            for (int y = 0; y < flow.size().height(); y += 10'000)
                (void)flow.placeAt(QPointF(10, y));
        }
        // Some milliseconds; generous for a busy machine.
        QVERIFY2(timer.elapsed() < 2'000, qPrintable(QString::number(timer.elapsed())));
    }

    void smallPagesAreOnePiece()
    {
        const PageFlow flow = flowOf({kA4, kA4}, Fit::Width);
        const QVector<PagePiece> pieces = PagePieces::of(2, flow, 90, 2, QRectF());
        QCOMPARE(pieces.size(), 1);
        QVERIFY(pieces.first().part.isEmpty());
        QCOMPARE(pieces.first().page, 2);
        QCOMPARE(pieces.first().rotation, 90);
        QCOMPARE(pieces.first().pixelsPerPoint, flow.scale(2) * 2);
    }

    void largePagesAreCut()
    {
        const PageFlow flow = flowOf({kA4, kA4}, Fit::None, 8);
        const QRectF page = flow.pageRect(2);
        const QRectF area(page.center(), QSizeF(kRoom));
        const QVector<PagePiece> pieces = PagePieces::of(2, flow, 0, 1.5, area);
        QVERIFY(pieces.size() >= 2 && pieces.size() <= 9);
        QRegion covered;
        const QRect whole(0, 0, qRound(page.width() * 1.5), qRound(page.height() * 1.5));
        for (const PagePiece &piece : pieces) {
            QVERIFY(whole.contains(piece.part));
            QCOMPARE(piece.size, piece.part.size());
            QVERIFY(!covered.intersects(piece.part));
            covered += piece.part;
        }
        const QRectF local = area.translated(-page.topLeft());
        QVERIFY(QRegion(QRectF(local.topLeft() * 1.5, local.size() * 1.5).toRect() & whole)
                    .subtracted(covered)
                    .isEmpty());
        // What is in the middle comes first.
        QVERIFY(pieces.first().part.contains(((area.center() - page.topLeft()) * 1.5).toPoint()));
        QVERIFY(PagePieces::of(2, flow, 0, 1.5, flow.pageRect(1)).isEmpty());
        QVERIFY(PagePieces::of(2, flow, 0, 1.5, page).size() > 50);
    }

    void jumpsGoBackAndForward()
    {
        JumpList jumps;
        const auto spot = [](qint64 document, int page) { return ReaderSpot{{document}, {page, {}}}; };
        QVERIFY(!jumps.back(spot(1, 1)));
        jumps.jumpFrom(spot(1, 1));
        jumps.jumpFrom(spot(1, 1)); // nothing happened between
        jumps.jumpFrom(spot(1, 5));
        QCOMPARE(*jumps.back(spot(2, 9)), spot(1, 5));
        QCOMPARE(*jumps.back(spot(1, 5)), spot(1, 1));
        QVERIFY(!jumps.canGoBack());
        QCOMPARE(*jumps.forward(spot(1, 1)), spot(1, 5));
        QCOMPARE(*jumps.forward(spot(1, 5)), spot(2, 9));
        QVERIFY(!jumps.canGoForward());
        QCOMPARE(*jumps.back(spot(2, 9)), spot(1, 5));
        jumps.jumpFrom(spot(1, 6)); // another way on
        QVERIFY(!jumps.canGoForward());
        jumps.jumpFrom(ReaderSpot{}); // from nowhere: nothing to come back to
        QCOMPARE(*jumps.back(spot(3, 1)), spot(1, 6));
        for (int page = 1; page <= 1'000; ++page)
            jumps.jumpFrom(spot(1, page));
        int steps = 0;
        while (jumps.back(spot(1, 1)))
            ++steps;
        QCOMPARE(steps, JumpList::kMost);
    }
};

QTEST_GUILESS_MAIN(PageFlowTest)
#include "tst_PageFlow.moc"
