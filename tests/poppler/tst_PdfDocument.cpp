// SPDX-License-Identifier: GPL-3.0-or-later
// What the adapter makes of small documents whose content is known to the point.
#include "pdf/TinyPdf.h"
#include "poppler/PdfDocument.h"
#include "support/Expect.h"
#include "support/Strict.h"

#include <QObject>
#include <QTest>

#include <cmath>

using namespace lectern;
using base::ErrorCode;
using test::TinyPdf;

namespace {

std::unique_ptr<poppler::PdfDocument> opened(const TinyPdf &pdf)
{
    return support::must(poppler::PdfDocument::open(pdf.bytes(), {}));
}

domain::PageContent firstPage(const TinyPdf &pdf)
{
    return support::must(opened(pdf)->page({1, true}));
}

QString wordText(const domain::PageText &text, const domain::WordBox &word)
{
    return text.text.mid(word.offset, word.length);
}

// The part of a picture that is not white, in points.
QRectF inkOf(const domain::PageImage &image)
{
    int left = image.width;
    int right = -1;
    int top = image.height;
    int bottom = -1;
    const auto *pixels = reinterpret_cast<const quint32 *>(image.pixels.constData());
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x) {
            if ((pixels[y * image.width + x] & 0xffU) > 0x80U)
                continue;
            left = std::min(left, x);
            right = std::max(right, x);
            top = std::min(top, y);
            bottom = std::max(bottom, y);
        }
    }
    const double scale = image.pixelsPerPoint;
    return QRectF(QPointF(left / scale, top / scale), QPointF((right + 1) / scale, (bottom + 1) / scale));
}

} // namespace

class PdfDocumentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { poppler::initialise(); }
    void init() { support::failOnWarnings(); }

    void readsWordsInOrder()
    {
        TinyPdf pdf;
        pdf.addPage("BT /F1 20 Tf 100 700 Td (Hello brave) Tj 0 -30 Td (new world) Tj ET");
        const domain::PageContent page = firstPage(pdf);
        QCOMPARE(page.text.text.simplified(), QStringLiteral("Hello brave new world"));
        QStringList words;
        for (const domain::WordBox &word : page.text.words)
            words.append(wordText(page.text, word));
        QCOMPARE(words, QStringList({QStringLiteral("Hello"), QStringLiteral("brave"), QStringLiteral("new"),
                                     QStringLiteral("world")}));
        QCOMPARE(page.text.fonts.size(), 1);
        QCOMPARE(page.text.fonts.first().name, QStringLiteral("Helvetica"));
        QCOMPARE(page.text.fonts.first().characters, 18);
        QCOMPARE(page.text.fonts.first().size, 20.0F);
        QVERIFY(!page.text.fonts.first().embedded);
        QVERIFY(!page.text.fonts.first().hasToUnicode);
        QCOMPARE(page.imageCount, 0);
    }

    void joinsHyphenatedWords()
    {
        TinyPdf pdf;
        pdf.addPage("BT /F1 20 Tf 100 700 Td (an infor-) Tj 0 -22 Td (mation) Tj ET");
        const domain::PageContent page = firstPage(pdf);
        QVERIFY2(page.text.text.contains(QStringLiteral("information")), qPrintable(page.text.text));
        QCOMPARE(page.text.words.size(), 3);
    }

    // The box of a word lies on its ink in the picture, whatever the page's boxes and rotation.
    void boxesLieOnTheInk_data()
    {
        QTest::addColumn<QByteArray>("entries");
        for (const int rotation : {0, 90, 180, 270}) {
            const QByteArray rotate = "/Rotate " + QByteArray::number(rotation);
            QTest::addRow("rotation %d", rotation) << QByteArray("/MediaBox [0 0 600 800] ") + rotate;
            QTest::addRow("crop box, rotation %d", rotation)
                << QByteArray("/MediaBox [-20 -30 650 900] /CropBox [40 60 590 790] ") + rotate;
        }
    }

    void boxesLieOnTheInk()
    {
        QFETCH(QByteArray, entries);
        TinyPdf pdf;
        pdf.addPage("BT /F1 40 Tf 100 500 Td (HEH) Tj ET", entries);
        const auto document = opened(pdf);
        const domain::PageContent page = support::must(document->page({1, true}));
        QCOMPARE(page.text.words.size(), 1);
        const domain::WordBox &word = page.text.words.first();
        const domain::PageImage image = support::must(document->render({1, 1.0, 10'000'000}));
        QCOMPARE(image.width, qRound(page.geometry.width));
        QCOMPARE(image.height, qRound(page.geometry.height));
        const QRectF ink = inkOf(image);
        const QRectF box(word.x, word.y, word.width, word.height);
        const QString detail = QStringLiteral("ink %1 %2 %3 %4, box %5 %6 %7 %8")
                                   .arg(ink.x())
                                   .arg(ink.y())
                                   .arg(ink.width())
                                   .arg(ink.height())
                                   .arg(box.x())
                                   .arg(box.y())
                                   .arg(box.width())
                                   .arg(box.height());
        QVERIFY2(box.adjusted(-2, -2, 2, 2).contains(ink), qPrintable(detail));
        // As long as the ink along the line; across it a box also covers accents and descenders.
        QVERIFY2(std::abs(std::max(box.width(), box.height()) - std::max(ink.width(), ink.height())) < 12,
                 qPrintable(detail));
    }

    void tellsLabelsApartFromNumbers()
    {
        TinyPdf pdf;
        pdf.addTextPage("one");
        pdf.addTextPage("two");
        pdf.addTextPage("three");
        pdf.setCatalogEntries("/PageLabels << /Nums [ 0 << /S /r /St 4 >> 2 << /S /D /St 3 >> ] >>");
        const auto document = opened(pdf);
        QCOMPARE(support::must(document->page({1, true})).label, QStringLiteral("iv"));
        QCOMPARE(support::must(document->page({2, true})).label, QStringLiteral("v"));
        QCOMPARE(support::must(document->page({3, true})).label, QString());
    }

    void readsTheInfoDictionary()
    {
        TinyPdf pdf;
        pdf.addTextPage("text");
        pdf.setInfo("<< /Title <FEFF004C006100740065007800200160> /Author (A\\tB  C) /Creator (by hand) >>");
        const pdf::DocumentInfo info = opened(pdf)->info();
        QCOMPARE(info.title, QStringLiteral("Latex \u0160"));
        QCOMPARE(info.author, QStringLiteral("A B C"));
        QCOMPARE(info.creator, QStringLiteral("by hand"));
        QCOMPARE(info.subject, QString());
        QCOMPARE(info.pdfVersion, QStringLiteral("1.7"));
        QCOMPARE(info.pageCount, 1);
        QVERIFY(!info.encrypted);
        QVERIFY(info.copyAllowed);
    }

    // Fonts that return page after page are read from the cache; what they say must not change with it.
    void pagesReadAlikeWithAndWithoutTheFontCache()
    {
        const QByteArray cmap =
            "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> "
            "endcodespacerange 1 beginbfchar <41> <0416> endbfchar endcmap end";
        TinyPdf pdf;
        const int map = pdf.addStream(cmap);
        const int font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Times-Roman /ToUnicode " +
                                 QByteArray::number(map) + " 0 R >>");
        const QByteArray resources = "/Font << /F2 " + QByteArray::number(font) + " 0 R >>";
        for (int i = 0; i < 4; ++i)
            pdf.addPage("BT /F2 20 Tf 100 700 Td (A) Tj ET", "/MediaBox [0 0 600 800]", resources);
        const auto document = opened(pdf);
        const domain::PageText first = support::must(document->page({1, true})).text;
        QCOMPARE(first.text.trimmed(), QStringLiteral("\u0416"));
        QVERIFY(first.fonts.first().hasToUnicode);
        QCOMPARE(first.fonts.first().name, QStringLiteral("Times-Roman"));
        for (int number = 2; number <= 4; ++number)
            QCOMPARE(support::must(document->page({number, true})).text, first);
    }

    void countsPictures()
    {
        TinyPdf pdf;
        const int image =
            pdf.addStream(QByteArray(12, '\x40'), "/Type /XObject /Subtype /Image /Width 2 /Height 2 "
                                                  "/BitsPerComponent 8 /ColorSpace /DeviceRGB");
        pdf.addPage("q 100 0 0 100 0 0 cm /I Do Q q 50 0 0 50 200 200 cm /I Do Q", "/MediaBox [0 0 600 800]",
                    "/XObject << /I " + QByteArray::number(image) + " 0 R >>");
        const domain::PageContent page = firstPage(pdf);
        QCOMPARE(page.imageCount, 2);
        QVERIFY(page.text.words.isEmpty());
        QVERIFY(page.text.text.isEmpty());
    }

    void pageWhosePicturesAreEmptyIsUnreadable()
    {
        TinyPdf pdf;
        const int image = pdf.addStream("", "/Type /XObject /Subtype /Image /Width 20 /Height 20 "
                                            "/BitsPerComponent 8 /ColorSpace /DeviceRGB");
        pdf.addPage("q 100 0 0 100 0 0 cm /I Do Q", "/MediaBox [0 0 600 800]",
                    "/XObject << /I " + QByteArray::number(image) + " 0 R >>");
        const auto document = opened(pdf);
        EXPECT_ERROR(document->page({1, true}), ErrorCode::PageUnreadable);
        EXPECT_OK(document->page({1, false}));
    }

    void blankPageIsNoError()
    {
        TinyPdf pdf;
        pdf.addPage("");
        EXPECT_OK(opened(pdf)->page({1, true}));
    }

    void pictureSizesAreBounded_data()
    {
        QTest::addColumn<QByteArray>("box");
        QTest::addRow("200 inches") << QByteArray("/MediaBox [0 0 14400 14400]");
        QTest::addRow("a million") << QByteArray("/MediaBox [0 0 1000000 1000000]");
        QTest::addRow("a ribbon") << QByteArray("/MediaBox [0 0 1000000 10]");
    }

    void pictureSizesAreBounded()
    {
        QFETCH(QByteArray, box);
        TinyPdf pdf;
        pdf.addPage("BT /F1 20 Tf 10 1 Td (far) Tj ET", box);
        const auto document = opened(pdf);
        const domain::PageImage image = support::must(document->render({1, 4.0, 250'000}));
        QVERIFY(qint64(image.width) * image.height <= 260'000);
        QVERIFY(image.width <= pdf::RenderRequest::kMaxSide);
        QVERIFY(image.pixelsPerPoint < 4.0);
        QCOMPARE(image.pixels.size(), qint64(image.width) * image.height * 4);
    }

    // Parts laid side by side are the page, to the pixel.
    void partsMakeTheWhole()
    {
        TinyPdf pdf;
        pdf.addPage("BT /F1 40 Tf 60 300 Td (Parts of one page) Tj ET 0.8 0.2 0.1 rg 50 50 300 120 re f",
                    "/MediaBox [0 0 500 400] /Rotate 90");
        const auto document = opened(pdf);
        for (const int rotation : {0, 90, 180, 270}) {
            domain::RenderRequest request{1, 1.7, 16'000'000, rotation};
            const domain::PageImage whole = support::must(document->render(request));
            QCOMPARE(whole.width, rotation % 180 == 0 ? 680 : 850);
            const auto *pixels = reinterpret_cast<const quint32 *>(whole.pixels.constData());
            for (const QPoint corner : {QPoint(0, 0), QPoint(256, 0), QPoint(256, 512), QPoint(512, 512)}) {
                request.part = QRect(corner, QSize(256, 256)) & QRect(0, 0, whole.width, whole.height);
                const domain::PageImage part = support::must(document->render(request));
                QCOMPARE(QSize(part.width, part.height), request.part.size());
                QCOMPARE(part.pixelsPerPoint, 1.7);
                const auto *own = reinterpret_cast<const quint32 *>(part.pixels.constData());
                int different = 0;
                for (int y = 0; y < part.height; ++y)
                    for (int x = 0; x < part.width; ++x)
                        different += own[y * part.width + x] !=
                                     pixels[(corner.y() + y) * whole.width + corner.x() + x];
                QCOMPARE(different, 0);
            }
        }
    }

    void partsAreBounded()
    {
        TinyPdf pdf;
        pdf.addTextPage("text");
        const auto document = opened(pdf);
        const auto part = [&](double scale, const QRect &rect, int pixels = 16'000'000) {
            return document->render({1, scale, pixels, 0, rect});
        };
        EXPECT_OK(part(50, QRect(29'000, 39'000, 1'000, 1'000)));
        EXPECT_ERROR(part(1, QRect(590, 0, 20, 20)), ErrorCode::InvalidArgument);
        EXPECT_ERROR(part(50, QRect(0, 0, 9'000, 10)), ErrorCode::InvalidArgument);
        EXPECT_ERROR(part(50, QRect(0, 0, 1'000, 1'000), 1'000), ErrorCode::InvalidArgument);
        EXPECT_ERROR(part(1e6, QRect(0, 0, 10, 10)), ErrorCode::InvalidArgument);
        EXPECT_ERROR(document->render({1, 1.0, 1'000, 45}), ErrorCode::InvalidArgument);
    }

    void outlineIsReadInOrder()
    {
        TinyPdf pdf;
        pdf.addPage("", "/MediaBox [0 0 600 800]");                                     // objects 3 and 4
        pdf.addPage("", "/MediaBox [0 0 600 800] /Rotate 90 /CropBox [0 100 600 800]"); // 5 and 6
        const int base = pdf.add("<< /Type /Outlines /First 8 0 R >>");
        QCOMPARE(base, 7);
        pdf.add("<< /Title (First) /Dest [4 0 R /XYZ 0 700 0] /Next 10 0 R /First 9 0 R /Count 1 >>");
        pdf.add("<< /Title <FEFF00C40062> /A << /S /GoTo /D [6 0 R /XYZ 250 300 0] >> >>");
        pdf.add("<< /Title (Web) /A << /S /URI /URI (https://example.org) >> /Next 11 0 R >>");
        pdf.add("<< /Title (Number) /Dest [1 /Fit] >>");
        pdf.setCatalogEntries("/Outlines 7 0 R");
        const QVector<domain::OutlineItem> outline = opened(pdf)->outline();
        const QVector<domain::OutlineItem> expected{
            {QStringLiteral("First"), 0, 1, 100, true},
            {QStringLiteral("Äb"), 1, 2, 250, false}, // turned: what was left is up
            {QStringLiteral("Web"), 0, 0, 0, false},
            {QStringLiteral("Number"), 0, 2, 0, false}};
        QCOMPARE(outline, expected);
    }

    // Rings, bottomless depth and more items than anybody could want come to an end.
    void hostileOutlinesEnd()
    {
        {
            TinyPdf ring;
            ring.addPage("");
            ring.add("<< /First 6 0 R >>");
            ring.add("<< /Title (a) /Next 7 0 R /First 6 0 R >>");
            ring.add("<< /Title (b) /Next 6 0 R /First 5 0 R >>");
            ring.setCatalogEntries("/Outlines 5 0 R");
            QCOMPARE(opened(ring)->outline().size(), 2);
        }
        {
            TinyPdf deep;
            deep.addPage("");
            deep.add("<< /First 6 0 R >>");
            for (int i = 6; i < 3'000; ++i)
                deep.add("<< /Title (x) /First " + QByteArray::number(i + 1) + " 0 R >>");
            deep.setCatalogEntries("/Outlines 5 0 R");
            QCOMPARE(opened(deep)->outline().size(), domain::OutlineItem::kMaxLevel + 1);
        }
        {
            TinyPdf many;
            many.addPage("");
            many.add("<< /First 6 0 R >>");
            for (int i = 6; i < 6'500; ++i)
                many.add("<< /Title (x) /Next " + QByteArray::number(i + 1) + " 0 R >>");
            many.setCatalogEntries("/Outlines 5 0 R");
            QCOMPARE(opened(many)->outline().size(), domain::OutlineItem::kMaxItems);
        }
        {
            TinyPdf odd;
            odd.addPage("");
            odd.setCatalogEntries("/Outlines (nothing of the kind)");
            QVERIFY(opened(odd)->outline().isEmpty());
        }
    }

    void linksStandWhereTheyAreShown()
    {
        TinyPdf pdf;
        const QByteArray links =
            "/Annots [ << /Type /Annot /Subtype /Link /Rect [100 600 200 650] /Border [0 0 0] "
            "/Dest [4 0 R /XYZ 0 750 0] >> "
            "<< /Type /Annot /Subtype /Link /Rect [300 90 200 40] /A << /S /URI /URI (mailto:a@example.org) "
            ">> >> "
            "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /Named /N /NextPage >> >> "
            "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (/bin/sh) >> >> "
            "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /JavaScript /JS (app.alert\\(1\\)) >> "
            ">> "
            "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /GoToR /F (other.pdf) /D [0 /Fit] >> >> "
            "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Dest [99 /Fit] >> ]";
        pdf.addPage("", "/MediaBox [0 0 600 800] " + links);
        pdf.addPage("", "/MediaBox [0 0 600 800] /Rotate 90 " + links);
        const auto document = opened(pdf);
        const QVector<domain::PageLink> first = support::must(document->links(1));
        QCOMPARE(first.size(), 3);
        QCOMPARE(first.at(0), (domain::PageLink{QRectF(100, 150, 100, 50), 1, 50, {}}));
        QCOMPARE(first.at(1),
                 (domain::PageLink{QRectF(200, 710, 100, 50), 0, 0, QStringLiteral("mailto:a@example.org")}));
        QCOMPARE(first.at(2).page, 2);
        const QVector<domain::PageLink> turned = support::must(document->links(2));
        QCOMPARE(turned.size(), 2); // there is no next page
        QCOMPARE(turned.at(0).area, QRectF(600, 100, 50, 100));
        EXPECT_ERROR(document->links(3), ErrorCode::InvalidArgument);
    }

    void refusesNonsense()
    {
        TinyPdf pdf;
        pdf.addTextPage("text");
        const auto document = opened(pdf);
        EXPECT_ERROR(document->page({0, true}), ErrorCode::InvalidArgument);
        EXPECT_ERROR(document->page({2, true}), ErrorCode::InvalidArgument);
        EXPECT_ERROR(document->render({1, std::nan(""), 100}), ErrorCode::InvalidArgument);
        EXPECT_ERROR(document->render({1, 1.0, 0}), ErrorCode::InvalidArgument);
        EXPECT_ERROR(poppler::PdfDocument::open(QByteArray("no PDF at all"), {}), ErrorCode::Corrupt);
        EXPECT_ERROR(poppler::PdfDocument::open(QByteArray(), {}), ErrorCode::Corrupt);
        EXPECT_ERROR(poppler::PdfDocument::open(TinyPdf().bytes(), {}), ErrorCode::Corrupt);
    }

    // Characters that mean nothing must not reach databases and JSON as control characters.
    void controlCharactersAreReplaced()
    {
        TinyPdf pdf;
        const int map =
            pdf.addStream("/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> "
                          "endcodespacerange 2 beginbfchar <41> <0001> <42> <D800> endbfchar endcmap end");
        const int font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /ToUnicode " +
                                 QByteArray::number(map) + " 0 R >>");
        pdf.addPage("BT /F2 20 Tf 100 700 Td (ABC) Tj ET", "/MediaBox [0 0 600 800]",
                    "/Font << /F2 " + QByteArray::number(font) + " 0 R >>");
        const QString text = firstPage(pdf).text.text;
        for (const QChar unit : text)
            QVERIFY2(unit == u'\n' || (unit.unicode() >= 0x20 && !unit.isSurrogate()), qPrintable(text));
        QVERIFY(text.contains(QChar(QChar::ReplacementCharacter)));
    }
};

QTEST_GUILESS_MAIN(PdfDocumentTest)
#include "tst_PdfDocument.moc"
