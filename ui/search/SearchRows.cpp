// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/search/SearchRows.h"

#include "presentation/Format.h"
#include "presentation/SearchModel.h"
#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"
#include "ui/style/Theme.h"

#include <QApplication>
#include <QPainter>
#include <QPoint>
#include <QTextLayout>

namespace lectern::ui {

using presentation::SearchModel;

namespace {

constexpr int kSide = 8;
constexpr int kSnippetLines = 2;
constexpr int kPageWidth = 96; ///< room for "p. 1,234 (xviii)"

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

/// Lays out at most two lines; the last one ends with "…" when there is more.
void layOut(QTextLayout &layout, qreal width)
{
    layout.beginLayout();
    for (int line = 0; line < kSnippetLines; ++line) {
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

void SearchRows::paintPage(QPainter &painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    const bool mirrored = option.direction == Qt::RightToLeft;
    const QRect rect = option.rect.adjusted(kSide, metrics::kInner, -kSide, -metrics::kInner);
    const int pageWidth = metrics::scaled(kPageWidth, option.fontMetrics);
    const QRect page =
        QStyle::alignedRect(option.direction, Qt::AlignLeft | Qt::AlignTop,
                            QSize(pageWidth - metrics::kGap, option.fontMetrics.height()), rect);
    painter.setFont(option.font);
    painter.setPen(theme.quiet);
    painter.drawText(
        page, static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft)) | Qt::AlignVCenter,
        option.fontMetrics.elidedText(index.data(SearchModel::PageTextRole).toString(), Qt::ElideRight,
                                      page.width()));

    // How it compares with the best.
    const QString score = index.data(SearchModel::ScoreRole).toString();
    const int scoreWidth = option.fontMetrics.horizontalAdvance(score) + metrics::kGap;
    painter.drawText(QStyle::alignedRect(option.direction, Qt::AlignRight | Qt::AlignTop,
                                         QSize(scoreWidth - metrics::kGap, option.fontMetrics.height()),
                                         rect),
                     Qt::AlignCenter, score);

    const QRect words =
        rect.adjusted(mirrored ? scoreWidth : pageWidth, 0, mirrored ? -pageWidth : -scoreWidth, 0);
    const bool some = index.data(SearchModel::SomeWordsRole).toBool();
    QTextLayout layout(index.data(SearchModel::SnippetRole).toString(), option.font);
    QTextOption wrap;
    wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    // The page's own words decide: a page in Arabic reads from the right in an English window.
    wrap.setTextDirection(layout.text().isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    wrap.setAlignment(Qt::AlignLeading);
    layout.setTextOption(wrap);
    layout.setFormats(formatsOf(index, some ? theme.quiet : theme.text)); // before: bold letters are wider
    layOut(layout, words.width());
    painter.setPen(some ? theme.quiet : theme.text);
    layout.draw(&painter, words.topLeft());
}

QSize SearchRows::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int height = isDocument(index)
                           ? metrics::rowHeight(option.fontMetrics)
                           : kSnippetLines * option.fontMetrics.lineSpacing() + 2 * metrics::kInner;
    return {0, height};
}

} // namespace lectern::ui
