// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/Canvas.h"

#include <QFile>
#include <QPainterPath>
#include <QSvgRenderer>

#include <cmath>

namespace lectern::guide {

using namespace Qt::StringLiterals;

Canvas::Canvas(QPainter &painter, QPointF originInPoints, QString iconFolder)
    : m_painter(painter), m_icons(std::move(iconFolder))
{
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.translate(originInPoints * kUnit);
    m_painter.scale(kUnit, kUnit);
}

Canvas::~Canvas()
{
    m_painter.restore();
}

QFont Canvas::font(qreal size, bool bold)
{
    return Look().font(size, bold);
}

void Canvas::box(const QRectF &rect, const QColor &fill, const QColor &border, qreal radius, qreal thickness)
{
    m_painter.setBrush(fill.alpha() == 0 ? QBrush(Qt::NoBrush) : QBrush(fill));
    m_painter.setPen(border.alpha() == 0 ? QPen(Qt::NoPen) : QPen(border, thickness));
    m_painter.drawRoundedRect(rect, radius, radius);
}

void Canvas::line(QPointF from, QPointF to, const QColor &color, qreal thickness, bool dashed)
{
    QPen pen(color, thickness);
    if (dashed)
        pen.setDashPattern({3, 2.5});
    m_painter.setPen(pen);
    m_painter.drawLine(from, to);
}

void Canvas::arrow(QPointF from, QPointF to, const QColor &color)
{
    line(from, to, color, 1);
    const qreal angle = std::atan2(to.y() - from.y(), to.x() - from.x());
    QPainterPath head(to);
    for (const qreal turn : {2.7, -2.7})
        head.lineTo(to + 5 * QPointF(std::cos(angle + turn), std::sin(angle + turn)));
    head.closeSubpath();
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(color);
    m_painter.drawPath(head);
}

void Canvas::text(QPointF at, const QString &text, qreal size, const QColor &color, bool bold,
                  Qt::Alignment align)
{
    // Text is set at the device's own resolution: a scaled painter would set it on a grid of whole points.
    m_painter.save();
    m_painter.scale(1 / kUnit, 1 / kUnit);
    m_painter.setFont(font(size, bold));
    m_painter.setPen(color);
    const QFontMetricsF metrics(m_painter.font(), m_painter.device());
    const qreal width = metrics.horizontalAdvance(text);
    qreal x = at.x() * kUnit;
    if (align & Qt::AlignRight)
        x -= width;
    else if (align & Qt::AlignHCenter)
        x -= width / 2;
    m_painter.drawText(QPointF(x, at.y() * kUnit + metrics.capHeight() / 2), text);
    m_painter.restore();
}

void Canvas::paragraph(const QRectF &rect, const QString &text, qreal size, const QColor &color,
                       Qt::Alignment align)
{
    m_painter.save();
    m_painter.scale(1 / kUnit, 1 / kUnit);
    m_painter.setFont(font(size, false));
    m_painter.setPen(color);
    m_painter.drawText(QRectF(rect.topLeft() * kUnit, rect.size() * kUnit),
                       int(align) | Qt::AlignTop | Qt::TextWordWrap, text);
    m_painter.restore();
}

void Canvas::icon(const QString &name, const QRectF &rect, const QColor &color)
{
    QSvgRenderer renderer(colouredIcon(m_icons, name, color));
    renderer.render(&m_painter, rect);
}

void Canvas::mark(QPointF centre, int number)
{
    m_painter.setPen(QPen(Qt::white, 1));
    m_painter.setBrush(ink::accent);
    m_painter.drawEllipse(centre, 7.5, 7.5);
    text(centre, QString::number(number), 8, Qt::white, true, Qt::AlignHCenter);
}

void Canvas::progress(const QRectF &rect, qreal stored, qreal ahead, const QColor &color)
{
    const qreal radius = rect.height() / 2;
    QPainterPath track;
    track.addRoundedRect(rect, radius, radius);
    m_painter.save();
    m_painter.setPen(Qt::NoPen);
    m_painter.fillPath(track, QColor(0xE4, 0xE4, 0xE8));
    m_painter.setClipPath(track);
    QColor pale = color;
    pale.setRgbF(1 - 0.35F * float(1 - color.redF()), 1 - 0.35F * float(1 - color.greenF()),
                 1 - 0.35F * float(1 - color.blueF()));
    const QRectF aheadRect(rect.left(), rect.top(), rect.width() * ahead, rect.height());
    m_painter.fillRect(aheadRect, pale);
    m_painter.setClipRect(aheadRect, Qt::IntersectClip);
    m_painter.setPen(QPen(QColor(255, 255, 255, 150), 0.8));
    for (qreal x = rect.left() - rect.height(); x < aheadRect.right(); x += 4)
        m_painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()));
    m_painter.fillRect(QRectF(rect.left(), rect.top(), rect.width() * stored, rect.height()), color);
    m_painter.restore();
}

QByteArray colouredIcon(const QString &folder, const QString &name, const QColor &color)
{
    QFile file(folder + u'/' + name + u".svg"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("There is no icon %s", qPrintable(file.fileName()));
    QByteArray svg = file.readAll();
    return color.isValid() ? svg.replace("currentColor", color.name().toLatin1()) : svg;
}

} // namespace lectern::guide
