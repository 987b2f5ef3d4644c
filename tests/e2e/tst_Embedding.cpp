// SPDX-License-Identifier: GPL-3.0-or-later
// Vectors by the built-in model and by one of a third-party server, what they cost, and what a kill leaves.
#include "ModelScene.h"
#include "SamplePdf.h"
#include "servers/ModelFixtures.h"
#include "servers/ModelServer.h"

#include <QTest>

#include <random>

using namespace Qt::StringLiterals;
using namespace lectern::e2e;
using namespace lectern::servers;

namespace {

constexpr int kPages = 24;
constexpr int kChunksAtOnce = 64; // in one request
const QString kName = u"text-embedding-3-small"_s;
const QString kModel = u"mock/"_s + kName;

/// A workspace with a book whose text and built-in vectors are there, and a server.
class Place : public ModelScene {
public:
    explicit Place(const QJsonArray &fixtures = {})
        : ModelScene(kPages, {kName}),
          m_server(ModelServer::Program::AiMock, scene().write(u"fixtures.json"_s, aiMockFile(fixtures)))
    {
        scene().unsetEnvironment(u"LECTERN_EMBEDDING"_s);
    }

    [[nodiscard]] QByteArray whyNot()
    {
        if (!m_server.error().isEmpty())
            return m_server.error().toUtf8();
        const Finished added = addEndpoint(m_server.address());
        const Finished indexed = readBook();
        return added.exitCode == 0 && indexed.exitCode == 0 ? QByteArray() : added.told() + indexed.told();
    }
    Finished readBook() { return scene().run({u"index"_s, u"--only"_s, u"extract"_s, book()}); }
    Finished embed(const QStringList &options = {})
    {
        return scene().run(QStringList{u"embed"_s, u"--json"_s} + options);
    }
    /// The model that serves, is filled, or was used before; empty: none.
    static QString model(const Finished &embedded, const QString &part)
    {
        return embedded.object().value(part).toObject().value(u"model"_s).toString();
    }
    [[nodiscard]] qsizetype requests() const { return journal().size(); }
    [[nodiscard]] int count(const QByteArray &sql) const { return value(sql).toInt(); }
    [[nodiscard]] int chunks() const { return count("SELECT count(*) FROM chunk"); }
    [[nodiscard]] double spent() { return total().value(u"spent_usd"_s).toString().toDouble(); }
    [[nodiscard]] QJsonArray search(const QString &words)
    {
        return scene()
            .run(
                {u"search"_s, u"--json"_s, u"--mode"_s, u"meaning"_s, u"--limit"_s, u"100"_s, u"--"_s, words})
            .array();
    }
    /// What the server says was asked of it.
    [[nodiscard]] QJsonArray journal() const { return m_server.journal(u"/embeddings"_s); }

private:
    ModelServer m_server;
};

int batchesOf(int chunks)
{
    return (chunks + kChunksAtOnce - 1) / kChunksAtOnce;
}

} // namespace

class tst_Embedding : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (!ModelServer::isInstalled())
            QSKIP("The third-party model servers are not installed (npm is missing).");
    }
    void anotherModelTakesOverAndGoesBack();
    void estimateSendsNothing();
    void capHoldsAndRaisingGoesOn();
    void sameTextIsPaidForOnce();
    void rateLimitBurnsNoAttempt();
    void deadServerLeavesTheWords();
    void killedWhileAsking();
    void killedWhileTheBuiltInModelWorks();
};

void tst_Embedding::anotherModelTakesOverAndGoesBack()
{
    Place place;
    const QByteArray whyNot = place.whyNot();
    QVERIFY2(whyNot.isEmpty(), whyNot.constData());
    const int chunks = place.chunks();
    QVERIFY(chunks >= kPages);

    const Finished embedded = place.embed({u"--model"_s, kModel, u"--cap"_s, u"1"_s});
    QVERIFY2(embedded.exitCode == 0, embedded.told().constData());
    QCOMPARE(Place::model(embedded, u"serving"_s), kModel);
    QVERIFY(Place::model(embedded, u"previous"_s).startsWith(u"built-in/"_s));
    const QJsonObject serving = embedded.object().value(u"serving"_s).toObject();
    QCOMPARE(serving.value(u"vectors"_s).toInt(), chunks);
    QCOMPARE(serving.value(u"passages_other_language"_s).toInt(-1), 0);
    const int asked = 1 + batchesOf(chunks); // one to learn the dimensions
    QCOMPARE(place.requests(), asked);
    QCOMPARE(place.count("SELECT count(*) FROM usage WHERE purpose <> 4"), 0);
    QVERIFY(place.spent() > 0);
    QCOMPARE(place.value("SELECT sum(reserved) FROM account"), QByteArray("0"));
    QCOMPARE(place.count("SELECT sum(vectors) FROM job WHERE kind = 4 AND state = 10"), 2 * chunks);

    QCOMPARE(place.search(u"what the keeper of the harbour saw"_s).size(), kPages);
    QCOMPARE(place.requests(), asked + 1);
    QCOMPARE(place.search(u"what the keeper of the harbour saw"_s).size(), kPages);
    QCOMPARE(place.requests(), asked + 1); // the question was paid for

    const Finished back = place.embed({u"--back"_s});
    QVERIFY2(back.exitCode == 0, back.told().constData());
    QVERIFY(Place::model(back, u"serving"_s).startsWith(u"built-in/"_s));
    QCOMPARE(Place::model(back, u"previous"_s), kModel);
    QCOMPARE(place.search(u"what the keeper of the harbour saw"_s).size(), kPages);
    const Finished again = place.embed({u"--model"_s, kModel, u"--cap"_s, u"1"_s});
    QCOMPARE(Place::model(again, u"serving"_s), kModel);
    QCOMPARE(place.requests(), asked + 1);
}

void tst_Embedding::estimateSendsNothing()
{
    Place place;
    const QByteArray whyNot = place.whyNot();
    QVERIFY2(whyNot.isEmpty(), whyNot.constData());
    const Finished told = place.embed({u"--model"_s, kModel, u"--estimate"_s});
    QVERIFY2(told.exitCode == 0, told.told().constData());
    const QJsonObject estimate = told.object();
    QCOMPARE(estimate.value(u"passages"_s).toInt(), place.chunks());
    const QJsonObject tokens = estimate.value(u"tokens"_s).toObject();
    // A word of the book is a token or two.
    const int words = place.count("SELECT sum(words) FROM chunk");
    QVERIFY(tokens.value(u"low"_s).toInt() <= tokens.value(u"expected"_s).toInt());
    QVERIFY(tokens.value(u"expected"_s).toInt() >= words && tokens.value(u"high"_s).toInt() <= 3 * words);
    const double cost = estimate.value(u"cost_usd"_s).toObject().value(u"expected"_s).toString().toDouble();
    QVERIFY(qFuzzyCompare(cost, tokens.value(u"expected"_s).toInt() * 1e-6));
    QCOMPARE(place.requests(), 0);
    QVERIFY(Place::model(place.embed(), u"serving"_s).startsWith(u"built-in/"_s));
    QCOMPARE(place.embed({u"--estimate"_s}).exitCode, 2);
}

void tst_Embedding::capHoldsAndRaisingGoesOn()
{
    Place place;
    const QByteArray whyNot = place.whyNot();
    QVERIFY2(whyNot.isEmpty(), whyNot.constData());
    const Finished held = place.embed({u"--model"_s, kModel, u"--cap"_s, u"0.0001"_s});
    QVERIFY2(held.exitCode == 4, held.told().constData());
    QVERIFY(Place::model(held, u"serving"_s).startsWith(u"built-in/"_s));
    QCOMPARE(Place::model(held, u"filling"_s), kModel);
    QCOMPARE(place.requests(), 1);
    QVERIFY(place.spent() <= 0.0001);
    QVERIFY(!place.search(u"harbour"_s).isEmpty()); // the old one serves

    const QByteArray run = place.value("SELECT run_id FROM embedding_space WHERE state = 0");
    QCOMPARE(
        place.scene().run({u"budget"_s, u"--run"_s, QString::fromLatin1(run), u"--cap"_s, u"1"_s}).exitCode,
        0);
    const Finished done = place.embed();
    QVERIFY2(done.exitCode == 0, done.told().constData());
    QCOMPARE(Place::model(done, u"serving"_s), kModel);
}

void tst_Embedding::sameTextIsPaidForOnce()
{
    Place place;
    const QByteArray whyNot = place.whyNot();
    QVERIFY2(whyNot.isEmpty(), whyNot.constData());
    QCOMPARE(place.embed({u"--model"_s, kModel, u"--cap"_s, u"1"_s}).exitCode, 0);
    const QByteArray kCharactersSent = "SELECT sum(characters) FROM usage";
    const int sentBefore = place.count(kCharactersSent);
    const int before = place.chunks();
    // A new version of the file with two more pages: only what is new on them is asked for.
    place.scene().write(u"book.pdf"_s, SamplePdf::book(kPages + 2, 7));
    const Finished read = place.readBook();
    QVERIFY2(read.exitCode == 0, read.told().constData());
    const int sent = place.count(kCharactersSent) - sentBefore;
    const int onNewPages =
        place.count("SELECT sum(characters) FROM page JOIN document ON document.id = page.document_id "
                    "WHERE document.removed_at = 0 AND number > " +
                    QByteArray::number(kPages));
    QVERIFY2(sent > 0 && sent <= onNewPages, qPrintable(u"%1 of %2"_s.arg(sent).arg(onNewPages)));
    QVERIFY(place.chunks() > before);
    QCOMPARE(Place::model(place.embed(), u"serving"_s), kModel);
}

void tst_Embedding::rateLimitBurnsNoAttempt()
{
    const QJsonObject error{{u"message"_s, u"Rate limit reached"_s}, {u"code"_s, u"rate_limit_exceeded"_s}};
    Place place({QJsonObject{
        {u"match"_s, QJsonObject{{u"inputText"_s, u"Chapter 1 of"_s}, {u"sequenceIndex"_s, 0}}},
        {u"response"_s, QJsonObject{{u"error"_s, error}, {u"status"_s, 429}, {u"retryAfter"_s, 2}}}}});
    const QByteArray whyNot = place.whyNot();
    QVERIFY2(whyNot.isEmpty(), whyNot.constData());
    const Finished embedded = place.embed({u"--model"_s, kModel, u"--cap"_s, u"1"_s});
    QVERIFY2(embedded.exitCode == 0, embedded.told().constData());
    QCOMPARE(Place::model(embedded, u"serving"_s), kModel);
    QCOMPARE(place.requests(), 2 + batchesOf(place.chunks()));
    QCOMPARE(place.count("SELECT max(attempt) FROM job WHERE kind = 4"), 1);
}

void tst_Embedding::deadServerLeavesTheWords()
{
    Place place;
    const QByteArray whyNot = place.whyNot();
    QVERIFY2(whyNot.isEmpty(), whyNot.constData());
    QCOMPARE(place.embed({u"--model"_s, kModel, u"--cap"_s, u"1"_s}).exitCode, 0);
    QCOMPARE(place.scene()
                 .run({u"endpoints"_s, u"add"_s, u"mock"_s, u"--kind"_s, u"other"_s, u"--address"_s,
                       u"http://127.0.0.1:1/v1"_s})
                 .exitCode,
             0);
    const Finished meaning = place.scene().run({u"search"_s, u"--mode"_s, u"meaning"_s, u"Chapter"_s});
    QCOMPARE(meaning.exitCode, 1);
    QVERIFY2(meaning.errors.contains("reached"), meaning.told().constData());
    const Finished both = place.scene().run(
        {u"search"_s, u"--json"_s, u"--mode"_s, u"both"_s, u"--limit"_s, u"100"_s, u"Chapter"_s});
    QCOMPARE(both.exitCode, 0);
    QCOMPARE(both.array().size(), kPages);
}

void tst_Embedding::killedWhileAsking()
{
    constexpr int kKills = 6;
    constexpr int kBookPages = 300;
    Place place;
    place.scene().write(u"book.pdf"_s, SamplePdf::book(kBookPages, 11));
    const QByteArray whyNot = place.whyNot();
    QVERIFY2(whyNot.isEmpty(), whyNot.constData());
    const int chunks = place.chunks();
    QVERIFY(batchesOf(chunks) > 2);
    std::mt19937 random(20'261'122);
    std::uniform_int_distribution<int> life(0, 30);
    QStringList command{u"embed"_s, u"--model"_s, kModel, u"--cap"_s, u"10"_s};
    for (int kill = 0; kill < kKills; ++kill) {
        const auto program = place.scene().start(command);
        QVERIFY(program->waitForStarted());
        const auto isAsking = [&] {
            return place.value("SELECT count(*) FROM usage WHERE state = 0 AND job_id > 0") != "0";
        };
        while (!isAsking() && program->state() == QProcess::Running)
            program->waitForFinished(5);
        if (program->waitForFinished(life(random)))
            break;
        program->kill();
        program->waitForFinished();
        command = QStringList{u"embed"_s};
    }
    const Finished finished = place.embed({u"--model"_s, kModel, u"--cap"_s, u"10"_s});
    QVERIFY2(finished.exitCode == 0, finished.told().constData());
    QCOMPARE(Place::model(finished, u"serving"_s), kModel);
    QCOMPARE(place.count("SELECT count(*) FROM chunk_vector WHERE space_id = "
                         "(SELECT id FROM embedding_space WHERE state = 1)"),
             chunks);
    // What was on disk was not asked for again: what is more than the batches was in flight at a kill.
    const int unknown =
        place.count("SELECT count(*) FROM usage WHERE state = 2 AND outcome = 'none' AND http_status = 0");
    QVERIFY2(unknown > 0, "no kill fell into a request");
    const int settled = place.count("SELECT count(DISTINCT lease || '/' || id) FROM usage WHERE job_id > 0");
    QVERIFY2(settled <= batchesOf(chunks) + kKills, qPrintable(QString::number(settled)));
    QCOMPARE(place.value("SELECT sum(reserved) FROM account"), QByteArray("0"));
    QCOMPARE(place.value("PRAGMA integrity_check"), QByteArray("ok"));
}

void tst_Embedding::killedWhileTheBuiltInModelWorks()
{
    constexpr int kBookPages = 400;
    ModelScene place(kPages);
    place.scene().unsetEnvironment(u"LECTERN_EMBEDDING"_s);
    const QString book = place.scene().write(u"book.pdf"_s, SamplePdf::book(kBookPages, 13));
    const Finished added = place.scene().run({u"index"_s, u"--only"_s, u"extract"_s, u"--no-wait"_s, book});
    QVERIFY2(added.exitCode == 0, added.told().constData());
    int kills = 0;
    for (int before = 0; kills < 3; ++kills) {
        const auto program = place.scene().start({u"resume"_s});
        QVERIFY(program->waitForStarted());
        const auto vectors = [&] { return place.value("SELECT count(*) FROM chunk_vector").toInt(); };
        while (vectors() <= before && program->state() == QProcess::Running)
            program->waitForFinished(5);
        if (program->state() != QProcess::Running)
            break;
        program->kill();
        program->waitForFinished();
        const int after = vectors();
        QVERIFY2(after > before, "what was made is not there any more");
        before = after;
    }
    const int chunks = place.value("SELECT count(*) FROM chunk").toInt();
    QVERIFY2(kills > 0 && place.value("SELECT count(*) FROM chunk_vector").toInt() < chunks,
             "no kill fell into the work");
    const Finished finished = place.scene().run({u"embed"_s, u"--json"_s});
    QVERIFY2(finished.exitCode == 0, finished.told().constData());
    QCOMPARE(place.value("SELECT count(*) FROM chunk_vector").toInt(), chunks);
    QCOMPARE(place.value("SELECT count(DISTINCT chunk_id) FROM chunk_vector").toInt(), chunks);
    QCOMPARE(place.value("PRAGMA integrity_check"), QByteArray("ok"));
}

QTEST_GUILESS_MAIN(tst_Embedding)
#include "tst_Embedding.moc"
