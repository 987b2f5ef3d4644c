// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/ModelFilter.h"
#include "presentation/ModelListModel.h"
#include "support/Strict.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace lectern::presentation;
using lectern::domain::EndpointKind;
using lectern::domain::ModelPrice;
using lectern::domain::Money;
using namespace Qt::StringLiterals;

namespace {

ModelChoice priced(const QString &name, qint64 inputPerToken)
{
    ModelChoice choice;
    choice.id = u"openai/"_s + name;
    choice.name = name;
    choice.provider = u"OpenAI"_s;
    ModelPrice price;
    price.input = Money{inputPerToken};
    price.output = Money{inputPerToken * 5};
    choice.price = price;
    return choice;
}

ModelChoice builtIn()
{
    ModelChoice choice;
    choice.id = u"built-in/1"_s;
    choice.name = u"Built-in analyser"_s;
    choice.builtIn = true;
    return choice;
}

QStringList namesOf(const QAbstractItemModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names << model.index(row, 0).data().toString();
    return names;
}

} // namespace

class ModelListModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { lectern::support::failOnWarnings(); }

    void inOrderOfUse()
    {
        ModelListModel model;
        const QAbstractItemModelTester tester(&model);
        ModelFilter filter;
        filter.setSourceModel(&model);
        QVector<ModelChoice> choices{priced(u"zebra"_s, 1), priced(u"apple"_s, 1)};
        ModelChoice favourite = priced(u"my-own"_s, 9);
        favourite.favourite = true;
        favourite.lastUsedMs = 99;
        choices << favourite;
        // Six were used: five count as recent, the latest first.
        for (int used = 1; used <= 6; ++used) {
            ModelChoice choice = priced(u"used-%1"_s.arg(used), 1);
            choice.lastUsedMs = used;
            choices << choice;
        }
        choices << builtIn();
        model.setChoices(choices);
        QCOMPARE(namesOf(filter),
                 (QStringList{u"Built-in analyser"_s, u"my-own"_s, u"used-6"_s, u"used-5"_s, u"used-4"_s,
                              u"used-3"_s, u"used-2"_s, u"apple"_s, u"used-1"_s, u"zebra"_s}));
        filter.sort(ModelListModel::Input, Qt::DescendingOrder);
        QCOMPARE(namesOf(filter).first(), u"my-own"_s);
        filter.sort(-1);
        QCOMPARE(namesOf(filter).first(), u"Built-in analyser"_s);
    }

    void unknownPricesAreLastBothWays()
    {
        ModelListModel model;
        ModelFilter filter;
        filter.setSourceModel(&model);
        ModelChoice unknown = priced(u"unknown"_s, 1);
        unknown.price.reset();
        model.setChoices({unknown, priced(u"dear"_s, 100), priced(u"cheap"_s, 1)});
        filter.sort(ModelListModel::Input, Qt::AscendingOrder);
        QCOMPARE(namesOf(filter), (QStringList{u"cheap"_s, u"dear"_s, u"unknown"_s}));
        filter.sort(ModelListModel::Input, Qt::DescendingOrder);
        QCOMPARE(namesOf(filter), (QStringList{u"dear"_s, u"cheap"_s, u"unknown"_s}));
        QCOMPARE(filter.index(2, ModelListModel::Input).data().toString(), u"unknown"_s);
        QVERIFY(filter.index(2, 0).data(ModelListModel::NoteRole).toString().contains(u"Price unknown"_s));
    }

    void filters()
    {
        ModelListModel model;
        ModelFilter filter;
        filter.setSourceModel(&model);
        ModelChoice seeing = priced(u"gpt-seeing"_s, 300'000);
        seeing.vision = true;
        ModelChoice local = priced(u"llama-local"_s, 0);
        local.local = true;
        local.price.reset();
        ModelChoice unknown = priced(u"unknown"_s, 1);
        unknown.price.reset();
        model.setChoices({seeing, local, unknown, builtIn()});
        filter.setWords(u"GPT open"_s);
        QCOMPARE(namesOf(filter), QStringList{u"gpt-seeing"_s});
        filter.setWords({});
        filter.setVisionOnly(true);
        QCOMPARE(namesOf(filter), QStringList{u"gpt-seeing"_s});
        filter.setVisionOnly(false);
        filter.setLocalOnly(true);
        QCOMPARE(namesOf(filter), (QStringList{u"Built-in analyser"_s, u"llama-local"_s}));
        filter.setLocalOnly(false);
        filter.setHighestPrice(Money{250'000});
        QCOMPARE(namesOf(filter), (QStringList{u"Built-in analyser"_s, u"llama-local"_s}));
        filter.setHighestPrice(Money{300'000});
        QCOMPARE(filter.modelCount(), 3);
    }

    void endpointsHaveTheirSay()
    {
        ModelListModel model;
        const QAbstractItemModelTester tester(&model);
        ModelFilter filter;
        filter.setSourceModel(&model);
        EndpointView loading;
        loading.endpoint.id = u"ollama"_s;
        loading.endpoint.name = u"Ollama"_s;
        loading.endpoint.kind = EndpointKind::Ollama;
        loading.state = EndpointView::State::Loading;
        EndpointView failed = loading;
        failed.endpoint.id = u"openrouter"_s;
        failed.endpoint.name = u"OpenRouter"_s;
        failed.state = EndpointView::State::Failed;
        failed.problem = {lectern::base::ErrorCode::KeyRefused, {}};
        EndpointView ready = loading;
        ready.state = EndpointView::State::Ready;
        model.setEndpoints({loading, failed, ready});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, 0).data(ModelListModel::NoteRole).toString(), u"Still loading…"_s);
        QVERIFY(model.index(0, 0).data(ActionTextRole).toString().isEmpty());
        QVERIFY(model.index(1, 0).data(ModelListModel::NoteRole).toString().contains(u"key"_s));
        QCOMPARE(model.index(1, 0).data(ActionTextRole).toString(), u"Settings…"_s);
        // No filter makes a list that is still loading look empty.
        filter.setWords(u"nothing has this name"_s);
        QCOMPARE(filter.rowCount(), 2);
        QCOMPARE(filter.modelCount(), 0);
        model.setEndpoints({});
        QCOMPARE(filter.rowCount(), 0);
    }

    void unfitModelsStayWithTheirReason()
    {
        ModelListModel model;
        ModelChoice blind = priced(u"blind"_s, 1);
        blind.unfit = ModelChoice::Unfit::NeedsVision;
        blind.unfitPages = 14;
        model.setChoices({blind});
        QVERIFY(!model.flags(model.index(0, 0)).testFlag(Qt::ItemIsEnabled));
        QCOMPARE(model.index(0, 0).data(ModelListModel::NoteRole).toString(),
                 u"14 pages have no text: a model with Vision is needed"_s);
        QVERIFY(model.index(0, 0).data(Qt::AccessibleTextRole).toString().contains(u"can't be chosen"_s));
    }

    void everyObstacleHasWords()
    {
        using Unfit = ModelChoice::Unfit;
        for (const Unfit unfit : {Unfit::NeedsVision, Unfit::ContextTooSmall, Unfit::VectorsOnly,
                                  Unfit::ShutDown, Unfit::KeyMissing, Unfit::EndpointOff}) {
            for (const qint64 pages : {1, 14}) {
                ModelChoice choice = priced(u"any"_s, 1);
                choice.unfit = unfit;
                choice.unfitPages = pages;
                QVERIFY(!ModelText::obstacle(choice).isEmpty());
            }
        }
        QVERIFY(ModelText::obstacle(builtIn()).isEmpty());
    }

    void retiringModelsWarn()
    {
        ModelChoice choice = priced(u"old"_s, 1);
        choice.shutdownDate = QDate(2027, 1, 14);
        QVERIFY(ModelText::warning(choice, QDate(2026, 11, 22)).contains(u"Shuts down"_s));
        QVERIFY(ModelText::warning(choice, QDate(2026, 1, 1)).isEmpty());
    }

    void valuesChangeInPlace()
    {
        ModelListModel model;
        model.setChoices({priced(u"one"_s, 1), priced(u"two"_s, 1)});
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        ModelChoice estimated = priced(u"one"_s, 1);
        estimated.estimate = Money{120'000'000'000};
        model.setChoices({estimated, priced(u"two"_s, 1)});
        QCOMPARE(reset.size(), 0);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(model.index(0, ModelListModel::Estimate).data().toString(), u"≈ $0.12"_s);
        model.setChoices({estimated, priced(u"two"_s, 1)});
        QCOMPARE(changed.size(), 1);
    }

    void wordsOfTheButton()
    {
        ModelChoice choice = priced(u"gpt-x mini"_s, 1);
        choice.vision = true;
        choice.estimate = Money{120'000'000'000};
        QCOMPARE(ModelText::spokenButton(choice),
                 u"Model: gpt-x mini, vision, about 12 cents for this run"_s);
        choice.price.reset();
        QCOMPARE(ModelText::spokenButton(choice), u"Model: gpt-x mini, vision, price unknown"_s);
        QCOMPARE(ModelText::spokenButton(builtIn()), u"Model: Built-in analyser, free"_s);
        QCOMPARE(ModelText::spokenButton({}), u"Model: Choose a model"_s);
    }

    void unknownIsNeverFree()
    {
        ModelChoice choice;
        choice.id = u"x/y"_s;
        QVERIFY(!choice.isFree());
        QVERIFY(!choice.isPriceKnown());
        QVERIFY(!ModelText::badges(choice).contains(u"Free"_s));
        choice.price = ModelPrice{};
        QVERIFY(choice.isFree());
    }
};

QTEST_MAIN(ModelListModelTest)
#include "tst_ModelListModel.moc"
