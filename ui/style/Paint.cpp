// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Paint.h"

#include <QPainter>
#include <QPainterPath>
#include <QWidget>

#include <algorithm>

namespace lectern::ui::paint {

void roundedRect(QPainter &painter, const QRectF &rect, qreal radius, const QColor &fill,
                 const QColor &border, qreal borderWidth)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF place = rect;
    if (border.alpha() > 0) {
        const qreal half = borderWidth / 2;
        place.adjust(half, half, -half, -half);
        radius -= half;
        painter.setPen(QPen(border, borderWidth));
    } else {
        painter.setPen(Qt::NoPen);
    }
    painter.setBrush(fill.alpha() > 0 ? QBrush(fill) : QBrush(Qt::NoBrush));
    const qreal bounded = std::clamp(radius, 0.0, std::min(place.width(), place.height()) / 2);
    painter.drawRoundedRect(place, bounded, bounded);
    painter.restore();
}

void focusRing(QPainter &painter, const QRectF &rect, qreal radius, const Theme &theme)
{
    roundedRect(painter, rect, radius, Qt::transparent, theme.accent, metrics::kFocusRing);
}

void chevron(QPainter &painter, const QRectF &rect, Qt::ArrowType direction, const QColor &color, qreal size)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(rect.center());
    switch (direction) {
    case Qt::UpArrow:
        painter.rotate(180);
        break;
    case Qt::LeftArrow:
        painter.rotate(90);
        break;
    case Qt::RightArrow:
        painter.rotate(-90);
        break;
    default:
        break;
    }
    const qreal half = size / 2;
    painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    const QPointF points[] = {{-half, -half / 2}, {0, half / 2}, {half, -half / 2}};
    painter.drawPolyline(points, 3);
    painter.restore();
}

void checkMark(QPainter &painter, const QRectF &rect, const QColor &color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(rect.topLeft());
    painter.scale(rect.width() / 16.0, rect.height() / 16.0);
    painter.setPen(QPen(color, 2.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF points[] = {{3.75, 8.4}, {6.75, 11.25}, {12.25, 5.0}};
    painter.drawPolyline(points, 3);
    painter.restore();
}

void hairline(QPainter &painter, const QRect &rect, const QColor &color)
{
    painter.fillRect(rect, color);
}

bool showsKeyboardFocus(const QWidget *widget)
{
    return widget && widget->window()->testAttribute(Qt::WA_KeyboardFocusChange);
}

} // namespace lectern::ui::paint
