// SPDX-License-Identifier: GPL-3.0-or-later
// The window and money: what a run costs while it runs and after, and where the costs lead.
#include "SamplePdfs.h"
#include "StrictWindow.h"
#include "WindowFixture.h"
#include "presentation/CommandId.h"
#include "presentation/CostDesk.h"
#include "presentation/JobListModel.h"
#include "presentation/ModelDesk.h"
#include "servers/ModelFixtures.h"
#include "servers/ModelServer.h"
#include "ui/costs/CostPanel.h"
#include "ui/costs/CostsView.h"
#include "ui/costs/RunCards.h"
#include "ui/models/CapDialog.h"
#include "ui/settings/SettingsWindow.h"
#include "ui/shell/JobDetail.h"

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QFile>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
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

class CostsTest : public QObject {
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
        startServer();
    }

    void cleanup()
    {
        m_server.reset();
        m_place.reset();
    }

    void costsWhileItRuns();
    void costsLeadToWhatTheyAreOf();
    void settingsComeAlong();

private:
    /// Each page costs 3,000 tokens in and 50 out: $0.00325.
    void startServer(int latencyMs = 0)
    {
        QJsonObject answer = servers::answering(servers::pageAnswer(), servers::usage(3'000, 50));
        if (latencyMs > 0)
            answer.insert(u"latency"_s, latencyMs);
        write(path(u"fixtures.json"_s), servers::aiMockFile({answer}));
        m_server = std::make_unique<ModelServer>(ModelServer::Program::AiMock, path(u"fixtures.json"_s));
        QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
    }
    [[nodiscard]] QString path(const QString &name) const { return m_place->filePath(name); }
    [[nodiscard]] QString workspace() const { return path(u"workspace"_s); }

    static bool connectModel(WindowFixture &fixture, const ModelServer &server, int concurrency = 4)
    {
        auto *desk = fixture.window().findChild<presentation::ModelDesk *>();
        domain::Endpoint endpoint;
        endpoint.id = u"mock"_s;
        endpoint.name = u"Mock"_s;
        endpoint.address = server.address();
        endpoint.concurrency = concurrency;
        desk->saveEndpoint(endpoint);
        if (!fixture.wait([desk] { return desk->snapshot().endpoints.size() == 1; }))
            return false;
        desk->refreshLists();
        desk->setModel(kModel);
        return fixture.wait(
            [desk] { return desk->current().id == kModel && desk->current().price.has_value(); });
    }

    /// As the estimate dialog starts it.
    static void analyse(WindowFixture &fixture, domain::DocumentId id, std::optional<domain::Money> cap = {})
    {
        presentation::EstimateDecision decision;
        decision.modelId = kModel;
        decision.cap = cap;
        presentation::EstimateOption approved;
        approved.state = presentation::EstimateOption::State::Ready;
        approved.low = *domain::Money::fromDecimal(u"0.03"_s);
        approved.likely = *domain::Money::fromDecimal(u"0.04"_s);
        approved.high = *domain::Money::fromDecimal(u"0.05"_s);
        workspace::RunPages pages;
        pages.documents = {id};
        fixture.window().findChild<presentation::ModelDesk *>()->analyse(pages, decision, approved, 12);
    }

    std::unique_ptr<QTemporaryDir> m_place;
    std::unique_ptr<ModelServer> m_server;
};

void CostsTest::costsWhileItRuns()
{
    startServer(60); // milliseconds for each piece of an answer
    WindowFixture fixture(workspace());
    QVERIFY(fixture.open());
    const QString file = path(u"report.pdf"_s);
    SamplePdfs::book(file, 12, 1);
    fixture.drop({file});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(connectModel(fixture, *m_server, 1)); // one after the other, so that there is something to see
    auto *desk = fixture.window().findChild<presentation::CostDesk *>();
    const domain::DocumentId id = fixture.document(u"report.pdf"_s).id;
    analyse(fixture, id, domain::Money::fromDecimal(u"0.03"_s));

    fixture.trigger(command::kViewJobs);
    auto &panel = *fixture.find<ui::JobDetail>("jobDetail").findChild<ui::CostPanel *>();
    QVERIFY(fixture.wait([&] { return panel.isVisible() && !desk->runs().live.isEmpty(); }));
    // It grows by itself, and says what is still to come.
    QVERIFY(fixture.wait([&] {
        const auto run = desk->runs().find(panel.run());
        return run && run->answeredRequests >= 3 && run->pagesLeft() > 0 && !run->expected().isZero();
    }));
    QVERIFY(panel.findChild<QLabel *>(u"runMoney"_s)->text().contains(u"estimate ≈ $0.03 – $0.05"_s));
    QVERIFY(panel.findChild<QLabel *>(u"runCap"_s)->text().startsWith(u"Cap $0.03: "_s));
    QVERIFY(panel.findChild<QLabel *>(u"runFacts"_s)->text().contains(u"tokens in"_s));
    auto &jobs = fixture.find<ui::RowView>("jobList");
    const auto jobCost = [&jobs] {
        return jobs.model()->index(0, presentation::JobListModel::Cost).data().toString();
    };
    QVERIFY2(jobCost().contains(u" / ≈ $"_s), qPrintable(jobCost()));
    fixture.savePictures(u"jobs-cost"_s);
    fixture.trigger(command::kViewCosts);
    QVERIFY(fixture.wait([&] { return fixture.find<ui::RunCards>("runCards").isVisible(); }));
    QVERIFY(fixture.find<QLabel>("costCommitted").text().startsWith(u"Committed ≈ $0.0"_s));
    fixture.trigger(command::kViewLibrary);
    const auto cost = [&] {
        return fixture.model()
            .index(fixture.model().rowOf(id), presentation::DocumentListModel::Cost)
            .data()
            .toString();
    };
    QVERIFY2(cost().startsWith(u"≈ $0.0"_s), qPrintable(cost()));
    fixture.savePictures(u"library-cost"_s);

    // At its cap it waits, and says so; raising it goes on.
    fixture.trigger(command::kViewJobs);
    QVERIFY(fixture.wait([&] { return panel.findChild<QWidget *>(u"runHeld"_s)->isVisible(); }));
    fixture.savePictures(u"jobs-held"_s);
    QTest::mouseClick(panel.findChild<QPushButton *>(u"raiseCapButton"_s), Qt::LeftButton);
    auto *dialog = fixture.window().findChild<ui::CapDialog *>();
    QVERIFY(dialog != nullptr);
    dialog->findChild<QLineEdit *>(u"newCapField"_s)->setText(u"1"_s);
    dialog->findChild<QPushButton *>(u"raiseCapButton"_s)->click();
    QVERIFY(fixture.waitDone(1));
    QVERIFY(fixture.wait([&] { return cost() == u"$0.04"_s; })); // 12 × 0.00325, exactly 0.039
    QCOMPARE(fixture.document(u"report.pdf"_s).spent.toDecimal(), u"0.039"_s);
    // What it did cost stays in sight while its job is chosen.
    jobs.setCurrentIndex(jobs.model()->index(0, 0));
    QVERIFY(fixture.wait([&] {
        const auto run = desk->runs().find(panel.run());
        return panel.isVisible() && run && !run->live && run->money.spent.toDecimal() == u"0.039"_s;
    }));
    QVERIFY(!panel.findChild<QWidget *>(u"runHeld"_s)->isVisible());
}

void CostsTest::costsLeadToWhatTheyAreOf()
{
    WindowFixture fixture(workspace());
    QVERIFY(fixture.open());
    const QString file = path(u"report.pdf"_s);
    SamplePdfs::book(file, 2, 1);
    fixture.drop({file});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(connectModel(fixture, *m_server));
    auto *desk = fixture.window().findChild<presentation::ModelDesk *>();
    analyse(fixture, fixture.document(u"report.pdf"_s).id);
    QVERIFY(fixture.wait([&] { return desk->snapshot().money.today.spent.toDecimal() == u"0.0065"_s; }));

    fixture.trigger(command::kViewCosts);
    auto &costs = fixture.find<ui::CostsView>("costsView");
    auto &table = fixture.find<ui::RowView>("costTable");
    QVERIFY(fixture.wait([&] { return table.model()->rowCount() > 0; }));
    costs.focusTable();
    QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
    QVERIFY2(fixture.desktop.clipboard.endsWith(u"mock/gpt-4\t2\t2\t6000\t0\t100\t0.0065\t0.00325"_s),
             qPrintable(fixture.desktop.clipboard));
    // A model leads to its documents, a document to the library.
    QTest::keyClick(&table, Qt::Key_Return);
    QVERIFY(fixture.wait([&] { return table.model()->index(0, 0).data().toString() == u"report.pdf"_s; }));
    table.setCurrentIndex(table.model()->index(0, 0));
    QTest::keyClick(&table, Qt::Key_Return);
    QVERIFY(fixture.list().isVisible());
    QCOMPARE(fixture.list().currentIndex().data().toString(), u"report.pdf"_s);

    fixture.trigger(command::kViewCosts);
    fixture.desktop.fileToWrite = path(u"costs.csv"_s);
    fixture.find<QPushButton>("exportCostsButton").click();
    QVERIFY(fixture.wait([&] { return QFile::exists(path(u"costs.csv"_s)); }));
    QFile exported(path(u"costs.csv"_s));
    QVERIFY(exported.open(QIODevice::ReadOnly));
    QCOMPARE(exported.readAll().count("0.00325"), 2);
}

void CostsTest::settingsComeAlong()
{
    presentation::Settings settings;
    settings.theme = presentation::Settings::Theme::Dark;
    settings.reduceMotion = true;
    WindowFixture fixture(workspace(), settings);
    QVERIFY(fixture.open());
    QVERIFY(fixture.theme().reducesMotion());
    QCOMPARE(QApplication::cursorFlashTime(), 0);
    fixture.trigger(command::kSettings);
    auto &window = fixture.find<ui::SettingsWindow>("settingsWindow");
    auto &motion = *window.findChild<QCheckBox *>(u"reduceMotionBox"_s);
    QVERIFY(motion.isChecked());
    QVERIFY(window.findChild<QRadioButton *>(u"themeDark"_s)->isChecked());
    // A theme leaves motion alone, and motion the theme.
    window.findChild<QRadioButton *>(u"themeLight"_s)->click();
    QVERIFY(motion.isChecked());
    QVERIFY(fixture.theme().reducesMotion());
    motion.click();
    QVERIFY(!fixture.theme().reducesMotion());
    QVERIFY(QApplication::cursorFlashTime() > 0);
    QVERIFY(window.findChild<QRadioButton *>(u"themeLight"_s)->isChecked());
    QCOMPARE(fixture.window().settings().reduceMotion, false);
    QCOMPARE(fixture.window().settings().theme, presentation::Settings::Theme::Light);
}

QTEST_MAIN(CostsTest)
#include "tst_Costs.moc"
