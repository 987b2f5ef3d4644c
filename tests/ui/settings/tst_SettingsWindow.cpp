// SPDX-License-Identifier: GPL-3.0-or-later
#include "MoneySamples.h"
#include "StrictWindow.h"

#include "ui/forms/NoteBox.h"
#include "ui/settings/SettingsWindow.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace lectern;
using namespace lectern::ui;
using namespace Qt::StringLiterals;
using domain::Endpoint;
using domain::EndpointKind;
using presentation::KeyPlace;

namespace {

const QString kKey = u"sk-test-0123456789-abcd"_s;

} // namespace

class SettingsWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { dressApplication(); }
    void init();
    void cleanup() { m_window.reset(); }
    void listsEndpointsWithTheirState();
    void editsApplyAtOnce();
    void wrongAddressesAreNotApplied();
    void plainHttpHasToBeAgreedTo();
    void typingSurvivesNewStates();
    void keyGoesOutOnceAndIsWiped();
    void keyIsNeverShownAgain();
    void fileNeedsAYes();
    void withoutAKeyStore();
    void anotherEndpointEmptiesTheKeyField();
    void testSaysWhatIsWrong();
    void foundServersAreOneClickAway();
    void addingAndRemoving();
    void budgets();
    void analysis();
    void appearance();
    void searchFindsPages();
    void keyboard();

private:
    template <class T> [[nodiscard]] T &part(const QString &name) { return *m_window->findChild<T *>(name); }
    [[nodiscard]] QLineEdit &key() { return part<QLineEdit>(u"keyField"_s); }
    void type(QLineEdit &field, const QString &text);

    std::unique_ptr<SettingsWindow> m_window;
};

void SettingsWindowTest::init()
{
    failOnWarnings();
    m_window = std::make_unique<SettingsWindow>();
    m_window->setEndpoints(samples::endpoints());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void SettingsWindowTest::type(QLineEdit &field, const QString &text)
{
    field.setFocus();
    field.selectAll();
    QTest::keyClicks(&field, text);
    QTest::keyClick(&field, Qt::Key_Tab);
}

void SettingsWindowTest::listsEndpointsWithTheirState()
{
    auto &list = part<QListWidget>(u"endpointList"_s);
    QCOMPARE(list.count(), 4);
    QVERIFY(list.item(0)->data(Qt::AccessibleTextRole).toString().contains(u"62 models"_s));
    QVERIFY(list.item(1)->data(Qt::AccessibleTextRole).toString().contains(u"does not accept the key"_s));
    QVERIFY(list.item(2)->data(Qt::AccessibleTextRole).toString().contains(u"Still loading"_s));
    QCOMPARE(part<QLineEdit>(u"endpointNameField"_s).text(), u"OpenAI"_s);
    m_window->showEndpoint(u"openrouter"_s);
    QCOMPARE(part<QLineEdit>(u"endpointNameField"_s).text(), u"OpenRouter"_s);
    QVERIFY(key().hasFocus());
}

void SettingsWindowTest::editsApplyAtOnce()
{
    QSignalSpy edited(m_window.get(), &SettingsWindow::endpointEdited);
    type(part<QLineEdit>(u"endpointNameField"_s), u"Work account"_s);
    QCOMPARE(edited.size(), 1);
    QCOMPARE(edited.at(0).at(0).value<Endpoint>().name, u"Work account"_s);
    QCOMPARE(edited.at(0).at(0).value<Endpoint>().id, u"openai"_s);
    type(part<QLineEdit>(u"endpointAddressField"_s), u"https://eu.example.org/v1/"_s);
    QCOMPARE(edited.at(1).at(0).value<Endpoint>().address, u"https://eu.example.org/v1"_s);
    auto &requests = part<QSpinBox>(u"requestsBox"_s);
    requests.setFocus();
    requests.setValue(600);
    QTest::keyClick(&requests, Qt::Key_Tab);
    QCOMPARE(edited.at(2).at(0).value<Endpoint>().requestsPerMinute, 600);
    part<QCheckBox>(u"endpointEnabledBox"_s).click();
    QCOMPARE(edited.at(3).at(0).value<Endpoint>().enabled, false);
}

void SettingsWindowTest::wrongAddressesAreNotApplied()
{
    QSignalSpy edited(m_window.get(), &SettingsWindow::endpointEdited);
    type(part<QLineEdit>(u"endpointAddressField"_s), u"example.org"_s);
    QCOMPARE(edited.size(), 0);
    QVERIFY(part<NoteBox>(u"addressNote"_s).isVisible());
    type(part<QLineEdit>(u"endpointAddressField"_s), u"https://example.org/v1"_s);
    QCOMPARE(edited.size(), 1);
    QVERIFY(!part<NoteBox>(u"addressNote"_s).isVisible());
    type(part<QLineEdit>(u"endpointNameField"_s), u"   "_s);
    QCOMPARE(edited.size(), 1);
}

void SettingsWindowTest::plainHttpHasToBeAgreedTo()
{
    QSignalSpy edited(m_window.get(), &SettingsWindow::endpointEdited);
    auto &agree = part<QCheckBox>(u"plainHttpBox"_s);
    QVERIFY(!agree.isVisible());
    type(part<QLineEdit>(u"endpointAddressField"_s), u"http://example.org/v1"_s);
    QCOMPARE(edited.size(), 0);
    QVERIFY(agree.isVisible());
    agree.click();
    QCOMPARE(edited.size(), 1);
    QCOMPARE(edited.at(0).at(0).value<Endpoint>().plainHttpAllowed, true);
    QCOMPARE(edited.at(0).at(0).value<Endpoint>().address, u"http://example.org/v1"_s);
}

void SettingsWindowTest::typingSurvivesNewStates()
{
    auto &name = part<QLineEdit>(u"endpointNameField"_s);
    name.setFocus();
    name.setText(u"Half a na"_s);
    auto endpoints = samples::endpoints();
    endpoints[0].state = presentation::EndpointView::State::Loading;
    m_window->setEndpoints(endpoints);
    QCOMPARE(name.text(), u"Half a na"_s);
}

void SettingsWindowTest::keyGoesOutOnceAndIsWiped()
{
    QSignalSpy entered(m_window.get(), &SettingsWindow::keyEntered);
    QApplication::clipboard()->setText(u"  "_s + kKey + u"\n"_s);
    part<QPushButton>(u"pasteKeyButton"_s).click();
    QCOMPARE(key().echoMode(), QLineEdit::Password);
    part<QPushButton>(u"keepKeyButton"_s).click();
    QCOMPARE(entered.size(), 1);
    QCOMPARE(entered.at(0).at(0).toString(), u"openai"_s);
    QCOMPARE(entered.at(0).at(1).toString(), kKey);
    QCOMPARE(entered.at(0).at(2).value<KeyPlace>(), KeyPlace::System);
    QCOMPARE(key().text(), QString());
    QVERIFY(!part<QPushButton>(u"keepKeyButton"_s).isVisible());
    key().setEchoMode(QLineEdit::Normal); // nor does undoing bring it back
    key().undo();
    QCOMPARE(key().text(), QString());
}

void SettingsWindowTest::keyIsNeverShownAgain()
{
    auto endpoints = samples::endpoints();
    endpoints[0].keyTail = kKey; // a careless owner
    m_window->setEndpoints(endpoints);
    const QString said = part<QLabel>(u"keyStored"_s).text();
    QVERIFY2(said.contains(u"abcd"_s), qPrintable(said));
    for (const QLabel *label : m_window->findChildren<QLabel *>())
        QVERIFY(!label->text().contains(u"0123456789"_s));
    for (const QWidget *each : m_window->findChildren<QWidget *>())
        QVERIFY(!each->accessibleName().contains(u"0123456789"_s) &&
                !each->toolTip().contains(u"0123456789"_s));
}

void SettingsWindowTest::fileNeedsAYes()
{
    QSignalSpy entered(m_window.get(), &SettingsWindow::keyEntered);
    key().setText(kKey);
    part<QComboBox>(u"keyPlaceBox"_s).setCurrentIndex(2);
    QVERIFY(part<NoteBox>(u"keyFileWarning"_s).isVisible());
    QVERIFY(!part<QPushButton>(u"keepKeyButton"_s).isEnabled());
    QTest::keyClick(&key(), Qt::Key_Return);
    QCOMPARE(entered.size(), 0);
    part<QCheckBox>(u"keyFileBox"_s).click();
    part<QPushButton>(u"keepKeyButton"_s).click();
    QCOMPARE(entered.at(0).at(2).value<KeyPlace>(), KeyPlace::File);
    QVERIFY(!part<QCheckBox>(u"keyFileBox"_s).isChecked()); // the next key is asked about anew
}

void SettingsWindowTest::withoutAKeyStore()
{
    m_window->setSystemStoreAvailable(false);
    QSignalSpy entered(m_window.get(), &SettingsWindow::keyEntered);
    key().setText(kKey);
    part<QComboBox>(u"keyPlaceBox"_s).setCurrentIndex(0);
    QVERIFY(!part<QPushButton>(u"keepKeyButton"_s).isEnabled());
    part<QComboBox>(u"keyPlaceBox"_s).setCurrentIndex(1);
    part<QPushButton>(u"keepKeyButton"_s).click();
    QCOMPARE(entered.at(0).at(2).value<KeyPlace>(), KeyPlace::Memory);
}

void SettingsWindowTest::anotherEndpointEmptiesTheKeyField()
{
    key().setText(kKey);
    m_window->showEndpoint(u"openrouter"_s);
    QCOMPARE(key().text(), QString());
    QSignalSpy forgotten(m_window.get(), &SettingsWindow::keyForgotten);
    part<QPushButton>(u"forgetKeyButton"_s).click();
    QCOMPARE(forgotten.at(0).at(0).toString(), u"openrouter"_s);
}

void SettingsWindowTest::testSaysWhatIsWrong()
{
    QSignalSpy asked(m_window.get(), &SettingsWindow::testRequested);
    key().setText(kKey);
    part<QPushButton>(u"testButton"_s).click();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.at(0).at(0).value<Endpoint>().id, u"openai"_s);
    QCOMPARE(asked.at(0).at(1).toString(), kKey);
    auto &result = part<NoteBox>(u"testResult"_s);
    presentation::EndpointTest test;
    test.running = true;
    m_window->setTest(u"openai"_s, test);
    QVERIFY(result.text().contains(u"Asking"_s));
    test.running = false;
    test.problem = {base::ErrorCode::KeyRefused, kKey};
    m_window->setTest(u"openai"_s, test);
    QVERIFY(result.isVisible());
    QVERIFY2(result.text().contains(u"does not accept the key"_s), qPrintable(result.text()));
    QVERIFY(result.text().contains(u"Check that all of it was copied"_s));
    QVERIFY(!result.text().contains(kKey));
    m_window->setTest(u"somebody else"_s, {});
    QVERIFY(result.text().contains(u"does not accept the key"_s));
    m_window->showEndpoint(u"openrouter"_s);
    QVERIFY(!result.isVisible());
}

void SettingsWindowTest::foundServersAreOneClickAway()
{
    m_window->setFoundServers(samples::found());
    QSignalSpy added(m_window.get(), &SettingsWindow::endpointAdded);
    part<QPushButton>(u"addFound.lmstudio"_s).click();
    QCOMPARE(added.size(), 1);
    const auto endpoint = added.at(0).at(0).value<Endpoint>();
    QCOMPARE(endpoint.id, u"lmstudio"_s);
    QCOMPARE(endpoint.kind, EndpointKind::LmStudio);
    QCOMPARE(endpoint.address, u"http://127.0.0.1:1234/v1"_s);
    QCOMPARE(endpoint.concurrency, 1);
}

void SettingsWindowTest::addingAndRemoving()
{
    QSignalSpy added(m_window.get(), &SettingsWindow::endpointAdded);
    m_window->findChild<QAction *>(u"add.openai"_s)->trigger();
    const auto second = added.at(0).at(0).value<Endpoint>();
    QCOMPARE(second.id, u"openai-2"_s);
    QCOMPARE(second.name, u"OpenAI 2"_s);
    auto endpoints = samples::endpoints();
    presentation::EndpointView view;
    view.endpoint = second;
    endpoints.append(view);
    m_window->setEndpoints(endpoints); // the new one is chosen at once
    QCOMPARE(part<QLineEdit>(u"endpointNameField"_s).text(), u"OpenAI 2"_s);
    QSignalSpy removed(m_window.get(), &SettingsWindow::endpointRemoved);
    part<QPushButton>(u"removeEndpointButton"_s).click();
    QCOMPARE(removed.at(0).at(0).toString(), u"openai-2"_s);
    m_window->setEndpoints({});
    QVERIFY(!part<QWidget>(u"endpointForm"_s).isVisible());
}

void SettingsWindowTest::budgets()
{
    m_window->showPage(SettingsWindow::Page::Budgets);
    QSignalSpy changed(m_window.get(), &SettingsWindow::budgetsChanged);
    type(part<QLineEdit>(u"budgetDayField"_s), u"5"_s);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.at(0).at(0).value<presentation::Budgets>().day, samples::money("5"));
    type(part<QLineEdit>(u"budgetMonthField"_s), u"much"_s);
    QCOMPARE(changed.size(), 1);
    QVERIFY(part<NoteBox>(u"budgetNote"_s).isVisible());
}

void SettingsWindowTest::analysis()
{
    m_window->setAnalysis({}, u"gpt-6-luna"_s, u"The default."_s);
    m_window->showPage(SettingsWindow::Page::Analysis);
    QSignalSpy changed(m_window.get(), &SettingsWindow::analysisChanged);
    QSignalSpy model(m_window.get(), &SettingsWindow::defaultModelRequested);
    part<QPushButton>(u"defaultModelButton"_s).click();
    QCOMPARE(model.size(), 1);
    part<QRadioButton>(u"picturesNever"_s).click();
    QCOMPARE(changed.size(), 1);
    using Pictures = presentation::AnalysisSettings::Pictures;
    QCOMPARE(changed.at(0).at(0).value<presentation::AnalysisSettings>().pictures, Pictures::Never);
    auto &prompt = part<QPlainTextEdit>(u"promptField"_s);
    auto &reset = part<QPushButton>(u"resetPromptButton"_s);
    QVERIFY(!reset.isEnabled());
    prompt.setPlainText(u"My own."_s);
    QVERIFY(reset.isEnabled());
    QVERIFY(changed.wait()); // a moment after the last key
    QCOMPARE(changed.at(1).at(0).value<presentation::AnalysisSettings>().prompt, u"My own."_s);
    reset.click();
    QCOMPARE(changed.at(2).at(0).value<presentation::AnalysisSettings>().prompt, QString());
    // What is still being typed is not lost with the window.
    prompt.setPlainText(u"Half a prompt"_s);
    m_window->close();
    QCOMPARE(changed.at(3).at(0).value<presentation::AnalysisSettings>().prompt, u"Half a prompt"_s);
}

void SettingsWindowTest::appearance()
{
    using Theme = presentation::Settings::Theme;
    m_window->showPage(SettingsWindow::Page::Appearance);
    QSignalSpy themes(m_window.get(), &SettingsWindow::themeChosen);
    m_window->setAppearance(Theme::Light, false);
    QCOMPARE(themes.size(), 0); // what comes in does not go out
    part<QRadioButton>(u"themeDark"_s).click();
    QCOMPARE(themes.size(), 1);
    QCOMPARE(themes.at(0).at(0).value<Theme>(), Theme::Dark);
    QSignalSpy motion(m_window.get(), &SettingsWindow::reduceMotionChosen);
    part<QCheckBox>(u"reduceMotionBox"_s).click();
    QCOMPARE(motion.size(), 1);
}

void SettingsWindowTest::searchFindsPages()
{
    auto &search = part<QLineEdit>(u"settingsSearch"_s);
    auto &pages = part<QListWidget>(u"settingsPages"_s);
    search.setText(u"garbled text"_s);
    QCOMPARE(m_window->currentPage(), SettingsWindow::Page::Analysis);
    QVERIFY(pages.item(0)->isHidden());
    search.setText(u"tokens a minute"_s);
    QCOMPARE(m_window->currentPage(), SettingsWindow::Page::Endpoints);
    search.setText(u"no such thing"_s);
    for (int row = 0; row < pages.count(); ++row)
        QVERIFY(pages.item(row)->isHidden());
    search.clear();
    for (int row = 0; row < pages.count(); ++row)
        QVERIFY(!pages.item(row)->isHidden());
}

void SettingsWindowTest::keyboard()
{
    auto &search = part<QLineEdit>(u"settingsSearch"_s);
    search.setFocus();
    QTest::keyClick(&search, Qt::Key_Down);
    auto &pages = part<QListWidget>(u"settingsPages"_s);
    QVERIFY(pages.hasFocus());
    QTest::keyClick(&pages, Qt::Key_Down);
    QCOMPARE(m_window->currentPage(), SettingsWindow::Page::Budgets);
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    QVERIFY(!m_window->isVisible());
}

QTEST_MAIN(SettingsWindowTest)
#include "tst_SettingsWindow.moc"
