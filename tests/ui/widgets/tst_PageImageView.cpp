// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/PageImageView.h"

#include <QImage>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace lectern::ui;
using namespace Qt::StringLiterals;

namespace {

const QSizeF kA4(595, 842);

QImage halves(const QSize &size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::white);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width() / 2; ++x)
            image.setPixelColor(x, y, Qt::red);
    }
    return image;
}

QColor pixelAt(PageImageView &view, const QPointF &pagePoint)
{
    const double scale = view.pageRect().width() / kA4.width();
    const QPointF position = view.pageRect().topLeft() + pagePoint * scale;
    return view.viewport()->grab().toImage().pixelColor(position.toPoint());
}

} // namespace

class TestPageImageView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fitsTheWidth();
    void fitsThePage();
    void zoomsAndScrolls();
    void asksForTheRightResolution();
    void showsThePicture();
    void marksAndScrollsToHighlights();
    void showsAnErrorWithButtons();
    void aNewPageDropsTheOldPicture();
    void asksForNeighbours();
    void reportsClicksInPoints();
    void invertsOnlyWhenAsked();
};

void TestPageImageView::fitsTheWidth()
{
    PageImageView view;
    view.resize(600, 400);
    view.setPage(u"Page 17 of 86"_s, kA4);
    QCOMPARE(view.objectName(), u"pageView"_s);
    QCOMPARE(view.accessibleName(), u"Page 17 of 86"_s);
    view.show();
    const QRectF page = view.pageRect();
    QVERIFY(page.width() > 500);
    QVERIFY(page.right() < view.viewport()->width());
    QVERIFY(page.left() > 0);
    QCOMPARE(view.horizontalScrollBar()->maximum(), 0);
    QVERIFY(view.verticalScrollBar()->maximum() > 0);
}

void TestPageImageView::fitsThePage()
{
    PageImageView view;
    view.resize(600, 400);
    view.setFit(PageImageView::Fit::Page);
    view.setPage(u"Page 1"_s, kA4);
    view.show();
    QVERIFY(QRectF(view.viewport()->rect()).contains(view.pageRect()));
    QCOMPARE(view.verticalScrollBar()->maximum(), 0);
}

void TestPageImageView::zoomsAndScrolls()
{
    PageImageView view;
    view.resize(600, 400);
    view.setPage(u"Page 1"_s, kA4);
    view.show();
    QSignalSpy zoomed(&view, &PageImageView::zoomChanged);
    view.setZoom(2.0);
    QCOMPARE(view.fit(), PageImageView::Fit::None);
    QCOMPARE(view.zoom(), 2.0);
    QCOMPARE(zoomed.size(), 1);
    QVERIFY(view.horizontalScrollBar()->maximum() > 0);
    QTest::keyClick(&view, Qt::Key_Plus);
    QVERIFY(view.zoom() > 2.0);
    QTest::keyClick(&view, Qt::Key_0);
    QCOMPARE(view.zoom(), 1.0);
    QTest::keyClick(&view, Qt::Key_Minus);
    QVERIFY(view.zoom() < 1.0);
    view.setZoom(1000);
    QCOMPARE(view.zoom(), PageImageView::kMaximumZoom);
}

void TestPageImageView::asksForTheRightResolution()
{
    PageImageView view;
    view.resize(600, 400);
    QSignalSpy wanted(&view, &PageImageView::pixelsPerPointChanged);
    view.setPage(u"Page 1"_s, kA4);
    view.show();
    QVERIFY(wanted.size() >= 1);
    QCOMPARE(wanted.last().at(0).toDouble(), view.pixelsPerPoint());
    QVERIFY(qAbs(view.pixelsPerPoint() * kA4.width() - view.pageRect().width() * view.devicePixelRatioF()) <
            0.5);
    const auto before = wanted.size();
    view.resize(800, 400);
    QVERIFY(wanted.size() > before);
}

void TestPageImageView::showsThePicture()
{
    PageImageView view;
    view.resize(700, 1000);
    view.setPage(u"Page 1"_s, kA4);
    view.show();
    view.setImage(halves(QSize(595, 842)));
    QCOMPARE(pixelAt(view, QPointF(100, 400)), QColor(Qt::red));
    QCOMPARE(pixelAt(view, QPointF(500, 400)), QColor(Qt::white));
}

void TestPageImageView::marksAndScrollsToHighlights()
{
    PageImageView view;
    view.resize(600, 300);
    view.setPage(u"Page 1"_s, kA4);
    view.show();
    view.setImage(halves(QSize(595, 842)));
    QCOMPARE(view.verticalScrollBar()->value(), 0);
    const QRectF rectangle(350, 700, 100, 20);
    view.setHighlights({rectangle});
    QVERIFY(view.verticalScrollBar()->value() > 0);
    const double scale = view.pageRect().width() / kA4.width();
    const QRectF place(view.pageRect().topLeft() + rectangle.topLeft() * scale, rectangle.size() * scale);
    QVERIFY(QRectF(view.viewport()->rect()).contains(place));
    const QColor marked = pixelAt(view, rectangle.center());
    QVERIFY(marked != QColor(Qt::white));
    QVERIFY(marked.blue() < marked.red());
    view.setHighlights({});
    QCOMPARE(pixelAt(view, rectangle.center()), QColor(Qt::white));
}

void TestPageImageView::showsAnErrorWithButtons()
{
    PageImageView view;
    view.resize(600, 400);
    view.setPage(u"Page 19"_s, kA4);
    view.show();
    QSignalSpy retry(&view, &PageImageView::retryRequested);
    QSignalSpy skip(&view, &PageImageView::skipRequested);
    auto *card = view.findChild<QFrame *>(u"pageError"_s);
    QVERIFY(!card->isVisible());
    view.setError(u"This page could not be rendered"_s, u"Time limit 45 s"_s, true, false);
    QVERIFY(card->isVisible());
    QVERIFY(view.viewport()->rect().contains(card->geometry()));
    auto *retryButton = view.findChild<QPushButton *>(u"retryPage"_s);
    QVERIFY(!view.findChild<QPushButton *>(u"skipPage"_s)->isVisible());
    retryButton->click();
    QCOMPARE(retry.size(), 1);
    QCOMPARE(skip.size(), 0);
    view.setPage(u"Page 20"_s, kA4);
    QVERIFY(!card->isVisible());
}

void TestPageImageView::aNewPageDropsTheOldPicture()
{
    PageImageView view;
    view.resize(700, 1000);
    view.setPage(u"Page 1"_s, kA4);
    view.show();
    view.setImage(halves(QSize(595, 842)));
    view.setPage(u"Page 2"_s, kA4);
    QVERIFY(pixelAt(view, QPointF(100, 400)) != QColor(Qt::red));
    view.clear();
    QCOMPARE(view.accessibleName(), QString());
}

void TestPageImageView::asksForNeighbours()
{
    PageImageView view;
    view.resize(600, 400);
    view.setPage(u"Page 1"_s, kA4);
    view.show();
    QSignalSpy neighbour(&view, &PageImageView::neighbourRequested);
    QTest::keyClick(&view, Qt::Key_PageUp);
    QCOMPARE(neighbour.size(), 1);
    QCOMPARE(neighbour.at(0).at(0).toInt(), -1);
    QTest::keyClick(&view, Qt::Key_PageDown);
    QCOMPARE(neighbour.size(), 1);
    QVERIFY(view.verticalScrollBar()->value() > 0);
    QTest::keyClick(&view, Qt::Key_End);
    QTest::keyClick(&view, Qt::Key_PageDown);
    QCOMPARE(neighbour.at(1).at(0).toInt(), 1);
}

void TestPageImageView::reportsClicksInPoints()
{
    PageImageView view;
    view.resize(700, 1000);
    view.setPage(u"Page 1"_s, kA4);
    view.show();
    view.setImage(halves(QSize(595, 842)));
    QSignalSpy clicked(&view, &PageImageView::pageClicked);
    const double scale = view.pageRect().width() / kA4.width();
    const QPointF position = view.pageRect().topLeft() + QPointF(200, 300) * scale;
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, position.toPoint());
    QCOMPARE(clicked.size(), 1);
    const QPointF point = clicked.at(0).at(0).toPointF();
    QVERIFY((point - QPointF(200, 300)).manhattanLength() < 3);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(2, 2)); // the canvas
    QCOMPARE(clicked.size(), 1);
}

void TestPageImageView::invertsOnlyWhenAsked()
{
    PageImageView view;
    view.resize(700, 1000);
    view.setPage(u"Page 1"_s, kA4);
    view.show();
    view.setImage(halves(QSize(595, 842)));
    view.setInverted(true);
    QCOMPARE(pixelAt(view, QPointF(500, 400)), QColor(Qt::black));
    view.setImage(halves(QSize(595, 842)));
    QCOMPARE(pixelAt(view, QPointF(500, 400)), QColor(Qt::black));
    view.setInverted(false);
    QCOMPARE(pixelAt(view, QPointF(500, 400)), QColor(Qt::white));
}

QTEST_MAIN(TestPageImageView)
#include "tst_PageImageView.moc"
