// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Paint.h"
#include "ui/style/StyleParts.h"

#include <QApplication>
#include <QHeaderView>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>
#include <QTableView>
#include <QTreeView>

#include <algorithm>

namespace lectern::ui::parts {

namespace {

constexpr int kSortArrow = 14;
constexpr int kRowInset = 4; ///< room between the edge of the view and the rounded end of a row

/// A rectangle with rounded corners at the chosen ends only, so that the cells of a row join.
QPainterPath rowShape(const QRectF &rect, bool left, bool right)
{
    constexpr qreal radius = metrics::kRadius;
    QPainterPath whole;
    whole.addRoundedRect(rect, radius, radius);
    QPainterPath square;
    const qreal half = rect.width() / 2;
    if (!left)
        square.addRect(QRectF(rect.left(), rect.top(), half, rect.height()));
    if (!right)
        square.addRect(QRectF(rect.left() + half, rect.top(), rect.width() - half, rect.height()));
    return whole.united(square);
}

struct Ends {
    bool first = true;
    bool last = true;
};

/// Which ends of its row a cell is, as seen on the screen.
Ends endsOf(const QStyleOptionViewItem &option, const QWidget *widget)
{
    Ends ends;
    using Item = QStyleOptionViewItem;
    ends.first = option.viewItemPosition == Item::Beginning || option.viewItemPosition == Item::OnlyOne ||
                 option.viewItemPosition == Item::Invalid;
    ends.last = option.viewItemPosition == Item::End || option.viewItemPosition == Item::OnlyOne ||
                option.viewItemPosition == Item::Invalid;
    const auto *tree = qobject_cast<const QTreeView *>(widget);
    // Before an indented cell lies its branch, which is drawn as a part of the row of its own.
    if (tree && ends.first && option.index.isValid() && tree->treePosition() <= 0 &&
        (tree->rootIsDecorated() || option.index.parent().isValid()))
        ends.first = false;
    return ends;
}

} // namespace

void drawRowBackground(const QStyleOption &option, QPainter &painter, const QWidget *widget)
{
    const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(&option);
    if (!item)
        return;
    if (item->backgroundBrush.style() != Qt::NoBrush)
        painter.fillRect(option.rect, item->backgroundBrush);
    const Theme &theme = Theme::of(option.palette);
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = (option.state & QStyle::State_MouseOver) && (option.state & QStyle::State_Enabled);
    if (!selected && !hovered)
        return;
    const bool active = option.state & QStyle::State_Active;
    QColor fill = selected ? (active ? theme.selection : theme.selectionIdle) : theme.hover;
    if (selected && hovered)
        fill = blend(fill, theme.accent, 0.06);

    Ends ends = endsOf(*item, widget);
    QRectF rect = QRectF(option.rect).adjusted(0, 1, 0, -1);
    if (qobject_cast<const QTableView *>(widget)) { // cells of a table stand for themselves
        painter.fillRect(option.rect, fill);
        return;
    }
    const bool mirrored = option.direction == Qt::RightToLeft;
    const bool left = mirrored ? ends.last : ends.first;
    const bool right = mirrored ? ends.first : ends.last;
    if (rect.width() < 2 * kRowInset)
        return; // the branch of a row that has none
    if (left)
        rect.setLeft(rect.left() + kRowInset);
    if (right)
        rect.setRight(rect.right() - kRowInset);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, left || right);
    painter.fillPath(rowShape(rect, left, right), fill);
    painter.restore();
}

void drawItemFocus(const QStyleOption &option, QPainter &painter, const QWidget *widget)
{
    // A tree view that rings its whole row passes no widget.
    const bool wholeRow = widget == nullptr;
    const QWidget *focused = wholeRow ? QApplication::focusWidget() : widget;
    if (!paint::showsKeyboardFocus(focused))
        return;
    const Theme &theme = Theme::of(option.palette);
    const bool inView = qobject_cast<const QAbstractItemView *>(focused);
    const QRectF rect =
        inView ? QRectF(option.rect).adjusted(kRowInset, 1, -kRowInset, -1) : QRectF(option.rect);
    paint::focusRing(painter, rect, inView ? metrics::kRadius : 4, theme);
}

void drawBranch(const QStyleOption &option, QPainter &painter)
{
    if (!(option.state & QStyle::State_Children))
        return;
    const Theme &theme = Theme::of(option.palette);
    const bool open = option.state & QStyle::State_Open;
    const Qt::ArrowType closed = option.direction == Qt::RightToLeft ? Qt::LeftArrow : Qt::RightArrow;
    paint::chevron(painter, option.rect, open ? Qt::DownArrow : closed, theme.quiet);
}

void drawHeaderSection(const QStyleOptionHeader &option, QPainter &painter, const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    const auto *header = qobject_cast<const QHeaderView *>(widget);
    painter.fillRect(option.rect, theme.surface);
    const bool hovered = (option.state & QStyle::State_MouseOver) && (option.state & QStyle::State_Enabled) &&
                         header && header->sectionsClickable();
    if (hovered)
        paint::roundedRect(painter, QRectF(option.rect).adjusted(2, 3, -2, -4), metrics::kRadius,
                           option.state & QStyle::State_Sunken ? theme.pressed : theme.hover);
    if (option.orientation == Qt::Horizontal)
        paint::hairline(painter, QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                        theme.border);
    else
        paint::hairline(painter, QRect(option.rect.right(), option.rect.top(), 1, option.rect.height()),
                        theme.border);
}

void drawHeaderLabel(const QStyleOptionHeader &option, QPainter &painter)
{
    const Theme &theme = Theme::of(option.palette);
    QRect room = option.rect.adjusted(metrics::kGap, 0, -metrics::kGap, 0);
    const auto mirrored = [&](const QRect &rect) {
        return QStyle::visualRect(option.direction, option.rect, rect);
    };
    if (!option.icon.isNull()) {
        const QRect place(room.left(), room.center().y() - metrics::kIcon / 2 + 1, metrics::kIcon,
                          metrics::kIcon);
        option.icon.paint(&painter, mirrored(place), Qt::AlignCenter,
                          option.state & QStyle::State_Enabled ? QIcon::Normal : QIcon::Disabled);
        room.setLeft(place.right() + 1 + metrics::kInner);
    }
    const bool sorted = option.sortIndicator != QStyleOptionHeader::None;
    const int arrow = sorted ? kSortArrow : 0;
    const QString text =
        option.fontMetrics.elidedText(option.text, Qt::ElideRight, std::max(0, room.width() - arrow));
    const int width = option.fontMetrics.horizontalAdvance(text);
    // The arrow stands behind the words, or before them where they end at the right.
    int start = room.left();
    if (option.textAlignment & Qt::AlignRight)
        start = room.right() + 1 - width;
    else if (option.textAlignment & Qt::AlignHCenter)
        start = room.left() + (room.width() - width - arrow) / 2;
    painter.setPen(sorted ? theme.text : theme.quiet);
    painter.drawText(mirrored(QRect(start, room.top(), width + 1, room.height())),
                     Qt::AlignCenter | Qt::TextSingleLine, text);
    if (!sorted)
        return;
    const int place = option.textAlignment & Qt::AlignRight ? start - arrow : start + width + 2;
    // Qt calls the arrow of an ascending column "down".
    const bool ascending = option.sortIndicator == QStyleOptionHeader::SortDown;
    paint::chevron(painter, mirrored(QRect(place, room.top(), arrow, room.height())),
                   ascending ? Qt::UpArrow : Qt::DownArrow, theme.quiet, 7);
}

} // namespace lectern::ui::parts
