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
    void nothingMovesUnderReducedMotion();

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

void TestThemeController::nothingMovesUnderReducedMotion()
{
    // As on a desktop that wants menus to fade; offscreen wants nothing.
    const Qt::UIEffect effects[] = {Qt::UI_AnimateMenu, Qt::UI_FadeMenu, Qt::UI_AnimateCombo,
                                    Qt::UI_FadeTooltip};
    QApplication::setEffectEnabled(Qt::UI_General, true);
    for (const Qt::UIEffect effect : effects)
        QApplication::setEffectEnabled(effect, true);
    QApplication::setEffectEnabled(Qt::UI_AnimateToolBox, false);
    const int flash = QApplication::cursorFlashTime();
    QVERIFY(flash > 0);
    {
        ThemeController controller(*qApp, [this] { return m_system; });
        QVERIFY(!controller.reducesMotion());
        QVERIFY(QApplication::isEffectEnabled(Qt::UI_FadeMenu)); // as the platform wants it
        controller.setReduceMotion(true);
        QVERIFY(controller.reducesMotion());
        for (const Qt::UIEffect effect : effects)
            QVERIFY(!QApplication::isEffectEnabled(effect));
        QVERIFY(!QApplication::isEffectEnabled(Qt::UI_General));
        QCOMPARE(QApplication::cursorFlashTime(), 0);
        controller.setReduceMotion(false);
        for (const Qt::UIEffect effect : effects)
            QVERIFY(QApplication::isEffectEnabled(effect));
        QVERIFY(!QApplication::isEffectEnabled(Qt::UI_AnimateToolBox)); // nor more than it wants
        QCOMPARE(QApplication::cursorFlashTime(), flash);
        controller.setReduceMotion(true);
    }
    QCOMPARE(QApplication::cursorFlashTime(), flash); // nothing stays behind
    QApplication::setEffectEnabled(Qt::UI_General, false);
}

QTEST_MAIN(TestThemeController)
#include "tst_ThemeController.moc"
