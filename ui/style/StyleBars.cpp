// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Paint.h"
#include "ui/style/StyleParts.h"

#include <QAbstractScrollArea>
#include <QPainter>
#include <QScrollArea>
#include <QStyleOption>

#include <algorithm>

namespace lectern::ui::parts {

namespace {

constexpr int kShortestHandle = 32;

/// What lies under a scroll bar: the ground of the view it belongs to, so that the bar seems to float on it.
QColor groundOf(const QWidget *widget, const QPalette &palette)
{
    for (const QWidget *parent = widget; parent; parent = parent->parentWidget()) {
        if (const auto *area = qobject_cast<const QAbstractScrollArea *>(parent); area && area != widget) {
            const QWidget *ground = area->viewport();
            if (const auto *scroll = qobject_cast<const QScrollArea *>(area);
                scroll && scroll->widget() && scroll->widget()->autoFillBackground())
                ground = scroll->widget();
            return ground->palette().color(ground->backgroundRole());
        }
    }
    return palette.color(QPalette::Window);
}

} // namespace

void drawScrollBar(const QStyle &style, const QStyleOptionSlider &option, QPainter &painter,
                   const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    painter.fillRect(option.rect, groundOf(widget, option.palette));
    if (option.maximum <= option.minimum)
        return;
    const bool active = option.state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    QRectF handle = style.subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, widget);
    const qreal thickness = active ? 7 : 5;
    if (option.orientation == Qt::Vertical)
        handle = QRectF(handle.center().x() - thickness / 2 + 0.5, handle.top() + 2, thickness,
                        handle.height() - 4);
    else
        handle = QRectF(handle.left() + 2, handle.center().y() - thickness / 2 + 0.5, handle.width() - 4,
                        thickness);
    QColor color = theme.mark;
    const bool grabbed =
        (option.state & QStyle::State_Sunken) && option.activeSubControls & QStyle::SC_ScrollBarSlider;
    color.setAlphaF(grabbed ? 1.0F : active ? 0.85F : 0.6F);
    paint::roundedRect(painter, handle, thickness / 2, color);
}

void drawScrollCorner(const QStyleOption &option, QPainter &painter, const QWidget *widget)
{
    QColor ground = option.palette.color(QPalette::Window);
    if (const auto *area = qobject_cast<const QAbstractScrollArea *>(widget))
        ground = area->viewport()->palette().color(area->viewport()->backgroundRole());
    painter.fillRect(option.rect, ground);
}

QRect scrollBarRect(const QStyleOptionSlider &option, QStyle::SubControl part)
{
    const bool vertical = option.orientation == Qt::Vertical;
    const QRect &whole = option.rect;
    const int length = vertical ? whole.height() : whole.width();
    const int range = option.maximum - option.minimum;
    int handle = length;
    if (range > 0) {
        const qint64 pages = static_cast<qint64>(range) + option.pageStep;
        handle = static_cast<int>(static_cast<qint64>(option.pageStep) * length / std::max<qint64>(1, pages));
        handle = std::clamp(handle, std::min(kShortestHandle, length), length);
    }
    const int start = QStyle::sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition,
                                                      length - handle, option.upsideDown);
    const auto along = [&](int from, int size) {
        const QRect rect = vertical ? QRect(whole.left(), whole.top() + from, whole.width(), size)
                                    : QRect(whole.left() + from, whole.top(), size, whole.height());
        return QStyle::visualRect(option.direction, whole, rect);
    };
    switch (part) {
    case QStyle::SC_ScrollBarSlider:
        return along(start, handle);
    case QStyle::SC_ScrollBarSubPage:
        return along(0, start);
    case QStyle::SC_ScrollBarAddPage:
        return along(start + handle, length - start - handle);
    case QStyle::SC_ScrollBarGroove:
        return whole;
    default:
        return {}; // no arrows
    }
}

void drawSlider(const QStyle &style, const QStyleOptionSlider &option, QPainter &painter,
                const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool vertical = option.orientation == Qt::Vertical;
    const QRectF whole = option.rect;
    const QRectF handle = style.subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, widget);
    QRectF groove = vertical ? QRectF(whole.center().x() - 2, whole.top() + 2, 4, whole.height() - 4)
                             : QRectF(whole.left() + 2, whole.center().y() - 2, whole.width() - 4, 4);
    paint::roundedRect(painter, groove, 2, theme.controlPressed);
    QRectF passed = groove;
    if (vertical && option.upsideDown)
        passed.setTop(handle.center().y());
    else if (vertical)
        passed.setBottom(handle.center().y());
    else if (option.upsideDown)
        passed.setLeft(handle.center().x());
    else
        passed.setRight(handle.center().x());
    paint::roundedRect(painter, passed, 2, enabled ? theme.accentFill : theme.disabled);

    QRectF knob(0, 0, 16, 16);
    knob.moveCenter(handle.center());
    const bool hovered = enabled && (option.state & QStyle::State_MouseOver);
    paint::roundedRect(painter, knob, 8, theme.dark ? theme.text : theme.surface,
                       !enabled  ? theme.disabled
                       : hovered ? theme.accentHover
                                 : theme.accentFill,
                       2);
    if ((option.state & QStyle::State_HasFocus) && paint::showsKeyboardFocus(widget))
        paint::focusRing(painter, knob.adjusted(-3, -3, 3, 3), 11, theme);
}

void drawProgressBar(const QStyleOptionProgressBar &option, QPainter &painter)
{
    const Theme &theme = Theme::of(option.palette);
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool words = option.textVisible && !option.text.isEmpty();
    const int height =
        std::min(option.rect.height(), words ? std::max(18, option.fontMetrics.height() + 2) : 6);
    QRectF track(option.rect.left(), option.rect.center().y() + 1 - height / 2.0, option.rect.width(),
                 height);
    const qreal radius = std::min<qreal>(4, height / 2.0);
    paint::roundedRect(painter, track, radius, theme.track);
    const bool unknown = option.maximum <= option.minimum;
    const double range = static_cast<double>(option.maximum) - option.minimum;
    const double share = unknown ? 1.0 : std::clamp((option.progress - option.minimum) / range, 0.0, 1.0);
    QColor fill = enabled ? theme.running : theme.disabled;
    if (unknown)
        fill.setAlphaF(0.35F);
    QRectF solid = track;
    solid.setWidth(track.width() * share);
    if (option.direction == Qt::RightToLeft || option.invertedAppearance)
        solid.moveRight(track.right());
    if (share > 0)
        paint::roundedRect(painter, solid, radius, fill);
    if (!words)
        return;
    painter.save();
    painter.setPen(enabled ? theme.text : theme.disabled);
    painter.drawText(track, Qt::AlignCenter, option.text);
    if (!unknown && enabled) {
        painter.setClipRect(solid);
        painter.setPen(theme.onRunning);
        painter.drawText(track, Qt::AlignCenter, option.text);
    }
    painter.restore();
}

void drawTab(const QStyleOptionTab &option, QPainter &painter, const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    const bool selected = option.state & QStyle::State_Selected;
    const bool bottom = option.shape == QTabBar::RoundedSouth || option.shape == QTabBar::TriangularSouth;
    const bool side = option.shape == QTabBar::RoundedWest || option.shape == QTabBar::RoundedEast;
    const QRectF pill = QRectF(option.rect).adjusted(2, 3, -2, -4);
    if (!selected && (option.state & QStyle::State_MouseOver) && (option.state & QStyle::State_Enabled))
        paint::roundedRect(painter, pill, metrics::kRadius, theme.hover);
    if (selected && side) {
        paint::roundedRect(painter, pill, metrics::kRadius, theme.selection);
    } else if (selected) {
        const qreal y = bottom ? option.rect.top() : option.rect.bottom() - 1.5;
        paint::roundedRect(painter, QRectF(option.rect.left() + 8, y, option.rect.width() - 16, 2.5), 1.25,
                           theme.accent);
    }
    if ((option.state & QStyle::State_HasFocus) && paint::showsKeyboardFocus(widget))
        paint::focusRing(painter, pill, metrics::kRadius, theme);
}

void drawSplitter(const QStyleOption &option, QPainter &painter)
{
    const Theme &theme = Theme::of(option.palette);
    // For a splitter, State_Horizontal means that its handle is a vertical line.
    const bool upright = option.state & QStyle::State_Horizontal;
    const QPoint centre = option.rect.center();
    const QRect line = upright ? QRect(centre.x(), option.rect.top(), 1, option.rect.height())
                               : QRect(option.rect.left(), centre.y(), option.rect.width(), 1);
    paint::hairline(painter, line, option.state & QStyle::State_MouseOver ? theme.mark : theme.border);
}

void drawToolBarSeparator(const QStyleOption &option, QPainter &painter)
{
    const Theme &theme = Theme::of(option.palette);
    const QPoint centre = option.rect.center();
    const QRect line = option.state & QStyle::State_Horizontal
                           ? QRect(centre.x(), option.rect.top() + 7, 1, option.rect.height() - 14)
                           : QRect(option.rect.left() + 7, centre.y(), option.rect.width() - 14, 1);
    paint::hairline(painter, line, theme.fieldBorder);
}

} // namespace lectern::ui::parts
