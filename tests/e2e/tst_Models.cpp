// SPDX-License-Identifier: GPL-3.0-or-later
// Pages through a model of a third-party server, and the books compared with the server's own journal.
#include "ModelScene.h"
#include "SamplePdf.h"
#include "domain/Money.h"
#include "servers/ModelFixtures.h"
#include "servers/ModelServer.h"

#include <QDateTime>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QTest>

#include <csignal>
#include <numeric>
#include <random>

using namespace Qt::StringLiterals;
using namespace lectern::e2e;
using namespace lectern::servers;
using lectern::domain::Money;

namespace {

constexpr int kPages = 24;
const QString kModel = u"mock/gpt-4"_s;
constexpr int kTokensIn = 3'000;
constexpr int kTokensOut = 50; // with the one above, a page costs 0.003 + 0.00025 dollars
const QByteArray kKey = "sk-test-0123456789abcdefXYZ";

/// Every page is answered.
QJsonArray answers()
{
    return {answering(pageAnswer(), usage(kTokensIn, kTokensOut))};
}

/// A workspace with a book, and a server.
class Place : public ModelScene {
public:
    explicit Place(const QJsonArray &fixtures = answers(), const QString &keys = {})
        : ModelScene(kPages), m_server(ModelServer::Program::AiMock,
                                       scene().write(u"fixtures.json"_s, aiMockFile(fixtures)), {}, keys)
    {
    }

    [[nodiscard]] bool isReady() const { return m_server.error().isEmpty(); }
    [[nodiscard]] QString whyNot() const { return m_server.error(); }
    [[nodiscard]] const ModelServer &server() const { return m_server; }
    /// What the server says was asked of it.
    [[nodiscard]] QJsonArray journal() const { return m_server.journal(); }
    Finished connectEndpoint(const QStringList &options = {})
    {
        return addEndpoint(m_server.address(), options);
    }

private:
    ModelServer m_server;
};

} // namespace

class tst_Models : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (!ModelServer::isInstalled())
            QSKIP("The third-party model servers are not installed (npm is missing).");
    }
    void billEqualsTheJournal();
    void answeredPagesCostNothing();
    void triedPagesTeachTheEstimate();
    void capHoldsAndRaisingGoesOn();
    void rateLimitBurnsNoAttempt();
    void refusedKeyStopsAtOnceAndIsNowhere();
    void unknownPriceIsNotFree();
    void defaultsComeFromTheEnvironment();
    void amountsAreWrittenTheSameEverywhere();
    void equalPagesAreAskedOnce();
    void killedInFlight();
    void crashedAsksBeforeItGoesOn();
    void dearerAsksBeforeItGoesOn();
};

void tst_Models::billEqualsTheJournal()
{
    Place place;
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    QCOMPARE(place.connectEndpoint().exitCode, 0);
    const Finished finished = place.index({u"--cap"_s, u"5"_s});
    QVERIFY2(finished.exitCode == 0, finished.told().constData());
    const QJsonObject total = place.total();
    QCOMPARE(total.value(u"requests"_s).toInt(), kPages);
    QCOMPARE(place.journal().size(), kPages);
    QCOMPARE(total.value(u"tokens_in"_s).toInteger(), qint64{kPages} * kTokensIn);
    QCOMPARE(total.value(u"tokens_out"_s).toInteger(), qint64{kPages} * kTokensOut);
    QCOMPARE(total.value(u"spent_usd"_s).toString(), u"0.078"_s); // 24 × 0.00325
    QCOMPARE(place.value("SELECT count(*) FROM page WHERE state = 2"), QByteArray::number(kPages));
    QCOMPARE(place.value("SELECT sum(reserved) FROM account"), QByteArray("0"));
}

void tst_Models::answeredPagesCostNothing()
{
    Place place;
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    QCOMPARE(place.connectEndpoint().exitCode, 0);
    QCOMPARE(place.index().exitCode, 0);
    // Removed for good and added again: what was paid for is still there.
    QCOMPARE(place.scene().run({u"remove"_s, u"book.pdf"_s}).exitCode, 0);
    QCOMPARE(place.scene().run({u"restore"_s, u"book.pdf"_s}).exitCode, 0);
    QCOMPARE(place.index().exitCode, 0);
    QCOMPARE(place.journal().size(), kPages);
    const QJsonObject estimate =
        place.scene().run({u"estimate"_s, u"--json"_s, u"--model"_s, u"mock/gpt-4"_s, place.book()}).object();
    QCOMPARE(estimate.value(u"pages_to_do"_s).toInt(), 0);
    QCOMPARE(estimate.value(u"pages_answered"_s).toInt(), kPages);
}

void tst_Models::triedPagesTeachTheEstimate()
{
    Place place;
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    QCOMPARE(place.connectEndpoint().exitCode, 0);
    const QStringList words{u"estimate"_s, u"--json"_s, u"--model"_s, kModel, place.book()};
    const Finished tried = place.scene().run(words + QStringList{u"--try"_s, u"3"_s, u"--cap"_s, u"1"_s});
    QVERIFY2(tried.exitCode == 0, tried.told().constData());
    const QJsonObject estimate = tried.object();
    QCOMPARE(estimate.value(u"trial"_s).toObject().value(u"answered"_s).toInt(), 3);
    QCOMPARE(estimate.value(u"pages_to_do"_s).toInt(), kPages - 3);
    QVERIFY(estimate.value(u"output_learned"_s).toBool());
    QCOMPARE(place.journal().size(), 3);
    QCOMPARE(place.index().exitCode, 0);
    QCOMPARE(place.journal().size(), kPages);
    QCOMPARE(place.total().value(u"spent_usd"_s).toString(), u"0.078"_s);

    // A cap that leaves no room is said, and nothing waits for it afterwards.
    const QString other = place.scene().write(u"other.pdf"_s, SamplePdf::book(5, 8));
    const Finished capped = place.scene().run({u"estimate"_s, u"--json"_s, u"--model"_s, kModel, u"--try"_s,
                                               u"3"_s, u"--cap"_s, u"0.000001"_s, other});
    QVERIFY2(capped.exitCode == 4, capped.told().constData());
    QCOMPARE(
        capped.object().value(u"trial"_s).toObject().value(u"error"_s).toObject().value(u"code"_s).toString(),
        u"budget_reached"_s);
    QCOMPARE(place.scene().run({u"resume"_s}).exitCode, 0);
    QCOMPARE(place.journal().size(), kPages);
}

void tst_Models::capHoldsAndRaisingGoesOn()
{
    Place place;
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    QCOMPARE(place.connectEndpoint({u"--concurrency"_s, u"16"_s}).exitCode, 0);
    const Finished held = place.index({u"--cap"_s, u"0.03"_s});
    QVERIFY2(held.exitCode == 4, held.told().constData());
    const QJsonObject finished = held.events(u"finished"_s).value(0);
    QCOMPARE(finished.value(u"waits_for"_s).toObject().value(u"code"_s).toString(), u"budget_reached"_s);
    const double spent = place.total().value(u"spent_usd"_s).toString().toDouble();
    QVERIFY2(spent > 0 && spent <= 0.03, qPrintable(QString::number(spent)));
    QCOMPARE(place.value("SELECT max(attempt) FROM job WHERE kind = 2 AND state = 1"), QByteArray("0"));

    QCOMPARE(place.scene().run({u"budget"_s, u"--run"_s, u"1"_s, u"--cap"_s, u"1"_s}).exitCode, 0);
    QCOMPARE(place.scene().run({u"resume"_s}).exitCode, 0);
    QCOMPARE(place.total().value(u"spent_usd"_s).toString(), u"0.078"_s);
    QCOMPARE(place.journal().size(), kPages);
}

void tst_Models::rateLimitBurnsNoAttempt()
{
    QJsonArray fixtures = answers();
    fixtures.prepend(failing(429,
                             {{u"message"_s, u"Rate limit reached"_s}, {u"code"_s, u"rate_limit_exceeded"_s}},
                             3, {{u"sequenceIndex"_s, 0}}));
    Place place(fixtures);
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    QCOMPARE(place.connectEndpoint().exitCode, 0);
    const Finished finished = place.index();
    QVERIFY2(finished.exitCode == 0, finished.told().constData());
    QCOMPARE(place.value("SELECT max(attempt) FROM job WHERE kind = 2"), QByteArray("1"));
    // Nor was every other page taken in hand to be put back.
    const QByteArray claims = place.value("SELECT sum(lease) FROM job WHERE kind = 2");
    QVERIFY2(claims.toInt() <= kPages + 10, claims.constData());
    const QJsonObject total = place.total();
    QCOMPARE(total.value(u"spent_usd"_s).toString(), u"0.078"_s);
    QVERIFY(total.value(u"failed"_s).toObject().value(u"requests"_s).toInt() >= 1);
    QCOMPARE(place.journal().size(), total.value(u"requests"_s).toInt());
}

void tst_Models::refusedKeyStopsAtOnceAndIsNowhere()
{
    Place place(answers(), u"sk-the-right-one"_s);
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    Scene &scene = place.scene();
    const QString keyFile = scene.write(u"key.txt"_s, kKey + '\n');
    const Finished added = place.connectEndpoint({u"--key-file"_s, keyFile, u"--keep-in-file"_s});
    QVERIFY2(added.exitCode == 0, added.told().constData());
    QByteArray said = added.output + added.errors;
    const Finished finished = place.index();
    QVERIFY2(finished.exitCode == 1, finished.told().constData());
    QCOMPARE(
        finished.events(u"finished"_s).value(0).value(u"waits_for"_s).toObject().value(u"code"_s).toString(),
        u"key_refused"_s);
    // It was not tried page after page.
    QVERIFY(place.rows().size() <= 8);
    for (const QStringList &words : {QStringList{u"endpoints"_s, u"test"_s, u"mock"_s},
                                     {u"jobs"_s, u"--json"_s},
                                     {u"costs"_s, u"--rows"_s},
                                     {u"endpoints"_s, u"list"_s, u"--json"_s},
                                     {u"doctor"_s}}) {
        const Finished told = scene.run(words);
        said += told.output + told.errors;
    }
    QVERIFY(!said.contains(kKey));
    QDirIterator files(scene.workspace(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(kKey), qPrintable(file.fileName()));
    }
    const QFileInfo kept(scene.file(u"config/lectern/keys.json"_s));
    QVERIFY(!(kept.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
}

void tst_Models::unknownPriceIsNotFree()
{
    Place place;
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    QCOMPARE(place.connectEndpoint().exitCode, 0);
    const QStringList index{u"index"_s, u"--model"_s, u"mock/gemini-2.0-flash"_s, place.book()};
    const Finished refused = place.scene().run(index);
    QVERIFY2(refused.exitCode == 3, refused.told().constData());
    QCOMPARE(place.journal().size(), 0);
    QCOMPARE(place.value("SELECT DISTINCT error_code FROM page"), QByteArray("price_unknown"));
    // An explicit yes.
    QCOMPARE(place.scene()
                 .run({u"index"_s, u"--allow-unknown-price"_s, index.at(1), index.at(2), index.at(3)})
                 .exitCode,
             0);
    QCOMPARE(place.total().value(u"without_price"_s).toInt(), kPages);
}

void tst_Models::defaultsComeFromTheEnvironment()
{
    Place place;
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    Scene &scene = place.scene();
    QCOMPARE(place.connectEndpoint().exitCode, 0);
    scene.setEnvironment(u"ANALYSIS_MODEL"_s, kModel);
    scene.setEnvironment(u"EMBEDDING_MODEL"_s, u"text-embedding-3-small"_s);
    scene.setEnvironment(u"CHAT_MODEL"_s, u"nowhere/llama"_s);
    QHash<QString, QStringList> defaults;
    for (const QJsonValue model : scene.run({u"models"_s, u"--json"_s}).array()) {
        for (const QJsonValue role : model[u"default_for"].toArray())
            defaults[role.toString()] << model[u"model"].toString();
    }
    QCOMPARE(defaults.value(u"analysis"_s), QStringList{kModel});
    QCOMPARE(defaults.value(u"embedding"_s), QStringList{u"mock/text-embedding-3-small"_s});
    QVERIFY(!defaults.contains(u"chat"_s));
    const QByteArray table = scene.run({u"models"_s, u"--offline"_s}).output;
    QVERIFY2(table.contains("default for analysis (ANALYSIS_MODEL)"), table.constData());
    const Finished doctor = scene.run({u"doctor"_s});
    QVERIFY2(doctor.output.contains("embedding: mock/text-embedding-3-small (EMBEDDING_MODEL)"),
             doctor.told().constData());
    QVERIFY2(doctor.output.contains("nowhere/llama"), doctor.told().constData());
    QCOMPARE(doctor.exitCode, 1); // a variable that leads nowhere is a mistake
    const QJsonObject estimate = scene.run({u"estimate"_s, u"--json"_s, place.book()}).object();
    QCOMPARE(estimate.value(u"model"_s).toString(), kModel);
}

void tst_Models::amountsAreWrittenTheSameEverywhere()
{
    Place place;
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    Scene &scene = place.scene();
    QCOMPARE(place.connectEndpoint().exitCode, 0);
    QCOMPARE(place.index({u"--cap"_s, u"5"_s}).exitCode, 0);
    QCOMPARE(scene.run({u"budget"_s, u"--day"_s, u"2.5"_s}).exitCode, 0);
    // Whatever the language: who reads them may be a program.
    for (const QString &language : {u"C"_s, u"C.UTF-8"_s, u"de_DE.UTF-8"_s}) {
        scene.setEnvironment(u"LC_ALL"_s, language);
        scene.setEnvironment(u"LANG"_s, language);
        const auto has = [&](const QStringList &command, const char *row) {
            const QByteArray output = scene.run(command).output;
            const bool found = output.simplified().contains(row);
            if (!found || output.contains('$'))
                qWarning("%s: %s", qPrintable(language), output.constData());
            return found && !output.contains('$');
        };
        QVERIFY(has({u"models"_s, u"--offline"_s}, "mock/gpt-4 1.00 5.00"));
        QVERIFY(has({u"costs"_s}, " 0.078"));
        QVERIFY(has({u"costs"_s, u"--rows"_s}, " 0.00325 USD"));
        QVERIFY(has({u"budget"_s}, "day 2.50 0.078 0.00 month none 0.078 0.00"));
        QVERIFY(has({u"estimate"_s, u"--model"_s, kModel, place.book()}, "Cost: 0.00 USD"));
    }
}

// Sixteen at once, by two programs, and all about the same words: one of them asks, the others wait for its
// answer.
void tst_Models::equalPagesAreAskedOnce()
{
    constexpr int kEqual = 16;
    QJsonObject slow = answering(pageAnswer(), usage(kTokensIn, kTokensOut));
    slow.insert(u"latency"_s, 100);
    Place place({slow});
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    QCOMPARE(place.connectEndpoint({u"--concurrency"_s, QString::number(kEqual)}).exitCode, 0);
    const QByteArray words = "Nothing on this page but the notice that it is left blank on purpose.";
    const QString blank = place.scene().write(u"blank.pdf"_s, SamplePdf::make(QByteArrayList(kEqual, words)));
    const QStringList index{u"index"_s, u"--json"_s, u"--model"_s, u"mock/gpt-4"_s, blank};
    const auto first = place.scene().start(index);
    const auto second = place.scene().start(index);
    for (QProcess *program : {first.get(), second.get()}) {
        const Finished finished = Scene::finish(*program);
        QVERIFY2(finished.exitCode == 0, finished.told().constData());
    }
    QCOMPARE(place.journal().size(), 1);
    const QJsonObject total = place.total();
    QCOMPARE(total.value(u"requests"_s).toInt(), 1);
    QCOMPARE(total.value(u"spent_usd"_s).toString(), u"0.00325"_s);
    QCOMPARE(total.value(u"saved_pages"_s).toInt(), kEqual - 1);
    QCOMPARE(place.value("SELECT count(*) FROM page WHERE state = 2"), QByteArray::number(kEqual));
    QCOMPARE(place.value("SELECT max(attempt) FROM job WHERE kind = 2"), QByteArray("1"));
}

// Killed while requests are in flight, again and again. Each page has a bill of its own, so that the books
// can be compared with the server's journal page by page.
void tst_Models::killedInFlight()
{
    constexpr int kKills = 8;
    constexpr int kAtOnce = 4;
    constexpr int kMsPerPiece = 40; // an answer takes eight of these or so
    const auto tokensIn = [](int page) { return kTokensIn + page; };
    const auto tokensOut = [](int page) { return kTokensOut + 2 * page; };
    Place place(ModelScene::answersByPage(
        kPages, [&](int page) { return usage(tokensIn(page), tokensOut(page)); }, kMsPerPiece));
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    QCOMPARE(place.connectEndpoint({u"--concurrency"_s, QString::number(kAtOnce)}).exitCode, 0);
    std::mt19937 random(20'261'122);
    std::uniform_int_distribution<int> life(0, 400);
    QStringList command = place.indexing();
    for (int kill = 0; kill < kKills; ++kill) {
        const auto program = place.scene().start(command);
        QVERIFY(program->waitForStarted());
        // A kill tells something only when a request is under way.
        const auto isAsking = [&] {
            return place.value("SELECT count(*) FROM usage WHERE state = 0") != "0";
        };
        while (!isAsking() && program->state() == QProcess::Running)
            program->waitForFinished(5);
        if (program->waitForFinished(life(random)))
            break;
        program->kill();
        program->waitForFinished();
        command = QStringList{u"resume"_s, u"--json"_s};
    }
    // Adding it again is harmless, should the first program have been killed before it could.
    const Finished finished = place.index();
    QVERIFY2(finished.exitCode == 0, finished.told().constData());

    QHash<int, QJsonObject> answered;
    QHash<int, int> unknown;
    Money guessed;
    Money billed;
    for (const QJsonObject &row : place.rows()) {
        const QString state = row.value(u"state"_s).toString();
        const int page = row.value(u"page"_s).toInt();
        const auto spent = Money::fromDecimal(row.value(u"spent_usd"_s).toString());
        QVERIFY(spent);
        // Nothing is asked about a page after its answer.
        QVERIFY2(!answered.contains(page), qPrintable(u"page %1 was asked again"_s.arg(page)));
        if (state == u"unknown"_s) {
            QCOMPARE(row.value(u"spent_usd"_s), row.value(u"reserved_usd"_s));
            ++unknown[page];
            guessed += *spent;
            continue;
        }
        if (state == u"not-billed"_s)
            continue;
        QCOMPARE(state, u"settled"_s);
        QCOMPARE(row.value(u"outcome"_s).toString(), u"none"_s);
        QCOMPARE(row.value(u"tokens_in"_s).toInt(), tokensIn(page));
        QCOMPARE(row.value(u"tokens_out"_s).toInt(), tokensOut(page));
        QCOMPARE(spent->picodollars, (tokensIn(page) + 5LL * tokensOut(page)) * 1'000'000);
        billed += *spent;
        answered.insert(page, row);
    }
    const int lost = std::accumulate(unknown.cbegin(), unknown.cend(), 0);
    QVERIFY2(lost > 0 && lost <= kKills * kAtOnce, qPrintable(QString::number(lost)));

    // The server's own account.
    QHash<int, int> seen;
    for (const QJsonValue value : place.journal()) {
        const QJsonObject entry = value.toObject();
        const int page = ModelScene::pageOf(entry);
        ++seen[page];
        const qint64 answeredAt =
            QDateTime::fromString(answered.value(page).value(u"settled_at"_s).toString(), Qt::ISODateWithMs)
                .toMSecsSinceEpoch();
        QVERIFY2(entry.value(u"timestamp"_s).toInteger() <= answeredAt,
                 qPrintable(u"page %1 was asked for after its answer"_s.arg(page)));
    }
    for (int page = 1; page <= kPages; ++page) {
        QVERIFY2(answered.contains(page), qPrintable(u"page %1 has no answer"_s.arg(page)));
        // What was in flight at a kill is booked, whether it had reached the server or not.
        QVERIFY2(
            seen.value(page) >= 1 && seen.value(page) <= 1 + unknown.value(page),
            qPrintable(
                u"page %1: %2 seen, %3 unknown"_s.arg(page).arg(seen.value(page)).arg(unknown.value(page))));
        const QJsonObject analysis = place.page(page).value(u"analysis"_s).toObject();
        QCOMPARE(analysis.value(u"title"_s).toString(), u"Page %1"_s.arg(page));
    }
    QCOMPARE(seen.size(), kPages);
    const QJsonObject total = place.total();
    QCOMPARE(total.value(u"spent_usd"_s).toString(), (billed + guessed).toDecimal());
    QCOMPARE(total.value(u"unknown"_s).toObject().value(u"requests"_s).toInt(), lost);
    QCOMPARE(total.value(u"unknown"_s).toObject().value(u"spent_usd"_s).toString(), guessed.toDecimal());
    QCOMPARE(place.value("PRAGMA integrity_check"), QByteArray("ok"));
    QCOMPARE(place.value("SELECT sum(reserved) FROM account"), QByteArray("0"));
}

void tst_Models::crashedAsksBeforeItGoesOn()
{
    QJsonObject slow = answers().first().toObject();
    slow.insert(u"latency"_s, 200);
    Place place({slow});
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    QCOMPARE(place.connectEndpoint({u"--concurrency"_s, u"2"_s}).exitCode, 0);
    const auto program = place.scene().start({u"index"_s, u"--json"_s, u"--model"_s, kModel, place.book()});
    QVERIFY(program->waitForStarted());
    while (place.journal().size() < 3 && program->state() == QProcess::Running)
        program->waitForFinished(20);
    QCOMPARE(program->state(), QProcess::Running);
    QCOMPARE(::kill(static_cast<pid_t>(program->processId()), SIGSEGV), 0);
    QVERIFY(program->waitForFinished());

    const qsizetype seen = place.journal().size();
    const Finished asking = place.scene().run({u"resume"_s, u"--json"_s});
    QVERIFY2(asking.exitCode == 4, asking.told().constData());
    const QJsonObject question = asking.events(u"question"_s).value(0);
    QCOMPARE(question.value(u"cause"_s).toString(), u"crashed"_s);
    QCOMPARE(question.value(u"accepted"_s).toBool(true), false);
    QCOMPARE(asking.events(u"finished"_s).value(0).value(u"asking"_s).toInt(), 1);
    QCOMPARE(place.journal().size(), seen); // nothing was sent

    const Finished accepted = place.scene().run({u"resume"_s, u"--accept"_s});
    QVERIFY2(accepted.exitCode == 0, accepted.told().constData());
    QVERIFY2(accepted.output.contains("ended unexpectedly"), accepted.told().constData());
    QCOMPARE(place.value("SELECT count(*) FROM page WHERE state = 2"), QByteArray::number(kPages));
}

void tst_Models::dearerAsksBeforeItGoesOn()
{
    Place place;
    QVERIFY2(place.isReady(), qPrintable(place.whyNot()));
    QCOMPARE(place.connectEndpoint().exitCode, 0);
    QCOMPARE(place.index({u"--no-wait"_s}).exitCode, 0);
    place.setPrices({price(kModel, 3, 15)});
    const Finished asking = place.scene().run({u"resume"_s});
    QVERIFY2(asking.exitCode == 4, asking.told().constData());
    QVERIFY2(asking.output.contains("costs 200 % more"), asking.told().constData());
    QVERIFY2(asking.output.contains("resume --accept"), asking.told().constData());
    QCOMPARE(place.journal().size(), 0);
    QCOMPARE(place.scene().run({u"resume"_s, u"--accept"_s}).exitCode, 0);
    QCOMPARE(place.journal().size(), kPages);
}

QTEST_GUILESS_MAIN(tst_Models)
#include "tst_Models.moc"
