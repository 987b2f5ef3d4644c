// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/PageImageCache.h"
#include "support/Strict.h"

#include <QTest>

#include <random>

using namespace lectern;
using presentation::PageImageCache;
using presentation::PageImageKey;

namespace {

PageImageKey whole(int page, qint64 scale = 1)
{
    return {{1}, page, 0, scale, PageImageKey::kWhole};
}

/// A picture of so many bytes (in steps of 400).
QImage picture(int bytes)
{
    return QImage(100, bytes / 400, QImage::Format_RGB32);
}

} // namespace

class PageImageCacheTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }

    void dropsWhatWasUsedLongestAgo()
    {
        PageImageCache cache(4'000);
        cache.insert(whole(1), picture(1'600));
        cache.insert(whole(2), picture(1'600));
        QVERIFY(!cache.find(whole(1)).isNull());
        cache.insert(whole(3), picture(1'600));
        QVERIFY(cache.contains(whole(1)));
        QVERIFY(!cache.contains(whole(2)));
        QVERIFY(cache.contains(whole(3)));
        QCOMPARE(cache.bytes(), 3'200);
    }

    void oneThatIsTooLargeIsNotKept()
    {
        PageImageCache cache(4'000);
        cache.insert(whole(1), picture(1'600));
        cache.insert(whole(2), picture(4'400));
        QVERIFY(cache.contains(whole(1)));
        QVERIFY(!cache.contains(whole(2)));
    }

    void sameKeyTakesThePlace()
    {
        PageImageCache cache(4'000);
        cache.insert(whole(1), picture(1'600));
        cache.insert(whole(1), picture(2'400));
        QCOMPARE(cache.count(), 1);
        QCOMPARE(cache.bytes(), 2'400);
        cache.clear();
        QCOMPARE(cache.bytes(), 0);
        QVERIFY(cache.find(whole(1)).isNull());
    }

    void anyScaleOfAWholePage()
    {
        PageImageCache cache(10'000);
        QVERIFY(cache.findWhole({1}, 1, 0).isNull());
        cache.insert(whole(1, 5), picture(400));
        cache.insert(whole(1, 7), picture(800));
        PageImageKey part = whole(1, 9);
        part.corner = QPoint(0, 0);
        cache.insert(part, picture(1'200));
        QCOMPARE(cache.findWhole({1}, 1, 0).sizeInBytes(), 800);
        QVERIFY(cache.findWhole({1}, 1, 90).isNull());
        QVERIFY(cache.findWhole({2}, 1, 0).isNull());
        QVERIFY(cache.findWhole({1}, 2, 0).isNull());
        QCOMPARE(cache.find(part).sizeInBytes(), 1'200);
    }

    // Whatever is put in and looked up, the limit holds and the sum is right.
    void neverAboveItsLimit()
    {
        std::mt19937 random(7); // NOLINT(cert-msc51-cpp): the same every time
        PageImageCache cache(20'000);
        for (int step = 0; step < 20'000; ++step) {
            const PageImageKey key =
                whole(static_cast<int>(random() % 30), static_cast<qint64>(random() % 3));
            if (random() % 2 == 0)
                cache.insert(key, picture(400 * static_cast<int>(1 + random() % 60)));
            else
                (void)cache.findWhole(key.document, key.page, 0);
            QVERIFY(cache.bytes() <= cache.maxBytes());
        }
        qint64 sum = 0;
        for (int page = 0; page < 30; ++page)
            for (qint64 scale = 0; scale < 3; ++scale)
                sum += cache.find(whole(page, scale)).sizeInBytes();
        QCOMPARE(cache.bytes(), sum);
    }
};

QTEST_GUILESS_MAIN(PageImageCacheTest)
#include "tst_PageImageCache.moc"
