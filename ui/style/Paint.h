// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Metrics.h"
#include "ui/style/Theme.h"

#include <QRectF>

class QPainter;
class QStyleOption;
class QWidget;

namespace lectern::ui::paint {

/// A rounded rectangle whose border, if any, lies inside `rect`.
void roundedRect(QPainter &painter, const QRectF &rect, qreal radius, const QColor &fill,
                 const QColor &border = Qt::transparent, qreal borderWidth = 1.0);
/// The 2 px ring of the control that has the keyboard, inside `rect`.
void focusRing(QPainter &painter, const QRectF &rect, qreal radius, const Theme &theme);
/// A line arrow of `size` pixels in the middle of `rect`.
void chevron(QPainter &painter, const QRectF &rect, Qt::ArrowType direction, const QColor &color,
             qreal size = 8.0);
void checkMark(QPainter &painter, const QRectF &rect, const QColor &color);
/// A line of exactly one device-independent pixel.
void hairline(QPainter &painter, const QRect &rect, const QColor &color);
/// True when the keyboard was used last, so that the focus is worth a ring.
[[nodiscard]] bool showsKeyboardFocus(const QWidget *widget);

} // namespace lectern::ui::paint
