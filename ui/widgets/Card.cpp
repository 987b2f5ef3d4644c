// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Card.h"

#include "ui/style/Paint.h"

#include <QPainter>

namespace lectern::ui {

Card::Card(QWidget *parent) : QFrame(parent)
{
    setFrameShape(QFrame::NoFrame);
}

void Card::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    paint::roundedRect(painter, rect(), metrics::kCardRadius, theme.dark ? theme.pane : theme.surface,
                       theme.border);
}

} // namespace lectern::ui
