// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/guide/Look.h"
#include "app/guide/Markup.h"
#include "app/guide/PdfFinish.h"

#include <QImage>
#include <QPainter>
#include <QPdfWriter>

#include <functional>
#include <memory>

class QTextDocument;

namespace lectern::guide {

/// Sets a text on A4 pages: makes a piece of every block, breaks the pieces into pages, then paints them.
class Typesetter {
public:
    /// `icons` is the folder of the program's icons.
    Typesetter(const Text &text, QString icons);

    /// The finished PDF; empty when it could not be made.
    [[nodiscard]] QByteArray pdf();
    /// The first page as a scanner would give it, before it is laid on the glass.
    [[nodiscard]] QImage picture(int dotsPerInch);

private:
    /// What is never torn apart by the end of a page.
    struct Piece {
        qreal before = 0; ///< distance to the piece above, in points
        qreal height = 0;
        bool keepWithNext = false;
        bool newPage = false;
        int heading = -1; ///< index into the outline
        std::function<void(QPainter &, qreal y)> paint;
        int page = 0;
        qreal y = 0;
    };

    void layOut(QPaintDevice &device);
    void makePieces();
    void addBlock(const Block &block);
    void addHeading(const Block &block);
    void addText(const QString &html, qreal before, qreal left = 0, qreal right = 0,
                 bool keepWithNext = false);
    void addItem(const Block &block);
    void addNote(const Block &block);
    void addCode(const Block &block);
    void addRow(const Block &block);
    void addFigure(const Block &block);
    void addInsert(const Block &block);
    void addContents();
    void breakIntoPages();
    void paintPages(QPdfWriter &writer);
    void paintCover(QPainter &painter);
    void paintFooter(QPainter &painter, int page);

    [[nodiscard]] std::shared_ptr<QTextDocument> document(const QString &html, qreal width, const QFont &font,
                                                          const QColor &color = ink::text) const;
    static void draw(QPainter &painter, QTextDocument &document, qreal x, qreal y);
    [[nodiscard]] static qreal heightOf(const QTextDocument &document);
    [[nodiscard]] QString fact(const char *name) const { return m_text.facts.value(QLatin1String(name)); }

    Text m_text;
    QString m_icons;
    Look m_look;
    QPaintDevice *m_device = nullptr; ///< while a call runs: text is measured as it will be painted
    QVector<Piece> m_pieces;
    QVector<OutlineItem> m_outline;
    QVector<InnerLink> m_links;
    int m_headings = 0; ///< that have become pieces
    Block::Kind m_previous = Block::Kind::PageBreak;
};

} // namespace lectern::guide
