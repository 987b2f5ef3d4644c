// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Metrics.h"
#include "ui/style/Theme.h"
#include "ui/widgets/DropOverlay.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/EntityChips.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/FilterField.h"
#include "ui/widgets/FlowLayout.h"
#include "ui/widgets/NavigationRail.h"
#include "ui/widgets/Placeholder.h"
#include "ui/widgets/SectionLabel.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/WelcomeCard.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace lectern::ui;
using namespace Qt::StringLiterals;

class TestSmallWidgets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void segmentsAreExclusive();
    void segmentsMoveByKeys();
    void filterClearsByEsc();
    void filterLeavesDownwards();
    void elidedLabelGivesWay();
    void railIsExclusive();
    void railMovesByKeys();
    void railCountsFailures();
    void placeholderOffersOneAction();
    void welcomeHasOnePrimaryStep();
    void flowWrapsAndMirrors();
    void chipsReportAndFold();
    void overlayCoversItsParent();
    void factsKeepTheirWidgets();
    void labelsFollowTheFont();
};

void TestSmallWidgets::segmentsAreExclusive()
{
    SegmentedControl control({u"All"_s, u"Running"_s, u"Failed"_s});
    QSignalSpy changed(&control, &SegmentedControl::currentChanged);
    QCOMPARE(control.currentIndex(), 0);
    control.setCurrentIndex(2);
    QCOMPARE(control.currentIndex(), 2);
    QCOMPARE(changed.size(), 1);
    control.setCurrentIndex(2);
    control.setCurrentIndex(7);
    control.setCurrentIndex(-1);
    QCOMPARE(changed.size(), 1);
    control.setCount(0, 8);
    QCOMPARE(control.segmentText(0), u"All 8"_s);
    control.setCount(0, -1);
    QCOMPARE(control.segmentText(0), u"All"_s);
    control.resize(control.sizeHint());
    control.show();
    QTest::mouseClick(control.segment(1), Qt::LeftButton);
    QCOMPARE(control.currentIndex(), 1);
}

void TestSmallWidgets::segmentsMoveByKeys()
{
    SegmentedControl control({u"All"_s, u"Running"_s, u"Failed"_s});
    control.show();
    control.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&control));
    control.segment(0)->setFocus(Qt::TabFocusReason);
    QTest::keyClick(control.segment(0), Qt::Key_Right);
    QCOMPARE(control.currentIndex(), 1);
    QVERIFY(control.segment(1)->hasFocus());
    QTest::keyClick(control.segment(1), Qt::Key_Left);
    QCOMPARE(control.currentIndex(), 0);
}

void TestSmallWidgets::filterClearsByEsc()
{
    FilterField field(u"Filter"_s);
    QCOMPARE(field.accessibleName(), u"Filter"_s);
    QSignalSpy edited(&field, &QLineEdit::textEdited);
    QTest::keyClicks(&field, u"nitrate"_s);
    QCOMPARE(field.text(), u"nitrate"_s);
    QTest::keyClick(&field, Qt::Key_Escape);
    QVERIFY(field.text().isEmpty());
    QVERIFY(edited.size() > 7);
    // Empty: Esc is for somebody else.
    QKeyEvent escape(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier);
    QCoreApplication::sendEvent(&field, &escape);
    QVERIFY(!escape.isAccepted());
}

void TestSmallWidgets::filterLeavesDownwards()
{
    FilterField field(u"Filter"_s);
    QSignalSpy left(&field, &FilterField::leaveDownwards);
    QTest::keyClick(&field, Qt::Key_Down);
    QCOMPARE(left.size(), 1);
}

void TestSmallWidgets::elidedLabelGivesWay()
{
    ElidedLabel label(u"loan-agreement-2019-signed-and-scanned.pdf"_s);
    label.resize(60, 20);
    QVERIFY(label.isElided());
    QVERIFY(label.minimumSizeHint().width() < 60);
    label.resize(label.sizeHint());
    QVERIFY(!label.isElided());
    QCOMPARE(label.accessibleName(), label.text());
}

void TestSmallWidgets::railIsExclusive()
{
    NavigationRail rail;
    QAction library(u"&Library"_s);
    QAction jobs(u"Jobs"_s);
    QAction settings(u"Settings"_s);
    rail.addView(library);
    rail.addView(jobs);
    rail.addTool(settings);
    library.setChecked(true);
    jobs.trigger();
    QVERIFY(jobs.isChecked());
    QVERIFY(!library.isChecked());
    jobs.trigger(); // never none
    QVERIFY(jobs.isChecked());
    QVERIFY(!settings.isCheckable());
    QSignalSpy triggered(&library, &QAction::triggered);
    rail.findChildren<QToolButton *>().at(0)->click();
    QCOMPARE(triggered.size(), 1);
    QVERIFY(library.isChecked());
}

void TestSmallWidgets::railMovesByKeys()
{
    NavigationRail rail;
    QAction library(u"Library"_s);
    QAction chat(u"Chat"_s);
    QAction jobs(u"Jobs"_s);
    for (QAction *action : {&library, &chat, &jobs})
        rail.addView(*action);
    chat.setEnabled(false);
    rail.show();
    rail.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&rail));
    const auto buttons = rail.findChildren<QToolButton *>();
    buttons.at(0)->setFocus(Qt::TabFocusReason);
    QTest::keyClick(buttons.at(0), Qt::Key_Down);
    QVERIFY(buttons.at(2)->hasFocus()); // past the disabled one
    QTest::keyClick(buttons.at(2), Qt::Key_Return);
    QVERIFY(jobs.isChecked());
    QTest::keyClick(buttons.at(2), Qt::Key_Up);
    QVERIFY(buttons.at(0)->hasFocus());
}

void TestSmallWidgets::railCountsFailures()
{
    NavigationRail rail;
    QAction jobs(u"&Jobs"_s);
    rail.addView(jobs);
    const auto *button = rail.findChild<QToolButton *>();
    QCOMPARE(button->accessibleName(), u"Jobs"_s);
    rail.setBadge(jobs, 3);
    QCOMPARE(rail.badge(jobs), 3);
    QCOMPARE(button->accessibleName(), u"Jobs, 3 failed"_s);
    rail.setBadge(jobs, -1);
    QCOMPARE(rail.badge(jobs), 0);
}

void TestSmallWidgets::placeholderOffersOneAction()
{
    Placeholder placeholder;
    QSignalSpy triggered(&placeholder, &Placeholder::actionTriggered);
    placeholder.setContent(Glyph::Filter, u"Nothing matches"_s, u"214 documents are hidden."_s,
                           u"Clear filter"_s);
    QCOMPARE(placeholder.text(), u"Nothing matches"_s);
    QCOMPARE(placeholder.accessibleName(), u"Nothing matches"_s);
    auto *button = placeholder.findChild<QPushButton *>(u"placeholderAction"_s);
    QVERIFY(!button->isHidden());
    button->click();
    QCOMPARE(triggered.size(), 1);
    placeholder.setContent(Glyph::Document, u"Nothing yet"_s);
    QVERIFY(button->isHidden());
}

void TestSmallWidgets::welcomeHasOnePrimaryStep()
{
    WelcomeCard card;
    QSignalSpy triggered(&card, &WelcomeCard::stepTriggered);
    card.setHeadline(u"Welcome"_s, u"Lectern reads your documents."_s);
    card.setSteps({{u"add"_s, u"Add"_s, {}, u"Add…"_s, WelcomeStep::State::Open},
                   {u"model"_s, u"Connect"_s, {}, u"Connect…"_s, WelcomeStep::State::Later}});
    auto *add = card.findChild<QPushButton *>(u"welcomeStep_add"_s);
    QVERIFY(add);
    QVERIFY(add->isEnabled());
    QVERIFY(!card.findChild<QPushButton *>(u"welcomeStep_model"_s)->isEnabled());
    add->click();
    QCOMPARE(triggered.size(), 1);
    QCOMPARE(triggered.at(0).at(0).toString(), u"add"_s);
}

void TestSmallWidgets::flowWrapsAndMirrors()
{
    QWidget parent;
    auto *flow = new FlowLayout(&parent, 4);
    for (int index = 0; index < 3; ++index) {
        auto *box = new QWidget;
        box->setFixedSize(50, 20);
        flow->addWidget(box);
    }
    QCOMPARE(flow->heightForWidth(160), 20);
    QCOMPARE(flow->heightForWidth(110), 44);
    QCOMPARE(flow->heightForWidth(10), 68);
    parent.resize(110, 100);
    parent.show();
    QCOMPARE(flow->itemAt(0)->geometry().topLeft(), QPoint(0, 0));
    QCOMPARE(flow->itemAt(2)->geometry().topLeft(), QPoint(0, 24));
    parent.setLayoutDirection(Qt::RightToLeft);
    flow->setGeometry(QRect(0, 0, 110, 100));
    QCOMPARE(flow->itemAt(0)->geometry().topRight(), QPoint(109, 0));
}

void TestSmallWidgets::chipsReportAndFold()
{
    EntityChips chips;
    QVector<EntityChips::Chip> many;
    for (int index = 0; index < 40; ++index)
        many.append({u"phrase %1"_s.arg(index), u"Key phrase"_s, index, {}});
    QSignalSpy clicked(&chips, &EntityChips::chipClicked);
    chips.setChips(many);
    auto buttons = chips.findChildren<QAbstractButton *>();
    QCOMPARE(buttons.size(), EntityChips::kMaximumShown + 1);
    QCOMPARE(buttons.last()->text(), u"+16 more"_s);
    QCOMPARE(buttons.at(2)->accessibleName(), u"Key phrase: phrase 2"_s);
    buttons.at(2)->click();
    QCOMPARE(clicked.at(0).at(0).toInt(), 2);
    buttons.last()->click();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(chips.findChildren<QAbstractButton *>().size(), 40);
    QCOMPARE(clicked.size(), 1);
}

void TestSmallWidgets::overlayCoversItsParent()
{
    QWidget window;
    window.resize(400, 300);
    DropOverlay overlay(window);
    QVERIFY(overlay.isHidden());
    overlay.showMessage(u"Add 12 files to Library"_s);
    QCOMPARE(overlay.message(), u"Add 12 files to Library"_s);
    QCOMPARE(overlay.accessibleName(), overlay.message());
    QCOMPARE(overlay.geometry(), window.rect());
    window.show();
    window.resize(500, 200);
    QTRY_COMPARE(overlay.geometry(), window.rect());
    QVERIFY(overlay.testAttribute(Qt::WA_TransparentForMouseEvents));
}

void TestSmallWidgets::factsKeepTheirWidgets()
{
    FactList list;
    list.setFacts({{u"Size"_s, u"3 MB"_s}, {u"Language"_s, u"English"_s}});
    const auto before = list.findChildren<QLabel *>();
    QCOMPARE(before.size(), 4);
    list.setFacts({{u"Size"_s, u"4 MB"_s}, {u"Language"_s, u"English"_s}});
    QCOMPARE(list.findChildren<QLabel *>(), before);
    QCOMPARE(before.at(1)->text(), u"4 MB"_s);
    QVERIFY(before.at(1)->textInteractionFlags() & Qt::TextSelectableByMouse);
    list.setFacts({{u"Kind"_s, u"PDF"_s}});
    QCOMPARE(list.findChildren<QLabel *>().size(), 2);
}

void TestSmallWidgets::labelsFollowTheFont()
{
    const QFont before = QApplication::font();
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *inner = new SectionLabel(u"Title"_s, SectionLabel::Level::Title);
    layout->addWidget(inner);
    SectionLabel &title = *inner;
    window.show();
    QFont larger = before;
    larger.setPointSizeF(15);
    QApplication::setFont(larger);
    QTRY_COMPARE(title.font().pointSizeF(), 15 * 1.15);
    QApplication::setFont(before);
    QTRY_COMPARE(title.font().pointSizeF(), before.pointSizeF() * 1.15);
    QFont ten = before;
    ten.setPointSizeF(10);
    QCOMPARE(metrics::secondaryFont(ten).pointSizeF(), 9.0);
    ten.setPointSizeF(20);
    QCOMPARE(metrics::secondaryFont(ten).pointSizeF(), 18.0);
    QApplication::setPalette(Theme::darkTheme().palette());
    QTRY_COMPARE(title.palette().color(QPalette::WindowText), Theme::darkTheme().text);
    QApplication::setPalette(Theme::light().palette());
    QTRY_COMPARE(title.palette().color(QPalette::WindowText), Theme::light().text);
}

QTEST_MAIN(TestSmallWidgets)
#include "tst_SmallWidgets.moc"
