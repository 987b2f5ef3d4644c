// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/PdfFinish.h"

#include "app/guide/Look.h"

#include <QMap>
#include <QRegularExpression>

namespace lectern::guide {

namespace {

using namespace Qt::StringLiterals;

QByteArray number(qreal value)
{
    return QByteArray::number(value, 'f', 2);
}

QByteArray reference(int object)
{
    return QByteArray::number(object) + " 0 R";
}

QByteArray hexText(const QString &text)
{
    QByteArray bytes = "<FEFF";
    for (const QChar character : text)
        bytes += QByteArray::number(character.unicode(), 16).rightJustified(4, '0').toUpper();
    return bytes + '>';
}

QByteArray firstMatch(const QByteArray &text, const QString &pattern)
{
    return QRegularExpression(pattern).match(QString::fromLatin1(text)).captured(1).toLatin1();
}

/// An incremental update (ISO 32000-1, 7.5.6): changed and new objects behind the old end of the file.
class Update {
public:
    explicit Update(QByteArray pdf) : m_pdf(std::move(pdf))
    {
        const QByteArray tail = m_pdf.mid(m_pdf.lastIndexOf("trailer"));
        m_root = firstMatch(tail, uR"(/Root (\d+) 0 R)"_s).toInt();
        m_info = firstMatch(tail, uR"(/Info (\d+) 0 R)"_s);
        m_next = firstMatch(tail, uR"(/Size (\d+))"_s).toInt();
        m_previous = firstMatch(tail, uR"(startxref\s+(\d+))"_s);
    }

    [[nodiscard]] int root() const { return m_root; }
    [[nodiscard]] int newObject() { return m_next++; }

    /// What stands between << and >> of an object of the old file.
    [[nodiscard]] QByteArray dictionary(int object) const
    {
        const QByteArray head = '\n' + QByteArray::number(object) + " 0 obj";
        const qsizetype start = m_pdf.indexOf("<<", m_pdf.indexOf(head)) + 2;
        return m_pdf.mid(start, m_pdf.lastIndexOf(">>", m_pdf.indexOf("endobj", start)) - start).trimmed();
    }

    void put(int object, const QByteArray &dictionary) { m_objects[object] = "<<\n" + dictionary + "\n>>"; }

    [[nodiscard]] QByteArray finished() const
    {
        QByteArray out = m_pdf;
        QByteArray table = "xref\n";
        for (auto object = m_objects.begin(); object != m_objects.end(); ++object) {
            table += QByteArray::number(object.key()) + " 1\n" +
                     QByteArray::number(out.size()).rightJustified(10, '0') + " 00000 n \n";
            out += QByteArray::number(object.key()) + " 0 obj\n" + object.value() + "\nendobj\n";
        }
        const QByteArray start = QByteArray::number(out.size());
        return out + table + "trailer\n<<\n/Size " + QByteArray::number(m_next) + "\n/Root " +
               reference(m_root) + "\n/Info " + m_info + " 0 R\n/Prev " + m_previous + "\n>>\nstartxref\n" +
               start + "\n%%EOF\n";
    }

private:
    QByteArray m_pdf;
    int m_root = 0;
    int m_next = 0;
    QByteArray m_info;
    QByteArray m_previous;
    QMap<int, QByteArray> m_objects;
};

QVector<int> pageObjects(const Update &update)
{
    const int pages = firstMatch(update.dictionary(update.root()), uR"(/Pages (\d+) 0 R)"_s).toInt();
    const QByteArray kids = firstMatch(update.dictionary(pages).simplified(), uR"(/Kids ?\[([^\]]*)\])"_s);
    QVector<int> objects;
    static const QRegularExpression one(uR"((\d+) 0 R)"_s);
    for (auto found = one.globalMatch(QString::fromLatin1(kids)); found.hasNext();)
        objects.append(found.next().captured(1).toInt());
    return objects;
}

QByteArray destination(const QVector<int> &pages, const OutlineItem &item)
{
    return "/Dest [" + reference(pages.value(item.page)) + " /XYZ 0 " + number(kPageHeight - item.y + 12) +
           " null]";
}

/// Writes the two-level outline as linked lists and returns its root object.
int putOutline(Update &update, const QVector<int> &pages, const QVector<OutlineItem> &outline)
{
    const int root = update.newObject();
    QVector<int> objects;
    QVector<int> parents;
    QMap<int, QVector<int>> children; // parent (-1 = root) → indices
    for (int i = 0; i < outline.size(); ++i) {
        objects.append(update.newObject());
        const int parent = outline[i].level > 1 && !children[-1].isEmpty() ? children[-1].last() : -1;
        parents.append(parent);
        children[parent].append(i);
    }
    const auto ends = [&](int parent, bool open) {
        const QVector<int> list = children.value(parent);
        if (list.isEmpty())
            return QByteArray();
        return "\n/First " + reference(objects[list.first()]) + "\n/Last " + reference(objects[list.last()]) +
               "\n/Count " + QByteArray::number(open ? list.size() : -list.size());
    };
    for (int i = 0; i < outline.size(); ++i) {
        const QVector<int> siblings = children.value(parents[i]);
        const qsizetype place = siblings.indexOf(i);
        QByteArray dictionary = "/Title " + hexText(outline[i].title) + "\n/Parent " +
                                reference(parents[i] < 0 ? root : objects[parents[i]]) + '\n' +
                                destination(pages, outline[i]);
        if (place > 0)
            dictionary += "\n/Prev " + reference(objects[siblings[place - 1]]);
        if (place + 1 < siblings.size())
            dictionary += "\n/Next " + reference(objects[siblings[place + 1]]);
        update.put(objects[i], dictionary + ends(i, false));
    }
    update.put(root, "/Type /Outlines" + ends(-1, true));
    return root;
}

} // namespace

QByteArray finishPdf(QByteArray pdf, const QVector<OutlineItem> &outline, const QVector<InnerLink> &links,
                     const QString &language, QDate date)
{
    const qsizetype written = pdf.indexOf("/CreationDate (D:");
    if (written < 0)
        return {};
    pdf.replace(written + 17, 14, date.toString(u"yyyyMMdd"_s).toLatin1() + "120000");

    Update update(std::move(pdf));
    const QVector<int> pages = pageObjects(update);
    if (pages.isEmpty())
        return {};
    QByteArray catalog = update.dictionary(update.root()) + "\n/Lang (" + language.toLatin1() + ")";
    if (!outline.isEmpty())
        catalog += "\n/PageMode /UseOutlines\n/Outlines " + reference(putOutline(update, pages, outline));
    update.put(update.root(), catalog);

    QMap<int, QByteArray> annotations;
    for (const InnerLink &link : links) {
        const int object = update.newObject();
        const QByteArray rect = number(link.rect.left()) + ' ' + number(kPageHeight - link.rect.bottom()) +
                                ' ' + number(link.rect.right()) + ' ' + number(kPageHeight - link.rect.top());
        update.put(object, "/Type /Annot\n/Subtype /Link\n/Border [0 0 0]\n/Rect [" + rect + "]\n" +
                               destination(pages, outline.value(link.target)));
        annotations[link.page] += reference(object) + ' ';
    }
    for (auto page = annotations.begin(); page != annotations.end(); ++page) {
        const int object = pages.value(page.key());
        QString dictionary = QString::fromLatin1(update.dictionary(object));
        dictionary.remove(
            QRegularExpression(uR"(/Annots\s*(\[[^\]]*\]|\d+ 0 R))"_s)); // the writer's is empty
        update.put(object, dictionary.toLatin1() + "\n/Annots [" + page.value() + ']');
    }
    return update.finished();
}

} // namespace lectern::guide
