// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/Catalogue.h"
#include "models/Estimator.h"
#include "support/Expect.h"
#include "support/Strict.h"

#include <QTest>

#include <random>

using namespace lectern;
using namespace lectern::models;
using namespace Qt::StringLiterals;
using domain::EndpointKind;
using domain::ModelPrice;
using domain::Money;
using domain::TextVerdict;

namespace {

constexpr QSizeF kA4(595.276, 841.89);

PlannedPage textPage(qint64 tokens)
{
    PlannedPage page;
    page.textTokens = tokens;
    page.points = kA4;
    return page;
}

PlannedPage scan(qint64 tokens = 0)
{
    PlannedPage page = textPage(tokens);
    page.picture = PictureNeed::NoText;
    return page;
}

PageSet setOf(const QVector<PlannedPage> &pages)
{
    PageSet set;
    for (const PlannedPage &page : pages)
        set.add(page);
    return set;
}

RunPlan planFor(const QString &model, EndpointKind kind = EndpointKind::OpenAi)
{
    static const Catalogue catalogue = support::must(Catalogue::builtIn());
    RunPlan plan;
    plan.model = catalogue.find({u"x"_s, model}, kind, Role::Analysis);
    plan.promptTokens = 300;
    plan.maxOutputTokens = 1'000;
    plan.past = {100'000, 400, 0, 2'000, 0};
    plan.concurrency = 4;
    return plan;
}

bool isOrdered(const Range<qint64> &range)
{
    return 0 <= range.low && range.low <= range.expected && range.expected <= range.high;
}

PlannedPage randomPage(std::mt19937 &random)
{
    const auto side = [&] { return static_cast<int>(100 + random() % 1'000); };
    PlannedPage page;
    if (random() % 4 == 0)
        page.characters = random() % 20'000;
    else
        page.textTokens = random() % (random() % 50 == 0 ? 400'000 : 3'000);
    page.picture = static_cast<PictureNeed>(random() % 6);
    page.points = random() % 3 == 0 ? kA4 : QSize(side(), side()).toSizeF();
    page.state = static_cast<PlannedPage::State>(random() % 10 < 8 ? 0 : random() % 3);
    return page;
}

} // namespace

class tst_Estimator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void picturesByNeed_data();
    void picturesByNeed();
    void knownPagesAreCountedExactly();
    void picturesAreAddedForModelsThatSee();
    void requestsAndPicturesMayHavePricesOfTheirOwn();
    void nothingToDoCostsNothing();
    void unknownPricesGiveNoAmount();
    void localModelsCostNothingButTime();
    void otherTokenizersWidenTheRange();
    void longRequestsPayTheSurcharge();
    void pastAnswersNarrowTheRange();
    void timeKeepsToLimits();
    void theRealBillLiesUnderTheReservations();
    void sumsAndOrderHold();
    void hundredThousandPages();
};

void tst_Estimator::picturesByNeed_data()
{
    QTest::addColumn<PictureMode>("mode");
    QTest::addColumn<TextVerdict>("verdict");
    QTest::addColumn<int>("images");
    QTest::addColumn<PictureNeed>("need");
    const auto needed = PictureMode::WhenNeeded;
    QTest::newRow("good text") << needed << TextVerdict::Good << 0 << PictureNeed::None;
    QTest::newRow("figures") << needed << TextVerdict::Good << 2 << PictureNeed::Figures;
    QTest::newRow("tables") << needed << TextVerdict::Doubtful << 0 << PictureNeed::DoubtfulText;
    QTest::newRow("garbled") << needed << TextVerdict::Garbled << 0 << PictureNeed::GarbledText;
    QTest::newRow("scan") << needed << TextVerdict::Missing << 1 << PictureNeed::NoText;
    QTest::newRow("drawing") << needed << TextVerdict::Missing << 0 << PictureNeed::NoText;
    QTest::newRow("always") << PictureMode::Always << TextVerdict::Good << 0 << PictureNeed::Asked;
    QTest::newRow("always, scan") << PictureMode::Always << TextVerdict::Missing << 0 << PictureNeed::NoText;
    QTest::newRow("never") << PictureMode::Never << TextVerdict::Missing << 1 << PictureNeed::None;
}

void tst_Estimator::picturesByNeed()
{
    QFETCH(PictureMode, mode);
    QFETCH(TextVerdict, verdict);
    QFETCH(int, images);
    QFETCH(PictureNeed, need);
    QVERIFY(pictureNeed(mode, verdict, images) == need);
    QCOMPARE(isUselessWithoutPicture(need), need == PictureNeed::NoText || need == PictureNeed::GarbledText);
    QVERIFY(pictureModeFromName(pictureModeName(mode)) == mode);
}

void tst_Estimator::knownPagesAreCountedExactly()
{
    PlannedPage answered = textPage(999);
    answered.state = PlannedPage::State::Answered;
    PlannedPage skipped = textPage(999);
    skipped.state = PlannedPage::State::Skipped;
    const PageSet pages = setOf({textPage(700), textPage(1'300), answered, answered, skipped});
    RunPlan plan = planFor(u"gpt-4o-mini"_s);
    const Estimate result = estimate(pages, plan);
    QCOMPARE(result.pagesToDo, 2);
    QCOMPARE(result.pagesAnswered, 2);
    QCOMPARE(result.pagesSkipped, 1);
    QVERIFY(result.isTextExact && result.isImageExact && result.isOutputLearned);
    QVERIFY(result.inputTokens == (Range<qint64>{2'600, 2'600, 2'600}));
    QVERIFY(result.imageTokens == Range<qint64>{});
    QCOMPARE(result.outputTokens.expected, 800);
    // 2,600 × $0.15 and 800 × $0.60 a million.
    QCOMPARE(result.cost->expected.toDecimal(), u"0.00087"_s);
    // One request: 1,600 tokens and the framing, and the longest answer.
    QCOMPARE(result.worstRequest->toDecimal(), u"0.0008496"_s);
    QCOMPARE(result.worstRequest, worstCase(plan.model, {1'600, {}, 1'000}));
    QVERIFY(result.priceState == PriceState::Priced);
}

void tst_Estimator::picturesAreAddedForModelsThatSee()
{
    const PageSet pages = setOf({scan(), scan(), textPage(500)});
    const RunPlan tiles = planFor(u"gpt-4o"_s);
    const Estimate seen = estimate(pages, tiles);
    QCOMPARE(seen.pagesWithPicture, 2);
    QCOMPARE(seen.pagesNeedingVision, 0);
    // A4 drawn 768 pixels wide is 1,086 long: six tiles of 170, and 85.
    QCOMPARE(seen.imageTokens.expected, 2 * (85 + 6 * 170));
    QVERIFY(seen.isImageExact);
    QCOMPARE(seen.inputTokens.expected, seen.textTokens.expected + seen.imageTokens.expected);

    const Estimate unsure = estimate(pages, planFor(u"gpt-6-luna"_s));
    QVERIFY(!unsure.isImageExact);
    QVERIFY(unsure.imageTokens.high > unsure.imageTokens.expected);
    RunPlan learned = planFor(u"gpt-6-luna"_s);
    learned.past.imagePerThousand = 1'100;
    const Estimate measured = estimate(pages, learned);
    QCOMPARE(measured.imageTokens.low, measured.imageTokens.high);
    QVERIFY(measured.imageTokens.high < unsure.imageTokens.high);

    const Estimate blind = estimate(pages, planFor(u"gpt-6.2-sol"_s));
    QCOMPARE(blind.pagesWithPicture, 0);
    QCOMPARE(blind.pagesNeedingVision, 2);
    QVERIFY(blind.imageTokens == Range<qint64>{});
}

void tst_Estimator::requestsAndPicturesMayHavePricesOfTheirOwn()
{
    const PageSet pages = setOf({scan(), scan(), textPage(500)});
    RunPlan plan = planFor(u"gpt-4o"_s);
    const Estimate without = estimate(pages, plan);
    plan.model.request.value = Money::fromDecimal(u"0.005"_s);
    plan.model.picture.value = Money::fromDecimal(u"0.001"_s);
    const Estimate with = estimate(pages, plan);
    const Money more = *Money::fromDecimal(u"0.017"_s); // 3 × 0.005 and 2 × 0.001
    QCOMPARE(with.cost->low - without.cost->low, more);
    QCOMPARE(with.cost->expected - without.cost->expected, more);
    QCOMPARE(with.cost->high - without.cost->high, more);
    QCOMPARE((*with.worstRequest - *without.worstRequest).toDecimal(), u"0.006"_s);
    QVERIFY(with.imageTokens == without.imageTokens); // beside its tokens, not in their place

    RunPlan plain = planFor(u"gpt-4o"_s);
    const auto dearer = [&](const RequestSize &request) {
        return (*worstCase(plan.model, request) - *worstCase(plain.model, request)).toDecimal();
    };
    QCOMPARE(dearer({100, QSize(768, 1'086), 100}), u"0.006"_s);
    QCOMPARE(dearer({100, {}, 100}), u"0.005"_s);
    // A model that does not see is sent no picture.
    plan.model.vision.value = plain.model.vision.value = false;
    QCOMPARE((*estimate(pages, plan).worstRequest - *estimate(pages, plain).worstRequest).toDecimal(),
             u"0.005"_s);
}

void tst_Estimator::nothingToDoCostsNothing()
{
    const Estimate result = estimate({}, planFor(u"gpt-4o"_s));
    QCOMPARE(result.pagesToDo, 0);
    QVERIFY(result.cost == Range<Money>{});
    QVERIFY(result.outputTokens == Range<qint64>{});
    QVERIFY(result.durationMs == Range<qint64>{});
    QVERIFY(!result.worstRequest);
}

void tst_Estimator::unknownPricesGiveNoAmount()
{
    const RunPlan plan = planFor(u"mystery"_s, EndpointKind::Other);
    const Estimate result = estimate(setOf({textPage(100)}), plan);
    QVERIFY(result.priceState == PriceState::Unknown);
    QVERIFY(!result.cost);
    QVERIFY(!result.worstRequest);
    QVERIFY(!worstCase(plan.model, {100, {}, 100}));
    QCOMPARE(result.pagesToDo, 1);
}

void tst_Estimator::localModelsCostNothingButTime()
{
    const RunPlan plan = planFor(u"qwen"_s, EndpointKind::Ollama);
    const Estimate result = estimate(setOf({textPage(100), textPage(200)}), plan);
    QVERIFY(result.priceState == PriceState::Free);
    QVERIFY(result.cost == Range<Money>{});
    QCOMPARE(result.worstRequest, Money{});
    QVERIFY(result.durationMs.expected > 0);
}

void tst_Estimator::otherTokenizersWidenTheRange()
{
    const PageSet pages = setOf({textPage(10'000)});
    const Estimate exact = estimate(pages, planFor(u"gpt-4.1"_s));
    QVERIFY(exact.isTextExact);
    const Estimate guessed = estimate(pages, planFor(u"gpt-6-luna"_s)); // its tokenizer is not verified
    QVERIFY(!guessed.isTextExact);
    QVERIFY(guessed.textTokens.low < exact.textTokens.low);
    QVERIFY(guessed.textTokens.high > exact.textTokens.high);
    QCOMPARE(guessed.textTokens.expected, exact.textTokens.expected);

    PlannedPage uncounted = textPage(0);
    uncounted.textTokens.reset();
    uncounted.characters = 4'000;
    const Estimate fromCharacters = estimate(setOf({uncounted}), planFor(u"gpt-4.1"_s));
    QVERIFY(!fromCharacters.isTextExact);
    QVERIFY(fromCharacters.textTokens == (Range<qint64>{300 + 760, 300 + 1'080, 300 + 3'200}));
}

void tst_Estimator::longRequestsPayTheSurcharge()
{
    RunPlan plan = planFor(u"gpt-6.2-sol"_s);
    plan.promptTokens = 0;
    const ModelPrice price = plan.model.price().value();
    const Estimate result = estimate(setOf({textPage(1'000), textPage(300'000), textPage(20'000)}), plan);
    const Money apart = *price.costOf({.input = 1'000, .output = 400}) +
                        *price.costOf({.input = 300'000, .output = 400}) +
                        *price.costOf({.input = 20'000, .output = 400});
    QCOMPARE(result.cost->expected.toDecimal(), apart.toDecimal());
    QCOMPARE(result.outputTokens.expected, 1'200);
}

void tst_Estimator::pastAnswersNarrowTheRange()
{
    const PageSet pages = setOf(QVector<PlannedPage>(100, textPage(1'000)));
    RunPlan plan = planFor(u"gpt-4.1"_s);
    plan.past = {};
    const Estimate guessed = estimate(pages, plan);
    QVERIFY(!guessed.isOutputLearned && !guessed.isDurationLearned);
    QCOMPARE(guessed.outputTokens.expected, 35'000);
    plan.past = {3, 500, 50, 1'500, 0};
    const Estimate few = estimate(pages, plan);
    QVERIFY(few.isOutputLearned && few.isDurationLearned);
    QVERIFY(few.outputTokens.expected > 35'000 && few.outputTokens.expected < 50'000);
    plan.past.answers = 3'000;
    const Estimate many = estimate(pages, plan);
    QVERIFY(std::abs(many.outputTokens.expected - 50'000) < 100);
    const auto width = [](const Estimate &of) {
        return of.cost->high.picodollars - of.cost->low.picodollars;
    };
    QVERIFY(width(many) < width(few));
    QVERIFY(width(few) < width(guessed));
    // No answer is longer than its limit.
    plan.maxOutputTokens = 200;
    const Estimate limited = estimate(pages, plan);
    QVERIFY(limited.outputTokens.high <= 200 * 100);
}

void tst_Estimator::timeKeepsToLimits()
{
    const PageSet pages = setOf(QVector<PlannedPage>(600, textPage(1'000)));
    RunPlan plan = planFor(u"gpt-4.1"_s);
    QCOMPARE(estimate(pages, plan).durationMs.expected, 600 * 2'000 / 4);
    plan.concurrency = 8;
    QCOMPARE(estimate(pages, plan).durationMs.expected, 600 * 2'000 / 8);
    plan.requestsPerMinute = 60;
    QCOMPARE(estimate(pages, plan).durationMs.expected, 600 * 1'000);
    plan.tokensPerMinute = 50'000;
    const Estimate limited = estimate(pages, plan);
    QCOMPARE(limited.durationMs.expected,
             (limited.inputTokens.expected + limited.outputTokens.expected) * 60 / 50);
    QVERIFY(isOrdered(limited.durationMs));
}

/// Whatever a server counts within what can be expected, its bill is not above the reservation.
void tst_Estimator::theRealBillLiesUnderTheReservations()
{
    std::mt19937 random(11);
    for (const QString &model :
         {u"gpt-4o"_s, u"gpt-4.1-mini"_s, u"gpt-5-nano"_s, u"gpt-6-luna"_s, u"gpt-6.1-terra"_s}) {
        const RunPlan plan = planFor(model);
        const ModelPrice price = plan.model.price().value();
        for (int i = 0; i < 500; ++i) {
            RequestSize request;
            request.textTokens = random() % 300'000;
            if (random() % 2 == 0)
                request.picture =
                    QSize(static_cast<int>(random() % 2500) + 1, static_cast<int>(random() % 2500) + 1);
            request.maxOutputTokens = random() % 4'000;
            const Money reserved = worstCase(plan.model, request).value();

            const qint64 most = mostInputTokens(plan.model, request);
            domain::TokenUsage usage;
            usage.input = static_cast<qint64>(random()) % (most + 1);
            usage.cachedInput = usage.input > 0 ? static_cast<qint64>(random()) % usage.input : 0;
            usage.cacheWrite = usage.input - usage.cachedInput;
            usage.output = request.maxOutputTokens;
            QVERIFY(*price.costOf(usage) <= reserved);
            QVERIFY(most >= request.textTokens + imageTokens(plan.model.pictureRule(), request.picture).most);
        }
    }
}

void tst_Estimator::sumsAndOrderHold()
{
    std::mt19937 random(12);
    for (int round = 0; round < 300; ++round) {
        const QString model =
            QStringList{u"gpt-4o"_s, u"gpt-5-mini"_s, u"gpt-6-luna"_s, u"gpt-6.2-sol"_s}.at(round % 4);
        RunPlan plan = planFor(model);
        plan.past = {static_cast<qint64>(random() % 50), static_cast<qint64>(random() % 900),
                     static_cast<qint64>(random() % 900), static_cast<qint64>(random() % 9'000), 0};
        plan.promptTokens = random() % 2'000;
        PageSet pages;
        Estimate before = estimate(pages, plan);
        const auto count = random() % 40;
        for (unsigned i = 0; i < count; ++i) {
            pages.add(randomPage(random));
            const Estimate now = estimate(pages, plan);
            QCOMPARE(now.pagesToDo + now.pagesAnswered + now.pagesSkipped, qint64{i} + 1);
            QVERIFY(isOrdered(now.textTokens) && isOrdered(now.imageTokens) && isOrdered(now.inputTokens) &&
                    isOrdered(now.outputTokens) && isOrdered(now.durationMs));
            QCOMPARE(now.inputTokens.high, now.textTokens.high + now.imageTokens.high);
            QVERIFY(Money{} <= now.cost->low && now.cost->low <= now.cost->expected &&
                    now.cost->expected <= now.cost->high);
            // Nothing is lost between the groups: the whole is billed as the sum of all tokens.
            if (plan.model.longContext.value == std::nullopt) {
                const auto whole = [&](qint64 Range<qint64>::*end) {
                    return plan.model.price()->costOfMany(
                        {.input = now.inputTokens.*end, .output = now.outputTokens.*end}, now.pagesToDo,
                        false);
                };
                QCOMPARE(now.cost->low, *whole(&Range<qint64>::low));
                QCOMPARE(now.cost->expected, *whole(&Range<qint64>::expected));
                QCOMPARE(now.cost->high, *whole(&Range<qint64>::high));
            }
            // One page more never costs less.
            QVERIFY(now.cost->expected >= before.cost->expected && now.cost->high >= before.cost->high);
            QVERIFY(now.cost->low >= before.cost->low);
            before = now;
        }
    }
}

void tst_Estimator::hundredThousandPages()
{
    PageSet pages;
    for (int i = 0; i < 100'000; ++i)
        pages.add(i % 3 == 0 ? scan() : textPage(500 + i % 1'000));
    QVERIFY(pages.groups().size() < 10);
    RunPlan plan = planFor(u"gpt-6-luna"_s);
    const Estimate one = estimate(pages, plan);
    QCOMPARE(one.pagesToDo, 100'000);
    QVERIFY(one.cost->expected > Money::fromDecimal(u"10"_s).value());
    QVERIFY(one.cost->high < Money::fromDecimal(u"200"_s).value());
    // The most expensive model with the most tokens is beyond Money, and says so instead of wrapping round.
    plan.model.input.value = Money{Money::kPicoPerDollar};
    QVERIFY(!estimate(pages, plan).cost);
}

QTEST_GUILESS_MAIN(tst_Estimator)
#include "tst_Estimator.moc"
