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
const QString kBlind = u"mock/blind"_s;

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
              servers::priceFile({servers::price(kModel, 1, 5), servers::price(kBlind, 0.5, 2, false)}));
        startServer(servers::pageAnswer());
    }

    void cleanup()
    {
        m_server.reset();
        m_place.reset();
    }

    void priceBeforeRunAndBillAfter();
    void somePagesAreTriedFirst();
    void pickerChooses();
    void whatAModelWroteIsShown();
    void pickerPricesWhatIsSelected();
    void aDearerRunAsksAtTheStart();
    void aCapHasThreeWaysOn();

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

void ModelsTest::somePagesAreTriedFirst()
{
    WindowFixture fixture(workspace());
    QVERIFY(fixture.open());
    const QString file = path(u"report.pdf"_s);
    SamplePdfs::book(file, 9, 1);
    fixture.drop({file});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(connectModel(fixture, *m_server));
    QVERIFY(fixture.select(u"report.pdf"_s));
    fixture.trigger(command::kAnalyze);
    auto *dialog = fixture.window().findChild<ui::EstimateDialog *>();
    QVERIFY(dialog != nullptr);
    QVERIFY(fixture.wait([dialog] { return dialog->view().pagesToDo == 9; }));
    const domain::Money before = dialog->view().chosen.likely;
    auto *trial = dialog->findChild<QPushButton *>(u"trialButton"_s);
    QVERIFY(trial->isVisible());
    QTest::mouseClick(trial, Qt::LeftButton);

    // The dialog stays, and learns.
    QVERIFY(fixture.wait([dialog] { return dialog->view().pagesToDo == 6 && dialog->view().trial; }));
    QCOMPARE(dialog->view().trial->answered, 3);
    QCOMPARE(dialog->view().pagesAnswered, 3);
    QCOMPARE(dialog->view().learnedFrom, 3);
    QCOMPARE(dialog->view().trial->spent.toDecimal(), u"0.00975"_s);
    QVERIFY(dialog->view().chosen.likely.picodollars / 6 < before.picodollars / 9);
    QCOMPARE(fixture.document(u"report.pdf"_s).pagesDone, 9); // all of them show an analysis, old or new
    fixture.savePictures(u"estimate-tried"_s);

    // Closed, a banner leads back to it.
    dialog->reject();
    QVERIFY(fixture.wait([&] { return fixture.banners().join(u' ').contains(u"3 pages tried"_s); }));
    QVERIFY2(fixture.banners().join(u' ').contains(u"The 6 pages that are left: ≈"_s),
             qPrintable(fixture.banners().join(u' ')));
    fixture.savePictures(u"banner-tried"_s);
    QVERIFY(fixture.wait([&] { return !fixture.window().findChild<ui::EstimateDialog *>(); }));
    QTest::mouseClick(fixture.window().findChild<QPushButton *>(u"trial.review"_s), Qt::LeftButton);
    dialog = fixture.window().findChild<ui::EstimateDialog *>();
    QVERIFY(dialog != nullptr);
    QVERIFY(fixture.wait([dialog] { return dialog->view().pagesToDo == 6; }));
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"analyzeButton"_s), Qt::LeftButton);
    auto *desk = fixture.window().findChild<presentation::ModelDesk *>();
    QVERIFY(fixture.wait([&] {
        return !fixture.snapshot().hasWork() &&
               desk->snapshot().money.today.spent.toDecimal() == u"0.02925"_s; // 9 × 0.00325
    }));
    QVERIFY(!fixture.banners().join(u' ').contains(u"tried"_s));
}

void ModelsTest::pickerPricesWhatIsSelected()
{
    WindowFixture fixture(workspace());
    QVERIFY(fixture.open());
    const QString file = path(u"report.pdf"_s);
    SamplePdfs::book(file, 4, 1);
    fixture.drop({file});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(connectModel(fixture, *m_server));
    const QString scan = path(u"scan.pdf"_s);
    SamplePdfs::scan(scan, 2);
    fixture.drop({scan});
    QVERIFY(fixture.waitDone(2));

    // The button says by itself what the selection would cost.
    QVERIFY(fixture.select(u"report.pdf"_s));
    auto &button = fixture.find<ui::ModelButton>("modelPicker");
    QVERIFY2(fixture.wait([&] { return button.accessibleName().contains(u" for this run"_s); }),
             qPrintable(button.accessibleName()));
    QVERIFY2(button.accessibleName().startsWith(u"Model: gpt-4, vision, about "_s),
             qPrintable(button.accessibleName()));

    // Opened for another selection: the rows are there at once, the amounts come.
    QVERIFY(fixture.select(u"scan.pdf"_s));
    fixture.trigger(command::kModel);
    auto &picker = fixture.find<ui::ModelPicker>("modelPickerPopup");
    QVERIFY(picker.isVisible());
    QVERIFY(picker.shownCount() >= 2);
    auto *desk = fixture.window().findChild<presentation::ModelDesk *>();
    const auto choiceOf = [desk](const QString &id) {
        for (const presentation::ModelChoice &choice : desk->choices()) {
            if (choice.id == id)
                return choice;
        }
        return presentation::ModelChoice();
    };
    QVERIFY(fixture.wait([&] { return choiceOf(kModel).estimate.has_value(); }));
    QCOMPARE(choiceOf(kBlind).unfit, presentation::ModelChoice::Unfit::NeedsVision);
    QCOMPARE(choiceOf(kBlind).unfitPages, 2);
    fixture.savePictures(u"picker"_s);
    QPixmap grabbed = picker.grab();
    QVERIFY(grabbed.save(
        QStringLiteral(LECTERN_PICTURE_DIR "/picker-popup-%1x.png").arg(qRound(picker.devicePixelRatioF()))));
    picker.hide();

    // The dialog says the same of the same pages.
    const auto priced = *choiceOf(kModel).estimate;
    fixture.trigger(command::kAnalyze);
    auto *dialog = fixture.window().findChild<ui::EstimateDialog *>();
    QVERIFY(fixture.wait([dialog] { return dialog->view().pagesToDo == 2; }));
    QCOMPARE(dialog->view().chosen.likely, priced);
    // Nothing has to be paid to be told what this computer can do by itself.
    Q_EMIT dialog->modelChosen(u"built-in"_s);
    QVERIFY(fixture.wait([dialog] {
        return dialog->view().chosen.model.builtIn &&
               dialog->findChild<QPushButton *>(u"analyzeButton"_s)->isEnabled();
    }));
    QCOMPARE(dialog->view().pagesToDo, 2);
    dialog->reject();
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

void ModelsTest::aDearerRunAsksAtTheStart()
{
    const QString file = path(u"report.pdf"_s);
    SamplePdfs::book(file, 4, 1);
    {
        WindowFixture fixture(workspace());
        QVERIFY(fixture.open());
        fixture.drop({file});
        QVERIFY(fixture.waitDone(1));
        QVERIFY(connectModel(fixture, *m_server));
        QVERIFY(fixture.close());
    }
    {
        WindowFixture fixture(workspace(), {}, false); // what is started here waits for the next program
        QVERIFY(fixture.open());
        auto *desk = fixture.window().findChild<presentation::ModelDesk *>();
        QVERIFY(fixture.wait([desk] { return desk->current().id == kModel; }));
        QVERIFY(fixture.select(u"report.pdf"_s));
        fixture.trigger(command::kAnalyze);
        auto *dialog = fixture.window().findChild<ui::EstimateDialog *>();
        QVERIFY(fixture.wait([dialog] { return dialog->view().pagesToDo == 4; }));
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"analyzeButton"_s), Qt::LeftButton);
        QVERIFY(fixture.wait([&] { return fixture.snapshot().hasWork(); }));
        QVERIFY(fixture.close());
    }
    write(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/lectern/models.json"_s,
          servers::priceFile({servers::price(kModel, 1.5, 7.5)}));
    WindowFixture fixture(workspace());
    QVERIFY(fixture.open());
    const auto banners = [&] { return fixture.banners().join(u'\n'); };
    QVERIFY(fixture.wait([&] { return banners().contains(u"gpt-4 costs 50 % more"_s); }));
    QVERIFY2(banners().contains(u"4 pages wait for your answer"_s), qPrintable(banners()));
    QVERIFY2(!banners().contains(u"resumed"_s), qPrintable(banners()));
    QCOMPARE(fixture.model()
                 .index(fixture.model().rowOf(fixture.document(u"report.pdf"_s).id),
                        presentation::DocumentListModel::Phase)
                 .data()
                 .toString(),
             u"Waits for your answer"_s);
    fixture.savePictures(u"resume-asks"_s);

    // Looking at the estimate is no answer.
    auto *review = fixture.window().findChild<QPushButton *>(u"run.review:2"_s);
    QVERIFY2(review != nullptr, qPrintable(banners()));
    QTest::mouseClick(review, Qt::LeftButton);
    QVERIFY(fixture.wait([&] {
        auto *dialog = fixture.window().findChild<ui::EstimateDialog *>();
        return dialog != nullptr && dialog->view().pagesToDo == 4;
    }));
    fixture.window().findChild<ui::EstimateDialog *>()->reject();
    QVERIFY(banners().contains(u"gpt-4 costs 50 % more"_s));

    QTest::mouseClick(fixture.window().findChild<QPushButton *>(u"run.accept:2"_s), Qt::LeftButton);
    auto *desk = fixture.window().findChild<presentation::ModelDesk *>();
    QVERIFY(fixture.wait([&] {
        return !fixture.snapshot().hasWork() &&
               desk->snapshot().money.today.spent.toDecimal() == u"0.0195"_s; // 4 × 0.004875
    }));
    QVERIFY2(!banners().contains(u"answer"_s), qPrintable(banners()));
}

void ModelsTest::aCapHasThreeWaysOn()
{
    WindowFixture fixture(workspace());
    QVERIFY(fixture.open());
    const QString file = path(u"report.pdf"_s);
    SamplePdfs::book(file, 6, 1);
    fixture.drop({file});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(connectModel(fixture, *m_server));
    auto *desk = fixture.window().findChild<presentation::ModelDesk *>();
    presentation::Budgets budgets;
    budgets.day = domain::Money::fromDecimal(u"0.0001"_s);
    desk->setBudgets(budgets);
    QVERIFY(fixture.wait([desk] { return desk->snapshot().budgets.day.has_value(); }));
    QVERIFY(fixture.select(u"report.pdf"_s));
    fixture.trigger(command::kAnalyze);
    auto *dialog = fixture.window().findChild<ui::EstimateDialog *>();
    QVERIFY(fixture.wait([dialog] { return dialog->view().pagesToDo == 6; }));
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"analyzeButton"_s), Qt::LeftButton);
    QVERIFY(fixture.wait([desk] { return !desk->snapshot().money.holds.isEmpty(); }));
    const QString account = desk->snapshot().money.holds.first().account;
    QVERIFY(fixture.wait([&] { return fixture.banners().join(u' ').contains(u"Daily budget of"_s); }));
    QVERIFY2(fixture.banners().join(u' ').contains(u"1 document waits"_s),
             qPrintable(fixture.banners().join(u' ')));
    const auto button = [&](const QString &name) {
        return fixture.window().findChild<QPushButton *>(name + u':' + account);
    };
    QVERIFY(button(u"budget.raise"_s) != nullptr && button(u"budget.wait"_s) != nullptr);
    fixture.savePictures(u"cap-three-ways"_s);

    // Another model for what waits: here one that costs nothing.
    QTest::mouseClick(button(u"budget.cheaperModel"_s), Qt::LeftButton);
    auto &picker = fixture.find<ui::ModelPicker>("modelPickerPopup");
    QVERIFY(fixture.wait([&] { return picker.isVisible(); }));
    QVERIFY(button(u"budget.cheaperModel"_s) != nullptr); // it was only opened
    picker.close();
    Q_EMIT picker.modelChosen(u"built-in"_s);
    QVERIFY(fixture.waitDone(1));
    QCOMPARE(fixture.document(u"report.pdf"_s).pagesDone, 6);
    QVERIFY(fixture.wait([desk] { return desk->snapshot().money.holds.isEmpty(); }));
}

QTEST_MAIN(ModelsTest)
#include "tst_Models.moc"
