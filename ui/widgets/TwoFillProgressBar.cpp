// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/TwoFillProgressBar.h"

#include "ui/style/Metrics.h"
#include "ui/widgets/Accessibility.h"

#include <QAccessible>
#include <QMouseEvent>
#include <QPainter>

namespace lectern::ui {

TwoFillProgressBar::TwoFillProgressBar(QWidget *parent) : QWidget(parent)
{
    installAccessibility();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Progress"));
}

void TwoFillProgressBar::setState(const TwoFillProgressPainter::State &state)
{
    const int before = value();
    m_state = state;
    update();
    if (value() == before || (m_announced.isValid() && m_announced.elapsed() < kAnnounceMilliseconds))
        return;
    m_announced.start();
    QAccessibleValueChangeEvent news(this, value());
    QAccessible::updateAccessibility(&news);
}

int TwoFillProgressBar::value() const
{
    if (m_state.total <= 0)
        return 0;
    return static_cast<int>(std::clamp<qint64>(m_state.stored, 0, m_state.total) * 100 / m_state.total);
}

QSize TwoFillProgressBar::sizeHint() const
{
    return QSize(220, TwoFillProgressPainter::heightFor(metrics::secondaryFont(font())) + 2);
}

QSize TwoFillProgressBar::minimumSizeHint() const
{
    return QSize(80, sizeHint().height());
}

void TwoFillProgressBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    TwoFillProgressPainter::State state = m_state;
    state.active = state.active && isEnabled();
    TwoFillProgressPainter::paint(painter, rect(), state, palette(), metrics::secondaryFont(font()),
                                  layoutDirection() == Qt::RightToLeft);
}

void TwoFillProgressBar::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT clicked();
}

} // namespace lectern::ui
