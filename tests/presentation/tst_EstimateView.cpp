// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/EstimateView.h"
#include "support/Strict.h"

#include <QLocale>
#include <QSet>
#include <QTest>

using namespace lectern::presentation;
using lectern::domain::Money;
using namespace Qt::StringLiterals;

namespace {

Money cents(qint64 count)
{
    return {count * 10'000'000'000};
}

EstimateView sample()
{
    EstimateView view;
    view.documents = 12;
    view.pagesToDo = 412;
    view.pagesAnswered = 36;
    view.pagesSkipped = 3;
    view.chosen.model.id = u"openai/gpt"_s;
    view.chosen.model.name = u"gpt"_s;
    lectern::domain::ModelPrice price;
    price.input = Money{100'000};
    price.output = Money{500'000};
    view.chosen.model.price = price;
    view.chosen.state = EstimateOption::State::Ready;
    view.chosen.low = cents(9);
    view.chosen.likely = cents(12);
    view.chosen.high = cents(14);
    return view;
}

} // namespace

class EstimateViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { lectern::support::failOnWarnings(); }

    void ready()
    {
        const EstimateView view = sample();
        QCOMPARE(EstimateText::title(view), u"Analyze 12 documents"_s);
        QCOMPARE(EstimateText::pages(view), u"412 pages to do · 36 already answered, free · 3 skipped"_s);
        QCOMPARE(EstimateText::price(view.chosen), u"≈ $0.09 – $0.14"_s);
        QCOMPARE(EstimateText::startButton(view), u"Analyze for ≈ $0.12"_s);
        QCOMPARE(EstimateText::trialButton(view), u"Try 3 pages first"_s);
        QVERIFY(EstimateText::spoken(view.chosen).contains(u"9 cents to 14 cents"_s));
    }

    void freeAndUnknownAreDifferentThings()
    {
        EstimateView view = sample();
        view.chosen.model.price.reset();
        view.chosen.state = EstimateOption::State::PriceUnknown;
        QCOMPARE(EstimateText::price(view.chosen), u"price unknown"_s);
        QCOMPARE(EstimateText::startButton(view), u"Analyze at an unknown price"_s);
        view.chosen.model.local = true;
        QCOMPARE(EstimateText::price(view.chosen), u"free"_s);
        QCOMPARE(EstimateText::startButton(view), u"Analyze for free"_s);
    }

    void nothingToDo()
    {
        EstimateView view = sample();
        view.pagesToDo = 0;
        QVERIFY(view.hasNothingToDo());
        QCOMPARE(EstimateText::startButton(view), u"Nothing to analyze"_s);
        QVERIFY(EstimateText::exactness(view).contains(u"nothing is paid"_s));
    }

    void exactnessIsSaid()
    {
        EstimateView view = sample();
        QSet<QString> sentences;
        using Exactness = EstimateView::Exactness;
        for (const Exactness exactness :
             {Exactness::Exact, Exactness::Counted, Exactness::Estimated, Exactness::Sampled}) {
            view.exactness = exactness;
            sentences.insert(EstimateText::exactness(view));
        }
        QCOMPARE(sentences.size(), 4);
        QVERIFY(!sentences.contains(QString()));
    }

    void shortages()
    {
        EstimateView view = sample();
        QVERIFY(EstimateText::shortage(view).isEmpty());
        for (const BudgetScope scope :
             {BudgetScope::Run, BudgetScope::Day, BudgetScope::Month, BudgetScope::Workspace}) {
            view.shortage = EstimateView::Shortage{scope, cents(3)};
            QVERIFY(EstimateText::shortage(view).contains(u"$0.03"_s));
        }
    }

    void budgetAfter()
    {
        EstimateOption option = sample().chosen;
        QVERIFY(EstimateText::budgetLeft(option).isEmpty());
        option.budgetLeft = cents(290);
        QCOMPARE(EstimateText::budgetLeft(option), u"leaves $2.90"_s);
        option.budgetLeft = Money{};
        QCOMPARE(EstimateText::budgetLeft(option), u"more than the budget"_s);
    }

    void detailsNameEveryAssumption()
    {
        EstimateView view = sample();
        view.textTokens = 512'340;
        view.pictureTokens = 41'200;
        view.pagesWithPicture = 14;
        view.outputTokens = 96'000;
        view.priceDate = QDate(2026, 11, 20);
        view.priceSource = u"openai.com"_s;
        QString all;
        for (const auto &[name, value] : EstimateText::details(view)) {
            QVERIFY(!name.isEmpty());
            all += value + u'\n';
        }
        for (const QString &part : {u"512,340 tokens"_s, u"14 pages"_s, u"96,000 tokens, a guess"_s,
                                    u"$0.10 in and $0.50 out"_s, u"openai.com"_s})
            QVERIFY2(all.contains(part), qPrintable(all));
    }
};

QTEST_GUILESS_MAIN(EstimateViewTest)
#include "tst_EstimateView.moc"
