// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/guide/Look.h"

#include <QPainter>
#include <QRectF>

namespace lectern::guide {

/// A painter that is told everything in points, with the few shapes that the drawings are made of.
class Canvas {
public:
    /// `painter` works in units (kUnit per point); it is given back as it was.
    Canvas(QPainter &painter, QPointF originInPoints, QString iconFolder);
    ~Canvas();
    Canvas(const Canvas &) = delete;
    Canvas &operator=(const Canvas &) = delete;

    void box(const QRectF &rect, const QColor &fill, const QColor &border = Qt::transparent, qreal radius = 4,
             qreal thickness = 0.7);
    void line(QPointF from, QPointF to, const QColor &color, qreal thickness = 0.7, bool dashed = false);
    void arrow(QPointF from, QPointF to, const QColor &color);
    /// `at` is the middle left, middle or middle right of the text's line, by `align`.
    void text(QPointF at, const QString &text, qreal size, const QColor &color = ink::text, bool bold = false,
              Qt::Alignment align = Qt::AlignLeft);
    /// Wraps into `rect`, from its top.
    void paragraph(const QRectF &rect, const QString &text, qreal size, const QColor &color = ink::quiet,
                   Qt::Alignment align = Qt::AlignLeft);
    /// A line icon of the program, or a coloured picture as it is when `color` is not valid.
    void icon(const QString &name, const QRectF &rect, const QColor &color = ink::text);
    /// A number in a disc: what a caption refers to.
    void mark(QPointF centre, int number);
    /// A bar with its two fills, as the window paints it.
    void progress(const QRectF &rect, qreal stored, qreal ahead, const QColor &color = ink::accent);
    [[nodiscard]] QPainter &painter() { return m_painter; }

private:
    [[nodiscard]] static QFont font(qreal size, bool bold);

    QPainter &m_painter;
    QString m_icons;
};

/// Reads a line icon and gives its strokes a colour.
[[nodiscard]] QByteArray colouredIcon(const QString &folder, const QString &name, const QColor &color);

} // namespace lectern::guide
