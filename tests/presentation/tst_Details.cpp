// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/Details.h"
#include "presentation/ErrorText.h"
#include "support/Strict.h"

#include <QLocale>
#include <QTest>

#include <algorithm>

using namespace lectern;
using presentation::Details;
using presentation::DocumentDetails;
using presentation::Fact;
using presentation::PageDetails;

namespace {

QString valueOf(const QVector<Fact> &facts, const QString &name)
{
    const auto found =
        std::find_if(facts.cbegin(), facts.cend(), [&name](const Fact &fact) { return fact.name == name; });
    return found == facts.cend() ? QString() : found->value;
}

domain::Document sampleDocument()
{
    domain::Document document;
    document.id = {1};
    document.name = QStringLiteral("methods.pdf");
    document.state = domain::DocumentState::Done;
    document.bytes = 1'400'000;
    document.pagesTotal = 86;
    document.pagesExtracted = 86;
    document.pagesWithText = 80;
    document.pagesDone = 86;
    document.language = QStringLiteral("en");
    document.addedAt = 1'767'268'800'000;
    return document;
}

domain::PageRecord samplePage()
{
    domain::PageRecord record;
    record.page.number = 17;
    record.page.label = QStringLiteral("xv");
    record.page.state = domain::PageState::Done;
    record.page.characters = 2'041;
    record.page.verdict = domain::TextVerdict::Good;
    record.page.quality = 0.934;
    record.page.geometry = {595, 842, 0};
    record.text.text = QStringLiteral("The method detects nitrate.");
    record.text.fonts = {{QStringLiteral("Times"), 20, 11, true, true},
                         {QStringLiteral("Times"), 5, 9, true, true},
                         {QString(), 2, 9, true, true}};
    record.analyzer = QStringLiteral("builtin");
    record.analysis.title = QStringLiteral("Methods");
    record.analysis.language = QStringLiteral("en");
    record.analysis.entities = {{domain::EntityKind::Money, QStringLiteral("$5"), {}, 0, 2}};
    return record;
}

} // namespace

class DetailsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void init() { support::failOnWarnings(); }

    void aDocument()
    {
        domain::Document document = sampleDocument();
        const QVector<store::Place> places = {{{1}, {1}, QStringLiteral("/a/methods.pdf"), 0, 0, false},
                                              {{2}, {1}, QStringLiteral("/b/copy.pdf"), 0, 0, true}};
        DocumentDetails details = Details::ofDocument(document, places, {});
        QCOMPARE(details.title, QStringLiteral("methods.pdf"));
        QVERIFY(details.subtitle.isEmpty());
        QCOMPARE(valueOf(details.facts, QStringLiteral("Pages")), QStringLiteral("86"));
        QCOMPARE(valueOf(details.facts, QStringLiteral("Language")), QStringLiteral("English"));
        QCOMPARE(valueOf(details.facts, QStringLiteral("Place")), QStringLiteral("/a/methods.pdf"));
        QCOMPARE(valueOf(details.facts, QStringLiteral("Also at")),
                 QStringLiteral("/b/copy.pdf (not found)"));
        QVERIFY(valueOf(details.facts, QStringLiteral("Problem")).isEmpty());

        document.title = QStringLiteral("Nitrate in water");
        document.author = QStringLiteral("A. Person");
        document.error = {base::ErrorCode::PageTimedOut, {}};
        details = Details::ofDocument(document, places, {});
        QCOMPARE(details.title, QStringLiteral("Nitrate in water"));
        QCOMPARE(details.subtitle, QStringLiteral("methods.pdf · A. Person"));
        QCOMPARE(valueOf(details.facts, QStringLiteral("Problem")),
                 presentation::ErrorText::sentence(document.error));
    }

    void whatLeftTheMachine()
    {
        store::UsageReport::Departure gone;
        gone.model = {QStringLiteral("openai"), QStringLiteral("gpt-6-luna")};
        gone.pages = 86;
        gone.lastAt = 1'700'000'000'000;
        gone.tokens.input = 120'000;
        gone.tokens.output = 9'000;
        gone.spent = *domain::Money::fromDecimal(QStringLiteral("0.0165"));
        const auto details = Details::ofDocument(sampleDocument(), {}, {}, {gone});
        const QString sent = valueOf(details.facts, QStringLiteral("Sent to"));
        for (const QString &part : {QStringLiteral("openai/gpt-6-luna"), QStringLiteral("86 pages"),
                                    QStringLiteral("120 K tokens in"), QStringLiteral("9 K out")})
            QVERIFY2(sent.contains(part), qPrintable(sent));
        QVERIFY(valueOf(Details::ofDocument(sampleDocument(), {}, {}).facts, QStringLiteral("Sent to"))
                    .isEmpty());
    }

    void aPage()
    {
        const PageDetails details = Details::ofPage(sampleDocument(), samplePage());
        QCOMPARE(details.heading, QStringLiteral("Page 17 (xv) of 86"));
        QCOMPARE(details.state, QStringLiteral("Done"));
        QCOMPARE(valueOf(details.facts, QStringLiteral("Quality")), QStringLiteral("93 %"));
        QCOMPARE(valueOf(details.facts, QStringLiteral("Size")), QStringLiteral("210 × 297 mm"));
        QCOMPARE(valueOf(details.facts, QStringLiteral("Fonts")), QStringLiteral("Times and unnamed"));
        QVERIFY(details.textNote.isEmpty());
        QVERIFY(details.hasAnalysis);
        QCOMPARE(details.entities.size(), 1);
        QCOMPARE(details.entities.first().kind, QStringLiteral("Amount of money"));
        QVERIFY(!details.canRetry);
    }

    void aPageWithoutText()
    {
        domain::PageRecord record = samplePage();
        record.page.label.clear();
        record.page.verdict = domain::TextVerdict::Missing;
        record.text = {};
        const PageDetails details = Details::ofPage(sampleDocument(), record);
        QCOMPARE(details.heading, QStringLiteral("Page 17 of 86"));
        QVERIFY(!details.textNote.isEmpty());
        QVERIFY(valueOf(details.facts, QStringLiteral("Quality")).isEmpty());
    }

    void aFailedPage()
    {
        domain::PageRecord record;
        record.page.number = 3;
        record.page.state = domain::PageState::Failed;
        record.page.attempts = 2;
        record.page.error = {base::ErrorCode::PageCrashed, {}};
        const PageDetails details = Details::ofPage(sampleDocument(), record);
        QCOMPARE(details.error, presentation::ErrorText::sentence(record.page.error));
        QVERIFY(details.canRetry);
        QVERIFY(!details.hasAnalysis);
        QCOMPARE(valueOf(details.facts, QStringLiteral("Attempts")), QStringLiteral("2"));
    }

    void aPageOfWhichAModelWroteNonsense()
    {
        domain::PageRecord record = samplePage();
        record.analyzer.clear();
        record.page.state = domain::PageState::Failed;
        record.page.error = {base::ErrorCode::AnswerInvalid, {}};
        record.unusableAnswer = QStringLiteral("<b>No</b>");
        const PageDetails details = Details::ofPage(sampleDocument(), record);
        QCOMPARE(details.unusableAnswer, QStringLiteral("<b>No</b>"));
        QVERIFY(Details::ofPage(sampleDocument(), samplePage()).unusableAnswer.isEmpty());
    }

    void aPageNotReadYet()
    {
        domain::PageRecord record;
        record.page.number = 3;
        const PageDetails details = Details::ofPage(sampleDocument(), record);
        QCOMPARE(details.state, QStringLiteral("Not read yet"));
        QVERIFY(!details.textNote.isEmpty());
        QVERIFY(details.facts.isEmpty());
    }

    void everyWordExists()
    {
        for (int kind = 0; kind <= static_cast<int>(domain::EntityKind::Doi); ++kind)
            QVERIFY(!Details::entityKindText(static_cast<domain::EntityKind>(kind)).isEmpty());
        for (int verdict = 0; verdict <= static_cast<int>(domain::TextVerdict::Missing); ++verdict)
            QVERIFY(!Details::verdictText(static_cast<domain::TextVerdict>(verdict)).isEmpty());
        QVERIFY(Details::pageStateText(domain::PageState::Extracted, domain::Goal::Text) !=
                Details::pageStateText(domain::PageState::Extracted));
    }
};

QTEST_GUILESS_MAIN(DetailsTest)
#include "tst_Details.moc"
