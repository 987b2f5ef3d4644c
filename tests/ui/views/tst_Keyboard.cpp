// SPDX-License-Identifier: GPL-3.0-or-later
#include "SamplePdfs.h"
#include "WindowFixture.h"

#include "presentation/CommandId.h"
#include "presentation/LibraryFeed.h"
#include "support/TemporaryWorkspace.h"
#include "ui/shell/CommandPalette.h"
#include "ui/style/Theme.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QSet>

using namespace lectern;
using namespace lectern::test;
namespace command = lectern::presentation::command;

/// Everything by keyboard, and everything with a name for assistive programs.
class KeyboardTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void wholeRoundWithoutMouse();
    void regionsCycle();
    void tabReachesEverythingAndComesBack();
    void paletteRunsCommandsAndFindsDocuments();
    void paletteTellsWhyNot();
    void everythingHasAName();
    void narrowWindowWorks();

private:
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    std::unique_ptr<support::TemporaryWorkspace> m_place;
    QString m_first;
    QString m_second;
};

void KeyboardTest::init()
{
    m_place = std::make_unique<support::TemporaryWorkspace>();
    m_first = m_place->pathOf(QStringLiteral("alpha.pdf"));
    m_second = m_place->pathOf(QStringLiteral("beta.pdf"));
    SamplePdfs::book(m_first, 2, 1);
    SamplePdfs::book(m_second, 2, 2);
}

void KeyboardTest::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : QApplication::activeWindow(),
                    key, modifiers);
}

void KeyboardTest::wholeRoundWithoutMouse()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.desktop.filesToChoose = {m_first, m_second};
    press(Qt::Key_O, Qt::ControlModifier);
    QVERIFY(fixture.waitDone(2));
    QVERIFY(fixture.wait([&] { return fixture.model().documentAt(1).has_value(); }));
    press(Qt::Key_F, Qt::ControlModifier);
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("searchField"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("beta"));
    QVERIFY(fixture.wait([&] { return fixture.model().count() == 1; }));
    press(Qt::Key_Down);
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(&fixture.list()));
    press(Qt::Key_Return);
    QVERIFY(fixture.find<QWidget>("readerView").isVisible());
    QVERIFY(fixture.wait([&] { return fixture.isEnabled(command::kOpenDocument); }));
    press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(fixture.wait([&] { return fixture.desktop.opened == QStringList{m_second}; }));
    press(Qt::Key_1, Qt::AltModifier);
    fixture.list().setFocus();
    press(Qt::Key_Delete);
    QVERIFY(fixture.wait([&] { return fixture.snapshot().totals.documentsInTrash == 1; }));
    press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(fixture.wait([&] { return fixture.snapshot().totals.documentsInTrash == 0; }));
    press(Qt::Key_F, Qt::ControlModifier);
    press(Qt::Key_Escape);
    QVERIFY(fixture.wait([&] { return fixture.model().count() == 2; }));
    press(Qt::Key_3, Qt::AltModifier);
    QVERIFY(fixture.find<QWidget>("searchView").isVisible());
    press(Qt::Key_4, Qt::AltModifier);
    QVERIFY(fixture.find<QWidget>("jobsView").isVisible());
    press(Qt::Key_1, Qt::AltModifier);
    QVERIFY(fixture.find<QWidget>("libraryView").isVisible());
    QVERIFY(fixture.find<QWidget>("detailPane").isVisible());
    press(Qt::Key_F4);
    QVERIFY(!fixture.find<QWidget>("detailPane").isVisible());
    press(Qt::Key_F4);
    QVERIFY(fixture.find<QWidget>("detailPane").isVisible());
    press(Qt::Key_Period, Qt::ControlModifier);
    QVERIFY(fixture.wait([&] { return fixture.snapshot().paused; }));
    QVERIFY(fixture.wait([&] { return fixture.isEnabled(command::kResumeAll); }));
    press(Qt::Key_Period, Qt::ControlModifier);
    QVERIFY(fixture.wait([&] { return !fixture.snapshot().paused; }));
}

void KeyboardTest::regionsCycle()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({m_first});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(fixture.select(QStringLiteral("alpha.pdf")));
    QVERIFY(fixture.wait([&] { return fixture.window().isSettled(); }));
    QSet<QWidget *> reached;
    for (int i = 0; i < 12; ++i) {
        press(Qt::Key_F6);
        QVERIFY(QApplication::focusWidget());
        reached.insert(QApplication::focusWidget());
    }
    const auto inside = [&reached](const QWidget &region) {
        return std::any_of(reached.cbegin(), reached.cend(),
                           [&region](const QWidget *widget) { return region.isAncestorOf(widget); });
    };
    QVERIFY(inside(fixture.find<QWidget>("toolBar")));
    QVERIFY(inside(fixture.find<QWidget>("libraryView")));
    QVERIFY(inside(fixture.find<QWidget>("detailPane")));
}

void KeyboardTest::tabReachesEverythingAndComesBack()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({m_first});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(fixture.select(QStringLiteral("alpha.pdf")));
    QVERIFY(fixture.wait([&] { return fixture.window().isSettled(); }));
    press(Qt::Key_F, Qt::ControlModifier);
    QWidget *start = QApplication::focusWidget();
    QStringList names;
    QSet<QWidget *> reached;
    for (int i = 0; i < 200; ++i) {
        press(Qt::Key_Tab);
        QWidget *now = QApplication::focusWidget();
        if (now == start)
            break;
        QVERIFY2(!reached.contains(now), qPrintable(QStringLiteral("caught in ") + now->objectName()));
        reached.insert(now);
        names.append(now->objectName());
    }
    QCOMPARE(QApplication::focusWidget(), start);
    for (const char *name :
         {"documentList", "stateFilter", "pageStrip", "pageView", "collectionList", "commandField"})
        QVERIFY2(names.contains(QString::fromLatin1(name)), name);
    QVERIFY(names.indexOf(QStringLiteral("stateFilter")) < names.indexOf(QStringLiteral("documentList")));
    QVERIFY(names.indexOf(QStringLiteral("documentList")) < names.indexOf(QStringLiteral("pageStrip")));
}

void KeyboardTest::paletteRunsCommandsAndFindsDocuments()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({m_first, m_second});
    QVERIFY(fixture.waitDone(2));
    press(Qt::Key_K, Qt::ControlModifier);
    auto &palette = fixture.find<ui::CommandPalette>("commandPalette");
    QVERIFY(palette.isVisible());
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral(">dark"));
    press(Qt::Key_Return);
    QVERIFY(!palette.isVisible());
    QVERIFY(fixture.wait([&] { return ui::Theme::of(fixture.window().palette()).dark; }));
    press(Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("beta.pdf"));
    auto &rows = fixture.find<QListView>("paletteList");
    QVERIFY(fixture.wait([&] { return rows.model()->rowCount() == 1; }));
    QVERIFY(fixture.wait([&] { return rows.currentIndex().isValid(); }));
    press(Qt::Key_Return);
    QVERIFY(fixture.wait([&] {
        return fixture.model()
                   .documentAt(fixture.list().currentIndex().row())
                   .value_or(domain::Document{})
                   .name == QStringLiteral("beta.pdf");
    }));
    press(Qt::Key_K, Qt::ControlModifier);
    press(Qt::Key_Escape);
    QVERIFY(!palette.isVisible());
}

void KeyboardTest::paletteTellsWhyNot()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    press(Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("retry all"));
    auto &rows = fixture.find<QListView>("paletteList");
    QVERIFY(rows.model()->rowCount() >= 1);
    const QString spoken = rows.model()->index(0, 0).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(spoken.contains(QStringLiteral("Nothing has failed")), qPrintable(spoken));
    press(Qt::Key_Return);
    QVERIFY2(fixture.find<QWidget>("commandPalette").isVisible(),
             "a command that is off must not close the palette");
}

void KeyboardTest::everythingHasAName()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({m_first, m_second});
    QVERIFY(fixture.waitDone(2));
    QVERIFY(fixture.select(QStringLiteral("alpha.pdf")));
    QVERIFY(fixture.wait([&] { return fixture.window().isSettled(); }));
    QStringList nameless;
    for (const QString &view : {command::kViewLibrary, command::kViewJobs}) {
        fixture.trigger(view);
        for (QWidget *widget : fixture.window().findChildren<QWidget *>()) {
            const bool reachable =
                widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus);
            if (!reachable)
                continue;
            QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget);
            const bool named = spoken && (!spoken->text(QAccessible::Name).isEmpty() ||
                                          !spoken->text(QAccessible::Value).isEmpty());
            if (!named)
                nameless.append(QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') +
                                widget->objectName());
        }
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QStringLiteral(", "))));
    // Every cell of the list says itself in words.
    fixture.trigger(command::kViewLibrary);
    for (int column = 0; column < presentation::DocumentListModel::kColumnCount; ++column) {
        if (!fixture.list().isColumnHidden(column))
            QVERIFY2(!fixture.model().index(0, column).data(Qt::AccessibleTextRole).toString().isEmpty(),
                     qPrintable(QString::number(column)));
    }
}

void KeyboardTest::narrowWindowWorks()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({m_first});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(fixture.find<QWidget>("detailPane").isVisible());
    fixture.window().resize(960, 600);
    QVERIFY(fixture.wait([&] { return !fixture.find<QWidget>("detailPane").isVisible(); }));
    QVERIFY(!fixture.list().isColumnHidden(presentation::DocumentListModel::Name));
    press(Qt::Key_F4);
    QVERIFY2(fixture.find<QWidget>("detailPane").isVisible(), "asked for, it shows in a small window too");
    fixture.window().resize(1360, 860);
    QVERIFY(fixture.wait([&] { return fixture.find<QWidget>("detailPane").isVisible(); }));
}

QTEST_MAIN(KeyboardTest)
#include "tst_Keyboard.moc"
