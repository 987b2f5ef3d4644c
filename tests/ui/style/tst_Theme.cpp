// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Theme.h"

#include <QTest>

#include <array>

using namespace lectern::ui;
using namespace Qt::StringLiterals;

class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void statesHaveTheAgreedColours_data();
    void statesHaveTheAgreedColours();
    void everyTextIsReadable_data();
    void everyTextIsReadable();
    void everyMarkIsVisible_data();
    void everyMarkIsVisible();
    void paletteLeadsBackToItsTable();
    void contrastOfBlackOnWhite();
};

namespace {

void bothThemes()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

const Theme &themeOf(bool dark)
{
    return dark ? Theme::darkTheme() : Theme::light();
}

QString named(const char *what, const QColor &over, const QColor &ground)
{
    return u"%1: %2 on %3 is %4"_s.arg(QLatin1String(what), over.name(), ground.name())
        .arg(contrastRatio(over, ground), 0, 'f', 2);
}

} // namespace

void TestTheme::statesHaveTheAgreedColours_data()
{
    bothThemes();
}

void TestTheme::statesHaveTheAgreedColours()
{
    QFETCH(bool, dark);
    const Theme &theme = themeOf(dark);
    QCOMPARE(theme.surface.name(), dark ? u"#1e1e1e"_s : u"#ffffff"_s);
    QCOMPARE(theme.tone(Tone::Running).name(), dark ? u"#78aeed"_s : u"#1a5fb4"_s);
    QCOMPARE(theme.tone(Tone::Done).name(), dark ? u"#57c27a"_s : u"#1b7f3b"_s);
    QCOMPARE(theme.tone(Tone::Waiting).name(), dark ? u"#e5b04a"_s : u"#8a5a00"_s);
    QCOMPARE(theme.tone(Tone::Failed).name(), dark ? u"#f28b82"_s : u"#b3261e"_s);
    QCOMPARE(theme.tone(Tone::Quiet).name(), dark ? u"#a8a6ae"_s : u"#5e5c64"_s);
    QCOMPARE(theme.track.name(), dark ? u"#3a3a3e"_s : u"#e4e4e8"_s);
}

void TestTheme::everyTextIsReadable_data()
{
    bothThemes();
}

void TestTheme::everyTextIsReadable()
{
    QFETCH(bool, dark);
    const Theme &theme = themeOf(dark);
    const auto check = [](const char *what, const QColor &over, const QColor &ground, double least) {
        QVERIFY2(contrastRatio(over, ground) >= least, qPrintable(named(what, over, ground)));
    };
    for (const QColor &ground : {theme.surface, theme.pane, theme.window, theme.raised}) {
        check("text", theme.text, ground, 10);
        for (const Tone tone :
             {Tone::Quiet, Tone::Accent, Tone::Running, Tone::Done, Tone::Waiting, Tone::Failed})
            check("tone", theme.tone(tone), ground, 4.5);
    }
    for (const QColor &ground :
         {theme.control, theme.controlHover, theme.controlPressed, theme.selection, theme.selectionIdle,
          theme.track, theme.infoFill, theme.warningFill, theme.errorFill, theme.pausedFill})
        check("text", theme.text, ground, 4.5);
    for (const QColor &ground : {theme.selection, theme.selectionIdle})
        check("quiet text of a selected row", theme.quiet, ground, 4.5);
    for (const QColor &ground : {theme.accentFill, theme.accentHover, theme.accentPressed})
        check("primary button", theme.onAccent, ground, 4.0);
    check("primary button", theme.onAccent, theme.accentFill, 4.5);
    check("bar", theme.onRunning, theme.running, 4.5);
    check("tool tip", theme.onTip, theme.tip, 7);
    for (const Tone tone : {Tone::Running, Tone::Done, Tone::Waiting, Tone::Failed, Tone::Quiet})
        check("tone on a bar's track", theme.tone(tone), theme.track, 3.9);
    check("banner", theme.accent, theme.infoFill, 4.5);
    check("banner", theme.waiting, theme.warningFill, 4.5);
    check("banner", theme.failed, theme.errorFill, 4.5);
}

void TestTheme::everyMarkIsVisible_data()
{
    bothThemes();
}

void TestTheme::everyMarkIsVisible()
{
    QFETCH(bool, dark);
    const Theme &theme = themeOf(dark);
    for (const QColor &ground : {theme.surface, theme.pane, theme.window, theme.raised}) {
        QVERIFY2(contrastRatio(theme.mark, ground) >= 3, qPrintable(named("mark", theme.mark, ground)));
        QVERIFY2(contrastRatio(theme.accent, ground) >= 3, qPrintable(named("ring", theme.accent, ground)));
        QVERIFY2(contrastRatio(theme.accentFill, ground) >= 2.5,
                 qPrintable(named("primary button", theme.accentFill, ground)));
    }
    QVERIFY(contrastRatio(theme.accent, theme.control) >= 3);
    QVERIFY(contrastRatio(theme.disabled, theme.surface) >= 2);
}

void TestTheme::paletteLeadsBackToItsTable()
{
    QCOMPARE(&Theme::of(Theme::light().palette()), &Theme::light());
    QCOMPARE(&Theme::of(Theme::darkTheme().palette()), &Theme::darkTheme());
    const QPalette palette = Theme::darkTheme().palette();
    QCOMPARE(palette.color(QPalette::Disabled, QPalette::Text), Theme::darkTheme().disabled);
    QCOMPARE(palette.color(QPalette::Inactive, QPalette::Highlight), Theme::darkTheme().selectionIdle);
}

void TestTheme::contrastOfBlackOnWhite()
{
    QCOMPARE(contrastRatio(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrastRatio(Qt::white, Qt::white), 1.0);
    QCOMPARE(blend(Qt::black, Qt::white, 0.2).name(), u"#333333"_s);
}

QTEST_MAIN(TestTheme)
#include "tst_Theme.moc"
