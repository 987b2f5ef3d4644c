// SPDX-License-Identifier: GPL-3.0-or-later
#include "SamplePdfs.h"

#include <QFile>
#include <QPainter>
#include <QPdfWriter>
#include <QProcess>
#include <QStandardPaths>

namespace lectern::test {

namespace {

constexpr int kQpdfMs = 20'000;

const QStringList &sentences()
{
    static const QStringList all{
        QStringLiteral(
            "The method detects nitrate in ground water at levels below 0.05 milligrams per litre."),
        QStringLiteral("Recoveries between 92 % and 104 % were measured in spiked samples on 14 March 2019."),
        QStringLiteral(
            "Dr. Maria Jensen of the Geological Survey compared twelve laboratories in four countries."),
        QStringLiteral("Costs fell from $1,250 to $870 per campaign after the second year of the programme."),
        QStringLiteral("Questions may be sent to office@example.org or by ordinary mail."),
        QStringLiteral("Samples were filtered in the field, cooled, and analysed within two days."),
        QStringLiteral("A single outlier in the third series was traced to a worn pump and removed."),
        QStringLiteral("The results agree with earlier work within the limits of both procedures.")};
    return all;
}

void paintFigure(QPainter &painter, const QRect &place, int seed)
{
    painter.save();
    painter.setPen(QPen(QColor(0x40, 0x60, 0x90), 6));
    painter.drawRect(place);
    QPolygon line;
    for (int i = 0; i <= 12; ++i)
        line << QPoint(place.left() + place.width() * i / 12,
                       place.bottom() - place.height() * ((i * (seed + 3)) % 11) / 12);
    painter.drawPolyline(line);
    painter.restore();
}

} // namespace

void SamplePdfs::book(const QString &path, int pages, int seed, const QString &title)
{
    QPdfWriter writer(path);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setResolution(300);
    writer.setTitle(title);
    QPainter painter(&writer);
    const int width = writer.width();
    for (int page = 1; page <= pages; ++page) {
        if (page > 1)
            writer.newPage();
        painter.setFont(QFont(QStringLiteral("Sans"), 20, QFont::Bold));
        painter.drawText(QRect(0, 0, width, 160), Qt::AlignLeft,
                         QStringLiteral("Water report %1, part %2").arg(seed).arg(page));
        painter.setFont(QFont(QStringLiteral("Serif"), 11));
        QString text;
        for (int i = 0; i < 14; ++i)
            text += sentences().at((i * seed + page) % sentences().size()) + QLatin1Char(' ');
        painter.drawText(QRect(0, 220, width, 1'300), Qt::AlignLeft | Qt::TextWordWrap, text);
        paintFigure(painter, QRect(width / 6, 1'600, width * 2 / 3, 900), seed + page);
    }
}

void SamplePdfs::scan(const QString &path, int pages)
{
    QPdfWriter writer(path);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setResolution(300);
    QPainter painter(&writer);
    for (int page = 1; page <= pages; ++page) {
        if (page > 1)
            writer.newPage();
        paintFigure(painter, QRect(100, 100, writer.width() - 200, writer.height() - 200), page);
    }
}

void SamplePdfs::write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("can't write %s", qPrintable(path));
}

QByteArray SamplePdfs::assemble(const QList<QByteArray> &objects)
{
    QByteArray pdf = "%PDF-1.4\n";
    QByteArray table;
    for (qsizetype i = 0; i < objects.size(); ++i) {
        table += QByteArray::number(pdf.size()).rightJustified(10, '0') + " 00000 n \n";
        pdf += QByteArray::number(i + 1) + " 0 obj\n" + objects.at(i) + "\nendobj\n";
    }
    const QByteArray count = QByteArray::number(objects.size() + 1);
    const QByteArray start = QByteArray::number(pdf.size());
    pdf += "xref\n0 " + count + "\n0000000000 65535 f \n" + table;
    pdf += "trailer\n<< /Size " + count + " /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n";
    return pdf;
}

void SamplePdfs::missingPages(const QString &path)
{
    const QByteArray content = "BT /F1 18 Tf 60 700 Td (This is the only page that is here.) Tj ET";
    write(path, assemble({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 3 >>",
                          "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                          "/Resources << /Font << /F1 5 0 R >> >> >>",
                          "<< /Length " + QByteArray::number(content.size()) + " >>\nstream\n" + content +
                              "\nendstream",
                          "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}));
}

void SamplePdfs::endless(const QString &path)
{
    constexpr int kDepth = 30;
    QList<QByteArray> objects{"<< /Type /Catalog /Pages 2 0 R >>",
                              "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                              "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                              "/Resources << /XObject << /X 5 0 R >> >> >>",
                              "<< /Length 5 >>\nstream\n/X Do\nendstream"};
    for (int level = 0; level < kDepth; ++level) {
        const bool last = level == kDepth - 1;
        const QByteArray next = QByteArray::number(objects.size() + 2);
        const QByteArray resources = last ? QByteArray("<< >>") : "<< /XObject << /X " + next + " 0 R >> >>";
        const QByteArray content = last ? QByteArray("0 0 1 1 re f") : QByteArray("/X Do /X Do");
        objects.append("<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources " + resources +
                       " /Length " + QByteArray::number(content.size()) + " >>\nstream\n" + content +
                       "\nendstream");
    }
    write(path, assemble(objects));
}

void SamplePdfs::linked(const QString &path)
{
    constexpr int kPages = 6;
    const auto number = [](int value) { return QByteArray::number(value); };
    const auto stream = [&](const QByteArray &content, const QByteArray &entries = {}) {
        return "<< /Length " + number(static_cast<int>(content.size())) + ' ' + entries + " >>\nstream\n" +
               content + "\nendstream";
    };
    const int firstPage = 8; // each page is followed by its content
    const auto page = [&](int index) { return number(firstPage + 2 * (index - 1)) + " 0 R"; };
    QByteArray kids;
    for (int index = 1; index <= kPages; ++index)
        kids += page(index) + ' ';
    const int remark = firstPage + 2 * kPages;
    QList<QByteArray> objects{
        "<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R /AcroForm << /Fields [" + number(remark + 1) +
            " 0 R] /DR << /Font << /F1 3 0 R >> >> >> "
            "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D >>] >> >>",
        "<< /Type /Pages /Kids [" + kids + "] /Count " + number(kPages) + " >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Outlines /First 5 0 R /Last 7 0 R >>",
        "<< /Title (Preface) /Parent 4 0 R /Dest [" + page(1) + " /Fit] /Next 7 0 R /First 6 0 R /Count 1 >>",
        "<< /Title (Thanks) /Parent 5 0 R /Dest [" + page(2) + " /XYZ 0 420 0] >>",
        "<< /Title (The long middle part with a title that does not fit into any side bar) /Parent 4 0 R "
        "/Dest [" +
            page(4) + " /Fit] >>"};
    for (int index = 1; index <= kPages; ++index) {
        const QByteArray annotations =
            index > 1
                ? QByteArray()
                : "/Annots [ << /Type /Annot /Subtype /Link /Rect [60 590 300 620] /Border [0 0 0] /Dest [" +
                      page(5) +
                      " /XYZ 0 600 0] >> "
                      "<< /Type /Annot /Subtype /Link /Rect [60 540 300 570] /Border [0 0 0] "
                      "/A << /S /URI /URI (https://example.org/report?id=7) >> >> "
                      "<< /Type /Annot /Subtype /Link /Rect [60 490 300 520] /Border [0 0 0] "
                      "/A << /S /URI /URI (javascript:alert\\(1\\)) >> >> " +
                      number(remark) + " 0 R " + number(remark + 1) + " 0 R ]";
        objects.append("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents " +
                       number(firstPage + 2 * (index - 1) + 1) +
                       " 0 R /Resources << /Font << /F1 3 0 R >> >> " + annotations + " >>");
        objects.append(stream("BT /F1 22 Tf 60 700 Td (Chapter " + number(index) +
                              ") Tj /F1 14 Tf 0 -100 Td (See page five) Tj 0 -50 Td (Visit the web page) Tj "
                              "0 -50 Td (Run a script) Tj 0 -60 Td (Plain words that stand alone) Tj ET"));
    }
    const QByteArray box = "0.1 0.5 0.2 rg 0 0 200 40 re f";
    objects.append("<< /Type /Annot /Subtype /Stamp /Rect [340 600 540 640] /F 4 /AP << /N " +
                   number(remark + 2) + " 0 R >> >>");
    objects.append(
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Filled in) /Rect [340 500 540 540] /F 4 "
        "/DA (/F1 12 Tf 0 g) /AP << /N " +
        number(remark + 3) + " 0 R >> >>");
    objects.append(stream(box, "/Type /XObject /Subtype /Form /BBox [0 0 200 40]"));
    objects.append(
        stream("0.1 0.2 0.7 rg 0 0 200 40 re f", "/Type /XObject /Subtype /Form /BBox [0 0 200 40]"));
    write(path, assemble(objects));
}

bool SamplePdfs::lock(const QString &from, const QString &to, const QString &password)
{
    const QString qpdf = QStandardPaths::findExecutable(QStringLiteral("qpdf"));
    if (qpdf.isEmpty())
        return false;
    QProcess process;
    process.start(qpdf, {QStringLiteral("--encrypt"), password, password, QStringLiteral("256"),
                         QStringLiteral("--"), from, to});
    return process.waitForFinished(kQpdfMs) && process.exitCode() == 0;
}

bool SamplePdfs::forbidCopying(const QString &from, const QString &to)
{
    const QString qpdf = QStandardPaths::findExecutable(QStringLiteral("qpdf"));
    if (qpdf.isEmpty())
        return false;
    QProcess process;
    process.start(qpdf,
                  {QStringLiteral("--encrypt"), QString(), QStringLiteral("owner"), QStringLiteral("256"),
                   QStringLiteral("--extract=n"), QStringLiteral("--"), from, to});
    return process.waitForFinished(kQpdfMs) && process.exitCode() == 0;
}

void SamplePdfs::damaged(const QString &path)
{
    write(path, "This file was a document once, before the disk failed.\n");
}

} // namespace lectern::test
