// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Theme.h"
#include "ui/widgets/PageStrip.h"

#include <QAccessible>
#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace lectern::ui;
using namespace Qt::StringLiterals;

class TestPageStrip : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init();
    void nameCountsPagesAndFailures();
    void clickSelectsAndOpens();
    void gapsBelongToCells();
    void keysMove();
    void wrapsToItsWidth();
    void cellTextsSayStates();
    void statesLookDifferent();
    void isNotMirrored();
    void everyCellIsAChildForAssistivePrograms();
    void tenThousandPagesAreQuick();

private:
    QVector<PageState> m_pages;
};

void TestPageStrip::init()
{
    QApplication::setPalette(Theme::light().palette());
    m_pages = QVector<PageState>(86, PageState::Queued);
    m_pages[0] = PageState::Done;
    m_pages[1] = PageState::Rendered;
    m_pages[2] = PageState::Running;
    m_pages[3] = PageState::Failed;
    m_pages[9] = PageState::Failed;
}

void TestPageStrip::nameCountsPagesAndFailures()
{
    PageStrip strip;
    QCOMPARE(strip.objectName(), u"pageStrip"_s);
    strip.setPages(m_pages);
    QCOMPARE(strip.accessibleName(), u"Pages, 86, 2 failed"_s);
    strip.setPageState(10, PageState::Done);
    QCOMPARE(strip.accessibleName(), u"Pages, 86, 1 failed"_s);
    strip.setPageState(4, PageState::Done);
    QCOMPARE(strip.accessibleName(), u"Pages, 86"_s);
}

void TestPageStrip::clickSelectsAndOpens()
{
    PageStrip strip;
    strip.setPages(m_pages);
    strip.resize(strip.sizeHint());
    QSignalSpy selected(&strip, &PageStrip::currentPageChanged);
    QSignalSpy opened(&strip, &PageStrip::pageActivated);
    QTest::mouseClick(&strip, Qt::LeftButton, {}, strip.cellRect(16).center());
    QCOMPARE(selected.size(), 1);
    QCOMPARE(selected.at(0).at(0).toInt(), 17);
    QCOMPARE(strip.currentPage(), 17);
    QTest::mouseClick(&strip, Qt::LeftButton, {}, strip.cellRect(16).center());
    QCOMPARE(selected.size(), 1);
    QCOMPARE(opened.size(), 0);
    QTest::mouseDClick(&strip, Qt::LeftButton, {}, strip.cellRect(16).center());
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.at(0).at(0).toInt(), 17);
}

void TestPageStrip::gapsBelongToCells()
{
    PageStrip strip;
    strip.setPages(m_pages);
    strip.resize(strip.sizeHint());
    for (const int cell : {0, 1, 19, 20, 85}) {
        QCOMPARE(strip.cellAt(strip.cellRect(cell).topLeft()), cell);
        QCOMPARE(strip.cellAt(strip.cellRect(cell).bottomRight() + QPoint(1, 1)), cell);
    }
    QCOMPARE(strip.cellAt(QPoint(-1, 5)), -1);
    QCOMPARE(strip.cellAt(QPoint(strip.width() - 1, strip.height() - 1)), -1);
}

void TestPageStrip::keysMove()
{
    PageStrip strip;
    strip.setPages(m_pages);
    strip.resize(strip.sizeHint());
    QSignalSpy opened(&strip, &PageStrip::pageActivated);
    QTest::keyClick(&strip, Qt::Key_Right);
    QCOMPARE(strip.currentPage(), 1);
    QTest::keyClick(&strip, Qt::Key_Right);
    QCOMPARE(strip.currentPage(), 2);
    QTest::keyClick(&strip, Qt::Key_End);
    QCOMPARE(strip.currentPage(), 86);
    QTest::keyClick(&strip, Qt::Key_Right); // nothing beyond the end
    QCOMPARE(strip.currentPage(), 86);
    QTest::keyClick(&strip, Qt::Key_Home);
    QTest::keyClick(&strip, Qt::Key_Left);
    QCOMPARE(strip.currentPage(), 1);
    QTest::keyClick(&strip, Qt::Key_Down);
    QCOMPARE(strip.cellRect(strip.cells().cellOf(strip.currentPage())).left(), strip.cellRect(0).left());
    QVERIFY(strip.currentPage() > 2);
    QTest::keyClick(&strip, Qt::Key_Up);
    QCOMPARE(strip.currentPage(), 1);
    QCOMPARE(opened.size(), 0);
    QTest::keyClick(&strip, Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
}

void TestPageStrip::wrapsToItsWidth()
{
    PageStrip strip;
    strip.setPages(m_pages);
    QVERIFY(strip.heightForWidth(150) > strip.heightForWidth(300));
    strip.resize(150, strip.heightForWidth(150));
    QVERIFY(strip.rect().contains(strip.cellRect(85)));
    for (int cell = 0; cell < 86; ++cell)
        QVERIFY(strip.cellRect(cell).right() < 150);
}

void TestPageStrip::cellTextsSayStates()
{
    PageStrip strip;
    strip.setPages(m_pages);
    QCOMPARE(strip.cellText(3), u"Page 4: failed"_s);
    QVector<PageState> many(1200, PageState::Done); // three a cell
    many[31] = PageState::Failed;
    strip.setPages(many);
    QCOMPARE(strip.cellText(10), u"Pages 31 to 33: 1 failed and 2 done"_s);
}

void TestPageStrip::statesLookDifferent()
{
    PageStrip strip;
    strip.setPages(m_pages);
    strip.resize(strip.sizeHint());
    const QImage image = strip.grab().toImage();
    QVector<QImage> pictures;
    for (const int cell : {0, 1, 2, 3, 4}) {
        const QImage picture = image.copy(strip.cellRect(cell));
        QVERIFY(!pictures.contains(picture));
        pictures.append(picture);
    }
    strip.setCurrentPage(5);
    const QRect ring = strip.cellRect(4).adjusted(-3, -3, 3, 3);
    QVERIFY(strip.grab().toImage().copy(ring) != image.copy(ring));
}

void TestPageStrip::isNotMirrored()
{
    QWidget parent;
    parent.setLayoutDirection(Qt::RightToLeft);
    PageStrip strip(&parent);
    strip.setPages(m_pages);
    strip.resize(300, 100);
    QVERIFY(strip.cellRect(0).left() < strip.cellRect(1).left());
    QTest::keyClick(&strip, Qt::Key_Home);
    QTest::keyClick(&strip, Qt::Key_Right);
    QCOMPARE(strip.currentPage(), 2);
}

void TestPageStrip::everyCellIsAChildForAssistivePrograms()
{
    PageStrip strip;
    strip.setPages(m_pages);
    strip.resize(strip.sizeHint());
    QAccessibleInterface *root = QAccessible::queryAccessibleInterface(&strip);
    QVERIFY(root);
    QCOMPARE(root->role(), QAccessible::List);
    QCOMPARE(root->text(QAccessible::Name), u"Pages, 86, 2 failed"_s);
    QCOMPARE(root->childCount(), 86);
    QAccessibleInterface *cell = root->child(3);
    QVERIFY(cell);
    QCOMPARE(cell->text(QAccessible::Name), u"Page 4: failed"_s);
    QCOMPARE(root->indexOfChild(cell), 3);
    QCOMPARE(root->child(3), cell);
    QCOMPARE(cell->parent(), root);
    QCOMPARE(root->child(86), nullptr);
    QVERIFY(!cell->state().selected);
    strip.setCurrentPage(4);
    QVERIFY(cell->state().selected);
    QSignalSpy opened(&strip, &PageStrip::pageActivated);
    cell->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(opened.at(0).at(0).toInt(), 4);
    strip.setPages(QVector<PageState>(2, PageState::Done));
    QVERIFY(!cell->isValid());
    QCOMPARE(cell->text(QAccessible::Name), QString());
}

void TestPageStrip::tenThousandPagesAreQuick()
{
    PageStrip strip;
    strip.setPages(QVector<PageState>(10'000, PageState::Queued));
    strip.resize(300, strip.heightForWidth(300));
    QImage image(strip.size(), QImage::Format_RGB32);
    QElapsedTimer timer;
    timer.start();
    for (int page = 1; page <= 10'000; ++page)
        strip.setPageState(page, PageState::Done);
    strip.render(&image);
    QCOMPARE(strip.cells().count(PageState::Done), 10'000);
    // Generous for a busy machine; painting every page for every change would take many seconds.
    QVERIFY2(timer.elapsed() < 1500, qPrintable(QString::number(timer.elapsed())));
}

QTEST_MAIN(TestPageStrip)
#include "tst_PageStrip.moc"
