// SPDX-License-Identifier: GPL-3.0-or-later
// The window and a model of a third-party server: choose it, see the price, run it, see the bill.
#include "SamplePdfs.h"
#include "StrictWindow.h"
#include "WindowFixture.h"
#include "presentation/CommandId.h"
#include "presentation/ModelDesk.h"
#include "servers/ModelFixtures.h"
#include "servers/ModelServer.h"
#include "ui/costs/CostToday.h"
#include "ui/costs/CostsView.h"
#include "ui/models/EstimateDialog.h"
#include "ui/models/ModelButton.h"
#include "ui/models/ModelPicker.h"
#include "ui/settings/SettingsWindow.h"

#include <QDir>
#include <QFile>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace lectern;
using namespace lectern::test;
using servers::ModelServer;
namespace command = presentation::command;

namespace {

const QString kModel = u"mock/gpt-4"_s;

void write(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("no file");
}

} // namespace

class ModelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (!ModelServer::isInstalled())
            QSKIP("The third-party model servers are not installed (npm is missing).");
        ui::failOnWarnings();
        m_place = std::make_unique<QTemporaryDir>();
        write(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
                  u"/lectern/models.json"_s,
              servers::priceFile({servers::price(kModel, 1, 5)}));
        startServer(servers::pageAnswer());
    }

    void cleanup()
    {
        m_server.reset();
        m_place.reset();
    }

    void priceBeforeRunAndBillAfter();
    void pickerChooses();
    void whatAModelWroteIsShown();

private:
    /// A server that answers so about every page.
    void startServer(const QString &content)
    {
        write(path(u"fixtures.json"_s),
              servers::aiMockFile({servers::answering(content, servers::usage(3'000, 50))}));
        m_server = std::make_unique<ModelServer>(ModelServer::Program::AiMock, path(u"fixtures.json"_s));
        QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
    }
    [[nodiscard]] QString path(const QString &name) const { return m_place->filePath(name); }
    [[nodiscard]] QString workspace() const { return path(u"workspace"_s); }

    /// The endpoint is there and has said what it has.
    static bool connectModel(WindowFixture &fixture, const ModelServer &server)
    {
        auto *desk = fixture.window().findChild<presentation::ModelDesk *>();
        domain::Endpoint endpoint;
        endpoint.id = u"mock"_s;
        endpoint.name = u"Mock"_s;
        endpoint.address = server.address();
        desk->saveEndpoint(endpoint);
        if (!fixture.wait([desk] { return desk->snapshot().endpoints.size() == 1; }))
            return false;
        desk->refreshLists();
        desk->setModel(kModel);
        return fixture.wait(
            [desk] { return desk->current().id == kModel && desk->current().price.has_value(); });
    }

    std::unique_ptr<QTemporaryDir> m_place;
    std::unique_ptr<ModelServer> m_server;
};

void ModelsTest::priceBeforeRunAndBillAfter()
{
    WindowFixture fixture(workspace());
    QVERIFY(fixture.open());
    const QString file = path(u"report.pdf"_s);
    SamplePdfs::book(file, 4, 1);
    fixture.drop({file});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(connectModel(fixture, *m_server));
    QVERIFY(fixture.find<ui::ModelButton>("modelPicker").text().contains(u"gpt-4"_s));

    QVERIFY(fixture.select(u"report.pdf"_s));
    fixture.trigger(command::kAnalyze);
    auto *dialog = fixture.window().findChild<ui::EstimateDialog *>();
    QVERIFY(dialog != nullptr);
    QVERIFY(fixture.wait([dialog] {
        return dialog->view().chosen.state == presentation::EstimateOption::State::Ready &&
               dialog->view().pagesToDo == 4;
    }));
    auto *start = dialog->findChild<QPushButton *>(u"analyzeButton"_s);
    QVERIFY2(start->text().contains(u'≈'), qPrintable(start->text()));
    QVERIFY(!start->isDefault());
    fixture.savePictures(u"estimate"_s);
    QTest::mouseClick(start, Qt::LeftButton);

    auto &today = fixture.find<ui::CostToday>("costToday");
    auto *desk = fixture.window().findChild<presentation::ModelDesk *>();
    // Nobody asks for it: what was spent shows by itself.
    QVERIFY(fixture.wait([&] {
        return !fixture.snapshot().hasWork() &&
               desk->snapshot().money.today.spent.toDecimal() == u"0.013"_s; // 4 × 0.00325
    }));
    QVERIFY(today.isVisible());
    QTest::mouseClick(&today, Qt::LeftButton);
    auto &costs = fixture.find<ui::CostsView>("costsView");
    QVERIFY(costs.isVisible());
    auto &table = fixture.find<ui::RowView>("costTable");
    QVERIFY(fixture.wait([&table] { return table.model()->rowCount() > 0; }));
    fixture.savePictures(u"costs"_s);
}

void ModelsTest::pickerChooses()
{
    WindowFixture fixture(workspace());
    QVERIFY(fixture.open());
    QVERIFY(connectModel(fixture, *m_server));
    fixture.trigger(command::kModel);
    auto &picker = fixture.find<ui::ModelPicker>("modelPickerPopup");
    QVERIFY(fixture.wait([&] { return picker.isVisible() && picker.shownCount() >= 2; }));
    picker.hide();
    fixture.trigger(command::kSettings);
    auto &settings = fixture.find<ui::SettingsWindow>("settingsWindow");
    QVERIFY(settings.isVisible());
    settings.showEndpoint(u"mock"_s);
    settings.close();
}

// A page that failed because of its answer shows it, as plain text.
void ModelsTest::whatAModelWroteIsShown()
{
    const QString written =
        u"<b>Sure!</b> Here is what I think about this page, in words and not in the form that "
        "was asked for.\nIt speaks of wells, of water and of the depth at which one "
        "meets the other; more than that I would not like to say."_s;
    startServer(written);
    WindowFixture fixture(workspace());
    QVERIFY(fixture.open());
    const QString file = path(u"report.pdf"_s);
    SamplePdfs::book(file, 2, 1);
    fixture.drop({file});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(connectModel(fixture, *m_server));
    QVERIFY(fixture.select(u"report.pdf"_s));
    fixture.trigger(command::kAnalyze);
    auto *dialog = fixture.window().findChild<ui::EstimateDialog *>();
    QVERIFY(dialog != nullptr);
    QVERIFY(fixture.wait([dialog] {
        return dialog->view().chosen.state == presentation::EstimateOption::State::Ready &&
               dialog->view().pagesToDo == 2;
    }));
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"analyzeButton"_s), Qt::LeftButton);
    QVERIFY(fixture.wait(
        [&] { return !fixture.snapshot().hasWork() && fixture.snapshot().totals.pagesFailed == 2; }));
    fixture.trigger(command::kShowFailedPages);
    auto &shown = fixture.find<QPlainTextEdit>("unusableAnswer");
    QVERIFY(fixture.wait([&] { return shown.isVisible() && fixture.window().isSettled(); }));
    QCOMPARE(shown.toPlainText(), written);
    fixture.savePictures(u"unusable-answer"_s);
}

QTEST_MAIN(ModelsTest)
#include "tst_Models.moc"
