// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QVector>

namespace lectern::test {

/// Writes small PDFs, so that tests say themselves what is in them.
class TinyPdf {
public:
    /// Adds an object and returns its number. The first two are the catalog and the page tree.
    int add(const QByteArray &body)
    {
        m_objects.append(body);
        return static_cast<int>(m_objects.size()) + kReserved;
    }

    int addStream(const QByteArray &content, const QByteArray &entries = {})
    {
        return add("<< /Length " + QByteArray::number(content.size()) + ' ' + entries + " >>\nstream\n" +
                   content + "\nendstream");
    }

    /// A page. `entries` go into its dictionary ("/Rotate 90"), `resources` into its resources; Helvetica is
    /// /F1 unless they bring fonts themselves.
    void addPage(const QByteArray &content, const QByteArray &entries = "/MediaBox [0 0 600 800]",
                 const QByteArray &resources = {})
    {
        const QByteArray helvetica =
            "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> ";
        const int stream = addStream(content);
        const int page = add("<< /Type /Page /Parent 2 0 R " + entries + " /Contents " +
                             QByteArray::number(stream) + " 0 R /Resources << " +
                             (resources.contains("/Font") ? QByteArray() : helvetica) + resources + " >> >>");
        m_kids += QByteArray::number(page) + " 0 R ";
        ++m_pages;
    }

    /// A page that shows one line of text.
    void addTextPage(const QByteArray &text) { addPage("BT /F1 20 Tf 100 700 Td (" + text + ") Tj ET"); }

    void setCatalogEntries(const QByteArray &entries) { m_catalogEntries = entries; }
    void setInfo(const QByteArray &dictionary) { m_info = dictionary; }

    [[nodiscard]] QByteArray bytes() const
    {
        QVector<QByteArray> objects = m_objects;
        objects.prepend("<< /Type /Pages /Kids [ " + m_kids + "] /Count " + QByteArray::number(m_pages) +
                        " >>");
        objects.prepend("<< /Type /Catalog /Pages 2 0 R " + m_catalogEntries + " >>");
        QByteArray pdf = "%PDF-1.7\n";
        QVector<qsizetype> offsets;
        for (qsizetype i = 0; i < objects.size(); ++i) {
            offsets.append(pdf.size());
            pdf += QByteArray::number(i + 1) + " 0 obj\n" + objects.at(i) + "\nendobj\n";
        }
        const qsizetype xref = pdf.size();
        pdf += "xref\n0 " + QByteArray::number(objects.size() + 1) + "\n0000000000 65535 f \n";
        for (const qsizetype offset : offsets)
            pdf += QByteArray::number(offset).rightJustified(10, '0') + " 00000 n \n";
        pdf += "trailer\n<< /Size " + QByteArray::number(objects.size() + 1) + " /Root 1 0 R " +
               (m_info.isEmpty() ? QByteArray() : "/Info " + m_info) + " >>\nstartxref\n" +
               QByteArray::number(xref) + "\n%%EOF\n";
        return pdf;
    }

private:
    static constexpr int kReserved = 2;

    QVector<QByteArray> m_objects;
    QByteArray m_kids;
    QByteArray m_catalogEntries;
    QByteArray m_info;
    int m_pages = 0;
};

} // namespace lectern::test
