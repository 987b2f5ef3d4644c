// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/RegionCycle.h"

#include <QApplication>

namespace lectern::ui {

namespace {

bool takesKeyboard(const QWidget &widget)
{
    return (widget.focusPolicy() & Qt::TabFocus) && widget.isEnabled() && widget.isVisible();
}

/// The first widget of the region in tab order that takes the keyboard.
QWidget *entryOf(QWidget &region)
{
    if (takesKeyboard(region))
        return &region;
    for (QWidget *widget = region.nextInFocusChain(); widget && widget != &region;
         widget = widget->nextInFocusChain()) {
        if (region.isAncestorOf(widget) && takesKeyboard(*widget))
            return widget;
    }
    return nullptr;
}

} // namespace

void RegionCycle::next() const
{
    const QWidget *focus = QApplication::focusWidget();
    qsizetype current = -1;
    for (qsizetype i = 0; i < m_regions.size(); ++i) {
        const QWidget *region = m_regions.at(i);
        if (region && focus && (region == focus || region->isAncestorOf(focus)))
            current = i;
    }
    for (qsizetype step = 1; step <= m_regions.size(); ++step) {
        QWidget *region = m_regions.at((current + step) % m_regions.size());
        QWidget *entry = region && region->isVisible() ? entryOf(*region) : nullptr;
        if (entry) {
            entry->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

} // namespace lectern::ui
