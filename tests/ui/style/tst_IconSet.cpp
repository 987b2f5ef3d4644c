// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/IconSet.h"

#include <QApplication>
#include <QFile>
#include <QImage>
#include <QSet>
#include <QTest>

using namespace lectern::ui;
using namespace Qt::StringLiterals;

namespace {

int inkOf(const QImage &image)
{
    int ink = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            ink += qAlpha(image.pixel(x, y)) > 60 ? 1 : 0;
    }
    return ink;
}

/// The colour of the pixel that is most covered.
QColor colorOf(const QImage &image)
{
    QRgb strongest = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (qAlpha(image.pixel(x, y)) > qAlpha(strongest))
                strongest = image.pixel(x, y);
        }
    }
    return QColor::fromRgb(strongest);
}

QImage drawn(const QIcon &icon, QIcon::Mode mode = QIcon::Normal, QIcon::State state = QIcon::Off)
{
    return icon.pixmap(QSize(24, 24), 1.0, mode, state).toImage();
}

} // namespace

class TestIconSet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyGlyphDraws_data();
    void everyGlyphDraws();
    void noTwoGlyphsLookTheSame();
    void takesTheColourOfItsMode();
    void followsTheTheme();
    void isSharpAtTwice();
    void applicationIconDraws_data();
    void applicationIconDraws();
};

void TestIconSet::init()
{
    QApplication::setPalette(Theme::light().palette());
}

void TestIconSet::everyGlyphDraws_data()
{
    QTest::addColumn<int>("glyph");
    for (const Glyph glyph : IconSet::all())
        QTest::newRow(qPrintable(IconSet::name(glyph))) << static_cast<int>(glyph);
}

void TestIconSet::everyGlyphDraws()
{
    QFETCH(int, glyph);
    const QString name = IconSet::name(static_cast<Glyph>(glyph));
    QFile file(u":/lectern/icons/%1.svg"_s.arg(name));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(name));
    const QByteArray svg = file.readAll();
    // One family: the same grid and line in every file, and no colour of its own.
    QVERIFY(svg.contains("viewBox=\"0 0 24 24\""));
    QVERIFY(svg.contains("stroke-width=\"1.75\""));
    QVERIFY(svg.contains("stroke-linecap=\"round\""));
    QVERIFY(!svg.contains('#'));
    for (const int size : {16, 24, 48}) {
        const QImage image = IconSet::pixmap(static_cast<Glyph>(glyph), size, Qt::red, 1.0).toImage();
        QCOMPARE(image.size(), QSize(size, size));
        QVERIFY(inkOf(image) > size / 2);
        QVERIFY(inkOf(image) < size * size * 6 / 10);
    }
}

void TestIconSet::noTwoGlyphsLookTheSame()
{
    QSet<QByteArray> seen;
    for (const Glyph glyph : IconSet::all()) {
        const QImage image = IconSet::pixmap(glyph, 24, Qt::black, 1.0).toImage();
        const QByteArray bytes(reinterpret_cast<const char *>(image.constBits()), image.sizeInBytes());
        QVERIFY2(!seen.contains(bytes), qPrintable(IconSet::name(glyph)));
        seen.insert(bytes);
    }
}

void TestIconSet::takesTheColourOfItsMode()
{
    const Theme &theme = Theme::light();
    const QIcon icon = IconSet::icon(Glyph::Stop);
    QCOMPARE(colorOf(drawn(icon)), theme.text);
    QCOMPARE(colorOf(drawn(icon, QIcon::Disabled)), theme.disabled);
    QCOMPARE(colorOf(drawn(icon, QIcon::Normal, QIcon::On)), theme.accent);
    QCOMPARE(colorOf(drawn(IconSet::icon(Glyph::Stop, Tone::Failed))), theme.failed);
    QCOMPARE(colorOf(drawn(IconSet::icon(Glyph::Stop, Tone::OnAccent), QIcon::Normal, QIcon::On)),
             theme.onAccent);
}

void TestIconSet::followsTheTheme()
{
    const QIcon icon = IconSet::icon(Glyph::Stop, Tone::Running);
    QCOMPARE(colorOf(drawn(icon)), Theme::light().running);
    QApplication::setPalette(Theme::darkTheme().palette());
    QCOMPARE(colorOf(drawn(icon)), Theme::darkTheme().running);
}

void TestIconSet::isSharpAtTwice()
{
    const QPixmap pixmap = IconSet::icon(Glyph::Library).pixmap(QSize(24, 24), 2.0);
    QCOMPARE(pixmap.size(), QSize(48, 48));
    QCOMPARE(pixmap.devicePixelRatio(), 2.0);
    const QImage small = IconSet::pixmap(Glyph::Library, 24, Qt::black, 1.0).toImage();
    QVERIFY(pixmap.toImage() != small.scaled(48, 48));
}

void TestIconSet::applicationIconDraws_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {16, 32, 48, 128, 512})
        QTest::addRow("%d", size) << size;
}

void TestIconSet::applicationIconDraws()
{
    QFETCH(int, size);
    const QImage image = IconSet::application().pixmap(QSize(size, size), 1.0).toImage();
    QCOMPARE(image.size(), QSize(size, size));
    QVERIFY(inkOf(image) > size * size / 2);
    QCOMPARE(qAlpha(image.pixel(0, 0)), 0);
    // Pages of light and a ground of dark: it stands out on both.
    const QColor page = image.pixelColor(size * 30 / 100, size * 60 / 100);
    const QColor ground = image.pixelColor(size * 10 / 100, size / 2);
    QVERIFY2(contrastRatio(page, ground) > 3, qPrintable(page.name() + u' ' + ground.name()));
}

QTEST_MAIN(TestIconSet)
#include "tst_IconSet.moc"
