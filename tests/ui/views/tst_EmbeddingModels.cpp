// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of the real window and the embedding model of a third-party server: choose it, see it serve,
// go back.
#include "SamplePdfs.h"
#include "StrictWindow.h"
#include "WindowFixture.h"
#include "presentation/CommandId.h"
#include "presentation/ModelDesk.h"
#include "servers/ModelFixtures.h"
#include "servers/ModelServer.h"
#include "servers/ScriptedServer.h"
#include "ui/forms/MoneyField.h"
#include "ui/forms/NoteBox.h"
#include "ui/models/EmbeddingDialog.h"
#include "ui/models/ModelPicker.h"
#include "ui/settings/SearchPage.h"
#include "ui/settings/SettingsWindow.h"
#include "ui/widgets/Card.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>

using namespace Qt::StringLiterals;
using namespace lectern;
using namespace lectern::test;
using servers::httpAnswer;
using servers::ModelServer;
using servers::Script;
using servers::ScriptedServer;
using servers::SeenRequest;
using servers::Step;
namespace command = presentation::command;

namespace {

const QString kModel = u"mock/text-embedding-3-small"_s;

void write(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("no file");
}

QByteArray jsonAnswer(const QJsonObject &object)
{
    return httpAnswer(200, "application/json", QJsonDocument(object).toJson());
}

} // namespace

class EmbeddingModelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (!ModelServer::isInstalled())
            QSKIP("The third-party model servers are not installed (npm is missing).");
        ui::failOnWarnings();
        m_place = std::make_unique<QTemporaryDir>();
        write(pricesFile(), servers::priceFile({servers::price(kModel, 20, 0, false)}));
    }
    void cleanup() { m_place.reset(); }

    void anotherModelServesAndOneClickLeadsBack();
    void theOldModelServesUntilTheNewOneIsStopped();
    void aPriceThatNobodyKnowsIsAskedFor();
    void aServerThatRefusesIsSaid();

private:
    [[nodiscard]] static QString pricesFile()
    {
        return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
               u"/lectern/models.json"_s;
    }
    [[nodiscard]] QString path(const QString &name) const { return m_place->filePath(name); }
    [[nodiscard]] QString workspace() const { return path(u"workspace"_s); }

    /// A document with vectors by the built-in model, the endpoint, and the page of the settings.
    void prepare(WindowFixture &fixture, const QString &address)
    {
        fixture.useEmbedding();
        QVERIFY(fixture.open());
        const QString file = path(u"report.pdf"_s);
        SamplePdfs::book(file, 4, 1);
        fixture.drop({file});
        QVERIFY(fixture.waitDone(1));
        auto *desk = fixture.window().findChild<presentation::ModelDesk *>();
        domain::Endpoint endpoint;
        endpoint.id = u"mock"_s;
        endpoint.name = u"Mock"_s;
        endpoint.address = address;
        desk->saveEndpoint(endpoint);
        QVERIFY(fixture.wait([desk] { return desk->snapshot().endpoints.size() == 1; }));
        desk->refreshLists();
        QVERIFY(fixture.wait([desk] {
            for (const presentation::ModelChoice &choice : desk->snapshot().embedders) {
                if (choice.id == kModel)
                    return true;
            }
            return false;
        }));
        fixture.trigger(command::kSettings);
        settings(fixture).showPage(ui::SettingsWindow::Page::Search);
        QVERIFY(fixture.wait([&] {
            return text(fixture, "embeddingModel") == u"Built into Lectern"_s &&
                   text(fixture, "embeddingCoverage").startsWith(u"All "_s);
        }));
    }
    [[nodiscard]] static ui::SettingsWindow &settings(WindowFixture &fixture)
    {
        return fixture.find<ui::SettingsWindow>("settingsWindow");
    }
    [[nodiscard]] static QString text(WindowFixture &fixture, const char *name)
    {
        return fixture.find<QLabel>(name).text();
    }
    [[nodiscard]] static QPushButton &button(WindowFixture &fixture, const char *name)
    {
        return fixture.find<QPushButton>(name);
    }
    static void click(QPushButton &button)
    {
        QVERIFY(button.isEnabled() && button.isVisible());
        QTest::mouseClick(&button, Qt::LeftButton);
    }
    /// The dialog, with its offer.
    [[nodiscard]] static ui::EmbeddingDialog *openDialog(WindowFixture &fixture)
    {
        using State = presentation::EmbeddingOffer::State;
        QTest::mouseClick(&button(fixture, "changeEmbeddingButton"), Qt::LeftButton);
        auto *dialog = fixture.window().findChild<ui::EmbeddingDialog *>();
        const bool isThere = dialog != nullptr && fixture.wait([dialog] {
            return dialog->offer().model.id == kModel && dialog->offer().state != State::Calculating;
        });
        return isThere ? dialog : nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_place;
};

void EmbeddingModelsTest::anotherModelServesAndOneClickLeadsBack()
{
    write(path(u"fixtures.json"_s),
          servers::aiMockFile({servers::answering(u"none"_s, servers::usage(1, 1))}));
    const ModelServer server(ModelServer::Program::AiMock, path(u"fixtures.json"_s));
    QVERIFY2(server.error().isEmpty(), qPrintable(server.error()));
    WindowFixture fixture(workspace());
    prepare(fixture, server.address());
    if (QTest::currentTestFailed())
        return;
    QCOMPARE(text(fixture, "embeddingFacts"), u"English · on this computer · free"_s);
    QVERIFY(!button(fixture, "goBackButton").isVisible());
    fixture.savePictures(u"settings-search"_s, &settings(fixture));

    ui::EmbeddingDialog *dialog = openDialog(fixture);
    QVERIFY(dialog != nullptr);
    QCOMPARE(dialog->offer().state, presentation::EmbeddingOffer::State::Ready);
    QVERIFY(dialog->offer().passages > 0);
    QCOMPARE(dialog->offer().passagesDone, 0);
    QVERIFY(dialog->offer().likely.picodollars > 0);
    auto &start = button(fixture, "embedButton");
    QVERIFY2(start.text().startsWith(u"Embed for ≈ $"_s), qPrintable(start.text()));
    QVERIFY(!start.isDefault());
    QVERIFY2(fixture.find<ui::NoteBox>("embeddingLeaves")
                 .text()
                 .contains(u"Mock (127.0.0.1:%1)"_s.arg(server.port())),
             qPrintable(fixture.find<ui::NoteBox>("embeddingLeaves").text()));
    fixture.savePictures(u"embedding-dialog"_s, dialog);
    auto &cap = fixture.find<ui::MoneyField>("embeddingCapField");
    cap.setFocus();
    QTest::keyClicks(&cap, u"0.50"_s);
    click(start);

    QVERIFY(
        fixture.wait([&] { return text(fixture, "embeddingModel") == u"text-embedding-3-small at Mock"_s; }));
    const QString facts = text(fixture, "embeddingFacts");
    QVERIFY2(facts.startsWith(u"1,536 dimensions · spent $0.0"_s) && facts.endsWith(u" of $0.50"_s),
             qPrintable(facts));
    QVERIFY2(text(fixture, "embeddingCoverage").startsWith(u"All "_s),
             qPrintable(text(fixture, "embeddingCoverage")));
    QVERIFY(!fixture.find<ui::Card>("fillingCard").isVisible());
    auto &back = button(fixture, "goBackButton");
    QCOMPARE(back.text(), u"Go back to the built-in model"_s);
    fixture.savePictures(u"settings-search-other"_s, &settings(fixture));

    click(back);
    QVERIFY(fixture.wait([&] { return text(fixture, "embeddingModel") == u"Built into Lectern"_s; }));
    QVERIFY(fixture.wait([&] { return back.text() == u"Go back to text-embedding-3-small"_s; }));
    // And forth again, where everything is paid for.
    dialog = openDialog(fixture);
    QVERIFY(dialog != nullptr);
    QCOMPARE(dialog->offer().passages, 0);
    QCOMPARE(button(fixture, "embedButton").text(), u"Use it, nothing to pay"_s);
    dialog->reject();
    click(back);
    QVERIFY(
        fixture.wait([&] { return text(fixture, "embeddingModel") == u"text-embedding-3-small at Mock"_s; }));
}

void EmbeddingModelsTest::theOldModelServesUntilTheNewOneIsStopped()
{
    std::atomic<int> asked = 0;
    const ScriptedServer server([&asked](const SeenRequest &request) -> Script {
        if (request.path.endsWith("/models"))
            return {Step::send(
                jsonAnswer({{u"data"_s, QJsonArray{QJsonObject{{u"id"_s, u"text-embedding-3-small"_s}}}}}))};
        if (!request.path.endsWith("/embeddings"))
            return {Step::send(httpAnswer(404, "application/json", "{}"))};
        if (asked++ > 0)
            return {Step::hang()};
        return {Step::send(
            jsonAnswer({{u"data"_s, QJsonArray{QJsonObject{{u"embedding"_s, QJsonArray{0.6, 0.8, 0.1}}}}}}))};
    });
    WindowFixture fixture(workspace());
    prepare(fixture, server.address());
    if (QTest::currentTestFailed())
        return;
    ui::EmbeddingDialog *dialog = openDialog(fixture);
    QVERIFY(dialog != nullptr);
    click(button(fixture, "embedButton"));
    auto &card = fixture.find<ui::Card>("fillingCard");
    QVERIFY(fixture.wait([&] { return card.isVisible() && asked > 1; }));
    QCOMPARE(text(fixture, "embeddingModel"), u"Built into Lectern"_s);
    QCOMPARE(text(fixture, "fillingModel"), u"Preparing text-embedding-3-small at Mock"_s);
    QCOMPARE(text(fixture, "fillingMeanwhile"), u"The built-in model serves until it is complete."_s);
    fixture.savePictures(u"settings-search-beside"_s, &settings(fixture));
    click(button(fixture, "stopFillingButton"));
    QVERIFY(fixture.wait([&] { return !card.isVisible(); }));
    QCOMPARE(text(fixture, "embeddingModel"), u"Built into Lectern"_s);
}

void EmbeddingModelsTest::aPriceThatNobodyKnowsIsAskedFor()
{
    write(pricesFile(), servers::priceFile({}));
    write(path(u"fixtures.json"_s),
          servers::aiMockFile({servers::answering(u"none"_s, servers::usage(1, 1))}));
    const ModelServer server(ModelServer::Program::AiMock, path(u"fixtures.json"_s));
    WindowFixture fixture(workspace());
    prepare(fixture, server.address());
    if (QTest::currentTestFailed())
        return;
    ui::EmbeddingDialog *dialog = openDialog(fixture);
    QVERIFY(dialog != nullptr);
    QCOMPARE(dialog->offer().state, presentation::EmbeddingOffer::State::PriceUnknown);
    QVERIFY(!button(fixture, "embedButton").isEnabled());
    auto &price = fixture.find<ui::MoneyField>("embeddingPriceField");
    price.setFocus();
    QTest::keyClicks(&price, u"20"_s);
    click(button(fixture, "useEmbeddingPriceButton"));
    QVERIFY(fixture.wait(
        [dialog] { return dialog->offer().state == presentation::EmbeddingOffer::State::Ready; }));
    QVERIFY(dialog->offer().likely.picodollars > 0);
    QVERIFY(button(fixture, "embedButton").isEnabled());

    // The picker offers the built-in one too, which is in use.
    click(button(fixture, "embeddingModelButton"));
    auto &picker = fixture.find<ui::ModelPicker>("embeddingPickerPopup");
    QVERIFY(picker.isVisible());
    QCOMPARE(picker.shownCount(), 2);
    picker.close();
    Q_EMIT picker.modelChosen(u"built-in"_s);
    QVERIFY(fixture.wait(
        [dialog] { return dialog->offer().model.builtIn && dialog->obstacle() == u"It serves already."_s; }));
    dialog->reject();
}

void EmbeddingModelsTest::aServerThatRefusesIsSaid()
{
    const ScriptedServer server([](const SeenRequest &request) -> Script {
        if (request.path.endsWith("/models"))
            return {Step::send(
                jsonAnswer({{u"data"_s, QJsonArray{QJsonObject{{u"id"_s, u"text-embedding-3-small"_s}}}}}))};
        return {Step::send(httpAnswer(401, "application/json", "{}"))};
    });
    WindowFixture fixture(workspace());
    prepare(fixture, server.address());
    if (QTest::currentTestFailed())
        return;
    ui::EmbeddingDialog *dialog = openDialog(fixture);
    QVERIFY(dialog != nullptr);
    click(button(fixture, "embedButton"));
    auto &problem = fixture.find<ui::NoteBox>("embeddingProblem");
    QVERIFY(fixture.wait([&] { return problem.isVisible(); }));
    QVERIFY2(problem.text().contains(u"key"_s), qPrintable(problem.text()));
    QCOMPARE(text(fixture, "embeddingModel"), u"Built into Lectern"_s);
    QVERIFY(fixture.wait([&] { return button(fixture, "changeEmbeddingButton").isEnabled(); }));
    fixture.savePictures(u"settings-search-problem"_s, &settings(fixture));
}

QTEST_MAIN(EmbeddingModelsTest)
#include "tst_EmbeddingModels.moc"
