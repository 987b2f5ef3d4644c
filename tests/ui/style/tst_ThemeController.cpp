// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/ThemeController.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWindow>

using namespace lectern::ui;

class TestThemeController : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void followsTheSystemAtFirst();
    void choosesAtOnce();
    void noticesAChangeOfTheSystem();
    void leavesAFixedChoiceAlone();
    void readsThePlatformByDefault();

private:
    QPalette m_system;
};

void TestThemeController::init()
{
    m_system = Theme::light().palette();
}

void TestThemeController::followsTheSystemAtFirst()
{
    m_system = Theme::darkTheme().palette();
    const ThemeController controller(*qApp, [this] { return m_system; });
    QCOMPARE(controller.choice(), ThemeController::Choice::System);
    QCOMPARE(&controller.theme(), &Theme::darkTheme());
    QCOMPARE(QApplication::palette().color(QPalette::Window), Theme::darkTheme().window);
}

void TestThemeController::choosesAtOnce()
{
    ThemeController controller(*qApp, [this] { return m_system; });
    QSignalSpy changed(&controller, &ThemeController::themeChanged);
    controller.setChoice(ThemeController::Choice::Dark);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(QApplication::palette().color(QPalette::Base), Theme::darkTheme().surface);
    controller.setChoice(ThemeController::Choice::Dark);
    QCOMPARE(changed.size(), 1);
    controller.setChoice(ThemeController::Choice::System);
    QCOMPARE(changed.size(), 2);
    QCOMPARE(QApplication::palette().color(QPalette::Base), Theme::light().surface);
}

void TestThemeController::noticesAChangeOfTheSystem()
{
    const ThemeController controller(*qApp, [this] { return m_system; });
    QSignalSpy changed(&controller, &ThemeController::themeChanged);
    m_system = Theme::darkTheme().palette();
    QWindow window; // windows are told when the theme of the platform changes
    QEvent event(QEvent::ThemeChange);
    QCoreApplication::sendEvent(&window, &event);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(&controller.theme(), &Theme::darkTheme());
}

void TestThemeController::leavesAFixedChoiceAlone()
{
    ThemeController controller(*qApp, [this] { return m_system; });
    controller.setChoice(ThemeController::Choice::Light);
    m_system = Theme::darkTheme().palette();
    QEvent event(QEvent::ApplicationPaletteChange);
    QCoreApplication::sendEvent(qApp, &event);
    QCOMPARE(&controller.theme(), &Theme::light());
}

void TestThemeController::readsThePlatformByDefault()
{
    QApplication::setPalette(Theme::darkTheme().palette());
    const ThemeController controller(
        *qApp); // what an earlier controller had set is not taken for the platform's wish
    QCOMPARE(&controller.theme(), &Theme::light());
}

QTEST_MAIN(TestThemeController)
#include "tst_ThemeController.moc"
