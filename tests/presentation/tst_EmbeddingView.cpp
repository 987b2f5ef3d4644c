// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/EmbeddingView.h"
#include "support/Strict.h"

#include <QLocale>
#include <QTest>

using namespace lectern::presentation;
using lectern::base::ErrorCode;
using lectern::domain::Money;
using namespace Qt::StringLiterals;

namespace {

Money cents(qint64 count)
{
    return {count * Money::kPicoPerDollar / 100};
}

ModelChoice builtIn()
{
    ModelChoice choice;
    choice.id = u"built-in"_s;
    choice.name = u"Built into Lectern"_s;
    choice.provider = u"This computer"_s;
    choice.builtIn = true;
    choice.local = true;
    return choice;
}

ModelChoice small()
{
    ModelChoice choice;
    choice.id = u"openai/text-embedding-3-small"_s;
    choice.name = u"text-embedding-3-small"_s;
    choice.provider = u"OpenAI"_s;
    choice.price = lectern::domain::ModelPrice{};
    choice.price->input = {20'000};
    return choice;
}

EmbeddingModelView builtInView()
{
    EmbeddingModelView view;
    view.model = builtIn();
    view.dimensions = 512;
    view.language = u"en"_s;
    view.passages = 4'130;
    view.vectors = 4'130;
    return view;
}

EmbeddingModelView smallView()
{
    EmbeddingModelView view;
    view.model = small();
    view.dimensions = 1'536;
    view.passages = 4'130;
    view.vectors = 1'200;
    view.money = {cents(100), cents(2), {}};
    return view;
}

EmbeddingOffer offer()
{
    EmbeddingOffer offer;
    offer.model = small();
    offer.state = EmbeddingOffer::State::Ready;
    offer.host = u"api.openai.com"_s;
    offer.passages = 4'130;
    offer.passagesDone = 120;
    offer.tokens = 1'040'000;
    offer.low = cents(2);
    offer.likely = cents(2);
    offer.high = cents(3);
    return offer;
}

} // namespace

class EmbeddingViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { lectern::support::failOnWarnings(); }

    void whichOneServes()
    {
        QCOMPARE(EmbeddingText::title(builtIn()), u"Built into Lectern"_s);
        QCOMPARE(EmbeddingText::facts(builtInView()), u"English · on this computer · free"_s);
        QCOMPARE(EmbeddingText::title(small()), u"text-embedding-3-small at OpenAI"_s);
        EmbeddingModelView view = smallView();
        QCOMPARE(EmbeddingText::facts(view), u"1,536 dimensions · spent $0.02 of $1.00"_s);
        view.money.limit.reset();
        QCOMPARE(EmbeddingText::facts(view), u"1,536 dimensions · spent $0.02"_s);
        view.model.local = true;
        view.model.price.reset();
        view.money = {};
        QCOMPARE(EmbeddingText::facts(view), u"1,536 dimensions · free"_s);
        // What was paid before its endpoint went away was paid.
        view.model.local = false;
        view.money.spent = cents(2);
        QCOMPARE(EmbeddingText::facts(view), u"1,536 dimensions · spent $0.02"_s);
    }

    void coverageSaysWhyNotAll()
    {
        EmbeddingModelView view = builtInView();
        QCOMPARE(EmbeddingText::coverage(view), u"All 4,130 passages have vectors."_s);
        QCOMPARE(EmbeddingText::gaps(view), QString());
        view.vectors = 4'120;
        view.otherLanguage = 1'612;
        QCOMPARE(EmbeddingText::coverage(view), u"4,120 of 4,130 passages have vectors."_s);
        QCOMPARE(EmbeddingText::gaps(view),
                 u"10 passages are still to do: until then they are found by their words only. 1,612 more "
                 "passages are in languages that it does not know, and stay so."_s);
        view.vectors = 4'129;
        view.otherLanguage = 1;
        QCOMPARE(EmbeddingText::gaps(view),
                 u"1 passage is still to do: until then it is found by its words only. 1 more passage is in "
                 "a language that it does not know, and stays so."_s);
        view.passages = view.vectors = 0;
        QCOMPARE(EmbeddingText::coverage(view), u"No passage is in a language that it knows."_s);
        view.otherLanguage = 0;
        QCOMPARE(EmbeddingText::coverage(view), u"No passages yet: they come with the first documents."_s);
        view.vectors = 5; // counted a moment apart
        QCOMPARE(view.missing(), 0);
    }

    void whatIsPrepared()
    {
        EmbeddingStanding standing;
        standing.filling = smallView();
        QCOMPARE(EmbeddingText::preparing(*standing.filling),
                 u"Preparing text-embedding-3-small at OpenAI"_s);
        QVERIFY(EmbeddingText::meanwhile(standing).contains(u"found by their words"_s));
        standing.serving = builtInView();
        QCOMPARE(EmbeddingText::meanwhile(standing), u"The built-in model serves until it is complete."_s);
        standing.serving = smallView();
        QCOMPARE(EmbeddingText::meanwhile(standing),
                 u"text-embedding-3-small serves until it is complete."_s);
        QCOMPARE(EmbeddingText::capReached(*standing.filling), QString());
        standing.filling->money.spent = cents(99);
        standing.filling->money.reserved = cents(1);
        QVERIFY(EmbeddingText::capReached(*standing.filling).contains(u"$1.00"_s));
    }

    void theWayBack()
    {
        QCOMPARE(EmbeddingText::goBack(builtInView()), u"Go back to the built-in model"_s);
        QCOMPARE(EmbeddingText::goBack(smallView()), u"Go back to text-embedding-3-small"_s);
        QCOMPARE(EmbeddingText::goBackNote(builtInView()),
                 u"Its vectors are kept: it serves again at once."_s);
        EmbeddingModelView view = smallView();
        view.vectors = 4'000;
        QCOMPARE(
            EmbeddingText::goBackNote(view),
            u"Its vectors are kept. 130 passages have come since, and are embedded first. It stays under "
            "its cap of $1.00."_s);
        view.money.limit.reset();
        QVERIFY(EmbeddingText::goBackNote(view).endsWith(u"It has no cap."_s));
        view = builtInView();
        view.vectors = 4'129;
        QCOMPARE(EmbeddingText::goBackNote(view),
                 u"Its vectors are kept. 1 passage has come since, and is embedded first."_s);
    }

    void anOffer()
    {
        EmbeddingOffer view = offer();
        QCOMPARE(EmbeddingText::work(view),
                 u"4,130 passages to embed · 120 have their vector already, free"_s);
        QCOMPARE(EmbeddingText::price(view), u"≈ $0.02 – $0.03"_s);
        QCOMPARE(EmbeddingText::startButton(view), u"Embed for ≈ $0.02"_s);
        QVERIFY(EmbeddingText::exactness(view).startsWith(u"About 1.04 M tokens"_s));
        view.areTokensExact = true;
        QCOMPARE(EmbeddingText::exactness(view), u"1.04 M tokens, counted as the model counts them."_s);
        QCOMPARE(EmbeddingText::obstacle(view), QString());
        QCOMPARE(EmbeddingText::leaves(view),
                 u"The text of every passage goes to OpenAI (api.openai.com), and later each question that "
                 "you search for by meaning. Files, pictures and file names stay here."_s);
    }

    void nothingToDoIsNotNothingToSay()
    {
        EmbeddingOffer view = offer();
        view.passages = 0;
        QCOMPARE(EmbeddingText::startButton(view), u"Use it, nothing to pay"_s);
        QCOMPARE(EmbeddingText::obstacle(view), QString());
        view.serves = true;
        QCOMPARE(EmbeddingText::obstacle(view), u"It serves already."_s);
        view.passages = 1; // another cap lets it go on
        QCOMPARE(EmbeddingText::obstacle(view), QString());
    }

    void freeAndUnknownAreDifferentThings()
    {
        EmbeddingOffer view = offer();
        view.model.price.reset();
        view.state = EmbeddingOffer::State::PriceUnknown;
        QCOMPARE(EmbeddingText::price(view), u"price unknown"_s);
        QCOMPARE(EmbeddingText::startButton(view), u"Embed at an unknown price"_s);
        view.model.local = true;
        view.state = EmbeddingOffer::State::Ready;
        view.host = u"127.0.0.1:11434"_s;
        QCOMPARE(EmbeddingText::price(view), u"free"_s);
        QCOMPARE(EmbeddingText::startButton(view), u"Embed for free"_s);
        QVERIFY(EmbeddingText::leaves(view).contains(u"your own server, 127.0.0.1:11434"_s));
        view = {};
        view.model = builtIn();
        view.state = EmbeddingOffer::State::Ready;
        view.language = u"en"_s;
        QCOMPARE(EmbeddingText::startButton(view), u"Use the built-in model"_s);
        QCOMPARE(EmbeddingText::leaves(view), u"Nothing leaves this computer."_s);
        QCOMPARE(EmbeddingText::work(view), u"Every passage in English gets its vector on this computer."_s);
    }

    void whatIsNotKnownYetCannotBeAgreedTo()
    {
        EmbeddingOffer view;
        QCOMPARE(EmbeddingText::obstacle(view), u"Choose a model first."_s);
        QCOMPARE(EmbeddingText::leaves(view), QString());
        view = offer();
        view.state = EmbeddingOffer::State::Calculating;
        view.host.clear();
        QCOMPARE(EmbeddingText::leaves(view), QString()); // anything else could be wrong
        QCOMPARE(EmbeddingText::startButton(view), u"Calculating…"_s);
        QVERIFY(!EmbeddingText::obstacle(view).isEmpty());
        view.state = EmbeddingOffer::State::Failed;
        view.problem = {ErrorCode::EndpointUnreachable, {}};
        QVERIFY(!EmbeddingText::obstacle(view).isEmpty());
        QCOMPARE(EmbeddingText::price(view), u"—"_s);
        view = offer();
        view.model.unfit = ModelChoice::Unfit::EndpointOff;
        QCOMPARE(EmbeddingText::obstacle(view), u"OpenAI is switched off"_s);
    }
};

QTEST_GUILESS_MAIN(EmbeddingViewTest)
#include "tst_EmbeddingView.moc"
