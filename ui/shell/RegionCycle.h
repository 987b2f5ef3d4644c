// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QVector>
#include <QWidget>

namespace lectern::ui {

/// The regions of a window in reading order; F6 moves the keyboard from one to the next. GUI thread.
class RegionCycle {
public:
    void add(QWidget &region) { m_regions.append(&region); }
    /// From the region with the keyboard to the next one that is visible and can take it.
    void next() const;

private:
    QVector<QPointer<QWidget>> m_regions;
};

} // namespace lectern::ui
