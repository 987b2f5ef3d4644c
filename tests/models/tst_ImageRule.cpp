// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ImageRule.h"
#include "support/Strict.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace lectern;
using namespace lectern::models;

namespace {

ImageRule patches(int budget, int maxSide)
{
    ImageRule rule;
    rule.patchBudget = budget;
    rule.maxSide = maxSide;
    return rule;
}

ImageRule tiles(int base, int perTile)
{
    ImageRule rule;
    rule.kind = ImageRuleKind::Tiles;
    rule.baseTokens = base;
    rule.tileTokens = perTile;
    rule.maxSide = 2048;
    return rule;
}

constexpr QSizeF kA4(595.276, 841.89);

} // namespace

class tst_ImageRule : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void documentedExamples();
    void nothingForNoPicture();
    void budgetsAreKept();
    void factorsRoundUp();
    void bestScaleLosesNothing_data();
    void bestScaleLosesNothing();
    void bestScaleOfOddPages();
};

void tst_ImageRule::documentedExamples()
{
    // The worked example of OpenAI's guide, with the factor 1.
    const ImageRule rule = patches(1536, 0);
    QCOMPARE(fittedSize(rule, QSize(1800, 2400)), QSize(1056, 1408));
    QCOMPARE(imageTokens(rule, QSize(1800, 2400)), (ImageTokens{1452, 1452}));
    // A picture within the budget is not touched.
    QCOMPARE(imageTokens(rule, QSize(1024, 1024)), (ImageTokens{1024, 1024}));
    // An A4 page, 2,048 pixels long, without a budget: 46 × 64 patches.
    QCOMPARE(imageTokens(patches(0, 0), QSize(1448, 2048)).expected, 2944);
    ImageRule newest = patches(0, 0);
    newest.perThousand = 1200;
    QCOMPARE(imageTokens(newest, QSize(1448, 2048)).expected, 3533);
    // Tiles: 1024² on gpt-4o is brought to 768², four tiles.
    QCOMPARE(fittedSize(tiles(85, 170), QSize(1024, 1024)), QSize(768, 768));
    QCOMPARE(imageTokens(tiles(85, 170), QSize(1024, 1024)), (ImageTokens{765, 765}));
    QCOMPARE(imageTokens(tiles(2833, 5667), QSize(512, 512)), (ImageTokens{8500, 8500}));
    // 2048 × 4096 is brought to 1024 × 2048, then to 768 × 1536: six tiles.
    QCOMPARE(imageTokens(tiles(85, 170), QSize(2048, 4096)).expected, 85 + 170 * 6);
}

void tst_ImageRule::nothingForNoPicture()
{
    QCOMPARE(imageTokens(patches(1536, 2048), QSize()), ImageTokens{});
    QCOMPARE(imageTokens(tiles(85, 170), QSize(0, 100)), ImageTokens{});
}

void tst_ImageRule::budgetsAreKept()
{
    std::mt19937 random(5);
    for (int i = 0; i < 20'000; ++i) {
        const QSize size(static_cast<int>(random() % 6000) + 1, static_cast<int>(random() % 6000) + 1);
        const int budget = i % 2 == 0 ? 1536 : 2500;
        const ImageRule rule = patches(budget, 2048);
        const QSize fitted = fittedSize(rule, size);
        QVERIFY(fitted.width() >= 1 && fitted.height() >= 1);
        QVERIFY(fitted.width() <= std::min(2048, size.width()));
        QVERIFY(fitted.height() <= std::min(2048, size.height()));
        QVERIFY2(imageTokens(rule, size).expected <= budget,
                 qPrintable(QStringLiteral("%1 × %2").arg(size.width()).arg(size.height())));
    }
}

void tst_ImageRule::factorsRoundUp()
{
    ImageRule rule = patches(1536, 2048);
    rule.perThousand = 1200;
    rule.mostPerThousand = 1620;
    QCOMPARE(imageTokens(rule, QSize(32, 32)), (ImageTokens{2, 2}));
    QCOMPARE(imageTokens(rule, QSize(1800, 2400)), (ImageTokens{1743, 2353}));
    // The most is never below what is expected, whatever the data say.
    rule.mostPerThousand = 1000;
    QCOMPARE(imageTokens(rule, QSize(320, 320)), (ImageTokens{120, 120}));
    QCOMPARE(imageTokens(rule.measured(1500), QSize(320, 320)), (ImageTokens{150, 150}));
}

void tst_ImageRule::bestScaleLosesNothing_data()
{
    QTest::addColumn<ImageRuleKind>("kind");
    QTest::addColumn<int>("budget");
    QTest::addColumn<int>("maxSide");
    QTest::newRow("1,536 patches") << ImageRuleKind::Patches << 1536 << 2048;
    QTest::newRow("2,500 patches") << ImageRuleKind::Patches << 2500 << 2048;
    QTest::newRow("no budget") << ImageRuleKind::Patches << 0 << 0;
    QTest::newRow("tiles") << ImageRuleKind::Tiles << 0 << 2048;
}

void tst_ImageRule::bestScaleLosesNothing()
{
    QFETCH(ImageRuleKind, kind);
    QFETCH(int, budget);
    QFETCH(int, maxSide);
    ImageRule rule = kind == ImageRuleKind::Tiles ? tiles(85, 170) : patches(budget, maxSide);
    for (const QSizeF points :
         {kA4, kA4.transposed(), QSizeF(612, 792), QSizeF(842, 1191), QSizeF(2384, 3370)}) {
        const double scale = bestScale(rule, points);
        const QSize drawn = drawnSize(points, scale);
        QCOMPARE(fittedSize(rule, drawn), drawn);
        QVERIFY(std::max(drawn.width(), drawn.height()) <= 2048);
        // Two pixels in a hundred more, and either the provider would shrink it or it is as large as any.
        const QSize larger = drawnSize(points, scale * 1.05);
        QVERIFY(fittedSize(rule, larger) != larger || std::max(larger.width(), larger.height()) > 2048);
    }
}

void tst_ImageRule::bestScaleOfOddPages()
{
    const ImageRule rule = patches(1536, 2048);
    QCOMPARE(bestScale(rule, QSizeF()), 0.0);
    QCOMPARE(bestScale(rule, QSizeF(0, 100)), 0.0);
    // A stamp is not blown up beyond 300 dots per inch.
    QCOMPARE(bestScale(rule, QSizeF(72, 72)), 300.0 / 72.0);
    // A banner of 14,400 points.
    const QSizeF banner(14'400, 10);
    const QSize drawn = drawnSize(banner, bestScale(rule, banner));
    QCOMPARE(fittedSize(rule, drawn), drawn);
    QVERIFY(drawn.width() >= 2000);
}

QTEST_GUILESS_MAIN(tst_ImageRule)
#include "tst_ImageRule.moc"
