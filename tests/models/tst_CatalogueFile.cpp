// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/CatalogueFile.h"
#include "models/CatalogueJson.h"
#include "support/Expect.h"
#include "support/Strict.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace lectern;
using namespace lectern::models;
using namespace Qt::StringLiterals;
using base::ErrorCode;
using domain::Money;

namespace {

Money perMillion(const QString &dollars)
{
    return Money::fromDecimalPerMillion(dollars).value();
}

} // namespace

class tst_CatalogueFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void readsEveryField();
    void readsTheShortForm();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void comesBackAsItWas();
    void noFileIsAnEmptyOne();
    void wrongFilesAreLeftAlone();
    void replacesTheFileAsAWhole();
    void saysWhenItCannotWrite();
};

void tst_CatalogueFile::readsEveryField()
{
    const CatalogueData data = support::must(catalogueFromJson(R"({
        "format": "lectern-models/1", "about": "x", "checkedOn": "2026-11-22",
        "models": [{
            "id": "m", "provider": "p", "name": "Model M",
            "price": {"input": "0.10", "cachedInput": "0.01", "cacheWrite": "0.125", "output": "0.5",
                      "batchInput": "0.05", "batchOutput": "0.25", "request": "0.005", "picture": "0.001",
                      "longContext": {"above": 272000, "inputPercent": 200, "outputPercent": 150},
                      "validFrom": "2026-09-01", "checkedOn": "2026-10", "source": "somewhere"},
            "contextWindow": 1050000, "maxOutput": 128000, "vision": true, "structuredOutput": false,
            "reasoning": true, "embedding": false, "tokenizer": "o200k_base",
            "image": {"rule": "patches", "patchSide": 28, "patchBudget": 1536, "maxSide": 2048,
                      "multiplier": "1.2", "highestMultiplier": "1.62", "exact": true},
            "shutdown": "2027-01-14", "replacement": "n"
        }]})"));
    QCOMPARE(data.checkedOn, u"2026-11-22"_s);
    QCOMPARE(data.models.size(), 1);
    const ModelFacts &model = data.models[0];
    QCOMPARE(model.id, u"m"_s);
    QCOMPARE(model.provider, u"p"_s);
    QCOMPARE(model.name, u"Model M"_s);
    QCOMPARE(model.price.input->picodollars, 100'000);
    QCOMPARE(model.price.cachedInput->picodollars, 10'000);
    QCOMPARE(model.price.cacheWrite->picodollars, 125'000);
    QCOMPARE(model.price.output->picodollars, 500'000);
    QCOMPARE(model.price.batchInput->picodollars, 50'000);
    QCOMPARE(model.price.batchOutput->picodollars, 250'000);
    QCOMPARE(model.price.request->toDecimal(), u"0.005"_s);
    QCOMPARE(model.price.picture->toDecimal(), u"0.001"_s);
    QVERIFY(model.price.longContext == (LongContext{272'000, 200, 150}));
    QCOMPARE(model.price.validFrom, u"2026-09-01"_s);
    QCOMPARE(model.price.checkedOn, u"2026-10"_s);
    QCOMPARE(model.price.source, u"somewhere"_s);
    QCOMPARE(model.contextWindow, 1'050'000);
    QCOMPARE(model.maxOutput, 128'000);
    QCOMPARE(model.vision, true);
    QCOMPARE(model.structuredOutput, false);
    QCOMPARE(model.reasoning, true);
    QCOMPARE(model.embedding, false);
    QCOMPARE(model.tokenizer, u"o200k_base"_s);
    QCOMPARE(model.imageRule->patchSide, 28);
    QCOMPARE(model.imageRule->patchBudget, 1536);
    QCOMPARE(model.imageRule->maxSide, 2048);
    QCOMPARE(model.imageRule->perThousand, 1200);
    QCOMPARE(model.imageRule->mostPerThousand, 1620);
    QVERIFY(model.imageRule->exact);
    QCOMPARE(model.shutdown, QDate(2027, 1, 14));
    QCOMPARE(model.replacement, u"n"_s);
}

void tst_CatalogueFile::readsTheShortForm()
{
    const CatalogueData data = support::must(catalogueFromJson(R"({
        "models": [{"id": "a", "inputCostPer1M": 0.15, "outputCostPer1M": "0.6"}],
        "analysis": {"gpt-6-luna": {"inputCostPer1M": 0.1, "outputCostPer1M": 0.000001}},
        "embedding": {"home/bge": {"inputCostPer1M": 1e-2, "checkedOn": "2026-11-01"}},
        "chat": {}})"));
    QCOMPARE(data.models[0].price.input, perMillion(u"0.15"_s));
    QCOMPARE(data.models[0].price.output, perMillion(u"0.6"_s));
    QCOMPARE(data.rolePrices.size(), 2);
    QVERIFY(data.rolePrices[0].role == Role::Analysis);
    QCOMPARE(data.rolePrices[0].model, u"gpt-6-luna"_s);
    QCOMPARE(data.rolePrices[0].price.output->picodollars, 1);
    QVERIFY(data.rolePrices[1].role == Role::Embedding);
    QCOMPARE(data.rolePrices[1].price.input, perMillion(u"0.01"_s));
    QCOMPARE(data.rolePrices[1].price.checkedOn, u"2026-11-01"_s);
}

void tst_CatalogueFile::namesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("where");
    const auto model = [](const QByteArray &fields) {
        return R"({"models": [{"id": "ok"}, {"id": "m", )" + fields + "}]}";
    };
    QTest::newRow("not JSON") << QByteArray("{\n\"models\": [\n}") << u"line 3"_s;
    QTest::newRow("not an object") << QByteArray("[]") << u"must be an object"_s;
    QTest::newRow("another format") << QByteArray(R"({"format": "lectern-models/2"})") << u"format: "_s;
    QTest::newRow("unknown section") << QByteArray(R"({"model": []})") << u"model: "_s;
    QTest::newRow("models no list") << QByteArray(R"({"models": {}})") << u"models: "_s;
    QTest::newRow("model no object") << QByteArray(R"({"models": ["x"]})") << u"models[0]: "_s;
    QTest::newRow("no id") << QByteArray(R"({"models": [{"name": "x"}]})") << u"models[0].id: "_s;
    QTest::newRow("twice") << model(R"("name": "x"}, {"id": "ok")") << u"models[2].id: "_s;
    QTest::newRow("misspelt price") << model(R"("price": {"inptu": "1"})") << u"models[1].price.inptu: "_s;
    QTest::newRow("price as number") << model(R"("price": {"input": 0.1})") << u"models[1].price.input: "_s;
    QTest::newRow("price below zero")
        << model(R"("price": {"output": "-1"})") << u"models[1].price.output: "_s;
    QTest::newRow("price too fine") << model(R"("price": {"input": "0.0000001"})")
                                    << u"models[1].price.input: "_s;
    QTest::newRow("price in words") << model(R"("price": {"input": "1 USD"})")
                                    << u"models[1].price.input: "_s;
    QTest::newRow("price twice") << model(R"("price": {"input": "1"}, "inputCostPer1M": 1)")
                                 << u"models[1].inputCostPer1M: "_s;
    QTest::newRow("request") << model(R"("price": {"request": 1})") << u"models[1].price.request: "_s;
    QTest::newRow("surcharge") << model(R"("price": {"longContext": {"above": 1, "inputPercent": 200}})")
                               << u"models[1].price.longContext.outputPercent: "_s;
    QTest::newRow("date") << model(R"("shutdown": "2026-02-30")") << u"models[1].shutdown: "_s;
    QTest::newRow("month") << model(R"("price": {"checkedOn": "2026-13"})")
                           << u"models[1].price.checkedOn: "_s;
    QTest::newRow("context") << model(R"("contextWindow": 1.5)") << u"models[1].contextWindow: "_s;
    QTest::newRow("context zero") << model(R"("contextWindow": 0)") << u"models[1].contextWindow: "_s;
    QTest::newRow("vision") << model(R"("vision": "yes")") << u"models[1].vision: "_s;
    QTest::newRow("image rule") << model(R"("image": {"rule": "squares"})") << u"models[1].image.rule: "_s;
    QTest::newRow("tiles without numbers")
        << model(R"("image": {"rule": "tiles", "base": 85})") << u"models[1].image.perTile: "_s;
    QTest::newRow("tile field in patches")
        << model(R"("image": {"rule": "patches", "base": 85})") << u"models[1].image.base: "_s;
    QTest::newRow("multiplier") << model(R"("image": {"rule": "patches", "multiplier": "0"})")
                                << u"models[1].image.multiplier: "_s;
    QTest::newRow("multipliers crossed")
        << model(R"("image": {"rule": "patches", "multiplier": "2", "highestMultiplier": "1"})")
        << u"models[1].image.highestMultiplier: "_s;
    QTest::newRow("role no object") << QByteArray(R"({"analysis": {"m": 1}})") << u"analysis.m: "_s;
    QTest::newRow("role price") << QByteArray(R"({"chat": {"m": {"inputCostPer1M": "x"}}})")
                                << u"chat.m.inputCostPer1M: "_s;
    QTest::newRow("role field") << QByteArray(R"({"chat": {"m": {"input": 1}}})") << u"chat.m.input: "_s;
}

void tst_CatalogueFile::namesWhatIsWrong()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, where);
    const base::Result<CatalogueData> data = catalogueFromJson(json);
    EXPECT_ERROR(data, ErrorCode::InvalidArgument);
    QVERIFY2(data.error().detail.startsWith(where), qPrintable(data.error().detail));
}

void tst_CatalogueFile::comesBackAsItWas()
{
    QFile file(QStringLiteral(LECTERN_SOURCE_DIR "/resources/models.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    CatalogueData data = support::must(catalogueFromJson(file.readAll()));
    QVERIFY(data.models.size() >= 15);
    PriceFacts price;
    price.input = perMillion(u"0.123456"_s);
    price.output = perMillion(u"7"_s);
    data.rolePrices = {{Role::Analysis, u"a/b"_s, price}, {Role::Chat, u"c"_s, price}};
    data.models[0].price.request = Money::fromDecimal(u"0.000000000001"_s);
    data.models[0].price.picture = Money::fromDecimal(u"0.000000000003"_s);
    const CatalogueData back = support::must(catalogueFromJson(toJson(data)));
    QVERIFY(back == data);
}

void tst_CatalogueFile::noFileIsAnEmptyOne()
{
    const QTemporaryDir folder;
    const CatalogueFile file(folder.filePath(u"none.json"_s));
    QVERIFY(support::must(file.read()).isEmpty());
}

void tst_CatalogueFile::wrongFilesAreLeftAlone()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"models.json"_s);
    QFile raw(path);
    QVERIFY(raw.open(QIODevice::WriteOnly));
    raw.write("{\"analysis\": {\"m\": {\"inputCostPer1M\": -1}}}");
    raw.close();
    const auto data = CatalogueFile(path).read();
    EXPECT_ERROR(data, ErrorCode::InvalidArgument);
    QCOMPARE(data.error().detail.left(path.size() + 28), path + u": analysis.m.inputCostPer1M:"_s);
    QVERIFY(raw.open(QIODevice::ReadOnly));
    QVERIFY(raw.readAll().contains("-1"));
}

void tst_CatalogueFile::replacesTheFileAsAWhole()
{
    const QTemporaryDir folder;
    const CatalogueFile file(folder.filePath(u"new/folder/models.json"_s));
    CatalogueData data;
    data.models.append(ModelFacts{});
    data.models[0].id = u"m"_s;
    data.models[0].price.input = perMillion(u"1"_s);
    EXPECT_OK(file.write(data));
    data.models[0].price.input = perMillion(u"2"_s);
    EXPECT_OK(file.write(data));
    QVERIFY(support::must(file.read()) == data);
    // Nothing else is left beside it.
    QCOMPARE(QDir(folder.filePath(u"new/folder"_s))
                 .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{u"models.json"_s});
}

void tst_CatalogueFile::saysWhenItCannotWrite()
{
    // A file where the folder should be: nobody can write there, not even root.
    const QTemporaryDir folder;
    QFile inTheWay(folder.filePath(u"folder"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    EXPECT_ERROR(CatalogueFile(folder.filePath(u"folder/models.json"_s)).write({}), ErrorCode::ReadOnly);
    // A folder where the file should be.
    EXPECT_ERROR(CatalogueFile(folder.path()).write({}), ErrorCode::ReadOnly);
}

QTEST_GUILESS_MAIN(tst_CatalogueFile)
#include "tst_CatalogueFile.moc"
