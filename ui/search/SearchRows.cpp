// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/search/SearchRows.h"

#include "presentation/Format.h"
#include "presentation/SearchModel.h"
#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"
#include "ui/style/Paint.h"
#include "ui/style/Theme.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QPoint>
#include <QTextLayout>

#include <algorithm>

namespace lectern::ui {

using presentation::SearchModel;

namespace {

constexpr int kSide = 8;
constexpr int kAbove = 6;        ///< of a page, and below
constexpr int kSnippetLines = 3; ///< two at most widths; a third where little room is
constexpr QSizeF kUsualPage{595, 842};
constexpr int kThinnest = 12;

bool isDocument(const QModelIndex &index)
{
    return index.data(presentation::PageRole).toInt() == 0;
}

QVector<QTextLayout::FormatRange> formatsOf(const QModelIndex &index, const QColor &color)
{
    QVector<QTextLayout::FormatRange> formats;
    for (const QVariant &mark : index.data(SearchModel::MarksRole).toList()) {
        const QPoint place = mark.toPoint();
        QTextCharFormat format;
        format.setFontWeight(QFont::Bold);
        format.setFontUnderline(true);
        format.setForeground(color);
        formats.append({place.x(), place.y(), format});
    }
    return formats;
}

/// Lays out as many lines as have room, three at most.
void layOut(QTextLayout &layout, qreal width, int room)
{
    layout.beginLayout();
    for (int line = 0; line < std::clamp(room, 1, kSnippetLines); ++line) {
        QTextLine next = layout.createLine();
        if (!next.isValid())
            break;
        next.setLineWidth(width);
        next.setPosition({0, line * next.height()});
    }
    layout.endLayout();
}

} // namespace

void SearchRows::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QWidget *widget = option.widget;
    const QStyle *style = widget ? widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, widget);
    painter->save();
    painter->setClipRect(option.rect);
    if (isDocument(index))
        paintDocument(*painter, item, index);
    else
        paintPage(*painter, item, index);
    painter->restore();
}

void SearchRows::paintDocument(QPainter &painter, const QStyleOptionViewItem &option,
                               const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    const bool mirrored = option.direction == Qt::RightToLeft;
    QRect rect = option.rect.adjusted(kSide, 0, -kSide, 0);
    const QRect icon = QStyle::alignedRect(option.direction, Qt::AlignLeft | Qt::AlignVCenter,
                                           QSize(metrics::kIcon, metrics::kIcon), rect);
    painter.drawPixmap(icon.topLeft(), IconSet::pixmap(Glyph::Document, metrics::kIcon, theme.quiet,
                                                       painter.device()->devicePixelRatioF()));
    const int taken = metrics::kIcon + metrics::kGap;
    rect.adjust(mirrored ? 0 : taken, 0, mirrored ? -taken : 0, 0);

    const QString count = presentation::Format::pages(index.data(SearchModel::PagesFoundRole).toInt());
    painter.setFont(metrics::secondaryFont(option.font));
    const int countWidth = painter.fontMetrics().horizontalAdvance(count) + metrics::kGap;
    painter.setPen(theme.quiet);
    painter.drawText(
        rect, static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignRight)) | Qt::AlignVCenter,
        count);
    rect.adjust(mirrored ? countWidth : 0, 0, mirrored ? 0 : -countWidth, 0);
    painter.setFont(metrics::headingFont(option.font));
    painter.setPen(theme.text);
    const QString name =
        painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, rect.width());
    painter.drawText(
        rect, static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft)) | Qt::AlignVCenter,
        name);
}

// Every page has the same room, whether its picture is there or not: nothing moves when it comes.
void SearchRows::paintThumbnail(QPainter &painter, const QRect &room, const QStyleOptionViewItem &option,
                                const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    QSizeF size = index.data(SearchModel::PageSizeRole).toSizeF();
    if (size.isEmpty())
        size = kUsualPage;
    const QSize shape =
        size.scaled(room.size(), Qt::KeepAspectRatio).toSize().expandedTo({kThinnest, kThinnest});
    const QRect page = QStyle::alignedRect(Qt::LeftToRight, Qt::AlignHCenter | Qt::AlignTop,
                                           shape.boundedTo(room.size()), room);
    const QImage picture = index.data(Qt::DecorationRole).value<QImage>();
    if (picture.isNull()) {
        paint::roundedRect(painter, page, 2, theme.pane, theme.border);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.control);
        // The look of a page from afar.
        const int side = std::max(4, page.width() / 8);
        for (int y = page.top() + side + 2, line = 0; y + 3 < page.bottom() - side; y += 7, ++line) {
            const int width = (page.width() - 2 * side) * (line % 4 == 3 ? 5 : 9) / 9;
            const int x =
                option.direction == Qt::RightToLeft ? page.right() + 1 - side - width : page.left() + side;
            painter.drawRect(x, y, width, 3);
        }
        return;
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(page, picture);
    painter.setPen(theme.border);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(page.adjusted(0, 0, -1, -1));
}

void SearchRows::paintPage(QPainter &painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    const bool mirrored = option.direction == Qt::RightToLeft;
    const QRect rect = option.rect.adjusted(kSide, kAbove, -kSide, -kAbove);
    const QRect room = QStyle::alignedRect(option.direction, Qt::AlignLeft | Qt::AlignTop,
                                           presentation::PageThumbnails::kRoom, rect);
    paintThumbnail(painter, room, option, index);

    const int taken = room.width() + metrics::kPaneMargin;
    const QRect beside = rect.adjusted(mirrored ? 0 : taken, 0, mirrored ? -taken : 0, 0);
    const QFont small = metrics::secondaryFont(option.font);
    const QFontMetrics smallMetrics(small);
    const QRect head(beside.left(), beside.top(), beside.width(), smallMetrics.height());
    // How it compares with the best.
    const QString score = index.data(SearchModel::ScoreRole).toString();
    const int scoreWidth = smallMetrics.horizontalAdvance(score) + metrics::kGap;
    painter.setFont(small);
    painter.setPen(theme.quiet);
    const auto lead = static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft));
    const auto trail = static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignRight));
    painter.drawText(head, trail | Qt::AlignVCenter | Qt::TextSingleLine, score);
    const QRect name = head.adjusted(mirrored ? scoreWidth : 0, 0, mirrored ? 0 : -scoreWidth, 0);
    painter.drawText(name, lead | Qt::AlignVCenter | Qt::TextSingleLine,
                     smallMetrics.elidedText(index.data(SearchModel::PageTextRole).toString(), Qt::ElideRight,
                                             name.width()));

    const QRect words = beside.adjusted(0, head.height() + 2, 0, 0);
    const bool some = index.data(SearchModel::SomeWordsRole).toBool();
    QTextLayout layout(index.data(SearchModel::SnippetRole).toString(), option.font);
    QTextOption wrap;
    wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    // The page's own words decide: a page in Arabic reads from the right in an English window.
    wrap.setTextDirection(layout.text().isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    wrap.setAlignment(Qt::AlignLeading);
    layout.setTextOption(wrap);
    layout.setFormats(formatsOf(index, some ? theme.quiet : theme.text)); // before: bold letters are wider
    layOut(layout, words.width(), words.height() / option.fontMetrics.lineSpacing());
    painter.setPen(some ? theme.quiet : theme.text);
    layout.draw(&painter, words.topLeft());
}

QSize SearchRows::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int lines =
        QFontMetrics(metrics::secondaryFont(option.font)).height() + 2 + 2 * option.fontMetrics.lineSpacing();
    const int height = isDocument(index)
                           ? metrics::rowHeight(option.fontMetrics)
                           : std::max(presentation::PageThumbnails::kRoom.height(), lines) + 2 * kAbove;
    return {0, height};
}

} // namespace lectern::ui
