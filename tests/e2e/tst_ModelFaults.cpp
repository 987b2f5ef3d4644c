// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that goes wrong between a page and a model, by name: what becomes of the page, what the ledger
// says, and what the server saw. Each fault has a workspace, a book and a model of its own.
#include "FaultList.h"
#include "ModelScene.h"
#include "Sqlite.h"
#include "servers/ModelFixtures.h"
#include "servers/ModelServer.h"
#include "servers/ScriptedServer.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>
#include <map>
#include <memory>

using namespace Qt::StringLiterals;
using namespace lectern::e2e;
using namespace lectern::servers;

namespace {

constexpr int kAtOnce = 4; ///< programs; most of them wait before they try again
constexpr int kPatienceMs = 240'000;

/// A fault on its way.
class Case {
public:
    Case(const Fault &fault, const QString &address) : m_scene(fault.pages, {fault.name})
    {
        if (!fault.prices.isEmpty())
            m_scene.setPrices(fault.prices);
        const QString key = m_scene.scene().write(u"key.txt"_s, "sk-fault-0123456789abcdef\n");
        m_added = m_scene.addEndpoint(
            address, QStringList{u"--concurrency"_s, u"1"_s, u"--key-file"_s, key, u"--keep-in-file"_s} +
                         fault.endpointOptions);
        if (!fault.quirks.isEmpty())
            Sqlite::execute(m_scene.scene().database(),
                            "INSERT INTO model (endpoint, name, quirks) VALUES ('mock', '" +
                                fault.name.toUtf8() + "', '" +
                                QJsonDocument(fault.quirks).toJson(QJsonDocument::Compact) + "')");
        m_process = m_scene.scene().start(
            m_scene.indexing({u"--jobs"_s, u"1"_s, u"--model-time-limit"_s, fault.silence}, fault.name));
    }

    /// True once the program has ended.
    bool hasEnded(int waitMs)
    {
        if (!m_process)
            return true;
        if (!m_process->waitForFinished(waitMs) && m_process->state() != QProcess::NotRunning)
            return false;
        m_finished = Scene::finish(*m_process);
        m_process.reset();
        return true;
    }

    [[nodiscard]] ModelScene &scene() { return m_scene; }
    [[nodiscard]] const Finished &added() const { return m_added; }
    [[nodiscard]] const Finished &finished() const { return m_finished; }

private:
    ModelScene m_scene;
    Finished m_added;
    Finished m_finished;
    std::unique_ptr<QProcess> m_process;
};

/// A row of the ledger in one line: state, outcome, tokens in and out, dollars.
QString inWords(const QJsonObject &row)
{
    const bool isReservation =
        row.value(u"state"_s) == u"unknown"_s && row.value(u"spent_usd"_s) == row.value(u"reserved_usd"_s);
    return u"%1 %2 %3+%4 %5"_s.arg(row.value(u"state"_s).toString(), row.value(u"outcome"_s).toString())
        .arg(row.value(u"tokens_in"_s).toInt())
        .arg(row.value(u"tokens_out"_s).toInt())
        .arg(isReservation ? u"reserved"_s : row.value(u"spent_usd"_s).toString());
}

} // namespace

class tst_ModelFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void fault_data();
    void fault();
    void lessonsAreRemembered();
    void moreRoomIsAskedForOnce();
    void oneBadPageIsOneBadPage();
    void cachedAndReasoningTokensHaveTheirPrice();
    void aPauseThatNobodyNamesIsKept();

private:
    [[nodiscard]] QString addressOf(const Fault &fault) const;
    /// What the server saw of a fault's requests: their bodies, where it keeps them.
    [[nodiscard]] qsizetype requestsOf(const Fault &fault) const;
    [[nodiscard]] QVector<QJsonObject> bodiesOf(const QString &name) const;
    [[nodiscard]] Case &caseOf(const QString &name) { return *m_cases.at(name); }
    [[nodiscard]] QJsonObject quirksOf(const QString &name);

    QVector<Fault> m_faults;
    std::unique_ptr<ModelServer> m_aiMock;
    std::map<QString, std::unique_ptr<ModelServer>> m_mockLlms; ///< its log does not tell models apart
    QHash<QString, int> m_answered;                             ///< by our server, on its thread
    std::unique_ptr<ScriptedServer> m_scripted;
    QJsonArray m_journal; ///< of AiMock, when all is over
    std::map<QString, std::unique_ptr<Case>> m_cases;
    Scene m_files;
};

void tst_ModelFaults::initTestCase()
{
    if (!ModelServer::isInstalled())
        QSKIP("The third-party model servers are not installed (npm is missing).");
    m_faults = allFaults();
    QJsonArray fixtures;
    for (const Fault &fault : m_faults) {
        if (fault.server == Fault::Server::AiMock)
            for (const QJsonValue fixture : fault.fixtures)
                fixtures.append(fixture);
    }
    m_aiMock = std::make_unique<ModelServer>(ModelServer::Program::AiMock,
                                             m_files.write(u"aimock.json"_s, aiMockFile(fixtures)));
    QVERIFY2(m_aiMock->error().isEmpty(), qPrintable(m_aiMock->error()));
    m_scripted = std::make_unique<ScriptedServer>([this](const SeenRequest &request) {
        const QString model = QJsonDocument::fromJson(request.body).object().value(u"model"_s).toString();
        const auto fault = std::find_if(m_faults.cbegin(), m_faults.cend(),
                                        [&](const Fault &candidate) { return candidate.name == model; });
        if (fault == m_faults.cend())
            return Script{Step::close()};
        const int number = m_answered[model]++;
        return fault->scripts.at(std::min<qsizetype>(number, fault->scripts.size() - 1));
    });

    QVector<Case *> running;
    const auto waitForRoom = [&running](qsizetype room) {
        QElapsedTimer elapsed;
        elapsed.start();
        while (running.size() > room && elapsed.elapsed() < kPatienceMs)
            running.removeIf([](Case *each) { return each->hasEnded(20); });
        return running.size() <= room;
    };
    for (const Fault &fault : m_faults) {
        if (fault.server == Fault::Server::MockLlm) {
            const QString file = m_files.write(fault.name + u".yaml"_s, mockLlmFile(fault.fixtures));
            auto server = std::make_unique<ModelServer>(ModelServer::Program::MockLlm, file);
            QVERIFY2(server->error().isEmpty(), qPrintable(server->error()));
            m_mockLlms.emplace(fault.name, std::move(server));
        }
        QVERIFY(waitForRoom(kAtOnce - 1));
        auto started = std::make_unique<Case>(fault, addressOf(fault));
        running.append(started.get());
        m_cases.emplace(fault.name, std::move(started));
    }
    QVERIFY(waitForRoom(0));
    m_journal = m_aiMock->journal();
}

QString tst_ModelFaults::addressOf(const Fault &fault) const
{
    switch (fault.server) {
    case Fault::Server::AiMock:
        return m_aiMock->root() + fault.path;
    case Fault::Server::MockLlm:
        return m_mockLlms.at(fault.name)->root() + fault.path;
    case Fault::Server::Scripted:
        break;
    }
    return m_scripted->root() + fault.path;
}

QVector<QJsonObject> tst_ModelFaults::bodiesOf(const QString &name) const
{
    QVector<QJsonObject> bodies;
    for (const QJsonValue entry : m_journal) {
        const QJsonObject body = entry.toObject().value(u"body"_s).toObject();
        if (body.value(u"model"_s) == name)
            bodies.append(body);
    }
    return bodies;
}

qsizetype tst_ModelFaults::requestsOf(const Fault &fault) const
{
    switch (fault.server) {
    case Fault::Server::AiMock:
        return bodiesOf(fault.name).size();
    case Fault::Server::MockLlm:
        return m_mockLlms.at(fault.name)->chats();
    case Fault::Server::Scripted:
        break;
    }
    const QVector<SeenRequest> seen = m_scripted->seen();
    const QByteArray model = "\"model\":\"" + fault.name.toUtf8() + '"';
    return std::count_if(seen.cbegin(), seen.cend(),
                         [&](const SeenRequest &request) { return request.body.contains(model); });
}

void tst_ModelFaults::fault_data()
{
    QTest::addColumn<int>("index");
    for (int index = 0; index < m_faults.size(); ++index)
        QTest::newRow(qPrintable(m_faults.at(index).name)) << index;
}

void tst_ModelFaults::fault()
{
    QFETCH(int, index);
    const Fault &fault = m_faults.at(index);
    Case &done = caseOf(fault.name);
    ModelScene &scene = done.scene();
    QVERIFY2(done.added().exitCode == 0, done.added().told().constData());
    QVERIFY2(!done.finished().crashed, done.finished().told().constData());

    // The page.
    const QJsonObject page = scene.page(fault.page);
    const QJsonObject error = page.value(u"error"_s).toObject();
    QCOMPARE(page.value(u"state"_s).toString(), fault.state);
    QCOMPARE(error.value(u"code"_s).toString(), fault.code);
    if (!fault.code.isEmpty())
        QVERIFY(!error.value(u"title"_s).toString().isEmpty());
    QCOMPARE(page.value(u"unusable_answer"_s).toString(), fault.written);
    QCOMPARE(page.value(u"analysis"_s).isObject(), fault.state == u"done"_s);
    QCOMPARE(scene.attempts(fault.page), fault.attempts);

    // The program.
    const int expected = !fault.waitsFor.isEmpty() ? 1 : fault.state == u"done"_s ? 0 : 3;
    QVERIFY2(done.finished().exitCode == expected, done.finished().told().constData());
    const QJsonObject end = done.finished().events(u"finished"_s).value(0);
    QCOMPARE(end.value(u"waits_for"_s).toObject().value(u"code"_s).toString(), fault.waitsFor);

    // The books.
    QStringList rows;
    for (const QJsonObject &row : scene.rows())
        rows.append(inWords(row));
    QCOMPARE(rows, fault.rows);
    QCOMPARE(requestsOf(fault), fault.rows.size());
    QCOMPARE(scene.value("SELECT sum(reserved) FROM account"), QByteArray("0"));
    QCOMPARE(scene.value("SELECT count(*) FROM usage WHERE state = 0"), QByteArray("0"));
    QCOMPARE(scene.value("SELECT count(*) FROM account, (SELECT sum(spent) AS booked FROM usage) "
                         "WHERE account.spent <> booked"),
             QByteArray("0"));
}

QJsonObject tst_ModelFaults::quirksOf(const QString &name)
{
    return QJsonDocument::fromJson(
               caseOf(name).scene().value("SELECT quirks FROM model WHERE endpoint = 'mock'"))
        .object();
}

void tst_ModelFaults::lessonsAreRemembered()
{
    QStringList formats;
    for (const QJsonObject &body : bodiesOf(u"no-response-format"_s))
        formats.append(body.value(u"response_format"_s).toObject().value(u"type"_s).toString());
    QCOMPARE(formats, (QStringList{u"json_schema"_s, u"json_object"_s, QString(), QString()}));
    QCOMPARE(quirksOf(u"no-response-format"_s).value(u"format"_s).toString(), u"prompt"_s);
    QCOMPARE(quirksOf(u"no-max-tokens"_s).value(u"dropped"_s), QJsonArray{u"max_tokens"_s});
    QCOMPARE(quirksOf(u"no-usage-in-streams"_s).value(u"streams"_s), QJsonValue(false));
    QCOMPARE(quirksOf(u"repaired"_s).value(u"schema_in_prompt"_s), QJsonValue(true));
}

void tst_ModelFaults::moreRoomIsAskedForOnce()
{
    for (const QString &name : {u"cut-once"_s, u"cut-always"_s}) {
        QList<int> rooms;
        for (const QJsonObject &body : bodiesOf(name))
            rooms.append(body.value(u"max_tokens"_s).toInt());
        QCOMPARE(rooms, (QList<int>{2'000, 4'000}));
    }
}

void tst_ModelFaults::oneBadPageIsOneBadPage()
{
    ModelScene &scene = caseOf(u"one-of-three-filtered"_s).scene();
    for (const int good : {1, 3})
        QCOMPARE(scene.page(good).value(u"state"_s).toString(), u"done"_s);
}

void tst_ModelFaults::cachedAndReasoningTokensHaveTheirPrice()
{
    const QJsonObject ours = caseOf(u"cached-and-reasoning"_s).scene().rows().value(0);
    QCOMPARE(ours.value(u"tokens_cached"_s).toInt(), 1'000);
    QCOMPARE(ours.value(u"tokens_reasoning"_s).toInt(), 20);
    QCOMPARE(ours.value(u"cost_source"_s).toString(), u"ours"_s);
    const QJsonObject theirs = caseOf(u"providers-own-bill"_s).scene().rows().value(0);
    QCOMPARE(theirs.value(u"tokens_cached"_s).toInt(), 1'000);
    QCOMPARE(theirs.value(u"tokens_reasoning"_s).toInt(), 20);
    QCOMPARE(theirs.value(u"cost_source"_s).toString(), u"provider"_s);
}

void tst_ModelFaults::aPauseThatNobodyNamesIsKept()
{
    const auto moment = [](const QJsonObject &row) {
        return QDateTime::fromString(row.value(u"sent_at"_s).toString(), Qt::ISODateWithMs);
    };
    const QVector<QJsonObject> unnamed = caseOf(u"429-without-retry-after"_s).scene().rows();
    QVERIFY(moment(unnamed.value(0)).msecsTo(moment(unnamed.value(1))) >= 20'000);
    const QVector<QJsonObject> named = caseOf(u"429-with-retry-after"_s).scene().rows();
    QVERIFY(moment(named.value(0)).msecsTo(moment(named.value(1))) >= 2'000);
    const QVector<QJsonObject> unavailable = caseOf(u"503-with-retry-after"_s).scene().rows();
    QVERIFY(moment(unavailable.value(0)).msecsTo(moment(unavailable.value(1))) >= 3'000);
}

QTEST_GUILESS_MAIN(tst_ModelFaults)
#include "tst_ModelFaults.moc"
