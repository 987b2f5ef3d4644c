// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/Document.h"
#include "domain/PageAnalysis.h"
#include "domain/PageText.h"
#include "domain/Work.h"
#include "support/Expect.h"
#include "support/Strict.h"

#include <QTest>

#include <cmath>
#include <random>
#include <set>

using namespace lectern;
using namespace lectern::domain;
using base::Error;
using base::ErrorCode;

namespace {

PageText someText()
{
    PageText text;
    text.text = QStringLiteral("Fürth 1835\n\nDie erste Eisenbahn");
    text.fonts = {{QStringLiteral("Söhne-Buch"), 20, 11.5F, true, false}, {QString(), 3, 0, false, true}};
    text.words = {{0, 5, 72, 72.5F, 30.25F, 12, 0},
                  {6, 4, 105, 72.5F, 20, 12, 1},
                  {12, 3, -3.5F, 100, 14399.95F, 0.05F, -1}};
    return text;
}

} // namespace

class tst_Domain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void layoutsComeBackAsTheyWere();
    void equalLayoutsAreEqualBytes();
    void damagedLayoutsAreRefused();
    void contentHashesKnowThePage();
    void contentHashesKnowThePicture();
    void analysesComeBackAsTheyWere();
    void analysesOfLaterVersionsStillServe();
    void qualitiesComeBackAsTheyWere();
    void damagedJsonIsRefused();
    void phasesNeverGoBackwards();
    void outcomesOfErrors_data();
    void outcomesOfErrors();
    void backoffGrowsAndIsBounded();
    void namesAreStable();
    void idsDoNotMix();
};

void tst_Domain::layoutsComeBackAsTheyWere()
{
    const PageText text = someText();
    PageText back;
    back.text = text.text;
    EXPECT_OK(decodeLayout(encodeLayout(text), back));
    QCOMPARE(back.words.size(), 3);
    for (qsizetype i = 0; i < 3; ++i) {
        // A twentieth of a point is what is kept.
        QCOMPARE(back.words.at(i).offset, text.words.at(i).offset);
        QCOMPARE(back.words.at(i).length, text.words.at(i).length);
        QCOMPARE(back.words.at(i).font, text.words.at(i).font);
        QVERIFY(std::abs(back.words.at(i).x - text.words.at(i).x) <= 0.025F);
        QVERIFY(std::abs(back.words.at(i).y - text.words.at(i).y) <= 0.025F);
        QVERIFY(std::abs(back.words.at(i).width - text.words.at(i).width) <= 0.025F);
        QVERIFY(std::abs(back.words.at(i).height - text.words.at(i).height) <= 0.025F);
    }
    QVERIFY(back.fonts == text.fonts);

    PageText empty;
    PageText emptyBack = someText();
    EXPECT_OK(decodeLayout(encodeLayout(empty), emptyBack));
    QVERIFY(emptyBack.words.isEmpty());
    QVERIFY(emptyBack.fonts.isEmpty());
}

void tst_Domain::equalLayoutsAreEqualBytes()
{
    QCOMPARE(encodeLayout(someText()), encodeLayout(someText()));
    PageText other = someText();
    other.words[1].x += 1;
    QVERIFY(encodeLayout(other) != encodeLayout(someText()));
    // What was read is written again alike, or a page would change each time it is copied.
    PageText back;
    EXPECT_OK(decodeLayout(encodeLayout(someText()), back));
    QCOMPARE(encodeLayout(back), encodeLayout(someText()));
}

void tst_Domain::damagedLayoutsAreRefused()
{
    // qUncompress says so in a warning of its own when the bytes are damaged.
    const QByteArray good = encodeLayout(someText());
    PageText text;
    EXPECT_ERROR(decodeLayout(QByteArray(), text), ErrorCode::Database);
    EXPECT_ERROR(decodeLayout(QByteArray(1, '\7') + good.mid(1), text), ErrorCode::Database);
    const auto packed = [](const QByteArray &body) { return QByteArray(1, '\1') + qCompress(body); };
    EXPECT_ERROR(decodeLayout(packed("\x7f"), text), ErrorCode::Database);
    EXPECT_ERROR(decodeLayout(packed(QByteArray(40, '\xff')), text), ErrorCode::Database);
    const QByteArray body = qUncompress(good.mid(1));
    for (qsizetype length = 1; length < body.size(); ++length)
        EXPECT_ERROR(decodeLayout(packed(body.left(length)), text), ErrorCode::Database);
    // Whatever the bytes are, it ends, and without reading beyond them.
    std::mt19937 random(1);
    for (int i = 0; i < 2000; ++i) {
        QByteArray bytes = body;
        for (int change = 0; change < 3; ++change)
            bytes[static_cast<qsizetype>(random() % static_cast<unsigned>(bytes.size()))] =
                static_cast<char>(random());
        const auto ignored = decodeLayout(packed(bytes), text);
        Q_UNUSED(ignored)
    }
}

void tst_Domain::contentHashesKnowThePage()
{
    PageContent page;
    page.number = 3;
    page.text = someText();
    const QByteArray document("one");
    const auto words = [](const PageContent &content, const QByteArray &hash, bool picture = false) {
        return contentOfHash(contentHash(content, hash, picture));
    };
    QCOMPARE(words(page, document).size(), 32);
    PageContent elsewhere = page;
    elsewhere.number = 9;
    elsewhere.text.words.clear();
    QCOMPARE(words(elsewhere, "two"), words(page, document)); // the same text, wherever it is
    elsewhere.text.text = page.text.text.normalized(QString::NormalizationForm_D);
    QCOMPARE(words(elsewhere, "two"), words(page, document)); // however its letters are composed
    elsewhere.text.text += u'x';
    QVERIFY(words(elsewhere, document) != words(page, document));
    // A page without text is only itself.
    PageContent scan;
    scan.number = 1;
    scan.text.text = QStringLiteral(" \n");
    PageContent second = scan;
    second.number = 2;
    QVERIFY(words(scan, document) != words(second, document));
    QVERIFY(words(scan, document) != words(scan, "two"));
    QCOMPARE(words(scan, document), words(scan, document));
}

void tst_Domain::contentHashesKnowThePicture()
{
    PageContent page;
    page.number = 3;
    page.text = someText();
    PageContent next = page;
    next.number = 4;
    // Two pages do not say the same because they share the line under their pictures.
    QVERIFY(contentOfHash(contentHash(page, "one", true)) != contentOfHash(contentHash(next, "one", true)));
    QVERIFY(contentOfHash(contentHash(page, "one", true)) != contentOfHash(contentHash(page, "two", true)));
    QVERIFY(contentOfHash(contentHash(page, "one", true)) != contentOfHash(contentHash(page, "one", false)));
    // Who looks at every picture tells any two pages apart.
    QVERIFY(contentHash(page, "one", false) != contentHash(next, "one", false));
    QVERIFY(contentHash(page, "one", false) != contentHash(page, "two", false));
    QCOMPARE(contentHash(page, "one", false), contentHash(page, "one", false));
    QCOMPARE(contentHash(page, "one", false).size(), 64);
    // Hashes of older workspaces are their content alone.
    QCOMPARE(contentOfHash(QByteArray(32, 'x')), QByteArray(32, 'x'));
}

void tst_Domain::analysesComeBackAsTheyWere()
{
    PageAnalysis analysis;
    analysis.title = QStringLiteral("\"Line\"\nand 日本");
    analysis.summary = QStringLiteral("One. Two.");
    analysis.keyPhrases = {QStringLiteral("steam"), QStringLiteral("rail")};
    analysis.language = QStringLiteral("zh-Hans");
    for (const EntityKind kind :
         {EntityKind::Person, EntityKind::Organisation, EntityKind::Date, EntityKind::Money,
          EntityKind::Percentage, EntityKind::Email, EntityKind::WebAddress, EntityKind::Doi})
        analysis.entities.append({kind, entityKindName(kind), QStringLiteral("v"), 4, 5});
    analysis.entities.first().value.clear();
    QVERIFY(support::must(pageAnalysisFromJson(toJson(analysis))) == analysis);
    QVERIFY(support::must(pageAnalysisFromJson(toJson(PageAnalysis()))) == PageAnalysis());
    QCOMPARE(toJson(PageAnalysis()),
             QByteArray(R"({"entities":[],"key_phrases":[],"language":"","summary":"","title":""})"));
}

void tst_Domain::analysesOfLaterVersionsStillServe()
{
    const auto analysis = support::must(pageAnalysisFromJson(
        R"({"title":"t","mood":"good","entities":[{"kind":"planet","text":"Mars"},{"kind":"date","text":"1835","length":4}]})"));
    QCOMPARE(analysis.title, QStringLiteral("t"));
    QCOMPARE(analysis.entities.size(), 1);
    QVERIFY(analysis.entities.first().kind == EntityKind::Date);
}

void tst_Domain::qualitiesComeBackAsTheyWere()
{
    const TextQuality quality{TextVerdict::Garbled, 0.125, {{QStringLiteral("F1"), 12, 0.5}}};
    QVERIFY(support::must(textQualityFromJson(toJson(quality))) == quality);
    // Three decimals, so that equal pages give equal bytes on every machine.
    QCOMPARE(toJson(TextQuality{TextVerdict::Good, 0.12345, {}}),
             QByteArray(R"({"fonts":[],"score":0.123,"verdict":"good"})"));
    for (const TextVerdict verdict :
         {TextVerdict::Good, TextVerdict::Doubtful, TextVerdict::Garbled, TextVerdict::Missing})
        QVERIFY(verdictFromName(verdictName(verdict)) == verdict);
    QVERIFY(verdictFromName(QStringLiteral("new")) == TextVerdict::Missing);
}

void tst_Domain::damagedJsonIsRefused()
{
    for (const char *json : {"", "[]", "{", "7"}) {
        EXPECT_ERROR(pageAnalysisFromJson(json), ErrorCode::Database);
        EXPECT_ERROR(textQualityFromJson(json), ErrorCode::Database);
    }
}

void tst_Domain::phasesNeverGoBackwards()
{
    for (const Goal goal : {Goal::Text, Goal::Analysis}) {
        Document document;
        document.goal = goal;
        QVERIFY(document.phase() == Phase::Fetching);
        document.pagesTotal = 3;
        Phase last = document.phase();
        QVERIFY(last == Phase::Rendering);
        for (int extracted = 1; extracted <= 3; ++extracted) {
            document.pagesExtracted = extracted;
            if (goal == Goal::Text)
                document.pagesDone = extracted;
            QVERIFY(document.phase() >= last);
            last = document.phase();
        }
        QVERIFY(last == (goal == Goal::Text ? Phase::Storing : Phase::Analyzing));
        for (int done = document.pagesDone; done <= 2; ++done) {
            document.pagesDone = done;
            QVERIFY(document.phase() >= last);
            last = document.phase();
        }
        document.pagesFailed = 3 - document.pagesDone;
        QVERIFY(document.phase() == Phase::Storing);
        document.state = DocumentState::Failed;
        QVERIFY(document.phase() == Phase::Storing);
    }
}

void tst_Domain::outcomesOfErrors_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<int>("attempt");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, ErrorCode error, int attempt, JobOutcome::Kind kind) {
        QTest::newRow(name) << static_cast<int>(error) << attempt << static_cast<int>(kind);
    };
    row("temporary, first", ErrorCode::PageCrashed, 1, JobOutcome::Kind::Retry);
    row("temporary, second", ErrorCode::PageCrashed, 2, JobOutcome::Kind::Retry);
    row("temporary, last", ErrorCode::PageCrashed, 3, JobOutcome::Kind::Failed);
    row("permanent", ErrorCode::Corrupt, 1, JobOutcome::Kind::Failed);
    row("cancelled", ErrorCode::Cancelled, 1, JobOutcome::Kind::Cancelled);
}

void tst_Domain::outcomesOfErrors()
{
    QFETCH(int, error);
    QFETCH(int, attempt);
    QFETCH(int, kind);
    const Error what{static_cast<ErrorCode>(error), QStringLiteral("x")};
    const JobOutcome outcome = outcomeOf(what, attempt, 3, 1'000'000, 0.5);
    QCOMPARE(static_cast<int>(outcome.kind), kind);
    if (outcome.kind == JobOutcome::Kind::Retry) {
        QVERIFY(outcome.error == what);
        QCOMPARE(outcome.runAt, 1'000'000 + backoffMs(attempt, 0.5));
    }
}

void tst_Domain::backoffGrowsAndIsBounded()
{
    QCOMPARE(backoffMs(1, 0), 500);
    QCOMPARE(backoffMs(1, 0.999), 999);
    QCOMPARE(backoffMs(2, 0), 1000);
    qint64 last = 0;
    for (int attempt = 0; attempt < 200; ++attempt) {
        const qint64 wait = backoffMs(attempt, 0);
        QVERIFY(wait >= last);
        QVERIFY(wait <= 600'000);
        QVERIFY(backoffMs(attempt, 0.9999) < 2 * wait + 2);
        last = wait;
    }
    QCOMPARE(last, 300'000);
}

void tst_Domain::namesAreStable()
{
    QCOMPARE(documentStateName(DocumentState::DoneWithFailures), QStringLiteral("done-with-failures"));
    QCOMPARE(documentStateName(DocumentState::NeedsPassword), QStringLiteral("needs-password"));
    std::set<QString> names;
    for (const DocumentState state :
         {DocumentState::Queued, DocumentState::Indexing, DocumentState::Done,
          DocumentState::DoneWithFailures, DocumentState::NeedsPassword, DocumentState::Corrupt,
          DocumentState::Unsupported, DocumentState::Failed, DocumentState::Cancelled}) {
        names.insert(documentStateName(state));
        QCOMPARE(isSettled(state), state != DocumentState::Queued && state != DocumentState::Indexing);
    }
    QCOMPARE(names.size(), 9U);
    QCOMPARE(pageStateName(PageState::Extracted), QStringLiteral("extracted"));
    QCOMPARE(documentKindName(DocumentKind::Pdf), QStringLiteral("pdf"));
    QCOMPARE(jobKindName(JobKind::Analyze), QStringLiteral("analyze"));
    for (const JobState state : {JobState::Ready, JobState::Scheduled, JobState::Held, JobState::Running,
                                 JobState::Done, JobState::Failed, JobState::Cancelled, JobState::Skipped}) {
        QVERIFY(!jobStateName(state).isEmpty());
        QCOMPARE(isLive(state), static_cast<int>(state) < 10);
    }
}

void tst_Domain::idsDoNotMix()
{
    static_assert(!std::is_convertible_v<DocumentId, PageId>);
    static_assert(!std::is_constructible_v<DocumentId, PageId>);
    QVERIFY(!DocumentId{}.isValid());
    QVERIFY(DocumentId{1}.isValid());
    QVERIFY(DocumentId{1} < DocumentId{2});
    QVERIFY(qHash(DocumentId{1}) == qHash(DocumentId{1}));
}

QTEST_GUILESS_MAIN(tst_Domain)
#include "tst_Domain.moc"
