// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/Endpoint.h"
#include "domain/ModelPrice.h"
#include "support/Strict.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <random>

using namespace lectern;
using namespace lectern::domain;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kLeast = std::numeric_limits<qint64>::min();
constexpr qint64 kMost = std::numeric_limits<qint64>::max();

/// Prices of the order that is asked, and now and then absurd ones.
Money randomPrice(std::mt19937_64 &random)
{
    return Money{static_cast<qint64>(random() % (random() % 20 == 0 ? 1'000'000'000'000 : 20'000'000))};
}

ModelPrice randomModelPrice(std::mt19937_64 &random)
{
    ModelPrice price{randomPrice(random), randomPrice(random), randomPrice(random), randomPrice(random),
                     randomPrice(random)};
    if (random() % 2 == 0) {
        price.longContextFrom = static_cast<qint64>(random() % 300'000);
        price.longInputPercent = static_cast<int>(100 + random() % 200);
        price.longOutputPercent = static_cast<int>(100 + random() % 200);
    }
    return price;
}

TokenUsage randomUsage(std::mt19937_64 &random)
{
    TokenUsage usage;
    usage.input = static_cast<qint64>(random() % 500'000);
    usage.cachedInput = static_cast<qint64>(random() % static_cast<quint64>(usage.input + 1));
    usage.cacheWrite =
        static_cast<qint64>(random() % static_cast<quint64>(usage.input - usage.cachedInput + 1));
    usage.output = static_cast<qint64>(random() % 100'000);
    return usage;
}

} // namespace

class tst_Money : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void readsDecimals_data();
    void readsDecimals();
    void writesDecimals_data();
    void writesDecimals();
    void decimalsComeBack();
    void pricesForAMillion();
    void sumsAndProductsNeverWrap();
    void billsByHand();
    void surchargesRoundUp();
    void nonsenseIsNotBilledBelowZero();
    void billsNeverWrap();
    void billsAreTheSumOfTheirParts();
    void moreTokensNeverCostLess();
    void noBillIsAboveTheMost();
    void usagesAddUp();
    void writtenModelNames();
};

void tst_Money::readsDecimals_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<qint64>("picodollars");
    QTest::newRow("whole") << u"12"_s << true << qint64{12'000'000'000'000};
    QTest::newRow("fraction") << u"0.0375"_s << true << qint64{37'500'000'000};
    QTest::newRow("finest") << u"0.000000000001"_s << true << qint64{1};
    QTest::newRow("zeros at the end") << u"1.50000000000000000"_s << true << qint64{1'500'000'000'000};
    QTest::newRow("zero") << u"0"_s << true << qint64{0};
    QTest::newRow("no whole part") << u".5"_s << true << qint64{500'000'000'000};
    QTest::newRow("no fraction") << u"5."_s << true << qint64{5'000'000'000'000};
    QTest::newRow("spaces around") << u" 2 "_s << true << qint64{2'000'000'000'000};
    QTest::newRow("most") << u"9000000.999999999999"_s << true << qint64{9'000'000'999'999'999'999};
    QTest::newRow("empty") << QString() << false << qint64{};
    QTest::newRow("point") << u"."_s << false << qint64{};
    QTest::newRow("negative") << u"-1"_s << false << qint64{};
    QTest::newRow("signed") << u"+1"_s << false << qint64{};
    QTest::newRow("too fine") << u"0.0000000000001"_s << false << qint64{};
    QTest::newRow("too large") << u"9000001"_s << false << qint64{};
    QTest::newRow("far too large") << u"99999999999999999999999"_s << false << qint64{};
    QTest::newRow("exponent") << u"1e-6"_s << false << qint64{};
    QTest::newRow("comma") << u"1,5"_s << false << qint64{};
    QTest::newRow("two points") << u"1.2.3"_s << false << qint64{};
    QTest::newRow("other digits") << u"１"_s << false << qint64{};
    QTest::newRow("inner space") << u"1 000"_s << false << qint64{};
}

void tst_Money::readsDecimals()
{
    QFETCH(QString, text);
    QFETCH(bool, valid);
    QFETCH(qint64, picodollars);
    const std::optional<Money> money = Money::fromDecimal(text);
    QCOMPARE(money.has_value(), valid);
    if (valid)
        QCOMPARE(money->picodollars, picodollars);
}

void tst_Money::writesDecimals_data()
{
    QTest::addColumn<qint64>("picodollars");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << qint64{0} << u"0"_s;
    QTest::newRow("one") << Money::kPicoPerDollar << u"1"_s;
    QTest::newRow("finest") << qint64{1} << u"0.000000000001"_s;
    QTest::newRow("fraction") << qint64{37'500'000'000} << u"0.0375"_s;
    QTest::newRow("negative") << qint64{-1'500'000'000'000} << u"-1.5"_s;
    QTest::newRow("largest") << kMost << u"9223372.036854775807"_s;
    QTest::newRow("smallest") << kLeast << u"-9223372.036854775808"_s;
}

void tst_Money::writesDecimals()
{
    QFETCH(qint64, picodollars);
    QFETCH(QString, text);
    QCOMPARE(Money{picodollars}.toDecimal(), text);
}

void tst_Money::decimalsComeBack()
{
    std::mt19937_64 random(1);
    for (int i = 0; i < 20'000; ++i) {
        const int shift = static_cast<int>(random() % 60);
        const Money money{static_cast<qint64>(random() % 9'000'000'999'999'999'999ULL >> shift)};
        QCOMPARE(Money::fromDecimal(money.toDecimal()), money);
        if (money.picodollars < 1'000'000'000'000)
            QCOMPARE(Money::fromDecimalPerMillion(money.toDecimalPerMillion()), money);
    }
}

void tst_Money::pricesForAMillion()
{
    QCOMPARE(Money::fromDecimalPerMillion(u"0.0375"_s)->picodollars, 37'500);
    QCOMPARE(Money::fromDecimalPerMillion(u"0.000001"_s)->picodollars, 1);
    QVERIFY(!Money::fromDecimalPerMillion(u"0.0000001"_s));
    QVERIFY(!Money::fromDecimalPerMillion(u"-1"_s));
    QCOMPARE(Money{37'500}.toDecimalPerMillion(), u"0.0375"_s);
    QCOMPARE(Money{10'000'000}.toDecimalPerMillion(), u"10"_s);
    QCOMPARE(Money{kMost}.toDecimalPerMillion(), u"9223372036854.775807"_s);
}

void tst_Money::sumsAndProductsNeverWrap()
{
    QCOMPARE(Money::sum({2}, {3}), Money{5});
    QVERIFY(!Money::sum({kMost}, {1}));
    QVERIFY(!Money::sum({kLeast}, {-1}));
    QCOMPARE(Money::product({7}, 6), Money{42});
    QVERIFY(!Money::product({kMost / 2}, 3));
}

void tst_Money::billsByHand()
{
    // gpt-4o-mini: $0.15, cached $0.075, output $0.60 a million.
    const ModelPrice price{{150'000}, {75'000}, {150'000}, {600'000}, {}};
    TokenUsage usage;
    usage.input = 1'000;
    usage.output = 200;
    QCOMPARE(price.costOf(usage)->toDecimal(), u"0.00027"_s);
    usage.cachedInput = 600;
    QCOMPARE(price.costOf(usage)->toDecimal(), u"0.000225"_s);
    usage.cacheWrite = 400;
    const ModelPrice dearWrites{{150'000}, {75'000}, {187'500}, {600'000}, {5'000'000'000}};
    QCOMPARE(dearWrites.costOf(usage)->toDecimal(), u"0.00524"_s);
    QCOMPARE(ModelPrice{}.costOf(usage), Money{});
    QVERIFY(ModelPrice{}.isFree());
    QVERIFY(!price.isFree());
    // Half a cent a request, and a tenth of a cent a picture beside its tokens.
    ModelPrice perPicture = price;
    perPicture.request = {5'000'000'000};
    perPicture.picture = {1'000'000'000};
    usage.cacheWrite = 0;
    QCOMPARE(perPicture.costOf(usage)->toDecimal(), u"0.005225"_s);
    QCOMPARE(perPicture.costOf(usage, 1)->toDecimal(), u"0.006225"_s);
    QCOMPARE(perPicture.costOf(usage, 3)->toDecimal(), u"0.008225"_s);
    QCOMPARE(perPicture.mostFor(1'000, 200, 3)->toDecimal(), u"0.00827"_s); // nothing from the cache
    QCOMPARE(perPicture.costOfMany(usage, 2, false, 2)->toDecimal(), u"0.012225"_s);
    QVERIFY(!perPicture.costOf(usage, kMost));
    ModelPrice onlyPictures;
    onlyPictures.picture = {1};
    QVERIFY(!onlyPictures.isFree());
    // A surcharge on nothing is nothing.
    ModelPrice free;
    free.longContextFrom = 100;
    QVERIFY(free.isFree());
}

void tst_Money::surchargesRoundUp()
{
    ModelPrice price{{1}, {1}, {1}, {3}, {}, 10, 150, 110};
    TokenUsage usage;
    usage.input = 10;
    usage.output = 1;
    QCOMPARE(price.costOf(usage), Money{13}); // at the border: no surcharge
    usage.input = 11;
    QCOMPARE(price.costOf(usage), Money{17 + 4}); // 16.5 and 3.3
}

void tst_Money::nonsenseIsNotBilledBelowZero()
{
    const ModelPrice price{{10}, {1}, {12}, {50}, {}};
    TokenUsage usage;
    usage.input = 100;
    usage.cachedInput = 300; // counted apart from the input
    QCOMPARE(price.costOf(usage), Money{300});
    usage.cachedInput = -300;
    QCOMPARE(price.costOf(usage), Money{1000});
    usage = {};
    usage.output = -5;
    QCOMPARE(price.costOf(usage), Money{});
    usage.input = kLeast;
    usage.cachedInput = kMost;
    QCOMPARE(price.costOf(usage), Money{kMost});
}

void tst_Money::billsNeverWrap()
{
    const ModelPrice price{{100'000'000}, {100'000'000}, {100'000'000}, {100'000'000}, {}};
    TokenUsage usage;
    usage.input = 90'000'000'000; // $9 million
    QCOMPARE(price.costOf(usage)->toDecimal(), u"9000000"_s);
    usage.input = 93'000'000'000;
    QVERIFY(!price.costOf(usage));
    usage.input = 60'000'000'000;
    usage.output = 60'000'000'000;
    QVERIFY(!price.costOf(usage));
    usage = {};
    usage.output = kMost;
    QVERIFY(!price.costOf(usage));

    // With a surcharge, amounts that fit are still right, and those that do not are still noticed.
    ModelPrice surcharged{{100'000'000}, {}, {}, {}, {}, 1, 150, 150};
    usage = {};
    usage.input = 60'000'000'000;
    QCOMPARE(surcharged.costOf(usage)->toDecimal(), u"9000000"_s);
    usage.input = 62'000'000'000;
    QVERIFY(!surcharged.costOf(usage));
}

void tst_Money::billsAreTheSumOfTheirParts()
{
    std::mt19937_64 random(2);
    for (int i = 0; i < 5'000; ++i) {
        ModelPrice price = randomModelPrice(random);
        price.longContextFrom = 0;
        Money apart;
        TokenUsage together;
        qint64 allPictures = 0;
        const qint64 requests = 1 + static_cast<qint64>(random() % 8);
        for (qint64 request = 0; request < requests; ++request) {
            const TokenUsage usage = randomUsage(random);
            const auto pictures = static_cast<qint64>(random() % 3);
            apart += price.costOf(usage, pictures).value();
            together += usage;
            allPictures += pictures;
        }
        QCOMPARE(price.costOfMany(together, requests, false, allPictures), apart);
    }
}

void tst_Money::moreTokensNeverCostLess()
{
    std::mt19937_64 random(3);
    for (int i = 0; i < 20'000; ++i) {
        ModelPrice price = randomModelPrice(random);
        price.cachedInput = std::min(price.cachedInput, price.input);
        const TokenUsage usage = randomUsage(random);
        TokenUsage more = usage;
        more.input += static_cast<qint64>(random() % 1'000);
        more.output += static_cast<qint64>(random() % 1'000);
        QVERIFY(price.costOf(more).value() >= price.costOf(usage).value());
        // Without a surcharge, whose fractions are rounded up for each kind of token by itself.
        price.longContextFrom = 0;
        TokenUsage lessCached = usage;
        lessCached.cachedInput = static_cast<qint64>(random() % static_cast<quint64>(usage.cachedInput + 1));
        QVERIFY(price.costOf(lessCached).value() >= price.costOf(usage).value());
    }
}

void tst_Money::noBillIsAboveTheMost()
{
    std::mt19937_64 random(4);
    for (int i = 0; i < 20'000; ++i) {
        ModelPrice price = randomModelPrice(random);
        if (random() % 4 == 0)
            price.longInputPercent = static_cast<int>(1 + random() % 99); // a discount
        const TokenUsage usage = randomUsage(random);
        const qint64 spareInput = static_cast<qint64>(random() % 100'000);
        const qint64 spareOutput = static_cast<qint64>(random() % 1'000);
        const auto pictures = static_cast<qint64>(random() % 3);
        const std::optional<Money> most =
            price.mostFor(usage.input + spareInput, usage.output + spareOutput, pictures);
        QVERIFY(most.value() >= price.costOf(usage, pictures).value());
    }
}

void tst_Money::usagesAddUp()
{
    TokenUsage a{10, 4, 2, 5, 1, true};
    a += TokenUsage{100, 40, 20, 50, 10, true};
    QVERIFY(a == (TokenUsage{110, 44, 22, 55, 11, true}));
    a += TokenUsage{};
    QVERIFY(!a.reported);
}

void tst_Money::writtenModelNames()
{
    const auto ref = ModelRef::fromText(u"openrouter/openai/gpt-6-luna"_s);
    QVERIFY(ref == (ModelRef{u"openrouter"_s, u"openai/gpt-6-luna"_s}));
    QCOMPARE(ref->text(), u"openrouter/openai/gpt-6-luna"_s);
    for (const QString &text : {u"gpt"_s, u"/gpt"_s, u"openai/"_s, QString()})
        QVERIFY2(!ModelRef::fromText(text), qPrintable(text));
    QCOMPARE(endpointOfLane(endpointLane(u"home"_s)), u"home"_s);
    QVERIFY(!endpointOfLane(u"local"_s));
    for (const EndpointKind kind : {EndpointKind::OpenAi, EndpointKind::OpenRouter, EndpointKind::Ollama,
                                    EndpointKind::LmStudio, EndpointKind::LlamaCpp, EndpointKind::Other})
        QVERIFY(endpointKindFromName(endpointKindName(kind)) == kind);
    QVERIFY(!endpointKindFromName(u"x"_s));
    QCOMPARE(usualConcurrency(EndpointKind::Ollama), 1);
    QCOMPARE(usualConcurrency(EndpointKind::LmStudio), 1);
    QCOMPARE(usualConcurrency(EndpointKind::LlamaCpp), 1);
    QCOMPARE(usualConcurrency(EndpointKind::OpenAi), 4);
}

QTEST_GUILESS_MAIN(tst_Money)
#include "tst_Money.moc"
