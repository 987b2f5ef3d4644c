// SPDX-License-Identifier: GPL-3.0-or-later
// The folder of test documents through a model that sees: every page that can be read is asked about once,
// with its picture when its rule says so, and the books agree with the server's journal.
#include "Corpus.h"
#include "ModelScene.h"
#include "Sqlite.h"
#include "domain/Money.h"
#include "servers/ModelFixtures.h"
#include "servers/ModelServer.h"
#include "servers/RecordingRelay.h"

#include <QBuffer>
#include <QHash>
#include <QImageReader>
#include <QJsonDocument>
#include <QMutex>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace lectern::e2e;
using namespace lectern::servers;
using lectern::domain::Money;

namespace {

/// A picture makes a page dearer; both are more than half of what any page of the folder counts.
constexpr int kTokensIn = 8'000;
constexpr int kTokensInWithPicture = 11'000;
constexpr int kTokensOut = 100;
/// Longer documents hold nothing that shorter ones do not, and are left out: what counts here is the pages'
/// kinds.
constexpr int kMostPages = 130;
/// Of those, the ones whose pages are sent with their pictures whatever they hold.
constexpr int kMostPagesAlways = 6;
constexpr int kLongestSide = 2'048;
constexpr qint64 kMostBodyBytes = 20'000'000;

/// One request as it passed the relay.
struct Asked {
    QString text; ///< of the page
    int pictures = 0;
    qint64 pictureBytes = 0;
    QSize pixels;
    bool isWhole = true; ///< the picture ends as a JPEG does
    qint64 bodyBytes = 0;
};

Asked askedIn(const QByteArray &body)
{
    Asked asked;
    asked.bodyBytes = body.size();
    const QJsonObject request = QJsonDocument::fromJson(body).object();
    const QJsonValue content = request.value(u"messages"_s).toArray().last().toObject().value(u"content"_s);
    QString words = content.toString();
    for (const QJsonValue part : content.toArray()) {
        const QJsonObject object = part.toObject();
        words += object.value(u"text"_s).toString();
        if (object.value(u"type"_s) != u"image_url"_s)
            continue;
        ++asked.pictures;
        const QString url = object.value(u"image_url"_s).toObject().value(u"url"_s).toString();
        const QString start = u"data:image/jpeg;base64,"_s;
        QByteArray jpeg = QByteArray::fromBase64(url.mid(start.size()).toLatin1());
        asked.isWhole = url.startsWith(start) && jpeg.endsWith("\xff\xd9");
        asked.pictureBytes += jpeg.size();
        QBuffer buffer(&jpeg);
        asked.pixels = QImageReader(&buffer, "jpeg").size();
    }
    // Between two marks with the same code.
    static const QRegularExpression marks(u"<page (\\w+)>\\n(.*)\\n</page \\1>"_s,
                                          QRegularExpression::DotMatchesEverythingOption);
    asked.text = marks.match(words).captured(2);
    return asked;
}

/// A page as the database has it.
struct StoredPage {
    QString path;
    int number = 0;
    bool isDone = false;
    bool needsPicture = false; ///< when needed
    bool hasSize = false;
    QString document; ///< its hash
    QString text;
};

} // namespace

class tst_ModelCorpus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void documentsEndAsTheyShould();
    void everyPageIsAnsweredOnce_data();
    void everyPageIsAnsweredOnce();
    void picturesGoWhereTheyAreNeeded_data();
    void picturesGoWhereTheyAreNeeded();
    void booksEqualTheJournal();
    void whatCannotBeReadSendsNothing();

private:
    struct Run {
        QStringList paths;
        bool always = false;
        QVector<Asked> asked;
        Finished finished;
    };
    void index(Run &run);
    void runs_data() const;
    [[nodiscard]] const Run &run(int number) const { return number == 1 ? m_always : m_whenNeeded; }
    [[nodiscard]] QVector<StoredPage> pagesOf(const Run &run) const;
    [[nodiscard]] QVector<QByteArrayList> sql(const QByteArray &query) const
    {
        return Sqlite::rows(m_scene->scene().database(), query);
    }

    Corpus m_corpus;
    std::unique_ptr<ModelServer> m_server;
    std::unique_ptr<RecordingRelay> m_relay;
    std::unique_ptr<ModelScene> m_scene;
    QMutex m_mutex;
    QVector<Asked> m_asked; ///< since the last run
    Run m_always;
    Run m_whenNeeded;
};

void tst_ModelCorpus::initTestCase()
{
    m_corpus = Corpus::find();
    if (m_corpus.isEmpty())
        QSKIP("LECTERN_CORPUS names no folder of test documents with an expected.tsv.");
    if (!ModelServer::isInstalled())
        QSKIP("The third-party model servers are not installed (npm is missing).");
    for (const Corpus::Row &row : m_corpus.rows()) {
        if (row.pages > kMostPages || row.mayHang)
            continue;
        m_whenNeeded.paths.append(m_corpus.absolute(row));
        if (row.pages > 0 && row.pages <= kMostPagesAlways && row.outcome == u"ok"_s)
            m_always.paths.append(m_corpus.absolute(row));
    }
    m_always.always = true;

    m_scene = std::make_unique<ModelScene>(1);
    const QJsonArray fixtures{answering(pageAnswer(), usage(kTokensInWithPicture, kTokensOut),
                                        {{u"userMessage"_s, u"A picture of the page comes along."_s}}),
                              answering(pageAnswer(), usage(kTokensIn, kTokensOut))};
    m_server = std::make_unique<ModelServer>(
        ModelServer::Program::AiMock, m_scene->scene().write(u"fixtures.json"_s, aiMockFile(fixtures)));
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
    m_relay = std::make_unique<RecordingRelay>(m_server->port(), [this](const SeenRequest &request) {
        if (!request.path.endsWith("/chat/completions"))
            return;
        const Asked asked = askedIn(request.body);
        const QMutexLocker lock(&m_mutex);
        m_asked.append(asked);
    });
    QCOMPARE(m_scene->addEndpoint(m_relay->address(), {u"--concurrency"_s, u"16"_s}).exitCode, 0);
    index(m_always);
    index(m_whenNeeded);
}

void tst_ModelCorpus::index(Run &run)
{
    Sqlite::execute(
        m_scene->scene().database(),
        QByteArray("INSERT OR REPLACE INTO workspace_setting (key, value) VALUES ('analysis.pictures', '") +
            (run.always ? "always" : "when-needed") + "')");
    const auto process = m_scene->scene().start(
        // One page of the folder takes eight seconds to draw when a processor has nothing else to do.
        QStringList{u"--page-time-limit"_s, u"120"_s, u"index"_s, u"--json"_s, u"--model"_s,
                    u"mock/gpt-4"_s} +
        run.paths);
    run.finished = Scene::finish(*process, 400'000);
    const QMutexLocker lock(&m_mutex);
    run.asked = std::exchange(m_asked, {});
    qInfo("%lld requests in %.1f s", static_cast<long long>(run.asked.size()),
          run.finished.events(u"finished"_s).value(0).value(u"seconds"_s).toDouble());
}

QVector<StoredPage> tst_ModelCorpus::pagesOf(const Run &run) const
{
    QVector<StoredPage> pages;
    const auto rows = sql(
        "SELECT hex(source.path), page.number, page.state, page.verdict, page.images, "
        "hex(document.sha256), "
        "hex(coalesce(page_text.text, '')), page.width > 0 FROM page JOIN document ON document.id = "
        "page.document_id "
        "JOIN source ON source.document_id = document.id LEFT JOIN page_text ON page_text.page_id = page.id");
    for (const QByteArrayList &row : rows) {
        StoredPage page;
        page.path = QString::fromUtf8(QByteArray::fromHex(row.at(0)));
        page.number = row.at(1).toInt();
        page.isDone = row.at(2) == "2";
        page.needsPicture = row.at(3) != "good" || row.at(4).toInt() > 0;
        page.document = QString::fromLatin1(row.at(5));
        page.text = QString::fromUtf8(QByteArray::fromHex(row.at(6)));
        page.hasSize = row.at(7) == "1";
        if (run.paths.contains(page.path))
            pages.append(page);
    }
    return pages;
}

void tst_ModelCorpus::documentsEndAsTheyShould()
{
    const QHash<QString, QJsonObject> documents = m_scene->scene().documents();
    for (const Corpus::Row &row : m_corpus.rows()) {
        if (!m_whenNeeded.paths.contains(m_corpus.absolute(row)))
            continue;
        const QJsonObject document = documents.value(row.path.section(u'/', -1));
        const QString state = document.value(u"state"_s).toString();
        if (!row.path.endsWith(u".pdf"_s) && state == u"unsupported"_s)
            continue; // a kind that is not read yet
        const bool isDone = state == u"done"_s || state == u"done-with-failures"_s;
        const bool mayBeDone = row.outcome == u"ok"_s || row.alsoAcceptable == u"ok"_s;
        const bool mustBeDone = row.outcome == u"ok"_s && row.alsoAcceptable.isEmpty();
        const QByteArray told = (row.path + u": "_s + state).toUtf8();
        QVERIFY2(!isDone || mayBeDone, told.constData());
        QVERIFY2(isDone || !mustBeDone, told.constData());
        if (!isDone)
            continue;
        QVERIFY2(document.value(u"pages_failed"_s).toInt() == row.pagesThatFail.size(), told.constData());
    }
}

void tst_ModelCorpus::runs_data() const
{
    QTest::addColumn<int>("number");
    QTest::newRow("always") << 1;
    QTest::newRow("when needed") << 2;
}

void tst_ModelCorpus::everyPageIsAnsweredOnce_data()
{
    runs_data();
}

void tst_ModelCorpus::everyPageIsAnsweredOnce()
{
    QFETCH(int, number);
    const Run &run = this->run(number);
    // Pages with the same words are one question, unless each one's picture is looked at.
    QHash<QString, QString> questions;
    for (const StoredPage &page : pagesOf(run)) {
        const bool byPicture = run.always || page.needsPicture || page.text.trimmed().isEmpty();
        if (page.isDone)
            questions.insert(byPicture ? page.document + u':' + QString::number(page.number) : page.text,
                             page.text);
    }
    QVERIFY(questions.size() > 20);
    QStringList wanted = questions.values();
    QStringList asked;
    for (const Asked &one : run.asked)
        asked.append(one.text);
    wanted.sort();
    asked.sort();
    for (qsizetype i = 0; i < std::min(wanted.size(), asked.size()); ++i)
        QVERIFY2(wanted.at(i) == asked.at(i),
                 qPrintable(u"“%1” instead of “%2”"_s.arg(asked.at(i).left(200), wanted.at(i).left(200))));
    QCOMPARE(asked.size(), wanted.size());
    const auto rows =
        sql("SELECT count(*), sum(state = 1 AND outcome = 'none' AND again = 0) FROM usage WHERE run_id = " +
            QByteArray::number(number));
    QCOMPARE(rows.at(0).at(0).toInt(), run.asked.size());
    QCOMPARE(rows.at(0).at(1).toInt(), run.asked.size());
}

void tst_ModelCorpus::picturesGoWhereTheyAreNeeded_data()
{
    runs_data();
}

void tst_ModelCorpus::picturesGoWhereTheyAreNeeded()
{
    QFETCH(int, number);
    const Run &run = this->run(number);
    QHash<QString, bool> needs; ///< by text: a page with another one's words has the same rule
    int nothings = 0;           ///< pages on which nothing is: no text, and no size to be drawn in
    for (const StoredPage &page : pagesOf(run)) {
        if (page.isDone && page.hasSize)
            needs.insert(page.text, run.always || page.needsPicture);
        nothings += page.isDone && !page.hasSize && page.text.isEmpty() ? 1 : 0;
    }
    int pictures = 0;
    int withNothing = 0;
    QVector<qint64> sent;
    for (const Asked &asked : run.asked) {
        const QByteArray told = asked.text.left(200).toUtf8();
        if (asked.text.isEmpty() && asked.pictures == 0) {
            ++withNothing;
            sent.append(0);
            continue;
        }
        QVERIFY2(asked.pictures == (needs.value(asked.text) ? 1 : 0), told.constData());
        QVERIFY2(asked.bodyBytes <= kMostBodyBytes, told.constData());
        sent.append(asked.pictureBytes);
        if (asked.pictures == 0)
            continue;
        ++pictures;
        QVERIFY2(asked.isWhole, told.constData());
        QVERIFY2(asked.pixels.isValid() && !asked.pixels.isEmpty(), told.constData());
        QVERIFY2(std::max(asked.pixels.width(), asked.pixels.height()) <= kLongestSide, told.constData());
    }
    QVERIFY(pictures > 0);
    QCOMPARE(withNothing, nothings);
    QCOMPARE(pictures + nothings == run.asked.size(), run.always);
    QVector<qint64> booked;
    for (const QByteArrayList &row :
         sql("SELECT picture_bytes FROM usage WHERE run_id = " + QByteArray::number(number)))
        booked.append(row.at(0).toLongLong());
    std::sort(sent.begin(), sent.end());
    std::sort(booked.begin(), booked.end());
    QCOMPARE(sent, booked);
}

void tst_ModelCorpus::booksEqualTheJournal()
{
    qint64 tokensIn = 0;
    qint64 tokensOut = 0;
    const QJsonArray journal = m_server->journal();
    for (const QJsonValue entry : journal) {
        const QJsonObject bill = entry[u"response"_s][u"fixture"_s][u"response"_s][u"usage"_s].toObject();
        tokensIn += bill.value(u"prompt_tokens"_s).toInteger();
        tokensOut += bill.value(u"completion_tokens"_s).toInteger();
    }
    const QJsonObject total = m_scene->total();
    QCOMPARE(total.value(u"requests"_s).toInt(), journal.size());
    QCOMPARE(total.value(u"tokens_in"_s).toInteger(), tokensIn);
    QCOMPARE(total.value(u"tokens_out"_s).toInteger(), tokensOut);
    QCOMPARE(total.value(u"spent_usd"_s).toString(),
             (Money{(tokensIn + 5 * tokensOut) * 1'000'000}.toDecimal())); // 1 and 5 dollars a million
    QCOMPARE(m_scene->value("SELECT sum(reserved) FROM account"), QByteArray("0"));
}

void tst_ModelCorpus::whatCannotBeReadSendsNothing()
{
    const auto rows = sql(
        "SELECT document.name, usage.page_number FROM usage JOIN document ON document.id = usage.document_id "
        "LEFT JOIN page ON page.document_id = document.id AND page.number = usage.page_number "
        "WHERE document.state NOT IN (10, 11) OR page.state IS NOT 2");
    QVERIFY2(rows.isEmpty(), rows.isEmpty() ? "" : rows.first().join(' ').constData());
    // There is something that cannot be read.
    QVERIFY(m_scene->value("SELECT count(*) FROM document WHERE state IN (12, 13, 14)").toInt() > 5);
    QVERIFY(m_scene->value("SELECT count(*) FROM page WHERE state = 3").toInt() > 5);
}

QTEST_GUILESS_MAIN(tst_ModelCorpus)
#include "tst_ModelCorpus.moc"
