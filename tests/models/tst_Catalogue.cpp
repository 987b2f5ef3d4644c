// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/Catalogue.h"
#include "models/CatalogueJson.h"
#include "models/Fitness.h"
#include "models/ModelNames.h"
#include "support/Expect.h"
#include "support/Strict.h"

#include <QTest>

using namespace lectern;
using namespace lectern::models;
using namespace Qt::StringLiterals;
using domain::Endpoint;
using domain::EndpointKind;
using domain::ModelPrice;
using domain::ModelRef;
using domain::Money;

namespace {

const QDate kToday(2026, 11, 22);

Money perMillion(const QString &dollars)
{
    return Money::fromDecimalPerMillion(dollars).value();
}

Endpoint endpoint(const QString &id, EndpointKind kind)
{
    Endpoint endpoint;
    endpoint.id = id;
    endpoint.kind = kind;
    return endpoint;
}

ListedModel listed(const QString &id)
{
    ListedModel model;
    model.id = id;
    return model;
}

ListedModel priced(const QString &id, const QString &input, const QString &output)
{
    ListedModel model = listed(id);
    model.price = ModelPrice{perMillion(input), perMillion(input), perMillion(input), perMillion(output), {}};
    model.vision = true;
    return model;
}

ModelInfo openAi(const Catalogue &catalogue, const QString &model, Role role = Role::Analysis)
{
    return catalogue.find({u"openai"_s, model}, EndpointKind::OpenAi, role);
}

} // namespace

class tst_Catalogue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        support::failOnWarnings();
        m_catalogue = support::must(Catalogue::builtIn());
    }
    void builtInDataAreWhole();
    void builtInPricesAreExact();
    void snapshotsAndAliases_data();
    void snapshotsAndAliases();
    void pricesHoldOnlyWhereTheyWereAsked();
    void userBeforeLiveBeforeBuiltIn();
    void rolesHaveTheirOwnPrices();
    void listsDoNotOverruleWhatTheyDoNotSay();
    void listsNamePricesOfRequestsAndPictures();
    void localModelsAreFree();
    void unknownIsNeverFree();
    void lifecycles_data();
    void lifecycles();
    void fitnessHasAReason();
    void choicesOfAnEndpoint();
    void defaultModelIsTheCheapestCurrentOneThatSees();
    void defaultModelAmongLists();

private:
    void setUser(const QByteArray &json) { m_catalogue.setUser(support::must(catalogueFromJson(json))); }

    Catalogue m_catalogue{CatalogueData{}};
};

void tst_Catalogue::builtInDataAreWhole()
{
    QVERIFY(QDate::fromString(m_catalogue.builtInDate(), Qt::ISODate).isValid());
    const QVector<ModelInfo> models =
        m_catalogue.modelsOf(endpoint(u"openai"_s, EndpointKind::OpenAi), Role::Chat);
    QVERIFY(models.size() >= 15);
    for (const ModelInfo &model : models) {
        QVERIFY2(model.priceState() == PriceState::Priced, qPrintable(model.name));
        QVERIFY2(model.input.origin == Origin::BuiltIn, qPrintable(model.name));
        QVERIFY2(!model.input.asOf.isEmpty() && !model.input.source.isEmpty(), qPrintable(model.name));
        const ModelPrice price = model.price().value();
        QVERIFY2(!price.isFree(), qPrintable(model.name));
        QVERIFY2(price.cachedInput <= price.input && price.input <= price.cacheWrite, qPrintable(model.name));
        // "Batch and flex: 50 %" holds for all of them.
        const ModelPrice batch = model.batchPrice().value();
        QCOMPARE(batch.input + batch.input, price.input);
        QCOMPARE(batch.output + batch.output, price.output);
    }
}

void tst_Catalogue::builtInPricesAreExact()
{
    const ModelInfo luna = openAi(m_catalogue, u"gpt-6-luna"_s);
    const ModelPrice price = luna.price().value();
    QCOMPARE(price.input.toDecimalPerMillion(), u"0.1"_s);
    QCOMPARE(price.cachedInput.toDecimalPerMillion(), u"0.01"_s);
    QCOMPARE(price.cacheWrite.toDecimalPerMillion(), u"0.125"_s);
    QCOMPARE(price.output.toDecimalPerMillion(), u"0.5"_s);
    QCOMPARE(luna.contextWindow.value, 1'050'000);
    QVERIFY(luna.vision.valueOr(false));
    // 300,000 tokens: twice the input price and one and a half times the output price on everything.
    QCOMPARE(price.costOf({.input = 300'000, .output = 1'000})->toDecimal(), u"0.06075"_s);
    QCOMPARE(price.costOf({.input = 272'000, .output = 1'000})->toDecimal(), u"0.0277"_s);

    const ModelInfo embedder = openAi(m_catalogue, u"text-embedding-3-small"_s, Role::Embedding);
    QCOMPARE(embedder.price()->costOf({.input = 1'000'000})->toDecimal(), u"0.02"_s);
    QCOMPARE(embedder.input.asOf, u"2025-07"_s);
}

void tst_Catalogue::snapshotsAndAliases_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<EndpointKind>("kind");
    QTest::addColumn<QString>("inputPrice");
    QTest::newRow("itself") << u"gpt-6-luna"_s << EndpointKind::OpenAi << u"0.1"_s;
    QTest::newRow("snapshot") << u"gpt-6-luna-2026-10-01"_s << EndpointKind::OpenAi << u"0.1"_s;
    QTest::newRow("snapshot without dashes") << u"gpt-4o-20241120"_s << EndpointKind::OpenAi << u"2.5"_s;
    QTest::newRow("not its smaller sister")
        << u"gpt-4o-mini-2024-07-18"_s << EndpointKind::OpenAi << u"0.15"_s;
    QTest::newRow("OpenRouter") << u"openai/gpt-6-luna"_s << EndpointKind::OpenRouter << u"0.1"_s;
    QTest::newRow("OpenRouter snapshot")
        << u"openai/gpt-6-luna-2026-10-01"_s << EndpointKind::OpenRouter << u"0.1"_s;
    QTest::newRow("OpenRouter variant")
        << u"openai/gpt-6-luna:free"_s << EndpointKind::OpenRouter << QString();
    QTest::newRow("another provider's") << u"acme/gpt-6-luna"_s << EndpointKind::OpenRouter << QString();
    QTest::newRow("longer name") << u"gpt-6-luna-pro"_s << EndpointKind::OpenAi << QString();
    QTest::newRow("tuned") << u"ft:gpt-4o-mini:acme::abc"_s << EndpointKind::OpenAi << QString();
    QTest::newRow("no date") << u"gpt-6-luna-2026"_s << EndpointKind::OpenAi << QString();
    QTest::newRow("proxy") << u"gpt-6-luna"_s << EndpointKind::Other << QString();
}

void tst_Catalogue::snapshotsAndAliases()
{
    QFETCH(QString, model);
    QFETCH(EndpointKind, kind);
    QFETCH(QString, inputPrice);
    const ModelInfo info = m_catalogue.find({u"any"_s, model}, kind, Role::Analysis);
    QCOMPARE(info.priceState() == PriceState::Priced, !inputPrice.isEmpty());
    if (!inputPrice.isEmpty())
        QCOMPARE(info.price()->input.toDecimalPerMillion(), inputPrice);
}

void tst_Catalogue::pricesHoldOnlyWhereTheyWereAsked()
{
    // What the model can do is the same behind a proxy and as a variant; what it costs there nobody knows.
    for (const EndpointKind kind : {EndpointKind::Other, EndpointKind::OpenRouter}) {
        const QString id = kind == EndpointKind::Other ? u"gpt-6-luna"_s : u"openai/gpt-6-luna:nitro"_s;
        const ModelInfo info = m_catalogue.find({u"x"_s, id}, kind, Role::Analysis);
        QVERIFY(info.vision.valueOr(false));
        QVERIFY(info.isCatalogued);
        QVERIFY(!info.price());
    }
    // A model of the same name on one's own machine is another one.
    const ModelInfo local =
        m_catalogue.find({u"ollama"_s, u"gpt-4o"_s}, EndpointKind::Ollama, Role::Analysis);
    QVERIFY(!local.vision.isKnown());
}

void tst_Catalogue::userBeforeLiveBeforeBuiltIn()
{
    ListedModel live = priced(u"gpt-6-luna"_s, u"0.2"_s, u"0.9"_s);
    live.contextWindow = 500'000;
    live.maxOutput = 64'000;
    m_catalogue.setListed(u"openai"_s, {live}, u"2026-11-20"_s);
    setUser(R"({"checkedOn": "2026-11-21",
                "models": [{"id": "gpt-6-luna", "price": {"input": "0.3"}, "contextWindow": 300000}]})");

    const ModelInfo info = openAi(m_catalogue, u"gpt-6-luna"_s);
    QCOMPARE(info.input.value, perMillion(u"0.3"_s));
    QVERIFY(info.input.origin == Origin::User);
    QCOMPARE(info.input.asOf, u"2026-11-21"_s);
    QCOMPARE(info.output.value, perMillion(u"0.9"_s));
    QVERIFY(info.output.origin == Origin::Live);
    QCOMPARE(info.output.asOf, u"2026-11-20"_s);
    QCOMPARE(info.cachedInput.value, perMillion(u"0.01"_s));
    QVERIFY(info.cachedInput.origin == Origin::BuiltIn);
    QCOMPARE(info.cachedInput.asOf, m_catalogue.builtInDate());
    QCOMPARE(info.contextWindow.value, 300'000);
    QCOMPARE(info.maxOutput.value, 64'000);
    QVERIFY(info.structuredOutput.origin == Origin::BuiltIn);
    QVERIFY(info.isListed && info.isCatalogued);

    // The endpoint's own entry goes before the one for all.
    setUser(R"({"models": [{"id": "gpt-6-luna", "price": {"input": "0.3"}},
                           {"id": "openai/gpt-6-luna", "price": {"input": "0.4"}}]})");
    QCOMPARE(openAi(m_catalogue, u"gpt-6-luna"_s).input.value, perMillion(u"0.4"_s));
    QCOMPARE(openAi(m_catalogue, u"gpt-6-luna-2026-10-01"_s).input.value, perMillion(u"0.4"_s));

    m_catalogue.setUser({});
    m_catalogue.forgetListed(u"openai"_s);
    QCOMPARE(openAi(m_catalogue, u"gpt-6-luna"_s).input.value, perMillion(u"0.1"_s));
}

void tst_Catalogue::rolesHaveTheirOwnPrices()
{
    setUser(R"({"models": [{"id": "m", "inputCostPer1M": 1, "outputCostPer1M": 2}],
                "analysis": {"m": {"inputCostPer1M": 3}},
                "chat": {"home/m": {"outputCostPer1M": 4}},
                "embedding": {"home/bge": {"inputCostPer1M": 0.01}}})");
    const auto price = [&](Role role) {
        return m_catalogue.find({u"home"_s, u"m"_s}, EndpointKind::Other, role).price().value();
    };
    QCOMPARE(price(Role::Analysis).input, perMillion(u"3"_s));
    QCOMPARE(price(Role::Analysis).output, perMillion(u"2"_s));
    QCOMPARE(price(Role::Chat).input, perMillion(u"1"_s));
    QCOMPARE(price(Role::Chat).output, perMillion(u"4"_s));
    // An embedding model has no output to price.
    const ModelInfo embedder = m_catalogue.find({u"home"_s, u"bge"_s}, EndpointKind::Other, Role::Embedding);
    QVERIFY(embedder.priceState() == PriceState::Priced);
    QVERIFY(m_catalogue.find({u"home"_s, u"bge"_s}, EndpointKind::Other, Role::Chat).priceState() ==
            PriceState::Unknown);
}

void tst_Catalogue::listsDoNotOverruleWhatTheyDoNotSay()
{
    // A bare list of names, as OpenAI's is, with nothing but a date.
    ListedModel bare = listed(u"gpt-6-luna"_s);
    bare.shutdownDate = QDate(2027, 6, 1);
    m_catalogue.setListed(u"openai"_s, {bare}, u"2026-11-20"_s);
    const ModelInfo info = openAi(m_catalogue, u"gpt-6-luna"_s);
    QVERIFY(info.price() == support::must(Catalogue::builtIn())
                                .find({u"openai"_s, u"gpt-6-luna"_s}, EndpointKind::OpenAi, Role::Analysis)
                                .price());
    QVERIFY(info.vision.valueOr(false));
    QCOMPARE(info.shutdown.value, QDate(2027, 6, 1));
    QVERIFY(info.shutdown.origin == Origin::Live);
}

void tst_Catalogue::listsNamePricesOfRequestsAndPictures()
{
    ListedModel eye = priced(u"acme/eye"_s, u"1"_s, u"5"_s);
    eye.price->request = *Money::fromDecimal(u"0.002"_s);
    eye.price->picture = *Money::fromDecimal(u"0.001"_s);
    m_catalogue.setListed(u"openrouter"_s, {eye}, u"2026-11-20"_s);
    const auto price = [&] {
        return *m_catalogue.find({u"openrouter"_s, u"acme/eye"_s}, EndpointKind::OpenRouter, Role::Analysis)
                    .price();
    };
    QCOMPARE(price().costOf({.input = 1'000, .output = 100}, 2)->toDecimal(), u"0.0055"_s);
    setUser(R"({"models": [{"id": "openrouter/acme/eye", "price": {"picture": "0.0005"}}]})");
    QCOMPARE(price().costOf({.input = 1'000, .output = 100}, 2)->toDecimal(), u"0.0045"_s);
}

void tst_Catalogue::localModelsAreFree()
{
    for (const EndpointKind kind : {EndpointKind::Ollama, EndpointKind::LmStudio, EndpointKind::LlamaCpp}) {
        m_catalogue.setListed(u"home"_s, {priced(u"qwen"_s, u"1"_s, u"1"_s)}, u"2026-11-20"_s);
        const ModelInfo info = m_catalogue.find({u"home"_s, u"qwen"_s}, kind, Role::Analysis);
        QVERIFY(info.priceState() == PriceState::Free);
        QVERIFY(info.price()->isFree());
        QCOMPARE(info.price()->costOf({.input = 1'000'000, .output = 1'000'000}), Money{});
    }
    // Unless somebody reckons his electricity in.
    setUser(R"({"analysis": {"qwen": {"inputCostPer1M": 0.05, "outputCostPer1M": 0.05}}})");
    QVERIFY(m_catalogue.find({u"home"_s, u"qwen"_s}, EndpointKind::Ollama, Role::Analysis).priceState() ==
            PriceState::Priced);
}

void tst_Catalogue::unknownIsNeverFree()
{
    const ModelInfo nobody = m_catalogue.find({u"x"_s, u"mystery"_s}, EndpointKind::Other, Role::Analysis);
    QCOMPARE(nobody.name, u"mystery"_s);
    QVERIFY(nobody.priceState() == PriceState::Unknown);
    QVERIFY(!nobody.price());
    QVERIFY(!nobody.batchPrice());
    // Half a price is none.
    setUser(
        R"({"models": [{"id": "mystery", "price": {"input": "1"}}, {"id": "ollama/m", "price": {"output": "1"}}]})");
    QVERIFY(m_catalogue.find({u"x"_s, u"mystery"_s}, EndpointKind::Other, Role::Analysis).priceState() ==
            PriceState::Unknown);
    QVERIFY(m_catalogue.find({u"ollama"_s, u"m"_s}, EndpointKind::Ollama, Role::Analysis).priceState() ==
            PriceState::Unknown);
    // A list's price of zero is a price: of a trial offer, say.
    m_catalogue.setListed(u"openrouter"_s, {priced(u"acme/x:free"_s, u"0"_s, u"0"_s)}, u"2026-11-20"_s);
    const ModelInfo trial =
        m_catalogue.find({u"openrouter"_s, u"acme/x:free"_s}, EndpointKind::OpenRouter, Role::Chat);
    QVERIFY(trial.priceState() == PriceState::Priced);
    QVERIFY(trial.price()->isFree());
}

void tst_Catalogue::lifecycles_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QDate>("today");
    QTest::addColumn<LifeState>("state");
    QTest::addColumn<qint64>("daysLeft");
    QTest::newRow("no date") << u"gpt-6-luna"_s << kToday << LifeState::Current << qint64{0};
    QTest::newRow("gone") << u"gpt-4.1-nano"_s << kToday << LifeState::Retired << qint64{0};
    QTest::newRow("19 days") << u"gpt-5"_s << kToday << LifeState::Retiring << qint64{19};
    QTest::newRow("53 days") << u"gpt-4o"_s << kToday << LifeState::Announced << qint64{53};
    QTest::newRow("31 days") << u"gpt-4o"_s << QDate(2026, 12, 14) << LifeState::Announced << qint64{31};
    QTest::newRow("30 days") << u"gpt-4o"_s << QDate(2026, 12, 15) << LifeState::Retiring << qint64{30};
    QTest::newRow("the day before") << u"gpt-4o"_s << QDate(2027, 1, 13) << LifeState::Retiring << qint64{1};
    QTest::newRow("the day") << u"gpt-4o"_s << QDate(2027, 1, 14) << LifeState::Retired << qint64{0};
}

void tst_Catalogue::lifecycles()
{
    QFETCH(QString, model);
    QFETCH(QDate, today);
    QFETCH(LifeState, state);
    QFETCH(qint64, daysLeft);
    const Lifecycle life = openAi(m_catalogue, model).lifecycle(today);
    QVERIFY(life.state == state);
    QCOMPARE(life.daysLeft, daysLeft);
    QCOMPARE(life.isWarning(), state == LifeState::Retiring || state == LifeState::Retired);
    if (model == u"gpt-4o"_s)
        QCOMPARE(life.replacement, u"gpt-6-luna"_s);
}

void tst_Catalogue::fitnessHasAReason()
{
    const auto of = [&](const QString &model, Needs needs) {
        needs.today = kToday;
        return fitnessName(fitness(openAi(m_catalogue, model), needs));
    };
    QCOMPARE(of(u"gpt-6-luna"_s, {.vision = true}), u"fit"_s);
    QCOMPARE(of(u"gpt-4.1-nano"_s, {}), u"shut-down"_s);
    QCOMPARE(of(u"text-embedding-3-small"_s, {}), u"embedding-only"_s);
    QCOMPARE(of(u"text-embedding-3-small"_s, {.role = Role::Embedding}), u"fit"_s);
    QCOMPARE(of(u"gpt-6-luna"_s, {.role = Role::Embedding}), u"not-an-embedder"_s);
    QCOMPARE(of(u"gpt-6.2-sol"_s, {.vision = true}), u"needs-vision"_s); // nobody says that it sees
    QCOMPARE(of(u"gpt-6.2-sol"_s, {}), u"fit"_s);
    QCOMPARE(of(u"gpt-6-luna"_s, {.inputTokens = 1'049'000, .outputTokens = 1'000}), u"fit"_s);
    QCOMPARE(of(u"gpt-6-luna"_s, {.inputTokens = 1'049'001, .outputTokens = 1'000}), u"context-too-small"_s);
    QCOMPARE(of(u"mystery"_s, {}), u"price-unknown"_s);
    QCOMPARE(of(u"mystery"_s, {.unknownPriceAccepted = true}), u"fit"_s);
}

void tst_Catalogue::choicesOfAnEndpoint()
{
    const auto ids = [&](const Endpoint &of) {
        QStringList found;
        for (const ModelInfo &model : m_catalogue.modelsOf(of, Role::Analysis))
            found.append(model.ref.text());
        return found;
    };
    const Endpoint server = endpoint(u"server"_s, EndpointKind::Other);
    QVERIFY(ids(server).isEmpty());
    setUser(R"({"models": [{"id": "server/own"}, {"id": "elsewhere/x"}, {"id": "bare"}],
                "chat": {"server/other": {"inputCostPer1M": 1}}})");
    QCOMPARE(ids(server), (QStringList{u"server/own"_s, u"server/other"_s}));
    m_catalogue.setListed(u"server"_s, {listed(u"b"_s), listed(u"a"_s), listed(u"own"_s), listed(u"b"_s)},
                          {});
    QCOMPARE(ids(server), (QStringList{u"server/b"_s, u"server/a"_s, u"server/own"_s, u"server/other"_s}));
    // OpenAI's list replaces the built-in one: what it lacks this key cannot use.
    const Endpoint openAiEndpoint = endpoint(u"openai"_s, EndpointKind::OpenAi);
    QVERIFY(ids(openAiEndpoint).contains(u"openai/gpt-6-luna"_s));
    m_catalogue.setListed(u"openai"_s, {listed(u"gpt-4o"_s)}, {});
    QCOMPARE(ids(openAiEndpoint), QStringList{u"openai/gpt-4o"_s});
}

void tst_Catalogue::defaultModelIsTheCheapestCurrentOneThatSees()
{
    QVERIFY(!m_catalogue.defaultModel({}, kToday));
    Endpoint openAiEndpoint = endpoint(u"openai"_s, EndpointKind::OpenAi);
    const ModelRef luna{u"openai"_s, u"gpt-6-luna"_s};
    QVERIFY(m_catalogue.defaultModel({openAiEndpoint}, kToday) == luna);
    // Cheaper ones were there before they were announced to go.
    openAiEndpoint.enabled = false;
    QVERIFY(!m_catalogue.defaultModel({openAiEndpoint}, kToday));
    openAiEndpoint.enabled = true;
    // Without luna the next cheapest that sees and stays.
    m_catalogue.setListed(u"openai"_s,
                          {listed(u"gpt-5-nano"_s), listed(u"gpt-4o-mini"_s), listed(u"gpt-5.4-mini"_s),
                           listed(u"gpt-5.4-nano"_s), listed(u"text-embedding-3-small"_s)},
                          {});
    QVERIFY(m_catalogue.defaultModel({openAiEndpoint}, kToday) == (ModelRef{u"openai"_s, u"gpt-5.4-nano"_s}));
    m_catalogue.setListed(u"openai"_s, {listed(u"gpt-5-nano"_s), listed(u"mystery"_s)}, {});
    QVERIFY(!m_catalogue.defaultModel({openAiEndpoint}, kToday));
}

void tst_Catalogue::defaultModelAmongLists()
{
    const Endpoint router = endpoint(u"openrouter"_s, EndpointKind::OpenRouter);
    m_catalogue.setListed(u"openrouter"_s,
                          {priced(u"acme/tiny"_s, u"0.01"_s, u"0.01"_s),
                           priced(u"acme/x:free"_s, u"0"_s, u"0"_s),
                           priced(u"openai/gpt-6-luna"_s, u"0.1"_s, u"0.5"_s)},
                          u"2026-11-20"_s);
    // One we know something of, before a cheaper one we know nothing of and before trial offers.
    QVERIFY(m_catalogue.defaultModel({router}, kToday) ==
            (ModelRef{u"openrouter"_s, u"openai/gpt-6-luna"_s}));
    m_catalogue.setListed(
        u"openrouter"_s,
        {priced(u"acme/tiny"_s, u"0.01"_s, u"0.01"_s), priced(u"acme/x:free"_s, u"0"_s, u"0"_s)}, {});
    QVERIFY(m_catalogue.defaultModel({router}, kToday) == (ModelRef{u"openrouter"_s, u"acme/tiny"_s}));
    // The user's own machine costs nothing.
    ListedModel blind = listed(u"llama"_s);
    blind.vision = false;
    ListedModel seeing = listed(u"llava"_s);
    seeing.vision = true;
    m_catalogue.setListed(u"ollama"_s, {blind, listed(u"unknown"_s), seeing}, {});
    const Endpoint ollama = endpoint(u"ollama"_s, EndpointKind::Ollama);
    QVERIFY(m_catalogue.defaultModel({router, ollama}, kToday) == (ModelRef{u"ollama"_s, u"llava"_s}));
}

QTEST_GUILESS_MAIN(tst_Catalogue)
#include "tst_Catalogue.moc"
