// SPDX-License-Identifier: GPL-3.0-or-later
// The Test button of the settings against servers that fail in every way, and one that does not.
#include "StrictWindow.h"
#include "WindowFixture.h"
#include "presentation/CommandId.h"
#include "presentation/ModelDesk.h"
#include "servers/ModelServer.h"
#include "servers/ScriptedServer.h"
#include "servers/SelfSigned.h"
#include "ui/forms/NoteBox.h"
#include "ui/settings/SettingsWindow.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace lectern;
using namespace lectern::test;
using domain::EndpointKind;
using servers::httpAnswer;
using servers::Script;
using servers::ScriptedServer;
using servers::SeenRequest;
using servers::Step;
namespace command = presentation::command;

namespace {

const QString kKey = u"sk-test-0123456789abcdefXYZ"_s;
const QString kFixtures = QStringLiteral(LECTERN_SOURCE_DIR "/tests/ai/data/probe-aimock.json");

ScriptedServer::Answerer always(const QByteArray &answer)
{
    return [answer](const SeenRequest &) -> Script { return {Step::send(answer)}; };
}

/// A port of this machine on which nobody listens.
int deadPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

class EndpointTestTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void nobodyThere();
    void aKeyThatIsRefused();
    void aKeyThatWorks();
    void aCertificateNobodySigned();
    void httpsWhereThereIsNone();
    void aWebPage();
    void theWrongAddress();
    void aServerThatIsStillLoading();
    void aServerThatDoesNotAnswer();
    void theKeyIsNowhere();
    void aKindBringsItsConcurrency();

private:
    template <class T> [[nodiscard]] T &part(const QString &name)
    {
        return *m_settings->findChild<T *>(name);
    }
    /// What the window says after Test was pressed for this endpoint.
    [[nodiscard]] QString said(EndpointKind kind, const QString &address, const QString &key = {});
    bool choose(EndpointKind kind, const QString &address);

    std::unique_ptr<QTemporaryDir> m_place;
    std::unique_ptr<WindowFixture> m_fixture;
    ui::SettingsWindow *m_settings = nullptr;
};

void EndpointTestTest::initTestCase()
{
    ui::failOnWarnings();
    m_place = std::make_unique<QTemporaryDir>();
    m_fixture = std::make_unique<WindowFixture>(m_place->filePath(u"workspace"_s));
    QVERIFY(m_fixture->open());
    m_fixture->trigger(command::kSettings);
    m_settings = &m_fixture->find<ui::SettingsWindow>("settingsWindow");
    auto *desk = m_fixture->window().findChild<presentation::ModelDesk *>();
    domain::Endpoint endpoint;
    endpoint.id = u"mine"_s;
    endpoint.name = u"Mine"_s;
    endpoint.address = u"http://127.0.0.1:%1/v1"_s.arg(deadPort());
    desk->saveEndpoint(endpoint);
    QVERIFY(m_fixture->wait([desk] { return desk->snapshot().endpoints.size() == 1; }));
    m_settings->showEndpoint(u"mine"_s);
}

void EndpointTestTest::cleanupTestCase()
{
    m_fixture.reset();
    m_place.reset();
}

bool EndpointTestTest::choose(EndpointKind kind, const QString &address)
{
    auto &kinds = part<QComboBox>(u"endpointKindBox"_s);
    kinds.setCurrentIndex(kinds.findData(static_cast<int>(kind)));
    Q_EMIT kinds.activated(kinds.currentIndex());
    auto &name = part<QLineEdit>(u"endpointNameField"_s);
    name.setText(u"Mine"_s);
    auto &field = part<QLineEdit>(u"endpointAddressField"_s);
    field.setText(address);
    Q_EMIT field.editingFinished();
    auto *desk = m_fixture->window().findChild<presentation::ModelDesk *>();
    return m_fixture->wait([desk, address, kind] {
        const domain::Endpoint &now = desk->snapshot().endpoints.constFirst().endpoint;
        return now.address == address && now.kind == kind;
    });
}

QString EndpointTestTest::said(EndpointKind kind, const QString &address, const QString &key)
{
    if (!choose(kind, address))
        return u"it was not saved"_s;
    auto &result = part<ui::NoteBox>(u"testResult"_s);
    part<QLineEdit>(u"keyField"_s).setText(key);
    QTest::mouseClick(&part<QPushButton>(u"testButton"_s), Qt::LeftButton);
    const bool answered = m_fixture->wait([&result] {
        return !result.text().isEmpty() && !result.text().contains(u"Asking"_s) &&
               !result.text().contains(u"not answered yet"_s);
    });
    return answered ? result.text() : u"no answer: "_s + result.text();
}

#define SAYS(text, words)                                                                                    \
    do {                                                                                                     \
        const QString heard = (text);                                                                        \
        QVERIFY2(heard.contains(words), qPrintable(heard));                                                  \
    } while (false)

void EndpointTestTest::nobodyThere()
{
    const QString address = u"http://127.0.0.1:%1/v1"_s.arg(deadPort());
    SAYS(said(EndpointKind::Other, address), u"Mine can't be reached. Check the network"_s);
    SAYS(said(EndpointKind::Ollama, address), u"Start Ollama on this computer, or correct the address"_s);
}

void EndpointTestTest::aKeyThatIsRefused()
{
    if (!servers::ModelServer::isInstalled())
        QSKIP("The third-party model servers are not installed (npm is missing).");
    servers::ModelServer server(servers::ModelServer::Program::AiMock, kFixtures, {}, u"sk-the-right-one"_s);
    QVERIFY2(server.error().isEmpty(), qPrintable(server.error()));
    SAYS(said(EndpointKind::OpenAi, server.address(), kKey),
         u"Mine does not accept the key. Check that all"_s);
    SAYS(said(EndpointKind::OpenAi, server.address()), u"A key is needed. Paste the key"_s);
}

void EndpointTestTest::aKeyThatWorks()
{
    if (!servers::ModelServer::isInstalled())
        QSKIP("The third-party model servers are not installed (npm is missing).");
    servers::ModelServer server(servers::ModelServer::Program::AiMock, kFixtures, {}, kKey);
    QVERIFY2(server.error().isEmpty(), qPrintable(server.error()));
    SAYS(said(EndpointKind::OpenAi, server.address(), kKey), u"Works: "_s);
}

void EndpointTestTest::aCertificateNobodySigned()
{
    const auto tls = servers::selfSigned();
    if (!tls)
        QSKIP("the program openssl is missing");
    ScriptedServer server(always(httpAnswer(200, "application/json", "{\"data\":[]}")), &*tls);
    SAYS(said(EndpointKind::Other, server.address(), kKey),
         u"The connection to Mine can't be trusted. Nothing"_s);
    QVERIFY(server.seen().isEmpty()); // nor did the key leave
}

void EndpointTestTest::httpsWhereThereIsNone()
{
    // Web servers answer so at once when the first bytes make no sense to them.
    QTcpServer plain;
    connect(&plain, &QTcpServer::newConnection, &plain, [&plain] {
        QTcpSocket *socket = plain.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            socket->disconnectFromHost();
        });
    });
    QVERIFY(plain.listen(QHostAddress::LocalHost));
    SAYS(said(EndpointKind::Other, u"https://127.0.0.1:%1/v1"_s.arg(plain.serverPort()), kKey),
         u"whether it takes https at all"_s);
}

void EndpointTestTest::aWebPage()
{
    ScriptedServer server(always(httpAnswer(200, "text/html", "<html>Sign in</html>")));
    SAYS(said(EndpointKind::Other, server.address(), kKey),
         u"What answers there is not a model server. The address usually ends in “/v1”."_s);
}

void EndpointTestTest::theWrongAddress()
{
    ScriptedServer server(always(httpAnswer(404, "application/json", "{\"detail\":\"Not Found\"}")));
    SAYS(said(EndpointKind::Other, server.root() + u"/v2"_s, kKey),
         u"There are no models at this address."_s);
}

void EndpointTestTest::aServerThatIsStillLoading()
{
    ScriptedServer server(
        always(httpAnswer(503, "application/json", "{\"error\":{\"message\":\"Loading model\"}}")));
    SAYS(said(EndpointKind::LlamaCpp, server.address()), u"It may still be loading a model: wait a moment"_s);
}

void EndpointTestTest::aServerThatDoesNotAnswer()
{
    ScriptedServer server([](const SeenRequest &) -> Script { return {Step::hang()}; });
    QVERIFY(choose(EndpointKind::Ollama, server.address()));
    part<QLineEdit>(u"keyField"_s).clear();
    QTest::mouseClick(&part<QPushButton>(u"testButton"_s), Qt::LeftButton);
    auto &result = part<ui::NoteBox>(u"testResult"_s);
    SAYS(result.text(), u"Asking Mine…"_s);
    QVERIFY(m_fixture->wait([&result] { return result.text().contains(u"has not answered yet"_s); }));
    SAYS(result.text(), u"still loading a model"_s);
    // What is asked of another one does not wait for it.
    ScriptedServer other(always(httpAnswer(200, "text/html", "<html></html>")));
    SAYS(said(EndpointKind::Other, other.address()), u"not a model server"_s);
}

void EndpointTestTest::theKeyIsNowhere()
{
    for (const QWidget *each : m_settings->findChildren<QWidget *>()) {
        if (each->objectName() != u"keyField"_s)
            QVERIFY(!each->accessibleName().contains(kKey) && !each->toolTip().contains(kKey));
    }
    QVERIFY(!part<ui::NoteBox>(u"testResult"_s).text().contains(kKey));
}

void EndpointTestTest::aKindBringsItsConcurrency()
{
    auto &concurrency = part<QSpinBox>(u"concurrencyBox"_s);
    QVERIFY(choose(EndpointKind::Other, u"https://example.org/v1"_s));
    QCOMPARE(concurrency.value(), 4);
    QVERIFY(choose(EndpointKind::LmStudio, u"http://127.0.0.1:1/v1"_s));
    QCOMPARE(concurrency.value(), 1);
    concurrency.setValue(3); // a choice of one's own stays
    QVERIFY(choose(EndpointKind::Other, u"https://example.org/v1"_s));
    QCOMPARE(concurrency.value(), 3);
}

QTEST_MAIN(EndpointTestTest)
#include "tst_EndpointTest.moc"
