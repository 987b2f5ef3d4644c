// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/Typesetter.h"

#include "app/guide/Canvas.h"
#include "app/guide/Drawings.h"
#include "app/guide/ProgramLists.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QScreen>
#include <QSvgRenderer>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>

namespace lectern::guide {

namespace {

using namespace Qt::StringLiterals;
using Kind = Block::Kind;

QColor iconColor(const QString &name)
{
    static const QMap<QString, QColor> colours{
        {u"done"_s, ink::done},        {u"warning"_s, ink::failed},   {u"error"_s, ink::failed},
        {u"lock"_s, ink::waiting},     {u"waiting"_s, ink::waiting},  {u"pause"_s, ink::waiting},
        {u"analyzing"_s, ink::accent}, {u"rendering"_s, ink::accent}, {u"fetching"_s, ink::accent},
        {u"embedding"_s, ink::accent}, {u"storing"_s, ink::accent},
    };
    return colours.value(name, ink::quiet);
}

/// Icons inside a line of text: pictures, fine enough for print.
QImage iconImage(const QString &folder, const QString &name)
{
    QImage image(144, 144, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    QSvgRenderer(colouredIcon(folder, name, iconColor(name))).render(&painter);
    return image;
}

} // namespace

Typesetter::Typesetter(const Text &text, QString icons)
    : m_text(text), m_icons(std::move(icons)), m_look(Look::of(text.facts.value(u"kind"_s)))
{
}

QByteArray Typesetter::pdf()
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(kResolution);
    writer.setPageSize(QPageSize(QSizeF(kPageWidth, kPageHeight), QPageSize::Point));
    writer.setPageMargins(QMarginsF());
    writer.setTitle(fact("title"));
    writer.setCreator(u"Lectern"_s);

    layOut(writer);
    paintPages(writer);
    m_device = nullptr;
    buffer.close();
    return finishPdf(bytes, m_outline, m_links, fact("language"),
                     QDate::fromString(fact("date"), Qt::ISODate));
}

QImage Typesetter::picture(int dotsPerInch)
{
    const qreal scale = dotsPerInch / 72.0;
    QImage image(qRound(kPageWidth * scale), qRound(kPageHeight * scale), QImage::Format_RGB32);
    image.fill(Qt::white);
    // The picture claims the resolution that text is set at, and the painter brings it down to the true one.
    image.setDotsPerMeterX(qRound(kResolution / 0.0254));
    image.setDotsPerMeterY(qRound(kResolution / 0.0254));
    layOut(image);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(scale / kUnit, scale / kUnit);
    for (const Piece &piece : m_pieces) {
        if (piece.paint && piece.page == 0)
            piece.paint(painter, piece.y);
    }
    painter.end();
    m_device = nullptr;
    return image;
}

void Typesetter::layOut(QPaintDevice &device)
{
    m_device = &device;
    m_pieces.clear();
    m_outline.clear();
    m_links.clear();
    m_headings = 0;
    makePieces();
    breakIntoPages();
}

// ---- From blocks to pieces

void Typesetter::makePieces()
{
    // The headings first: the list of contents stands before them.
    for (const Block &block : m_text.blocks) {
        if (block.kind == Kind::Heading)
            m_outline.append({block.text, block.level, 0, 0});
    }
    for (const Block &block : m_text.blocks) {
        const qsizetype first = m_pieces.size();
        addBlock(block);
        if (block.kind == Kind::Heading)
            m_pieces[first].heading = m_headings++;
        m_previous = block.kind;
    }
}

void Typesetter::addBlock(const Block &block)
{
    switch (block.kind) {
    case Kind::Heading:
        return addHeading(block);
    case Kind::Paragraph:
        return addText(inlineHtml(block.text), m_look.size * (m_previous == Kind::TableRow ? 1.3 : 0.75));
    case Kind::Aside:
        return addText(inlineHtml(block.text), m_look.size, m_look.width() * 0.55);
    case Kind::Item:
        return addItem(block);
    case Kind::Note:
        return addNote(block);
    case Kind::Code:
        return addCode(block);
    case Kind::TableHead:
    case Kind::TableRow:
        return addRow(block);
    case Kind::Figure:
        return addFigure(block);
    case Kind::Insert:
        return addInsert(block);
    case Kind::Contents:
        return addContents();
    case Kind::PageBreak: {
        Piece piece;
        piece.newPage = true;
        m_pieces.append(piece);
    }
    }
}

void Typesetter::addHeading(const Block &block)
{
    QFont font = m_look.font(block.level == 1 ? m_look.size * 2 : m_look.size * 1.28, true);
    font.setFamily(m_look.headingFamily);
    const auto doc = document(block.text.toHtmlEscaped(), m_look.width(), font,
                              block.level == 1 ? m_look.heading : ink::text);
    Piece piece;
    piece.before = block.level == 1 ? 30 : 19;
    piece.height = heightOf(*doc);
    piece.keepWithNext = true;
    piece.paint = [this, doc](QPainter &painter, qreal y) { draw(painter, *doc, m_look.margin, y); };
    m_pieces.append(piece);
}

void Typesetter::addText(const QString &html, qreal before, qreal left, qreal right, bool keepWithNext)
{
    const auto doc = document(html, m_look.width() - left - right, m_look.font(m_look.size));
    Piece piece;
    piece.before = before;
    piece.height = heightOf(*doc);
    piece.keepWithNext = keepWithNext;
    piece.paint = [this, doc, left](QPainter &painter, qreal y) {
        draw(painter, *doc, m_look.margin + left, y);
    };
    m_pieces.append(piece);
}

void Typesetter::addItem(const Block &block)
{
    const auto marker = document(block.marker, 18, m_look.font(m_look.size), ink::accent);
    const auto doc = document(inlineHtml(block.text), m_look.width() - 18, m_look.font(m_look.size));
    Piece piece;
    piece.before = m_previous == Kind::Item ? m_look.size * 0.4 : m_look.size * 0.65;
    piece.height = heightOf(*doc);
    piece.paint = [this, doc, marker](QPainter &painter, qreal y) {
        draw(painter, *marker, m_look.margin + 3, y);
        draw(painter, *doc, m_look.margin + 18, y);
    };
    m_pieces.append(piece);
}

void Typesetter::addNote(const Block &block)
{
    const auto doc = document(inlineHtml(block.text), m_look.width() - 34, m_look.font(m_look.size - 0.4));
    Piece piece;
    piece.before = 13;
    piece.height = heightOf(*doc) + 18;
    piece.paint = [this, doc, height = piece.height](QPainter &painter, qreal y) {
        {
            Canvas canvas(painter, {m_look.margin, y}, m_icons);
            canvas.box({0, 0, m_look.width(), height}, ink::tint, Qt::transparent, 5);
            canvas.box({0, 0, 3.5, height}, ink::accent, Qt::transparent, 1.5);
        }
        draw(painter, *doc, m_look.margin + 18, y + 9);
    };
    m_pieces.append(piece);
}

void Typesetter::addCode(const Block &block)
{
    QFont font = m_look.font(m_look.size - 1.4);
    font.setFamily(u"DejaVu Sans Mono"_s);
    const QString html = block.text.toHtmlEscaped().replace(u' ', u"&nbsp;"_s).replace(u'\n', u"<br>"_s);
    const auto doc = document(html, m_look.width() - 24, font);
    Piece piece;
    piece.before = 9;
    piece.height = heightOf(*doc) + 16;
    piece.paint = [this, doc, height = piece.height](QPainter &painter, qreal y) {
        {
            Canvas canvas(painter, {m_look.margin, y}, m_icons);
            canvas.box({0, 0, m_look.width(), height}, ink::paper, ink::line, 5);
        }
        draw(painter, *doc, m_look.margin + 12, y + 8);
    };
    m_pieces.append(piece);
}

void Typesetter::addRow(const Block &block)
{
    const bool head = block.kind == Kind::TableHead;
    QVector<std::shared_ptr<QTextDocument>> cells;
    QVector<qreal> lefts;
    qreal left = 0;
    qreal height = 0;
    for (int i = 0; i < block.cells.size(); ++i) {
        const qreal width = m_look.width() * block.widths.value(i, 1.0 / qreal(block.cells.size()));
        const auto cell = document(inlineHtml(block.cells[i]), width - 10,
                                   m_look.font(m_look.size - 0.9, head), head ? ink::quiet : ink::text);
        cells.append(cell);
        lefts.append(left);
        left += width;
        height = qMax(height, heightOf(*cell));
    }
    Piece piece;
    piece.before = head ? 11 : 0;
    piece.height = height + 7.5;
    piece.keepWithNext = head;
    piece.paint = [this, cells, lefts, head, height = piece.height](QPainter &painter, qreal y) {
        for (int i = 0; i < cells.size(); ++i)
            draw(painter, *cells[i], m_look.margin + lefts[i] + 2, y + 3.5);
        Canvas canvas(painter, {m_look.margin, y}, m_icons);
        canvas.line({0, height}, {m_look.width(), height}, head ? ink::faint : ink::line, head ? 0.9 : 0.6);
    };
    m_pieces.append(piece);
}

void Typesetter::addFigure(const Block &block)
{
    const Drawing picture = drawing(block.name);
    const auto caption =
        document(inlineHtml(block.text), m_look.width(), m_look.font(m_look.size - 1.2), ink::quiet);
    const bool hasCaption = !block.text.isEmpty();
    Piece piece;
    piece.before = 17;
    piece.height = picture.height + (hasCaption ? 7 + heightOf(*caption) : 0) + 4;
    piece.paint = [this, picture, caption, hasCaption](QPainter &painter, qreal y) {
        {
            Canvas canvas(painter, {m_look.margin, y}, m_icons);
            picture.paint(canvas, m_look.width());
        }
        if (hasCaption)
            draw(painter, *caption, m_look.margin, y + picture.height + 7);
    };
    m_pieces.append(piece);
}

void Typesetter::addInsert(const Block &block)
{
    for (const Block &row : programList(block.name))
        addBlock(row);
}

void Typesetter::addContents()
{
    for (int i = m_headings; i < m_outline.size(); ++i) { // its own heading is no entry
        const bool chapter = m_outline[i].level == 1;
        Piece piece;
        piece.before = chapter ? 10 : 0;
        piece.height = m_look.size * 1.75;
        piece.paint = [this, i, chapter](QPainter &painter, qreal y) {
            const OutlineItem &item = m_outline[i];
            const qreal middle = y + m_look.size * 0.9;
            const qreal left = chapter ? 0 : 16;
            Canvas canvas(painter, {m_look.margin, 0}, m_icons);
            canvas.text({left, middle}, item.title, m_look.size, ink::text, chapter);
            canvas.text({m_look.width(), middle}, QString::number(item.page + 1), m_look.size, ink::quiet,
                        chapter, Qt::AlignRight);
            const QFontMetricsF metrics(m_look.font(m_look.size, chapter), painter.device());
            const qreal textEnd = left + metrics.horizontalAdvance(item.title) / kUnit;
            canvas.line({textEnd + 8, middle + 3}, {m_look.width() - 22, middle + 3}, ink::line, 0.6, true);
        };
        m_pieces.append(piece);
        m_links.append({-1 - int(m_pieces.size() - 1), {}, i}); // its page is known when pages are
    }
}

// ---- From pieces to pages

void Typesetter::breakIntoPages()
{
    int page = m_look.cover ? 1 : 0;
    qreal y = m_look.top;
    bool atTop = true;
    for (qsizetype i = 0; i < m_pieces.size(); ++i) {
        Piece &piece = m_pieces[i];
        // A heading needs room for what follows it.
        qreal needed = (atTop ? 0 : piece.before) + piece.height;
        for (qsizetype next = i; m_pieces[next].keepWithNext && next + 1 < m_pieces.size(); ++next)
            needed += m_pieces[next + 1].before + m_pieces[next + 1].height;
        if (!atTop && (piece.newPage || y + needed > kPageHeight - m_look.bottom)) {
            ++page;
            y = m_look.top;
            atTop = true;
        }
        if (piece.newPage)
            continue;
        piece.page = page;
        piece.y = y + (atTop ? 0 : piece.before);
        y = piece.y + piece.height;
        atTop = false;
        if (piece.heading >= 0) {
            m_outline[piece.heading].page = page;
            m_outline[piece.heading].y = piece.y;
        }
    }
    for (InnerLink &link : m_links) {
        const Piece &piece = m_pieces[-1 - link.page];
        link.page = piece.page;
        link.rect = {m_look.margin, piece.y, m_look.width(), piece.height};
    }
}

// ---- From pages to paper

void Typesetter::paintPages(QPdfWriter &writer)
{
    QPainter painter(&writer);
    int page = 0;
    if (m_look.cover)
        paintCover(painter);
    else
        paintFooter(painter, page);
    for (const Piece &piece : m_pieces) {
        if (!piece.paint)
            continue;
        for (; page < piece.page; ++page) {
            writer.newPage();
            paintFooter(painter, page + 1);
        }
        piece.paint(painter, piece.y);
    }
}

void Typesetter::paintCover(QPainter &painter)
{
    const QColor night(0x17, 0x3A, 0x86);
    {
        Canvas canvas(painter, {}, m_icons);
        canvas.box({0, 0, kPageWidth, 560}, night, Qt::transparent, 0);
        canvas.icon(u"lectern"_s, {m_look.margin, 140, 132, 132}, QColor());
        canvas.box({m_look.margin, 600, 44, 3}, QColor(0xFF, 0xB3, 0x1F), Qt::transparent, 1.5);
    }
    const auto title = document(fact("title").toHtmlEscaped(), 460, m_look.font(46, true), Qt::white);
    draw(painter, *title, m_look.margin, 310);
    const auto subtitle =
        document(fact("subtitle").toHtmlEscaped(), 400, m_look.font(15), QColor(0xC9, 0xDE, 0xFB));
    draw(painter, *subtitle, m_look.margin, 310 + heightOf(*title) + 6);
    const auto edition = document(fact("edition").toHtmlEscaped(), 400, m_look.font(10.5), ink::quiet);
    draw(painter, *edition, m_look.margin, 616);
}

void Typesetter::paintFooter(QPainter &painter, int page)
{
    if (!m_look.footer)
        return;
    Canvas canvas(painter, {m_look.margin, kPageHeight - 44}, m_icons);
    canvas.text({0, 0}, fact("footer"), 7.8, ink::quiet);
    canvas.text({m_look.width(), 0}, QString::number(page + 1), 7.8, ink::quiet, false, Qt::AlignRight);
}

// ---- Text

std::shared_ptr<QTextDocument> Typesetter::document(const QString &html, qreal width, const QFont &font,
                                                    const QColor &color) const
{
    auto doc = std::make_shared<QTextDocument>();
    doc->documentLayout()->setPaintDevice(m_device);
    doc->setUseDesignMetrics(true);
    doc->setDocumentMargin(0);
    doc->setDefaultFont(font);
    const QString codeSize = QString::number(font.pointSizeF() * 0.9, 'f', 1);
    doc->setDefaultStyleSheet(u"body { color: %1 } code { font-family: 'DejaVu Sans Mono'; font-size: %2pt; }"
                              "kbd { font-family: '%3'; font-size: %2pt; background-color: #e9e9ef; }"_s.arg(
                                  color.name(), codeSize, font.family()));
    QString body = html;
    static const QRegularExpression icon(uR"re(<img src="icon:([a-z-]+)">)re"_s);
    for (auto found = icon.globalMatch(html); found.hasNext();) {
        const QString name = found.next().captured(1);
        doc->addResource(QTextDocument::ImageResource, QUrl(u"icon:"_s + name), iconImage(m_icons, name));
    }
    body.replace(icon,
                 u"<img src=\"icon:\\1\" width=\"15\" height=\"15\" style=\"vertical-align: middle\">"_s);
    doc->setHtml(u"<body>"_s + body + u"</body>"_s);
    QTextCursor all(doc.get());
    all.select(QTextCursor::Document);
    QTextBlockFormat format;
    const qreal lead = font.pointSizeF() > m_look.size * 1.2 ? 1.2 : m_look.lead;
    // Fixed, since a proportional height counts from the font's own line, which differs between families; in
    // dots of the screen, from which the layout works out those of the device.
    format.setLineHeight(font.pointSizeF() * lead * QGuiApplication::primaryScreen()->logicalDotsPerInchY() /
                             72,
                         QTextBlockFormat::FixedHeight);
    all.mergeBlockFormat(format);
    doc->setTextWidth(width * kUnit);
    return doc;
}

void Typesetter::draw(QPainter &painter, QTextDocument &document, qreal x, qreal y)
{
    painter.save();
    painter.translate(x * kUnit, y * kUnit);
    document.documentLayout()->draw(&painter, QAbstractTextDocumentLayout::PaintContext());
    painter.restore();
}

qreal Typesetter::heightOf(const QTextDocument &document)
{
    return document.size().height() / kUnit;
}

} // namespace lectern::guide
