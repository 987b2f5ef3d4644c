// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/BannerStack.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace lectern::ui;
using namespace Qt::StringLiterals;

namespace {

BannerMessage message(const QString &id, BannerMessage::Kind kind = BannerMessage::Kind::Info)
{
    BannerMessage made;
    made.id = id;
    made.kind = kind;
    made.text = u"About "_s + id;
    return made;
}

QStringList shownIds(const BannerStack &stack)
{
    QStringList ids;
    for (const BannerMessage &shown : stack.shownMessages())
        ids.append(shown.id);
    return ids;
}

} // namespace

class TestBannerStack : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesNoRoomWhileEmpty();
    void showsTwoAtMost();
    void seriousOnesComeFirst();
    void sameCauseReplaces();
    void aBannerThatStaysIsTheSameWidget();
    void buttonsReport();
    void showsThreeButtonsAtMost();
    void closesByButtonAndEsc();
    void neverReadsMarkup();
    void namesItself();
};

void TestBannerStack::takesNoRoomWhileEmpty()
{
    BannerStack stack;
    QCOMPARE(stack.objectName(), u"bannerStack"_s);
    QVERIFY(stack.isHidden());
    stack.post(message(u"a"_s));
    QVERIFY(!stack.isHidden());
    stack.dismiss(u"a"_s);
    QVERIFY(stack.isHidden());
}

void TestBannerStack::showsTwoAtMost()
{
    BannerStack stack;
    QSignalSpy more(&stack, &BannerStack::moreRequested);
    for (const auto &id : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
        stack.post(message(id));
    QCOMPARE(stack.messageCount(), 4);
    QCOMPARE(shownIds(stack), QStringList({u"d"_s, u"c"_s}));
    auto *button = stack.findChild<QPushButton *>(u"moreBanners"_s);
    QVERIFY(!button->isHidden());
    QCOMPARE(button->text(), u"+2 more"_s);
    button->click();
    QCOMPARE(more.size(), 1);
    stack.dismiss(u"d"_s);
    QCOMPARE(shownIds(stack), QStringList({u"c"_s, u"b"_s}));
    QCOMPARE(button->text(), u"+1 more"_s);
    stack.dismiss(u"a"_s);
    QVERIFY(button->isHidden());
    stack.clear();
    QCOMPARE(stack.messageCount(), 0);
}

void TestBannerStack::seriousOnesComeFirst()
{
    BannerStack stack;
    stack.post(message(u"error"_s, BannerMessage::Kind::Error));
    stack.post(message(u"info"_s));
    stack.post(message(u"warning"_s, BannerMessage::Kind::Warning));
    QCOMPARE(shownIds(stack), QStringList({u"error"_s, u"warning"_s}));
    // A cause that gets worse moves up.
    stack.post(message(u"info"_s, BannerMessage::Kind::Error));
    QCOMPARE(shownIds(stack), QStringList({u"info"_s, u"error"_s}));
    QCOMPARE(stack.messageCount(), 3);
}

void TestBannerStack::sameCauseReplaces()
{
    BannerStack stack;
    stack.post(message(u"a"_s));
    stack.post(message(u"b"_s));
    BannerMessage again = message(u"a"_s);
    again.text = u"Indexing 121 of 214"_s;
    stack.post(again);
    QCOMPARE(stack.messageCount(), 2);
    QCOMPARE(shownIds(stack), QStringList({u"b"_s, u"a"_s})); // it keeps its place
    QCOMPARE(stack.shownMessages().at(1).text, again.text);
}

void TestBannerStack::aBannerThatStaysIsTheSameWidget()
{
    BannerStack stack;
    stack.post(message(u"a"_s));
    const auto *before = stack.findChild<Banner *>();
    stack.post(message(u"b"_s));
    stack.post(message(u"a"_s)); // the same words: nothing to do
    bool found = false;
    for (const auto *banner : stack.findChildren<Banner *>())
        found = found || (banner == before && banner->message().id == u"a"_s);
    QVERIFY(found);
}

void TestBannerStack::buttonsReport()
{
    BannerStack stack;
    QSignalSpy pressed(&stack, &BannerStack::actionTriggered);
    BannerMessage made = message(u"resumed"_s);
    made.actions = {{u"pause"_s, u"Pause"_s}, {u"review"_s, u"Review"_s}};
    stack.post(made);
    stack.findChild<QPushButton *>(u"review"_s)->click();
    QCOMPARE(pressed.size(), 1);
    QCOMPARE(pressed.at(0), QVariantList({u"resumed"_s, u"review"_s}));
}

void TestBannerStack::showsThreeButtonsAtMost()
{
    BannerStack stack;
    BannerMessage made = message(u"a"_s);
    made.actions = {{u"1"_s, u"One"_s}, {u"2"_s, u"Two"_s}, {u"3"_s, u"Three"_s}, {u"4"_s, u"Four"_s}};
    stack.post(made);
    QVERIFY(stack.findChild<QPushButton *>(u"3"_s));
    QVERIFY(!stack.findChild<QPushButton *>(u"4"_s));
}

void TestBannerStack::closesByButtonAndEsc()
{
    BannerStack stack;
    QSignalSpy closed(&stack, &BannerStack::closed);
    stack.post(message(u"a"_s));
    stack.findChild<QToolButton *>(u"closeBanner"_s)->click();
    QCOMPARE(closed.size(), 1);
    QCOMPARE(stack.messageCount(), 0);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);

    BannerMessage made = message(u"b"_s);
    made.actions = {{u"do"_s, u"Do it"_s}};
    stack.post(made);
    QTest::keyClick(stack.findChild<QPushButton *>(u"do"_s), Qt::Key_Escape);
    QCOMPARE(closed.size(), 2);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);

    made.closable = false;
    stack.post(made);
    QVERIFY(!stack.findChild<QToolButton *>(u"closeBanner"_s));
    QTest::keyClick(stack.findChild<QPushButton *>(u"do"_s), Qt::Key_Escape);
    QCOMPARE(closed.size(), 2);
}

void TestBannerStack::neverReadsMarkup()
{
    BannerStack stack;
    BannerMessage made = message(u"a"_s);
    made.text = u"<b>evil</b>.pdf"_s;
    stack.post(made);
    QCOMPARE(stack.findChild<QLabel *>()->textFormat(), Qt::PlainText);
}

void TestBannerStack::namesItself()
{
    BannerStack stack;
    stack.post(message(u"disk"_s, BannerMessage::Kind::Error));
    QCOMPARE(stack.accessibleName(), u"Messages"_s);
    QCOMPARE(stack.findChild<Banner *>()->accessibleName(), u"Error: About disk"_s);
    QVERIFY(!stack.findChild<QToolButton *>(u"closeBanner"_s)->accessibleName().isEmpty());
}

QTEST_MAIN(TestBannerStack)
#include "tst_BannerStack.moc"
