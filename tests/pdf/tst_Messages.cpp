// SPDX-License-Identifier: GPL-3.0-or-later
// Messages survive the way there and back; bytes that lie are refused without harm.
#include "pdf/Messages.h"
#include "support/Expect.h"
#include "support/Strict.h"

#include <QObject>
#include <QTest>

#include <limits>
#include <random>

using namespace lectern;
using base::ErrorCode;

namespace {

domain::PageContent samplePage()
{
    domain::PageContent page;
    page.number = 7;
    page.label = QStringLiteral("vii");
    page.geometry = {595.5, 842, 90};
    page.imageCount = 3;
    page.text.text = QStringLiteral("Hello w\u00f6rld \U0001F600\n");
    page.text.fonts = {{QStringLiteral("Times"), 10, 11.5F, true, false}, {QString(), 2, 8, false, true}};
    page.text.words = {{0, 5, 1, 2, 30, 10, 0}, {6, 5, 40, 2, 30, 10, 0}, {12, 2, 80, 2, 9, 10, 1}};
    return page;
}

QVector<domain::OutlineItem> sampleOutline()
{
    return {{QStringLiteral("Eins"), 0, 3, 12.5, true},
            {QStringLiteral("Eins Komma eins"), 1, 0, 0, false},
            {QStringLiteral("Zwei"), 0, 9, 0, false}};
}

QVector<domain::PageLink> sampleLinks()
{
    return {{QRectF(10, 20, 30, 40), 3, 7, {}},
            {QRectF(1, 2, 3, 4), 0, 0, QStringLiteral("https://example.org/ä?b=1#c")}};
}

QVector<QByteArray> sampleAnswers()
{
    pdf::DocumentInfo info{
        12, QStringLiteral("Title"), {}, {}, QStringLiteral("TeX"), QStringLiteral("1.5"), true, false};
    domain::PageImage image{2, 1, 1.5, QByteArray("12345678")};
    return {
        pdf::encode(pdf::Answer{1, pdf::Hello{1, {QStringLiteral("a")}, {QStringLiteral("b"), QString()}}}),
        pdf::encode(pdf::Answer{2, pdf::Opened{info}}),
        pdf::encode(pdf::Answer{3, pdf::PageRead{7, samplePage()}}),
        pdf::encode(
            pdf::Answer{4, pdf::PageRead{8, base::fail(ErrorCode::PageMissing, QStringLiteral("x"))}}),
        pdf::encode(pdf::Answer{5, pdf::PageDrawn{image}}),
        pdf::encode(pdf::Answer{6, pdf::Failed{{ErrorCode::Corrupt, QStringLiteral("y")}}}),
        pdf::encode(pdf::Answer{7, pdf::OutlineRead{sampleOutline()}}),
        pdf::encode(pdf::Answer{8, pdf::LinksRead{7, sampleLinks()}})};
}

bool isSound(const domain::PageContent &page)
{
    qint64 end = 0;
    for (const domain::WordBox &word : page.text.words) {
        if (word.offset < end || word.length < 0 || word.font < -1 || word.font >= page.text.fonts.size())
            return false;
        end = qint64(word.offset) + word.length;
    }
    return end <= page.text.text.size();
}

} // namespace

class MessagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }

    void requestsRoundTrip()
    {
        const pdf::Request open = support::must(
            pdf::decodeRequest(pdf::encode(pdf::Request{9, pdf::OpenDocument{QByteArray("p\0w", 3)}})));
        QCOMPARE(open.id, 9U);
        QCOMPARE(std::get<pdf::OpenDocument>(open.body).password, QByteArray("p\0w", 3));
        const pdf::Request read =
            support::must(pdf::decodeRequest(pdf::encode(pdf::Request{1, pdf::ReadPages{3, 5, false}})));
        QCOMPARE(std::get<pdf::ReadPages>(read.body).last, 5);
        QVERIFY(!std::get<pdf::ReadPages>(read.body).pictureWhenNoText);
        const domain::RenderRequest drawing{4, 2.5, 99, 270, QRect(10, 20, 300, 40)};
        const pdf::Request draw =
            support::must(pdf::decodeRequest(pdf::encode(pdf::Request{1, pdf::DrawPage{drawing}})));
        QCOMPARE(std::get<pdf::DrawPage>(draw.body).request, drawing);
        const pdf::DrawPage outside{{4, 2.5, 99, 0, QRect(-1, 0, 10, 10)}};
        EXPECT_ERROR(pdf::decodeRequest(pdf::encode(pdf::Request{1, outside})), ErrorCode::HelperProtocol);
        EXPECT_OK(pdf::decodeRequest(pdf::encode(pdf::Request{1, pdf::CloseDocument{}})));
    }

    void answersRoundTrip()
    {
        const QVector<QByteArray> answers = sampleAnswers();
        for (const QByteArray &bytes : answers)
            QCOMPARE(pdf::encode(support::must(pdf::decodeAnswer(bytes))), bytes);
        const pdf::Answer page = support::must(pdf::decodeAnswer(answers.at(2)));
        QCOMPARE(*std::get<pdf::PageRead>(page.body).content, samplePage());
        const pdf::Answer failed = support::must(pdf::decodeAnswer(answers.at(3)));
        QCOMPARE(std::get<pdf::PageRead>(failed.body).content.error().code, ErrorCode::PageMissing);
        QCOMPARE(std::get<pdf::Opened>(support::must(pdf::decodeAnswer(answers.at(1))).body).info.creator,
                 QStringLiteral("TeX"));
    }

    void outlinesAndLinksRoundTrip()
    {
        const pdf::Request links =
            support::must(pdf::decodeRequest(pdf::encode(pdf::Request{5, pdf::ReadLinks{11}})));
        QCOMPARE(std::get<pdf::ReadLinks>(links.body).number, 11);
        const pdf::Request outline =
            support::must(pdf::decodeRequest(pdf::encode(pdf::Request{6, pdf::ReadOutline{}})));
        QVERIFY(std::holds_alternative<pdf::ReadOutline>(outline.body));
        const QVector<QByteArray> answers = sampleAnswers();
        QCOMPARE(std::get<pdf::OutlineRead>(support::must(pdf::decodeAnswer(answers.at(6))).body).items,
                 sampleOutline());
        QCOMPARE(std::get<pdf::LinksRead>(support::must(pdf::decodeAnswer(answers.at(7))).body).links,
                 sampleLinks());
    }

    void impossibleOutlinesAreRefused()
    {
        const auto refused = [](const QVector<domain::OutlineItem> &items) {
            const auto answer = pdf::decodeAnswer(pdf::encode(pdf::Answer{1, pdf::OutlineRead{items}}));
            return !answer && answer.error().code == ErrorCode::HelperProtocol;
        };
        const domain::OutlineItem fine{QStringLiteral("a"), 0, 1, 0, false};
        QVERIFY(!refused({fine}));
        domain::OutlineItem item = fine;
        item.level = 1; // below nothing
        QVERIFY(refused({item}));
        QVERIFY(!refused({fine, item}));
        item.level = 2;
        QVERIFY(refused({fine, item}));
        item.level = -1;
        QVERIFY(refused({fine, item}));
        item = fine;
        item.page = -5;
        QVERIFY(refused({item}));
        item = fine;
        item.title = QString(domain::OutlineItem::kMaxTitle + 1, u'x');
        QVERIFY(refused({item}));
        QVERIFY(refused(QVector<domain::OutlineItem>(domain::OutlineItem::kMaxItems + 1, fine)));
        QVector<domain::OutlineItem> deep;
        for (int level = 0; level <= domain::OutlineItem::kMaxLevel + 1; ++level) {
            QVERIFY(!refused(deep));
            deep.append(fine);
            deep.last().level = level;
        }
        QVERIFY(refused(deep));
    }

    void impossibleLinksAreRefused()
    {
        const auto refused = [](const domain::PageLink &link) {
            const auto answer = pdf::decodeAnswer(pdf::encode(pdf::Answer{1, pdf::LinksRead{1, {link}}}));
            return !answer && answer.error().code == ErrorCode::HelperProtocol;
        };
        QVERIFY(!refused(sampleLinks().at(0)));
        QVERIFY(refused({QRectF(0, 0, 1, 1), 0, 0, {}}));                                 // nowhere
        QVERIFY(refused({QRectF(0, 0, 1, 1), 3, 0, QStringLiteral("http://a.example")})); // two places
        QVERIFY(refused({QRectF(0, 0, -1, 1), 3, 0, {}}));
        QVERIFY(refused({QRectF(0, 0, 1, 1), -3, 0, {}}));
        QVERIFY(refused({QRectF(0, 0, std::numeric_limits<double>::quiet_NaN(), 1), 3, 0, {}}));
        QVERIFY(refused({QRectF(0, 0, 1, 1), 0, 0, QString(domain::PageLink::kMaxAddress + 1, u'x')}));
        const QVector<domain::PageLink> many(domain::PageLink::kMaxLinks + 1, sampleLinks().at(0));
        EXPECT_ERROR(pdf::decodeAnswer(pdf::encode(pdf::Answer{1, pdf::LinksRead{1, many}})),
                     ErrorCode::HelperProtocol);
    }

    void everyTruncationIsRefused()
    {
        for (const QByteArray &bytes : sampleAnswers())
            for (qsizetype size = 0; size < bytes.size(); ++size)
                EXPECT_ERROR(pdf::decodeAnswer(bytes.left(size)), ErrorCode::HelperProtocol);
    }

    void anythingMoreIsRefused()
    {
        for (const QByteArray &bytes : sampleAnswers())
            EXPECT_ERROR(pdf::decodeAnswer(bytes + '\0'), ErrorCode::HelperProtocol);
    }

    // Whatever comes back from changed bytes is consistent in itself; most changes are refused.
    void changedBytesDoNoHarm()
    {
        std::mt19937 random(20'260'101); // NOLINT(cert-msc51-cpp): the same every time
        const QVector<QByteArray> answers = sampleAnswers();
        for (int round = 0; round < 200'000; ++round) {
            QByteArray bytes =
                answers.at(static_cast<qsizetype>(random() % static_cast<unsigned>(answers.size())));
            for (unsigned change = 0; change <= random() % 3; ++change)
                bytes[static_cast<qsizetype>(random() % static_cast<unsigned>(bytes.size()))] =
                    static_cast<char>(random() % 4 == 0 ? 0xff : random());
            const auto answer = pdf::decodeAnswer(bytes);
            if (!answer)
                continue;
            if (const auto *page = std::get_if<pdf::PageRead>(&answer->body);
                page != nullptr && page->content)
                QVERIFY(isSound(*page->content));
            if (const auto *drawn = std::get_if<pdf::PageDrawn>(&answer->body))
                QCOMPARE(drawn->image.pixels.size(), qsizetype(drawn->image.width) * drawn->image.height * 4);
        }
    }

    void wordsMustLieInTheText_data()
    {
        QTest::addColumn<int>("offset");
        QTest::addColumn<int>("length");
        QTest::addColumn<int>("font");
        QTest::addRow("before the last") << 3 << 2 << 0;
        QTest::addRow("negative") << -1 << 2 << 0;
        QTest::addRow("negative length") << 6 << -1 << 0;
        QTest::addRow("too long") << 6 << 100 << 0;
        QTest::addRow("overflow") << 6 << std::numeric_limits<int>::max() << 0;
        QTest::addRow("no such font") << 6 << 2 << 2;
        QTest::addRow("negative font") << 6 << 2 << -2;
    }

    void wordsMustLieInTheText()
    {
        QFETCH(int, offset);
        QFETCH(int, length);
        QFETCH(int, font);
        domain::PageContent page = samplePage();
        page.text.words[1].offset = offset;
        page.text.words[1].length = length;
        page.text.words[1].font = font;
        EXPECT_ERROR(pdf::decodeAnswer(pdf::encode(pdf::Answer{1, pdf::PageRead{7, page}})),
                     ErrorCode::HelperProtocol);
    }

    void numbersMustBeNumbers()
    {
        domain::PageContent page = samplePage();
        page.text.words[0].x = std::numeric_limits<float>::quiet_NaN();
        EXPECT_ERROR(pdf::decodeAnswer(pdf::encode(pdf::Answer{1, pdf::PageRead{7, page}})),
                     ErrorCode::HelperProtocol);
        page = samplePage();
        page.geometry.width = std::numeric_limits<double>::infinity();
        EXPECT_ERROR(pdf::decodeAnswer(pdf::encode(pdf::Answer{1, pdf::PageRead{7, page}})),
                     ErrorCode::HelperProtocol);
    }

    void pictureMustHaveItsPixels()
    {
        const domain::PageImage image{3, 1, 1, QByteArray("12345678")};
        EXPECT_ERROR(pdf::decodeAnswer(pdf::encode(pdf::Answer{1, pdf::PageDrawn{image}})),
                     ErrorCode::HelperProtocol);
    }
};

QTEST_GUILESS_MAIN(MessagesTest)
#include "tst_Messages.moc"
