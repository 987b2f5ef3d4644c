// SPDX-License-Identifier: GPL-3.0-or-later
#include "SamplePdf.h"

#include <QVector>

#include <array>
#include <random>

namespace lectern::e2e {

namespace {

constexpr int kFirstPageObject = 4; // after the catalogue, the page tree and the font
constexpr int kObjectsPerPage = 2;
constexpr int kWordsPerLine = 11;

constexpr std::array kWords = {"the",    "river",    "carried",  "water",   "between",  "fields", "and",
                               "the",    "farmers",  "measured", "its",     "level",    "every",  "morning",
                               "while",  "children", "watched",  "birds",   "from",     "a",      "wooden",
                               "bridge", "report",   "shows",    "that",    "rainfall", "in",     "spring",
                               "was",    "higher",   "than",     "expected"};

QByteArray escaped(QByteArray line)
{
    return line.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
}

QByteArray drawing(const QByteArray &text)
{
    QByteArray stream = "BT /F1 11 Tf 14 TL 60 780 Td\n";
    for (const QByteArray &line : text.split('\n'))
        stream += "(" + escaped(line) + ") Tj T*\n";
    stream += "ET\n";
    return "<< /Length " + QByteArray::number(stream.size()) + " >>\nstream\n" + stream + "endstream";
}

} // namespace

QByteArray SamplePdf::make(const QByteArrayList &pages)
{
    QByteArray kids;
    for (qsizetype page = 0; page < pages.size(); ++page)
        kids += QByteArray::number(kFirstPageObject + kObjectsPerPage * page) + " 0 R ";
    QByteArrayList objects{"<< /Type /Catalog /Pages 2 0 R >>",
                           "<< /Type /Pages /Count " + QByteArray::number(pages.size()) + " /Kids [ " + kids +
                               "] >>",
                           "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
    for (const QByteArray &text : pages) {
        const QByteArray content = QByteArray::number(objects.size() + kObjectsPerPage);
        objects.append(
            text.isEmpty()
                ? "null"
                : "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 "
                  "3 0 R >> >> /Contents " +
                      content + " 0 R >>");
        objects.append(text.isEmpty() ? "null" : drawing(text));
    }

    QByteArray file = "%PDF-1.4\n";
    QVector<qsizetype> offsets;
    for (qsizetype number = 1; number <= objects.size(); ++number) {
        offsets.append(file.size());
        file += QByteArray::number(number) + " 0 obj\n" + objects.at(number - 1) + "\nendobj\n";
    }
    const qsizetype table = file.size();
    file += "xref\n0 " + QByteArray::number(objects.size() + 1) + "\n0000000000 65535 f \n";
    for (const qsizetype offset : offsets)
        file += QByteArray::number(offset).rightJustified(10, '0') + " 00000 n \n";
    file += "trailer\n<< /Size " + QByteArray::number(objects.size() + 1) + " /Root 1 0 R >>\nstartxref\n" +
            QByteArray::number(table) + "\n%%EOF\n";
    return file;
}

QByteArray SamplePdf::book(int count, int seed, int linesPerPage)
{
    std::minstd_rand random(static_cast<unsigned>(seed) + 1U);
    QByteArrayList pages;
    for (int page = 1; page <= count; ++page) {
        QByteArray text =
            "Chapter " + QByteArray::number(page) + " of volume " + QByteArray::number(seed) + "\n";
        for (int line = 0; line < linesPerPage; ++line) {
            for (int word = 0; word < kWordsPerLine; ++word)
                text += QByteArray(kWords.at(random() % kWords.size())) + ' ';
            text += ".\n";
        }
        pages.append(text);
    }
    return make(pages);
}

} // namespace lectern::e2e
