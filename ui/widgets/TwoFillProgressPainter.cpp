// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/TwoFillProgressPainter.h"

#include "ui/style/Paint.h"

#include <QFontMetrics>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace lectern::ui {

namespace {

constexpr int kHatchStep = 6;
constexpr qreal kRadius = 4;
constexpr double kPaleShare = 0.35;

/// Slanted lines as a second sign beside the paler colour.
void drawHatch(QPainter &painter, const QRectF &rect, const QColor &color)
{
    painter.setPen(QPen(color, 1.5));
    const int first = static_cast<int>(rect.left() - rect.height());
    for (int x = first - first % kHatchStep; x < rect.right(); x += kHatchStep)
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()));
}

QRectF mirroredIn(const QRectF &bar, qreal from, qreal to, bool rightToLeft)
{
    return rightToLeft ? QRectF(bar.right() - to, bar.top(), to - from, bar.height())
                       : QRectF(bar.left() + from, bar.top(), to - from, bar.height());
}

} // namespace

void TwoFillProgressPainter::paint(QPainter &painter, const QRect &rect, const State &state,
                                   const QPalette &palette, const QFont &font, bool rightToLeft)
{
    const Theme &theme = Theme::of(palette);
    const QFontMetrics fontMetrics(font);
    const int height = std::min(rect.height(), heightFor(font));
    const QRectF bar(rect.left(), rect.top() + (rect.height() - height) / 2, rect.width(), height);
    const Extent ends = extent(rect.width(), state);
    const QColor strong = !state.active ? theme.pausedFill : state.failed ? theme.failed : theme.running;
    const QColor pale = blend(theme.track, strong, kPaleShare);

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(bar, kRadius, kRadius);
    painter.fillPath(shape, theme.track);
    painter.setClipPath(shape, Qt::IntersectClip);
    if (ends.pale > ends.solid) {
        const QRectF part = mirroredIn(bar, ends.solid, ends.pale, rightToLeft);
        painter.save();
        painter.setClipRect(part, Qt::IntersectClip);
        painter.fillRect(part, pale);
        drawHatch(painter, part, blend(theme.track, strong, kPaleShare + 0.12));
        painter.restore();
    }
    const QRectF solid = mirroredIn(bar, 0, ends.solid, rightToLeft);
    painter.fillRect(solid, strong);
    if (!state.text.isEmpty()) {
        const QString text =
            fontMetrics.elidedText(state.text, Qt::ElideRight, static_cast<int>(bar.width()) - 6);
        painter.setFont(font);
        painter.setPen(theme.text);
        painter.drawText(bar, Qt::AlignCenter | Qt::TextSingleLine, text);
        painter.setClipRect(solid, Qt::IntersectClip);
        painter.setPen(state.active ? theme.onRunning : theme.text);
        painter.drawText(bar, Qt::AlignCenter | Qt::TextSingleLine, text);
    }
    painter.restore();
}

QString TwoFillProgressPainter::countText(qint64 stored, qint64 total)
{
    const QLocale locale;
    return QStringLiteral("%1/%2").arg(locale.toString(stored), locale.toString(total));
}

int TwoFillProgressPainter::heightFor(const QFont &font)
{
    return std::max(16, QFontMetrics(font).height());
}

TwoFillProgressPainter::Extent TwoFillProgressPainter::extent(int width, const State &state)
{
    if (state.total <= 0 || width <= 0)
        return {};
    const auto place = [&](qint64 pages) {
        const qint64 bounded = std::clamp<qint64>(pages, 0, state.total);
        if (bounded == state.total)
            return width;
        const int pixels = static_cast<int>(bounded * width / state.total);
        // Begun shows, unfinished is never full, however many pages there are.
        return bounded > 0 ? std::clamp(pixels, std::min(2, width), std::max(0, width - 2)) : 0;
    };
    Extent ends;
    ends.solid = place(state.stored);
    ends.pale = std::max(ends.solid, place(state.stored + std::max<qint64>(0, state.ahead)));
    return ends;
}

} // namespace lectern::ui
