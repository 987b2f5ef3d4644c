// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/IconLabel.h"

#include "ui/style/Metrics.h"

#include <QPainter>

namespace lectern::ui {

IconLabel::IconLabel(Glyph glyph, Tone tone, int size, QWidget *parent)
    : QWidget(parent), m_icon(IconSet::icon(glyph, tone)), m_size(size)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void IconLabel::setGlyph(Glyph glyph, Tone tone)
{
    setIcon(IconSet::icon(glyph, tone));
}

void IconLabel::setIcon(const QIcon &icon)
{
    m_icon = icon;
    update();
}

QSize IconLabel::sizeHint() const
{
    const int side = metrics::scaled(m_size, fontMetrics());
    return QSize(side, side);
}

QSize IconLabel::minimumSizeHint() const
{
    return sizeHint();
}

void IconLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    m_icon.paint(&painter, rect(), Qt::AlignCenter, isEnabled() ? QIcon::Normal : QIcon::Disabled);
}

} // namespace lectern::ui
