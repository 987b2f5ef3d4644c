// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/UndoBar.h"

#include <QEnterEvent>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace lectern::ui;
using namespace Qt::StringLiterals;

class TestUndoBar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void standsTenSeconds();
    void expires();
    void undoReportsItsToken();
    void oneAtATime();
    void waitsUnderThePointer();
    void waitsWithTheFocus();
    void closingIsFinal();
    void withdrawIsSilent();
};

void TestUndoBar::standsTenSeconds()
{
    UndoBar bar;
    QCOMPARE(bar.objectName(), u"undoBar"_s);
    QVERIFY(bar.isHidden());
    QCOMPARE(bar.remaining(), 0);
    bar.offer(u"Removed 3 documents."_s, 7);
    QVERIFY(!bar.isHidden());
    QCOMPARE(bar.text(), u"Removed 3 documents."_s);
    QCOMPARE(bar.accessibleName(), u"Removed 3 documents."_s);
    QVERIFY(bar.remaining() > 9'000);
    QVERIFY(bar.remaining() <= UndoBar::kDefaultMilliseconds);
}

void TestUndoBar::expires()
{
    QWidget window; // not shown: neither pointer nor focus can come by
    UndoBar bar(&window);
    QSignalSpy expired(&bar, &UndoBar::expired);
    QSignalSpy undone(&bar, &UndoBar::undoRequested);
    bar.setDuration(1);
    bar.offer(u"Removed."_s, 7);
    QVERIFY(expired.wait());
    QCOMPARE(expired.at(0).at(0).toLongLong(), 7);
    QVERIFY(bar.isHidden());
    QVERIFY(!bar.isOffering());
    QCOMPARE(undone.size(), 0);
}

void TestUndoBar::undoReportsItsToken()
{
    UndoBar bar;
    QSignalSpy expired(&bar, &UndoBar::expired);
    QSignalSpy undone(&bar, &UndoBar::undoRequested);
    bar.offer(u"Removed."_s, 8);
    bar.findChild<QPushButton *>(u"undoButton"_s)->click();
    QCOMPARE(undone.size(), 1);
    QCOMPARE(undone.at(0).at(0).toLongLong(), 8);
    QVERIFY(bar.isHidden());
    QCOMPARE(expired.size(), 0);
}

void TestUndoBar::oneAtATime()
{
    UndoBar bar;
    QSignalSpy expired(&bar, &UndoBar::expired);
    bar.offer(u"first"_s, 1);
    bar.offer(u"second"_s, 2);
    QCOMPARE(expired.size(), 1);
    QCOMPARE(expired.at(0).at(0).toLongLong(), 1);
    QCOMPARE(bar.text(), u"second"_s);
}

void TestUndoBar::waitsUnderThePointer()
{
    UndoBar bar;
    QSignalSpy expired(&bar, &UndoBar::expired);
    bar.offer(u"Removed."_s, 1);
    QVERIFY(!bar.isWaiting());
    QEnterEvent enter(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5));
    QCoreApplication::sendEvent(&bar, &enter);
    QVERIFY(bar.isWaiting());
    const int left = bar.remaining();
    QVERIFY(left > 0);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&bar, &leave);
    QVERIFY(!bar.isWaiting());
    QVERIFY(bar.remaining() <= left);
    QVERIFY(bar.remaining() > 0);
    QCOMPARE(expired.size(), 0);
}

void TestUndoBar::waitsWithTheFocus()
{
    UndoBar bar;
    bar.offer(u"Removed."_s, 1);
    auto *undo = bar.findChild<QPushButton *>(u"undoButton"_s);
    QFocusEvent in(QEvent::FocusIn, Qt::TabFocusReason);
    QFocusEvent out(QEvent::FocusOut, Qt::TabFocusReason);
    QCoreApplication::sendEvent(undo, &in);
    QVERIFY(bar.isWaiting());
    // The pointer leaving does not end what the focus holds.
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&bar, &leave);
    QVERIFY(bar.isWaiting());
    QCoreApplication::sendEvent(undo, &out);
    QVERIFY(!bar.isWaiting());
}

void TestUndoBar::closingIsFinal()
{
    UndoBar bar;
    QSignalSpy expired(&bar, &UndoBar::expired);
    bar.offer(u"Removed."_s, 1);
    bar.findChild<QToolButton *>(u"closeUndo"_s)->click();
    QCOMPARE(expired.size(), 1);
    bar.offer(u"Removed."_s, 2);
    QTest::keyClick(bar.findChild<QPushButton *>(u"undoButton"_s), Qt::Key_Escape);
    QCOMPARE(expired.size(), 2);
    QVERIFY(bar.isHidden());
}

void TestUndoBar::withdrawIsSilent()
{
    UndoBar bar;
    QSignalSpy expired(&bar, &UndoBar::expired);
    QSignalSpy undone(&bar, &UndoBar::undoRequested);
    bar.offer(u"Removed."_s, 1);
    bar.withdraw();
    QVERIFY(bar.isHidden());
    QCOMPARE(expired.size() + undone.size(), 0);
}

QTEST_MAIN(TestUndoBar)
#include "tst_UndoBar.moc"
