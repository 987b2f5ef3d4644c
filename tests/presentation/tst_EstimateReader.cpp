// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/EstimateReader.h"
#include "support/Strict.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace lectern;
using namespace lectern::presentation;
using domain::Money;

/// What an estimate makes of a model, and which models stand beside the chosen one.
class EstimateReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void modelsByWhatTheyCost();
    void pagesDecideWhoIsFit();
    void likedAndCheapOnesStandBeside();
    void blindOnesDoNotReplaceASeeingOne();

private:
    static ModelChoice choice(const QString &id, bool vision = true)
    {
        ModelChoice choice;
        choice.id = choice.name = id;
        choice.vision = vision;
        choice.contextTokens = 8'000;
        choice.price = domain::ModelPrice();
        choice.price->input = {1};
        choice.price->output = {2};
        return choice;
    }
    static models::Estimate estimate(qint64 picodollars)
    {
        models::Estimate estimate;
        estimate.pagesToDo = 3;
        estimate.cost = {{picodollars / 2}, {picodollars}, {picodollars * 2}};
        estimate.durationMs = {1, 9'000, 20'000};
        estimate.largestInputTokens = 5'000;
        return estimate;
    }
    static EstimateOption option(const QString &id, qint64 picodollars, bool vision = true)
    {
        const models::Estimate priced = estimate(picodollars);
        return estimateOption(choice(id, vision), &priced);
    }
    static QStringList idsOf(const QVector<EstimateOption> &options)
    {
        QStringList ids;
        for (const EstimateOption &option : options)
            ids << option.model.id;
        return ids;
    }
};

void EstimateReaderTest::modelsByWhatTheyCost()
{
    const EstimateOption priced = option(u"cloud/a"_s, 100);
    QCOMPARE(priced.state, EstimateOption::State::Ready);
    QCOMPARE(priced.likely, Money{100});
    QCOMPARE(priced.model.estimate, Money{100}); // the picker shows the same
    QCOMPARE(priced.milliseconds, 9'000);
    models::Estimate unknown = estimate(1);
    unknown.cost.reset();
    ModelChoice unpriced = choice(u"cloud/b"_s);
    unpriced.price.reset();
    QCOMPARE(estimateOption(unpriced, &unknown).state, EstimateOption::State::PriceUnknown);
    QCOMPARE(estimateOption(unpriced, nullptr).state, EstimateOption::State::PriceUnknown);
    unpriced.local = true;
    QCOMPARE(estimateOption(unpriced, &unknown).state, EstimateOption::State::Ready);
}

void EstimateReaderTest::pagesDecideWhoIsFit()
{
    models::Estimate scans = estimate(100);
    scans.pagesNeedingVision = 14;
    const EstimateOption blind = estimateOption(choice(u"cloud/a"_s, false), &scans);
    QCOMPARE(blind.model.unfit, ModelChoice::Unfit::NeedsVision);
    QCOMPARE(blind.model.unfitPages, 14);
    models::Estimate large = estimate(100);
    large.largestInputTokens = 9'000;
    QCOMPARE(estimateOption(choice(u"cloud/a"_s), &large).model.unfit, ModelChoice::Unfit::ContextTooSmall);
    ModelChoice over = choice(u"cloud/a"_s);
    over.unfit = ModelChoice::Unfit::ShutDown;
    QCOMPARE(estimateOption(over, &scans).model.unfit, ModelChoice::Unfit::ShutDown);
}

void EstimateReaderTest::likedAndCheapOnesStandBeside()
{
    EstimateOption liked = option(u"cloud/liked"_s, 900);
    liked.model.favourite = true;
    EstimateOption used = option(u"cloud/used"_s, 800);
    used.model.lastUsedMs = 1;
    EstimateOption builtIn;
    builtIn.model.id = u"built-in"_s;
    builtIn.model.builtIn = true;
    const EstimateOption chosen = option(u"cloud/chosen"_s, 500);
    const QVector<EstimateOption> all{
        builtIn, option(u"cloud/cheap"_s, 100), chosen, option(u"cloud/dear"_s, 5'000), used, liked};
    QCOMPARE(idsOf(optionsBeside(chosen, all)),
             (QStringList{u"cloud/liked"_s, u"cloud/used"_s, u"built-in"_s}));
    QCOMPARE(idsOf(optionsBeside(chosen, all.first(4))),
             (QStringList{u"cloud/cheap"_s, u"cloud/dear"_s, u"built-in"_s}));
}

void EstimateReaderTest::blindOnesDoNotReplaceASeeingOne()
{
    const EstimateOption chosen = option(u"cloud/chosen"_s, 500);
    const EstimateOption blind = option(u"cloud/blind"_s, 100, false);
    QVERIFY(optionsBeside(chosen, {blind}).isEmpty());
    QCOMPARE(optionsBeside(blind, {chosen}).size(), 1);
    EstimateOption unfit = option(u"cloud/unfit"_s, 100);
    unfit.model.unfit = ModelChoice::Unfit::NeedsVision;
    QVERIFY(optionsBeside(chosen, {unfit}).isEmpty());
}

QTEST_GUILESS_MAIN(EstimateReaderTest)
#include "tst_EstimateReader.moc"
