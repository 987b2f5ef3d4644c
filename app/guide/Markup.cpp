// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/Markup.h"

#include <QRegularExpression>

#include <numeric>

namespace lectern::guide {

namespace {

using namespace Qt::StringLiterals;

QStringList cellsOf(const QString &line)
{
    QStringList cells = line.trimmed().split(u'|');
    cells.removeFirst();
    cells.removeLast();
    for (QString &cell : cells)
        cell = cell.trimmed();
    return cells;
}

/// "---3", "---5": the dashes are for the eye, the numbers say how wide the columns are to each other.
QVector<qreal> widthsOf(const QString &line)
{
    QVector<qreal> widths;
    for (QString cell : cellsOf(line)) {
        const qreal share = cell.remove(u'-').toDouble();
        widths.append(share > 0 ? share : 1);
    }
    const qreal sum = std::accumulate(widths.begin(), widths.end(), 0.0);
    for (qreal &width : widths)
        width /= sum;
    return widths;
}

/// Reads line by line; what belongs together in a paragraph is gathered until something else begins.
class Parser {
public:
    explicit Parser(const QString &source) : m_lines(source.split(u'\n')) {}

    Text run()
    {
        readFacts();
        while (m_at < m_lines.size())
            readBlock();
        finish();
        return m_text;
    }

private:
    void readFacts()
    {
        for (; m_at < m_lines.size() && !m_lines[m_at].trimmed().isEmpty(); ++m_at) {
            const QString line = m_lines[m_at];
            if (line.startsWith(u"<!--"_s))
                continue;
            m_text.facts.insert(line.section(u':', 0, 0).trimmed(), line.section(u':', 1).trimmed());
        }
    }

    void readBlock()
    {
        static const QRegularExpression item(uR"(^(-|\d+\.)\s+(.*)$)"_s);
        static const QRegularExpression figure(uR"(^!\[(.*)\]\(drawing:([\w-]+)\)$)"_s);
        static const QRegularExpression insert(uR"(^\{\{([\w-]+)\}\}$)"_s);
        const QString line = m_lines[m_at++];
        if (line.trimmed().isEmpty())
            return finish();
        if (line.startsWith(u"```"_s))
            return readCode();
        if (line.startsWith(u'|'))
            return readTable(line);
        if (line.startsWith(u'#'))
            return readHeading(line);
        if (const auto match = figure.match(line); match.hasMatch())
            return add({Block::Kind::Figure, 0, match.captured(1), {}, match.captured(2), {}, {}});
        if (const auto match = insert.match(line); match.hasMatch())
            return readInsert(match.captured(1));
        if (const auto match = item.match(line); match.hasMatch()) {
            const QString marker = match.captured(1) == u"-"_s ? u"•"_s : match.captured(1);
            return begin({Block::Kind::Item, 0, match.captured(2), marker, {}, {}, {}});
        }
        if (line.startsWith(u">> "_s))
            return begin({Block::Kind::Aside, 0, line.mid(3), {}, {}, {}, {}});
        if (line.startsWith(u"> "_s) && m_open.kind != Block::Kind::Note)
            return begin({Block::Kind::Note, 0, line.mid(2), {}, {}, {}, {}});
        if (m_open.text.isEmpty())
            m_open.kind = Block::Kind::Paragraph;
        const QString more = line.startsWith(u"> "_s) ? line.mid(2) : line.trimmed();
        m_open.text += (m_open.text.isEmpty() ? QString() : u" "_s) + more;
    }

    void readHeading(const QString &line)
    {
        const int level = line.startsWith(u"## "_s) ? 2 : 1;
        add({Block::Kind::Heading, level, line.mid(level + 1), {}, {}, {}, {}});
    }

    void readInsert(const QString &name)
    {
        if (name == u"page"_s)
            add({Block::Kind::PageBreak, 0, {}, {}, {}, {}, {}});
        else if (name == u"contents"_s)
            add({Block::Kind::Contents, 0, {}, {}, {}, {}, {}});
        else
            add({Block::Kind::Insert, 0, {}, {}, name, {}, {}});
    }

    void readCode()
    {
        QStringList code;
        while (m_at < m_lines.size() && !m_lines[m_at].startsWith(u"```"_s))
            code.append(m_lines[m_at++]);
        ++m_at;
        add({Block::Kind::Code, 0, code.join(u'\n'), {}, {}, {}, {}});
    }

    void readTable(const QString &head)
    {
        const QVector<qreal> widths = widthsOf(m_lines.value(m_at++));
        add({Block::Kind::TableHead, 0, {}, {}, {}, cellsOf(head), widths});
        while (m_at < m_lines.size() && m_lines[m_at].startsWith(u'|'))
            add({Block::Kind::TableRow, 0, {}, {}, {}, cellsOf(m_lines[m_at++]), widths});
    }

    void begin(const Block &block)
    {
        finish();
        m_open = block;
    }

    void add(const Block &block)
    {
        finish();
        m_text.blocks.append(block);
    }

    void finish()
    {
        if (!m_open.text.isEmpty())
            m_text.blocks.append(m_open);
        m_open = {};
    }

    QStringList m_lines;
    qsizetype m_at = 0;
    Block m_open;
    Text m_text;
};

} // namespace

Text Text::parse(const QString &source)
{
    return Parser(source).run();
}

QString inlineHtml(const QString &text)
{
    static const QRegularExpression strong(uR"(\*\*(.+?)\*\*)"_s);
    static const QRegularExpression emphasis(uR"(\*(.+?)\*)"_s);
    static const QRegularExpression code(uR"(`(.+?)`)"_s);
    static const QRegularExpression key(uR"(\[\[(.+?)\]\])"_s);
    static const QRegularExpression icon(uR"(\{([a-z-]+)\})"_s);
    QString html = text.toHtmlEscaped();
    html.replace(strong, u"<b>\\1</b>"_s);
    html.replace(emphasis, u"<i>\\1</i>"_s);
    html.replace(code, u"<code>\\1</code>"_s);
    html.replace(key, u"<kbd>&nbsp;\\1&nbsp;</kbd>"_s);
    html.replace(icon, u"<img src=\"icon:\\1\">"_s);
    html.replace(u" \\\\ "_s, u"<br>"_s);
    return html;
}

} // namespace lectern::guide
