// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/search/FilterChip.h"

#include "ui/style/Metrics.h"
#include "ui/style/Paint.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace lectern::ui {

namespace {

constexpr int kPadding = 10;
constexpr int kIconSize = 14;
constexpr int kCrossSize = 12;
constexpr int kWidest = 260;

} // namespace

FilterChip::FilterChip(Glyph glyph, QWidget *parent) : QAbstractButton(parent), m_glyph(glyph)
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
}

void FilterChip::setContent(const QString &text, const QString &toolTip, const QString &spoken)
{
    setText(text);
    setToolTip(toolTip.toHtmlEscaped());
    setAccessibleName(spoken);
    updateGeometry();
    update();
}

QSize FilterChip::sizeHint() const
{
    const int words = fontMetrics().horizontalAdvance(text());
    const int width = 2 * kPadding + kIconSize + metrics::kInner + words + metrics::kGap + kCrossSize;
    return {std::min(width, metrics::scaled(kWidest, fontMetrics())), metrics::controlHeight(fontMetrics())};
}

void FilterChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    const qreal radius = height() / 2.0;
    const QColor ground = blend(theme.surface, theme.accent, theme.dark ? 0.28 : 0.12);
    const QColor fill = isDown()       ? blend(ground, theme.text, 0.14)
                        : underMouse() ? blend(ground, theme.text, 0.07)
                                       : ground;
    paint::roundedRect(painter, rect(), radius, fill);
    const auto mirrored = [this](const QRect &part) {
        return QStyle::visualRect(layoutDirection(), rect(), part);
    };
    QRect room = rect().adjusted(kPadding, 0, -kPadding, 0);
    const QRect icon(room.left(), (height() - kIconSize) / 2, kIconSize, kIconSize);
    painter.drawPixmap(mirrored(icon).topLeft(),
                       IconSet::pixmap(m_glyph, kIconSize, theme.quiet, devicePixelRatioF()));
    const QRect cross(room.right() + 1 - kCrossSize, (height() - kCrossSize) / 2, kCrossSize, kCrossSize);
    painter.drawPixmap(mirrored(cross).topLeft(),
                       IconSet::pixmap(Glyph::Close, kCrossSize, underMouse() ? theme.text : theme.quiet,
                                       devicePixelRatioF()));
    room.setLeft(icon.right() + 1 + metrics::kInner);
    room.setRight(cross.left() - metrics::kGap);
    painter.setPen(theme.text);
    painter.drawText(
        mirrored(room),
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)) |
            Qt::TextSingleLine,
        fontMetrics().elidedText(text(), Qt::ElideMiddle, room.width() + 1));
    if (hasFocus() && paint::showsKeyboardFocus(this))
        paint::focusRing(painter, rect(), radius, theme);
}

void FilterChip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace || event->key() == Qt::Key_Return)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

} // namespace lectern::ui
