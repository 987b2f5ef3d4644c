// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Theme.h"
#include "ui/widgets/TwoFillProgressBar.h"

#include <QAccessible>
#include <QApplication>
#include <QImage>
#include <QLocale>
#include <QPainter>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace lectern::ui;
using namespace Qt::StringLiterals;

using State = TwoFillProgressPainter::State;

namespace {

QImage painted(const State &state, bool dark = false, bool rightToLeft = false)
{
    QImage image(200, 16, QImage::Format_RGB32);
    const Theme &theme = dark ? Theme::darkTheme() : Theme::light();
    image.fill(theme.surface);
    QPainter painter(&image);
    TwoFillProgressPainter::paint(painter, image.rect(), state, theme.palette(), QFont(), rightToLeft);
    return image;
}

State make(qint64 stored, qint64 ahead, qint64 total)
{
    State state;
    state.stored = stored;
    state.ahead = ahead;
    state.total = total;
    return state;
}

QSet<QRgb> colorsOf(const QImage &image, const QRect &rect)
{
    QSet<QRgb> colors;
    for (int y = rect.top(); y <= rect.bottom(); ++y) {
        for (int x = rect.left(); x <= rect.right(); ++x)
            colors.insert(image.pixel(x, y));
    }
    return colors;
}

} // namespace

class TestTwoFillProgress : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void extents_data();
    void extents();
    void extentNeverRunsBackwards();
    void solidPaleAndTrack_data();
    void solidPaleAndTrack();
    void paleIsHatched();
    void pausedLooksDisabled();
    void fillsFromTheRight();
    void textIsReadableOnBothParts();
    void barSpeaks();
    void barIsClicked();
};

void TestTwoFillProgress::extents_data()
{
    QTest::addColumn<qint64>("stored");
    QTest::addColumn<qint64>("ahead");
    QTest::addColumn<qint64>("total");
    QTest::addColumn<int>("solid");
    QTest::addColumn<int>("pale");
    QTest::newRow("nothing known") << qint64(0) << qint64(0) << qint64(0) << 0 << 0;
    QTest::newRow("not begun") << qint64(0) << qint64(0) << qint64(86) << 0 << 0;
    QTest::newRow("half and a quarter") << qint64(50) << qint64(25) << qint64(100) << 100 << 150;
    QTest::newRow("all") << qint64(100) << qint64(0) << qint64(100) << 200 << 200;
    QTest::newRow("one of very many shows") << qint64(1) << qint64(0) << qint64(100'000) << 2 << 2;
    QTest::newRow("one missing of very many shows")
        << qint64(99'999) << qint64(0) << qint64(100'000) << 198 << 198;
    QTest::newRow("more than all") << qint64(120) << qint64(50) << qint64(100) << 200 << 200;
    QTest::newRow("ahead below zero") << qint64(50) << qint64(-10) << qint64(100) << 100 << 100;
    QTest::newRow("no overflow") << (qint64(1) << 40) << qint64(0) << (qint64(1) << 41) << 100 << 100;
}

void TestTwoFillProgress::extents()
{
    QFETCH(qint64, stored);
    QFETCH(qint64, ahead);
    QFETCH(qint64, total);
    const auto ends = TwoFillProgressPainter::extent(200, make(stored, ahead, total));
    QTEST(ends.solid, "solid");
    QTEST(ends.pale, "pale");
}

void TestTwoFillProgress::extentNeverRunsBackwards()
{
    int before = 0;
    for (int stored = 0; stored <= 1031; ++stored) {
        const auto ends = TwoFillProgressPainter::extent(137, make(stored, 3, 1031));
        QVERIFY(ends.solid >= before);
        QVERIFY(ends.pale >= ends.solid);
        QCOMPARE(ends.solid == 137, stored == 1031);
        before = ends.solid;
    }
}

void TestTwoFillProgress::solidPaleAndTrack_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestTwoFillProgress::solidPaleAndTrack()
{
    QFETCH(bool, dark);
    const Theme &theme = dark ? Theme::darkTheme() : Theme::light();
    const QImage image = painted(make(50, 25, 100), dark);
    QCOMPARE(image.pixelColor(50, 8), theme.running);
    QCOMPARE(image.pixelColor(180, 8), theme.track);
    const QSet<QRgb> pale = colorsOf(image, QRect(105, 3, 40, 10));
    QVERIFY(pale.contains(blend(theme.track, theme.running, 0.35).rgb()));
    QVERIFY(!pale.contains(theme.running.rgb()));
    QVERIFY(!pale.contains(theme.track.rgb()));
    QCOMPARE(image.pixelColor(0, 0), theme.surface); // a rounded corner
    State failed = make(50, 0, 100);
    failed.failed = true;
    QCOMPARE(painted(failed, dark).pixelColor(50, 8), theme.failed);
}

void TestTwoFillProgress::paleIsHatched()
{
    const QImage image = painted(make(0, 100, 100));
    // Along a line the colour changes again and again.
    int changes = 0;
    for (int x = 21; x < 180; ++x)
        changes += image.pixel(x, 8) != image.pixel(x - 1, 8) ? 1 : 0;
    QVERIFY2(changes > 40, qPrintable(QString::number(changes)));
}

void TestTwoFillProgress::pausedLooksDisabled()
{
    State state = make(50, 25, 100);
    state.active = false;
    const QImage image = painted(state);
    const QColor solid = image.pixelColor(50, 8);
    QCOMPARE(solid, Theme::light().pausedFill);
    QVERIFY(solid.hsvSaturation() < 30);
}

void TestTwoFillProgress::fillsFromTheRight()
{
    const QImage image = painted(make(50, 0, 100), false, true);
    QCOMPARE(image.pixelColor(150, 8), Theme::light().running);
    QCOMPARE(image.pixelColor(50, 8), Theme::light().track);
}

void TestTwoFillProgress::textIsReadableOnBothParts()
{
    State state = make(50, 0, 100);
    state.text = u"50/100 pages"_s;
    const QImage image = painted(state);
    const QSet<QRgb> left = colorsOf(image, QRect(40, 2, 59, 12));
    const QSet<QRgb> right = colorsOf(image, QRect(101, 2, 59, 12));
    const auto best = [](const QSet<QRgb> &colors, const QColor &ground) {
        double ratio = 1;
        for (const QRgb color : colors)
            ratio = std::max(ratio, contrastRatio(QColor::fromRgb(color), ground));
        return ratio;
    };
    QVERIFY(best(left, Theme::light().running) > 4.5);
    QVERIFY(best(right, Theme::light().track) > 4.5);
    QCOMPARE(TwoFillProgressPainter::countText(412, 1031), u"412/1,031"_s);
}

void TestTwoFillProgress::barSpeaks()
{
    TwoFillProgressBar bar;
    State state = make(41, 22, 86);
    state.text = u"41 of 86 pages, 3 min left"_s;
    bar.setState(state);
    QCOMPARE(bar.value(), 47);
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(&bar);
    QVERIFY(face);
    QCOMPARE(face->role(), QAccessible::ProgressBar);
    QVERIFY(!face->text(QAccessible::Name).isEmpty());
    QCOMPARE(face->text(QAccessible::Value), state.text);
    QCOMPARE(face->valueInterface()->currentValue().toInt(), 47);
    QCOMPARE(face->valueInterface()->maximumValue().toInt(), 100);
    bar.setState(make(999, 0, 1000));
    QCOMPARE(bar.value(), 99);
    bar.setState(make(0, 0, 0));
    QCOMPARE(bar.value(), 0);
}

void TestTwoFillProgress::barIsClicked()
{
    TwoFillProgressBar bar;
    bar.resize(bar.sizeHint());
    QSignalSpy clicked(&bar, &TwoFillProgressBar::clicked);
    QTest::mouseClick(&bar, Qt::LeftButton);
    QCOMPARE(clicked.size(), 1);
    QTest::mouseClick(&bar, Qt::RightButton);
    QCOMPARE(clicked.size(), 1);
}

QTEST_MAIN(TestTwoFillProgress)
#include "tst_TwoFillProgress.moc"
